"""Words of the lexicon found in a text: roles, kin, status and speech."""

import re
from dataclasses import dataclass
from functools import cache

from loaders.lexicon import lexicon

_SHARED = frozenset({"triggers"})  # tables whose words may have several meanings, parted by spaces


@dataclass(frozen=True, slots=True)
class Cue:
    """A lexicon word at characters [start, end), and what it stands for."""

    start: int
    end: int
    meaning: str


def cues_in(simple: str, table: str) -> list[Cue]:
    """Every word of a table ("roles", "kin", "status", "speech", ...) in order; of overlapping ones the longest."""
    meanings = _meanings(table)
    return [Cue(*m.span(), meanings[m.group().casefold()]) for m in _pattern(table).finditer(simple)]


def listed(language: str, table: str, key: str) -> list[str]:
    """One list of the lexicon."""
    words: list[str] = lexicon(language)[table][key]
    return words


@cache
def _meanings(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("zh", "en"):
        for meaning, words in lexicon(language)[table].items():
            for word in words:
                known = found.setdefault(word.casefold(), meaning)
                if table in _SHARED and meaning not in known.split():
                    found[word.casefold()] = f"{known} {meaning}"
    return found


@cache
def _pattern(table: str) -> re.Pattern[str]:
    words = sorted(_meanings(table), key=lambda w: (-len(w), w))
    latin = [re.escape(w) for w in words if w.isascii()]
    other = [re.escape(w) for w in words if not w.isascii()]
    parts = ["|".join(other)] if other else []
    if latin:
        parts.append(rf"(?<![A-Za-z-])(?:{'|'.join(latin)})(?![A-Za-z])")
    return re.compile("|".join(parts), re.IGNORECASE)
