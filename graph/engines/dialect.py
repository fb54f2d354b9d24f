"""Statements the two engines cannot run alike: refused on both, with one message, before either sees them.

docs/engines.md shows this list to users; a test holds the two together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import Unsupported


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of statement that is refused: how it is called and known, what it is, what to write instead."""

    name: str
    pattern: re.Pattern[str]
    what: str
    instead: str


def _refusal(name: str, pattern: str, what: str, instead: str) -> Refusal:
    return Refusal(name, re.compile(pattern, re.IGNORECASE), what, instead)


REFUSED = (
    _refusal(
        "SHORTEST",
        r"(?<![\w.`$'\"])(?:ALL\s+SHORTEST\b|SHORTEST\s+[\d$(]|(?:MATCH|=)\s*ANY\s+(?:SHORTEST\b|\d|\((?!\s*[\w`]+\s+IN\b)))",
        "the path selectors SHORTEST k, ALL SHORTEST and ANY",
        "shortestPath((a)-[*..6]-(b)) or allShortestPaths((a)-[*..6]-(b))",
    ),
    _refusal(
        "SHOW",
        r"(?:^|;)\s*SHOW\b",
        "SHOW, which lists what each database calls its own",
        "the database's own tools, or `guanxi check` for the engine and its schema",
    ),
    _refusal(
        "percentileCont",
        r"(?<![\w.`$'\"])percentileCont\s*\(",
        "percentileCont(), which gives a float on one engine and an integer on the other",
        "percentileDisc(), or avg() and stdev()",
    ),
)
_ANY_SUSPECT = re.compile(r"SHORTEST|ANY|SHOW|percentileCont", re.IGNORECASE)
# What is quoted or commented says nothing about the statement.
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/", re.DOTALL)


def check(statement: str) -> None:
    """Raise Unsupported where the engines would not give the same answer."""
    if not _ANY_SUSPECT.search(statement):
        return
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), statement)
    for refusal in REFUSED:
        if refusal.pattern.search(bare):
            raise Unsupported(f"{refusal.what} cannot be used here; use {refusal.instead}")
