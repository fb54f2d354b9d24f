"""Cypher's words, names, texts and signs, each with its place; comments left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from graph.errors import QueryRefused, QuerySyntax

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING, CLOSING = "([{", ")]}"
TokenKind: TypeAlias = Literal["word", "name", "text", "number", "parameter", "sign"]

# A number ends where its digits do: in `1SET n.x = 2` a clause follows.
# A line comment ends at either end of line, as both engines have it.
_TOKEN = re.compile(
    r"""
    (?P<skip>   \s+ | //[^\r\n]* | /\*.*?\*/ )
  | (?P<text>   '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" )
  | (?P<name>   `(?:``|[^`])*` )
  | (?P<open>   ['"`] | /\* )
  | (?P<parameter> \$(?:\w+|`(?:``|[^`])*`) )
  | (?P<number> 0[xo][0-9A-Fa-f]+ | \d+ (?:\.\d+)? (?:[eE][+-]?\d+)? )
  | (?P<word>   [^\W\d]\w* )
  | (?P<sign>   . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a statement and where it begins."""

    kind: TokenKind
    text: str
    start: int

    @property
    def folded(self) -> str:
        """The word in capitals, also where a letter only looks other than it does in capitals (ſ, ı)."""
        return self.text.lower().upper() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """The name that a word or a name in backticks stands for."""
        return self.text[1:-1].replace("``", "`") if self.kind == "name" else self.text


def tokens(statement: str) -> Iterator[Token]:
    """The statement piece by piece; raises QuerySyntax where a text, a name or a comment does not end."""
    for found in _TOKEN.finditer(statement):
        kind = found.lastgroup
        if kind == "open":
            line, column = place(statement, found.start())
            raise QuerySyntax(f"what {found[0]} opens does not end", line=line, column=column)
        if kind != "skip":
            yield Token(kind, found[0], found.start())  # type: ignore[arg-type]


def place(statement: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    before = statement[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def refuse(statement: str, reason: str, token: Token) -> NoReturn:
    """Raise QueryRefused for what stands there."""
    line, column = place(statement, token.start)
    raise QueryRefused(reason, word=token.text, line=line, column=column)


NOTHING = Token("sign", "", 0)  # what stands outside a statement


class Pieces:
    """The tokens of one statement by their places; raises QuerySyntax as `tokens` does."""

    def __init__(self, statement: str) -> None:
        self._statement = statement
        self._tokens = list(tokens(statement))

    def _at(self, index: int) -> Token:
        return self._tokens[index] if 0 <= index < len(self._tokens) else NOTHING

    def _refuse(self, reason: str, token: Token) -> NoReturn:
        refuse(self._statement, reason, token)
