"""The graph in the forms of others: each is read back, and says what the graph says."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.model import Document
from graph.ontology import load_ontology
from graph.store import Store
from tests.api.conftest import serving

if TYPE_CHECKING:
    from graph.engines import Engine

ENDS = ("owner", "asset", "employee", "employer", "person", "relative", "member", "organization", "subject", "object")
SYMMETRIC = ("partners_with", "competes_with", "family_of", "affiliated_with")
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def counts(client: httpx.Client) -> tuple[int, int]:
    statement = "MATCH (e:Entity) OPTIONAL MATCH (e)-[r]->(:Entity) RETURN count(DISTINCT e), count(r)"
    entities, relations = client.post("/v1/cypher", json={"statement": statement}).json()["rows"][0]
    return entities, relations


def test_graphml(client: httpx.Client) -> None:
    root = ET.fromstring(client.get("/v1/export?format=graphml").content)
    nodes, edges = root.findall(f".//{GRAPHML}node"), root.findall(f".//{GRAPHML}edge")
    assert (len(nodes), len(edges)) == counts(client)
    known = {node.get("id") for node in nodes}
    assert all(edge.get("source") in known and edge.get("target") in known for edge in edges)
    told = [{one.get("key"): one.text for one in edge} for edge in edges]
    assert {edge.get("directed") for edge in edges} == {None}  # networkx refuses a graph of both kinds
    assert {one["edge_symmetric"] for one in told} == {"true", "false"}
    assert all((one["edge_predicate"].lower() in SYMMETRIC) == (one["edge_symmetric"] == "true") for one in told)


def test_jsonl_holds_every_document_claim_and_judgement(client: httpx.Client) -> None:
    records = [json.loads(line) for line in client.get("/v1/export?format=jsonl").text.splitlines()]
    held = client.get("/v1/counts").json()
    for kind in ("document", "claim", "judgement"):
        assert sum(kind in record for record in records) == held[f"{kind}s"]
    texts = {record["document"]["name"]: record["document"]["text"] for record in records if "document" in record}
    claims = [record["claim"] for record in records if "claim" in record]
    assert all(texts[c["document"]][c["start"] : c["end"]] == c["quote"] for c in claims)
    body = {f"{kind}s": [r[kind] for r in records if kind in r] for kind in ("document", "claim", "judgement")}
    again = client.post("/v1/import?dry_run=true", json=body, timeout=120).json()
    assert (again["documents"], again["claims"], again["judgements"]) == (0, 0, 0)


def test_jsonld_and_ftm(client: httpx.Client) -> None:
    things = client.get("/v1/export?format=jsonld&entity=bosch").json()["@graph"]
    assert {"guanxi:entity:bosch", "guanxi:entity:alibaba"} <= {thing["id"] for thing in things}
    assert any(thing.get("schema:text") for thing in things)
    found = [json.loads(line) for line in client.get("/v1/export?format=ftm&predicate=HOLDS_ROLE_AT").text.splitlines()]
    people = {one["id"] for one in found if one["schema"] == "Person"}
    jobs = [one for one in found if one["schema"] == "Employment"]
    assert jobs
    assert all(one["properties"]["employee"][0] in people for one in jobs)


def test_followthemoney_comes_back_as_it_went(client: httpx.Client, embedded: Engine) -> None:
    """Into an empty graph and out again: the same relations between the same names."""
    told = [json.loads(line) for line in client.get("/v1/export?format=ftm&entity=apple").text.splitlines()]
    store = Store(embedded, load_ontology())
    store.prepare()
    with serving(create_app(store, service=ServiceSettings(page=None))) as address:
        first = httpx.post(f"{address}/v1/import", json={"ftm": told}, timeout=300)
        assert first.status_code == 200, first.text
        again = httpx.post(f"{address}/v1/import", json={"ftm": told}, timeout=300).json()
        assert (again["documents"], again["claims"]) == (0, 0)
        claim = httpx.get(f"{address}/v1/claims?limit=1").json()["items"][0]
        text = httpx.get(f"{address}/v1/documents/{claim['document']['id']}").json()["text"]
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        back = [json.loads(line) for line in httpx.get(f"{address}/v1/export?format=ftm").text.splitlines()]
    assert relations(back) == relations(told)


def relations(entities: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """What is said of whom, by their names; what is derived from other claims is left out."""
    names = {one["id"]: one["properties"]["name"][0] for one in entities if "name" in one["properties"]}
    found = set()
    for one in entities:
        said = {name: values[0] for name, values in one["properties"].items() if values}
        ends = tuple(names[said.pop(name)] for name in ENDS if name in said)
        if len(ends) == 2 and said.get("role") not in ("party_to", "involves"):
            found.add(
                (one["schema"], frozenset(ends) if said.get("role") in SYMMETRIC else ends, tuple(sorted(said.items())))
            )
    return found


def test_followthemoney_that_cannot_be_taken(client: httpx.Client) -> None:
    for ftm, field in (
        ([{"id": "a"}], "ftm.0"),
        ([{"id": "a", "schema": "Person"}], "ftm"),
        ([{"id": "l", "schema": "Family", "properties": {"person": ["x"], "relative": ["y"]}}], "ftm.0.person"),
    ):
        reply = client.post("/v1/import?dry_run=true", json={"ftm": ftm})
        assert (reply.status_code, reply.json()["field"]) == (422, field)


def test_tables(client: httpx.Client) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/v1/export?format=csv").content))
    entities, relations = (
        list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8")))
        for name in ("entities.csv", "relations.csv")
    )
    assert (len(entities), len(relations)) == counts(client)
    assert {row[":START_ID"] for row in relations} <= {row["id:ID"] for row in entities}
    roles = [json.loads(row["attributes"]).get("role") for row in relations if row[":TYPE"] == "HOLDS_ROLE_AT"]
    assert any(roles)


@pytest.mark.parametrize("query", ["", "format=xml", "format=ftm&predicate=LOVES"])
def test_what_cannot_be_exported(client: httpx.Client, query: str) -> None:
    assert client.get(f"/v1/export?{query}").status_code == 422


def test_documents_of_one_name_are_brought_with_the_claims_of_each(client: httpx.Client) -> None:
    claim = {
        "subject": {"kind": "company", "names": ["Bosch"]},
        "predicate": "PARTNERS_WITH",
        "object": {"kind": "company", "names": ["Alibaba"]},
    }
    texts = ("Bosch works with Alibaba.", "Alibaba works with Bosch.")
    ids = [Document.of("a.txt", text).id for text in texts]
    body: dict[str, Any] = {"documents": [{"name": "a.txt", "text": text} for text in texts]}
    claims = [claim | {"quote": text, "document": id_} for text, id_ in zip(texts, ids, strict=True)]
    told = client.post("/v1/import?dry_run=true", json=body | {"claims": claims})
    assert (told.status_code, told.json()["documents"], told.json()["claims"]) == (200, 2, 2)
    unclear = client.post("/v1/import?dry_run=true", json=body | {"claims": [claims[0] | {"document": "a.txt"}]})
    assert (unclear.status_code, unclear.json()["field"]) == (422, "claims.0.document")
