"""The contract of graph/engines/engine.py, kept by every engine."""

import threading
import time
from contextlib import suppress

import pytest

from graph.engines import Engine, FulltextIndex, Schema, Transaction
from graph.engines.parameters import Plain
from graph.errors import (
    Conflict,
    ConstraintViolated,
    GuanxiError,
    MemoryLimit,
    NotFound,
    ParameterMissing,
    QueryError,
    QueryTimeout,
    ReadOnly,
    WriteConflict,
)

ENDLESS = (
    "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y UNWIND range(1, 1000) AS z RETURN sum(x * y + z) AS s"
)


def count(engine: Engine) -> int:
    with engine.read("MATCH (n) RETURN count(n) AS n") as rows:
        [(number,)] = rows
    return int(number)


def test_it_says_what_it_is(engine: Engine) -> None:
    assert engine.info.name in ("embedded", "neo4j")
    assert engine.info.version[:1].isdigit()


def test_a_write_is_kept_and_returns_what_its_work_returns(engine: Engine) -> None:
    assert engine.write(lambda tx: tx.run("CREATE (n:A {x: 1}) RETURN n.x AS x")) == [(1,)]
    assert count(engine) == 1


def test_plain_rows_arrive_as_any_others_do(engine: Engine) -> None:
    rows = [
        {"text": "名", "number": number, "list": (1, 2), "map": {"half": 0.5, "yes": True}} for number in (1, 2**62)
    ]
    asked = "UNWIND $rows AS row RETURN row.text, row.number, row.list, row.map.half, row.map.yes"
    with engine.read(asked, {"rows": Plain(rows)}) as plain, engine.read(asked, {"rows": rows}) as usual:
        assert list(plain) == list(usual) == [("名", 1, [1, 2], 0.5, True), ("名", 2**62, [1, 2], 0.5, True)]


def test_a_transaction_sees_what_it_wrote(engine: Engine) -> None:
    def work(tx: Transaction) -> int:
        tx.run("CREATE (:A), (:A)")
        [(number,)] = tx.run("MATCH (a:A) RETURN count(a) AS n")
        return int(number)

    assert engine.write(work) == 2


@pytest.mark.parametrize("failure", ["CREATE (:B {x: 1 / 0})", "RETURN $missing", "NONSENSE"])
def test_a_failed_write_leaves_nothing(engine: Engine, failure: str) -> None:
    def work(tx: Transaction) -> None:
        tx.run("CREATE (:A)")
        tx.run(failure)

    with pytest.raises(QueryError):
        engine.write(work)
    assert count(engine) == 0


def test_an_error_of_the_work_itself_leaves_nothing_and_is_not_changed(engine: Engine) -> None:
    def work(tx: Transaction) -> None:
        tx.run("CREATE (:A)")
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        engine.write(work)
    assert count(engine) == 0
    engine.write(lambda tx: tx.run("CREATE (:A)"))
    assert count(engine) == 1


def test_writers_side_by_side_lose_nothing(engine: Engine) -> None:
    engine.write(lambda tx: tx.run("CREATE (:Counter {n: 0})"))

    def add() -> None:
        for _ in range(10):
            engine.write(lambda tx: tx.run("MATCH (c:Counter) SET c.n = c.n + 1"))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.read("MATCH (c:Counter) RETURN c.n AS n") as rows:
        assert list(rows) == [(40,)]


def test_readers_and_a_writer_side_by_side(engine: Engine) -> None:
    engine.write(lambda tx: tx.run("UNWIND range(1, 500) AS i CREATE (:A {i: i})"))
    done = threading.Event()
    troubles: list[GuanxiError] = []
    reads: list[int] = []

    def read() -> None:
        while not done.is_set():
            try:
                with engine.read("MATCH (a:A) RETURN a") as rows:
                    reads.append(len(list(rows)))
            except GuanxiError as error:
                troubles.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for index in range(10):
        engine.write(lambda tx, i=index: tx.run("CREATE (:B {i: $i})", {"i": i}))
    done.set()
    for thread in threads:
        thread.join()
    assert not troubles
    assert set(reads) == {500}


def test_rows_come_as_they_are_asked_for_and_from_any_thread(engine: Engine) -> None:
    result = engine.read("UNWIND range(1, 5000) AS i RETURN i")
    rows = iter(result)
    found: list[int] = [next(rows)[0] for _ in range(10)]
    other = threading.Thread(target=lambda: found.extend(row[0] for row in rows))
    other.start()
    other.join()
    assert found == list(range(1, 5001))


def test_a_closed_result_gives_no_more_rows(engine: Engine) -> None:
    with engine.read("UNWIND range(1, 5000) AS i RETURN i") as result:
        rows = iter(result)
        next(rows)
    assert list(rows) == []
    result.close()
    assert count(engine) == 0


def test_columns_are_known_without_rows(engine: Engine) -> None:
    with engine.read("MATCH (n:Nothing) RETURN n.a, n AS node, count(*) AS c") as result:
        assert result.columns == ("n.a", "node", "c")
    with engine.read("UNWIND [] AS x RETURN 1 AS a UNION UNWIND [] AS x RETURN 2 AS a") as result:
        assert result.columns == ("a",)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:A)",
        "MERGE (:A)",
        "MATCH (n:Nothing) SET n.x = 1",
        "MATCH (n) DETACH DELETE n",
        "FOREACH (x IN [1] | CREATE (:A))",
        "CALL { CREATE (a:A) RETURN a } RETURN a",
        "CREATE INDEX never IF NOT EXISTS FOR (n:Never) ON (n.x)",
    ],
)
def test_a_read_never_writes(engine: Engine, statement: str) -> None:
    with pytest.raises(ReadOnly):
        engine.read(statement)
    assert count(engine) == 0


def test_missing_parameters_are_named(engine: Engine) -> None:
    with pytest.raises(ParameterMissing) as missing:
        engine.read("RETURN $one AS one")
    assert missing.value.names == ("one",)


def test_a_statement_that_runs_too_long_is_ended(engine: Engine) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeout) as ended, engine.read(ENDLESS, timeout_s=1) as rows:
        list(rows)
    assert ended.value.seconds == 1
    assert time.monotonic() - began < 10
    assert count(engine) == 0


def test_a_limit_holds_for_its_own_statement_only(engine: Engine) -> None:
    with pytest.raises(QueryTimeout), engine.read(ENDLESS, timeout_s=0.2) as rows:
        list(rows)
    with engine.read("UNWIND range(1, 300000) AS x RETURN sum(x) AS s") as rows:
        assert list(rows) == [(45000150000,)]


def test_a_statement_that_wants_too_much_memory_is_ended(engine: Engine) -> None:
    hog = "UNWIND range(1, 900000) AS x UNWIND range(1, 20) AS y WITH collect(x + y + 0.5) AS l RETURN size(l) AS n"
    with pytest.raises(MemoryLimit), engine.read(hog, timeout_s=60) as rows:
        list(rows)
    assert count(engine) == 0


@pytest.mark.parametrize("called", ["db.labels() YIELD label AS x", "db.propertyKeys() YIELD propertyKey AS x"])
def test_a_procedure_called_for_each_row_is_ended(engine: Engine, called: str) -> None:
    engine.write(lambda tx: tx.run("CREATE (:A {x: 1})"))
    calls = f"UNWIND range(1, 1000000) AS i UNWIND range(1, 1000000) AS j CALL {called} RETURN count(*) AS n"
    with pytest.raises(QueryTimeout), engine.read(calls, timeout_s=1) as rows:
        list(rows)


@pytest.mark.parametrize(("empty", "form"), [("[]", "[l]"), ("{}", "{k: l}")])
@pytest.mark.parametrize("depth", [300, 900])
def test_what_is_nested_without_measure_is_told_or_is_an_error_of_ours(
    engine: Engine, empty: str, form: str, depth: int
) -> None:
    nested = f"RETURN reduce(l = {empty}, x IN range(1, {depth}) | {form}) AS l"
    with suppress(QueryError), engine.read(nested) as rows:
        assert len(list(rows)) == 1


def test_the_schema_is_made_again_without_harm(engine: Engine) -> None:
    schema = Schema(
        3,
        unique=(("Thing", "id"),),
        indexes=(("Thing", "name"),),
        fulltext=(FulltextIndex("things", ("Thing", "Idea"), ("text", "more")),),
    )
    for _ in range(2):
        engine.ensure_schema(schema)
    engine.write(
        lambda tx: tx.run(
            "CREATE (:Thing {id: 'a', name: 'x', text: '华为技术有限公司'}), (:Idea {more: 'Free trade'})"
        )
    )
    assert [node.properties["id"] for node, _ in engine.fulltext("things", "华为", 5)] == ["a"]
    assert [node.labels for node, _ in engine.fulltext("things", "TRADE", 5)] == [("Idea",)]
    with pytest.raises(Conflict, match="newer"):
        engine.ensure_schema(Schema(2))


@pytest.mark.parametrize(
    "text", ["a:b", '"', "(", "x AND", "NOT", "[1 TO", "a~ b* c?", "\\", "&& || !", "/x/", "", "   ", "+-"]
)
def test_whatever_a_person_types_is_searched_as_words(engine: Engine, text: str) -> None:
    engine.ensure_schema(Schema(3, fulltext=(FulltextIndex("things", ("Thing", "Idea"), ("text", "more")),)))
    engine.write(lambda tx: tx.run("CREATE (:Thing {text: 'plain words'})"))
    assert engine.fulltext("things", text, 5) == []


def test_full_text_gives_the_best_first_and_no_more_than_asked(engine: Engine) -> None:
    engine.ensure_schema(Schema(3, fulltext=(FulltextIndex("things", ("Thing", "Idea"), ("text", "more")),)))
    engine.write(
        lambda tx: tx.run(
            "UNWIND range(1, 9) AS i CREATE (:Thing {text: 'tea' + reduce(s = '', x IN range(1, i) | s + ' and more')})"
        )
    )
    found = engine.fulltext("things", "tea", 4)
    scores = [score for _, score in found]
    assert len(found) == 4
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_full_text_index_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        engine.fulltext("nowhere", "word", 5)


def test_explain_runs_nothing_and_tells_what_would_be_done(engine: Engine) -> None:
    assert engine.explain("CREATE (:A)").query_type in ("rw", "w")
    assert count(engine) == 0
    plan = engine.explain("CALL db.labels() YIELD label RETURN label")
    assert (plan.query_type, plan.procedures) == ("r", frozenset({"db.labels"}))
    assert plan.operators
    assert plan.text


def test_a_second_of_a_unique_thing_is_refused(engine: Engine) -> None:
    engine.write(lambda tx: tx.run("CREATE CONSTRAINT one_only IF NOT EXISTS FOR (n:Only) REQUIRE n.id IS UNIQUE"))
    engine.write(lambda tx: tx.run("CREATE (:Only {id: 1})"))
    with pytest.raises(ConstraintViolated):
        engine.write(lambda tx: tx.run("CREATE (:Only {id: 1})"))
    assert count(engine) == 1


def test_work_that_meets_a_conflict_is_done_again(engine: Engine) -> None:
    tries = []

    def work(tx: Transaction) -> int:
        tries.append(1)
        tx.run("CREATE (:A)")
        if len(tries) < 3:
            raise_conflict(engine)
        return len(tries)

    assert engine.write(work) == 3
    assert count(engine) == 1


def raise_conflict(engine: Engine) -> None:
    """What each engine's own layer raises when another writer was in the way."""
    if engine.info.name == "embedded":
        raise WriteConflict("another writer")
    from neo4j.exceptions import TransientError

    raise TransientError._hydrate_neo4j(
        code="Neo.TransientError.Transaction.DeadlockDetected", message="another writer"
    )
