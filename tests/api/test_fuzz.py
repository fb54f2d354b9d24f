"""Ten thousand bad inputs: each is answered, or refused with a problem; none fails the service or shows a traceback."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import orjson
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.errors import QueryError
from graph.guard import check_words
from tests.api.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTES = [
    "/v1/search?q={}",
    "/v1/search?q=a&kind={}&limit={}",
    "/v1/entities/{}",
    "/v1/entities/{}/relations?as_of={}",
    "/v1/entities/alibaba/relations?cursor={}&predicate={}",
    "/v1/entities/alibaba/graph?depth={}&as_of={}",
    "/v1/entities/alibaba/timeline?cursor={}",
    "/v1/connections?from={}&to={}",
    "/v1/common?id={}&id={}",
    "/v1/partnerships/{}",
    "/v1/claims?subject={}&status={}",
    "/v1/claims?cursor={}&document={}",
    "/v1/claims/{}",
    "/v1/documents/{}",
    "/v1/documents?cursor={}&language={}",
    "/v1/conflicts?entity={}",
    "/v1/judgements?cursor={}",
    "/{}",
    "/v1/{}",
]
PIECES = [
    "", "0", "-1", "1e9", "9" * 40, "null", "true", "[]", "{}", "NaN",
    "'", '"', "`", "\\", "\0", "\r\n", "%", "%%", "..",
    "../../etc/passwd", "<script>", "阿里巴巴", "𠮷" * 30, "\u202e",
    "😀", "a" * 3000, "2024-13", "W10", "WyJhIl0",
    "WzEsMl0=", "alibaba", "--", "a--b", ".", "a.b.c", "OR 1=1",
    "$id", "${x}", "{{x}}", "*", "?", "~", "+ - && || ! ( )",
    "MATCH (n) DETACH DELETE n", "') RETURN 1 //", "\t", " ",
]  # fmt: skip
WORDS = [
    "MATCH", "(n)", "(n:Company)", "-[r]->", "(m)", "RETURN", "n", "n.name",
    "count(*)", "WHERE", "WITH", "UNWIND", "[1,2]", "AS",
    "x", "ORDER BY", "LIMIT", "1", "-1", "1/0", "$p", "'text", '"',
    "`", "/*", "*/", "//", ";", "CALL", "{", "}", "db.labels()",
    "YIELD", "CREATE", "SET", "DELETE", "LOAD CSV", "EXISTS", "CASE",
    "WHEN", "THEN", "END", "date('x')", "null", "\\u0043", "𠮷",
    "[", "]", "..", "*1..3", "shortestPath(", ")", "UNION", "toInteger('9999999999999999999')",
    "9" * 30, "reduce(", "=~", "'['",
]  # fmt: skip
FIELDS = [
    "statement", "parameters", "limit", "timeout_s", "integers", "verdict", "left", "names", "sides",
    "text", "claims", "documents",
]  # fmt: skip
POSTS = ["/v1/cypher", *(f"/v1/{noun}?dry_run=true" for noun in ("judgements", "documents", "import"))]
BODIES: list[Any] = [None, [], {}, "", 0, True, 1e400, [[[[]]]], {"a": None}, "x" * 50, -(2**63), 2**64, {"": {"": {}}}]


@pytest.fixture(scope="module")
def address(seeded: Any) -> Iterator[httpx.Client]:
    with serving(create_app(seeded, service=ServiceSettings(page=None))) as url, httpx.Client(base_url=url) as client:
        yield client


def is_answer(reply: httpx.Response) -> bool:
    if "Traceback" in reply.text or ".py" in reply.text or "Exception" in reply.text:
        return False
    if reply.status_code < 400:
        return True
    problem = orjson.loads(reply.content)
    whole = {"type", "title", "status", "detail", "request_id"} <= set(problem)
    return reply.status_code < 500 and whole and reply.headers["content-type"] == "application/problem+json"


def test_query_strings(address: httpx.Client) -> None:
    chance = random.Random(1)
    for _ in range(300):
        route = chance.choice(ROUTES)
        path = route.format(*(quote(chance.choice(PIECES), safe="") for _ in range(route.count("{}"))))
        reply = address.get(path)
        assert is_answer(reply), f"{path[:200]}: {reply.status_code} {reply.text[:500]}"


def test_bodies(address: httpx.Client) -> None:
    chance = random.Random(2)
    for _ in range(200):
        path = chance.choice(POSTS)
        if chance.random() < 0.3:
            content = bytes(chance.choices(b'{}[]",:0a\\\xff\xc3', k=20))
        else:
            content = json.dumps({chance.choice(FIELDS): chance.choice(BODIES) for _ in range(3)}).encode()
        reply = address.post(path, content=content, headers={"Content-Type": "application/json"})
        assert is_answer(reply), f"{path} {content!r}: {reply.status_code} {reply.text[:500]}"


def test_statements(address: httpx.Client) -> None:
    chance = random.Random(3)
    for _ in range(200):
        statement = " ".join(chance.choices(WORDS, k=chance.randrange(1, 12)))
        body = {"statement": statement, "parameters": {"p": chance.choice(BODIES[:6])}, "limit": 5, "timeout_s": 1}
        reply = address.post("/v1/cypher", json=body)
        assert is_answer(reply), f"{statement}: {reply.status_code} {reply.text[:500]}"


def test_statements_at_the_guard() -> None:
    chance = random.Random(4)
    for _ in range(9300):
        words = chance.choices(WORDS, k=chance.randrange(1, 25))
        statement = "".join(chance.choice((" ", "", "\n")) + word for word in words)
        with suppress(QueryError):
            check_words(statement)
