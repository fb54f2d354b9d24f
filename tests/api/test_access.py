"""Keys: made, shown once, hashed at rest, revoked at once; roles, the limit of requests, and the audit log."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from api.access import Allowance, role_for
from api.app import create_app
from api.errors import Refused
from api.keys import KeyFile
from api.settings import ServiceSettings
from graph.errors import BadInput, BadSettings, Conflict, NotFound
from graph.settings import Settings
from tests.api.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.store import Store


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys" / "keys.jsonl")


@pytest.fixture
def guarded(seeded: Store, keys: KeyFile, tmp_path: Path) -> Iterator[httpx.Client]:
    keys.add("first", "admin")
    service = ServiceSettings(page=None, audit=tmp_path / "audit.jsonl")
    app = create_app(seeded, Settings(keys=keys.path), service, token="of the machine")
    with serving(app) as address, httpx.Client(base_url=address) as client:
        yield client


def bearer(word: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {word}"}


def test_a_key_is_hashed_at_rest_and_revoked_at_once(keys: KeyFile) -> None:
    word = keys.add("a reader", "reader")
    assert word not in keys.path.read_text()
    assert keys.path.stat().st_mode & 0o077 == 0
    assert keys.find(word) == keys.all()[0]
    assert keys.find(word + "x") is None
    with pytest.raises(Conflict):
        keys.add("a reader", "reader")
    keys.revoke("a reader")
    assert keys.find(word) is None
    with pytest.raises(NotFound):
        keys.revoke("a reader")


def test_a_bad_key_file_is_named_with_its_line(keys: KeyFile) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        keys.all()
    with pytest.raises(BadInput):
        keys.add("x", "king")
    keys.add("x", "reader")
    with keys.path.open("a") as file:
        file.write("nonsense\n")
    with pytest.raises(BadSettings, match="line 2"):
        keys.all()


def test_roles_may_do_what_they_may(guarded: httpx.Client, keys: KeyFile) -> None:
    reader, editor, admin = (bearer(keys.add(role, role)) for role in ("reader", "editor", "admin"))
    ask = {"statement": "RETURN 1"}
    judge = {"verdict": "same", "left": "google", "right": "openai"}
    for headers, expected in (
        ({}, (401, 401, 401, 401)),
        (bearer("gx_wrong"), (401, 401, 401, 401)),
        (reader, (200, 200, 403, 403)),
        (editor, (200, 200, 200, 403)),
        (admin, (200, 200, 200, 200)),
        (bearer("of the machine"), (200, 200, 200, 200)),
    ):
        replies = (
            guarded.get("/v1/search?q=a", headers=headers),
            guarded.post("/v1/cypher", json=ask, headers=headers),
            guarded.post("/v1/judgements?dry_run=true", json=judge, headers=headers),
            guarded.get("/metrics", headers=headers),
        )
        assert tuple(reply.status_code for reply in replies) == expected, headers
        refused = [reply for reply in replies if reply.is_error]
        assert all(reply.headers["content-type"] == "application/problem+json" for reply in refused)
    assert guarded.get("/v1/search?q=a", auth=("anyone", reader["Authorization"][7:])).status_code == 200
    assert "Bearer" in guarded.get("/v1/counts").headers["www-authenticate"]
    assert guarded.get("/healthz").status_code == guarded.get("/docs").status_code == 200


def test_a_revoked_key_is_refused_by_a_service_that_runs(guarded: httpx.Client, keys: KeyFile) -> None:
    word = keys.add("short", "reader")
    assert guarded.get("/v1/counts", headers=bearer(word)).status_code == 200
    keys.revoke("short")
    assert guarded.get("/v1/counts", headers=bearer(word)).status_code == 401


def written(log: Path) -> str:
    """What the log holds once it holds a line: it is written when the answer is on its way."""
    until = time.monotonic() + 10
    while not log.read_text().endswith("\n") and time.monotonic() < until:
        time.sleep(0.02)
    return log.read_text()


def test_the_audit_log_tells_who_ran_what_and_holds_no_secret(
    guarded: httpx.Client, keys: KeyFile, tmp_path: Path
) -> None:
    word = keys.add("asker", "reader")
    body = {"statement": "MATCH (n:Company {name: 'hidden'}) RETURN n, $p", "parameters": {"p": "unsaid"}}
    reply = guarded.post("/v1/cypher", json=body, headers=bearer(word))
    text = written(tmp_path / "audit.jsonl")
    line = json.loads(text.splitlines()[-1])
    assert (line["caller"], line["path"], line["status"]) == ("asker", "/v1/cypher", 200)
    assert line["request_id"] == reply.headers["x-request-id"]
    assert line["statement"] == "MATCH (n:Company {name: '...'}) RETURN n, $p"
    assert line["rows"] == 0
    assert not any(secret in text for secret in ("hidden", "unsaid", word))


def test_without_keys_only_this_machine_is_served(client: httpx.Client) -> None:
    assert client.get("/v1/counts").status_code == 200
    assert client.get("/v1/counts", headers={"Host": "elsewhere.example"}).status_code == 401


def test_requests_a_minute() -> None:
    now = 0.0
    allowance = Allowance(60, lambda: now)
    for _ in range(60):
        allowance.take("one")
    with pytest.raises(Refused) as refused:
        allowance.take("one")
    assert refused.value.headers == {"Retry-After": "2"}
    allowance.take("another")
    now = 1.0
    allowance.take("one")


def test_what_needs_which_role() -> None:
    assert role_for("GET", "/v1/claims") == role_for("POST", "/v1/cypher") == role_for("POST", "/v1/ask") == "reader"
    assert role_for("POST", "/v1/documents") == role_for("DELETE", "/v1/documents/x") == "editor"
    assert role_for("POST", "/v1/rebuild") == role_for("POST", "/v1/backups") == "admin"


FORM = {"file": ("note.txt", b"A note of nobody.", "text/plain")}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client: httpx.Client, headers: dict[str, str]) -> None:
    before = client.get("/v1/counts").json()
    for reply in (
        client.post("/v1/documents", files=FORM, headers=headers),
        client.post("/v1/rebuild", headers=headers),
        client.delete("/v1/documents/vivatech-2026-dialogue.md", headers=headers),
    ):
        assert (reply.status_code, reply.json()["title"]) == (403, "Not allowed")
    assert client.get("/v1/counts", headers=headers).json() == before


def test_the_page_served_here_and_programs_may_change_things(client: httpx.Client) -> None:
    here = str(client.base_url).rstrip("/")
    for headers in (
        {},
        {"Origin": here},
        {"Origin": here, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://public.example", "Sec-Fetch-Site": "same-origin"},  # a proxy gave it another Host
    ):
        reply = client.post("/v1/documents?dry_run=true", files=FORM, headers=headers)
        assert reply.status_code == 200, headers


def test_a_page_of_an_origin_that_is_named_may_change_things(seeded: Store) -> None:
    named = "https://friend.example"
    app = create_app(seeded, service=ServiceSettings(page=None, origins=(named,)))
    with serving(app) as address, httpx.Client(base_url=address) as client:
        replies = [
            client.post(
                "/v1/documents?dry_run=true", files=FORM, headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"}
            )
            for origin in (named, "https://elsewhere.example")
        ]
    assert [reply.status_code for reply in replies] == [200, 403]
