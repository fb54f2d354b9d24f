"""What commands print: data to standard output, progress and problems to standard error."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the group of commands: a reader who went away is no failure, and rich would end with 1."""
        raise  # noqa: PLE0704  (rich calls this while it handles the error)


out = _Console(highlight=False, soft_wrap=True)
err = _Console(stderr=True, highlight=False, soft_wrap=True)


def data(value: object) -> None:
    """Print a value as JSON."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
    sys.stdout.write(text.decode() + "\n")


def json_line(value: object) -> None:
    """Print a value as one line of JSON."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode() + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their columns, as wide as the terminal or, into a file, as wide as they are."""
    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell(value)) for value in row))
    if out.is_terminal:
        out.print(drawn)
    else:
        _Console(file=sys.stdout, highlight=False, width=10_000).print(drawn)


def cell(value: object) -> str:
    """A value in one cell: text as it is, nothing for null, JSON for the rest."""
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def line(text: str = "", style: str = "") -> None:
    """Print one line of an answer."""
    out.print(Text(text, style=style))


def say(text: str, style: str = "") -> None:
    """Tell how things go, on standard error."""
    err.print(Text(text, style=style))


def fields(values: Mapping[str, object]) -> None:
    """Print names and values, one a line; empty ones are left out."""
    for name, value in values.items():
        if value not in (None, "", [], ()):
            out.print(Text.assemble((f"{name}: ", "bold"), cell(value)))


@contextmanager
def progress() -> Iterator[Any]:
    """A bar on standard error: call what it yields with (what, done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield step
