"""The service over the seeds, on each engine, behind a real socket."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.protocol import Protocol
from api.settings import ServiceSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from graph.store import Store


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a server that runs the app in a thread of this process."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=Protocol, log_level="warning", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@pytest.fixture(scope="module")
def app(seeded: Store) -> FastAPI:
    return create_app(seeded, service=ServiceSettings(page=None))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[httpx.Client]:
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
