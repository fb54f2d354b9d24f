"""Statements that look nodes up by one property and tell what they hold: what these cost is known beforehand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A letter for each word of the language, for names (n) and for operands (o); signs stand for themselves.
_WORDS = {"MATCH": "M", "WHERE": "W", "RETURN": "R", "AS": "A", "LIMIT": "L", "DISTINCT": "D"}
_ITEM = r"n(\.n)?(An)?"
_LOOKUP = re.compile(rf"M\(n:n(\{{n:o\}}\)|\)Wn\.n=o)R{_ITEM}(,{_ITEM})*(Lo)?;?")


def is_lookup(statement: str) -> bool:
    """Whether it is `MATCH (x:Label {property: value}) RETURN x` or tells properties of it instead, each once; there
    may be a LIMIT, and the value may stand after WHERE. Raises QuerySyntax where a text or a name does not end.
    """
    pieces = list(tokens(statement))
    letters = "".join(map(_letter, pieces))
    if _LOOKUP.fullmatch(letters) is None:
        return False
    told = list(_told(pieces[letters.index("R") :]))
    return len(told) == len(set(told))  # a text told a hundred times makes an answer of any size


def _told(pieces: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """What each item of the RETURN that begins here tells, without the name it gets."""
    item: list[str] = []
    named = False
    for piece in pieces[1:]:
        if piece.text == ",":
            yield tuple(item)
            item, named = [], False
        named = named or _letter(piece) in ("A", "L", ";")
        if piece.kind != "sign" and not named:
            item.append(piece.name)
    yield tuple(item)


def _letter(token: Token) -> str:
    if token.kind == "sign":
        return token.text
    return _WORDS.get(token.folded, "n") if token.kind in ("word", "name") else "o"
