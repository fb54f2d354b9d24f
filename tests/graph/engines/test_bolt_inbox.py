"""Messages read ahead are the messages that the driver's own inbox reads, however they lie in what comes."""

from collections.abc import Iterator
from itertools import cycle
from struct import pack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import GraphDatabase
from neo4j._codec.packstream.v1 import Packer, Unpacker
from neo4j._sync.io._bolt._common import Inbox as DriversInbox

from graph.engines.bolt_inbox import AHEAD, LOOK_S, Inbox, read_ahead
from tests.neo4j_server import Server

RECORD, SUCCESS = b"\x71", b"\x70"
Message = tuple[bytes, Any]


class Socket:
    """Gives bytes in pieces of given sizes, as the network would."""

    def __init__(self, content: bytes, sizes: Iterator[int]) -> None:
        self._content = content
        self._sizes = sizes
        self.looks = 0

    def at_eof(self) -> bool:
        self.looks += 1
        return not self._content

    def getsockname(self) -> tuple[str, int]:
        return "here", 1

    def recv_into(self, buffer: memoryview, wanted: int) -> int:
        piece = self._content[: min(wanted, next(self._sizes))]
        buffer[: len(piece)] = piece
        self._content = self._content[len(piece) :]
        return len(piece)


def sent(messages: list[Message], chunk: int = 16384) -> bytes:
    """The messages as a server sends them: in chunks, each message ended by an empty one."""
    parts = []
    for tag, field in messages:
        buffer = Packer.new_packable_buffer()
        Packer(buffer).pack_struct(tag, (field,))
        data = bytes(buffer.data)
        parts += [pack(">H", len(data[n : n + chunk])) + data[n : n + chunk] for n in range(0, len(data), chunk)]
        parts.append(b"\0\0")
    return b"".join(parts)


def read(inbox: Any, count: int) -> list[Message]:
    """So many messages, each record by itself."""
    found: list[Message] = []
    while len(found) < count:
        tag, fields = inbox.pop(hydration_hooks=None)
        found += [(tag, field) for field in fields]
    return found


def new_inbox(content: bytes, sizes: list[int]) -> Inbox:
    return inbox_of(Socket(content, cycle(sizes)))


def inbox_of(socket: Socket) -> Inbox:
    def fail(error: BaseException) -> None:
        raise error

    drivers = DriversInbox(socket, fail, Unpacker)
    inbox = drivers._socket = Inbox(drivers, socket)
    return inbox


values = st.lists(st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=60), max_size=4)
messages = st.lists(st.tuples(st.sampled_from([RECORD, RECORD, RECORD, SUCCESS]), values), max_size=12)


@given(messages, st.lists(st.integers(1, 300), min_size=1, max_size=3), st.sampled_from([40, 16384]))
def test_any_messages_in_any_pieces(told: list[Message], sizes: list[int], chunk: int) -> None:
    assert read(new_inbox(sent(told, chunk), sizes), len(told)) == told


def test_a_record_larger_than_what_is_read_ahead_and_signs_of_life_between() -> None:
    told = [(RECORD, [1]), (RECORD, ["x" * 3 * AHEAD]), (RECORD, [2]), (SUCCESS, {"has_more": False})]
    content = b"\0\0".join(sent([message]) for message in told)
    assert read(new_inbox(content, [AHEAD]), len(told)) == told


def test_records_that_lie_there_whole_come_together() -> None:
    told = [(SUCCESS, {"fields": ["n"]}), *((RECORD, [n]) for n in range(100)), (SUCCESS, {})]
    inbox = new_inbox(sent(told), [AHEAD])
    assert inbox.pop(hydration_hooks=None) == (SUCCESS, [{"fields": ["n"]}])
    assert inbox.pop(hydration_hooks=None) == (RECORD, [[n] for n in range(100)])
    assert inbox.pop(hydration_hooks=None) == (SUCCESS, [{}])


def test_it_looks_for_the_end_only_where_nothing_was_heard_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("graph.engines.bolt_inbox.time.monotonic", lambda: now)
    socket = Socket(sent([(SUCCESS, {})]), cycle([AHEAD]))
    inbox = inbox_of(socket)
    assert [inbox.at_eof(), inbox.at_eof(), socket.looks] == [False, False, 1]
    now += LOOK_S / 2
    inbox.pop(hydration_hooks=None)
    now += LOOK_S * 0.9
    assert [inbox.at_eof(), socket.looks] == [False, 1]
    now += LOOK_S
    assert [inbox.at_eof(), inbox.at_eof(), socket.looks] == [True, True, 3]


def test_a_driver_built_otherwise_is_left_alone() -> None:
    class Other:
        _pool = None

    other: Any = Other()
    assert not read_ahead(other)


class Nonblocking(Socket):
    """Gives what has come and says so where nothing has; its inner socket is itself."""

    def __init__(self, content: bytes, sizes: Iterator[int]) -> None:
        super().__init__(content, sizes)
        self._socket = self
        self._peeked = b""

    def settimeout(self, seconds: float) -> None:
        assert seconds == 0


@given(st.lists(values, max_size=6), st.lists(st.integers(1, 300), min_size=1, max_size=3), st.booleans())
def test_it_tells_when_an_answer_is_here_whole(rows: list[Any], sizes: list[int], good: bool) -> None:
    told = [(SUCCESS, {"fields": ["n"]}), *((RECORD, row) for row in rows), (SUCCESS if good else b"\x7f", {})]
    content = sent(told, 40)
    inbox = inbox_of(Nonblocking(content, cycle(sizes)))
    inbox.look_anew()
    while (found := inbox.arrived(2)) is None:
        pass
    assert found is good
    assert read(inbox, len(told)) == told


def test_it_tells_when_the_other_side_has_hung_up_or_an_answer_is_too_large() -> None:
    told: list[Message] = [(SUCCESS, {}), (RECORD, ["x" * 2 * AHEAD])]
    for content in (sent(told), sent(told)[:100]):
        inbox = inbox_of(Nonblocking(content, cycle([AHEAD])))
        inbox.look_anew()
        while (found := inbox.arrived(2)) is None:
            pass
        assert found is False


@pytest.mark.neo4j
def test_the_drivers_connections_read_ahead(neo4j: Server) -> None:
    with GraphDatabase.driver(neo4j.address, auth=("neo4j", neo4j.password)) as driver:
        assert read_ahead(driver)
        with driver.session() as session:
            found = [record[0] for record in session.run("UNWIND range(1, 5000) AS n RETURN n")]
        (connection,) = next(iter(driver._pool.connections.values()))
        assert isinstance(connection.inbox, Inbox)
    assert found == list(range(1, 5001))
