"""GET /documents and /documents/{id}."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.state import Cursor, Graph, Limit
from api.views import Document, DocumentItem, ListOf
from graph.evidence import ClaimFilter

router = APIRouter(tags=["documents"])


@router.get("/documents", summary="Documents")
def documents(
    graph: Graph,
    language: Annotated[
        str | None, Query(max_length=20, description="Only those in this language.", examples=["zh-Hans"])
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[DocumentItem]:
    """What has been loaded, newest first, without the texts."""
    page = graph.documents(language, limit, cursor)
    return ListOf[DocumentItem](items=[DocumentItem.of(one) for one in page.items], total=page.total, next=page.next)


@router.get("/documents/{id}", summary="One document")
def document(graph: Graph, id: str) -> Document:  # noqa: A002
    """The document with its text: for each of its claims `text[start:end] == quote`, counted in characters."""
    found = graph.document(id)
    claims = graph.claims(ClaimFilter(document=found.id), limit=1).total
    return Document.of_stored(found, claims or 0)
