"""Commands that keep an embedded graph safe: backup, also while it is served, and restore."""

from pathlib import Path
from typing import Annotated

import typer

from graph.engines.embedded import restore
from graph.errors import Unsupported
from graph.settings import Settings
from graph.store import Store
from guanxi import output
from guanxi.servernote import running
from guanxi.session import session


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("backup")(backup_command)
    app.command("restore")(restore_command)


def backup_command(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="The file to write, such as graph.zip.")]
) -> None:
    """Write a whole copy of an embedded graph to a file, also while it is served."""
    target = file.absolute()
    with session(context.obj) as graph:
        if graph.store is None:
            graph.post("/v1/backups", {"path": str(target)})
        else:
            graph.store.engine.backup(target)
    output.line(f"{file}: {target.stat().st_size:,} bytes")


def restore_command(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A file that backup wrote.")]
) -> None:
    """Make the graph of GUANXI_GRAPH, a folder that is empty or not there yet, from a backup."""
    settings: Settings = context.obj
    if not settings.embedded:
        raise Unsupported("only an embedded graph is restored here; for Neo4j use `neo4j-admin database load`")
    if running(settings) is not None:
        raise Unsupported("a server holds this graph; stop it first")
    restore(file, settings)
    with Store.open(settings) as store:
        output.line(f"{settings.graph}: {store.count('Document')} documents, {store.count('Claim')} claims")
