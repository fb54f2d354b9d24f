"""GET /export: the graph, or a part of it, in the forms of others."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from api import writers
from api.state import Graph, Predicates
from graph.extract import Extract
from graph.reader import Reader

router = APIRouter(tags=["export"])
Format = Literal["graphml", "jsonld", "csv", "jsonl", "ftm"]
FORMATS: dict[str, tuple[Callable[[Reader, Extract], Iterator[bytes]], str, str]] = {
    "graphml": (writers.graphml, "application/graphml+xml", "graphml"),
    "jsonld": (writers.jsonld, "application/ld+json", "jsonld"),
    "csv": (writers.tables, "application/zip", "csv.zip"),
    "jsonl": (writers.jsonl, "application/x-ndjson", "jsonl"),
    "ftm": (writers.ftm, "application/x-ndjson", "ftm.jsonl"),
}
CONTENT = {
    media_type: {"schema": {"type": "object" if media_type.endswith("+json") else "string"}}
    for _, media_type, _ in FORMATS.values()
}


@router.get(
    "/export",
    summary="The graph in the forms of others",
    responses={200: {"content": CONTENT}},
    response_class=Response,
)
def export(
    graph: Graph,
    predicates: Predicates,
    format: Annotated[Format, Query(description="graphml: for Gephi; csv: a zip for neo4j-admin.")],  # noqa: A002
    entity: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Only what lies around this entity.")
    ] = None,
) -> Response:
    """The whole graph, or the part that `entity` or `predicate` selects, streamed: `graphml` opens in Gephi, `jsonld`
    uses schema.org and PROV, `csv` is a zip of tables for `neo4j-admin database import`, `jsonl` holds documents,
    claims and judgements as `POST /v1/import` takes them, `ftm` is FollowTheMoney.
    """
    write, media_type, suffix = FORMATS[format]
    part = Extract(graph.find(entity) if entity else None, predicates)
    headers = {"Content-Disposition": f'attachment; filename="guanxi.{suffix}"'}
    return StreamingResponse(write(graph.reader, part), media_type=media_type, headers=headers)
