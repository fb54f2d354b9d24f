"""Words before a name that only say what kind of thing it is: the toy maker X."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions.tokens import Token

_KINDS = ("maker", "product", "connected", "subsidiary", "partner")  # nouns that say a kind, as classes do


def without_kinds(tokens: list[Token]) -> list[Token]:
    """The toy maker X, 虚拟助理「X」: the tokens without the words that only say what kind of thing X is."""
    found = list(tokens)
    for place in range(len(tokens) - 1, 0, -1):
        if tokens[place].part == "entity":
            first = _apposed_from(tokens, place)
            if first < place and not _relative_follows(tokens, first, place):
                del found[first:place]
    return found


def _apposed_from(tokens: Sequence[Token], place: int) -> int:
    """Where the words begin that stand before a name as its kind; the place itself where there are none."""
    han = tokens[place - 1].part in ("unknown", "class") and not tokens[place - 1].text.isascii()
    first = place
    while (
        first
        and tokens[first - 1].part in ("unknown", "class", "noun", "adjective")
        and _same_script(tokens, first, han)
    ):
        first -= 1
    said = tokens[first:place]
    if han:
        quoted = tokens[place].text.isascii() or tokens[place].start > tokens[place - 1].end
        return first if quoted and any(token.part == "unknown" for token in said) else place
    article = first and "article" in tokens[first - 1].marks
    kind = said and (said[-1].part == "class" or said[-1].key in _KINDS)
    return first if article and kind and (len(said) > 1 or said[0].part == "class") else place


def _same_script(tokens: Sequence[Token], first: int, han: bool) -> bool:
    before, after = tokens[first - 1], tokens[first]
    close = after.start - before.end <= 1
    return close and (before.text.isascii() is not han)


def _relative_follows(tokens: Sequence[Token], first: int, place: int) -> bool:
    """The chip that X makes: what stands before the name is described by what follows it."""
    rest = [token for token in tokens[place + 1 :] if token.part != "small"]
    if not rest or rest[0].part not in ("verb", "polar"):
        return False
    other_verb = sum(token.part == "verb" for token in tokens) > 1
    owned = rest[0].part == "verb" and any(token.part in ("noun", "role", "family") for token in tokens[:first])
    return other_verb or owned
