"""The command `query`: Cypher in, rows out."""

import sys
from typing import Annotated, Any, Literal

import orjson
import typer

from graph.errors import Conflict
from guanxi import output
from guanxi.session import Session, session

Format = Literal["table", "json", "ndjson", "csv"]
ACCEPT = {"json": "application/json", "ndjson": "application/x-ndjson", "csv": "text/csv"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("query")(query_command)


def query_command(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="Cypher; '-' reads it from standard input.")],
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="name=value; the value is JSON, else text.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How rows are printed.")] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Let the statement write.")] = False,
    limit: Annotated[int | None, typer.Option(help="The most rows.", min=1)] = None,
    timeout: Annotated[float | None, typer.Option(help="The most seconds.", min=0.1)] = None,
) -> None:
    """Run a Cypher statement; reading only, unless --write is given."""
    text = sys.stdin.read() if statement == "-" else statement
    body: dict[str, Any] = {"statement": text, "parameters": _parameters(parameter or [])}
    body |= {name: value for name, value in (("limit", limit), ("timeout_s", timeout)) if value is not None}
    chosen: Format = "json" if as_json else form
    with session(context.obj) as graph:
        if write:
            _write(graph, text, body["parameters"])
        elif chosen in ("table", "json"):
            _print(graph.post("/v1/cypher", body), chosen)
        else:
            sys.stdout.write(graph.text("POST", "/v1/cypher", json=body, headers={"Accept": ACCEPT[chosen]}))


def _parameters(given: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"{pair!r}: write name=value", param_hint="--parameter")
        try:
            found[name] = orjson.loads(value)
        except orjson.JSONDecodeError:
            found[name] = value
    return found


def _print(reply: dict[str, Any], form: Format) -> None:
    if form == "json":
        output.data(reply)
        return
    output.table(reply["columns"], reply["rows"])
    if reply["truncated"]:
        output.say("there are more rows: raise --limit to see them", "yellow")


def _write(graph: Session, text: str, parameters: dict[str, Any]) -> None:
    if graph.store is None:
        assert graph.server is not None
        raise Conflict(f"a server holds this graph ({graph.server.url}); stop it before writing Cypher by hand")
    rows = graph.store.engine.write(lambda tx: tx.run(text, parameters))
    output.say(f"done; {len(rows)} rows")
