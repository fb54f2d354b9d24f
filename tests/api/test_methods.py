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


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v1/nothing-of-the-kind", "/v1/documents/a%2Fb", "/nothing-of-the-kind"])
def test_a_path_that_is_not_there_is_not_found(client: httpx.Client, method: str, path: str) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.json()["status"]) == (404, 404)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("zh-TW", "馬雲"),
        ("en;q=0.1, zh-Hant;q=0.9", "馬雲"),
        ("en; q=0.5, zh ; q=0.8", "马云"),
        ("zh; Q=0, en;q=0.1", "Jack Ma"),
    ],
)
def test_names_come_in_the_language_that_weighs_most(client: httpx.Client, asked: str, name: str) -> None:
    reply = client.get("/v1/entities/jack-ma", headers={"Accept-Language": asked})
    assert reply.json()["name"] == name


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


@pytest.mark.parametrize("day", ["2024-02-30", "2023-02-29", "2024-04-31", "1900-02-29", "2024-00", "24", "2024-1-1"])
def test_a_day_that_is_not_in_the_calendar_is_refused_wherever_one_is_given(client: httpx.Client, day: str) -> None:
    for reply in (
        client.get("/v1/entities/alibaba/relations", params={"as_of": day}),
        client.get("/v1/connections", params={"from": "bosch", "to": "apple", "as_of": day}),
        client.post("/v1/documents?dry_run=true", json={"text": "A note.", "read": False, "date": day}),
        client.post("/v1/import?dry_run=true", json={"documents": [{"name": "a.txt", "text": "A note.", "date": day}]}),
    ):
        assert reply.status_code == 422
        assert "as 2024, 2024-05 or 2024-05-06" in reply.json()["detail"]


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "2024-01-31", "2024-11-30", "2024-12", "1999"])
def test_a_day_of_the_calendar_may_be_partial(client: httpx.Client, day: str) -> None:
    assert client.get("/v1/entities/bosch/relations", params={"as_of": day}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "matched"),
    [("ALIBABA", "Alibaba"), ("ａｌｉｂａｂａ", "Alibaba"), ("alib", "Alibaba"), ("apple", "Apple"), ("e", "Ele.me")],
)
def test_of_names_that_match_alike_the_one_most_like_what_was_typed_is_told(
    client: httpx.Client, typed: str, matched: str
) -> None:
    items = client.get("/v1/search", params={"q": typed, "limit": 50}).json()["items"]
    assert matched in [item["matched"] for item in items]
    assert [item["matched"] for item in items if item["entity"]["name"] == matched] == [matched]


@pytest.mark.parametrize("path", ["/v1/search?q=a", "/v1/conflicts?"])
def test_a_list_goes_on_where_its_part_ended(client: httpx.Client, path: str) -> None:
    whole = client.get(f"{path}&limit=1000").json()
    assert (len(whole["items"]) > 1, whole["next"]) == (True, None)
    found, cursor = [], ""
    while cursor is not None:
        part = client.get(f"{path}&limit=1{cursor and f'&cursor={cursor}'}").json()
        assert len(part["items"]) == 1
        found += part["items"]
        cursor = part["next"]
    assert found == whole["items"]
    assert client.get(f"{path}&cursor=~x").status_code == 422


def test_entities_that_are_one_have_nothing_in_common(client: httpx.Client) -> None:
    reply = client.get("/v1/common", params={"id": ["jack-ma", "马云"]})
    assert (reply.status_code, reply.json()["field"]) == (422, "id")


@pytest.mark.parametrize(("asked", "sent"), [("string", "9007199254740993"), ("number", 9007199254740993)])
def test_integers_may_be_asked_for_in_the_address(client: httpx.Client, asked: str, sent: object) -> None:
    body = {"statement": "RETURN 9007199254740993 AS n, 1 AS one"}
    for path, content in ((f"/v1/cypher?integers={asked}", body), ("/v1/cypher", body | {"integers": asked})):
        assert client.post(path, json=content).json()["rows"] == [[sent, 1]]
    assert client.post("/v1/cypher?integers=roman", json=body).status_code == 422


@pytest.mark.parametrize("known", ["*", 'W/"x", {tag}', "{tag}"])
def test_who_has_an_answer_already_is_not_sent_it_again(client: httpx.Client, known: str) -> None:
    first = client.get("/v1/counts")
    reply = client.get("/v1/counts", headers={"If-None-Match": known.replace("{tag}", first.headers["etag"])})
    assert (reply.status_code, reply.content) == (304, b"")


def test_a_cursor_of_another_list_is_refused(client: httpx.Client) -> None:
    word = client.get("/v1/documents?limit=1").json()["next"]
    assert word is not None
    assert client.get("/v1/judgements", params={"cursor": word}).status_code == 422
    assert client.get("/v1/documents", params={"cursor": word}).status_code == 200
