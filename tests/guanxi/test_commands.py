"""The command line itself: what it lists, and what it leaves unimported until it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from guanxi.cli import COMMANDS, app

# What takes long to import, and what only the service, a graph that is opened here, or Chinese names need.
HEAVY = {"api", "fastapi", "jpype", "neo4j", "pypinyin", "questions"}
TOLD = "import sys\nfrom guanxi.cli import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"


def test_every_command_is_found_under_its_name() -> None:
    group = get_command(app)
    commands = getattr(group, "commands", {})
    assert {name: command.name for name, command in commands.items()} == {name: name for name in COMMANDS}


@pytest.mark.parametrize("words", ["serve --help", "ask --help"])
def test_help_brings_nothing_heavy(words: str) -> None:
    told = subprocess.run([sys.executable, "-c", TOLD, *words.split()], check=True, capture_output=True, text=True)
    assert "Usage:" in told.stdout
    modules = set(told.stderr.split())
    assert "guanxi.cli" in modules
    assert not modules & HEAVY


def test_the_list_of_commands_brings_no_service() -> None:
    told = subprocess.run([sys.executable, "-c", TOLD, "--help"], check=True, capture_output=True, text=True)
    modules = set(told.stderr.split())
    assert "guanxi.loading" in modules
    assert not modules & {"api.app", "fastapi", "uvicorn", "pypinyin"}
