"""Values as every engine gives them, and their form in JSON.

Null, booleans, integers, floats, strings, bytes, lists and maps are Python's own. Nodes, relationships, paths,
temporal values and points are the frozen classes below, alike on every engine.
"""

from __future__ import annotations

import base64
import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Whatever a property, a parameter or a column may hold: the classes below, Python's plain ones, lists and maps of them.
Value: TypeAlias = Any
Integers: TypeAlias = Literal["number", "string"]
TemporalKind: TypeAlias = Literal["date", "time", "localtime", "datetime", "localdatetime", "duration"]

# Beyond this a JavaScript reader would round an integer.
EXACT_INTEGER = 2**53 - 1
_CRS = {7203: "cartesian", 9157: "cartesian-3d", 4326: "wgs-84", 4979: "wgs-84-3d"}
_CLOCK = re.compile(r"(?P<hours>\d\d):(?P<minutes>\d\d)(?::(?P<seconds>\d\d)(?:\.(?P<fraction>\d+))?)?")
_NANOS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """A node: the engine's own id of it, its labels in order of the alphabet, its properties."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship; start and end are the ids of its nodes."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Path:
    """A path: node, relationship, node, ... in the order walked."""

    elements: tuple[Node | Relationship, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes in the order walked."""
        return tuple(e for e in self.elements if isinstance(e, Node))

    @property
    def relationships(self) -> tuple[Relationship, ...]:
        """The relationships in the order walked."""
        return tuple(e for e in self.elements if isinstance(e, Relationship))


@dataclass(frozen=True, slots=True)
class Temporal:
    """A moment, a day, a time of day or a duration, as ISO 8601 text with all its nanoseconds.

    A zone is written as Neo4j writes it: 2024-03-05T10:20:30.123456789+01:00[Europe/Paris].
    """

    kind: TemporalKind
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Point:
    """A point; srid is 7203 or 9157 (cartesian, 2 and 3 axes), 4326 or 4979 (longitude, latitude, height)."""

    srid: int
    x: float
    y: float
    z: float | None = None

    @property
    def crs(self) -> str:
        """The name of the coordinate system."""
        return _CRS.get(self.srid, str(self.srid))


def temporal(kind: TemporalKind, text: str) -> Temporal:
    """A temporal value whose clock always shows seconds, and a fraction of 3, 6 or 9 digits only where there is one."""
    if kind in ("date", "duration"):
        return Temporal(kind, text)
    return Temporal(kind, _CLOCK.sub(_tidy_clock, text, count=1).removesuffix("[UTC]"))


def _tidy_clock(found: re.Match[str]) -> str:
    digits = (found["fraction"] or "")[:9].rstrip("0")
    width = -(-len(digits) // 3) * 3
    fraction = "." + digits.ljust(width, "0") if digits else ""
    return f"{found['hours']}:{found['minutes']}:{found['seconds'] or '00'}{fraction}"


def duration(months: int, days: int, seconds: int, nanoseconds: int) -> Temporal:
    """A duration from its four parts; only days of one month, seconds of one day and so on are never mixed."""
    years, months = _divide(months, 12)
    total = seconds * _NANOS + nanoseconds
    hours, rest = _divide(total, 3600 * _NANOS)
    minutes, rest = _divide(rest, 60 * _NANOS)
    day_part = _units((years, "Y"), (months, "M"), (days, "D"))
    clock_part = _units((hours, "H"), (minutes, "M")) + _seconds(rest)
    if not day_part and not clock_part:
        return Temporal("duration", "PT0S")
    return Temporal("duration", f"P{day_part}{'T' + clock_part if clock_part else ''}")


def _divide(value: int, by: int) -> tuple[int, int]:
    """Quotient and remainder, both with the sign of the value."""
    sign = -1 if value < 0 else 1
    quotient, remainder = divmod(abs(value), by)
    return sign * quotient, sign * remainder


def _units(*parts: tuple[int, str]) -> str:
    return "".join(f"{value}{unit}" for value, unit in parts if value)


def _seconds(nanoseconds: int) -> str:
    if not nanoseconds:
        return ""
    whole, fraction = divmod(abs(nanoseconds), _NANOS)
    digits = f".{fraction:09d}".rstrip("0") if fraction else ""
    return f"{'-' if nanoseconds < 0 else ''}{whole}{digits}S"


def from_python(value: date | time | timedelta) -> Temporal:
    """Python's own dates, times and time spans as temporal values."""
    match value:
        case datetime():
            return temporal("localdatetime" if value.tzinfo is None else "datetime", value.isoformat())
        case date():
            return Temporal("date", value.isoformat())
        case time():
            return temporal("localtime" if value.tzinfo is None else "time", value.isoformat())
        case _:
            return duration(0, value.days, value.seconds, value.microseconds * 1000)


def to_json(value: Value, integers: Integers = "number") -> Value:
    """The value in the shapes of POST /v1/cypher; the result holds only what JSON can carry.

    NaN and the infinities become the strings "NaN", "Infinity", "-Infinity"; bytes {"@bytes": base64}.
    """
    writer = _WRITERS.get(type(value))
    if writer is None:
        raise TypeError(f"no JSON form for {type(value).__name__}")
    return writer(value, integers)


def _plain(value: Value, _: Integers) -> Value:
    return value


def _integer(value: int, integers: Integers) -> int | str:
    return str(value) if integers == "string" and abs(value) > EXACT_INTEGER else value


def _float(value: float, _: Integers) -> float | str:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _bytes(value: bytes, _: Integers) -> dict[str, str]:
    return {"@bytes": base64.b64encode(value).decode("ascii")}


def _list(value: list[Any] | tuple[Any, ...], integers: Integers) -> list[Any]:
    return [to_json(item, integers) for item in value]


def _map(value: Mapping[str, Any], integers: Integers) -> dict[str, Any]:
    return {key: to_json(item, integers) for key, item in value.items()}


def _node(value: Node, integers: Integers) -> dict[str, Any]:
    return {"@node": value.id, "labels": list(value.labels), "properties": _map(value.properties, integers)}


def _relationship(value: Relationship, integers: Integers) -> dict[str, Any]:
    return {
        "@relationship": value.id,
        "type": value.type,
        "from": value.start,
        "to": value.end,
        "properties": _map(value.properties, integers),
    }


def _path(value: Path, integers: Integers) -> dict[str, Any]:
    return {"@path": [to_json(element, integers) for element in value.elements]}


def _temporal(value: Temporal, _: Integers) -> str:
    return value.text


def _point(value: Point, integers: Integers) -> dict[str, Any]:
    axes = {"x": value.x, "y": value.y} | ({} if value.z is None else {"z": value.z})
    return {"@point": value.crs, "srid": value.srid} | {name: _float(axis, integers) for name, axis in axes.items()}


_WRITERS: dict[type, Callable[[Any, Integers], Any]] = {
    type(None): _plain,
    bool: _plain,
    str: _plain,
    int: _integer,
    float: _float,
    bytes: _bytes,
    list: _list,
    tuple: _list,
    dict: _map,
    Node: _node,
    Relationship: _relationship,
    Path: _path,
    Temporal: _temporal,
    Point: _point,
}
