"""GET /search: entities by any of their names."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import FromHit, Graph, InLanguage, Limit, OfKind
from api.views import ListOf, SearchItem
from graph.cursors import SEARCH

router = APIRouter(tags=["entities"])


@router.get("/search", summary="Find entities by name")
def search(
    graph: Graph,
    language: InLanguage,
    kind: OfKind,
    q: Annotated[
        str,
        Query(
            min_length=1, max_length=200, description="What was typed.", examples=["马云", "Ma Yun", "mayun", "jakc ma"]
        ),
    ],
    limit: Limit = 10,
    cursor: FromHit = None,
) -> ListOf[SearchItem]:
    """Entities by any of their names: in English, Simplified or Traditional Chinese, as pinyin, by their beginning,
    or with a small slip of the fingers. Each item says which name matched and why; the best match comes first, and
    among equal matches the entity with more claims.
    """
    start = SEARCH.place_of(cursor)[0] or 0
    hits = graph.search(q, kind, start + limit + 1)[start:]
    more = SEARCH.cursor(start + limit) if len(hits) > limit else None
    return ListOf[SearchItem](items=[SearchItem.of(hit, language) for hit in hits[:limit]], next=more)
