import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Judgement, Side
from graph.ontology import Ontology
from loaders.judgementsfile import judgement_record, read_judgements
from loaders.problems import Problem


def read(path: Path, ontology: Ontology, *records: Any) -> list[Judgement | Problem]:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return list(read_judgements(path, ontology))


def test_same_is_one_judgement(tmp_path: Path, ontology: Ontology) -> None:
    about = {"reason": "spellings", "author": "seeds", "at": "2026-11-22"}
    record = {"verdict": "same", "kind": "company", "names": ["阿里巴巴", "Alibaba", "Alibaba"], **about}
    sides = (Side("阿里巴巴", "Company"), Side("Alibaba", "Company"))
    assert read(tmp_path / "j.jsonl", ontology, record) == [Judgement("same", sides, **about)]


def test_not_same_is_one_for_each_pair(tmp_path: Path, ontology: Ontology) -> None:
    found = read(tmp_path / "j.jsonl", ontology, {"verdict": "not_same", "names": ["A", "B", "C"], "document": "a.txt"})
    pairs = [{side.name for side in item.sides} for item in found if isinstance(item, Judgement)]
    assert pairs == [{"A", "B"}, {"A", "C"}, {"B", "C"}]
    assert isinstance(found[0], Judgement)
    assert {side.document for side in found[0].sides} == {"a.txt"}


def test_sides_tell_homonyms_apart(tmp_path: Path, ontology: Ontology) -> None:
    sides = [{"name": "李伟", "document": "a.txt"}, {"name": "李伟", "document": "b.txt", "kind": "person"}]
    found = read(tmp_path / "j.jsonl", ontology, {"verdict": "not_same", "sides": sides})
    assert found == [Judgement("not_same", (Side("李伟", None, "a.txt"), Side("李伟", "Person", "b.txt")))]
    assert isinstance(found[0], Judgement)
    assert read(tmp_path / "k.jsonl", ontology, judgement_record(found[0])) == found


def test_broken_lines_and_unknown_fields(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text('{"verdict"\n{"verdict": "same", "names": ["A", "B"], "extra": 1}\n', encoding="utf-8")
    broken, note, judgement = read_judgements(path, ontology)
    assert isinstance(broken, Problem)
    assert (broken.line, broken.refused) == (1, True)
    assert note == Problem(str(path), 2, "extra", "unknown field, passed over", refused=False)
    assert judgement == Judgement("same", (Side("A"), Side("B")))


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"verdict": "maybe", "names": ["A", "B"]}, "verdict"),
        ({"names": ["A", "B"]}, "verdict"),
        ({"verdict": ["same"], "names": ["A", "B"]}, "verdict"),
        ({"verdict": "same", "names": ["A"]}, "names"),
        ({"verdict": "same", "names": ["A", "A "]}, "names"),
        ({"verdict": "same", "names": "AB"}, "names"),
        ({"verdict": "same", "names": ["A", 5]}, "name"),
        ({"verdict": "same", "names": ["A", ""]}, "names"),
        ({"verdict": "same", "names": ["A", "B"], "kind": "firm"}, "kind"),
        ({"verdict": "same", "names": ["A", "B"], "reason": 5}, "reason"),
        ({"verdict": "same", "sides": ["A", "B"]}, "sides"),
        ({"verdict": "same", "names": [f"n{i}" for i in range(201)]}, "names"),
    ],
)
def test_refused_with_the_field(tmp_path: Path, ontology: Ontology, record: dict[str, Any], field: str) -> None:
    good = {"verdict": "unsure", "names": ["A", "B"]}
    found = read(tmp_path / "j.jsonl", ontology, good, record, good)
    problems = [item for item in found if isinstance(item, Problem)]
    assert len(found) == 3
    assert [(problem.line, problem.field, problem.refused) for problem in problems] == [(2, field, True)]


@given(
    record=st.dictionaries(
        st.sampled_from(["verdict", "names", "sides", "kind", "document", "reason", "at", "else"]),
        st.recursive(
            st.sampled_from(["same", "not_same", "person", "A", "", None, 5]),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "kind"]), inner),
            max_leaves=8,
        ),
    )
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_is_a_judgement_or_a_problem(tmp_path: Path, ontology: Ontology, record: dict[str, Any]) -> None:
    good = {"verdict": "same", "names": ["first", "second"]}
    found = read(tmp_path / "j.jsonl", ontology, record, good)
    assert found[-1] == Judgement("same", (Side("first"), Side("second")))
    assert len(found) > 1
