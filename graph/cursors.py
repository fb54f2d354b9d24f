"""Where the next part of a list starts, as one opaque word that this list alone takes."""

import base64
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.errors import BadInput

# Each value of a place says of which type it is. Every word of these forms is a place, so a description is exact.
_FORMS = {int: r"\.[0-9]{1,15}", str: r"~(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?"}


@dataclass(frozen=True)
class Places:
    """The places of one list: its name, with which each word begins, and the types of its sort keys."""

    name: str
    types: tuple[type, ...]

    def cursor(self, *place: str | int) -> str:
        """The word for a place: the values of the sort keys of the last item given."""
        return self.name + "".join(_word(value) for value in place)

    @property
    def form(self) -> str:
        """The regular expression of the words."""
        return f"^{self.name}{''.join(_FORMS[wanted] for wanted in self.types)}$"

    def place_of(self, word: str | None) -> tuple[Any, ...]:
        """The place that `cursor` made the word of, as many Nones as types for None; raises BadInput for another word,
        also for one of another list.
        """
        if word is None:
            return (None,) * len(self.types)
        found = self._groups.fullmatch(word)
        if found is None:
            raise BadInput("the cursor is not one that this list gave; leave it out to start again", field="cursor")
        return tuple(_value(part) for part in found.groups())

    @cached_property
    def _groups(self) -> re.Pattern[str]:
        return re.compile(self.name + "".join(f"({_FORMS[wanted]})" for wanted in self.types))


SEARCH = Places("search", (int,))
CONFLICTS = Places("conflicts", (int,))
RELATIONS = Places("relations", (int, str))
PARTNERSHIPS = Places("partnerships", (int, str))
TIMELINE = Places("timeline", (str, str))
DOCUMENTS = Places("documents", (str, str))
JUDGEMENTS = Places("judgements", (str, str))
CLAIMS = Places("claims", (str, int, str))


def _word(value: str | int) -> str:
    if isinstance(value, int):
        return f".{value}"
    return "~" + base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def _value(part: str) -> str | int:
    if part[0] == ".":
        return int(part[1:])
    return base64.urlsafe_b64decode(part[1:] + "=" * (-len(part[1:]) % 4)).decode("utf-8", "replace")
