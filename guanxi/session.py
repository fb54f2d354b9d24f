"""What a command talks to: the graph opened here, or the server of ours that holds it; the routes are the same."""

import asyncio
import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from api.app import create_app
from graph.errors import GuanxiError
from graph.settings import Settings
from graph.store import Store

Json: TypeAlias = Any

LOCAL = "http://guanxi.local"
PATIENCE_S = 600.0


class ProblemError(GuanxiError):
    """The service answered with a problem; `problem` is its JSON, `status` its HTTP status."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = dict(problem)
        super().__init__(str(problem.get("detail") or problem.get("title") or f"the service answered {status}"))


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of ours: its address, process, and the token that lets this machine's user in."""

    url: str
    pid: int
    token: str


def note_of(settings: Settings) -> Path:
    """Where a server that holds an embedded graph says so: beside the graph's folder."""
    folder = Path(settings.graph)
    return folder.with_name(f"{folder.name}.server.json")


@contextlib.contextmanager
def announced(settings: Settings, server: Server) -> Iterator[None]:
    """Say that the server holds the graph while the block runs. Only this user may read the note."""
    if not settings.embedded:
        yield
        return
    note = note_of(settings)
    note.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        note.unlink()
    with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"url": server.url, "pid": server.pid, "token": server.token}, file)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def running(settings: Settings) -> Server | None:
    """The server that holds the embedded graph, or None; a note left by one that died is not believed."""
    if not settings.embedded:
        return None
    try:
        server = Server(**json.loads(note_of(settings).read_text(encoding="utf-8")))
        os.kill(server.pid, 0)
        httpx.get(f"{server.url}/healthz", timeout=5).raise_for_status()
    except (OSError, ValueError, TypeError, httpx.HTTPError):
        return None
    return server


class Session:
    """Routes to call. `store` is there where the graph is open in this process, None where a server holds it."""

    def __init__(self, store: Store | None, server: Server | None, settings: Settings) -> None:
        self.store = store
        self.server = server
        self._app = None if store is None else create_app(store, settings)
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
        yield Session(None, server, settings)
        return
    with Store.open(settings) as store:
        yield Session(store, None, settings)
