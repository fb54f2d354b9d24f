"""POST /cypher beyond its cases: forms, limits, explaining, statements kept by name, and Neo4j's own door."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.app import create_app
from api.settings import CypherLimits, ServiceSettings
from graph.settings import Settings
from tests.api.conftest import serving

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

NDJSON = {"Accept": "application/x-ndjson"}
ROWS = "UNWIND range(1, $n) AS x RETURN x, 'row ' + x AS text"


def lines(reply: httpx.Response) -> list[Any]:
    return [json.loads(line) for line in reply.text.splitlines()]


def test_ndjson_ends_with_a_line_that_tells_a_whole_answer(client: httpx.Client) -> None:
    body = {"statement": ROWS, "parameters": {"n": 3000}, "limit": 5000}
    found = lines(client.post("/v1/cypher", json=body, headers=NDJSON))
    assert found[0] == {"columns": ["x", "text"]}
    assert found[1:-1] == [[x, f"row {x}"] for x in range(1, 3001)]
    assert {**found[-1], "took_ms": 0} == {"end": True, "rows": 3000, "truncated": False, "took_ms": 0}


@pytest.mark.parametrize(
    "statement", ["MATCH (n:Nothing) RETURN n", "UNWIND [0] AS x RETURN 10 / x AS y", "RETURN 1 AS x"]
)
def test_ndjson_has_its_last_line_whatever_comes_before(client: httpx.Client, statement: str) -> None:
    reply = client.post("/v1/cypher", json={"statement": statement}, headers=NDJSON)
    assert reply.status_code == 400 or {"end", "error"} & lines(reply)[-1].keys()


def test_what_breaks_after_the_first_row_is_the_last_line(client: httpx.Client) -> None:
    body = {"statement": "UNWIND [1, 2, 0] AS x RETURN 10 / x AS y", "limit": 10}
    reply = client.post("/v1/cypher", json=body, headers=NDJSON)
    last = lines(reply)[-1] if reply.status_code == 200 else {"error": reply.json()}
    assert last["error"]["kind"] == "arithmetic"


def test_answers_have_a_limit_of_bytes(seeded: Store) -> None:
    service = ServiceSettings(page=None, cypher=CypherLimits(answer_bytes=2000))
    body = {"statement": ROWS, "parameters": {"n": 500}}
    with serving(create_app(seeded, service=service)) as address:
        whole = httpx.post(f"{address}/v1/cypher", json=body)
        streamed = httpx.post(f"{address}/v1/cypher", json=body, headers=NDJSON)
        table = httpx.post(f"{address}/db/neo4j/query/v2", json=body)
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.post(f"{address}/v1/cypher", json=body, headers={"Accept": "text/csv"})
    assert whole.status_code == 413
    assert lines(streamed)[-1]["error"]["status"] == 413
    assert table.status_code == 400


def test_bodies_have_a_limit_of_bytes(seeded: Store) -> None:
    with serving(create_app(seeded, service=ServiceSettings(page=None, body_bytes=1000))) as address:
        reply = httpx.post(f"{address}/v1/cypher", json={"statement": "RETURN " + "1" * 1000})
        assert (reply.status_code, reply.json()["status"]) == (413, 413)

        def pieces() -> Any:
            yield from (b"x" * 400 for _ in range(4))

        reply = httpx.post(f"{address}/v1/cypher", content=pieces(), headers={"Content-Type": "application/json"})
        assert reply.status_code == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/cypher", 413), ("/v1/cypher/explain", 413), ("/v1/queries", 413), ("/db/neo4j/query/v2", 413)],
)
def test_what_asks_has_a_lower_limit_of_bytes_than_what_loads(seeded: Store, path: str, status: int) -> None:
    service = ServiceSettings(page=None, cypher=CypherLimits(body_bytes=1000))
    body = {"statement": "RETURN 1 AS x", "name": "one", "parameters": {"p": "x" * 1000}}
    with serving(create_app(seeded, service=service)) as address:
        assert httpx.post(f"{address}{path}", json=body).status_code == status
        loaded = httpx.post(f"{address}/v1/documents", params={"dry_run": True}, json=body)
        assert loaded.status_code != status


def test_parameters_have_a_limit_of_values(seeded: Store) -> None:
    service = ServiceSettings(page=None, cypher=CypherLimits(parameter_values=100))
    with serving(create_app(seeded, service=service)) as address:
        for inside, status in (([[]] * 90, 200), ([[]] * 110, 413), ({"a": [{"b": 1}] * 60}, 413)):
            body = {"statement": "RETURN size(keys({a: $p})) AS n", "parameters": {"p": inside}}
            assert httpx.post(f"{address}/v1/cypher", json=body).status_code == status


@pytest.mark.parametrize("headers", [{}, NDJSON, {"Accept": "text/csv"}])
def test_values_nested_without_measure_are_no_fault_of_the_service(
    client: httpx.Client, headers: dict[str, str]
) -> None:
    nested: Any = 1
    for _ in range(190):
        nested = [nested]
    statement = "WITH $p AS s " + "WITH [s] AS s " * 70 + "RETURN s"
    for _ in range(2):
        for path in ("/v1/cypher", "/db/neo4j/query/v2"):
            try:
                reply = client.post(path, json={"statement": statement, "parameters": {"p": nested}}, headers=headers)
            except httpx.RemoteProtocolError:
                assert "csv" in headers.get("Accept", "")  # how a table is told to be cut
            else:
                assert "deep" in reply.text or "limit" in reply.text
                assert reply.status_code == (400 if headers != NDJSON or "db" in path else 200)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({"$type": "Date", "_value": 5}, 400),
        ({"$type": "Integer", "_value": 1e999}, 400),
        ({"$type": "Duration", "_value": ["P1D"]}, 400),
        ({"$type": "Base64", "_value": {}}, 400),
        ({"$type": ["Date"], "_value": "2024-01-01"}, 202),  # as one of any other type that there is not
        ({"$type": {}, "_value": 1}, 202),
    ],
)
def test_typed_values_that_are_none(client: httpx.Client, value: dict[str, Any], status: int) -> None:
    content = json.dumps({"statement": "RETURN $p AS p", "parameters": {"p": value}})
    headers = {"Content-Type": "application/vnd.neo4j.query"}
    reply = client.post("/db/neo4j/query/v2", content=content.replace("Infinity", "1e999"), headers=headers)
    assert reply.status_code == status, reply.text


def test_explain_runs_nothing_and_says_what_the_guard_says(client: httpx.Client) -> None:
    found = client.post("/v1/cypher/explain", json={"statement": "MATCH (n:Company) RETURN n.id"}).json()
    assert (found["allowed"], found["query_type"]) == (True, "r")
    assert found["plan"]
    refused = client.post("/v1/cypher/explain", json={"statement": "MATCH (n) DETACH DELETE n"}).json()
    assert (refused["allowed"], refused["query_type"]) == (False, None)
    assert refused["reason"]
    assert client.post("/v1/cypher/explain", json={"statement": "MATCH ("}).status_code == 400


def test_queries_that_come_with_the_program_run(client: httpx.Client) -> None:
    for query in client.get("/v1/queries").json()["items"]:
        reply = client.post(f"/v1/queries/{query['name']}/run", json={})
        assert reply.status_code == 200, reply.text
        assert reply.json()["rows"], query["name"]
    run = client.post("/v1/queries/partners-of/run", json={"parameters": {"name": "Bosch"}}).json()
    assert [row[0] for row in run["rows"]] == ["Alibaba"]


def test_queries_are_kept_replaced_and_forgotten(seeded: Store, tmp_path: Path) -> None:
    settings = Settings(graph=str(tmp_path / "graph"))
    query = {
        "name": "how-many",
        "statement": "MATCH (e:Entity) WHERE $kind IN e.kinds RETURN count(e)",
        "parameters": {},
    }
    with serving(create_app(seeded, settings, ServiceSettings(page=None))) as address:
        assert httpx.post(f"{address}/v1/queries", json=query).status_code == 201
        assert httpx.post(f"{address}/v1/queries", json=query | {"about": "counts"}).status_code == 200
        hostile = query | {"statement": "MATCH (e) DETACH DELETE e"}
        assert httpx.post(f"{address}/v1/queries", json=hostile).status_code == 403
        assert httpx.post(f"{address}/v1/queries", json=query | {"name": "rumours"}).status_code == 409
        assert httpx.post(f"{address}/v1/queries/how-many/run", json={}).status_code == 400
    with serving(create_app(seeded, settings, ServiceSettings(page=None))) as address:
        run = httpx.post(f"{address}/v1/queries/how-many/run", json={"parameters": {"kind": "Person"}})
        assert run.json()["rows"][0][0] > 10
        assert httpx.delete(f"{address}/v1/queries/how-many").status_code == 204
        assert httpx.delete(f"{address}/v1/queries/how-many").status_code == 404
        assert httpx.delete(f"{address}/v1/queries/rumours").status_code == 409


def test_neo4js_own_door(client: httpx.Client) -> None:
    body = {"statement": "MATCH (n:Company {id: $id}) RETURN n, n.name AS name", "parameters": {"id": "bosch"}}
    reply = client.post("/db/neo4j/query/v2", json=body)
    assert reply.status_code == 202
    assert reply.json()["data"]["fields"] == ["n", "name"]
    node, name = reply.json()["data"]["values"][0]
    assert (node["properties"]["id"], name) == ("bosch", "Bosch")
    assert sorted(node["labels"]) == ["Company", "Entity"]
    wrong = client.post("/db/neo4j/query/v2", json={"statement": "MATCH ("})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (400, "Neo.ClientError.Statement.SyntaxError")
    write = client.post("/db/neo4j/query/v2", json={"statement": "CREATE (n)", "accessMode": "Write"})
    assert write.json()["errors"][0]["code"] == "Neo.ClientError.Security.Forbidden"
    assert client.post("/db/other/query/v2", json=body).status_code == 404


def test_typed_values_at_neo4js_own_door(client: httpx.Client) -> None:
    body = {
        "statement": "RETURN $i AS i, 1.5 AS f, null AS n, date('2024-05-17') AS d, [true] AS l, {a: 'x'} AS m",
        "parameters": {"i": {"$type": "Integer", "_value": "9007199254740993"}},
    }
    headers = {"Accept": "application/vnd.neo4j.query.v1.1, application/json"}
    reply = client.post("/db/neo4j/query/v2", json=body, headers=headers)
    assert reply.headers["content-type"].startswith("application/vnd.neo4j.query.v1.1")
    assert reply.json()["data"]["values"][0] == [
        {"$type": "Integer", "_value": "9007199254740993"},
        {"$type": "Float", "_value": "1.5"},
        {"$type": "Null", "_value": None},
        {"$type": "Date", "_value": "2024-05-17"},
        {"$type": "List", "_value": [{"$type": "Boolean", "_value": True}]},
        {"$type": "Map", "_value": {"a": {"$type": "String", "_value": "x"}}},
    ]


@pytest.mark.parametrize("statement", [" ", "\n", "// nothing", "/* nothing */", ";"])
def test_a_statement_of_nothing_cannot_be_read(client: httpx.Client, statement: str) -> None:
    reply = client.post("/v1/cypher", json={"statement": statement})
    assert (reply.status_code, reply.json()["title"]) == (400, "The statement cannot be read")
