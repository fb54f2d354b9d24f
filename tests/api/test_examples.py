"""The requests of docs/api.md are answered, and it shows every route that can be shown without changing anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\n([A-Z]+) (\S+)\n(?:\n(.*?)\n)?```", PAGE, flags=re.DOTALL)
# What changes the graph for good, needs an id of its own, is asked by machines, or has a page of its own.
NOT_SHOWN = {
    "DELETE /v1/judgements/{id}",
    "DELETE /v1/queries/{name}",
    "GET /healthz",
    "GET /metrics",
    "GET /v1/claims/{id}",
    "POST /v1/ask",
    "POST /v1/backups",
    "POST /v1/import",
    "POST /v1/queries",
    "POST /v1/rebuild",
}


@pytest.mark.parametrize(("method", "address", "body"), EXAMPLES, ids=[f"{m} {a}" for m, a, _ in EXAMPLES])
def test_example(client: httpx.Client, method: str, address: str, body: str) -> None:
    reply = client.request(method, address, content=body or None, headers={"Content-Type": "application/json"})
    assert reply.is_success, reply.text
    if "json" in reply.headers["content-type"] and "ndjson" not in reply.headers["content-type"]:
        assert reply.json()


def test_every_route_is_shown(app: FastAPI) -> None:
    routes = {f"{m.upper()} {path}" for path, methods in app.openapi()["paths"].items() for m in methods}
    patterns = {route: re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(route))) for route in routes}
    shown = [f"{method} {urlsplit(address).path}" for method, address, _ in EXAMPLES]
    missing = {route for route, found in patterns.items() if not any(found.fullmatch(one) for one in shown)}
    assert missing == NOT_SHOWN & routes
