"""Neo4j's values to ours and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from neo4j import graph as bolt_graph
from neo4j import spatial
from neo4j.time import Date, DateTime, Duration, Time
from pytz import FixedOffset, UnknownTimeZoneError, timezone, utc

from graph.engines.parameters import Plain, key, usual, whole
from graph.errors import BadInput, QueryFailed
from graph.values import Node, Path, Point, Relationship, Temporal, Value, duration, temporal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from neo4j import Record

_ALL = slice(None)
_SAME = frozenset({type(None), bool, int, float, str, bytes})


def from_bolt(value: Value) -> Value:
    """A value as the driver gives it, as one of graph/values.py."""
    kind = type(value)
    if kind in _SAME:
        return value
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(value)
    if isinstance(value, bolt_graph.Relationship):  # the driver makes one class for each type
        return _relationship(value)
    raise QueryFailed(f"the database sent a value that cannot be shown: {kind.__name__}")


def row(record: Record) -> tuple[Any, ...]:
    """One record's values."""
    # tuple's own slice: the record's iterator stops to look for broken values, which from_bolt finds anyway.
    return row_of(tuple.__getitem__(record, _ALL))


def row_of(values: tuple[Value, ...]) -> tuple[Any, ...]:
    """A row of values as the driver gives them."""
    if _SAME.issuperset(map(type, values)):
        return values
    return tuple([v if type(v) in _SAME else from_bolt(v) for v in values])


def _list(value: list[Any]) -> list[Any]:
    return [v if type(v) in _SAME else from_bolt(v) for v in value]


def _map(value: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if type(v) in _SAME else from_bolt(v) for k, v in value.items()}


def _node(value: bolt_graph.Node) -> Node:
    return Node(value.element_id, tuple(sorted(value.labels)), _map(value))


def _relationship(value: bolt_graph.Relationship) -> Relationship:
    start, end = value.nodes
    assert start is not None
    assert end is not None
    return Relationship(value.element_id, value.type, start.element_id, end.element_id, _map(value))


def _path(value: bolt_graph.Path) -> Path:
    elements: list[Node | Relationship] = [_node(value.nodes[0])]
    for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
        elements += (_relationship(relationship), _node(node))
    return Path(tuple(elements))


def _date(value: Date) -> Temporal:
    return Temporal("date", value.iso_format())


def _time(value: Time) -> Temporal:
    return temporal("localtime" if value.tzinfo is None else "time", _utc_as_z(value.iso_format()))


def _datetime(value: DateTime) -> Temporal:
    if value.tzinfo is None:
        return temporal("localdatetime", value.iso_format())
    zone = getattr(value.tzinfo, "zone", None)
    name = f"[{zone}]" if zone else ""
    return temporal("datetime", _utc_as_z(value.iso_format()) + name)


def _utc_as_z(text: str) -> str:
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _duration(value: Duration) -> Temporal:
    return duration(value.months, value.days, value.seconds, value.nanoseconds)


def _point(value: spatial.Point) -> Point:
    return Point(value.srid or 0, *value)


_READERS: dict[type, Callable[[Any], Any]] = {
    list: _list,
    dict: _map,
    bolt_graph.Node: _node,
    bolt_graph.Path: _path,
    Date: _date,
    Time: _time,
    DateTime: _datetime,
    Duration: _duration,
    spatial.Point: _point,
    spatial.CartesianPoint: _point,
    spatial.WGS84Point: _point,
}


def to_bolt(value: Value) -> Value:
    """A parameter in the driver's form."""
    writer = _PARAMETERS.get(type(value))
    return to_bolt(usual(value)) if writer is None else writer(value)


def _as_is(value: Value) -> Value:
    return value


def _list_to_bolt(value: list[Any] | tuple[Any, ...]) -> list[Any]:
    return [v if type(v) is str else to_bolt(v) for v in value]


def _map_to_bolt(value: dict[str, Any]) -> dict[str, Any]:
    return {k if type(k) is str else key(k): v if type(v) is str else to_bolt(v) for k, v in value.items()}


def _point_to_bolt(value: Point) -> spatial.Point:
    axes = (value.x, value.y) if value.z is None else (value.x, value.y, value.z)
    kind = spatial.WGS84Point if value.crs.startswith("wgs") else spatial.CartesianPoint
    return kind(axes)


_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?")
_OFFSET = re.compile(r"(Z|([+-])(\d\d):?(\d\d)?)")
_DURATION = re.compile(
    r"P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?"
    r"(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d{1,9}))?S)?)?"
)


def _temporal_to_bolt(value: Temporal) -> Date | Time | DateTime | Duration:
    try:
        return _TEMPORAL[value.kind](value.text)
    except (ValueError, AttributeError, UnknownTimeZoneError):
        raise BadInput(f"{value.text!r} is not a {value.kind} that can be read") from None


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    found = pattern.match(text)
    if not found:
        raise ValueError(text)
    return found


def _date_to_bolt(text: str) -> Date:
    return Date(*(int(part) for part in _match(_DATE, text).groups()))


def _time_to_bolt(text: str) -> Time:
    found = _match(_CLOCK, text)
    hour, minute, second, fraction = found.groups()
    clock = Time(int(hour), int(minute), int(second or 0), int((fraction or "").ljust(9, "0")))
    zone = text[found.end() :]
    return clock.replace(tzinfo=_zone(zone)) if zone else clock


def _datetime_to_bolt(text: str) -> DateTime:
    day, _, clock = text.partition("T")
    clock, _, name = clock.partition("[")
    moment = DateTime.combine(_date_to_bolt(day), _time_to_bolt(clock))
    return moment.astimezone(timezone(name.rstrip("]"))) if name else moment


def _zone(text: str) -> tzinfo:
    sign, hours, minutes = _match(_OFFSET, text).groups()[1:]
    if not hours:
        zone: tzinfo = utc
    else:
        zone = FixedOffset((-1 if sign == "-" else 1) * (int(hours) * 60 + int(minutes or 0)))
    return zone


def _duration_to_bolt(text: str) -> Duration:
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError(text)
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups()[:6])
    sign, seconds, fraction = found.groups()[6:]
    nanoseconds = int(seconds or 0) * 1_000_000_000 + int((fraction or "").ljust(9, "0"))
    return Duration(
        months=years * 12 + months,
        days=weeks * 7 + days,
        seconds=hours * 3600 + minutes * 60,
        nanoseconds=-nanoseconds if sign else nanoseconds,
    )


_TEMPORAL: dict[str, Callable[[str], Date | Time | DateTime | Duration]] = {
    "date": _date_to_bolt,
    "time": _time_to_bolt,
    "localtime": _time_to_bolt,
    "datetime": _datetime_to_bolt,
    "localdatetime": _datetime_to_bolt,
    "duration": _duration_to_bolt,
}
_PARAMETERS: dict[type, Callable[[Any], Any]] = {
    type(None): _as_is,
    bool: _as_is,
    str: _as_is,
    float: _as_is,
    bytes: _as_is,
    int: whole,
    list: _list_to_bolt,
    tuple: _list_to_bolt,
    dict: _map_to_bolt,
    Plain: _as_is,
    Temporal: _temporal_to_bolt,
    Point: _point_to_bolt,
}
