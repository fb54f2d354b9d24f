"""Statements with the answers that Neo4j itself gave, where their file lies beside this checkout."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.engines import Engine, Transaction, open_engine
from graph.errors import ConstraintViolated, QueryError, QueryFailed, Unsupported
from graph.settings import Settings
from tests import neo4j_server
from tests.conftest import ENGINES, lacking
from tests.graph.engines.answers import alike, plain

PLACE = Path(__file__).parents[4] / "shared" / "conformance.json"
FILE: dict[str, Any] = json.loads(PLACE.read_text(encoding="utf-8")) if PLACE.exists() else {"statements": []}
ORDER = {"ordered": "as given", "unordered": "any", "any-order-inside-lists": "inside"}
REFUSED = {"r68", "r70", "r78", "r79"}
ERRORS: dict[str, tuple[type[QueryError], str | None]] = {
    "Neo.ClientError.Schema.ConstraintValidationFailed": (ConstraintViolated, None),
    "Neo.ClientError.Statement.ArithmeticError": (QueryFailed, "arithmetic"),
    "Neo.ClientError.Statement.TypeError": (QueryFailed, "type"),
}

pytestmark = pytest.mark.skipif(not PLACE.exists(), reason=f"there is no {PLACE.name} beside the checkout")


def without_marks(value: Any) -> Any:
    """An answer of the file in the form of `plain`."""
    if isinstance(value, list):
        return [without_marks(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("$type") == "Path":
        return without_marks(value["elements"])
    return {name: without_marks(item) for name, item in value.items() if name != "$type"}


def fill(tx: Transaction) -> None:
    tx.run("MATCH (n) DETACH DELETE n")
    for statement in FILE["fixture"]:
        tx.run(statement)


@pytest.fixture(scope="module", params=ENGINES)
def shared_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Engines of this file's own: the answers are those of a database that never held a label or index of others."""
    folder = tmp_path_factory.mktemp("conformance")
    if request.param == "embedded":
        with closing(open_engine(Settings(graph=str(folder / "graph")))) as engine:
            yield engine
        return
    server = neo4j_server.Server(request.param.removeprefix("neo4j-"), folder)
    try:
        server.start()
    except neo4j_server.Missing as lack:
        lacking(str(lack))
    try:
        with closing(open_engine(Settings(graph=server.address, password=server.password))) as engine:
            yield engine
    finally:
        server.stop()


@pytest.fixture(scope="module")
def untouched(shared_engine: Engine) -> list[Engine]:
    """Holds the engine while its graph is as `fill` leaves it."""
    return []


@pytest.fixture
def filled(shared_engine: Engine, untouched: list[Engine], case: dict[str, Any]) -> Engine:
    if not untouched:
        shared_engine.write(fill)
        untouched.append(shared_engine)
    if case["write"]:
        untouched.clear()
    return shared_engine


def run(engine: Engine, case: dict[str, Any]) -> list[Any]:
    for statement in case["setup"]:
        engine.write(lambda tx, text=statement: tx.run(text))
    for _ in range(2 if case["run_twice"] else 1):
        if case["write"]:
            rows = engine.write(lambda tx: tx.run(case["statement"], case["params"]))
        else:
            with engine.read(case["statement"], case["params"]) as result:
                rows = list(result)
                assert list(result.columns) == case["expect"]["columns"]
    return [plain(row) for row in rows]


@pytest.mark.parametrize("case", FILE["statements"], ids=lambda case: case["id"])
def test_statement(filled: Engine, case: dict[str, Any]) -> None:
    expected = case["expect"]
    if case["id"] in REFUSED:
        with pytest.raises(Unsupported):
            run(filled, case)
        return
    if expected["kind"] == "error":
        kind, detail = ERRORS[expected["code"]]
        with pytest.raises(kind) as error:
            run(filled, case)
        assert detail is None or getattr(error.value, "kind", None) == detail
    else:
        rows = run(filled, case)
        if expected["kind"] == "rows":
            assert alike(rows, without_marks(expected["rows"]), ORDER[expected["compare"]]), rows
    if "check" in case:
        check = case["check"]
        with filled.read(check["statement"]) as result:
            rows = [plain(row) for row in result]
        assert alike(rows, without_marks(check["expect"]["rows"]), ORDER[check["expect"]["compare"]]), rows
