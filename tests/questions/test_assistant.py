"""The optional assistant against a small server of our own: it may say what is meant, never what is answered."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import questions
from graph.store import Store
from tests.languagemodel import Stand, served


class Model(Stand):
    """A model that answers with a meaning."""

    def says(self, **meaning: object) -> None:
        self.says_json(meaning)


@pytest.fixture
def stand() -> Iterator[Model]:
    with served(Model()) as kept:
        yield kept


def asked_of(stand: Model, store: Store, question: str) -> questions.Answer:
    return questions.answer(store, question, assistant=questions.Assistant(stand.address, "m"))


def test_a_meaning_it_gives_is_answered_from_the_graph(seeded: Store, stand: Model) -> None:
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
def test_a_meaning_that_is_none_of_ours_is_not_used(seeded: Store, stand: Model, meaning: dict[str, Any]) -> None:
    stand.says(**meaning)
    assert not asked_of(stand, seeded, "Kindly unriddle who sits atop Amap").answered


def test_it_is_not_asked_where_the_grammar_answers(seeded: Store, stand: Model) -> None:
    assert asked_of(stand, seeded, "Who founded Alibaba?").answered
    assert stand.asked == []


def test_words_that_are_no_meaning_are_an_error(seeded: Store, stand: Model) -> None:
    stand.answer = json.dumps({"choices": [{"message": {"content": "It is Guo Ning."}}]})
    with pytest.raises(questions.AssistantError, match="did not answer with JSON"):
        asked_of(stand, seeded, "Kindly unriddle who sits atop Amap")


def test_no_server_is_an_error(seeded: Store) -> None:
    with pytest.raises(questions.AssistantError, match="http"):
        questions.answer(seeded, "Kindly unriddle", assistant=questions.Assistant("ftp://x", "m"))
