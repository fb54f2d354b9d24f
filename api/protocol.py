"""How requests are read off the network: by uvicorn's quick parser, within a limit on what is no body."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_AROUND = 256 << 10  # bytes of a request's line, headers and framing; bodies have a limit of their own


class Protocol(HttpToolsProtocol):
    """One connection. The parser keeps a head until it is whole, however long that takes, so one without end is cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        super().__init__(*args, **kwargs)
        self._around = 0

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
