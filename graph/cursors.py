"""Where the next part of a list starts, as one opaque word."""

import base64
import binascii
import json
from typing import Any

from graph.errors import BadInput


def cursor(*place: str | int) -> str:
    """The word for a place: the values of the sort keys of the last item given."""
    text = json.dumps(place, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(word: str | None, *types: type) -> tuple[Any, ...]:
    """The place that `cursor` made the word of, as many Nones as types for no word; raises BadInput for another."""
    if not word:
        return (None,) * len(types)
    try:
        place = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeDecodeError, ValueError, RecursionError):
        place = None
    if (
        not isinstance(place, list)
        or len(place) != len(types)
        or not all(type(value) is wanted for value, wanted in zip(place, types, strict=True))
    ):
        raise BadInput("the cursor is not one that this service gave; leave it out to start again", field="cursor")
    return tuple(place)
