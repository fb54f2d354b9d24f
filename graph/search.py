"""Finds entities by what a person types: any of their names, pinyin, a beginning, a small slip of the fingers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import token_set_ratio

from graph.names import fold, key, slug, sound
from graph.reader import Reader, ref_of
from graph.readings import Hit
from graph.schema import NAMES

CANDIDATES = 200  # names looked at for each way of finding
LONGEST = 200  # characters of a query; a name is shorter


@dataclass(frozen=True, slots=True)
class _Query:
    """What was typed, in every spelling that names are kept in."""

    text: str
    keys: tuple[str, ...]
    sound: str
    slug: str

    @staticmethod
    def of(text: str) -> "_Query":
        return _Query(
            text, tuple(dict.fromkeys((fold(text), key(text, "Company"), key(text, "Person")))), sound(text), slug(text)
        )


def search(reader: Reader, text: str, kind: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
    """The entities that the text may mean, best match first; among equal matches those with more claims first."""
    text = text.strip()[:LONGEST]
    if not fold(text).strip():
        return ()
    query = _Query.of(text)
    best: dict[str, Hit] = {}
    for hit in _hits(reader, query, kind):
        known = best.get(hit.entity.id)
        if known is None or _nearness(query, hit) < _nearness(query, known):
            best[hit.entity.id] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, -hit.claims, hit.entity.id))
    return tuple(ranked[:limit])


def _nearness(query: _Query, hit: Hit) -> tuple[float, bool, int, str]:
    """Sorts the names of one entity: among equal scores first the one written as was typed, then the shorter."""
    return -hit.score, not fold(hit.matched).startswith(query.keys[0]), len(hit.matched), hit.matched


def _hits(reader: Reader, query: _Query, kind: str | None) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for row in _candidates(reader, query):
        name, folded, spoken, ref, claims = row
        found = ref_of(ref)
        if (name, found.id) in seen or (kind and kind not in found.kinds):
            continue
        seen.add((name, found.id))
        why, score = _judge(query, name, folded, spoken)
        if score:
            yield Hit(found, name, why, score, claims or 0)


def _candidates(reader: Reader, query: _Query) -> Iterator[tuple[str, str, str, list[object], int]]:
    exact = {"keys": list(query.keys), "sound": query.sound, "slug": query.slug, "limit": CANDIDATES}
    yield from _rows(reader, "names_alike", exact)
    yield from _rows(reader, "names_beginning", {"key": query.keys[0], "sound": query.sound, "limit": CANDIDATES})
    near = [node.properties["id"] for node, _ in reader.engine.fulltext(NAMES, query.text, CANDIDATES)]
    if len(query.sound) > 3:
        # A slip is seldom in the first letters; one there is left to the full text.
        for start in (query.sound[:3], query.sound[:2]):
            yield from _rows(reader, "names_beginning", {"key": start, "sound": start, "limit": CANDIDATES * 5})
    yield from _rows(reader, "names_by_id", {"ids": near})


def _rows(
    reader: Reader, name: str, parameters: dict[str, object]
) -> Iterable[tuple[str, str, str, list[object], int]]:
    row = reader.one(name, parameters)
    return [tuple(item) for item in row[0]] if row else []


def _judge(query: _Query, name: str, folded: str, spoken: str) -> tuple[str, float]:
    """Why the name answers to the query and how well, from 0 to 1; 0 where it does not."""
    if name == query.text:
        return "exact", 1.0
    if folded in query.keys or fold(name) in query.keys:
        return "exact", 0.98
    if spoken == query.sound:
        return "pinyin", 0.93
    start = _beginning(query, folded, spoken)
    if start:
        return "prefix", start
    return "similar", _similarity(query, name, spoken)


def _beginning(query: _Query, folded: str, spoken: str) -> float:
    """0.7 to 0.9 for a name that begins with the query, more the more of it was typed."""
    for typed, whole in ((query.keys[0], folded), (query.sound, spoken)):
        if typed and whole.startswith(typed):
            return 0.7 + 0.2 * len(typed) / len(whole)
    return 0.0


def _similarity(query: _Query, name: str, spoken: str) -> float:
    """Up to 0.7 for one or two slips in a name as long, up to 0.6 for a name that holds the words typed; else 0."""
    allowed = 0 if len(query.sound) < 4 else 1 if len(query.sound) < 8 else 2
    slips = DamerauLevenshtein.distance(query.sound, spoken, score_cutoff=allowed)
    if 0 < slips <= allowed:
        return round(0.7 - 0.1 * slips + 0.05 * (1 - slips / len(spoken)), 3)
    if len(query.sound) > 2 and (
        query.keys[0] in fold(name) or token_set_ratio(query.text.casefold(), name.casefold()) == 100
    ):
        return round(0.4 + 0.2 * min(1.0, len(query.sound) / max(len(spoken), 1)), 3)
    return 0.0
