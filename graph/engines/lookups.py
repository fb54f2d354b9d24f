"""Statements that look nodes up by one property and tell what they hold: what these cost is known beforehand."""

from __future__ import annotations

import re

from graph.tokens import Token, tokens

# A letter for each word of the language, for names (n) and for operands (o); signs stand for themselves.
_WORDS = {"MATCH": "M", "WHERE": "W", "RETURN": "R", "AS": "A", "LIMIT": "L", "DISTINCT": "D"}
_ITEM = r"n(\.n)?(An)?"
_LOOKUP = re.compile(rf"M\(n:n(\{{n:o\}}\)|\)Wn\.n=o)R{_ITEM}(,{_ITEM})*(Lo)?;?")


def is_lookup(statement: str) -> bool:
    """Whether it is `MATCH (x:Label {property: value}) RETURN x` or tells properties of it instead; there may be a
    LIMIT, and the value may stand after WHERE. Raises QuerySyntax where a text or a name does not end.
    """
    return _LOOKUP.fullmatch("".join(map(_letter, tokens(statement)))) is not None


def _letter(token: Token) -> str:
    if token.kind == "sign":
        return token.text
    return _WORDS.get(token.folded, "n") if token.kind in ("word", "name") else "o"
