"""How a server that holds an embedded graph is found: by a note beside the graph's folder."""

import contextlib
import http.client
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Server:
    """A running server of ours: its address, process, and the token that lets this machine's user in."""

    url: str
    pid: int
    token: str


def note_of(settings: Settings) -> Path:
    """Where a server that holds an embedded graph says so: beside the graph's folder."""
    folder = Path(settings.graph)
    return folder.with_name(f"{folder.name}.server.json")


@contextlib.contextmanager
def announced(settings: Settings, server: Server) -> Iterator[None]:
    """Say that the server holds the graph while the block runs. Only this user may read the note."""
    if not settings.embedded:
        yield
        return
    note = note_of(settings)
    note.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        note.unlink()
    with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"url": server.url, "pid": server.pid, "token": server.token}, file)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def running(settings: Settings) -> Server | None:
    """The server that holds the embedded graph, or None; a note left by one that died is not believed."""
    if not settings.embedded:
        return None
    try:
        server = Server(**json.loads(note_of(settings).read_text(encoding="utf-8")))
        os.kill(server.pid, 0)
        return server if _healthy(server) else None
    except (OSError, ValueError, TypeError, http.client.HTTPException):
        return None


def _healthy(server: Server) -> bool:
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
