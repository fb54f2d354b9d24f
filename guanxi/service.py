"""The service in this process: what it loads first, and how it runs until it is stopped."""

import gc
import os
import secrets
import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from api.app import create_app
from api.protocol import Protocol
from api.settings import ServiceSettings
from graph.settings import Settings
from graph.store import Progress, Store
from guanxi import output
from guanxi.servernote import Server, announced
from guanxi.warming import warming
from loaders.load import Wanted, load
from loaders.problems import Limits

SHUTDOWN_S = 20  # how long running requests may take to end after a stop is asked for


def load_where_empty(store: Store, paths: Sequence[Path], progress: Progress) -> None:
    """Load files and folders into a graph that holds no documents yet, and tell what came of it."""
    if store.count("Document"):
        return
    report = load(store, Wanted(tuple(paths), limits=Limits.from_environ(os.environ)), progress=progress)
    for problem in report.refused:
        output.say(f"skipped  {problem}", "yellow")
    output.say(f"loaded {report.effect.documents} documents with {report.effect.claims} claims")


def serve(store: Store, settings: Settings, listening: socket.socket, url: str) -> None:
    """Answer on the socket, known to this machine's user by `url`, until the process is asked to stop."""
    token = secrets.token_urlsafe(32)
    config = uvicorn.Config(
        create_app(store, settings, ServiceSettings.from_environ(os.environ), token=token),
        http=Protocol,
        log_level="warning",
        access_log=False,  # the service keeps its own
        timeout_graceful_shutdown=SHUTDOWN_S,
        server_header=False,
    )
    gc.freeze()  # what is there now stays: no search for garbage need look at it again
    with announced(settings, Server(url, os.getpid(), token)), warming(store):
        uvicorn.Server(config).run(sockets=[listening])
