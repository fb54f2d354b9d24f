"""What may be handed to a statement as a parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, time, timedelta
from typing import Any

from graph.errors import BadInput
from graph.values import Value, from_python


class Plain(list[Any]):
    """A list of what every engine takes as it is, all through: text, truth values, integers of 64 bits, floats, and
    lists and maps of these with keys of text. Nothing looks at its items one by one.
    """


LOWEST, HIGHEST = -(2**63), 2**63 - 1


def whole(value: int) -> int:
    """The integer itself; raises BadInput where 64 bits do not hold it."""
    if LOWEST <= value <= HIGHEST:
        return value
    raise BadInput(f"{value} is beyond the 64 bits of an integer in the graph")


def usual(value: Value) -> Value:
    """A value of an unusual type as the usual one it stands for: dates, sub-classes, other mappings and lists.

    Raises BadInput for what no graph can hold.
    """
    if isinstance(value, date | time | timedelta):
        return from_python(value)
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence | AbstractSet):
        return list(value)
    raise BadInput(f"a value of type {type(value).__name__} cannot be a parameter")


def key(name: Value) -> str:
    """The key of a map, which must be text."""
    if isinstance(name, str):
        return name
    raise BadInput(f"the keys of a map must be text, not {type(name).__name__}")
