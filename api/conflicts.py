"""GET /conflicts."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import Graph, InLanguage
from api.views import Conflict, ListOf

router = APIRouter(tags=["claims"])


@router.get("/conflicts", summary="What sources disagree about")
def conflicts(
    graph: Graph,
    language: InLanguage,
    entity: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Only those about this entity.")
    ] = None,
) -> ListOf[Conflict]:
    """Claims that cannot all be true, side by side with their quotes: two current holders of a post that one person
    holds, different amounts, shares or dates for one deal, a relation that some assert and others deny.
    """
    found = graph.conflicts(graph.find(entity) if entity else None)
    return ListOf[Conflict](items=[Conflict.of(one, language) for one in found], total=len(found))
