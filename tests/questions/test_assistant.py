"""The optional assistant against a small server of our own: it may say what is meant, never what is answered."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

import questions
from graph.store import Store


@dataclass
class Stand:
    """A server that gives one answer and keeps what it was asked."""

    answer: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def says(self, **meaning: object) -> None:
        content = f"Here: {json.dumps(meaning)}"
        self.answer = json.dumps({"choices": [{"message": {"content": content}}]})


@pytest.fixture
def stand() -> Iterator[Stand]:
    kept = Stand()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
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


def asked_of(stand: Stand, store: Store, question: str) -> questions.Answer:
    return questions.answer(store, question, assistant=questions.Assistant(stand.address, "m"))


def test_a_meaning_it_gives_is_answered_from_the_graph(seeded: Store, stand: Stand) -> None:
    question = "Kindly unriddle who sits atop Amap"
    assert not questions.answer(seeded, question).answered
    stand.says(ask="list", predicate="HOLDS_ROLE_AT", subject=None, object="Amap", role="ceo")
    found = asked_of(stand, seeded, question)
    assert [one.id for one in found.entities] == ["guo-ning"]
    assert {claim.claim for claim in found.claims} <= {row[0] for row in seeded.rows(found.cypher)}
    assert question in stand.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize(
    "meaning",
    [
        {"ask": "list", "predicate": "OWNS", "subject": "Zorblax", "object": None},
        {"ask": "list", "predicate": "ADMIRES", "subject": "Amap", "object": None},
        {"ask": "poem", "predicate": "OWNS", "subject": "Amap", "object": None},
        {"ask": "list", "predicate": "OWNS", "subject": None, "object": None},
        {},
    ],
)
def test_a_meaning_that_is_none_of_ours_is_not_used(seeded: Store, stand: Stand, meaning: dict[str, Any]) -> None:
    stand.says(**meaning)
    assert not asked_of(stand, seeded, "Kindly unriddle who sits atop Amap").answered


def test_it_is_not_asked_where_the_grammar_answers(seeded: Store, stand: Stand) -> None:
    assert asked_of(stand, seeded, "Who founded Alibaba?").answered
    assert stand.asked == []


def test_words_that_are_no_meaning_are_an_error(seeded: Store, stand: Stand) -> None:
    stand.answer = json.dumps({"choices": [{"message": {"content": "It is Guo Ning."}}]})
    with pytest.raises(questions.AssistantError, match="did not answer with JSON"):
        asked_of(stand, seeded, "Kindly unriddle who sits atop Amap")


def test_no_server_is_an_error(seeded: Store) -> None:
    with pytest.raises(questions.AssistantError, match="http"):
        questions.answer(seeded, "Kindly unriddle", assistant=questions.Assistant("ftp://x", "m"))
