"""Requests off the network: what has no end is cut, what is large and allowed is not."""

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from api.protocol import MOST_AROUND
from tests.api.conftest import serving

PIECE, PIECES = b"0123456789" * 1000, 3000


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    app = FastAPI()

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    @app.get("/much")
    async def much() -> StreamingResponse:
        return StreamingResponse(PIECE for _ in range(PIECES))

    with serving(app) as url:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        yield parts.hostname, parts.port


def answered(address: tuple[str, int], *pieces: bytes) -> bytes:
    """What comes back until the service hangs up, or has answered once."""
    with socket.create_connection(address, timeout=30) as connection:
        found = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
            while b"\r\n\r\n" not in found and (more := connection.recv(1 << 16)):
                found += more
        except ConnectionError:  # hung up while more was being sent: what it said before is in `found`, if it came
            assert len(pieces) > 1
        return found


@pytest.mark.parametrize(
    "start",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: here\r\nX-Long: ",
        b"POST /length HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Trailer: ",
        b"POST /length HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1;",
    ],
)
def test_what_has_no_end_is_cut(address: tuple[str, int], start: bytes) -> None:
    found = answered(address, start, *([b"a" * 4096] * (MOST_AROUND // 2048)))
    assert not found or found.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))


def test_many_small_pieces_of_a_head_are_one(address: tuple[str, int]) -> None:
    request = b"POST /length HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nab"
    assert b"200 OK" in answered(address, *(request[n : n + 1] for n in range(len(request))))


def test_bodies_and_requests_in_a_row_have_no_limit_here(address: tuple[str, int]) -> None:
    size = 3 * MOST_AROUND
    request = f"POST /length HTTP/1.1\r\nHost: here\r\nContent-Length: {size}\r\n\r\n".encode() + b"a" * size
    with socket.create_connection(address, timeout=30) as connection:
        for _ in range(3):
            connection.sendall(request)
            found = b""
            while not found.endswith(str(size).encode()):
                found += connection.recv(1 << 16)
            assert json.loads(found.partition(b"\r\n\r\n")[2]) == size


@pytest.mark.parametrize("broken", [b"\0\1\2\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: here\r\n\r\n"])
def test_what_is_no_request_is_400(address: tuple[str, int], broken: bytes) -> None:
    assert answered(address, broken).startswith(b"HTTP/1.1 400")


def test_a_head_and_its_body_are_sent_together(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=30) as connection:
        for _ in range(5):
            connection.sendall(b"POST /length HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nab")
            assert connection.recv(1 << 16).endswith(b"\r\n\r\n2")


def test_requests_sent_together_are_answered_in_order(address: tuple[str, int]) -> None:
    requests = [b"POST /length HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % n + b"a" * n for n in (1, 2, 3)]
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(b"".join(requests))
        found = b""
        while found.count(b"\r\n\r\n") < 3 or not found[-1:].isdigit():
            found += connection.recv(1 << 16)
        assert [part[:1] for part in found.split(b"\r\n\r\n")[1:]] == [b"1", b"2", b"3"]


def test_a_large_answer_comes_whole_and_then_the_line_is_closed(address: tuple[str, int]) -> None:
    with httpx.stream("GET", f"http://{address[0]}:{address[1]}/much", headers={"Connection": "close"}) as answer:
        assert b"".join(answer.iter_bytes()) == PIECE * PIECES
