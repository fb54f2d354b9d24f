"""The command `check`."""

from typing import Annotated, Any

import typer

from graph.settings import Settings
from guanxi import output
from guanxi.session import session


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("check")(check_command)


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
