"""Rows of both engines in one form that a file of cases can hold."""

from typing import Any

from graph.values import Node, Path, Relationship, Temporal, to_json


def plain(value: Any) -> Any:
    """The value without what differs from run to run: the ids of nodes and relationships."""
    if isinstance(value, Node):
        return {"labels": list(value.labels), "properties": plain(dict(value.properties))}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": plain(dict(value.properties))}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | Path):
        return [plain(item) for item in (value.elements if isinstance(value, Path) else value)]
    return {value.kind: value.text} if isinstance(value, Temporal) else to_json(value)


def typed(value: Any, inside: bool = False) -> Any:
    """The value such that 1, 1.0 and true are three; with `inside`, the order in lists does not count."""
    if isinstance(value, list):
        items = [typed(item, inside) for item in value]
        return tuple(sorted(items, key=repr) if inside else items)
    if isinstance(value, dict):
        return tuple(sorted((name, typed(item, inside)) for name, item in value.items()))
    return type(value).__name__, value


def alike(found: list[Any], expected: list[Any], order: str) -> bool:
    """Whether rows are the expected ones; order is "as given", "any" (of rows) or "inside" (of lists)."""
    left, right = ([typed(row, order == "inside") for row in rows] for rows in (found, expected))
    return sorted(left, key=repr) == sorted(right, key=repr) if order == "any" else left == right
