"""Reading ahead: many records in one call to the system and one message of the driver's, instead of calls for each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import neo4j

AHEAD = 64 << 10  # bytes asked for at once
LOOK_S = 0.05  # how long a connection counts as open after it was last heard of
_RECORD = b"\x71"
_SUCCESS = 0x70
# A message in one piece: its length in two bytes, a structure of one field, what kind it is, the field, two zeroes.
_FIELD, _END = 4, 2
_ONE_FIELD, _ZEROES = 0xB1, bytes(_END)


class Inbox:
    """A connection's inbox, and its socket as the driver's inbox sees it: both out of what was read ahead.

    The driver asks its socket for two bytes, then for a record, and hands on each record by itself. Records that lie
    here whole are taken out together, and handed on in one message; all others are left to the driver's inbox.
    """

    def __init__(self, inbox: Any, socket: Any) -> None:  # noqa: ANN401  (the driver's own classes)
        self._inbox = inbox
        self._socket = socket
        self._unpacker = type(inbox._unpacker)(inbox._unpacker.new_unpackable_buffer())  # noqa: SLF001
        self._buffer = self._unpacker.unpackable
        self._held = self._buffer.data = bytearray(AHEAD)
        self._view = memoryview(self._held)
        self._start = self._end = 0
        self._at_eof: Callable[[], bool] = socket.at_eof
        self._heard = 0.0
        # Up to where messages were looked at, and how many of them answer something sent.
        self._seen = self._answers = 0

    def at_eof(self) -> bool:
        """Whether the other side has hung up."""
        now = time.monotonic()
        if now - self._heard < LOOK_S:
            return False
        over = self._at_eof()
        if not over:
            self._heard = now
        return over

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._inbox, name)

    def pop(self, hydration_hooks: Any) -> tuple[bytes, list[Any]]:  # noqa: ANN401
        """The next message: its kind and its fields; several records come as one message of as many fields."""
        records = self._records(hydration_hooks)
        if records:
            return _RECORD, records
        message: tuple[bytes, list[Any]] = self._inbox.pop(hydration_hooks)
        return message

    def _records(self, hydration_hooks: Any) -> list[Any]:  # noqa: ANN401
        """The records that come next and are here whole."""
        held, start, unpack, buffer, found = self._held, self._start, self._unpacker.unpack, self._buffer, []
        buffer.used = self._end
        while start + _FIELD < self._end and held[start + 2] == _ONE_FIELD and held[start + 3] == _RECORD[0]:
            end = start + 2 + (held[start] << 8 | held[start + 1])
            if end + _END > self._end or held[end : end + _END] != _ZEROES:
                break
            buffer.p, self._start = start + _FIELD, end + _END
            found.append(unpack(hydration_hooks))
            start = end + _END
        return found

    def fileno(self) -> int:
        """The descriptor that tells an event loop when something has come."""
        return int(self._socket._socket.fileno())  # noqa: SLF001

    def look_anew(self) -> None:
        """Something is about to be sent: what comes from now on answers it."""
        self._seen, self._answers = self._start, 0

    def arrived(self, answers: int) -> bool | None:
        """Take in what has come, without waiting: True when so many good answers lie here whole, None while they do
        not; False where that cannot be, because one is not good, there is no room, or the other side has hung up.
        """
        if not self._take_in():
            return False
        held, end, seen = self._held, self._end, self._seen
        while self._answers < answers:
            kind, seen = _message(held, seen, end)
            if kind is None:
                return None
            self._seen = seen
            if kind != _RECORD[0]:
                if kind != _SUCCESS:
                    return False
                self._answers += 1
        return True

    def _take_in(self) -> bool:
        """Read what has come; False where there is no room for it, or no more will come."""
        if self._start:
            left = self._end - self._start
            self._held[:left] = self._held[self._start : self._end]
            self._seen -= self._start
            self._start, self._end = 0, left
        if self._end == AHEAD:
            return False
        try:
            if self._socket._peeked:  # noqa: SLF001  (it looked whether the other side has hung up, and found this)
                came = self._socket.recv_into(self._view[self._end :], AHEAD - self._end)
            else:
                plain = self._socket._socket  # noqa: SLF001
                plain.settimeout(0)  # the driver sets it anew each time it waits
                came = plain.recv_into(self._view[self._end :], AHEAD - self._end)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._end += came
        self._heard = time.monotonic() if came else 0.0
        return bool(came)

    def recv_into(self, buffer: memoryview, wanted: int) -> int:
        """Fill the buffer with at most so many bytes, and say how many; waits only where none were read ahead."""
        if self._start == self._end:
            if wanted >= AHEAD:
                return int(self._socket.recv_into(buffer, wanted))
            self._start, self._end = 0, int(self._socket.recv_into(self._view, AHEAD))
            self._heard = time.monotonic() if self._end else 0.0
        given = min(wanted, self._end - self._start)
        buffer[:given] = self._view[self._start : self._start + given]
        self._start += given
        return given


def _message(held: bytearray, at: int, end: int) -> tuple[int | None, int]:
    """The kind of the message that begins at a place, and where it ends; no kind where it is not here whole."""
    begun, kind = at, None
    while at + 2 <= end:
        size = held[at] << 8 | held[at + 1]
        at += 2
        if size:
            if kind is None and at + 1 < end:
                kind = held[at + 1]
            at += size
        elif kind is not None:
            return kind, at
    return None, begun


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
        socket = getattr(inbox, "_socket", None)
        if inbox and socket and socket is connection.socket and hasattr(socket, "at_eof"):
            connection.inbox = inbox._socket = ahead = Inbox(inbox, socket)  # noqa: SLF001
            socket.at_eof = ahead.at_eof
        return connection

    pool.opener = open_
    return True
