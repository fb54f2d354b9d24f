"""The command `query`: Cypher in, rows out."""

import csv
import sys
from typing import Annotated, Any, Literal

import orjson
import typer

from graph.errors import Conflict
from graph.values import to_json
from guanxi import output
from guanxi.session import ProblemError, Session, session

Format = Literal["table", "json", "ndjson", "csv"]
NDJSON = "application/x-ndjson"


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
    if write and (limit, timeout) != (None, None):
        raise typer.BadParameter("--limit and --timeout bound a statement that reads", param_hint="--write")
    with session(context.obj) as graph:
        if write:
            _print(_write(graph, text, body["parameters"]), chosen)
        elif chosen == "ndjson":
            _print_lines(graph.text("POST", "/v1/cypher", json=body, headers={"Accept": NDJSON}))
        else:
            _print(graph.post("/v1/cypher", body), chosen)


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
    if form == "ndjson":
        end = {"end": True, "rows": len(reply["rows"]), "truncated": reply["truncated"]}
        for line in ({"columns": reply["columns"]}, *reply["rows"], end):
            output.json_line(line)
    elif form == "csv":
        _print_csv(reply["columns"], reply["rows"])
    else:
        output.table(reply["columns"], reply["rows"])
    _tell_cut(reply)


def _write(graph: Session, text: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run a statement that may write; the reply in the shape of POST /v1/cypher."""
    if graph.store is None:
        assert graph.server is not None
        raise Conflict(f"a server holds this graph ({graph.server.url}); stop it before writing Cypher by hand")
    columns, rows = graph.store.engine.write(lambda tx: tx.table(text, parameters))
    output.say(f"done; {len(rows)} rows")
    return {"columns": list(columns), "rows": to_json(rows), "truncated": False}


def _print_csv(columns: list[str], rows: list[list[Any]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows([output.cell(value) for value in row] for row in rows)


def _print_lines(text: str) -> None:
    """Print newline-delimited JSON; raises ProblemError where its last line is an error."""
    sys.stdout.write(text)
    last = orjson.loads(text.splitlines()[-1])
    if "error" in last:
        raise ProblemError(last["error"]["status"], last["error"])
    _tell_cut(last)


def _tell_cut(ended: dict[str, Any]) -> None:
    if ended["truncated"]:
        output.say("there are more rows: raise --limit to see them", "yellow")
