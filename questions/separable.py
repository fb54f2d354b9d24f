"""Verbs written apart or together with what is no part of them: got X off the ground, X开的公司."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from questions.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions.lexicon import Lexicon

_LONGEST_PARTICLE = 3  # words: "off the ground"


def rejoined(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Took X over, got X off the ground: a verb and what belongs to it behind a name, as one verb."""
    found = list(tokens)
    for place in range(len(found) - 2, 0, -1):
        if found[place].part != "entity":
            continue
        for length in range(min(_LONGEST_PARTICLE, len(found) - place - 1), 0, -1):
            rest = found[place + 1 : place + 1 + length]
            whole = " ".join(token.text for token in (found[place - 1], *rest)).lower()
            verb = next((sense for sense in lexicon.senses(whole) if sense.part == "verb"), None)
            if verb and (length > 1 or "particle" in rest[0].marks):
                told = replace(found[place - 1], part="verb", key=verb.key, senses=(verb,))
                if found[place - 1].part == "polar":  # is X part of Y
                    found[place + 1 : place + 1 + length] = [replace(told, start=rest[0].start, end=rest[-1].end)]
                else:
                    found[place - 1] = told
                    del found[place + 1 : place + 1 + length]
                break
    return found


def doubled(tokens: Sequence[Token]) -> list[Token]:
    """投没投过X, 投过X没有: a verb said twice with a negation between, or one at the end, asks for yes or no."""
    found = list(tokens)
    for place in range(len(found) - 3, -1, -1):
        first, negation, verb = found[place : place + 3]
        close = first.end == negation.start and negation.end == verb.start
        if close and verb.part == "verb" and "negating" in negation.marks and verb.text.startswith(first.text):
            asking = Token("polar", "yesno", first.text + negation.text, first.start, negation.end)
            found[place : place + 2] = [asking]
    if found[1:] and found[-1].part == "small" and "negating" in found[-1].marks:  # X收购过Y没有
        found[-1] = replace(found[-1], part="polar", key="yesno")
    return found


def apart(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """X开的公司做了什么: a verb that ends in 的 before what it describes, as the verb and a genitive."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        found.append(token)
        described = tokens[place + 1 : place + 2]
        if (
            token.part == "verb"
            and token.text[-1] in lexicon.marks["describing_end"]
            and found[-2:-1]
            and found[-2].part == "entity"
            and described
            and described[0].part == "class"
            and any(other.part == "verb" for other in tokens[place + 2 :])
        ):
            found[-1] = replace(token, text=token.text[:-1], end=token.end - 1)
            found.append(Token("genitive", "", token.text[-1], token.end - 1, token.end))
    return found
