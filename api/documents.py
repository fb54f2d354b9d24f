"""/documents: what has been loaded; load one more, withdraw one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import uploads
from api.changes import Change
from api.state import DryRun, FromDocument, Graph, InLanguage, Kept, Limit
from api.uploads import Reader, Uploaded
from api.views import Claim, Document, DocumentItem, Language, ListOf, View
from graph.evidence import ClaimFilter
from graph.store import Load
from graph.view import View as GraphView

router = APIRouter(tags=["documents"])
MOST_CLAIMS = 1000  # shown of a document just loaded


class Note(View):
    """What was left out of a file, or understood otherwise than written, and where."""

    line: int
    field: str
    reason: str
    refused: bool


class Loaded(View):
    """The documents of an upload as they stand in the graph now, their claims, and what changed."""

    documents: list[DocumentItem]
    claims: list[Claim] = Field(description="With their quotes; empty with `dry_run`, when only numbers are told.")
    notes: list[Note]
    change: Change


@router.get("/documents", summary="Documents")
def documents(
    graph: Graph,
    language: Annotated[
        str | None, Query(max_length=20, description="Only those in this language.", examples=["zh-Hans"])
    ] = None,
    limit: Limit = 50,
    cursor: FromDocument = None,
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


@router.post(
    "/documents",
    summary="Load a document",
    status_code=201,
    responses={200: {"model": Loaded, "description": "Nothing is new, or dry_run was asked for."}},
    openapi_extra=uploads.SCHEMA,
)
def load(
    request: Request,
    response: Response,
    store: Kept,
    graph: Graph,
    language: InLanguage,
    upload: Uploaded,
    dry_run: DryRun = False,
) -> Loaded:
    """Load a text (JSON) or a file (a form): txt, md, html, pdf, docx, tables and claims files as `guanxi load` reads
    them. A text that comes without claims is read by machine where the reading models are installed. Loading the same
    again changes nothing and is answered with 200.
    """
    reader: Reader | None = request.app.state.reader
    found, problems = uploads.loads(upload, store.ontology, reader)
    effect = store.preview(found) if dry_run else store.add(found)
    if dry_run or not (effect.documents or effect.claims):
        response.status_code = 200
    return Loaded(
        documents=[_item(one) for one in found],
        claims=[] if dry_run else _claims(graph, found, language),
        notes=[Note(line=p.line, field=p.field, reason=p.reason, refused=p.refused) for p in problems],
        change=Change.of(effect, graph, dry_run=dry_run),
    )


def _item(load: Load) -> DocumentItem:
    document = load.document
    return DocumentItem(
        id=document.id,
        name=document.name,
        title=document.title or document.name,
        language=document.language,
        date=document.date,
        source=document.source,
        claims=len(load.claims),
    )


def _claims(graph: GraphView, found: list[Load], language: Language | None) -> list[Claim]:
    pages = (graph.claims(ClaimFilter(document=load.document.id), MOST_CLAIMS) for load in found)
    return [Claim.of(one, language) for page in pages for one in page.items][:MOST_CLAIMS]


@router.delete("/documents/{id}", summary="Withdraw a document")
def withdraw(store: Kept, graph: Graph, id: str, dry_run: DryRun = False) -> Change:  # noqa: A002
    """Take a document and its claims out of the graph. With `dry_run` see first which relations and entities lose
    their last evidence.
    """
    document = graph.document(id).id
    return Change.of(store.withdraw(document, dry_run=dry_run), graph, dry_run=dry_run)
