"""The command `serve`."""

import ipaddress
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import BadSettings, GuanxiError
from graph.settings import Settings
from guanxi import output
from guanxi.opening import opening
from guanxi.servernote import running


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("serve")(serve_command)


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
    with output.progress() as progress, opening(settings, progress) as opened:
        # The service itself and all it stands on.
        from guanxi import service  # noqa: PLC0415

        store = opened.result()
        if load_first:
            service.load_where_empty(store, load_first, progress)
    with store:
        output.say(f"Guanxi serves {settings.graph} on {url}  (API: {url}/docs; stop with Ctrl-C)")
        if open_page:
            threading.Timer(1.0, webbrowser.open, (url,)).start()
        service.serve(store, settings, listening, url)


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
