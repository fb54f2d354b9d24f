"""What a command talks to: the graph opened here, or the server of ours that holds it; the routes are the same."""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx

from graph.errors import GuanxiError
from graph.settings import Settings
from graph.store import Store
from guanxi import output
from guanxi.opening import opening
from guanxi.servernote import Server, running

if TYPE_CHECKING:
    from fastapi import FastAPI

Json: TypeAlias = Any

LOCAL = "http://guanxi.local"
PATIENCE_S = 600.0


class ProblemError(GuanxiError):
    """The service answered with a problem; `problem` is its JSON, `status` its HTTP status."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = dict(problem)
        super().__init__(str(problem.get("detail") or problem.get("title") or f"the service answered {status}"))


class Session:
    """Routes to call: of a server that holds the graph, or of an app over the store that is open in this process."""

    def __init__(self, server: Server | None = None, store: Store | None = None, app: "FastAPI | None" = None) -> None:
        self.store = store
        self.server = server
        self._app = app
        self._headers = {} if server is None else {"Authorization": f"Bearer {server.token}"}

    def get(self, path: str, **query: Json) -> Json:
        """The JSON that a route answers; parameters that are None are left out. Raises ProblemError."""
        return self._json("GET", path, params={name: value for name, value in query.items() if value is not None})

    def post(self, path: str, body: Json, **query: Json) -> Json:
        """The JSON that a route answers to a body. Raises ProblemError."""
        return self._json("POST", path, params=query, json=body)

    def delete(self, path: str, **query: Json) -> Json:
        """The JSON that a route answers to a deletion. Raises ProblemError."""
        return self._json("DELETE", path, params=query)

    def content(self, path: str, **query: Json) -> bytes:
        """The bytes that a route answers; parameters that are None are left out. Raises ProblemError."""
        params = {name: value for name, value in query.items() if value is not None}
        return self._send("GET", path, {"params": params}).content

    def text(self, method: str, path: str, **request: Json) -> str:
        """The text that a route answers. Raises ProblemError."""
        return self._send(method, path, request).text

    def _json(self, method: str, path: str, **request: Json) -> Json:
        reply = self._send(method, path, request)
        return reply.json() if reply.content else None

    def _send(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        headers = {**self._headers, **request.pop("headers", {})}
        request = {"headers": headers, "follow_redirects": True, **request}
        if self.server is not None:
            reply = httpx.request(method, f"{self.server.url}{path}", timeout=PATIENCE_S, **request)
        else:
            reply = asyncio.run(self._inside(method, path, request))
        if reply.is_error:
            raise ProblemError(reply.status_code, _problem(reply))
        return reply

    async def _inside(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        assert self._app is not None  # a session has a store or a server
        transport = httpx.ASGITransport(app=self._app, client=("127.0.0.1", 0))
        async with httpx.AsyncClient(transport=transport, base_url=LOCAL, timeout=PATIENCE_S) as client:
            return await client.request(method, path, **request)


def _problem(reply: httpx.Response) -> dict[str, Any]:
    try:
        found = reply.json()
    except ValueError:
        return {"detail": reply.text[:500]}
    return found if isinstance(found, dict) else {"detail": str(found)}


@contextlib.contextmanager
def session(settings: Settings) -> Iterator[Session]:
    """The graph of the settings, opened here or through the server that holds it."""
    server = running(settings)
    if server is not None:
        output.say(f"a server holds this graph; working through {server.url}")
        yield Session(server)
        return
    with opening(settings) as opened:
        # Whoever works through a server does without it.
        from api.app import create_app  # noqa: PLC0415

        store = opened.result()
    with store:
        yield Session(store=store, app=create_app(store, settings))
