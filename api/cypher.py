"""POST /cypher: a guest's statement, read-only by construction."""

from collections.abc import Generator
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Body, Request, Response
from pydantic import Field

from api import answers, audit, statements
from api.answers import Wanted
from api.description import marked
from api.errors import Refused
from api.settings import CypherLimits
from api.state import Count, Seconds
from api.statementroute import StatementRoute
from api.turnstile import turnstile_of
from api.views import View
from graph.engines.engine import Stop
from graph.growth import amount
from graph.values import Integers

router = APIRouter(tags=["cypher"], route_class=StatementRoute)
INTEGERS = get_args(Integers)
FORMATS = ("application/json", "application/x-ndjson", "text/csv")
EXAMPLE = {
    "statement": "MATCH (:Company {name: $name})-[r:PARTNERS_WITH]-(c) RETURN c.name, r.status, r.documents",
    "parameters": {"name": "Alibaba"},
    "limit": 10,
}


class Statement(View):
    """A statement in Cypher, its parameters, and how much of it is wanted."""

    statement: str = Field(min_length=1, json_schema_extra=marked("statement"))
    parameters: dict[str, Any] = Field(default_factory=dict, description="They keep their JSON types.")
    limit: Count | None = Field(None, description="At most so many rows; `truncated` tells when there were more.")
    timeout_s: Seconds | None = Field(None, description="End the statement after so many seconds.")
    integers: Integers = Field(
        "number",
        description="`string`: integers beyond 2^53, which a JavaScript reader would round, travel as strings.",
    )


class Summary(View):
    """How it went."""

    took_ms: float
    rows: int
    engine: Literal["embedded", "neo4j"]


class Rows(View):
    """The rows of a statement. Nodes are {"@node": id, labels, properties}, relationships {"@relationship": id, type,
    from, to, properties}, paths {"@path": [node, relationship, node, ...]}, dates and times ISO 8601 strings.
    """

    columns: list[str]
    rows: list[list[Any]] = Field(description="Each an array in the order of the columns.")
    truncated: bool = Field(description="Whether the limit on rows cut it.")
    summary: Summary


ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Rows,
        "description": "The rows, in the form that Accept asks for.",
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string"},
                "example": '{"columns":["c.name"]}\n["Apple"]\n{"end":true,"rows":1,"truncated":false}\n',
            },
            "text/csv": {"schema": {"type": "string"}, "example": "c.name\r\nApple\r\n"},
        },
    },
}


IN_ADDRESS = {
    "name": "integers",
    "in": "query",
    "description": "The same as `integers` of the body, and wins over it.",
    "schema": {"type": "string", "enum": list(INTEGERS)},
}


@router.post(
    "/cypher",
    summary="Run a statement",
    responses=ANSWERS,
    response_class=Response,
    openapi_extra={"parameters": [IN_ADDRESS]},
)
async def cypher(
    request: Request,
    body: Annotated[
        Statement, Body(openapi_examples={"partners": {"summary": "Partners of Alibaba", "value": EXAMPLE}})
    ],
) -> Response:
    """Runs a read-only statement. Before it runs, what is not on the list of allowed clauses and procedures is refused
    with 403, the offending word and its place; the engine itself then runs it as read-only too. A statement that
    cannot be read is 400 with line and column.

    The answer is JSON, newline-delimited JSON (`Accept: application/x-ndjson`: a header line, one line a row, and
    always a last line that tells a whole answer from a cut one) or CSV (`Accept: text/csv`).
    """
    return await answered(request, body)


async def answered(request: Request, body: Statement) -> Response:
    """The answer of a statement, in the form that the request asks for."""
    state = request.app.state
    media_type = chosen(request.headers.get("accept", ""))
    wanted = wanted_of(_with_integers(request, body), state.service.cypher)
    if media_type == FORMATS[0]:
        engine = request.app.state.store.engine.info.name
        whole = await statements.answered(request, wanted, lambda answer: answers.as_json(answer, engine))
        return Response(whole, media_type=media_type)
    return await turnstile_of(request).stream(
        request,
        wanted.seconds,
        lambda stop: _lines(request, wanted, stop, media_type),
        f"{media_type}; charset=utf-8",
    )


def _with_integers(request: Request, body: Statement) -> Statement:
    """The body, with integers as the address asks for them; raises Refused where it asks for something else."""
    asked = request.query_params.get("integers") if request.scope["query_string"] else None
    if asked is None:
        return body
    if asked not in INTEGERS:
        raise Refused(422, f"integers: {' or '.join(INTEGERS)} is wanted", field="integers")
    return body.model_copy(update={"integers": asked})


def _lines(request: Request, wanted: Wanted, stop: Stop, media_type: str) -> Generator[bytes]:
    with answers.running(request, wanted, stop) as answer:
        yield from answers.as_csv(answer) if media_type == "text/csv" else answers.as_ndjson(answer)
        audit.told(request.scope, rows=answer.rows)


def wanted_of(body: Statement, limits: CypherLimits) -> Wanted:
    """What the body asks for, within the limits; raises Refused where it asks for more."""
    if len(body.statement) > limits.statement_characters:
        raise Refused(413, f"a statement may have {limits.statement_characters} characters, not {len(body.statement)}")
    if amount(body.parameters, limits.parameter_values) > limits.parameter_values:
        raise Refused(413, f"the parameters of a statement may hold {limits.parameter_values} values")
    rows, seconds = answers.limits(limits, body.limit, body.timeout_s)
    return Wanted(body.statement, body.parameters, rows, seconds, limits.answer_bytes, body.integers)


def chosen(accept: str) -> str:
    """The form that an Accept header asks for; raises Refused where it takes none that there is."""
    if not accept:
        return FORMATS[0]
    weighed: list[tuple[float, str]] = []
    for part in accept.split(","):
        media_type, *rest = (piece.strip() for piece in part.split(";"))
        weighed.append((_weight(rest), media_type.lower()))
    for weight, media_type in sorted(weighed, key=lambda pair: -pair[0]):
        found = next((one for one in FORMATS if _takes(media_type, one)), None)
        if found and weight > 0:
            return found
    raise Refused(406, f"there are {', '.join(FORMATS)}")


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0


def _takes(asked: str, media_type: str) -> bool:
    return asked in ("*/*", media_type, f"{media_type.split('/', maxsplit=1)[0]}/*") or (
        asked in ("application/jsonl", "application/ndjson") and media_type == "application/x-ndjson"
    )
