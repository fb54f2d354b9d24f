"""The optional assistant against a small server of our own: its words must stand in the text."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph.model import Document
from loaders.assistant import Assistant, AssistantError
from tests.languagemodel import Stand, served

DOCUMENT = Document.of("one.txt", "阿里巴巴與蘋果合作。 Acme bought Bolt 🙂 last year.")
GOOD = {
    "subject": {"name": "Acme", "kind": "company"},
    "predicate": "ACQUIRED",
    "object": {"name": "Bolt", "kind": "company"},
    "status": "completed",
    "quote": "Acme bought Bolt 🙂",
}


class Model(Stand):
    """A model that answers with claims."""

    def says(self, *claims: object) -> None:
        self.says_json({"claims": list(claims)})


@pytest.fixture
def stand() -> Iterator[Model]:
    with served(Model()) as kept:
        yield kept


def test_a_claim_whose_words_stand_in_the_text_is_kept(stand: Model) -> None:
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
def test_a_claim_that_the_text_does_not_bear_out_is_thrown_away(stand: Model, change: dict[str, Any]) -> None:
    stand.says({**GOOD, **change}, "no claim")
    assert Assistant(stand.address, "m")(DOCUMENT) == []


def test_a_status_of_its_own_is_left_out(stand: Model) -> None:
    stand.says({**GOOD, "status": "maybe"})
    [claim] = Assistant(stand.address, "m")(DOCUMENT)
    assert claim.status is None


@pytest.mark.parametrize("answer", ["", "no json", '{"choices": []}', '{"choices": [{"message": {"content": "no"}}]}'])
def test_an_answer_of_another_shape_is_an_error_of_ours(stand: Model, answer: str) -> None:
    stand.answer = answer
    with pytest.raises(AssistantError, match="did not answer with JSON"):
        Assistant(stand.address, "m")(DOCUMENT)


def test_a_refusal_is_an_error_of_ours(stand: Model) -> None:
    stand.status = 500
    with pytest.raises(AssistantError, match="no answer from"):
        Assistant(stand.address, "m")(DOCUMENT)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(AssistantError, match="must begin with http"):
        Assistant("file:///etc/hosts", "m")(DOCUMENT)
