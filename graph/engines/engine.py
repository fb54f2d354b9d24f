"""The contract both engines keep. Nothing outside graph/engines knows a driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pathlib import Path as FilePath
    from types import TracebackType

    from graph.values import Node

T = TypeVar("T")
Parameters: TypeAlias = Mapping[str, Any]
Row: TypeAlias = tuple[Any, ...]
QueryType: TypeAlias = Literal["r", "rw", "w", "s"]


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which engine this is ("embedded" or "neo4j") and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class FulltextIndex:
    """A full-text index over the properties of the nodes that have one of the labels."""

    name: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """What the graph is indexed by: (label, property) pairs that are unique, those that are only looked up, texts."""

    version: int
    unique: tuple[tuple[str, str], ...] = ()
    indexes: tuple[tuple[str, str], ...] = ()
    fulltext: tuple[FulltextIndex, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine would do with a statement: reads (r), writes (rw, w) or changes the schema (s)."""

    query_type: QueryType
    operators: frozenset[str]
    procedures: frozenset[str]
    text: str


class Stop:
    """Lets another thread end a running statement, when nobody waits for its answer any more."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._how: Callable[[], None] | None = None
        self.asked = self.over = False

    def ask(self) -> None:
        """End the statement that runs under this, or that will; asking twice does nothing."""
        with self._lock:
            how, self._how, self.asked = self._how, None, True
        if how is not None:
            how()

    def by(self, how: Callable[[], None]) -> None:
        """Say how the statement that now begins is ended."""
        with self._lock:
            self._how = how
            asked = self.asked
        if asked:
            how()

    def done(self) -> None:
        """The statement is over; there is nothing to end any more."""
        with self._lock:
            self._how, self.over = None, True


class Result:
    """Rows of one read, fetched as they are iterated. Use it in a `with`, so that the engine stops when you do."""

    def __init__(
        self, columns: tuple[str, ...], rows: Iterator[Row], close: Callable[[], None], *, whole: bool = False
    ) -> None:
        self.columns = columns
        self.whole = whole  # all rows are here: nothing needs to be waited for
        self._rows = rows
        self._close = close
        self._closed = False

    def __iter__(self) -> Iterator[Row]:
        # A closed result is not asked again: its rows are gone.
        while not self._closed and (row := next(self._rows, None)) is not None:
            yield row

    def close(self) -> None:
        """End the statement and give back what it holds; closing twice does nothing, and no more rows come."""
        if not self._closed:
            self._closed = True
            self._close()
            # Rows end here and not when their memory is taken back, where no driver can be called any more.
            end = getattr(self._rows, "close", None)
            if end is not None:
                with suppress(ValueError):  # another thread is fetching: it sees that the result is closed
                    end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Soon(Protocol):
    """A statement that may be answered without a thread waiting for it."""

    async def here(self) -> bool:
        """Begin, and wait a moment: whether all of the answer is here, so that `result` has nothing to wait for."""

    def result(self) -> Result:
        """Its rows, as Engine.read gives them; where they are not here it waits, and belongs on a thread."""


class Transaction(Protocol):
    """One transaction being written; all of it is kept, or none."""

    def run(self, statement: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and return its rows, in the order of its columns."""

    def table(self, statement: str, parameters: Parameters | None = None) -> tuple[tuple[str, ...], list[Row]]:
        """The same with the names of the columns; they may be missing where there is no row."""


class Engine(Protocol):
    """A graph database: statements in Cypher, values of graph/values.py."""

    info: EngineInfo

    def read(
        self,
        statement: str,
        parameters: Parameters | None = None,
        *,
        timeout_s: float | None = None,
        stop: Stop | None = None,
    ) -> Result:
        """Run a statement that the engine itself keeps from writing; raises ReadOnly where it would write, and
        QueryStopped where `stop` ended it.
        """

    def soon(self, statement: str, parameters: Parameters, *, timeout_s: float, stop: Stop) -> Soon | None:
        """The same as `read` for an event loop; None where this engine needs a thread for it anyway."""

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, again when another writer was in the way; what it returns is returned."""

    def ensure_schema(self, schema: Schema) -> None:
        """Make the constraints and indexes that are missing; raises Conflict where the graph's schema is newer."""

    def fulltext(self, index: str, text: str, limit: int) -> list[tuple[Node, float]]:
        """Nodes whose text holds the words a person typed, best first, with their scores."""

    def explain(self, statement: str, parameters: Parameters | None = None, *, timeout_s: float | None = None) -> Plan:
        """What the engine would do; runs nothing."""

    def backup(self, target: FilePath) -> None:
        """Write a whole copy of the graph to a new file; raises Unsupported where the engine has tools of its own."""

    def close(self) -> None:
        """Give everything back; an engine that is closed cannot be used again."""
