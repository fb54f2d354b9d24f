"""Errors as RFC 9457 problems: one table from ours to HTTP, and FastAPI's own in the same form."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi import HTTPException as FastAPIError
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.dates import NO_DATE, PARTIAL_DATE
from graph import errors as ours

log = logging.getLogger("guanxi.api")
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its HTTP status, title, and which attributes of the error go into the answer."""

    status: int
    title: str
    fields: tuple[str, ...] = ()


# The class nearest to the error's own counts.
TABLE: Mapping[type[Exception], Problem] = {
    ours.BadInput: Problem(422, "The request cannot be taken", ("field",)),
    ours.NotFound: Problem(404, "Not found", ("near",)),
    ours.Ambiguous: Problem(409, "It may be one of several", ("candidates",)),
    ours.Conflict: Problem(409, "It clashes with what is there"),
    ours.Unsupported: Problem(501, "The engine in use cannot do this"),
    ours.EngineUnavailable: Problem(503, "The database cannot be reached"),
    ours.QuerySyntax: Problem(400, "The statement cannot be read", ("line", "column")),
    ours.QueryRefused: Problem(403, "The statement is not allowed", ("word", "line", "column", "reason")),
    ours.ReadOnly: Problem(403, "The statement would write"),
    ours.ParameterMissing: Problem(400, "A parameter is missing", ("names",)),
    ours.QueryFailed: Problem(400, "The statement failed", ("kind",)),
    ours.ConstraintViolated: Problem(409, "The statement would break a rule of the graph"),
    ours.WriteConflict: Problem(503, "Other writers were in the way"),
    ours.QueryTimeout: Problem(408, "The statement took too long", ("seconds",)),
    ours.QueryStopped: Problem(499, "The caller went away"),  # nobody reads it; the log does
    ours.MemoryLimit: Problem(413, "The statement wanted too much memory"),
    ours.QueryError: Problem(400, "The statement failed"),
    ours.GuanxiError: Problem(500, "The service failed"),
}
TITLES = {
    400: "The request cannot be read",
    401: "A key is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    408: "It took too long",
    413: "Too large",
    415: "Unsupported media type",
    422: "The request cannot be taken",
    429: "Too many requests",
    500: "The service failed",
    503: "Not available now",
}


class Refused(FastAPIError):
    """A request that cannot be served, with a status of HTTP's own; `about` goes into the problem."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **about: object) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.about = about


def problem(request: Request, status: int, title: str, detail: str, **about: object) -> Response:
    """An answer of application/problem+json."""
    said = {name: value for name, value in about.items() if value not in (None, (), [])}
    body = {
        "type": "about:blank" if title == TITLES.get(status) else f"/problems/{slug(title)}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "request_id": request_id(request),
    }
    return Response(orjson.dumps(body | said, default=str), status, media_type=MEDIA_TYPE)


def slug(title: str) -> str:
    """The last part of a problem's type."""
    return title.lower().replace(" ", "-")


def request_id(request: Request) -> str:
    """The id that the middleware gave the request."""
    return str(request.scope.get("guanxi.request_id", ""))


def known(error: Exception) -> tuple[int, str, dict[str, object]]:
    """The status, title and fields of one of our errors."""
    found = next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)
    return found.status, found.title, {name: getattr(error, name, None) for name in found.fields}


def _of_ours(request: Request, error: Exception) -> Response:
    status, title, about = known(error)
    if status >= 500:
        log.error("%s %s: %s", request_id(request), type(error).__name__, error)
    answer = problem(request, status, title, str(error), **about)
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer


def refusal(request: Request, refused: Refused) -> Response:
    """The problem of a request that is refused before any handler sees it."""
    return _of_http(request, refused)


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405) and not isinstance(error, Refused):
        # The page answers for every path that no other route takes, and each route for itself alone.
        methods = _methods_at(request)
        if methods:
            error = HTTPException(405, f"{request.method} is not for this path", {"Allow": ", ".join(sorted(methods))})
        else:
            error = HTTPException(404, f"there is nothing at {request.url.path}")
    title = TITLES.get(error.status_code, str(error.detail))
    about = error.about if isinstance(error, Refused) else {}
    answer = problem(request, error.status_code, title, str(error.detail), **about)
    answer.headers.update(error.headers or {})
    return answer


def _methods_at(request: Request) -> set[str]:
    """The methods that the routes for this path take; one that names the path counts before one with a parameter."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for route in iter_route_contexts(request.app.routes):
        if route.methods and route.path and compile_path(route.path)[0].match(request.url.path):
            found[route.path.count("{")] |= route.methods
    methods = found[min(found)] if found else set()
    return methods | {"HEAD"} if "GET" in methods else methods


def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = [_wrong(one) for one in error.errors()]
    if any(one["loc"] == ("body",) for one in error.errors()) and not _sends_json(request):
        sent = request.headers.get("content-type") or "a body without Content-Type"
        return problem(request, 415, TITLES[415], f"send application/json, not {sent}")
    unreadable = any(one["type"] == "json_invalid" for one in error.errors())
    status = 400 if unreadable else 422
    detail = "; ".join(f"{one['field']}: {one['reason']}" for one in said)
    return problem(request, status, TITLES[status], detail, errors=said)


def _sends_json(request: Request) -> bool:
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return said == "application/json" or said.endswith("+json")


def _wrong(one: Mapping[str, Any]) -> dict[str, str]:
    place = [str(part) for part in one["loc"]]
    return {"in": place[0], "field": ".".join(place[1:]) or place[0], "reason": reason_of(one)}


def reason_of(one: Mapping[str, Any]) -> str:
    """What is wrong with a value, of one error of a validation."""
    return NO_DATE if one.get("ctx", {}).get("pattern") == PARTIAL_DATE else str(one["msg"])


def _of_anything(request: Request, error: Exception) -> Response:
    """The one top-level handler: what nobody foresaw is logged whole and told in a word."""
    log.error("%s %s", request_id(request), request.url.path, exc_info=error)
    detail = "Something went wrong that should not; the log has it under this request id."
    return problem(request, 500, TITLES[500], detail)


def add_handlers(app: FastAPI) -> None:
    """Let every error leave the service as a problem."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        ours.GuanxiError: _of_ours,
        ours.Moved: _moved,
        HTTPException: _of_http,
        RequestValidationError: _of_validation,
        Exception: _of_anything,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


def _moved(request: Request, error: Exception) -> Response:
    """308 to the same address with the id that the entity has now."""
    assert isinstance(error, ours.Moved)
    path = request.scope["path"].split("/")
    place = path.index(error.old) if error.old in path else None
    if place is None:
        return problem(request, 409, "It has another id now", str(error), id=error.id)
    path[place] = error.id
    url = request.url.replace(path="/".join(path))
    answer = problem(request, 308, "It has another id now", str(error), id=error.id)
    answer.headers["Location"] = str(url.replace(scheme="", netloc=""))
    return answer
