"""Reading ahead: many records of the driver's in one call to the system instead of two calls for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import neo4j

AHEAD = 64 << 10  # bytes asked for at once


class ReadAhead:
    """A connection's socket as the driver's reader of messages sees it: `recv_into` out of what was read ahead.

    The driver asks for two bytes, then for a record, and each of these calls lets every other thread go first.
    """

    def __init__(self, socket: Any) -> None:  # noqa: ANN401  (the driver's own class)
        self._socket = socket
        self._held = memoryview(bytearray(AHEAD))
        self._start = self._end = 0

    def recv_into(self, buffer: memoryview, wanted: int) -> int:
        """Fill the buffer with at most so many bytes, and say how many; waits only where none were read ahead."""
        if self._start == self._end:
            if wanted >= AHEAD:
                return int(self._socket.recv_into(buffer, wanted))
            self._start, self._end = 0, int(self._socket.recv_into(self._held, AHEAD))
        given = min(wanted, self._end - self._start)
        buffer[:given] = self._held[self._start : self._start + given]
        self._start += given
        return given


def read_ahead(driver: neo4j.Driver) -> bool:
    """Let each new connection of the driver read ahead; False, and all as it was, where the driver is built otherwise.

    The driver has no setting for it: this takes hold of its inside, and leaves a driver alone whose inside has changed.
    """
    pool = getattr(driver, "_pool", None)
    opener = getattr(pool, "opener", None)
    if pool is None or not callable(opener):
        return False

    def open_(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (the driver's own)
        connection = opener(*args, **kwargs)
        inbox = getattr(connection, "inbox", None)
        if inbox is not None and getattr(inbox, "_socket", None) is connection.socket:
            inbox._socket = ReadAhead(connection.socket)  # noqa: SLF001
        return connection

    pool.opener = open_
    return True
