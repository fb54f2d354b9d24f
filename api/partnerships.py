"""GET /partnerships and /partnerships/{id}."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import FromPartnership, Graph, InLanguage, Limit
from api.views import ListOf, Partnership

router = APIRouter(tags=["partnerships"])


@router.get("/partnerships", summary="Partnerships")
def partnerships(
    graph: Graph,
    language: InLanguage,
    party: Annotated[
        list[str] | None, Query(max_length=10, description="Only those in which all these companies take part.")
    ] = None,
    product: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Only those about this product.")
    ] = None,
    limit: Limit = 50,
    cursor: FromPartnership = None,
) -> ListOf[Partnership]:
    """Cooperations of two or more companies, each with its parties, products, topics and evidence; best known first."""
    parties = [graph.find(text) for text in party or ()]
    page = graph.partnerships(parties, graph.find(product) if product else None, limit, cursor)
    items = [Partnership.of_cooperation(one, language) for one in page.items]
    return ListOf[Partnership](items=items, total=page.total, next=page.next)


@router.get("/partnerships/{id}", summary="One partnership")
def partnership(graph: Graph, language: InLanguage, id: str) -> Partnership:  # noqa: A002
    """Its parties, products, topics, status and every claim that tells of it."""
    return Partnership.of_cooperation(graph.partnership(id), language)
