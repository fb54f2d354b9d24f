"""Statements an event loop waits for, with no thread for each: most are answered before a thread would have begun.

The driver has no such way for its connections: this takes hold of its inside, and stands aside where that has changed,
where the connection is encrypted, or where an answer is long in coming or large: then a thread waits for the rest.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import neo4j

from graph.engines.bolt_inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neo4j.api import BookmarkManager

FETCH_SIZE = 1000
LEASE_S = 10.0  # how long a connection is kept from the driver's pool, which knows whom to ask next in a cluster
PATIENCE_S = 0.2  # how long the loop waits: most statements are over by then
MOST_SENT = 32 << 10  # bytes the system takes at once, so that sending them keeps no loop waiting
_EXPECTED = ("run", "pull", "send_all", "fetch_message", "responses", "outbox", "closed", "stale")


class Asked(NamedTuple):
    """A statement as it goes to the server."""

    statement: str
    parameters: dict[str, Any]
    timeout_s: float | None
    metadata: dict[str, str]


class Lease(NamedTuple):
    """A connection out of the driver's pool, and the session that gives it back; `until` is on the monotonic clock."""

    session: Any
    connection: Any
    until: float

    def give_back(self) -> None:
        """Let the driver have its connection again; it makes an end of what still runs there."""
        self.session._disconnect()  # noqa: SLF001
        self.session.close()


class Leases:
    """Connections that statements use one after the other without asking the driver's pool each time."""

    def __init__(self, new_session: Callable[[], neo4j.Session], bookmarks: BookmarkManager) -> None:
        self.bookmarks = bookmarks
        self._new_session = new_session
        self._free: deque[Lease] = deque()
        self.usable = True  # until a connection turns out to be built otherwise

    def free(self) -> Lease | None:
        """One that nobody uses; None where there is none."""
        while self._free:
            try:
                lease = self._free.pop()
            except IndexError:
                return None
            if time.monotonic() < lease.until and not (lease.connection.closed() or lease.connection.stale()):
                return lease
            lease.give_back()
        return None

    def new(self) -> Lease | None:
        """One more out of the pool, which may take a while; None where the driver is built otherwise."""
        session: Any = self._new_session()
        try:
            session._connect(neo4j.READ_ACCESS)  # noqa: SLF001
            connection = session._connection  # noqa: SLF001
            if isinstance(connection.inbox, Inbox) and all(hasattr(connection, name) for name in _EXPECTED):
                return Lease(session, connection, time.monotonic() + LEASE_S)
        except AttributeError:
            pass
        except BaseException:
            session.close()
            raise
        self.usable = False
        session.close()
        return None

    def keep(self, lease: Lease) -> None:
        """It is free again."""
        self._free.append(lease)

    def close(self) -> None:
        """Give all back that nobody uses."""
        while self._free:
            self._free.pop().give_back()


def hang_up(session: Any) -> None:  # noqa: ANN401  (its connection is no part of what it is typed to have)
    """Break the connection of a session that waits for an answer; it has none when it does not."""
    connection = getattr(session, "_connection", None)
    if connection is not None:
        connection.kill()


class Flight:
    """One statement on its way, and the rows that have come; either a loop waits for it or a thread."""

    def __init__(self, lease: Lease, leases: Leases, asked: Asked) -> None:
        self.columns: tuple[str, ...] = ()
        self.came: deque[Any] = deque()
        self._lease = lease
        self._connection = lease.connection
        self._inbox: Inbox = lease.connection.inbox
        self._leases = leases
        self._over = self._left = False
        self._known = tuple(leases.bookmarks.get_bookmarks())
        self._packed(asked)

    def _packed(self, asked: Asked) -> None:
        self._connection.run(
            asked.statement,
            parameters=asked.parameters,
            mode=neo4j.READ_ACCESS,
            bookmarks=self._known,
            metadata=asked.metadata,
            timeout=asked.timeout_s,
            db=self._lease.session._config.database,  # noqa: SLF001
            on_success=self._on_columns,
        )
        self._pull()

    def _pull(self) -> None:
        self._connection.pull(n=FETCH_SIZE, on_records=self.came.extend, on_success=self._on_end)

    def _on_columns(self, about: dict[str, Any]) -> None:
        self.columns = tuple(about["fields"])

    def _on_end(self, about: dict[str, Any]) -> None:
        self._over = not about.get("has_more")
        bookmark = about.get("bookmark")
        if bookmark and self._known != (bookmark,):
            self._leases.bookmarks.update_bookmarks(self._known, (bookmark,))

    async def landed(self) -> bool:
        """Send it and wait a moment; whether all of the answer is here. If not, a thread takes it from here."""
        if len(self._connection.outbox._chunked_data) > MOST_SENT:  # noqa: SLF001
            return False
        self._inbox.look_anew()
        self._connection.send_all()
        if not await self._all_came(len(self._connection.responses)):
            return False
        while self._connection.responses:
            self._connection.fetch_message()
        return self._over

    async def _all_came(self, answers: int) -> bool:
        """Wait until so many good answers lie here whole; False where it takes longer, or one is not good."""
        loop = asyncio.get_running_loop()
        came: asyncio.Future[bool] = loop.create_future()

        def look() -> None:
            found = self._inbox.arrived(answers)
            if found is not None and not came.done():
                came.set_result(found)

        def enough() -> None:
            if not came.done():
                came.set_result(False)

        descriptor = self._inbox.fileno()
        loop.add_reader(descriptor, look)
        patience = loop.call_later(PATIENCE_S, enough)
        try:
            return await came
        finally:
            patience.cancel()
            loop.remove_reader(descriptor)

    def wait(self) -> None:
        """Wait, on a thread, for the first row or the end; raises the driver's errors."""
        self._connection.send_all()
        while not self.came and not self._over:
            self._further()

    def rows(self) -> Iterator[Any]:
        """Rows as the driver reads them: lists of values."""
        while True:
            while self.came:
                yield self.came.popleft()
            if self._over:
                return
            self._further()

    def _further(self) -> None:
        if not self._connection.responses:
            self._pull()
            self._connection.send_all()
        self._connection.fetch_message()

    def close(self) -> None:
        """Leave the connection to the next statement, or to the driver where this one has not come to its end."""
        self._left = True
        if self._over and not self._connection.responses:
            self._leases.keep(self._lease)
        else:
            self._lease.give_back()

    def hang_up(self) -> None:
        """Break the connection, so that who waits for an answer waits no longer; any thread may."""
        if not self._left:
            self._connection.kill()

    def drop(self) -> None:
        """Hang up, which ends the statement at the server too."""
        self._left = True
        self._connection.kill()
        self._lease.give_back()
