"""The optional assistant against a small server of our own: its words must stand in the text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from graph.model import Document
from loaders.assistant import Assistant, AssistantError

DOCUMENT = Document.of("one.txt", "阿里巴巴與蘋果合作。 Acme bought Bolt 🙂 last year.")
GOOD = {
    "subject": {"name": "Acme", "kind": "company"},
    "predicate": "ACQUIRED",
    "object": {"name": "Bolt", "kind": "company"},
    "status": "completed",
    "quote": "Acme bought Bolt 🙂",
}


@dataclass
class Stand:
    """A server that gives one answer and keeps what it was asked."""

    answer: str = ""
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    address: str = ""

    def says(self, *claims: object) -> None:
        content = json.dumps({"claims": list(claims)}, ensure_ascii=False)
        self.answer = json.dumps({"choices": [{"message": {"content": f"Here: {content}"}}]})


@pytest.fixture
def stand() -> Iterator[Stand]:
    kept = Stand()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            kept.keys.append(self.headers.get("Authorization"))
            self.send_response(kept.status)
            self.end_headers()
            self.wfile.write(kept.answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_claim_whose_words_stand_in_the_text_is_kept(stand: Stand) -> None:
    stand.says(GOOD)
    [claim] = Assistant(stand.address, "m", "secret")(DOCUMENT)
    assert DOCUMENT.text[claim.start : claim.end] == claim.quote == GOOD["quote"]
    assert (claim.subject.names, claim.predicate, claim.object.names) == (("Acme",), "ACQUIRED", ("Bolt",))
    assert (claim.method, claim.status) == ("assistant", "completed")
    assert stand.keys == ["Bearer secret"]
    assert "阿里巴巴與蘋果合作" in stand.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Acme  bought Bolt"},
        {"quote": "阿里巴巴与苹果合作"},
        {"quote": ""},
        {"quote": 3},
        {"predicate": "MARRIED_TO"},
        {"predicate": "FAMILY_OF"},
        {"subject": {"name": "Zinc", "kind": "company"}},
        {"subject": {"name": "Bolt", "kind": "company"}},
        {"subject": "Acme"},
        {"object": {"name": "Bolt", "kind": "city"}},
    ],
)
def test_a_claim_that_the_text_does_not_bear_out_is_thrown_away(stand: Stand, change: dict[str, Any]) -> None:
    stand.says({**GOOD, **change}, "no claim")
    assert Assistant(stand.address, "m")(DOCUMENT) == []


def test_a_status_of_its_own_is_left_out(stand: Stand) -> None:
    stand.says({**GOOD, "status": "maybe"})
    [claim] = Assistant(stand.address, "m")(DOCUMENT)
    assert claim.status is None


@pytest.mark.parametrize("answer", ["", "no json", '{"choices": []}', '{"choices": [{"message": {"content": "no"}}]}'])
def test_an_answer_of_another_shape_is_an_error_of_ours(stand: Stand, answer: str) -> None:
    stand.answer = answer
    with pytest.raises(AssistantError, match="did not answer with JSON"):
        Assistant(stand.address, "m")(DOCUMENT)


def test_a_refusal_is_an_error_of_ours(stand: Stand) -> None:
    stand.status = 500
    with pytest.raises(AssistantError, match="no answer from"):
        Assistant(stand.address, "m")(DOCUMENT)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(AssistantError, match="must begin with http"):
        Assistant("file:///etc/hosts", "m")(DOCUMENT)
