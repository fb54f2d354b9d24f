"""Values in the two forms of Neo4j's Query API: plain JSON, and JSON that says the type of each value."""

import base64
import math
from collections.abc import Callable
from functools import partial
from typing import Any

from graph.errors import BadInput
from graph.values import Node, Path, Point, Relationship, Temporal, TemporalKind

_TEMPORAL: dict[TemporalKind, str] = {
    "date": "Date",
    "time": "Time",
    "localtime": "LocalTime",
    "datetime": "OffsetDateTime",
    "localdatetime": "LocalDateTime",
    "duration": "Duration",
}


def plain(value: Any) -> Any:  # noqa: ANN401  (any value of the graph)
    """The value as plain JSON."""
    writer = _PLAIN.get(type(value))
    return writer(value) if writer else value


def typed(value: Any) -> dict[str, Any]:  # noqa: ANN401  (any value of the graph)
    """The value as {"$type", "_value"}."""
    name, form = _TYPED[type(value)]
    return {"$type": name(value) if callable(name) else name, "_value": form(value)}


def given(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """A parameter out of its typed form, where it has one; raises BadInput where that is not as it should be."""
    if isinstance(value, list):
        return [given(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) != {"$type", "_value"}:
        return {key: given(item) for key, item in value.items()}
    kind = value["$type"]
    reader = _GIVEN.get(kind, given) if isinstance(kind, str) else given
    try:
        return reader(value["_value"])
    except (TypeError, ValueError, OverflowError):
        raise BadInput(f"{value['_value']!r} is no {value['$type']}", field="parameters") from None


def _float(value: float) -> float | str:
    if math.isnan(value):
        return "NaN"
    return value if math.isfinite(value) else "Infinity" if value > 0 else "-Infinity"


def _bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _point(point: Point) -> str:
    axes = [point.x, point.y] if point.z is None else [point.x, point.y, point.z]
    return f"SRID={point.srid};POINT{'' if point.z is None else ' Z'} ({' '.join(map(str, axes))})"


def _plain_node(node: Node) -> dict[str, Any]:
    return {"elementId": node.id, "labels": list(node.labels), "properties": plain(dict(node.properties))}


def _plain_relationship(one: Relationship) -> dict[str, Any]:
    ends = {"startNodeElementId": one.start, "endNodeElementId": one.end}
    return {"elementId": one.id, **ends, "type": one.type, "properties": plain(dict(one.properties))}


def _typed_map(value: dict[str, Any]) -> dict[str, Any]:
    return {key: typed(item) for key, item in value.items()}


def _typed_node(node: Node) -> dict[str, Any]:
    return {"_element_id": node.id, "_labels": list(node.labels), "_properties": _typed_map(dict(node.properties))}


def _typed_relationship(one: Relationship) -> dict[str, Any]:
    ends = {"_start_node_element_id": one.start, "_end_node_element_id": one.end}
    return {"_element_id": one.id, **ends, "_type": one.type, "_properties": _typed_map(dict(one.properties))}


def _temporal(kind: TemporalKind, text: object) -> Temporal:
    return Temporal(kind, str(text))


def _temporal_type(value: Temporal) -> str:
    return "ZonedDateTime" if value.kind == "datetime" and value.text.endswith("]") else _TEMPORAL[value.kind]


_PLAIN: dict[type, Callable[[Any], Any]] = {
    float: _float,
    bytes: _bytes,
    list: lambda value: [plain(item) for item in value],
    tuple: lambda value: [plain(item) for item in value],
    dict: lambda value: {key: plain(item) for key, item in value.items()},
    Node: _plain_node,
    Relationship: _plain_relationship,
    Path: lambda value: [plain(one) for one in value.elements],
    Temporal: str,
    Point: _point,
}
_TYPED: dict[type, tuple[str | Callable[[Any], str], Callable[[Any], Any]]] = {
    type(None): ("Null", lambda _: None),
    bool: ("Boolean", bool),
    int: ("Integer", str),
    float: ("Float", lambda value: str(_float(value))),
    str: ("String", str),
    bytes: ("Base64", _bytes),
    list: ("List", lambda value: [typed(item) for item in value]),
    tuple: ("List", lambda value: [typed(item) for item in value]),
    dict: ("Map", _typed_map),
    Node: ("Node", _typed_node),
    Relationship: ("Relationship", _typed_relationship),
    Path: ("Path", lambda value: [typed(one) for one in value.elements]),
    Temporal: (_temporal_type, str),
    Point: ("Point", _point),
}
_GIVEN: dict[str, Callable[[Any], Any]] = {
    "Integer": int,
    "Float": float,
    "Base64": lambda text: base64.b64decode(text, validate=True),
    "ZonedDateTime": partial(_temporal, "datetime"),
    **{name: partial(_temporal, kind) for kind, name in _TEMPORAL.items()},
}
