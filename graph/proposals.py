"""Pairs of entities that may be one, with the reason and a score: for a person to judge.

No pair is decided here, and not every pair is looked at: only entities that fall into one small block by key, sound,
initials, a surname and a neighbour, or that stand side by side in the order of their spelling.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.folding import HAN
from graph.likeness import LEAST, Face, initials, likeness
from graph.model import Judgement
from graph.names import fold, key, sound, weak
from graph.reader import Reader, ref_of
from graph.readings import Suggestion
from graph.records import judgement_of
from graph.romanisation import Likeness, readings, spoken, surnames

MOST = 100_000  # entities looked at, those told of most first
MOST_LINKS = 1_000_000
LARGEST_BLOCK = 30  # a block of more tells nothing
HUB = 200  # an entity linked with more others than these tells nothing
BESIDE = 4  # names so near in the order of their spelling are compared
IN_ONE_DOCUMENT = 0.6  # what remains of the score where one document tells of both: it tells them apart


def suggestions(reader: Reader, limit: int = 50) -> tuple[Suggestion, ...]:
    """Pairs of entities that may be one and on which there is no judgement, the likeliest first."""
    found = ranked(faces(reader))
    judged = _Judged([judgement_of(row) for row in reader.rows("all_judgements", {})])
    kept: list[Suggestion] = []
    for start in range(0, len(found), 4 * limit):
        part = found[start : start + 4 * limit]
        documents = _documents(reader, part)
        for left, right, like in part:
            told = documents[left.ref.id], documents[right.ref.id]
            if not judged.has(left, right, told):
                kept.append(_suggestion(left, right, like, bool(told[0] & told[1])))
        if len(kept) >= limit:
            break
    kept = [one for one in kept if one.score >= LEAST]
    return tuple(sorted(kept, key=lambda one: (-one.score, one.left.id, one.right.id))[:limit])


def faces(reader: Reader) -> list[Face]:
    """The entities of the graph with what they are linked with."""
    links: dict[str, set[str]] = defaultdict(set)
    for one, other in reader.rows("every_link", {"limit": MOST_LINKS}):
        links[one].add(other)
        links[other].add(one)
    rows = reader.rows("every_entity", {"limit": MOST})
    return [Face(ref_of(ref), tuple(names), claims or 0, frozenset(links[ref[0]])) for names, claims, ref in rows]


def ranked(found: Sequence[Face]) -> list[tuple[Face, Face, Likeness]]:
    """Pairs that may be one by their names and links, the likeliest and most told of first."""
    pairs: list[tuple[Face, Face, Likeness]] = []
    for one, other in sorted(_pairs(found)):
        left, right = sorted((found[one], found[other]), key=lambda face: face.ref.id)
        like = likeness(left, right)
        if like and like.score >= LEAST:
            pairs.append((left, right, like))
    return sorted(pairs, key=lambda pair: (-pair[2].score, -pair[0].claims - pair[1].claims, pair[0].ref.id))


def _pairs(found: Sequence[Face]) -> set[tuple[int, int]]:
    """Places of entities worth comparing, the smaller first."""
    blocks: dict[str, set[int]] = defaultdict(set)
    degree = {face.ref.id: len(face.neighbours) for face in found}
    for place, face in enumerate(found):
        near = sorted(id_ for id_ in face.neighbours if degree.get(id_, 0) <= HUB)
        for token in _tokens(face, near):
            blocks[token].add(place)
    pairs = {pair for block in blocks.values() if len(block) <= LARGEST_BLOCK for pair in _all_pairs(block)}
    return pairs | set(_beside(found))


def _all_pairs(block: Iterable[int]) -> Iterator[tuple[int, int]]:
    order = sorted(block)
    return ((one, other) for n, one in enumerate(order) for other in order[n + 1 :])


def _tokens(face: Face, near: Sequence[str]) -> Iterator[str]:
    """The blocks that an entity belongs to."""
    kind = face.kind
    for name in face.names:
        if not weak(name, kind):
            yield f"{kind} key {key(name, kind)}"
            yield f"{kind} sound {sound(name)}"
        if kind == "Person":
            yield from _person_tokens(name, near)
        else:
            yield f"{kind} initials {initials(name) or fold(name)}"
            head = fold(name)[0] if HAN.search(name) else name.split()[0].casefold()
            yield from (f"{kind} head {head} {id_}" for id_ in near)


def _person_tokens(name: str, near: Sequence[str]) -> Iterator[str]:
    yield from (f"reading {read}" for read in ([spoken(name)] if spoken(name) else readings(name)))
    yield f"words {' '.join(sorted(name.casefold().split()))}"
    for id_ in near:
        yield from (f"surname {read} {id_}" for read in surnames(name))
        yield from (f"word {word} {id_}" for word in name.casefold().split())


def _beside(found: Sequence[Face]) -> Iterator[tuple[int, int]]:
    """Entities of one kind with names that stand side by side in the order of their spelling, from either end."""
    names = [
        (face.kind, sound(name), place) for place, face in enumerate(found) for name in face.names if len(name) > BESIDE
    ]
    for order in (sorted(names), sorted((kind, spelling[::-1], place) for kind, spelling, place in names)):
        for at, (kind, _, place) in enumerate(order):
            for other_kind, _, other in order[at + 1 : at + 1 + BESIDE]:
                if kind == other_kind and place != other:
                    yield min(place, other), max(place, other)


class _Judged:
    """Looks up whether there is a judgement on two entities."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        self._by_key: dict[str, list[tuple[int, int, str | None, str | None]]] = defaultdict(list)
        for number, judgement in enumerate(judgements):
            for place, side in enumerate(judgement.sides):
                kinds = [side.kind] if side.kind else ["", "Company", "Person"]
                for folded in {key(side.name, kind) for kind in kinds}:
                    self._by_key[folded].append((number, place, side.kind, side.document))

    def has(self, left: Face, right: Face, documents: tuple[frozenset[str], frozenset[str]]) -> bool:
        """Whether a judgement names the two on different sides."""
        mine, other = self._sides(left, documents[0]), self._sides(right, documents[1])
        return any(len(mine[number] | other[number]) > 1 for number in mine.keys() & other.keys())

    def _sides(self, face: Face, documents: frozenset[str]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for folded in face.keys:
            for number, place, kind, document in self._by_key.get(folded, ()):
                if kind in (None, *face.ref.kinds) and (document is None or document in documents):
                    found[number].add(place)
        return found


def _documents(reader: Reader, part: Sequence[tuple[Face, Face, Likeness]]) -> dict[str, frozenset[str]]:
    ids = sorted({face.ref.id for left, right, _ in part for face in (left, right)})
    found = dict.fromkeys(ids, frozenset[str]())
    found.update((id_, frozenset(told)) for id_, told in reader.rows("documents_of_entities", {"ids": ids}))
    return found


def _suggestion(left: Face, right: Face, like: Likeness, together: bool) -> Suggestion:
    if not together:
        return Suggestion(left.ref, right.ref, like.reason, like.score)
    reason = f"{like.reason}; but one document tells of both"
    return Suggestion(left.ref, right.ref, reason, round(like.score * IN_ONE_DOCUMENT, 2))
