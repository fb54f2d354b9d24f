"""How requests are read off the network and answers put on it: by uvicorn, within a limit on what is no body."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_AROUND = 256 << 10  # bytes of a request's line, headers and framing; bodies have a limit of their own
MOST_WAITING = 64 << 10  # bytes of an answer kept to be sent together


class Protocol(HttpToolsProtocol):
    """One connection. The parser keeps a head until it is whole, however long that takes, so one without end is cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        super().__init__(*args, **kwargs)
        self._around = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Answer through one that sends a head and its body together."""
        super().connection_made(Gathered(transport, self.loop))

    def data_received(self, data: bytes) -> None:
        """Take what came; answers 400 and hangs up where a request has too much around its body."""
        self._around += len(data)
        super().data_received(data)
        if self._around > MOST_AROUND and not self.transport.is_closing():
            self.send_400_response("The head of this request is too large.")

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._around -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request is here whole."""
        self._around = 0
        super().on_message_complete()


class Gathered(asyncio.Transport):
    """A transport that sends at once what is written in one turn of the loop: each sending wakes who waits for it."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._waiting = bytearray()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep it until the turn ends, or until there is enough to send."""
        if not self._waiting:
            self._loop.call_soon(self._send)
        self._waiting += data
        if len(self._waiting) > MOST_WAITING:
            self._send()

    def _send(self) -> None:
        if self._waiting:
            written, self._waiting = self._waiting, bytearray()
            self._transport.write(written)

    def close(self) -> None:
        """Send what is kept, then close."""
        self._send()
        self._transport.close()

    def abort(self) -> None:
        """Close and send nothing more."""
        self._waiting.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        """Whether it is closed or being closed."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  (asyncio's own)
        """What the transport knows of itself."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing more for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Take again."""
        self._transport.resume_reading()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Hand the connection to another protocol."""
        self._transport.set_protocol(protocol)
