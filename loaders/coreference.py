"""Coreference by name: which names of one text are names of one entity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from loaders.gazetteer import known
from loaders.lexicon import alternatives
from loaders.likeness import Key, fold, is_titled, sign
from loaders.mentions import Mention
from loaders.schema import PERSON


@dataclass(frozen=True, slots=True)
class Link:
    """Why two names are one entity."""

    short: Key
    long: Key
    reason: str


class Candidate(NamedTuple):
    """A longer name that a shorter one may stand for; a low rank is a strong sign."""

    rank: int
    key: Key
    reason: str


@dataclass(frozen=True)
class Names:
    """Mentions by name in clusters. `choices`: for a mention that may be any of several, those clusters."""

    clusters: list[int]
    choices: dict[int, frozenset[int]]
    links: list[Link]


def same_names(mentions: Sequence[Mention], simple: str) -> Names:
    """A cluster number for each named mention, and the links that made the clusters. `simple`: the folded text."""
    keys = [fold(simple[m.start : m.end], m.kind) for m in mentions]
    groups = _Groups(list(dict.fromkeys(keys)))
    links = [*_aliases(mentions, keys, simple), *_well_known(groups.known)]
    for link in links:
        groups.join(link.short, link.long)
    order = sorted(groups.known, key=lambda key: -len(key.text))
    unsettled: dict[Key, list[Key]] = {}
    for number, key in enumerate(order):
        longer = _longer(key, order if is_titled(key) else order[:number], groups)
        chosen = _choose(longer, groups)
        if chosen is not None:
            groups.join(key, chosen.key)
            links.append(Link(key, chosen.key, chosen.reason))
        elif longer:
            least = min(c.rank for c in longer)
            unsettled[key] = [c.key for c in longer if c.rank == least]
    numbers: dict[Key, int] = {}
    clusters = [numbers.setdefault(groups.root(key), len(numbers)) for key in keys]
    choices = {
        i: frozenset(numbers[groups.root(other)] for other in unsettled[key])
        for i, key in enumerate(keys)
        if key in unsettled and groups.root(key) == key
    }
    return Names(clusters, choices, links)


class _Groups:
    """Names that were found to be one, never two that the dictionary knows apart; the longest stands for the group."""

    def __init__(self, known: list[Key]) -> None:
        self.known = known
        self._parent = {key: key for key in known}
        self._entry = {key: number for key in known if (number := _entry(key.text)) is not None}

    def root(self, key: Key) -> Key:
        while self._parent[key] != key:
            key = self._parent[key]
        return key

    def apart(self, one: Key, other: Key) -> bool:
        """Whether the dictionary has names of both, as names of two: NBA and NBA China."""
        mine, theirs = self._entry.get(self.root(one)), self._entry.get(self.root(other))
        return mine is not None and theirs is not None and mine != theirs

    def join(self, one: Key, other: Key) -> None:
        a, b = self.root(one), self.root(other)
        if a != b and not self.apart(a, b):
            if len(a.text) < len(b.text):
                a, b = b, a
            self._parent[b] = a
            if b in self._entry:
                self._entry.setdefault(a, self._entry[b])


def _entry(text: str) -> int | None:
    """The number of the dictionary's entry of a name, also where another known name stands before it (NBA籃網隊)."""
    for start in range(len(text)):
        entry = known(text[start:])
        if entry is not None and (start == 0 or known(text[:start]) is not None):
            return entry.group
    return None


@cache
def _before_alias() -> re.Pattern[str]:
    openers = f"(?:{alternatives('zh', 'names', 'alias_openers')}|{alternatives('en', 'names', 'alias_openers')})"
    return re.compile(rf"[”」』\"’]?\s?[（(]{openers}?[为是：:]?\s?[“「『\"‘']?(?:the )?", re.IGNORECASE)


@cache
def _alias_verb() -> re.Pattern[str]:
    return re.compile(rf"[，,]?{alternatives('zh', 'names', 'alias_verbs')}为?[“「『\"]?")


_AFTER_ALIAS = re.compile(r"[”」』\"’']?\s?[）)，,；;]")
_NICKNAME_OPEN = re.compile(r"\s?[“\"‘「'（(]")
_NICKNAME_CLOSE = re.compile(r"[”\"’」'）)]")


def _aliases(mentions: Sequence[Mention], keys: list[Key], simple: str) -> list[Link]:
    """Names that stand in brackets, or quotation marks, right after a name."""
    found = []
    for number, one in enumerate(mentions):
        for other in range(number + 1, min(number + 4, len(mentions))):
            two = mentions[other]
            gap, after = simple[one.end : two.start], simple[two.end : two.end + 3]
            if two.kind == one.kind and _is_alias(one.kind, gap, after):
                found.append(Link(keys[other], keys[number], "given as another name"))
    return found


def _well_known(keys: Sequence[Key]) -> list[Link]:
    """Names that the dictionary gives to one company, person or product."""
    first: dict[int, Key] = {}
    found = []
    for key in keys:
        entry = known(key.text)
        if entry is not None and entry.kind == key.kind:
            other = first.setdefault(entry.group, key)
            if other != key:
                found.append(Link(key, other, "names of one in the dictionary"))
    return found


def _is_alias(kind: str, gap: str, after: str) -> bool:
    if _before_alias().fullmatch(gap) and _AFTER_ALIAS.match(after):
        return True
    if _alias_verb().fullmatch(gap):
        return True
    return kind == PERSON and bool(_NICKNAME_OPEN.fullmatch(gap) and _NICKNAME_CLOSE.match(after))


def _choose(candidates: list[Candidate], groups: _Groups) -> Candidate | None:
    """The best candidate, unless several different entities are equally good."""
    if not candidates:
        return None
    best = min(c.rank for c in candidates)
    top = [c for c in candidates if c.rank == best]
    roots = list(dict.fromkeys(groups.root(c.key) for c in top))
    if len(roots) == 1:
        return top[0]
    if best <= 1 and top[0].key.kind != PERSON:
        first = min(roots, key=groups.known.index)
        return next(c for c in top if groups.root(c.key) == first)
    return None


def _longer(key: Key, others: Sequence[Key], groups: _Groups) -> list[Candidate]:
    found = []
    for other in others:
        why = None if groups.apart(key, other) else sign(key, other)
        if why is not None:
            found.append(Candidate(why.rank, other, why.reason))
    return found
