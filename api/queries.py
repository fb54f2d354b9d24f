"""/queries: statements kept under a name, with their parameters, and run by that name; /cypher/explain."""

import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from pydantic import Field

from api import cypher
from api.cypher import ANSWERS, Statement
from api.state import Count, Guarded, Kept, Seconds, Service
from api.views import ListOf, View
from graph.errors import Conflict, NotFound, QueryRefused

router = APIRouter(tags=["cypher"])
NAME = r"^[a-z0-9][a-z0-9-]{0,79}$"
BUILT_IN = Path(__file__).parent / "assets" / "queries.json"
_PARAMETER = re.compile(r"\$(\w+)")


class Query(View):
    """A statement kept under a name. `parameters` are their defaults; a run may give others."""

    name: str = Field(pattern=NAME, examples=["partners-of"])
    about: str = Field("", max_length=500)
    statement: str = Field(min_length=1, max_length=30_000)
    parameters: dict[str, Any] = Field(default_factory=dict)


class Explained(View):
    """What the engine would do with a statement, and what the guard says of it."""

    allowed: bool
    reason: str | None = Field(description="Why the guard refuses it.")
    query_type: str | None = Field(description="r: it reads; rw, w: it writes; s: it changes the schema.")
    operators: list[str]
    procedures: list[str]
    plan: str


class Given(View):
    """What a run of a kept statement may give."""

    parameters: dict[str, Any] = Field(default_factory=dict)
    limit: Count | None = None
    timeout_s: Seconds | None = None


class Queries:
    """The statements kept: those that come with the program, and those added, in a file beside an embedded graph."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._built_in = {one["name"]: Query(**one) for one in json.loads(BUILT_IN.read_text(encoding="utf-8"))}
        self._added = {one["name"]: Query(**one) for one in self._stored()}

    def _stored(self) -> list[Mapping[str, Any]]:
        if self._file is None or not self._file.is_file():
            return []
        stored: list[Mapping[str, Any]] = json.loads(self._file.read_text(encoding="utf-8"))
        return stored

    def all(self) -> list[Query]:
        """Every one, in order of the alphabet."""
        return [query for _, query in sorted((self._built_in | self._added).items())]

    def get(self, name: str) -> Query:
        """The one of that name; raises NotFound."""
        found = self._added.get(name) or self._built_in.get(name)
        if found is None:
            raise NotFound(f"no query is called {name}")
        return found

    def keep(self, query: Query) -> bool:
        """Keep it, in place of one of the name; whether it is new. Raises Conflict for one of the program."""
        with self._lock:
            if query.name in self._built_in:
                raise Conflict(f"{query.name} comes with the program; choose another name")
            new = query.name not in self._added
            self._write(self._added | {query.name: query})
            return new

    def drop(self, name: str) -> None:
        """Forget it; raises NotFound, and Conflict for one of the program."""
        with self._lock:
            if name in self._built_in:
                raise Conflict(f"{name} comes with the program and stays")
            self.get(name)
            self._write({other: query for other, query in self._added.items() if other != name})

    def _write(self, added: dict[str, Query]) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new = self._file.with_suffix(".new")
            new.write_text(json.dumps([query.model_dump() for query in added.values()], ensure_ascii=False), "utf-8")
            new.replace(self._file)
        self._added = added


@router.get("/queries", summary="Statements kept under a name")
def queries(request: Request) -> ListOf[Query]:
    """Those that come with the program and those that were added, each with the defaults of its parameters."""
    found = _kept(request).all()
    return ListOf[Query](items=found, total=len(found))


@router.post("/queries", summary="Keep a statement", status_code=201, responses={200: {"model": Query}})
def keep(request: Request, response: Response, guard: Guarded, query: Query) -> Query:
    """Keep a statement under a name, in place of an earlier one of that name. It must be one that a guest may run.
    With an embedded graph it is kept beside the graph; with Neo4j for as long as the service runs.
    """
    guard.check(query.statement, _all_parameters(query))
    if not _kept(request).keep(query):
        response.status_code = 200
    return query


@router.delete("/queries/{name}", summary="Forget a statement", status_code=204)
def forget(request: Request, name: Annotated[str, InPath(pattern=NAME)]) -> None:
    """Forget a statement that was added; those that come with the program stay."""
    _kept(request).drop(name)


@router.post("/queries/{name}/run", summary="Run a statement by its name", responses=ANSWERS, response_class=Response)
async def run(request: Request, name: Annotated[str, InPath(pattern=NAME)], given: Given) -> Response:
    """Run it with its own parameters and those given; the answer is that of `POST /v1/cypher`."""
    query = _kept(request).get(name)
    body = Statement(
        statement=query.statement,
        parameters=query.parameters | given.parameters,
        limit=given.limit,
        timeout_s=given.timeout_s,
    )
    return await cypher.answered(request, body)


@router.post("/cypher/explain", summary="See what a statement would do")
def explain(store: Kept, guard: Guarded, service: Service, body: Statement) -> Explained:
    """The engine's plan for a statement, and whether the guard lets it run; nothing is run."""
    wanted = cypher.wanted_of(body, service.cypher)
    try:
        guard.check(body.statement, body.parameters, timeout_s=wanted.seconds)
    except QueryRefused as refused:
        return Explained(allowed=False, reason=str(refused), query_type=None, operators=[], procedures=[], plan="")
    plan = store.engine.explain(body.statement, body.parameters, timeout_s=wanted.seconds)
    return Explained(
        allowed=True,
        reason=None,
        query_type=plan.query_type,
        operators=sorted(plan.operators),
        procedures=sorted(plan.procedures),
        plan=plan.text,
    )


def _kept(request: Request) -> Queries:
    found: Queries = request.app.state.queries
    return found


def _all_parameters(query: Query) -> dict[str, Any]:
    """The defaults, and null for each parameter that has none."""
    return dict.fromkeys(_PARAMETER.findall(query.statement)) | query.parameters
