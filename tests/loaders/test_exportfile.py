"""Exports: what one graph wrote out is the same graph when another loads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from api import writers
from graph.extract import Extract
from graph.model import Claim, Document, Judgement
from graph.ontology import load_ontology
from graph.reader import Reader
from graph.store import Load, Store
from loaders.exportfile import read_export
from loaders.load import Wanted, load
from loaders.problems import LIMITS, Limits, Problem
from tests.graph.seeds import content

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engines import Engine

DOCUMENT = {"name": "a.txt", "text": "Bosch works with Alibaba."}
CLAIM = {
    "document": "a.txt",
    "subject": {"kind": "company", "names": ["Bosch"]},
    "predicate": "PARTNERS_WITH",
    "object": {"kind": "company", "names": ["Alibaba"]},
    "quote": "Bosch works with Alibaba.",
    "start": 0,
    "end": 25,
}


def exported(store: Store) -> bytes:
    return b"".join(writers.jsonl(Reader(store.engine, store.ontology), Extract()))


def lines(tmp_path: Path, *records: object, limits: Limits = LIMITS) -> list[object]:
    path = tmp_path / "export.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return list(read_export(path, load_ontology(), limits))


def test_an_export_that_is_loaded_is_the_same_graph(seeded: Store, other: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    file.write_bytes(exported(seeded))
    report = load(other, Wanted((file,)))
    assert not report.problems
    assert content(other) == content(seeded)
    assert exported(other) == file.read_bytes()
    again = load(other, Wanted((file,))).effect
    assert (again.documents, again.claims, again.judgements) == (0, 0, 0)


def test_documents_of_one_name_keep_their_claims(other: Store, tmp_path: Path) -> None:
    for text in ("Bosch works with Alibaba.", "Bosch works with Apple."):
        document = Document.of("a.txt", text, title="A")
        found = lines(tmp_path, {"document": DOCUMENT | {"text": text}}, {"claim": CLAIM | {"quote": text}})
        other.add([Load(document, tuple(one for one in found if isinstance(one, Claim)))])
    file = tmp_path / "two.jsonl"
    file.write_bytes(exported(other))
    kept = content(other)
    other.engine.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n"))
    other.prepare()
    assert not load(other, Wanted((file,))).problems
    assert content(other) == kept


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([{"claim": CLAIM}], "stands before it"),
        ([{"document": DOCUMENT}, {"document": DOCUMENT | {"text": "Two."}}, {"claim": CLAIM}], "the name of 2"),
        ([{"document": DOCUMENT}, {"claim": CLAIM | {"quote": "Bosch and Alibaba"}}], "word for word"),
        ([{"document": {"name": "a.txt"}}], "document.text: a text was expected"),
        ([{"document": DOCUMENT | {"title": 3}}], "document.title: a text was expected"),
        ([{"document": DOCUMENT | {"date": "2024-13"}}], "document.date: a date as 2024"),
        ([{"document": DOCUMENT, "claim": CLAIM}], "one of document, claim, judgement"),
        ([{"judgement": {"verdict": "perhaps"}}], "verdict"),
        ([{"claim": "x"}], "an object was expected"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path: Path, records: list[object], reason: str) -> None:
    found = lines(tmp_path, *records, {"judgement": {"verdict": "same", "names": ["A", "B"]}})
    problems = [str(one) for one in found if isinstance(one, Problem)]
    assert len(problems) == 1
    assert reason in problems[0]
    assert isinstance(found[-1], Judgement)


def test_a_text_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    found = lines(tmp_path, {"document": DOCUMENT}, limits=Limits(text=10))
    assert [str(one)[-42:] for one in found] == ["export.jsonl:1: document.text: more than 10 characters"[-42:]]


@pytest.fixture
def other(embedded: Engine) -> Store:
    store = Store(embedded, load_ontology())
    store.prepare()
    return store
