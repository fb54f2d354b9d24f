"""Questions written without trying them, over annotated documents or the seeds; only the known ones are missed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import questions
from graph.engines import Engine
from graph.model import Claim, Document, Judgement, Referent
from graph.ontology import load_ontology
from graph.store import Load, Store
from tests.graph.seeds import seeds
from training.marked import parse

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "questions"
ENDS = re.compile(r"[。！？!?][”」』]?|\.(?=[”\"]?\s)|\n")


def quoted(text: str, gold: dict[str, Any], fact: dict[str, Any]) -> tuple[int, int]:
    """Where the words of a fact stand; else the sentences from one mention of its ends to the nearest of the other."""
    if "evidence" in fact:
        start = text.index(fact["evidence"])
        return start, start + len(fact["evidence"])
    ones, others = ([m for m in gold["mentions"] if m["id"] == fact[end]] for end in ("s", "o"))
    pairs = [(abs(a["start"] - b["start"]), a, b) for a in ones for b in others]
    _, a, b = min(pairs, key=lambda pair: (pair[0], pair[1]["start"]))
    ends = [match.end() for match in ENDS.finditer(text)]
    start = max([end for end in ends if end <= min(a["start"], b["start"])], default=0)
    stop = min([end for end in ends if end >= max(a["end"], b["end"])], default=len(text))
    said = text[start:stop]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())


def annotated(name: str) -> tuple[str, dict[str, Any]]:
    """The text of a document and its annotation: one kept beside the questions, or one marked for training."""
    kept = CASES / "documents" / f"{name}.json"
    if kept.exists():
        gold = json.loads(kept.read_text(encoding="utf-8"))
        return gold["text"], gold
    return parse((ROOT / "training" / "documents" / f"{name}.txt").read_text(encoding="utf-8"), name)


def told(name: str) -> tuple[Load, dict[str, list[str]]]:
    """An annotated document as a load, and the names of its entities."""
    text, gold = annotated(name)
    document = Document.of(f"{name}.txt", text)
    named = {e["id"]: Referent(e["id"], e["kind"].capitalize(), tuple(e["names"])) for e in gold["entities"]}
    claims = []
    for fact in gold["facts"]:
        start, stop = quoted(text, gold, fact)
        attributes = {key: value for key, value in fact["attrs"].items() if key != "status"}
        one, other = named[fact["s"]], named[fact["o"]]
        status = fact["attrs"].get("status")
        claims.append(
            Claim(
                document.id, one, fact["p"], other, text[start:stop], start, stop, attributes, *filter(None, [status])
            )
        )
    return Load(document, tuple(claims)), {id_: list(one.names) for id_, one in named.items()}


def of_the_seeds() -> tuple[tuple[Load, ...], tuple[Judgement, ...], dict[str, list[str]]]:
    """The seeds as loads and judgements, and every name their claims give to an entity, by the id in the claims."""
    loads, judgements = seeds()
    ends = [end for load in loads for claim in load.claims for end in (claim.subject, claim.object)]
    names: dict[str, set[str]] = {}
    for end in ends:
        names.setdefault(end.id, set()).update(end.names)
    return loads, judgements, {id_: sorted(one) for id_, one in names.items()}


def right(found: questions.Answer, case: dict[str, Any], names: dict[str, list[str]]) -> bool:
    expected = case.get("expect")
    if expected is None or not found.answered:
        return (expected is None) is not found.answered
    have = [set(one.names) for one in found.entities]
    wanted = [set(names[id_]) for id_ in expected.get("entities", ())]
    spared = [set(names[id_]) for id_ in expected.get("accepted", ())]
    if not wanted:
        value = expected["value"]
        return found.value is value if isinstance(value, bool) else str(value) in f"{found.value} {found.answer}"
    whole = all(any(one & other for other in have) for one in wanted)
    extra = [one for one in have if not any(one & other for other in (*wanted, *spared))]
    return whole and (not extra or "path" in expected)


@pytest.mark.parametrize("name", ["unseen_first", "unseen_second", "unseen_third", "unseen_fourth", "unseen_fifth"])
def test_only_those_are_missed_that_are_known_to_be(embedded: Engine, name: str) -> None:
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    store = Store(embedded, load_ontology())
    store.prepare()
    loads: list[Load] = []
    judgements: list[Judgement] = []
    names = {}
    for document in dict.fromkeys(case["document"] for case in cases):
        if document == "seeds":
            more, judged, names[document] = of_the_seeds()
            loads += more
            judgements += judged
        else:
            load, names[document] = told(document)
            loads.append(load)
    store.add(loads, judgements)
    missed = [
        c["question"] for c in cases if not right(questions.answer(store, c["question"]), c, names[c["document"]])
    ]
    assert missed == [case["question"] for case in cases if case.get("missed")]
