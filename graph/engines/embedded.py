"""ArcadeDB inside this process: a graph in a folder, no server."""

from __future__ import annotations

import re
import time
import zipfile
import zlib
from functools import lru_cache
from itertools import count
from pathlib import Path as FilePath
from threading import Lock
from typing import TYPE_CHECKING

import jpype

from graph.engines import dialect, jvm
from graph.engines.embedded_procedures import install
from graph.engines.embedded_running import Begun, Running
from graph.engines.embedded_schema import ensure, fulltext_statement, make_fulltext
from graph.engines.embedded_soon import EmbeddedSoon
from graph.engines.engine import EngineInfo, Parameters, Plan, Result, Row, Schema, Stop, T, Transaction
from graph.engines.fulltext_query import search
from graph.engines.java_errors import from_java_error, ours
from graph.engines.java_parameters import parameters_to_java
from graph.engines.java_values import Batch, RowReader
from graph.engines.jvm import Java, java
from graph.engines.lookups import is_lookup
from graph.engines.schema import check_version
from graph.errors import BadInput, Conflict, EngineUnavailable, NotFound, WriteConflict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.settings import Settings
    from graph.values import Node

LANGUAGE = "opencypher"
FIRST_ROWS, MORE_ROWS = 64, 1000
SCHEMA_FILE = "schema.json"  # of every graph, and so of every backup
MOST_LETTERS = 8 << 20  # of the text that a batch of rows crosses in, where all are as large as those before
WRITE_ATTEMPTS = 8
_SEEKS = "+ NodeIndexSeek("  # a step of a plan that finds nodes by an index
_EXPLAIN = re.compile(r"\s*EXPLAIN\b", re.IGNORECASE)
# What one statement may gather in memory, and the longest list range() may make.
MOST_ELEMENTS, LONGEST_RANGE = 500_000, 1_000_000


class EmbeddedEngine:
    """A graph in a folder; reads run side by side, one writer writes at a time."""

    def __init__(self, database: Java, folder: FilePath) -> None:
        self.info = EngineInfo("embedded", str(java("com.arcadedb.Constants").getRawVersion()))
        self.folder = folder
        self._database = database
        self._rows = RowReader()
        self._writing = Lock()
        self._timeouts = java("com.arcadedb.query.sql.executor.CommandTimeoutOverride")
        self._running = Running()
        self._columns = lru_cache(maxsize=256)(self._columns_of)
        self._lookup = lru_cache(maxsize=256)(self._is_lookup)
        self._parser = java("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")

    @classmethod
    def open(cls, settings: Settings) -> EmbeddedEngine:
        """Open the folder, or make a new graph in it."""
        jvm.start(settings.heap)
        folder = FilePath(settings.graph).absolute()
        factory = java("com.arcadedb.database.DatabaseFactory")(str(folder))
        if factory.getActiveDatabaseInstance(str(folder)) is not None:
            raise Conflict(f"the graph in {settings.graph} is already open in this process")
        try:
            if folder.is_dir() and not factory.exists() and any(folder.iterdir()):
                raise Conflict(f"{settings.graph} holds other things and no graph; name a new folder, or an empty one")
            folder.parent.mkdir(parents=True, exist_ok=True)
            database = factory.open() if factory.exists() else factory.create()
        except (jpype.JException, OSError) as error:
            raise _cannot_open(settings.graph, error) from None
        _configure(database)
        install()
        return cls(database, folder)

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
        explained = _EXPLAIN.match(statement)
        if explained:
            return self._explained(statement[explained.end() :], parameters)
        begun = self._running.begin(stop)
        with ours(statement, timeout_s=timeout_s, stop=stop), begun:
            prepared = parameters_to_java(dict(parameters or {}))
            # The limit is this thread's, and holds for a statement once its first row has been asked for.
            self._timeouts.set(_milliseconds(timeout_s))
            try:
                results = self._database.query(LANGUAGE, statement, prepared)
                first = self._rows.batch(results, FIRST_ROWS)
            finally:
                self._timeouts.clear()
            columns = first.columns or self._columns(statement)

        def close() -> None:
            if stop is not None:
                stop.done()
            _end(results, begun)

        rows = self._more(results, first, statement, (timeout_s, stop))
        return Result(columns, rows, close, whole=len(first.rows) < FIRST_ROWS)

    def soon(self, statement: str, parameters: Parameters, *, timeout_s: float, stop: Stop) -> EmbeddedSoon | None:
        """See Engine.soon: only what looks a node up is over before a thread would have begun it."""
        if not self._lookup(statement):
            return None
        return EmbeddedSoon(self, (statement, parameters, timeout_s, stop))

    def _is_lookup(self, statement: str) -> bool:
        return is_lookup(statement) and _SEEKS in self.explain(statement).text

    def _explained(self, statement: str, parameters: Parameters | None) -> Result:
        """EXPLAIN as Neo4j answers it: the columns, and no row."""
        self.explain(statement, parameters)
        return Result(self._columns(statement), iter(()), lambda: None)

    def _more(
        self, results: Java, batch: Batch, statement: str, ends: tuple[float | None, Stop | None]
    ) -> Iterator[Row]:
        timeout_s, stop = ends
        wanted = FIRST_ROWS
        try:
            while True:
                yield from batch.rows
                if len(batch.rows) < wanted:
                    return
                wanted = max(1, min(MORE_ROWS, MOST_LETTERS * wanted // max(1, batch.letters)))
                with ours(statement, timeout_s=timeout_s, stop=stop):
                    batch = self._rows.batch(results, wanted)
        finally:
            _end(results)

    def _columns_of(self, statement: str) -> tuple[str, ...]:
        """The columns of a statement that gave no row."""
        returned = self._parse(statement).getReturnClause()
        items = returned.getReturnItems() if returned is not None else ()
        return tuple(str(item.getOutputName()) for item in items)

    def _parse(self, statement: str) -> Java:
        # The parser itself, unlike a run, does not take the semicolon at the end.
        return self._parser(self._database).parse(statement.rstrip().removesuffix(";"))

    def write(self, work: Callable[[Transaction], T]) -> T:
        """See Engine.write."""
        transaction = _EmbeddedTransaction(self._database, self._rows)
        with self._writing:
            for attempt in count(1):
                self._database.begin()
                try:
                    done = work(transaction)
                    with ours("COMMIT"):
                        self._database.commit()
                except WriteConflict:
                    self._undo()
                    if attempt == WRITE_ATTEMPTS:
                        raise
                    time.sleep(0.01 * attempt)
                except BaseException:
                    self._undo()
                    raise
                else:
                    return done
        raise AssertionError("the loop returns or raises")

    def _undo(self) -> None:
        if self._database.isTransactionActive():
            self._database.rollback()

    def ensure_schema(self, schema: Schema) -> None:
        """See Engine.ensure_schema."""
        with self._writing, ours("the schema"):
            ensure(self._database, schema)
        check_version(self, schema)

    def fulltext(self, index: str, text: str, limit: int) -> list[tuple[Node, float]]:
        """See Engine.fulltext."""
        return search(self, index, text, limit)

    def explain(self, statement: str, parameters: Parameters | None = None, *, timeout_s: float | None = None) -> Plan:
        """See Engine.explain; it takes no time to speak of, and is not ended."""
        del timeout_s
        dialect.check(statement)
        with ours(statement):
            parsed = self._parse(statement)
            called = parsed.getCallClauses() or ()
            reads = bool(parsed.isReadOnly())
            procedures = frozenset(str(call.getProcedureName()) for call in called)
            results = self._database.command(
                LANGUAGE, f"EXPLAIN {statement}", parameters_to_java(dict(parameters or {}))
            )
            plan = results.getExecutionPlan()
            text = str(plan.get().prettyPrint(0, 2)) if plan.isPresent() else ""
            results.close()
        operators = frozenset(
            line.strip("+ ").split(" (")[0] for line in text.splitlines() if line.strip().startswith("+")
        )
        return Plan("r" if reads else "rw", operators, procedures, text)

    def backup(self, target: FilePath) -> None:
        """See Engine.backup. The file is a zip that `restore` reads."""
        if target.exists():
            raise Conflict(f"{target} is already there")
        target.parent.mkdir(parents=True, exist_ok=True)
        copying = java("com.arcadedb.integration.backup.Backup")(self._database, target.name)
        with self._writing, ours("the backup"):
            copying.setDirectory(str(target.parent.absolute())).setVerboseLevel(0).backupDatabase()

    def close(self) -> None:
        """See Engine.close."""
        if self._database.isOpen():
            self._database.close()


def restore(source: FilePath, settings: Settings) -> None:
    """Make the folder of `settings.graph` from a file that `backup` wrote; raises Conflict where a graph is there."""
    folder = FilePath(settings.graph).absolute()
    if folder.exists() and not folder.is_dir():
        raise Conflict(f"{settings.graph} is a file; restore into a new folder")
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(f"{settings.graph} is not empty; restore into a new folder")
    if not source.is_file():
        raise NotFound(f"there is no file {source}")
    _check_backup(source)
    jvm.start(settings.heap)
    copying = java("com.arcadedb.integration.restore.Restore")(source.absolute().as_uri(), str(folder))
    if folder.exists():
        folder.rmdir()  # ArcadeDB makes it, and refuses one that is there
    with ours("the copy"):
        copying.setVerboseLevel(0).setAllowLocalUrls(True).restoreDatabase()


def _check_backup(source: FilePath) -> None:
    """Raise BadInput for what `backup` did not write, before anything is made of it."""
    try:
        with zipfile.ZipFile(source) as zipped:
            broken = zipped.testzip()
            names = zipped.namelist()
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise BadInput(f"is no backup, or is damaged: {error}", file=str(source)) from None
    if broken:
        raise BadInput(f"is damaged: {broken}", file=str(source))
    if SCHEMA_FILE not in names:
        raise BadInput("is no backup of a graph", file=str(source))


class _EmbeddedTransaction:
    """The transaction of the thread that writes."""

    def __init__(self, database: Java, rows: RowReader) -> None:
        self._database = database
        self._rows = rows

    def run(self, statement: str, parameters: Parameters | None = None) -> list[Row]:
        """See Transaction.run."""
        return self.table(statement, parameters)[1]

    def table(self, statement: str, parameters: Parameters | None = None) -> tuple[tuple[str, ...], list[Row]]:
        """See Transaction.table."""
        dialect.check(statement)
        with ours(statement):
            prepared = parameters_to_java(dict(parameters or {}))
            index = fulltext_statement(statement)
            if index is not None:
                make_fulltext(self._database, index)
                return (), []
            results = self._database.command(LANGUAGE, statement, prepared)
            columns: tuple[str, ...] = ()
            rows: list[Row] = []
            while True:
                names, batch, _ = self._rows.batch(results, MORE_ROWS)
                columns = columns or names
                rows += batch
                if len(batch) < MORE_ROWS:
                    results.close()
                    return columns, rows


def _configure(database: Java) -> None:
    # Without it a commit that was acknowledged can be lost with the power.
    database.setWALFlush(java("com.arcadedb.engine.WALFile").FlushType.YES_FULL)
    settings = java("com.arcadedb.GlobalConfiguration")
    configuration = database.getConfiguration()
    for name, value in (
        ("arcadedb.opencypher.loadCsv.allowFileUrls", False),
        ("arcadedb.opencypher.loadCsv.allowRemoteUrls", False),
        ("arcadedb.queryMaxHeapElementsAllowedPerOp", jpype.JLong(MOST_ELEMENTS)),
        ("arcadedb.queryMaxRangeSize", jpype.JLong(LONGEST_RANGE)),
    ):
        configuration.setValue(settings.findByKey(name), value)


def _cannot_open(graph: str, error: Java) -> Conflict | EngineUnavailable:
    if isinstance(error, OSError):
        return EngineUnavailable(f"the graph in {graph} cannot be opened: {error.strerror or error}")
    said = str(from_java_error(error, ""))
    if "locked" in said.lower():
        return Conflict(f"the graph in {graph} is in use by another process; one process opens a folder at a time")
    return EngineUnavailable(f"the graph in {graph} cannot be opened: {said}")


def _end(results: Java, begun: Begun | None = None) -> None:
    """Close a result; one that is let go when the program ends finds Java gone before it."""
    if jpype.isJVMStarted():
        results.close()
        if begun is not None:
            begun.close()


def _milliseconds(seconds: float | None) -> int:
    return max(1, round(seconds * 1000)) if seconds else 0
