"""Neo4j 5.26 or newer, over Bolt with the official driver."""

from __future__ import annotations

import logging
import re
import secrets
import time
from itertools import chain
from typing import TYPE_CHECKING, Any

import neo4j
from neo4j import exceptions as bolt

from graph.engines import dialect
from graph.engines.bolt_errors import from_server, ours, worth_retrying
from graph.engines.bolt_flight import FETCH_SIZE, Leases, hang_up
from graph.engines.bolt_inbox import read_ahead
from graph.engines.bolt_soon import MARK, BoltSoon
from graph.engines.bolt_values import row, to_bolt
from graph.engines.engine import EngineInfo, Parameters, Plan, QueryType, Result, Row, Schema, Stop, T, Transaction
from graph.engines.fulltext_query import search
from graph.engines.schema import check_version, neo4j_statements
from graph.errors import EngineUnavailable, QueryStopped, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path as FilePath

    from graph.settings import Settings
    from graph.values import Node

OLDEST = (5, 26)
CONNECT_TIMEOUT_S = 5.0
RETRY_TIME_S = 15.0
READ_ATTEMPTS = 3
# A pattern of some forty steps can keep the planner busy for minutes.
PLAN_TIME_S = 10.0
# How a statement is ended that bears a mark: every user may end their own.
END = (
    f"SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS about WHERE about.{MARK} = $mark "
    "TERMINATE TRANSACTIONS id YIELD message RETURN message"
)
END_ATTEMPTS = 25
_VERSION = re.compile(r"/(\d+)\.(\d+)")
_OPERATOR = re.compile(r"[@(]")
_PROCEDURE = re.compile(r"^\s*([\w.]+)\(")
_QUERY_TYPES: dict[str, QueryType] = {"r": "r", "rw": "rw", "w": "w", "s": "s"}


class BoltEngine:
    """A Neo4j server or cluster; safe to use from many threads."""

    def __init__(self, driver: neo4j.Driver, settings: Settings, version: str) -> None:
        self.info = EngineInfo("neo4j", version)
        self._driver = driver
        self.address = settings.graph
        self._database = settings.database
        # One manager for all sessions: a read sees what this program wrote before, on any member of a cluster.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._leases = Leases(lambda: self._session(neo4j.READ_ACCESS), self._bookmarks)

    @classmethod
    def connect(cls, settings: Settings) -> BoltEngine:
        """Connect, and see that the database is there and new enough."""
        # The driver logs each failed attempt; what counts reaches the caller as an error.
        logging.getLogger("neo4j").setLevel(logging.CRITICAL)
        auth = (settings.user, settings.password) if settings.password else None
        with ours(settings.graph):
            driver = neo4j.GraphDatabase.driver(
                settings.graph,
                auth=auth,
                fetch_size=FETCH_SIZE,
                connection_timeout=CONNECT_TIMEOUT_S,
                max_transaction_retry_time=RETRY_TIME_S,
                notifications_min_severity="OFF",
                telemetry_disabled=True,  # it is a message of its own before each statement
                user_agent="guanxi",
            )
        read_ahead(driver)
        try:
            with (
                ours(settings.graph),
                driver.session(database=settings.database, default_access_mode=neo4j.READ_ACCESS) as session,
            ):
                agent = session.run("RETURN 1").consume().server.agent
            return cls(driver, settings, checked_version(agent, settings.graph))
        except BaseException:
            driver.close()
            raise

    def read(
        self,
        statement: str,
        parameters: Parameters | None = None,
        *,
        timeout_s: float | None = None,
        stop: Stop | None = None,
    ) -> Result:
        """See Engine.read."""
        dialect.check(statement)
        prepared = to_bolt(dict(parameters or {}))
        known_as = None if stop is None else {MARK: secrets.token_hex(8)}
        # A transaction begun and ended by the statement itself: one way to the server instead of three.
        asked = neo4j.Query(statement, timeout=timeout_s, metadata=known_as)
        if stop is not None and stop.asked:
            raise QueryStopped
        with ours(self.address, timeout_s=timeout_s):
            for attempt in range(1, READ_ATTEMPTS + 1):
                try:
                    return self._start(asked, prepared, timeout_s, stop)
                except (bolt.Neo4jError, bolt.DriverError) as error:
                    if attempt == READ_ATTEMPTS or not worth_retrying(error) or (stop is not None and stop.asked):
                        raise
        raise AssertionError("the last attempt returns or raises")

    def _start(
        self, asked: neo4j.Query, parameters: dict[str, Any], timeout_s: float | None, stop: Stop | None
    ) -> Result:
        """Run until the first row is here: until then nothing has been handed on, and it can be tried again."""
        session = self._session(neo4j.READ_ACCESS)
        if stop is not None and asked.metadata:
            mark = asked.metadata[MARK]
            stop.by(lambda: self.end(mark, stop, lambda: hang_up(session)))
        try:
            records = session.run(asked, parameters)
            columns = tuple(records.keys())
            rows = iter(records)
            first = list(next_or_none(rows))
        except BaseException:
            session.close()
            raise

        def close() -> None:
            if stop is not None:
                stop.done()
            session.close()

        return Result(columns, self._rows(chain(first, rows), session, timeout_s), close)

    def _rows(self, records: Iterator[neo4j.Record], session: neo4j.Session, timeout_s: float | None) -> Iterator[Row]:
        with ours(self.address, timeout_s=timeout_s), session:
            for record in records:
                yield row(record)

    def soon(self, statement: str, parameters: Parameters, *, timeout_s: float, stop: Stop) -> BoltSoon | None:
        """See Engine.soon."""
        if not self._leases.usable:
            return None
        dialect.check(statement)
        return BoltSoon(self, self._leases, (statement, parameters, timeout_s, stop))

    def end(self, mark: str, stop: Stop, leave: Callable[[], None]) -> None:
        """End the transaction that bears the mark; one that is only on its way to the server is waited for.

        A server may lose an answer: where the statement is not over then, its connection is broken.
        """
        with ours(self.address), self._session(neo4j.READ_ACCESS) as session:
            for _ in range(END_ATTEMPTS):
                if stop.over:
                    return
                session.run(END, mark=mark).consume()
                time.sleep(0.2)
        if not stop.over:
            leave()

    def write(self, work: Callable[[Transaction], T]) -> T:
        """See Engine.write."""

        def run(transaction: neo4j.ManagedTransaction) -> T:
            return work(_BoltTransaction(transaction, self.address))

        with ours(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(run)

    def ensure_schema(self, schema: Schema) -> None:
        """See Engine.ensure_schema."""
        check_version(self, schema)
        with ours(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            there = set(session.run("SHOW INDEXES YIELD name").value())
            lacking = [statement for index, statement in neo4j_statements(schema) if index not in there]
            for statement in lacking:
                session.run(statement).consume()
            session.run("CALL db.awaitIndexes(120)").consume()

    def fulltext(self, index: str, text: str, limit: int) -> list[tuple[Node, float]]:
        """See Engine.fulltext."""
        return search(self, index, text, limit)

    def explain(self, statement: str, parameters: Parameters | None = None, *, timeout_s: float | None = None) -> Plan:
        """See Engine.explain."""
        dialect.check(statement)
        most_s = min(PLAN_TIME_S, timeout_s or PLAN_TIME_S)
        asked = neo4j.Query(f"EXPLAIN {statement}", timeout=most_s)
        with ours(self.address, timeout_s=most_s), self._session(neo4j.READ_ACCESS) as session:
            summary = session.run(asked, to_bolt(dict(parameters or {}))).consume()
        steps = list(_steps(summary.plan or {}))
        called = (_PROCEDURE.match(details) for operator, details in steps if operator == "ProcedureCall")
        return Plan(
            _QUERY_TYPES.get(summary.query_type or "s", "s"),
            frozenset(operator for operator, _ in steps),
            frozenset(found[1] if found else "?" for found in called),
            str((summary.plan or {}).get("args", {}).get("string-representation", "")),
        )

    def backup(self, target: FilePath) -> None:
        """Neo4j has its own tool for this."""
        raise Unsupported(
            f"a Neo4j database is not copied to {target} from here; use `neo4j-admin database dump`, "
            "or `guanxi export` for the claims and judgements, from which the graph can be rebuilt"
        )

    def close(self) -> None:
        """See Engine.close."""
        self._leases.close()
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database,
            default_access_mode=access,
            bookmark_manager=self._bookmarks,
        )


class _BoltTransaction:
    """One write transaction; transient errors pass through it, because the driver's own retry needs to see them."""

    def __init__(self, transaction: neo4j.ManagedTransaction, address: str) -> None:
        self._transaction = transaction
        self.address = address

    def run(self, statement: str, parameters: Parameters | None = None) -> list[Row]:
        """See Transaction.run."""
        return self.table(statement, parameters)[1]

    def table(self, statement: str, parameters: Parameters | None = None) -> tuple[tuple[str, ...], list[Row]]:
        """See Transaction.table."""
        dialect.check(statement)
        try:
            records = self._transaction.run(statement, to_bolt(dict(parameters or {})))
            return tuple(records.keys()), [row(record) for record in records]
        except bolt.Neo4jError as error:
            if worth_retrying(error):
                raise
            raise from_server(error, self.address) from error


def next_or_none(rows: Iterator[T]) -> Iterator[T]:
    """The next row, if there is one."""
    for first in rows:
        yield first
        return


def checked_version(agent: str, address: str) -> str:
    """The version in a server's name for itself, such as Neo4j/5.26.30, if it is new enough."""
    found = _VERSION.search(agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise EngineUnavailable(f"{address} runs {agent}; Neo4j {OLDEST[0]}.{OLDEST[1]} or newer is needed")
    return agent.partition("/")[2] or agent


def _steps(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(operator, details) of every step; Neo4j writes Expand(All)@neo4j for an Expand."""
    if plan:
        yield _OPERATOR.split(str(plan["operatorType"]), 1)[0], str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", ()):
        yield from _steps(child)
