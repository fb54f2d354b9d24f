"""One of several named is to be chosen: 豆包是字节还是腾讯做的; "who made Doubao, ByteDance or Tencent"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from questions.meaning import Named
from questions.phrases import letters
from questions.ranking import ORDERS
from questions.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST = re.compile(r",(?P<all>X(?:,X)*,?JX)$")


def without_alternatives(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens with an asking word in the place of those to choose from, and the ids of these."""
    if any(token.part == "polar" and not token.text.isascii() for token in tokens):
        return tokens, ()  # 蔡崇信还是阿里的董事长吗
    ranked = any(token.part == "adjective" and token.key in ORDERS for token in tokens)
    for place in range(len(tokens) - 2):
        first, between, second = part = tokens[place : place + 3]
        if "either" not in between.marks or not _all_named(part[::2]):
            continue
        asking = Token("ask", "what", between.text, second.end, second.end)
        if ranked:  # the order decides between them
            joined = replace(between, part="case", key="joins")
            return [*tokens[:place], first, joined, second, asking, *tokens[place + 3 :]], ()
        return [*tokens[:place], replace(asking, start=first.start), *tokens[place + 3 :]], _ids(part)
    match = _LAST.search(letters(tokens))
    if match and not ranked and "W" in letters(tokens[: match.start()]):
        part = tokens[match.start("all") :]
        if "choosing" in part[-2].marks and _all_named([token for token in part if token.part == "entity"]):
            return tokens[: match.start()], _ids(part)
    return tokens, ()


def _all_named(tokens: Sequence[Token]) -> bool:
    """Whether all are names, of things of one kind."""
    return all(isinstance(token.who, Named) for token in tokens) and bool(
        set(tokens[0].words).intersection(*(token.words for token in tokens[1:]))
    )


def _ids(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(id_ for token in tokens if isinstance(token.who, Named) for id_ in token.who.ids)
