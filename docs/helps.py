"""Writes what each command says with --help into docs/commands.md; `make docs` runs it, a test sees to it."""

import re
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from guanxi.cli import app

PAGE = Path(__file__).parent / "commands.md"
BLOCK = re.compile(r"<!-- help: ([a-z -]+) -->\n.*?<!-- end -->", flags=re.DOTALL)


def command_names() -> list[str]:
    """Every command, a subcommand with its group's name before it."""
    names = []
    for name, command in getattr(get_command(app), "commands", {}).items():
        below = getattr(command, "commands", {})
        names += [f"{name} {inner}" for inner in below] if below else [name]
    return names


def help_of(name: str) -> str:
    """What `guanxi NAME --help` prints on a terminal of 80 columns."""
    result = CliRunner().invoke(app, [*name.split(), "--help"], prog_name="guanxi", env={"COLUMNS": "80"})
    if result.exit_code:
        raise SystemExit(f"guanxi {name} --help: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def filled(page: str) -> str:
    """The page with each help block as the program has it now; a command it does not have yet comes at the end."""
    for name in command_names():
        if f"<!-- help: {name} -->" not in page:
            page += f"\n## {name}\n\n<!-- help: {name} -->\n<!-- end -->\n"
    return BLOCK.sub(lambda block: f"<!-- help: {block[1]} -->\n```text\n{help_of(block[1])}\n```\n<!-- end -->", page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
