"""Statements that a loop waits for give what Engine.read gives, however they end and wherever they are waited for."""

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.engines import open_engine
from graph.engines.bolt import BoltEngine
from graph.engines.bolt_soon import BoltSoon
from graph.engines.engine import Stop
from graph.errors import QueryFailed, QueryStopped, QueryTimeout, ReadOnly
from graph.settings import Settings
from graph.values import Temporal
from tests.neo4j_server import Server

pytestmark = pytest.mark.neo4j
ENDLESS = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x, y WHERE x + y < 0 RETURN count(*) AS n"


@pytest.fixture
def engine(neo4j: Server) -> Iterator[BoltEngine]:
    found = open_engine(Settings(graph=neo4j.address, password=neo4j.password))
    assert isinstance(found, BoltEngine)
    warm(found)
    yield found
    found.close()


def soon_of(engine: BoltEngine, statement: str, parameters: dict[str, Any] | None = None, **how: Any) -> BoltSoon:
    found = engine.soon(statement, parameters or {}, timeout_s=how.get("timeout_s", 60), stop=how.get("stop", Stop()))
    assert found is not None
    return found


def warm(engine: BoltEngine) -> None:
    """Let there be a connection that the next statement can take."""
    with soon_of(engine, "RETURN 1").result() as result:
        assert list(result) == [(1,)]


def landed(soon: BoltSoon) -> bool:
    return asyncio.run(soon.here())


def until_landed(make: Callable[[], BoltSoon]) -> BoltSoon:
    """One whose answer was here in a moment, which a busy machine may not manage the first time."""
    for _ in range(100):
        soon = make()
        if landed(soon):
            return soon
        with soon.result() as result:
            list(result)
    raise AssertionError("no statement was answered in a moment")


STATEMENTS = [
    "RETURN 1 AS one, 'two' AS two",
    "UNWIND range(1, 200) AS n RETURN n, [n, 'x'] AS list, {a: n} AS map",
    "UNWIND [] AS n RETURN n",
    "RETURN date('2024-02-29') AS d, point({x: 1, y: 2}) AS p, duration('P1DT2S') AS t",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_answer_that_is_here_at_once(engine: BoltEngine, statement: str) -> None:
    with engine.read(statement) as read:
        expected = read.columns, list(read)
    with until_landed(lambda: soon_of(engine, statement)).result() as result:
        assert (result.columns, list(result)) == expected


def test_a_value_of_time_survives_that_no_connection_is_lent(
    engine: BoltEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine._leases, "free", lambda: None)
    monkeypatch.setattr(engine._leases, "new", lambda: None)
    day = Temporal("date", "2024-02-29")
    with soon_of(engine, "RETURN $day AS day", {"day": day}).result() as result:
        assert list(result) == [(day,)]


def test_connections_are_used_again(engine: BoltEngine) -> None:
    for _ in range(5):
        soon = soon_of(engine, "RETURN 1")
        landed(soon)
        with soon.result() as result:
            assert list(result) == [(1,)]
    pools = engine._driver._pool.connections.values()
    assert sum(len(connections) for connections in pools) <= 2


@pytest.mark.parametrize("rows", [999, 1000, 1001, 30_000])
def test_a_thread_takes_what_is_long(engine: BoltEngine, rows: int) -> None:
    soon = soon_of(engine, "UNWIND range(1, $rows) AS n RETURN n, $text AS text", {"rows": rows, "text": "x" * 80})
    assert not landed(soon)
    with soon.result() as result:
        assert [n for n, _ in result] == list(range(1, rows + 1))


def test_a_statement_too_long_to_be_sent_at_once(engine: BoltEngine) -> None:
    soon = soon_of(engine, "RETURN size($text) AS n", {"text": "x" * 1_000_000})
    assert not landed(soon)
    with soon.result() as result:
        assert list(result) == [(1_000_000,)]


def test_leaving_before_the_end_leaves_a_connection_that_works(engine: BoltEngine) -> None:
    soon = soon_of(engine, "UNWIND range(1, 100000000) AS n RETURN n")
    assert not landed(soon)
    with soon.result() as result:
        assert next(iter(result)) == (1,)
    with soon_of(engine, "RETURN 2").result() as result:
        assert list(result) == [(2,)]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("RETURN 1 / 0 AS n", QueryFailed),
        ("CREATE (n) RETURN n", ReadOnly),
        ("UNWIND [1, 0] AS n RETURN 1 / n", QueryFailed),
    ],
)
def test_errors_are_those_of_reading(engine: BoltEngine, statement: str, error: type[Exception]) -> None:
    soon = soon_of(engine, statement)
    assert not landed(soon)
    with pytest.raises(error), soon.result() as result:
        list(result)
    with soon_of(engine, "RETURN 2").result() as result:
        assert list(result) == [(2,)]


def test_a_statement_ends_with_its_time(engine: BoltEngine) -> None:
    soon = soon_of(engine, ENDLESS, timeout_s=1)
    assert not landed(soon)
    with pytest.raises(QueryTimeout), soon.result() as result:
        list(result)


def test_a_statement_is_ended_by_another_thread(engine: BoltEngine) -> None:
    stop = Stop()
    soon = soon_of(engine, ENDLESS, stop=stop, timeout_s=600)

    async def scenario() -> None:
        assert not await soon.here()
        waiting = asyncio.get_running_loop().run_in_executor(None, soon.result)
        await asyncio.sleep(0.2)
        await asyncio.get_running_loop().run_in_executor(None, stop.ask)
        with pytest.raises(QueryStopped):
            await waiting

    asyncio.run(scenario())


def test_a_connection_that_was_lost_meanwhile(engine: BoltEngine) -> None:
    for lease in engine._leases._free:
        lease.connection.socket._socket.shutdown(2)
    time.sleep(0.1)
    soon = soon_of(engine, "RETURN 3")
    assert not landed(soon)
    with soon.result() as result:
        assert list(result) == [(3,)]


def test_a_caller_that_is_cancelled_ends_the_statement(engine: BoltEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.engines.bolt_flight.PATIENCE_S", 600)
    soon = soon_of(engine, ENDLESS, timeout_s=600)

    async def scenario() -> None:
        waiting = asyncio.ensure_future(soon.here())
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(scenario())
    until = time.monotonic() + 60
    mine = (
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range(1, 1000000)' RETURN count(*)"
    )
    with engine._driver.session() as session:
        while (found := session.run(mine).single()) is None or found[0]:
            assert time.monotonic() < until, "it still runs"
            time.sleep(0.2)
