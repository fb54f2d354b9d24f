"""Questions over the seeds: one meaning in ten wordings, what is not held, what a shared name may mean."""

import json
from pathlib import Path
from typing import Any

import pytest

import questions
from graph.errors import BadInput
from graph.model import Claim, Document, Judgement, Referent, Side
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.store import Load, Store
from questions.rows import literal

CASES = Path(__file__).parents[1] / "cases" / "questions"
PARAPHRASES: list[dict[str, Any]] = json.loads((CASES / "paraphrases.json").read_text(encoding="utf-8"))
UNANSWERABLE: list[str] = json.loads((CASES / "unanswerable.json").read_text(encoding="utf-8"))
AMBIGUOUS: list[dict[str, Any]] = json.loads((CASES / "ambiguous.json").read_text(encoding="utf-8"))
PART = 4  # on a server every fourth wording is asked: what is tested here is the reading of questions, not the engine


def fits(found: questions.Answer, expected: dict[str, Any]) -> bool:
    ids = sorted(one.id for one in found.entities)
    if "entities" in expected:
        return found.answered and ids == expected["entities"]
    if "among" in expected:
        return found.answered and set(expected["among"]) <= set(ids)
    wanted = expected["value"]
    same = found.value is wanted if isinstance(wanted, bool) else str(wanted) in str(found.value)
    return found.answered and same


@pytest.mark.parametrize("case", PARAPHRASES, ids=lambda case: case["wordings"][0])
def test_ten_wordings_have_one_answer(seeded: Store, engine_settings: Settings, case: dict[str, Any]) -> None:
    wordings = case["wordings"] if engine_settings.embedded else case["wordings"][::PART]
    wrong = {w: a.answer for w in wordings if not fits(a := questions.answer(seeded, w), case["expect"])}
    assert wrong == {}


def test_what_the_graph_does_not_hold_is_not_answered(seeded: Store) -> None:
    invented = {q: a.answer for q in UNANSWERABLE if (a := questions.answer(seeded, q)).answered}
    assert invented == {}


def test_every_answer_stands_on_claims_and_its_statement_gives_their_rows(seeded: Store) -> None:
    for case in PARAPHRASES[::4]:
        found = questions.answer(seeded, case["wordings"][0])
        assert found.cypher
        rows = {row[0] for row in seeded.rows(found.cypher)}
        assert {claim.claim for claim in found.claims} <= rows


def test_the_same_question_has_the_same_answer(seeded: Store) -> None:
    for case in PARAPHRASES[::8]:
        first, second = (questions.answer(seeded, case["wordings"][0]).as_dict() for _ in range(2))
        assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


def test_a_follow_up_takes_what_it_leaves_out_from_the_context(seeded: Store) -> None:
    first = questions.answer(seeded, "Who is the CEO of Amap?")
    second = questions.answer(seeded, "And who owns it?", context=first.context)
    assert [one.id for one in second.entities] == ["alibaba"]


def test_a_rumour_is_told_as_a_rumour(seeded: Store) -> None:
    found = questions.answer(seeded, "Does the iPhone use Qwen?")
    assert found.value is False
    assert found.answer.startswith("Only rumoured")


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_a_language_it_does_not_speak_is_refused(seeded: Store, language: str) -> None:
    with pytest.raises(BadInput, match="language"):
        questions.answer(seeded, "Who founded Alibaba?", language)


def test_an_empty_question_is_refused(seeded: Store) -> None:
    with pytest.raises(BadInput, match="empty"):
        questions.answer(seeded, "  ")


def test_values_written_into_a_statement_end_no_string() -> None:
    assert literal("O'Neil \\ x") == "'O\\'Neil \\\\ x'"


# Two people of one name in two documents, judged not to be one.
def namesakes(name: str, first: tuple[str, str], second: tuple[str, str]) -> tuple[list[Load], Judgement]:
    loads = []
    for place, (company, school) in enumerate((first, second)):
        text = f"{name} leads {company} and studied at {school}."
        document = Document.of(f"{name}-{place}.txt", text, date="2025-01-01")
        person = Referent("p", "Person", (name,))
        claims = tuple(
            Claim(document.id, person, predicate, Referent(predicate, "Company", (at,)), text, 0, len(text), attributes)
            for predicate, at, attributes in (
                ("HOLDS_ROLE_AT", company, {"role": "CEO", "current": True}),
                ("EDUCATED_AT", school, {}),
            )
        )
        loads.append(Load(document, claims))
    sides = tuple(Side(name, "Person", load.document.id) for load in loads)
    return loads, Judgement("not_same", sides, "two people of one name")


def test_a_shared_name_is_asked_back(embedded: Any) -> None:
    store = Store(embedded, load_ontology())
    store.prepare()
    for case in AMBIGUOUS:
        loads, judgement = namesakes(case["name"], tuple(case["one"]), tuple(case["other"]))
        store.add(loads, [judgement])
    for case in AMBIGUOUS:
        for question in case["wordings"]:
            found = questions.answer(store, question)
            assert not found.answered, question
            assert len(found.ambiguous) == 2, question
