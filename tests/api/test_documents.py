"""Documents over HTTP: loaded once, seen with their claims, withdrawn without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.graph.seeds import content

if TYPE_CHECKING:
    import httpx

    from graph.store import Store

TEXT = "2031 年 4 月，云岚科技宣布与青禾农业合作，用无人机巡田。云岚科技的首席执行官是陆一鸣。"


def claim(subject: str, predicate: str, object_: str, quote: str, **attributes: str) -> dict[str, Any]:
    kinds = {"陆一鸣": "person"}
    ends = ({"id": name, "kind": kinds.get(name, "company"), "names": [name]} for name in (subject, object_))
    start = TEXT.index(quote)
    return {
        "subject": next(ends),
        "predicate": predicate,
        "object": next(ends),
        "attributes": attributes,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }


CLAIMS = [
    claim("云岚科技", "PARTNERS_WITH", "青禾农业", "云岚科技宣布与青禾农业合作", status="announced", date="2031-04"),
    claim("陆一鸣", "HOLDS_ROLE_AT", "云岚科技", "云岚科技的首席执行官是陆一鸣", role="CEO"),
]
BODY = {"text": TEXT, "name": "yunlan.txt", "title": "云岚与青禾", "date": "2031-04", "claims": CLAIMS}


def test_a_text_is_loaded_seen_and_withdrawn(client: httpx.Client, seeded: Store) -> None:
    before = content(seeded)
    preview = client.post("/v1/documents?dry_run=true", json=BODY)
    assert preview.status_code == 200
    assert preview.json()["change"]["claims"] == 2
    assert content(seeded) == before

    loaded = client.post("/v1/documents", json=BODY)
    assert loaded.status_code == 201
    document = loaded.json()["documents"][0]
    assert (document["title"], document["date"], document["language"]) == ("云岚与青禾", "2031-04", "zh-Hans")
    text = client.get(f"/v1/documents/{document['id']}").json()["text"]
    assert text == TEXT
    assert {text[c["start"] : c["end"]] for c in loaded.json()["claims"]} == {c["quote"] for c in CLAIMS}
    assert {e["name"] for e in loaded.json()["change"]["entities"]} >= {"云岚科技", "青禾农业", "陆一鸣"}

    again = client.post("/v1/documents", json=BODY)
    assert again.status_code == 200
    assert again.json()["change"]["claims"] == 0

    seen = client.delete(f"/v1/documents/{document['id']}?dry_run=true").json()
    assert {r["predicate"] for r in seen["relations_gone"]} >= {"PARTNERS_WITH", "HOLDS_ROLE_AT"}
    assert {r["from"]["name"] for r in seen["relations_gone"]} >= {"陆一鸣"}
    gone = client.delete(f"/v1/documents/{document['id']}").json()
    assert {**gone, "dry_run": True} == seen
    assert content(seeded) == before
    assert client.delete(f"/v1/documents/{document['id']}").status_code == 404


def test_a_file_is_loaded_as_it_is(client: httpx.Client) -> None:
    text = "---\ntitle: Two firms\ndate: 2031-05\n---\nNothing is said here.\n"
    reply = client.post("/v1/documents", files={"file": ("two.md", text.encode())}, data={"read": "false"})
    assert reply.status_code == 201, reply.text
    document = reply.json()["documents"][0]
    assert (document["name"], document["title"], document["date"]) == ("two.md", "Two firms", "2031-05")
    assert client.get(f"/v1/documents/{document['id']}").json()["text"] == text
    assert client.delete(f"/v1/documents/{document['id']}").status_code == 200


def test_what_cannot_be_loaded_is_told_and_nothing_is_kept(client: httpx.Client) -> None:
    documents = client.get("/v1/counts").json()["documents"]
    wrong = [{**CLAIMS[0], "quote": "something else"}]
    tried: list[tuple[dict[str, Any], int, str]] = [
        ({"json": {"text": ""}}, 422, "text"),
        ({"json": {"text": " \n "}}, 422, "text"),
        ({"json": {"text": TEXT, "when": "now"}}, 422, "when"),
        ({"json": {"text": TEXT, "date": "soon"}}, 422, "date"),
        ({"json": {"text": TEXT, "name": "../x"}}, 422, "name"),
        ({"json": {"text": TEXT, "name": "长" * 201}}, 422, "name"),
        ({"json": {"text": TEXT, "claims": wrong}}, 422, "claims.0.quote"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "body"),
        ({"files": {"file": ("x.bin", b"\0\1\2")}}, 422, "file"),
        ({"files": {"file": ("x.txt", b"\xff\xfe\xfd")}}, 422, "file"),
        ({"files": {"other": ("x.txt", b"text")}}, 422, "file"),
        ({"content": b"text", "headers": {"Content-Type": "text/plain"}}, 415, ""),
    ]
    for request, status, field in tried:
        reply = client.post("/v1/documents", **request)
        assert reply.status_code == status, (request, reply.text)
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json().get("field", "") == field, (request, reply.text)
    assert client.get("/v1/counts").json()["documents"] == documents


def test_a_name_that_several_documents_bear_is_none_s(client: httpx.Client, seeded: Store) -> None:
    before = content(seeded)
    texts = [{**BODY, "text": f"{TEXT}{more}", "name": "twice.txt"} for more in ("", "\n")]
    ids = [client.post("/v1/documents", json=text).json()["documents"][0]["id"] for text in texts]
    for reply in (
        client.get("/v1/documents/twice.txt"),
        client.delete("/v1/documents/twice.txt"),
        client.get("/v1/claims?document=twice.txt"),
    ):
        assert (reply.status_code, sorted(reply.json()["candidates"])) == (409, sorted(ids))
    assert client.delete(f"/v1/documents/{ids[0]}").status_code == 200
    assert client.get("/v1/documents/twice.txt").json()["id"] == ids[1]
    assert client.delete("/v1/documents/twice.txt").status_code == 200
    assert content(seeded) == before


def test_claims_are_found_by_the_name_of_their_document(client: httpx.Client) -> None:
    id_ = client.get("/v1/documents/roles.csv").json()["id"]
    by_name, by_id = (client.get("/v1/claims", params={"document": word}).json() for word in ("roles.csv", id_))
    assert (by_name, by_name["total"]) == (by_id, 29)
    assert client.get("/v1/claims", params={"document": "no-such.csv"}).status_code == 404


def test_what_is_understood_otherwise_than_written_is_told(client: httpx.Client) -> None:
    claims = [CLAIMS[0], {**CLAIMS[1], "start": 3, "attributes": {"role": "CEO", "start": "2024-02-30"}}]
    reply = client.post("/v1/documents?dry_run=true", json={**BODY, "claims": claims})
    assert reply.status_code == 200
    notes = reply.json()["notes"]
    assert {note["field"] for note in notes} == {"claims.1.start", "claims.1.attributes.start"}
    assert not any(note["refused"] for note in notes)
