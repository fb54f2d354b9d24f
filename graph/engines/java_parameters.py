"""Parameters as the embedded engine's values."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

import jpype

from graph.engines.jvm import Java, java
from graph.engines.parameters import key, usual, whole
from graph.errors import BadInput
from graph.values import Point, Temporal, Value

if TYPE_CHECKING:
    from collections.abc import Callable

# An integer this long might not fit 64 bits; such parameters cross one by one, where it is seen.
_LONG_NUMBER = re.compile(r"\d{19}")
_TEMPORAL = {
    "date": "CypherDate",
    "time": "CypherTime",
    "localtime": "CypherLocalTime",
    "datetime": "CypherDateTime",
    "localdatetime": "CypherLocalDateTime",
    "duration": "CypherDuration",
}


def parameters_to_java(parameters: dict[str, Any]) -> Java:
    """Parameters as a Java map; where JSON can carry them they cross as one text."""
    try:
        text = json.dumps(parameters, allow_nan=False, default=_not_json)
    except (ValueError, TypeError, RecursionError):
        return to_java(parameters)
    if _LONG_NUMBER.search(text) or not _keys_are_text(parameters):
        return to_java(parameters)
    return java("com.arcadedb.serializer.json.JSONObject")(text).toMap()


def _not_json(value: Value) -> NoReturn:
    raise TypeError(type(value).__name__)


def _keys_are_text(value: Value) -> bool:
    if type(value) is dict:
        return all(type(name) is str for name in value) and all(map(_keys_are_text, value.values()))
    return type(value) is not list or all(map(_keys_are_text, value))


def to_java(value: Value) -> Java:
    """One parameter as a Java value."""
    writer = _PARAMETERS.get(type(value))
    return to_java(usual(value)) if writer is None else writer(value)


def _map_to_java(value: dict[str, Any]) -> Java:
    made = java("java.util.LinkedHashMap")()
    for name, item in value.items():
        made.put(java("java.lang.String")(key(name)), to_java(item))
    return made


def _list_to_java(value: list[Any] | tuple[Any, ...]) -> Java:
    made = java("java.util.ArrayList")()
    for item in value:
        made.add(to_java(item))
    return made


def _text_to_java(value: str) -> Java:
    return java("java.lang.String")(value)


def _bytes_to_java(_: bytes) -> Java:
    raise BadInput("bytes cannot be a parameter on the embedded engine; write them as base64 text")


def _temporal_to_java(value: Temporal) -> Java:
    kind = java(f"com.arcadedb.query.opencypher.temporal.{_TEMPORAL[value.kind]}")
    try:
        return kind.parse(value.text)
    except jpype.JException:
        raise BadInput(f"{value.text!r} is not a {value.kind} that can be read") from None


def _point_to_java(value: Point) -> Java:
    axes: dict[str, Any] = {"x": float(value.x), "y": float(value.y)}
    if value.z is not None:
        axes["z"] = float(value.z)
    names = {4326: "WGS-84", 4979: "WGS-84-3D", 9157: "cartesian-3D"}
    if value.crs.startswith("wgs"):
        axes = {"longitude": axes["x"], "latitude": axes["y"]} | axes | ({"height": axes["z"]} if "z" in axes else {})
    return _map_to_java(axes | {"crs": names.get(value.srid, "cartesian"), "srid": value.srid})


_PARAMETERS: dict[type, Callable[[Any], Java]] = {
    type(None): lambda value: value,
    bool: lambda value: value,
    float: lambda value: value,
    str: _text_to_java,
    int: lambda value: java("java.lang.Long")(whole(value)),
    dict: _map_to_java,
    list: _list_to_java,
    tuple: _list_to_java,
    bytes: _bytes_to_java,
    Temporal: _temporal_to_java,
    Point: _point_to_java,
}
