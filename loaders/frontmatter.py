"""What stands between two `---` lines at the start of a text: its title, date, language and source."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PAIR = re.compile(r"(?P<key>[A-Za-z_][\w -]{0,60}?)\s*:(?:\s+(?P<value>.*)|\s*)$")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)$")
_MAX_LINES = 400


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys (lower case) with their first scalar value, and where the text proper starts."""

    values: Mapping[str, str] = field(default_factory=dict)
    end: int = 0

    def first(self, *keys: str) -> str:
        """The value of the first of `keys` that has one, else ""."""
        return next((self.values[key] for key in keys if self.values.get(key)), "")


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text; none when the text does not start with a `---` line or the block is never closed.

    Only scalars are read, and the first item of a list; every other line is passed over.
    """
    position = 1 if text.startswith("\ufeff") else 0
    line, position = _line(text, position)
    if line.rstrip() != "---":
        return FrontMatter()
    values: dict[str, str] = {}
    last = ""
    for _ in range(_MAX_LINES):
        if position >= len(text):
            break
        line, position = _line(text, position)
        if line.rstrip() in {"---", "..."}:
            return FrontMatter(values, position)
        pair, item = _PAIR.match(line), _ITEM.match(line)
        if pair:
            last = pair["key"].strip().lower()
            values.setdefault(last, _scalar(pair["value"] or ""))
        elif item and last and not values[last]:
            values[last] = _scalar(item["value"])
    return FrontMatter()


def _line(text: str, start: int) -> tuple[str, int]:
    stop = text.find("\n", start)
    return (text[start:], len(text)) if stop < 0 else (text[start:stop], stop + 1)


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').strip()
    if value in {"|", ">", "null", "~"} or value[:1] in {"[", "{"}:
        return value.strip("[]{}|>~ ").split(",")[0].strip("\"' ") if value[:1] == "[" else ""
    return value
