"""Well-known names: where the dictionary's names stand in a text that the model did not mark."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from graph.aliases import groups
from loaders.mentions import Mention, Tagging
from loaders.schema import PERSON
from loaders.scripts import is_han, simplify
from loaders.starts import lengths

_SURE = 0.9
_LEAST = 0.03  # how likely the model must find it that these words are part of some name


class Known(NamedTuple):
    """A well-known name's kind and the group of names it belongs to."""

    kind: str
    group: int


@lru_cache(maxsize=2**14)
def known(name: str) -> Known | None:
    """The entry of a name, None where there is none or where it has several kinds."""
    return _names().get(simplify(name).casefold())


def add_known(simple: str, text: str, tagging: Tagging, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with well-known names added that the model half saw, and shorter ones inside them replaced."""
    some = 1.0 - np.exp(tagging.scores[:, 0])
    starts = np.array([unit.start for unit in tagging.units])
    found = list(mentions)
    for start, end, entry in places(simple):
        inside = slice(*np.searchsorted(starts, (start, end)))
        if not len(some[inside]) or some[inside].mean() < _LEAST:
            continue
        touching = [m for m in found if m.start < end and start < m.end]
        if any(not _gives_way(m, start, end, entry) for m in touching):
            continue
        found = [m for m in found if m not in touching]
        sure = max([_SURE, *(m.confidence for m in touching if m.named)])
        found.append(Mention(start, end, text[start:end], entry.kind, sure))
    return sorted((_right_kind(m) for m in found), key=lambda m: (m.start, m.end))


def _gives_way(mention: Mention, start: int, end: int, entry: Known) -> bool:
    """Whether a mention is replaced by a well-known name: it lies inside it, is that person and a letter more, or is
    a Latin name of another kind with Chinese letters before it (中國iPhone).
    """
    if start <= mention.start and mention.end <= end:
        return True
    before = mention.surface[: max(start - mention.start, 0)]
    if before and mention.end == end and mention.surface[-1].isascii() and all(map(is_han, before)):
        return mention.kind != entry.kind
    person = entry.kind == mention.kind == PERSON and end - start >= 3
    return person and mention.start == start and mention.end - end == 1


def _right_kind(mention: Mention) -> Mention:
    entry = known(mention.surface) if mention.named else None
    return replace(mention, kind=entry.kind) if entry else mention


@cache
def _names() -> dict[str, Known]:
    entries: dict[str, Known | None] = {}
    for number, (kind, names, _) in enumerate(groups()):
        for name in names:
            key = simplify(name).casefold()
            if len(key) < 2 or (key.isascii() and len(key) < 3):
                continue
            entry = Known(kind.casefold(), number)
            entries[key] = entry if key not in entries or entries[key] == entry else None
    return {key: entry for key, entry in entries.items() if entry is not None}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    return lengths(_names(), 2)


def places(simple: str) -> Iterator[tuple[int, int, Known]]:
    """Where well-known names stand in a text of Simplified characters, the longest at each place, left to right."""
    low = simple.lower()
    if len(low) != len(simple):
        low = simple
    names, lengths_of = _names(), _lengths()
    end = 0
    for start in range(len(low) - 1):
        sizes = lengths_of.get(low[start : start + 2])
        if sizes is None or start < end:
            continue
        for size in sizes:
            name = low[start : start + size]  # shorter than `size` where the text ends
            entry = names.get(name)
            if entry is not None and _whole(low, start, start + len(name)):
                end = start + len(name)
                yield start, end, entry
                break


def _whole(low: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at the borders."""
    left = start > 0 and _latin(low[start]) and _latin(low[start - 1])
    return not left and not (end < len(low) and _latin(low[end - 1]) and _latin(low[end]))


def _latin(letter: str) -> bool:
    return letter.isalnum() and not is_han(letter)
