"""POST /ask: a question in plain words, answered from the graph."""

import logging
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field, StrictBool

import questions
from api.state import Graph, InLanguage, Kept
from api.views import Claim, EntityRef, Language, View
from graph.evidence import claims_by_id
from graph.store import Store

if TYPE_CHECKING:
    from graph.settings import Settings

router = APIRouter(tags=["questions"])
_LOG = logging.getLogger(__name__)


def _assistant(request: Request) -> questions.Assistant | None:
    """The language model of the settings; None where none is set up."""
    settings: Settings = request.app.state.settings
    if not settings.assistant:
        return None
    return questions.Assistant(settings.assistant, settings.assistant_model, settings.assistant_key)


Helped = Annotated[questions.Assistant | None, Depends(_assistant)]


class Question(View):
    """A question in English or Chinese; `context` is that of the answer before, so that "it" is understood."""

    question: str = Field(min_length=1, max_length=1000, examples=["谁持有NBA中国的股份？"])
    language: Language | None = Field(None, description="The language of the answer; else that of the question.")
    context: dict[str, Any] = Field(default_factory=dict, description="`context` of the answer before, for follow-ups.")
    explain: StrictBool = Field(False, description="Show what the question was understood to mean.")


class Answered(EntityRef):
    """An entity of an answer, with every name it is known by."""

    names: list[str]


class AnswerView(View):
    """What the graph says, and the words it says it on; `answered` is false where it does not hold the answer."""

    answered: bool
    answer: str = Field(description="A sentence in the language of the question.")
    language: Language
    entities: list[Answered]
    value: str | float | bool | None = Field(
        description="A number, date, yes or no, or a short text, where one was asked for."
    )
    claims: list[Claim]
    cypher: str = Field(description="The statement that was run; run it again with POST /v1/cypher.")
    ambiguous: list[Answered] = Field(description="The entities that a shared name may mean.")
    nearest: list[str] = Field(description="Names, or questions, near what was asked.")
    context: dict[str, Any]
    meaning: str | None = Field(None, description="With `explain`, what the question was understood to mean.")


@router.post("/ask", summary="Ask a question")
def ask(store: Kept, graph: Graph, language: InLanguage, assistant: Helped, body: Question) -> AnswerView:
    """Answered from claims alone: what no claim says is not answered. A language model writes no answer; where one is
    set up, it may only say what a question means that is not understood.

    Rumours are told as rumours, what ended as ended, and where documents disagree each is told with its words.
    """
    found = _found(store, body, assistant)
    evidence = claims_by_id(graph.reader, [one.claim for one in found.claims])
    return AnswerView.model_validate(
        {
            "answered": found.answered,
            "answer": found.answer,
            "language": found.language,
            "entities": [_answered(one) for one in found.entities],
            "value": found.value,
            "claims": [Claim.of(evidence[one.claim], language) for one in found.claims if one.claim in evidence],
            "cypher": found.cypher,
            "ambiguous": [_answered(one) for one in found.ambiguous],
            "nearest": list(found.nearest),
            "context": found.context,
            "meaning": repr(found.meaning) if body.explain and found.meaning else None,
        }
    )


def _found(store: Store, body: Question, assistant: questions.Assistant | None) -> questions.Answer:
    """The answer; the one without the assistant where the assistant itself fails."""
    if assistant is not None:
        try:
            return questions.answer(store, body.question, body.language, body.context, assistant)
        except questions.AssistantError as error:
            _LOG.warning("answered without the assistant: %s", error)
    return questions.answer(store, body.question, body.language, body.context)


def _answered(one: questions.Being) -> Answered:
    names = list(dict.fromkeys((one.name, *one.names)))
    return Answered(id=one.id, name=one.name, kinds=list(one.kinds), names=names)
