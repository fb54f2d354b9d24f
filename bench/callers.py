"""Callers of an HTTP service in closed loops: each asks again as soon as it has its answer, and looks at every one."""

import base64
import os
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

END_OF_HEAD = b"\r\n\r\n"
PATIENCE_S = 120


class WrongAnswer(AssertionError):
    """An answer that is not what the graph holds: what was measured is worth nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """The body of a POST, and what its answer must hold."""

    body: bytes
    holds: bytes


@dataclass(frozen=True, slots=True)
class Door:
    """Where a service takes statements: its name in the table, its port and path, the processes that work for it."""

    name: str
    port: int
    path: str
    processes: tuple[int, ...] = ()
    headers: str = "Accept: application/json\r\n"

    def processor_seconds(self) -> float:
        """What its processes have spent so far."""
        return sum(map(_spent, self.processes))

    def message(self, body: bytes) -> bytes:
        """The bytes of one request."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"{self.headers}Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def basic(user: str, password: str) -> str:
    """A header that says who asks."""
    word = base64.b64encode(f"{user}:{password}".encode()).decode()
    return f"Accept: application/json\r\nAuthorization: Basic {word}\r\n"


class Connection:
    """One kept-alive connection; as little client as will do, since it shares the processors with what it measures."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._held = b""

    def ask(self, message: bytes) -> bytes:
        """The body of the answer; raises WrongAnswer for one that is not 2xx."""
        self._socket.sendall(message)
        head = self._until(END_OF_HEAD)
        length, chunked = _framing(head)
        body = self._chunks() if chunked else self._exactly(length)
        if not head.startswith(b"HTTP/1.1 2"):
            raise WrongAnswer(head[:60] + body[:500])
        return body

    def _more(self) -> None:
        piece = self._socket.recv(1 << 18)
        if not piece:
            raise WrongAnswer("the connection was closed in the middle of an answer")
        self._held += piece

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._held:
            self._more()
        found, _, self._held = self._held.partition(mark)
        return found

    def _exactly(self, length: int) -> bytes:
        pieces, missing = [self._held[:length]], length - len(self._held)
        self._held = self._held[length:]
        while missing > 0:
            piece = self._socket.recv(min(missing, 1 << 18))
            if not piece:
                raise WrongAnswer("the connection was closed in the middle of an answer")
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def _chunks(self) -> bytes:
        pieces = []
        while size := int(self._until(b"\r\n"), 16):
            pieces.append(self._exactly(size))
            self._exactly(2)
        self._exactly(2)
        return b"".join(pieces)

    def close(self) -> None:
        """Leave."""
        self._socket.close()


def _framing(head: bytes) -> tuple[int, bool]:
    """How long the body is, or that it comes in chunks."""
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        return 0, True
    _, _, rest = lower.partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0] or 0), False


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    seconds: float = 0.0
    processor_seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    @property
    def processor_ms(self) -> float:
        """What an answer costs the service and its database: it tells most on a machine that has other work too."""
        return self.processor_seconds / len(self.waits) * 1000

    @property
    def p50_ms(self) -> float:
        """Half the answers came within this."""
        return median(self.waits) * 1000

    @property
    def p99_ms(self) -> float:
        """All but one in a hundred came within this."""
        return quantiles(self.waits, n=100)[98] * 1000 if len(self.waits) > 1 else self.p50_ms


def closed_loop(door: Door, requests: Sequence[Request], clients: int, seconds: float) -> Tally:
    """So many clients for so many seconds; raises the first failure of any."""
    tally = Tally()
    messages = [(door.message(request.body), request.holds) for request in requests]
    until = time.perf_counter() + seconds
    started, spent = time.perf_counter(), door.processor_seconds()
    threads = [
        threading.Thread(target=_ask_on, args=(door.port, messages[number::clients] or messages, until, tally))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds, tally.processor_seconds = time.perf_counter() - started, door.processor_seconds() - spent
    if tally.failures:
        raise tally.failures[0]
    return tally


def _ask_on(port: int, messages: Sequence[tuple[bytes, bytes]], until: float, tally: Tally) -> None:
    connection = Connection(port)
    try:
        while True:
            for message, holds in messages:
                started = time.perf_counter()
                if started >= until:
                    return
                answer = connection.ask(message)
                tally.waits.append(time.perf_counter() - started)
                _look(answer, holds, message)
    except (OSError, WrongAnswer) as error:
        tally.failures.append(error)
    finally:
        connection.close()


def _look(answer: bytes, holds: bytes, message: bytes) -> None:
    if holds not in answer:
        raise WrongAnswer(message[-300:] + b" was answered " + answer[:500])
