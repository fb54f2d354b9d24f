"""The command line: one command a verb, each printing data to standard output and the rest to standard error."""

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from graph.errors import GuanxiError
from graph.settings import Settings
from guanxi import output
from guanxi.session import ProblemError

SETTINGS_HELP = """Settings come from the environment:

GUANXI_GRAPH: a folder (embedded), or an address such as neo4j://host:7687. Default: .guanxi/graph

GUANXI_USER, GUANXI_PASSWORD, GUANXI_DATABASE: for an address only.

GUANXI_KEYS: the file of hashed API keys; needed to serve beyond this machine.

GUANXI_HEAP: the most memory of the embedded engine's Java, such as 384m.

GUANXI_ONTOLOGY: a TOML file that adds kinds and predicates.

GUANXI_ASSISTANT, GUANXI_ASSISTANT_MODEL, GUANXI_ASSISTANT_KEY: a model that may rewrite questions. Default: none

GUANXI_MAX_FILE_MB, GUANXI_MAX_TEXT_MB: how large a file, and its text, may be.

More for the service: GUANXI_PAGE, GUANXI_ORIGINS, GUANXI_BODY_BYTES, GUANXI_CYPHER_ROWS, GUANXI_CYPHER_SECONDS,
GUANXI_CYPHER_BYTES, GUANXI_CYPHER_BODY_BYTES, GUANXI_REQUESTS_A_MINUTE, GUANXI_AUDIT;
docs/settings.md tells of each."""

UNUSABLE = 422  # HTTP's word for what was asked in a wrong way

# Each command with the module of this package that has it, in the order in which they are listed.
COMMANDS = MappingProxyType(
    {
        "load": "loading",
        "rebuild": "loading",
        "extract": "extracting",
        "ask": "asking",
        "search": "reading",
        "entity": "reading",
        "connections": "reading",
        "claims": "reading",
        "conflicts": "reading",
        "documents": "reading",
        "export": "exporting",
        "query": "querying",
        "score": "scoring",
        "serve": "serving",
        "check": "checking",
        "backup": "keeping",
        "restore": "keeping",
        "resolve": "judging",
        "keys": "keys",
    }
)


class Imported(Mapping[str, Any]):
    """The commands by name, each imported only when it is called or told of."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (typer does not export what a command is)
        some = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
        import_module(f"guanxi.{COMMANDS[name]}").register(some)
        return get_group(some).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401
        super().__init__(**{**given, "commands": Imported()})

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  (typer does not export what a context is)
        """Run a command. A reader of its output who went away (`guanxi query ... | head`) is no failure."""
        try:
            found = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # caught here: what calls this would end with 1
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        return found


app = typer.Typer(
    name="guanxi",
    cls=Commands,
    help="People, companies, products and partnerships as a graph in which every fact carries its exact quote.\n\n"
    + SETTINGS_HELP,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _settings(
    context: typer.Context,
    graph: Annotated[str | None, typer.Option(help="The graph, instead of GUANXI_GRAPH.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell more on standard error.")] = False,
) -> None:
    environ = {**os.environ, **({"GUANXI_GRAPH": graph} if graph else {})}
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    context.obj = Settings.from_environ(environ)


def main() -> None:
    """Run a command: exit 0 when it did what was asked, 1 when it could not, 2 when it was called wrongly."""
    try:
        app()
    except GuanxiError as error:
        output.say(f"guanxi: {error}", "red")
        sys.exit(2 if isinstance(error, ProblemError) and error.status == UNUSABLE else 1)
