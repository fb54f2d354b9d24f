"""GET /entities/{id}, its relations, the graph around it, its timeline; GET /common."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api import network, views
from api.state import AsOf, FromDate, FromRelation, Graph, InLanguage, Limit, Predicates, Statuses
from graph.entities import RelationFilter, Surroundings

router = APIRouter(tags=["entities"])
OUTWARD = {"out": True, "in": False, "both": None}


@router.get("/entities/{id}", summary="One entity")
def entity(graph: Graph, language: InLanguage, id: str) -> views.Entity:  # noqa: A002
    """Its names by language, its kinds, and how many claims, documents and relations tell of it.

    An id that was retired when two entities were found to be one is answered with 308 and the id that stayed; one
    that was split into several with 409 and the candidates.
    """
    return views.Entity.of_profile(graph.entity(id), language)


@router.get("/entities/{id}/relations", summary="Relations of an entity")
def relations(
    graph: Graph,
    language: InLanguage,
    predicates: Predicates,
    statuses: Statuses,
    id: str,  # noqa: A002
    direction: Annotated[
        Literal["out", "in", "both"],
        Query(description="out: it is the subject; in: the object. Symmetric predicates are in both."),
    ] = "both",
    other: Annotated[str | None, Query(description="Only relations with this entity.")] = None,
    current: Annotated[bool | None, Query(description="Only those that still hold, or only those that do not.")] = None,
    as_of: AsOf = None,
    limit: Limit = 50,
    cursor: FromRelation = None,
) -> views.ListOf[views.Relation]:
    """What holds, or held, as fact between it and others: with status, dates, and the claims that say so.

    What was only considered, rumoured, rejected or denied is no relation: see `/claims`.
    """
    wanted = RelationFilter(predicates, OUTWARD[direction], statuses, other, current, as_of)
    page = graph.relations(id, wanted, limit, cursor)
    items = [views.Relation.of(link, language) for link in page.items]
    return views.ListOf[views.Relation](items=items, total=page.total, next=page.next)


@router.get("/entities/{id}/graph", summary="What lies around an entity")
def graph_around(
    graph: Graph,
    language: InLanguage,
    predicates: Predicates,
    id: str,  # noqa: A002
    depth: Annotated[int, Query(ge=1, le=4, description="How many relations away.")] = 1,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=2000, description="At most so many entities.")] = 300,
) -> network.Graph:
    """Its neighbourhood in graphology's serialised form, nearest first and then best known; `truncated` when cut."""
    found = graph.neighbourhood(id, Surroundings(depth, predicates, as_of, limit))
    return network.Graph.of(found, language, graph.reader.symmetric)


@router.get("/entities/{id}/timeline", summary="An entity through time")
def timeline(
    graph: Graph,
    language: InLanguage,
    id: str,  # noqa: A002
    limit: Limit = 200,
    cursor: FromDate = None,
) -> views.ListOf[views.TimelineItem]:
    """The claims about it that say a date, in the order of their dates."""
    page = graph.timeline(id, limit, cursor)
    items = [views.TimelineItem(date=date, claim=views.Claim.of(found, language)) for date, found in page.items]
    return views.ListOf[views.TimelineItem](items=items, next=page.next)


@router.get("/common", summary="What several have in common")
def common(
    graph: Graph,
    language: InLanguage,
    id: Annotated[  # noqa: A002
        list[str],
        Query(min_length=2, max_length=10, description="Two to ten entities, by id or by a name that only one has."),
    ],
    limit: Limit = 50,
) -> views.ListOf[views.SharedEntity]:
    """The entities that all of these have relations with, and those relations."""
    shared = graph.common([graph.find(text) for text in id], limit)
    return views.ListOf[views.SharedEntity](items=[views.SharedEntity.of(one, language) for one in shared])
