"""What a change of what is known comes to, as JSON."""

from collections.abc import Iterable

from pydantic import Field

from api.description import PredicateName
from api.views import EntityRef, View
from graph.model import Entity, Relation
from graph.store import Effect
from graph.view import View as GraphView


class RelationEnds(View):
    """A relation by its ends."""

    id: str
    predicate: PredicateName
    from_: EntityRef = Field(alias="from")
    to: EntityRef


class Change(View):
    """What came or went with it; with `dry_run` what would. After many documents at once only numbers are known."""

    dry_run: bool
    documents: int
    claims: int
    judgements: int
    new_entities: int
    claims_by_predicate: dict[str, int]
    entities: list[EntityRef] = Field(description="Entities that appear.")
    entities_gone: list[EntityRef] = Field(description="Entities that are no more: joined with another, or untold of.")
    relations: list[RelationEnds] = Field(description="Relations that appear.")
    relations_gone: list[RelationEnds] = Field(description="Relations that lose their last claim, or their ends.")

    @classmethod
    def of(cls, effect: Effect, graph: GraphView, *, dry_run: bool) -> "Change":
        """The effect as shown; the graph knows the names of what was there before or is there now."""
        told = {e.id: _ref(e) for e in (*effect.entities, *effect.entities_gone)}
        relations = (*effect.relations, *effect.relations_gone)
        wanted = {end for relation in relations for end in (relation.start, relation.end)} - set(told)
        told |= {id_: EntityRef.of(ref, None) for id_, ref in graph.refs(wanted).items()}
        return cls(
            dry_run=dry_run,
            documents=effect.documents,
            claims=effect.claims,
            judgements=effect.judgements,
            new_entities=effect.new_entities,
            claims_by_predicate=dict(sorted(effect.by_predicate.items())),
            entities=[_ref(e) for e in effect.entities],
            entities_gone=[_ref(e) for e in effect.entities_gone],
            relations=list(_ends(effect.relations, told)),
            relations_gone=list(_ends(effect.relations_gone, told)),
        )


def _ref(entity: Entity) -> EntityRef:
    return EntityRef(id=entity.id, name=entity.name, kinds=list(entity.kinds))


def _ends(relations: Iterable[Relation], told: dict[str, EntityRef]) -> Iterable[RelationEnds]:
    for relation in relations:
        start, end = (told.get(id_) or EntityRef(id=id_, name=id_, kinds=[]) for id_ in (relation.start, relation.end))
        yield RelationEnds(id=relation.id, predicate=relation.predicate, from_=start, to=end)
