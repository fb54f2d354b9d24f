"""Callers who go away, and statements that cannot be ended: neither keeps others from their answers."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.requests import Request

from api.app import create_app
from api.errors import Refused
from api.settings import CypherLimits, Limit, ServiceSettings
from api.turnstile import Turnstile
from graph.errors import QueryTimeout
from tests.api.conftest import serving

if TYPE_CHECKING:
    from graph.store import Store

ENDLESS = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x, y WHERE x + y < 0 RETURN count(*) AS n"
SLOW_ROWS = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x, y WHERE y = 3 RETURN x"
LIMIT_S, PATIENCE_S = 600, 240  # a statement that is not ended is found out, also on a busy machine


def ask_and_leave(address: str, path: str, body: dict[str, Any], accept: str) -> None:
    """Send a request over a socket of its own, and close that while the statement runs."""
    content = json.dumps(body).encode()
    host, port = urlsplit(address).hostname, urlsplit(address).port
    with socket.create_connection((host, port)) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nAccept: {accept}\r\n"
        connection.sendall(head.encode() + f"Content-Length: {len(content)}\r\n\r\n".encode() + content)
        time.sleep(0.5)


@pytest.mark.parametrize(
    ("path", "accept", "statement"),
    [
        ("/v1/cypher", "application/json", ENDLESS),
        ("/v1/cypher", "application/x-ndjson", ENDLESS),
        ("/v1/cypher", "application/x-ndjson", SLOW_ROWS),
        ("/v1/cypher", "text/csv", SLOW_ROWS),
        ("/db/neo4j/query/v2", "application/json", ENDLESS),
    ],
)
def test_a_statement_ends_when_its_caller_goes_away(seeded: Store, path: str, accept: str, statement: str) -> None:
    """There is one place: the next statement is answered only when the one before it has ended."""
    limits = CypherLimits(at_once=1, seconds=Limit(60, LIMIT_S))
    with serving(create_app(seeded, service=ServiceSettings(page=None, cypher=limits))) as address:
        body = {"statement": statement, "timeout_s": LIMIT_S, "maxExecutionTime": LIMIT_S}
        body = {name: value for name, value in body.items() if ("v1" in path) != (name == "maxExecutionTime")}
        body["statement"] = statement
        ask_and_leave(address, path, body, accept)
        until = time.monotonic() + PATIENCE_S
        reply = httpx.post(f"{address}/v1/cypher", json={"statement": "RETURN 1 AS n"}, timeout=120)
        while reply.status_code == 503 and time.monotonic() < until:
            reply = httpx.post(f"{address}/v1/cypher", json={"statement": "RETURN 1 AS n"}, timeout=120)
        assert reply.status_code == 200, reply.text


async def never() -> dict[str, Any]:
    """A caller who stays."""
    await asyncio.Event().wait()
    return {}


def test_nobody_waits_for_what_cannot_be_ended() -> None:
    """It keeps its place until it is over; then the place is free again."""
    over = threading.Event()

    async def scenario() -> int:
        turnstile = Turnstile(1)
        request = Request({"type": "http"}, receive=never)  # type: ignore[arg-type]
        with pytest.raises(QueryTimeout):
            await turnstile.run(request, 0.01, lambda _: over.wait(PATIENCE_S))
        with pytest.raises(Refused):
            await turnstile.run(request, 0.01, lambda _: 1)
        over.set()
        return await turnstile.run(request, 10, lambda _: 2)

    assert asyncio.run(scenario()) == 2
