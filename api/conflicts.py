"""GET /conflicts."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import MOST_ITEMS, FromConflict, Graph, InLanguage, Limit
from api.views import Conflict, ListOf
from graph.cursors import CONFLICTS

router = APIRouter(tags=["claims"])


@router.get("/conflicts", summary="What sources disagree about")
def conflicts(
    graph: Graph,
    language: InLanguage,
    entity: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Only those about this entity.")
    ] = None,
    limit: Limit = MOST_ITEMS,
    cursor: FromConflict = None,
) -> ListOf[Conflict]:
    """Claims that cannot all be true, side by side with their quotes: two current holders of a post that one person
    holds, different amounts, shares or dates for one deal, a relation that some assert and others deny.
    """
    found = graph.conflicts(graph.find(entity) if entity else None)
    start = CONFLICTS.place_of(cursor)[0] or 0
    items = [Conflict.of(one, language) for one in found[start : start + limit]]
    more = CONFLICTS.cursor(start + limit) if len(found) > start + limit else None
    return ListOf[Conflict](items=items, total=len(found), next=more)
