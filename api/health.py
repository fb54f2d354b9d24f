"""/healthz, /readyz, /metrics."""

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field

from api.state import Graph, Kept
from api.views import View

router = APIRouter(tags=["operation"])


class Health(View):
    """That the service runs."""

    status: Literal["ok"]


class Readiness(Health):
    """That the graph can be read, and what it holds."""

    engine: str
    version: str
    counts: dict[str, int] = Field(description="How many nodes of each label.")


@router.get("/healthz", summary="Does the service run?")
def healthz() -> Health:
    """Answers as long as the process can answer at all; asks nothing of the graph."""
    return Health(status="ok")


@router.get("/readyz", summary="Can the graph be read?")
def readyz(graph: Graph, store: Kept) -> Readiness:
    """Reads from the graph; 503 where it cannot be reached."""
    info = store.engine.info
    return Readiness(status="ok", engine=info.name, version=info.version, counts=graph.counts())


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
def metrics() -> Response:
    """Requests by route, method and status, how long they took, and the process's memory and files."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
