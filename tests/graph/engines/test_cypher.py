"""Every statement of tests/cases/cypher.json gives the same on every engine, or is refused on every engine."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph import errors
from graph.engines import Engine, FulltextIndex, Schema, Transaction
from graph.engines.dialect import REFUSED
from tests.graph.engines.answers import alike, plain

FILE = json.loads((Path(__file__).parents[2] / "cases" / "cypher.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = FILE["cases"]
SCHEMA = Schema(1, fulltext=(FulltextIndex("titles", ("Book",), ("title",)),))
KEYS = {
    "name",
    "statement",
    "parameters",
    "write",
    "twice",
    "order",
    "refused",
    "guard",
    "error",
    "columns",
    "rows",
    "after",
}


def fill(tx: Transaction) -> None:
    tx.run("MATCH (n) DETACH DELETE n")
    for statement in FILE["fixture"]:
        tx.run(statement)


@pytest.fixture(scope="module")
def untouched(shared_engine: Engine) -> list[Engine]:
    """Holds the engine while its graph is as `fill` leaves it."""
    shared_engine.ensure_schema(SCHEMA)
    return []


@pytest.fixture
def library(shared_engine: Engine, untouched: list[Engine], case: dict[str, Any]) -> Engine:
    if not untouched:
        shared_engine.write(fill)
        untouched.append(shared_engine)
    if case["write"]:
        untouched.clear()
    return shared_engine


def run(engine: Engine, case: dict[str, Any]) -> tuple[list[str] | None, list[Any]]:
    parameters = case.get("parameters", {})
    if case["write"]:
        for _ in range(2 if case.get("twice") else 1):
            rows = engine.write(lambda tx: tx.run(case["statement"], parameters))
        return None, [plain(row) for row in rows]
    with engine.read(case["statement"], parameters) as result:
        return list(result.columns), [plain(row) for row in result]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(library: Engine, case: dict[str, Any]) -> None:
    if case.get("refused"):
        with pytest.raises(errors.Unsupported, match="use "):
            run(library, case)
    elif "error" in case:
        with pytest.raises(getattr(errors, case["error"])):
            run(library, case)
    else:
        columns, rows = run(library, case)
        assert alike(rows, case["rows"], case.get("order", "as given")), rows
        assert columns == case.get("columns")
    if "after" in case:
        with library.read(case["after"]["statement"]) as result:
            rows = [plain(row) for row in result]
        assert alike(rows, case["after"]["rows"], case.get("order", "as given")), rows


def test_no_case_makes_an_exception_for_an_engine() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert set(case) <= KEYS


def test_every_refusal_is_tried_and_documented() -> None:
    refused = [case["statement"] for case in CASES if case.get("refused")]
    page = (Path(__file__).parents[3] / "docs" / "engines.md").read_text(encoding="utf-8")
    for refusal in REFUSED:
        assert any(refusal.pattern.search(statement) for statement in refused), refusal.what
        assert refusal.name in page
