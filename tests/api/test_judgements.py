"""Judgements over HTTP: previewed, recorded, followed by a redirect, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.graph.seeds import content

if TYPE_CHECKING:
    import httpx

    from graph.store import Store


def test_a_judgement_is_previewed_recorded_and_taken_back(client: httpx.Client, seeded: Store) -> None:
    before = content(seeded)
    body = {"verdict": "same", "left": "google", "right": "OpenAI", "reason": "only to see it", "author": "a test"}
    preview = client.post("/v1/judgements?dry_run=true", json=body)
    assert preview.status_code == 200
    assert content(seeded) == before
    gone = {entity["id"] for entity in preview.json()["change"]["entities_gone"]}
    assert len(gone & {"google", "openai"}) == 1

    recorded = client.post("/v1/judgements", json=body)
    assert recorded.status_code == 201
    (old,) = gone & {"google", "openai"}
    (new,) = {"google", "openai"} - gone
    moved = client.get(f"/v1/entities/{old}/relations?limit=1")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/entities/{new}/relations?limit=1")
    assert moved.json()["id"] == new
    assert client.get(f"/v1/entities/{old}", follow_redirects=True).json()["id"] == new
    assert client.get(f"/v1/connections?from={old}&to=apple").status_code == 200

    newest = client.get("/v1/judgements?limit=1").json()["items"][0]
    assert (newest["reason"], newest["author"], newest["verdict"]) == ("only to see it", "a test", "same")
    assert newest["left"]["id"] == newest["right"]["id"] == new
    (id_,) = recorded.json()["items"]
    assert client.delete(f"/v1/judgements/{id_}?dry_run=true").json()["dry_run"] is True
    assert client.delete(f"/v1/judgements/{id_}").status_code == 200
    assert content(seeded) == before
    assert client.delete(f"/v1/judgements/{id_}").status_code == 404


def test_judgements_are_listed_part_by_part(client: httpx.Client) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        page = client.get("/v1/judgements", params={"limit": 20, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]


def test_bad_judgements_are_refused(client: httpx.Client) -> None:
    for body, field in (
        ({"verdict": "same", "left": "alibaba"}, "right"),
        ({"verdict": "same", "left": "alibaba", "right": "alibaba"}, "right"),
        ({"verdict": "same", "names": ["one"]}, "names"),
        ({"verdict": "same", "names": ["one", "two"], "kind": "animal"}, "kind"),
    ):
        reply = client.post("/v1/judgements", json=body)
        assert (reply.status_code, reply.json()["field"]) == (422, field), reply.text
    assert client.post("/v1/judgements", json={"verdict": "perhaps"}).status_code == 422
    assert client.post("/v1/judgements", json={"verdict": "same", "left": "nobody", "right": "x"}).status_code == 404


def test_suggestions_are_pairs_that_nobody_has_judged(client: httpx.Client) -> None:
    items = client.get("/v1/judgements/suggestions").json()["items"]
    assert all(item["left"]["id"] != item["right"]["id"] and item["reasons"] for item in items)
    assert [item["score"] for item in items] == sorted((item["score"] for item in items), reverse=True)


@pytest.mark.parametrize(("first", "second"), [("not_same", "same"), ("same", "not_same")])
def test_a_judgement_that_says_the_opposite_of_another_is_told_so(
    client: httpx.Client, seeded: Store, first: str, second: str
) -> None:
    before = content(seeded)
    pair = {"names": ["Google", "OpenAI"], "kind": "company"}
    kept = client.post("/v1/judgements", json={"verdict": first, **pair, "author": "one"}).json()
    told = client.post("/v1/judgements", json={"verdict": second, **pair, "author": "two"})
    others = client.post("/v1/judgements?dry_run=true", json={"verdict": second, "names": ["Google", "Bosch"]}).json()
    for id_ in (*kept["items"], *told.json()["items"]):
        assert client.delete(f"/v1/judgements/{id_}").status_code == 200
    assert told.status_code == 201
    assert kept["contradicts"] == others["contradicts"] == []
    assert [(one["id"], one["verdict"], one["author"]) for one in told.json()["contradicts"]] == [
        (kept["items"][0], first, "one")
    ]
    assert content(seeded) == before
