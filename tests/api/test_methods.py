"""What HTTP itself asks for: HEAD beside GET, a body of the kind that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx


@pytest.mark.parametrize("path", ["/", "/v1/ontology", "/v1/entities/alibaba", "/v1/entities/nobody-here"])
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "etag"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize(
    "path", ["/v1/cypher", "/v1/judgements", "/v1/import", "/v1/ask", "/v1/documents", "/v1/queries"]
)
def test_a_body_that_is_no_json_is_not_taken(client: httpx.Client, path: str) -> None:
    reply = client.post(path, content=b"{}", headers={"Content-Type": "text/plain"})
    assert (reply.status_code, reply.json()["status"]) == (415, 415)


def test_who_asks_for_json_at_the_root_is_told_of_the_query_api(client: httpx.Client) -> None:
    found = client.get("/", headers={"Accept": "application/json"}).json()
    assert found["query"].endswith("/db/{databaseName}/query/v2")
    assert client.get("/", headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", "POST"),
        ("OPTIONS", "/v1/cypher", "POST"),
        ("PUT", "/v1/documents", "GET, HEAD, POST"),
        ("POST", "/v1/search", "GET, HEAD"),
        ("PATCH", "/db/neo4j/query/v2", "POST"),
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/v1/judgements/suggestions", "GET, HEAD"),
    ],
)
def test_a_method_that_a_path_does_not_take_is_told_those_it_takes(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)
    assert reply.json()["status"] == 405


def test_a_path_that_is_not_there_is_not_found(client: httpx.Client) -> None:
    assert client.get("/v1/nothing-of-the-kind").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/cypher", {"statement": "RETURN 1", "limit": False}),
        ("/v1/cypher/explain", {"statement": "RETURN 1", "timeout_s": True}),
        ("/v1/ask", {"question": "Who founded Alibaba?", "explain": 0}),
        ("/v1/documents", {"text": "Bosch is a partner of Alibaba.", "read": "no"}),
    ],
)
def test_flags_are_no_numbers_and_numbers_no_flags(client: httpx.Client, path: str, body: dict[str, object]) -> None:
    reply = client.post(path, json=body)
    assert reply.status_code == 422
    assert list(body)[1] in reply.json()["detail"]
