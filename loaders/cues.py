"""Words of the lexicon found in a text: roles, kin, status and speech."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from loaders.lexicon import lexicon
from loaders.starts import lengths

_SHARED = frozenset({"triggers"})  # tables whose words may have several meanings, parted by spaces


@dataclass(frozen=True, slots=True)
class Cue:
    """A lexicon word at characters [start, end), and what it stands for."""

    start: int
    end: int
    meaning: str


class CueLine:
    """The cues of a text in order, none of which overlaps another."""

    def __init__(self, cues: list[Cue]) -> None:
        self._cues = cues
        self._starts, self._ends = [cue.start for cue in cues], [cue.end for cue in cues]

    def within(self, start: int, end: int) -> list[Cue]:
        """The cues inside the characters [start, end)."""
        return self._cues[bisect_left(self._starts, start) : bisect_right(self._ends, end)]


def cues_in(simple: str, table: str) -> list[Cue]:
    """Every word of a table ("roles", "kin", "status", "speech", ...) in order; of overlapping ones the longest."""
    low = simple.lower()
    if len(low) != len(simple):
        low = simple
    meanings, sizes_of = _meanings(table), _sizes(table)
    found: list[Cue] = []
    end = 0
    for first in _starts(table).finditer(low):
        start = first.start()
        if start < end:
            continue
        for size in sizes_of[low[start]]:
            word = low[start : start + size]  # shorter than `size` where the text ends
            meaning = meanings.get(word)
            if meaning is not None and _whole(simple, start, start + len(word)):
                end = start + len(word)
                found.append(Cue(start, end, meaning))
                break
    return found


def _whole(simple: str, start: int, end: int) -> bool:
    """Whether a word of Latin letters stands by itself; words with others may stand inside longer ones."""
    if not simple[start:end].isascii():
        return True
    return not (start and (_latin(simple[start - 1]) or simple[start - 1] == "-")) and not _latin(simple[end : end + 1])


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


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
def _starts(table: str) -> re.Pattern[str]:
    """Where a word may begin; Latin words not inside another."""
    latin = {word[0] for word in _meanings(table) if word.isascii()}
    other = {word[0] for word in _meanings(table) if not word.isascii()}
    parts = [rf"(?<![A-Za-z-])[{re.escape(''.join(sorted(latin)))}]"] if latin else []
    return re.compile("|".join([*parts, f"[{re.escape(''.join(sorted(other)))}]"] if other else parts))


@cache
def _sizes(table: str) -> dict[str, tuple[int, ...]]:
    return lengths(_meanings(table), 1)
