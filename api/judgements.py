"""/judgements: which names are one, decided by people; and a queue of pairs that await a decision."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from api.changes import Change
from api.description import KindWord, Schema
from api.records import SEVERAL, Name
from api.state import DryRun, FromJudgement, Graph, InLanguage, Kept, Limit, kind_of
from api.views import EntityRef, Language, ListOf, View
from graph.cursors import JUDGEMENTS
from graph.errors import BadInput
from graph.model import Judgement, Side
from graph.readings import Decision, Suggestion
from graph.view import View as GraphView
from loaders.judgementsfile import judgements_of
from loaders.problems import RefusedError

NOTHING_NEW = "Nothing was recorded: it was there already, or dry_run was asked for."
router = APIRouter(prefix="/judgements", tags=["judgements"])
Verdict = Literal["same", "not_same", "unsure"]


_SAID = {"type": "string"}
_NONE = {"maxItems": 0}
_ENDS_OR_NAMES: Schema = {
    "if": {"required": ["left"], "properties": {"left": _SAID}},
    "then": {"required": ["right"], "properties": {"right": _SAID, "names": _NONE, "sides": _NONE}},
    "else": {"properties": {"right": {"type": "null"}}, **SEVERAL},
}


class SideView(View):
    """A name, narrowed to a kind, and to a document where several entities bear it."""

    name: Name
    kind: KindWord | None = None
    document: str | None = None


class JudgementView(View):
    """A recorded decision; `left` and `right` are the entities its first two sides mean now, where that is clear."""

    id: str
    verdict: Verdict
    sides: list[SideView]
    left: EntityRef | None
    right: EntityRef | None
    reason: str
    author: str
    at: str

    @classmethod
    def of(cls, decision: Decision, language: Language | None) -> "JudgementView":
        """The decision with names in that language."""
        judgement = decision.judgement
        left, right = (EntityRef.of(ref, language) if ref else None for ref in decision.entities[:2])
        return cls.model_validate(
            {
                "id": judgement.id,
                "verdict": judgement.verdict,
                "sides": [SideView(name=s.name, kind=s.kind, document=s.document) for s in judgement.sides],
                "left": left,
                "right": right,
                "reason": judgement.reason,
                "author": judgement.author,
                "at": judgement.at,
            }
        )


class NewJudgement(View):
    """A decision on two entities (`left`, `right`, by id or by a name that only one has), or on names."""

    model_config = ConfigDict(json_schema_extra=_ENDS_OR_NAMES)

    verdict: Verdict
    left: str | None = Field(None, min_length=1, max_length=500, examples=["alibaba"])
    right: str | None = Field(None, min_length=1, max_length=500, examples=["alibaba-cloud"])
    names: list[Name] = Field(default_factory=list, max_length=100, description="Names that are all one, or all not.")
    sides: list[SideView] = Field(default_factory=list, max_length=100)
    kind: KindWord | None = Field(None, description="The kind of entity that the names are of.", examples=["company"])
    reason: str = Field("", max_length=2000)
    author: str = Field("", max_length=200)


class Judged(View):
    """The judgements recorded, and what they change."""

    items: list[str] = Field(description="Ids of the judgements.")
    contradicts: list[JudgementView] = Field(
        description="Judgements that say the opposite. Both stay, and `not_same` holds until it is taken back."
    )
    change: Change


class SuggestionView(View):
    """Two entities whose names are nearly one."""

    left: EntityRef
    right: EntityRef
    score: float
    reasons: list[str]

    @classmethod
    def of(cls, found: Suggestion, language: Language | None) -> "SuggestionView":
        """The pair with names in that language."""
        left, right = EntityRef.of(found.left, language), EntityRef.of(found.right, language)
        return cls(left=left, right=right, score=found.score, reasons=[found.reason])


@router.get("", summary="Judgements")
def judgements(
    graph: Graph, language: InLanguage, limit: Limit = 50, cursor: FromJudgement = None
) -> ListOf[JudgementView]:
    """Every recorded decision, the newest first."""
    at, last = JUDGEMENTS.place_of(cursor)
    found = graph.judgements()
    rest = [one for one in found if at is None or (one.judgement.at, one.judgement.id) < (at, last)]
    items = [JudgementView.of(one, language) for one in rest[:limit]]
    more = JUDGEMENTS.cursor(items[-1].at, items[-1].id) if len(rest) > limit else None
    return ListOf[JudgementView](items=items, total=len(found), next=more)


@router.get("/suggestions", summary="Pairs that may be one entity")
def suggestions(graph: Graph, language: InLanguage, limit: Limit = 50) -> ListOf[SuggestionView]:
    """Entities whose names are nearly one and that nobody has judged, the most telling first, each with the reason."""
    found = graph.suggestions(limit)
    return ListOf[SuggestionView](items=[SuggestionView.of(one, language) for one in found])


@router.post("", summary="Judge", status_code=201, responses={200: {"model": Judged, "description": NOTHING_NEW}})
def judge(
    store: Kept,
    graph: Graph,
    language: InLanguage,
    body: NewJudgement,
    response: Response,
    dry_run: DryRun = False,
) -> Judged:
    """Record that names are one entity (`same`), different ones (`not_same`), or that none can tell (`unsure`).

    With `dry_run` nothing is recorded, and the answer says which entities and relations would come and go. An id that
    a judgement retires is answered with 308 from then on. A judgement that is there already is answered with 200.
    `contradicts` lists those that say the opposite.
    """
    found = _judgements(graph, body)
    opposed = {one.judgement.id: one for judgement in found for one in graph.opposed(judgement)}
    effect = store.preview((), found) if dry_run else store.add((), found)
    if not effect.judgements or dry_run:
        response.status_code = 200
    return Judged(
        items=[judgement.id for judgement in found],
        contradicts=[JudgementView.of(one, language) for one in opposed.values()],
        change=Change.of(effect, graph, dry_run=dry_run),
    )


@router.delete("/{id}", summary="Take a judgement back")
def take_back(store: Kept, graph: Graph, id: str, dry_run: DryRun = False) -> Change:  # noqa: A002
    """What it joined or kept apart goes back to how the documents have it; `dry_run` tells what would change."""
    return Change.of(store.take_back(id, dry_run=dry_run), graph, dry_run=dry_run)


def _judgements(graph: GraphView, body: NewJudgement) -> list[Judgement]:
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    kind = kind_of(graph.ontology, body.kind)
    if body.left or body.right:
        if not (body.left and body.right) or body.names or body.sides:
            raise BadInput("give left and right, or names and sides", field="right" if body.left else "left")
        sides = (graph.side(graph.find(body.left)), graph.side(graph.find(body.right)))
        return [_decided(body, sides, at)]
    record = body.model_dump(exclude={"left", "right"}, exclude_defaults=True) | {"kind": kind, "at": at}
    try:
        return list(judgements_of(record, graph.ontology))
    except RefusedError as error:
        raise BadInput(error.reason, field=error.field) from None


def _decided(body: NewJudgement, sides: tuple[Side, Side], at: str) -> Judgement:
    if sides[0] == sides[1]:
        raise BadInput("both sides are one entity", field="right")
    return Judgement(body.verdict, sides, body.reason, body.author, at)
