"""The embedded engine's values to ours.

Rows cross from Java as one JSON text a batch; what JSON cannot carry comes beside it as Java objects.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import jpype

from graph.engines.jvm import Java, java
from graph.errors import QueryFailed
from graph.values import Node, Path, Point, Relationship, Temporal, Value, duration, temporal

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engines.engine import Row

_TAG = "\x01"
# Tags of moments that have lost their nanoseconds and zone on the way; the row is read again from Java.
_PLAIN_TAGS: dict[str, Callable[[Any], Value]] = {
    "D": lambda text: Temporal("date", text),
    "i": int,
    "n": float,
    "s": list,
}
_LOSSY = re.compile(r'"(?:\\u0001|\x01)":\["[TZ]"')
# Without any of these the text is plain JSON, and needs no second look.
_TAGGED = re.compile(r'\\u0001|\x01|"srid"')
_POINT_KEYS = frozenset({"x", "y", "crs", "srid"})
_NO_LABEL = "~NO_LABEL~"


class Batch(NamedTuple):
    """Rows of one result with the names of their columns, and the letters of the text that they crossed in."""

    columns: tuple[str, ...]
    rows: list[Row]
    letters: int


class RowReader:
    """Reads rows of one result, batch by batch."""

    def __init__(self) -> None:
        self._typed = java("com.arcadedb.python.TypedRows")
        self._result = java("com.arcadedb.query.sql.executor.ResultInternal")
        self._result_set = java("com.arcadedb.query.sql.executor.IteratorResultSet")
        self._list = java("java.util.ArrayList")

    def batch(self, results: Java, size: int) -> Batch:
        """Up to `size` rows and the names of their columns; none are left where fewer come."""
        taken = results.stream().limit(size).toList()
        crossed: list[int] = []
        records = self._records(taken, crossed)
        columns = tuple(records[0]) if records else ()
        return Batch(columns, [tuple(record.values()) for record in records], sum(crossed))

    def _records(self, results: Java, crossed: list[int]) -> list[dict[str, Any]]:
        """Each Java row as a dict in the order of its columns; the letters of each text they came in are noted."""
        records: list[dict[str, Any]] = []
        results_set = self._result_set(results.iterator())
        while True:
            text, side, done = self._typed.nextRows(results_set, 10_000)
            text = str(text)
            crossed.append(len(text))
            if _LOSSY.search(text):
                return [_exact(result) for result in results]
            hook = _Hook(self._side_values(list(side), crossed))
            batch = json.loads(text, object_hook=hook) if _TAGGED.search(text) else json.loads(text)
            if hook.points:
                batch = [{name: _with_points(value) for name, value in record.items()} for record in batch]
            records += batch
            if done:
                return records

    def _side_values(self, objects: list[Any], crossed: list[int]) -> list[Any]:
        """What came beside the text; the properties of all nodes and relationships cross in one further batch."""
        elements: dict[str, Any] = {}
        for value in objects:
            for element in _elements_of(value):
                elements.setdefault(str(element.getIdentity()), element)
        known = self._known(elements, crossed)
        return [_from_side(value, known) for value in objects]

    def _known(self, elements: dict[str, Any], crossed: list[int]) -> dict[str, Node | Relationship]:
        if not elements:
            return {}
        rows = self._list()
        for element in elements.values():
            rows.add(self._result(element))
        properties = self._records(rows, crossed)
        pairs = zip(elements.items(), properties, strict=True)
        return {name: _element(name, element, found) for (name, element), found in pairs}


class _Hook:
    """Puts the values that came beside the text in their places."""

    def __init__(self, side: list[Any]) -> None:
        self._side = side
        self.points = False

    def __call__(self, found: dict[str, Any]) -> Value:
        tagged = found.get(_TAG)
        if tagged is None:
            self.points = self.points or "srid" in found
            return found
        kind, payload = tagged
        plain = _PLAIN_TAGS.get(kind)
        if plain is not None:
            return plain(payload)
        kept = self._side[payload]
        return kept if kind == "x" else dict(zip(*kept, strict=True))


def _with_points(value: Value) -> Value:
    if type(value) is list:
        return [_with_points(item) for item in value]
    if type(value) is dict:
        return _map_or_point({name: _with_points(item) for name, item in value.items()})
    return value


def _map_or_point(value: dict[str, Any]) -> dict[str, Any] | Point:
    """A point is a map that holds a coordinate system and its axes."""
    if value.keys() >= _POINT_KEYS and type(value["srid"]) is int:
        axes = value["x"], value["y"], value.get("z", 0)
        if all(type(axis) in (int, float) for axis in axes):
            return Point(value["srid"], float(value["x"]), float(value["y"]), value.get("z"))
    return value


def _exact(result: Java) -> dict[str, Any]:
    """A row read value by value: slow, and nothing is lost."""
    return {str(name): from_java(result.getProperty(name)) for name in result.getPropertyNames()}


def _elements_of(value: Java) -> list[Any]:
    kind = _shape(type(value))
    if kind in ("node", "relationship"):
        return [value]
    return list(value.toAlternatingList()) if kind == "path" else []


def _from_side(value: Java, known: dict[str, Node | Relationship]) -> Value:
    kind = _shape(type(value))
    if kind in ("node", "relationship"):
        return known[str(value.getIdentity())]
    if kind == "path":
        return Path(tuple(known[str(element.getIdentity())] for element in value.toAlternatingList()))
    return from_java(value)


def _element(name: str, element: Java, properties: dict[str, Any]) -> Node | Relationship:
    type_name = str(element.getTypeName())
    if _shape(type(element)) == "node":
        return Node(name, labels(type_name), properties)
    return Relationship(name, type_name, str(element.getOut()), str(element.getIn()), properties)


@lru_cache(maxsize=1024)
def labels(type_name: str) -> tuple[str, ...]:
    """The labels that a type's name stands for: `Company~Entity` for two, a name of its own for none."""
    return () if type_name == _NO_LABEL else tuple(sorted(type_name.split("~")))


def from_java(value: Java) -> Value:
    """One Java value as one of graph/values.py."""
    if value is None or type(value) in (bool, str, bytes):
        return value
    return _READERS[_shape(type(value))](value)


# Java classes by what they are to us; the first that fits counts.
_CLASSES = (
    ("java.lang.String", "text"),
    ("java.lang.Character", "text"),
    ("java.lang.Boolean", "boolean"),
    ("java.lang.Double", "float"),
    ("java.lang.Float", "float"),
    ("java.math.BigDecimal", "decimal"),
    ("java.lang.Number", "integer"),
    ("com.arcadedb.graph.Vertex", "node"),
    ("com.arcadedb.graph.Edge", "relationship"),
    ("com.arcadedb.query.opencypher.traversal.TraversalPath", "path"),
    ("com.arcadedb.query.opencypher.temporal.CypherDate", "date"),
    ("com.arcadedb.query.opencypher.temporal.CypherTime", "time"),
    ("com.arcadedb.query.opencypher.temporal.CypherLocalTime", "localtime"),
    ("com.arcadedb.query.opencypher.temporal.CypherDateTime", "datetime"),
    ("com.arcadedb.query.opencypher.temporal.CypherLocalDateTime", "localdatetime"),
    ("com.arcadedb.query.opencypher.temporal.CypherDuration", "duration"),
    ("java.time.LocalDate", "date"),
    ("java.time.OffsetTime", "time"),
    ("java.time.LocalTime", "localtime"),
    ("java.time.ZonedDateTime", "datetime"),
    ("java.time.OffsetDateTime", "datetime"),
    ("java.time.Instant", "datetime"),
    ("java.time.LocalDateTime", "localdatetime"),
    ("com.arcadedb.query.sql.executor.Result", "row"),
    ("com.arcadedb.database.RID", "text"),
    ("java.util.Map", "map"),
    ("java.util.Collection", "list"),
)
_shapes: dict[type, str] = {}


def _shape(kind: type) -> str:
    """What a Java class is to us."""
    shape = _shapes.get(kind)
    if shape is None:
        shape = _shapes[kind] = _new_shape(kind)
    return shape


def _new_shape(kind: type) -> str:
    for name, shape in _CLASSES:
        if issubclass(kind, java(name)):
            return shape
    if issubclass(kind, jpype.JArray):
        return "bytes" if kind is jpype.JArray(jpype.JByte) else "list"
    return "unknown"


def _node_from_java(value: Java) -> Node:
    return Node(str(value.getIdentity()), labels(str(value.getTypeName())), _properties(value))


def _relationship_from_java(value: Java) -> Relationship:
    ends = str(value.getOut()), str(value.getIn())
    return Relationship(str(value.getIdentity()), str(value.getTypeName()), *ends, _properties(value))


def _properties(value: Java) -> dict[str, Any]:
    return {str(name): from_java(value.get(name)) for name in value.getPropertyNames()}


def _duration_from_java(value: Java) -> Temporal:
    parts = (value.getMonths(), value.getDays(), value.getSeconds(), value.getNanosAdjustment())
    return duration(*(int(part) for part in parts))


def _map_from_java(value: Java) -> dict[str, Any] | Point:
    return _map_or_point({str(entry.getKey()): from_java(entry.getValue()) for entry in value.entrySet()})


def _unknown(value: Java) -> Value:
    raise QueryFailed(f"the engine gave a value that cannot be shown: {value.getClass().getSimpleName()}")


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "boolean": bool,
    "integer": int,
    "float": float,
    "decimal": lambda value: float(str(value)),
    "bytes": lambda value: bytes(byte & 0xFF for byte in value),
    "node": _node_from_java,
    "relationship": _relationship_from_java,
    "path": lambda value: Path(tuple(from_java(element) for element in value.toAlternatingList())),
    "date": lambda value: Temporal("date", str(value)),
    "time": lambda value: temporal("time", str(value)),
    "localtime": lambda value: temporal("localtime", str(value)),
    "datetime": lambda value: temporal("datetime", str(value)),
    "localdatetime": lambda value: temporal("localdatetime", str(value)),
    "duration": _duration_from_java,
    "row": _exact,
    "map": _map_from_java,
    "list": lambda value: [from_java(item) for item in value],
    "unknown": _unknown,
}
