"""A statement on Neo4j that a loop waits for a moment, and a thread for the rest."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Protocol

from neo4j import exceptions as bolt

from graph.engines.bolt_errors import ours, worth_retrying
from graph.engines.bolt_flight import Asked, Flight, Lease, Leases
from graph.engines.bolt_values import row_of, to_bolt
from graph.engines.engine import Engine, Result
from graph.errors import QueryStopped, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engines.engine import Parameters, Row, Stop

MARK = "guanxi"  # what a statement that may have to be ended is known by


class _Engine(Engine, Protocol):
    address: str

    def end(self, mark: str, stop: Stop, leave: Callable[[], None]) -> None: ...


class BoltSoon:
    """See Soon. Where its connection fails before the first row, the statement is read as any other is."""

    def __init__(self, engine: _Engine, leases: Leases, asked: tuple[str, Parameters, float, Stop]) -> None:
        self._engine = engine
        self._leases = leases
        self._statement, self._parameters, self._timeout_s, self._stop = asked
        self._mark = secrets.token_hex(8)
        self._flight: Flight | None = None
        self._here = False

    async def here(self) -> bool:
        """See Soon.here."""
        lease = self._leases.free()
        if lease is None:
            return False
        flight = self._flight = self._begun(lease)
        try:
            self._here = await flight.landed()
        except (bolt.Neo4jError, bolt.DriverError):
            self._flight = None
            flight.drop()
        except RecursionError:
            flight.drop()
            raise too_deep() from None
        except BaseException:
            flight.drop()
            raise
        return self._here

    def result(self) -> Result:
        """See Soon.result."""
        if self._here and self._flight is not None:
            return self._told(self._flight)
        if self._stop.asked:
            if self._flight is not None:
                self._flight.drop()
            raise QueryStopped
        with ours(self._engine.address, timeout_s=self._timeout_s):
            flight = self._flight or self._on_new()
            if flight is not None and self._waited(flight):
                return self._told(flight)
        return self._engine.read(self._statement, self._parameters, timeout_s=self._timeout_s, stop=self._stop)

    def _begun(self, lease: Lease) -> Flight:
        try:
            asked = Asked(self._statement, to_bolt(dict(self._parameters)), self._timeout_s, {MARK: self._mark})
            return Flight(lease, self._leases, asked)
        except BaseException:
            lease.give_back()
            raise

    def _on_new(self) -> Flight | None:
        """Begun on a connection of the pool; None where there is none now that can be used so."""
        try:
            lease = self._leases.new()
        except (bolt.Neo4jError, bolt.DriverError) as error:
            if not worth_retrying(error):
                raise
            return None
        return None if lease is None else self._begun(lease)

    def _waited(self, flight: Flight) -> bool:
        """Wait for the first row; False where it failed in a way that may go well on another connection."""
        self._stop.by(lambda: self._engine.end(self._mark, self._stop, flight.hang_up))
        try:
            flight.wait()
        except (bolt.Neo4jError, bolt.DriverError) as error:
            flight.close()
            if self._stop.asked or not worth_retrying(error):
                raise
            return False
        except BaseException:
            flight.drop()
            raise
        return True

    def _told(self, flight: Flight) -> Result:
        def close() -> None:
            self._stop.done()
            flight.close()

        rows = self._rows(flight)
        return Result(flight.columns, rows, close)

    def _rows(self, flight: Flight) -> Iterator[Row]:
        with ours(self._engine.address, timeout_s=self._timeout_s):
            for values in flight.rows():
                # A record with a value that the driver cannot make carries what it was made of.
                yield row_of(tuple(getattr(values, "raw_data", values)))
