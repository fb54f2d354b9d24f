"""A small server that stands in for a language model: it gives one answer and keeps what it was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, TypeVar


@dataclass
class Stand:
    """What the server answers and with which status, and what it was asked, with which keys."""

    answer: str = ""
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    address: str = ""

    def says_json(self, given: object) -> None:
        content = f"Here: {json.dumps(given, ensure_ascii=False)}"
        self.answer = json.dumps({"choices": [{"message": {"content": content}}]})


S = TypeVar("S", bound=Stand)


@contextmanager
def served(stand: S) -> Iterator[S]:
    """The stand with a server behind its address, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stand.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            stand.keys.append(self.headers.get("Authorization"))
            self.send_response(stand.status)
            self.end_headers()
            self.wfile.write(stand.answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
