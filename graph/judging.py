"""Judgements as they stand in the graph: which entities they speak of, and pairs of entities that await one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from graph.entities import entity
from graph.errors import BadInput
from graph.model import Judgement, Side
from graph.names import key
from graph.reader import Reader, ref_of
from graph.readings import Decision, Ref, Suggestion
from graph.records import judgement_of

MOST_NAMES = 50_000  # looked at for suggestions
WINDOW = 6  # names that stand so near in the order of their sound are compared
ALIKE = 88  # per cent of their letters that two spellings share
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Bearing:
    """A name and the entity that bears it."""

    text: str
    key: str
    sound: str
    kind: str
    claims: int
    ref: Ref


def decisions(reader: Reader) -> tuple[Decision, ...]:
    """Every judgement, the newest first, with the entities that its names mean now."""
    judgements = [judgement_of(row) for row in reader.rows("all_judgements", {})]
    keys = {key(side.name, side.kind or "") for judgement in judgements for side in judgement.sides}
    bearers: dict[str, list[Ref]] = defaultdict(list)
    for folded, columns in reader.rows("bearers_of_keys", {"keys": sorted(keys)}):
        bearers[folded].append(ref_of(columns))
    found = (Decision(judgement, tuple(_means(side, bearers) for side in judgement.sides)) for judgement in judgements)
    return tuple(sorted(found, key=lambda one: (one.judgement.at, one.judgement.id), reverse=True))


def _means(side: Side, bearers: dict[str, list[Ref]]) -> Ref | None:
    """The one entity that a side's name means, None where it is none or several."""
    fitting = {
        ref.id: ref
        for ref in bearers.get(key(side.name, side.kind or ""), ())
        if side.kind is None or side.kind in ref.kinds
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def side_of(reader: Reader, id_: str) -> Side:
    """A side that means this entity alone: a name that no other bears, else its name in a document of its own."""
    profile = entity(reader, id_)
    kind = profile.ref.kinds[0]
    names = [profile.ref.name, *(name for texts in profile.names.values() for name in texts)]
    folded = {name: key(name, kind) for name in names}
    bearers: dict[str, set[str]] = defaultdict(set)
    for spelling, columns in reader.rows("bearers_of_keys", {"keys": sorted(set(folded.values()))}):
        bearers[spelling].add(columns[0])
    for name in names:
        if bearers[folded[name]] == {id_}:
            return Side(name, kind)
    claims = reader.rows("referents", {"id": id_})
    if not claims or not bearers:
        raise BadInput(f"{id_} has no name of its own that could be judged", field="sides")
    return Side(profile.ref.name, kind, min(document for _, document, _ in claims))


def suggestions(reader: Reader, limit: int = 50) -> tuple[Suggestion, ...]:
    """Pairs of entities whose names are nearly one and that nobody has judged, the most telling first."""
    bearings = [
        _Bearing(text, spelling, sound or "", kind, claims or 0, ref_of(ref))
        for text, spelling, sound, kind, claims, ref in reader.rows("every_name", {"limit": MOST_NAMES})
    ]
    judged = _judged(reader)
    best: dict[tuple[str, str], tuple[float, int, Suggestion]] = {}
    for one, other in _near(bearings):
        pair = (min(one.ref.id, other.ref.id), max(one.ref.id, other.ref.id))
        reason, score = _likeness(one, other)
        if score and not (judged & {frozenset((one.key, other.key))}) and score > best.get(pair, (0.0,))[0]:
            left, right = sorted((one, other), key=lambda bearing: bearing.ref.id)
            told = f"{reason}: {left.text} and {right.text}"
            best[pair] = (score, one.claims + other.claims, Suggestion(left.ref, right.ref, told, score))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return tuple(found for _, (_, _, found) in ranked[:limit])


def _judged(reader: Reader) -> set[frozenset[str]]:
    """Pairs of folded names on which there is a judgement."""
    pairs: set[frozenset[str]] = set()
    for row in reader.rows("all_judgements", {}):
        judgement: Judgement = judgement_of(row)
        keys = [key(side.name, side.kind or "") for side in judgement.sides]
        pairs |= {frozenset((one, other)) for one in keys for other in keys}
    return pairs


def _near(bearings: Sequence[_Bearing]) -> Iterator[tuple[_Bearing, _Bearing]]:
    """Names of different entities of one kind that stand near one another, by their sound from either end."""
    by_kind: dict[str, list[_Bearing]] = defaultdict(list)
    for bearing in bearings:
        by_kind[bearing.kind].append(bearing)
    for group in by_kind.values():
        for order in (group, sorted(group, key=lambda bearing: bearing.sound[::-1])):
            yield from _windows(order)


def _windows(order: Sequence[_Bearing]) -> Iterable[tuple[_Bearing, _Bearing]]:
    for place, one in enumerate(order):
        for other in order[place + 1 : place + WINDOW]:
            if one.ref.id != other.ref.id:
                yield one, other


def _likeness(one: _Bearing, other: _Bearing) -> tuple[str, float]:
    """Why two names may be one, and how surely; 0 where they are not, or differ in their numbers."""
    if one.key == other.key:
        return "one name", 0.95
    if _DIGITS.findall(one.sound) != _DIGITS.findall(other.sound):
        return "", 0.0
    if one.sound == other.sound:
        return "one sound", 0.85
    likeness = ratio(one.sound, other.sound, score_cutoff=ALIKE)
    return (
        ("nearly one spelling", round(likeness / 125, 2))
        if likeness and min(map(len, (one.sound, other.sound))) > 4
        else ("", 0.0)
    )
