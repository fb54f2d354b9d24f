"""GET /claims and /claims/{id}."""

from typing import Annotated

from fastapi import APIRouter, Query

from api import views
from api.state import FromClaim, Graph, InLanguage, Limit, Predicates, Statuses
from graph.evidence import ClaimFilter

router = APIRouter(tags=["claims"])
End = Annotated[
    str | None, Query(min_length=1, max_length=200, description="An entity, by id or by a name that only one has.")
]


@router.get("/claims", summary="Claims")
def claims(
    graph: Graph,
    language: InLanguage,
    predicates: Predicates,
    statuses: Statuses,
    subject: End = None,
    object: End = None,  # noqa: A002
    entity: End = None,
    speaker: End = None,
    document: Annotated[
        str | None, Query(min_length=1, max_length=400, description="A document, by id or by a name that only one has.")
    ] = None,
    id: Annotated[list[str] | None, Query(max_length=200, description="Only these claims.")] = None,  # noqa: A002
    limit: Limit = 50,
    cursor: FromClaim = None,
) -> views.ListOf[views.Claim]:
    """Every claim that answers to the filters, facts and rumours alike, each with its exact quote.

    `subject`, `object` and `speaker` name an end of the claim, `entity` any end of it.
    """
    ends = {"subject": subject, "object": object, "entity": entity, "speaker": speaker}
    found = {name: graph.find(text) if text else None for name, text in ends.items()}
    text = graph.document(document).id if document else None
    wanted = ClaimFilter(**found, document=text, predicates=predicates, status=statuses, ids=tuple(id or ()))
    page = graph.claims(wanted, limit, cursor)
    items = [views.Claim.of(one, language) for one in page.items]
    return views.ListOf[views.Claim](items=items, total=page.total, next=page.next)


@router.get("/claims/{id}", summary="One claim")
def claim(graph: Graph, language: InLanguage, id: str) -> views.Claim:  # noqa: A002
    """The claim with its quote, the quote's place in the document's text, and who said it."""
    return views.Claim.of(graph.claim(id), language)
