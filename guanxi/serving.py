"""Commands that run or look after the service: serve, check."""

import ipaddress
import os
import secrets
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn

from api.app import create_app
from api.protocol import Protocol
from api.settings import ServiceSettings
from graph.errors import BadSettings, GuanxiError
from graph.settings import Settings
from graph.store import Store
from guanxi import output
from guanxi.session import Server, announced, running, session
from guanxi.warming import warming
from loaders.load import Wanted, load
from loaders.problems import Limits

SHUTDOWN_S = 20  # how long running requests may take to end after a stop is asked for


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("serve")(serve_command)
    app.command("check")(check_command)


def serve_command(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8000,
    load_first: Annotated[
        list[Path] | None, typer.Option("--load", help="Load this first, where the graph holds no documents.")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the graph: the page at /, the API under /v1, its description at /docs.

    Beyond this machine it serves only people with a key: see GUANXI_KEYS.
    """
    settings: Settings = context.obj
    if not _is_loopback(host) and settings.keys is None:
        raise BadSettings("GUANXI_KEYS", f"serving on {host} needs API keys: make one with `guanxi keys add`")
    _refuse_second(settings)
    listening = _listen(host, port)
    url = f"http://{_shown(host)}:{listening.getsockname()[1]}"
    with output.progress() as progress:
        store = Store.open(settings, progress)
        if load_first and not store.count("Document"):
            report = load(store, Wanted(tuple(load_first), limits=Limits.from_environ(os.environ)), progress=progress)
            for problem in report.refused:
                output.say(f"skipped  {problem}", "yellow")
            output.say(f"loaded {report.effect.documents} documents with {report.effect.claims} claims")
    token = secrets.token_urlsafe(32)
    config = uvicorn.Config(
        create_app(store, settings, ServiceSettings.from_environ(os.environ), token=token),
        http=Protocol,
        log_level="warning",
        access_log=False,  # the service keeps its own
        timeout_graceful_shutdown=SHUTDOWN_S,
        server_header=False,
    )
    with store, announced(settings, Server(url, os.getpid(), token)):
        output.say(f"Guanxi serves {settings.graph} on {url}  (API: {url}/docs; stop with Ctrl-C)")
        if open_page:
            threading.Timer(1.0, webbrowser.open, (url,)).start()
        with warming(store):
            uvicorn.Server(config).run(sockets=[listening])


def _refuse_second(settings: Settings) -> None:
    server = running(settings)
    if server is not None:
        raise GuanxiError(f"a server holds this graph already: {server.url} (process {server.pid})")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise GuanxiError(f"cannot listen on {host}:{port}: {reason}; choose another with --port") from None
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_command(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Check settings, engine, schema and counts; say what is wrong and how to mend it."""
    settings: Settings = context.obj
    with session(settings) as graph:
        found: dict[str, Any] = {"graph": settings.graph, "server": graph.server.url if graph.server else None}
        found |= graph.get("/v1/counts")
    problems = _problems(found)
    if as_json:
        output.data({**found, "problems": problems})
    else:
        output.fields(found)
        for problem in problems:
            output.say(f"problem: {problem}", "red")
        if not problems:
            output.line("all is well", "green")
    if problems:
        raise typer.Exit(1)


def _problems(found: dict[str, Any]) -> list[str]:
    problems = []
    if found.get("documents") == 0:
        problems.append("the graph is empty: load something with `guanxi load PATH`")
    if found.get("derived") is False:
        problems.append("entities and relations are not whole: run `guanxi rebuild`")
    return problems
