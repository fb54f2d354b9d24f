"""How two entities may be one, told by their names and by what both are linked with; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from graph.aliases import group_of
from graph.folding import HAN, lower
from graph.names import common, fold, key, sound, weak
from graph.persons import partial, words
from graph.readings import Ref
from graph.romanisation import Likeness, alike, readings, spoken, surnames

LEAST = 0.4  # a proposal less likely than this is not worth a person's time
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 5  # letters of a name that may carry a slip of the fingers


@dataclass(frozen=True)
class Face:
    """An entity as a candidate: its names, and the ids of the entities it is linked with."""

    ref: Ref
    names: tuple[str, ...]
    claims: int = 0
    neighbours: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def kind(self) -> str:
        """The kind that its names are read as."""
        return self.ref.kinds[0]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The folded names."""
        return frozenset(key(name, self.kind) for name in self.names)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The dictionary's groups that its names belong to."""
        return frozenset(found for folded in self.keys if (found := group_of(self.kind, folded)))


def likeness(one: Face, other: Face) -> Likeness | None:
    """The strongest reason for which the two may be one, raised by what both are linked with; None without any.

    Entities that a relation links, or that the dictionary knows as two, are two.
    """
    if one.kind != other.kind or other.ref.id in one.neighbours or one.ref.id in other.neighbours:
        return None
    if one.groups and other.groups:
        return None
    best = max(_reasons(one, other), key=lambda found: found.score, default=None)
    if best is None:
        return None
    shared = len(one.neighbours & other.neighbours)
    reason = best.reason + (f"; both are linked with {shared} of the same entities" if shared else "")
    return Likeness(round(min(best.score + 0.1 * min(shared, 2), 0.99), 2), reason)


def _reasons(one: Face, other: Face) -> Iterator[Likeness]:
    for left in one.names:
        for right in other.names:
            yield from _by_names(left, right, one.kind, bool(one.neighbours & other.neighbours))


def _by_names(left: str, right: str, kind: str, linked: bool) -> Iterator[Likeness]:
    """The reasons in two names; some count only between entities that are linked with the same others."""
    keys = key(left, kind), key(right, kind)
    if keys[0] == keys[1]:
        if not weak(left, kind):
            yield Likeness(0.4 if common(left, kind) else 0.6, f"both are called {left}")
        elif linked:
            yield Likeness(0.4, f"both are called {left}")
    elif _DIGITS.findall(keys[0]) == _DIGITS.findall(keys[1]):
        yield from _of_people(left, right, linked) if kind == "Person" else _of_things(left, right, linked)
        yield from _by_spelling(left, right, *keys)


def _of_people(left: str, right: str, linked: bool) -> Iterator[Likeness]:
    if found := alike(left, right):
        yield found
    if not linked:
        return
    if surnames(left) & surnames(right) and bool(spoken(left)) != bool(spoken(right)):
        latin = right if spoken(left) else left
        if not readings(latin):
            yield Likeness(0.35, f"{left} and {right} have one surname")
    short, long = sorted((left, right), key=len)
    if partial(short) and (set(words(short)) & set(words(long)) or (spoken(long) and fold(short)[0] == fold(long)[0])):
        yield Likeness(0.4, f"{short} may be short for {long}")


def _of_things(left: str, right: str, linked: bool) -> Iterator[Likeness]:
    short, long = sorted((left, right), key=lambda name: len(fold(name)))
    if initials(long) == fold(short) and len(fold(short)) > 1:
        yield Likeness(0.55, f"{short} may stand for {long}")
    elif bool(HAN.search(left)) != bool(HAN.search(right)) and sound(left) == sound(right):
        yield Likeness(0.75, f"{left} and {right} are one name in characters and pinyin")
    elif linked and _contains(long, short):
        yield Likeness(0.3, f"{long} has {short} in its name")


def initials(text: str) -> str:
    """The first letters of a name of several words, in small letters, without of, and, the, for.

    >>> initials("National Basketball Association"), initials("TSMC")
    ('nba', '')
    """
    found = [word for word in _WORD.findall(lower(text)) if word not in ("of", "and", "the", "for")]
    return "".join(word[0] for word in found) if len(found) > 1 and not HAN.search(text) else ""


def _contains(long: str, short: str) -> bool:
    """Whether the short name stands in the long one: as its first words, or as characters in their order."""
    if HAN.search(short):
        rest = iter(fold(long))
        return len(fold(short)) > 1 and all(character in rest for character in fold(short))
    return _WORD.findall(lower(long))[: len(_WORD.findall(lower(short)))] == _WORD.findall(lower(short))


def _by_spelling(left: str, right: str, one: str, other: str) -> Iterator[Likeness]:
    """Names that differ by a slip of the fingers, or only in characters of one sound."""
    if HAN.search(left) and HAN.search(right):
        if len(one) > 2 and sound(one) == sound(other):
            yield Likeness(0.6, f"{left} and {right} sound alike")
        return
    longest = max(len(one), len(other))
    if min(len(one), len(other)) < _SHORTEST or HAN.search(left + right):
        return
    if OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 2 * _SHORTEST else 2):
        yield Likeness(0.5, f"{left} and {right} differ by a letter or two")
