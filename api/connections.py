"""GET /connections: ways from one entity to another."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import AsOf, Graph, InLanguage, Predicates
from api.views import Connections
from graph.connections import Route

router = APIRouter(tags=["connections"])


@router.get("/connections", summary="How two entities are connected")
def connections(
    graph: Graph,
    language: InLanguage,
    predicates: Predicates,
    start: Annotated[str, Query(alias="from", min_length=1, max_length=200, examples=["joe-tsai"])],
    end: Annotated[str, Query(alias="to", min_length=1, max_length=200, examples=["apple"])],
    max_hops: Annotated[int, Query(ge=1, le=6)] = 4,
    as_of: AsOf = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
) -> Connections:
    """Ways from one to the other over relations that hold as fact, best first: by how well the documents support
    them together, then the shorter. Each hop carries its relation and the claims it stands on. Both ends may be ids
    or names; a name that several bear is answered with 409 and the candidates.
    """
    route = Route(graph.find(start), graph.find(end), max_hops, predicates, as_of, limit)
    return Connections.of(graph.connections(route), language)
