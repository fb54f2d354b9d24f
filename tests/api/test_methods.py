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
