"""`guanxi` in a process of its own, for tests and measurements, as neo4j_server.py has it for Neo4j."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.neo4j_server import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.settings import Settings

ROOT = Path(__file__).parents[1]
GUANXI = (sys.executable, "-c", "from guanxi.cli import main; main()")
PATIENCE_S = 240  # for a busy machine; what is waited for usually takes a tenth of it


def environ(settings: Settings) -> dict[str, str]:
    """The variables of this process, with these settings and no others of the program's."""
    own = {"GUANXI_GRAPH": settings.graph, "GUANXI_PASSWORD": settings.password}
    # Compiled sources are kept, as a user's are.
    dropped = ("GUANXI_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(dropped)} | own


def run(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """A command to its end, whatever that is."""
    return subprocess.run(
        [*GUANXI, *words], check=False, cwd=ROOT, env=environ(settings), capture_output=True, text=True
    )


@contextmanager
def serving(settings: Settings, port: int | None = None) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`guanxi serve`, ready, and its port; asked to stop when the block is left, unless it was killed before."""
    port = port or free_port()
    command = [*GUANXI, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environ(settings), stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", 200)
            yield process, port
        finally:
            process.terminate()


def wait_for(url: str, status: int) -> None:
    """Wait until a GET is answered so. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE_S
    with httpx.Client(timeout=PATIENCE_S) as client:
        while time.monotonic() < until:
            try:
                if client.get(url).status_code == status:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
    raise TimeoutError(f"{url} never answered {status}")
