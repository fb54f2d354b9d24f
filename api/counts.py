"""GET /counts: how much the graph holds."""

from fastapi import APIRouter
from pydantic import Field

from api.state import Graph, Kept
from api.views import View

router = APIRouter(tags=["operation"])


class Counts(View):
    """How much the graph holds, and what it is kept in."""

    engine: str
    version: str
    documents: int
    claims: int
    judgements: int
    entities: dict[str, int] = Field(description="How many of each kind; an entity may have several.")
    derived: bool = Field(description="False while entities and relations are being made again.")


@router.get("/counts", summary="How much the graph holds")
def counts(graph: Graph, store: Kept) -> Counts:
    """Documents, claims, judgements, and entities of each kind."""
    found = graph.counts()
    return Counts(
        engine=store.engine.info.name,
        version=store.engine.info.version,
        documents=found["Document"],
        claims=found["Claim"],
        judgements=found["Judgement"],
        entities={kind: found[kind] for kind in graph.ontology.kinds},
        derived=graph.derived(),
    )
