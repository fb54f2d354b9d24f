"""Judgements as they stand in the graph, and which entities they speak of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph.entities import entity
from graph.errors import BadInput
from graph.model import Judgement, Side
from graph.names import key
from graph.reader import Reader, ref_of
from graph.readings import Decision, Ref
from graph.records import judgement_of

_OPPOSITES = {"same": "not_same", "not_same": "same"}


def decisions(reader: Reader) -> tuple[Decision, ...]:
    """Every judgement, the newest first, with the entities that its names mean now."""
    found = _decided(reader, [judgement_of(row) for row in reader.rows("all_judgements", {})])
    return tuple(sorted(found, key=lambda one: (one.judgement.at, one.judgement.id), reverse=True))


def opposed(reader: Reader, judgement: Judgement) -> tuple[Decision, ...]:
    """The judgements that say the opposite of the same two entities, the newest first."""
    opposite = _OPPOSITES.get(judgement.verdict)
    own = next(iter(_decided(reader, [judgement])))
    return tuple(one for one in decisions(reader) if one.judgement.verdict == opposite and _of_one_pair(own, one))


def _of_one_pair(own: Decision, other: Decision) -> bool:
    """Whether two sides of one mean what two sides of the other mean."""
    # Where `same` was said already both sides may be one entity: only their names tell them apart.
    by_id = own.judgement.verdict == "same"
    met = [
        (here, there)
        for here, one in enumerate(_marks(own, by_id=by_id))
        for there, two in enumerate(_marks(other, by_id=by_id))
        if one & two
    ]
    return any(a[0] != b[0] and a[1] != b[1] for a in met for b in met)


def _marks(decision: Decision, *, by_id: bool) -> list[set[str]]:
    """For each side what tells whom it means: its name and document, and the entity."""
    found = [{f"{key(side.name, side.kind or '')}\n{side.document or ''}"} for side in decision.judgement.sides]
    for marks, ref in zip(found, decision.entities, strict=True):
        if ref and by_id:
            marks.add(ref.id)
    return found


def _decided(reader: Reader, judgements: Sequence[Judgement]) -> Iterator[Decision]:
    """The judgements with the entities that their names mean now."""
    keys = {key(side.name, side.kind or "") for judgement in judgements for side in judgement.sides}
    bearers: dict[str, list[Ref]] = defaultdict(list)
    for folded, columns in reader.rows("bearers_of_keys", {"keys": sorted(keys)}):
        bearers[folded].append(ref_of(columns))
    for judgement in judgements:
        yield Decision(judgement, tuple(_means(side, bearers) for side in judgement.sides))


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
