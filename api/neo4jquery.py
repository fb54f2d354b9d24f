"""POST /db/{name}/query/v2: Neo4j's Query API, read-only, so that clients written for it work against either engine."""

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from pydantic import BaseModel, Field

from api import answers, statements
from api.answers import Answer
from api.cypher import Statement, wanted_of
from api.description import marked
from api.docs import PROBLEMS
from api.errors import MEDIA_TYPE, Refused
from api.neo4jvalues import given, plain
from api.neo4jvalues import typed as typed_form
from api.state import Seconds
from api.statementroute import StatementRoute
from graph import errors

router = APIRouter(tags=["cypher"], route_class=StatementRoute)
TYPED = "application/vnd.neo4j.query"
NAMES = frozenset({"neo4j", "guanxi"})  # what clients may call the one graph there is
CODES: dict[type[errors.GuanxiError], str] = {
    errors.QuerySyntax: "Neo.ClientError.Statement.SyntaxError",
    errors.QueryRefused: "Neo.ClientError.Security.Forbidden",
    errors.ReadOnly: "Neo.ClientError.Statement.AccessMode",
    errors.ParameterMissing: "Neo.ClientError.Statement.ParameterMissing",
    errors.QueryTimeout: "Neo.ClientError.Transaction.TransactionTimedOut",
    errors.MemoryLimit: "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    errors.QueryFailed: "Neo.ClientError.Statement.ArgumentError",
    errors.Unsupported: "Neo.ClientError.Statement.FeatureDeprecationWarning",
    errors.BadInput: "Neo.ClientError.Request.Invalid",
}


class QueryRequest(BaseModel):
    """A statement as Neo4j's Query API takes it; what only writing needs is passed over."""

    statement: str = Field(
        min_length=1,
        examples=["MATCH (c:Company {name: $name}) RETURN c.id"],
        json_schema_extra=marked("statement"),
    )
    parameters: dict[str, Any] = Field(default_factory=dict, examples=[{"name": "Bosch"}])
    access_mode: Literal["Read", "Write", "READ", "WRITE"] = Field("Read", alias="accessMode")
    max_execution_time: Seconds | None = Field(None, alias="maxExecutionTime", description="Seconds.")


class QueryData(BaseModel):
    """The columns and the rows."""

    fields: list[str]
    values: list[list[Any]]


class QueryReply(BaseModel):
    """An answer in the shape of Neo4j's Query API."""

    data: QueryData
    bookmarks: list[str]


class QueryErrors(BaseModel):
    """Errors in the shape of Neo4j's Query API."""

    errors: list[dict[str, str]]


@router.post(
    "/db/{name}/query/v2",
    summary="Run a statement as Neo4j's Query API does",
    status_code=202,
    response_class=Response,
    responses={
        202: {"model": QueryReply},
        400: {"model": QueryErrors, "content": {MEDIA_TYPE: {}}},
        404: {"model": QueryErrors},
        **PROBLEMS,
    },
)
async def query(
    request: Request, name: Annotated[str, InPath(json_schema_extra={"enum": sorted(NAMES)})], body: QueryRequest
) -> Response:
    """The same door as `POST /v1/cypher` in the shape of Neo4j's Query API v2, for clients written for that: 202 with
    `data` and `bookmarks`, errors with Neo4j's codes, typed values for `Accept: application/vnd.neo4j.query`. The one
    graph there is answers to the names `neo4j` and `guanxi`. It only reads, whatever access mode is asked for.
    """
    if name not in NAMES:
        said = f"Database {name} not found; there is {', '.join(sorted(NAMES))}"
        return _failed(404, "Neo.ClientError.Database.DatabaseNotFound", said)
    accept = request.headers.get("accept", "")
    typed = TYPED in accept
    try:
        limits = request.app.state.service.cypher
        sent_typed = typed or TYPED in request.headers.get("content-type", "")
        wanted = wanted_of(_statement(body, limits.rows.ceiling, typed=sent_typed), limits)
        content = await statements.answered(request, wanted, lambda answer: _content(answer, typed=typed))
    except Refused as refused:
        if refused.status_code == 503:
            raise
        return _failed(400, "Neo.ClientError.Request.Invalid", str(refused.detail))
    except (errors.QueryError, errors.Unsupported, errors.BadInput) as error:
        code = next(
            (CODES[kind] for kind in type(error).__mro__ if kind in CODES), "Neo.DatabaseError.General.UnknownError"
        )
        return _failed(400, code, str(error))
    return Response(content, 202, media_type=_media_type(accept, typed=typed))


def _statement(body: QueryRequest, rows: float, *, typed: bool) -> Statement:
    parameters = {key: given(value) for key, value in body.parameters.items()} if typed else body.parameters
    return Statement(
        statement=body.statement, parameters=parameters, limit=int(rows), timeout_s=body.max_execution_time
    )


def _content(answer: Answer, *, typed: bool) -> bytes:
    """The whole answer; one that would be cut is refused, because this shape has no way to say so."""
    form = typed_form if typed else plain
    spent, rows = 0, []
    for row in answer:
        with answers.tellable():
            line = orjson.dumps([form(value) for value in row])
        spent += len(line)
        if spent > answer.wanted.answer_bytes:
            raise answers.too_large(answer.wanted.answer_bytes)
        rows.append(line)
    if answer.truncated:
        raise Refused(413, f"the answer has more than {answer.wanted.rows} rows; put a LIMIT into the statement")
    head = b'{"data":{"fields":' + orjson.dumps(answer.result.columns) + b',"values":['
    return head + b",".join(rows) + b']},"bookmarks":[]}'


def _failed(status: int, code: str, message: str) -> Response:
    body = {"errors": [{"code": code, "message": message}]}
    return Response(orjson.dumps(body), status, media_type="application/json")


def _media_type(accept: str | None, *, typed: bool) -> str:
    """The version of the typed form that was asked for; there are v1.0 and v1.1, alike here."""
    if not typed:
        return "application/json"
    asked = (part.partition(";")[0].strip() for part in (accept or "").split(","))
    return next((part for part in asked if part.startswith(TYPED)), TYPED)
