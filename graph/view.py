"""Reads the graph in the domain's words: one path for the service, the command line and the questions."""

from collections.abc import Iterable, Sequence

from graph import commons, conflicts, connections, entities, evidence, judging, partnerships, proposals, search
from graph.connections import Route
from graph.engines.engine import Engine
from graph.entities import RelationFilter, Surroundings
from graph.errors import Ambiguous, BadInput, NotFound
from graph.evidence import ClaimFilter
from graph.model import Document, Judgement, Side
from graph.ontology import Ontology
from graph.reader import Reader, ref_of
from graph.readings import (
    Cooperation,
    Decision,
    Disagreement,
    Evidence,
    Hit,
    Link,
    Neighbourhood,
    Page,
    Profile,
    Ref,
    Shared,
    Source,
    Suggestion,
    Ways,
)


class View:
    """The graph for reading; an id that is not there raises NotFound, or Moved where it has another."""

    def __init__(self, engine: Engine, ontology: Ontology) -> None:
        self.reader = Reader(engine, ontology)
        self.ontology = ontology

    def entity(self, id_: str) -> Profile:
        """The entity; raises Moved after a merge, Ambiguous after a split, NotFound with names that come near."""
        try:
            return entities.entity(self.reader, id_)
        except NotFound as error:
            near = search.search(self.reader, id_.replace("-", " "), limit=5)
            raise NotFound(str(error), [hit.entity.id for hit in near]) from None

    def find(self, text: str) -> str:
        """The id of the entity that a text means, be it an id or any of its names; raises Ambiguous or NotFound."""
        if self.reader.one("entity", {"id": text}):
            return text
        hits = search.search(self.reader, text, limit=20)
        exact = [hit for hit in hits if hit.why == "exact"] or [hit for hit in hits if hit.why == "pinyin"]
        if len(exact) > 1:
            ids = [hit.entity.id for hit in exact]
            raise Ambiguous(f"{text!r} may be {', '.join(ids)}", ids)
        return exact[0].entity.id if exact else self._by_old_id(text, hits)

    def _by_old_id(self, text: str, hits: Sequence[Hit]) -> str:
        found = entities.heirs(self.reader, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise Ambiguous(f"{text!r} may be {', '.join(found)}", found)
        raise NotFound(f"no entity is called {text!r}", [hit.entity.id for hit in hits[:5]])

    def search(self, text: str, kind: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """Entities by any name, best match first."""
        return search.search(self.reader, text, kind, limit)

    def relations(
        self, id_: str, wanted: RelationFilter | None = None, limit: int = 50, after: str | None = None
    ) -> Page[Link]:
        """The relations of an entity."""
        self.entity(id_)
        return entities.relations(self.reader, id_, wanted or RelationFilter(), limit, after)

    def neighbourhood(self, id_: str, around: Surroundings | None = None) -> Neighbourhood:
        """What lies around an entity."""
        if not entities.is_known(self.reader, id_):
            self.entity(id_)  # says where it went
        return entities.neighbourhood(self.reader, id_, around or Surroundings())

    def timeline(self, id_: str, limit: int = 200, after: str | None = None) -> Page[tuple[str, Evidence]]:
        """The dated claims about an entity, in order."""
        self.entity(id_)
        return evidence.timeline(self.reader, id_, limit, after)

    def connections(self, route: Route) -> Ways:
        """Ways from one entity to another, those best supported first."""
        if route.start == route.end:
            raise BadInput("both ends are one entity", field="to")
        self.entity(route.start)
        self.entity(route.end)
        return connections.connections(self.reader, route)

    def common(self, ids: Sequence[str], limit: int = 50) -> tuple[Shared, ...]:
        """What several entities have in common; raises BadInput where they are one."""
        if len(set(ids)) < 2:
            raise BadInput("all of these are one entity", field="id")
        for id_ in ids:
            self.entity(id_)
        return commons.common(self.reader, ids, limit)

    def claims(self, wanted: ClaimFilter, limit: int = 50, after: str | None = None) -> Page[Evidence]:
        """The claims that answer to a filter."""
        return evidence.claims(self.reader, wanted, limit, after)

    def claim(self, id_: str) -> Evidence:
        """One claim."""
        return evidence.claim(self.reader, id_)

    def documents(self, language: str | None = None, limit: int = 50, after: str | None = None) -> Page[Source]:
        """Documents, newest first."""
        return evidence.documents(self.reader, language, limit, after)

    def document(self, id_: str) -> Document:
        """A document with its text, by its id or its file name."""
        return evidence.document(self.reader, id_)

    def partnerships(
        self, parties: Sequence[str] = (), product: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page[Cooperation]:
        """Partnerships in which all these companies take part."""
        return partnerships.partnerships(self.reader, parties, product, limit, after)

    def partnership(self, id_: str) -> Cooperation:
        """One partnership."""
        return partnerships.partnership(self.reader, id_)

    def conflicts(self, entity: str | None = None) -> tuple[Disagreement, ...]:
        """Claims that cannot all be true, side by side; those about one entity where it is named."""
        return conflicts.conflicts(self.reader, entity)

    def judgements(self) -> tuple[Decision, ...]:
        """Every judgement recorded, the newest first."""
        return judging.decisions(self.reader)

    def opposed(self, judgement: Judgement) -> tuple[Decision, ...]:
        """Those recorded that say the opposite of the same two entities."""
        return judging.opposed(self.reader, judgement)

    def suggestions(self, limit: int = 50) -> tuple[Suggestion, ...]:
        """Pairs of entities that may be one, for a person to judge."""
        return proposals.suggestions(self.reader, limit)

    def side(self, id_: str) -> Side:
        """The side of a judgement that means this entity."""
        return judging.side_of(self.reader, id_)

    def refs(self, ids: Iterable[str]) -> dict[str, Ref]:
        """These entities, as others point to them; those that are not there are left out."""
        rows = self.reader.rows("refs", {"ids": sorted(set(ids))})
        return {row[0][0]: ref_of(row[0]) for row in rows}

    def counts(self) -> dict[str, int]:
        """How many documents, claims, judgements, and entities of each kind there are."""
        labels = ("Document", "Claim", "Judgement", *self.ontology.kinds)
        return {label: int(self.reader.rows("count", {}, label=label)[0][0]) for label in labels}

    def derived(self) -> bool:
        """Whether entities and relations are whole: False while they are being made again."""
        rows = self.reader.rows("meta", {})
        return bool(rows and rows[0][1])
