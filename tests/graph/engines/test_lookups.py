"""Look-ups: told from other statements by their words, and answered without a thread as any other read is."""

import asyncio
from collections.abc import Iterator

import pytest

from graph.engines import Engine, Schema, open_engine
from graph.engines.engine import Stop
from graph.engines.lookups import is_lookup
from graph.settings import Settings

LOOKUPS = [
    "MATCH (c:Firm {id: $id}) RETURN c.id, c.name",
    "match (`the firm`:Firm {id: 'a7'}) return `the firm` AS x;",
    "MATCH (c:Firm) WHERE c.id = $id RETURN c.name AS name, c LIMIT 1 // one",
    "MATCH (c:Firm {name: 'many'}) RETURN c.id",
    "MATCH (c:Firm {id: 'none'}) RETURN c",
]
OTHERS = [
    "",
    "MATCH (c:Firm {id: $id})",
    "MATCH (c {id: $id}) RETURN c",
    "MATCH (c:Firm) RETURN c",
    "MATCH (c:Firm {id: $id, name: 'x'}) RETURN c",
    "MATCH (c:Firm {id: $id})-[r]->(o) RETURN o",
    "MATCH (c:Firm {id: $id}), (d:Firm) RETURN d",
    "MATCH (c:Firm {id: $id}) MATCH (d) RETURN d",
    "MATCH (c:Firm {id: $id}) RETURN c ORDER BY c.id",
    "MATCH (c:Firm {id: $id}) RETURN DISTINCT c",
    "MATCH (c:Firm {id: $id}) RETURN count(c)",
    "MATCH (c:Firm {id: $id}) RETURN [x IN range(1, 10000) | x]",
    "MATCH (c:Firm {id: $id}) RETURN c UNION MATCH (c) RETURN c",
    "MATCH (c:Firm {id: $id}) SET c.x = 1",
    "MATCH (c:Firm) WHERE c.id = $id OR true RETURN c",
    "MATCH (c:Firm) WHERE c.id STARTS WITH $id RETURN c",
    "MATCH (c:Firm {id: $id}) RETURN c.name, c.x + 1",
    "MATCH (c:Firm {id: $id}) RETURN c.name AS name, c.id, c.name AS again",
    "MATCH (c:Firm {id: $id}) RETURN c AS a, `c` AS b",
]


@pytest.mark.parametrize("statement", LOOKUPS)
def test_a_lookup(statement: str) -> None:
    assert is_lookup(statement)


@pytest.mark.parametrize("statement", OTHERS)
def test_more_than_a_lookup(statement: str) -> None:
    assert not is_lookup(statement)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    found = open_engine(Settings(graph=str(tmp_path_factory.mktemp("lookups") / "graph")))
    found.ensure_schema(Schema(1, unique=(("Firm", "id"),), indexes=(("Firm", "name"),)))
    made = "UNWIND range(1, 300) AS n CREATE (:Firm {id: 'a' + n, founded: n, name: 'many'})"
    found.write(lambda tx: tx.run(made))
    yield found
    found.close()


@pytest.mark.parametrize(("statement", "here"), list(zip(LOOKUPS, [True, True, True, False, True], strict=True)))
def test_it_is_answered_as_read_answers_it(engine: Engine, statement: str, here: bool) -> None:
    parameters = {"id": "a7"}
    with engine.read(statement, parameters) as read:
        expected = read.columns, list(read)
    soon = engine.soon(statement, parameters, timeout_s=10, stop=Stop())
    assert soon is not None
    assert asyncio.run(soon.here()) is here
    with soon.result() as result:
        assert (result.columns, list(result)) == expected


@pytest.mark.parametrize("statement", ["MATCH (c:Firm {founded: 7}) RETURN c", "MATCH (c:Firm) RETURN count(c)"])
def test_what_no_index_finds_is_left_to_a_thread(engine: Engine, statement: str) -> None:
    assert engine.soon(statement, {}, timeout_s=10, stop=Stop()) is None
