"""`guanxi export`: the graph, or a part of it, in the forms of others."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from guanxi import output
from guanxi.session import session


class Form(StrEnum):
    """The forms of others."""

    graphml = "graphml"
    jsonld = "jsonld"
    csv = "csv"
    jsonl = "jsonl"
    ftm = "ftm"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("export")(export_command)


def export_command(
    context: typer.Context,
    form: Annotated[Form, typer.Option("--format", help="jsonl is what load takes; csv is a zip of tables.")],
    entity: Annotated[str | None, typer.Option(help="Only what lies around this entity, an id or a name.")] = None,
    predicate: Annotated[list[str] | None, typer.Option(help="Only these predicates.")] = None,
    file: Annotated[Path | None, typer.Option("--output", help="Write to this file.")] = None,
) -> None:
    """Write the graph, or a part of it, to standard output or a file."""
    if form is Form.csv and file is None and sys.stdout.isatty():
        raise typer.BadParameter("csv is a zip; name a file or redirect the output", param_hint="--output")
    with session(context.obj) as graph:
        content = graph.content("/v1/export", format=form.value, entity=entity, predicate=predicate or None)
    if file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    file.write_bytes(content)
    output.say(f"{file}: {len(content):,} bytes")
