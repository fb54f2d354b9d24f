"""Where the next part of a list starts, as one opaque word."""

import base64
import re
from functools import cache
from typing import Any

from graph.errors import BadInput

# Each value of a place says of which type it is. Every word of these forms is a place, so a description is exact.
_FORMS = {int: r"\.[0-9]{1,15}", str: r"~(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?"}


def cursor(*place: str | int) -> str:
    """The word for a place: the values of the sort keys of the last item given."""
    return "".join(_word(value) for value in place)


def form(*types: type) -> str:
    """The regular expression of the words for places of these types."""
    return f"^{''.join(_FORMS[wanted] for wanted in types)}$"


def place_of(word: str | None, *types: type) -> tuple[Any, ...]:
    """The place that `cursor` made the word of, as many Nones as types for None; raises BadInput for another word."""
    if word is None:
        return (None,) * len(types)
    found = _groups(types).fullmatch(word)
    if found is None:
        raise BadInput("the cursor is not one that this service gave; leave it out to start again", field="cursor")
    return tuple(_value(part) for part in found.groups())


def _word(value: str | int) -> str:
    if isinstance(value, int):
        return f".{value}"
    return "~" + base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def _value(part: str) -> str | int:
    if part[0] == ".":
        return int(part[1:])
    return base64.urlsafe_b64decode(part[1:] + "=" * (-len(part[1:]) % 4)).decode("utf-8", "replace")


@cache
def _groups(types: tuple[type, ...]) -> re.Pattern[str]:
    return re.compile("".join(f"({_FORMS[wanted]})" for wanted in types))
