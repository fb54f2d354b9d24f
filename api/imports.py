"""POST /import: documents, claims and judgements as the program itself writes them; POST /rebuild."""

from collections import Counter
from collections.abc import Iterator

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.changes import Change
from api.dates import PARTIAL_DATE
from api.records import FtmEntity, ImportedClaim, JudgementRecord
from api.state import DryRun, Graph, Kept
from graph.errors import BadInput
from graph.model import Claim, Document, Judgement
from graph.store import Load
from graph.view import View as GraphView
from loaders import followthemoney
from loaders.judgementsfile import judgements_of
from loaders.problems import RefusedError
from loaders.statements import Statements

router = APIRouter(tags=["documents"])


class NewDocument(BaseModel):
    """A text to add."""

    name: str = Field(min_length=1, max_length=500, examples=["report.txt"])
    text: str = Field(min_length=1, examples=["Bosch works with Alibaba."])
    title: str = ""
    language: str = ""
    date: str | None = Field(None, pattern=PARTIAL_DATE)
    source: str = ""


class Import(BaseModel):
    """What to add. A claim names its document by the name of one that comes with it, or by the id of one held."""

    documents: list[NewDocument] = []
    claims: list[ImportedClaim] = Field([], description="Each in the shape of a line of claims.jsonl.")
    judgements: list[JudgementRecord] = Field([], description="Each in the shape of a line of judgements.jsonl.")
    ftm: list[FtmEntity] = Field(
        [], description="FollowTheMoney entities; they become one document with a line for each relation among them."
    )
    ftm_name: str = Field("followthemoney.txt", min_length=1, max_length=500, description="What to call that document.")


@router.post("/import", summary="Add documents, claims and judgements")
def import_(
    store: Kept,
    graph: Graph,
    body: Import,
    dry_run: DryRun = False,
) -> Change:
    """All of it goes in, or, where one record is bad, nothing does; adding the same twice changes nothing."""
    loads, judgements = _loads(graph, body), _judgements(graph, body)
    effect = store.preview(loads, judgements) if dry_run else store.add(loads, judgements)
    return Change.of(effect, graph, dry_run=dry_run)


def _loads(graph: GraphView, body: Import) -> list[Load]:
    brought = [Document.of(**new.model_dump()) for new in body.documents]
    names = Counter(document.name for document in {one.id: one for one in brought}.values())
    coming = {document.name: document for document in brought if names[document.name] == 1}
    told: dict[str, list[Claim]] = {document.id: [] for document in brought}
    documents = {document.id: document for document in brought}
    statements = Statements(graph.ontology, _no_note)
    shared = {name for name, count in names.items() if count > 1}
    for number, record in enumerate(body.claims):
        name = str(record.get("document") or "")
        if name in shared:
            raise BadInput("the name of several of these documents: give an id", field=f"claims.{number}.document")
        try:
            document = coming.get(name) or documents.get(name) or graph.document(name)
            documents[document.id] = document
            told.setdefault(document.id, []).extend(statements.claims(record, document))
        except RefusedError as error:
            raise BadInput(error.reason, field=f"claims.{number}.{error.field}") from None
    return [Load(documents[id_], tuple(claims)) for id_, claims in told.items()] + list(_entities(graph, body))


def _entities(graph: GraphView, body: Import) -> Iterator[Load]:
    if not body.ftm:
        return
    try:
        yield followthemoney.load_of(body.ftm, body.ftm_name, graph.ontology)
    except RefusedError as error:
        raise BadInput(error.reason, field=error.field) from None


def _judgements(graph: GraphView, body: Import) -> list[Judgement]:
    found: list[Judgement] = []
    for number, record in enumerate(body.judgements):
        try:
            found += judgements_of(record, graph.ontology)
        except RefusedError as error:
            raise BadInput(error.reason, field=f"judgements.{number}.{error.field}") from None
    return found


def _no_note(_field: str, _reason: str) -> None:
    """What is understood otherwise than written is told by the command line, which reads the same records first."""


@router.post("/rebuild", summary="Make entities and relations again", status_code=204)
def rebuild(store: Kept) -> None:
    """From nothing but documents, claims and judgements; what the graph says is the same before and after."""
    store.rebuild()
