"""Words in the place of a name: linked where they are nearly a name of the graph, else names that it does not know."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.persons import latin_surnames
from questions.link import Span, entity_token
from questions.meaning import Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from questions.clause import Clause
    from questions.link import Linker
    from questions.tokens import Token

_NAME = re.compile(r"[A-ZÀ-Þ]")
_FULL_NAME = re.compile(r"[A-Z][a-z]+( [A-Z][a-z]+)+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,}")


def with_strangers(tokens: list[Token], linker: Linker) -> list[Token]:
    """The tokens with unknown words linked where they are nearly names of the graph."""
    found: list[Token] = []
    for place, word in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        kind_follows = after is not None and after.start == word.end and after.part in ("class", "noun")
        token = _linked(word, linker, shortened=not kind_follows)
        last = found[-1] if found else None
        whole = (_one_person(last, token) or _another(last, token, linker)) if last else None
        found[-1:] = [whole] if whole else [*found[-1:], token]
    return found


def _linked(token: Token, linker: Linker, *, shortened: bool) -> Token:
    """An unknown word that is nearly a name of the graph, or, if it may be, one without its end, as that entity."""
    if (
        token.part != "unknown"
        or token.key == "place"
        or not (_NAME.match(token.text) or _HAN_NAME.fullmatch(token.text))
    ):
        return token
    span = Span(token.start, token.end, token.text)
    misspelt = [] if (near := linker.near(token.text)) else linker.misspelt(token.text)
    if misspelt:
        return entity_token(span, misspelt, misspelt[0].name)
    near = near or (linker.shortened(token.text) if shortened else [])
    return entity_token(span, near) if near else token


def taken_names(tokens: Iterable[Token]) -> list[Named]:
    """Who was named by something that is only nearly a name of the graph."""
    return [token.who for token in tokens if isinstance(token.who, Named) and token.who.taken_for]


def unknown_names(clause: Clause) -> list[str]:
    """Words in the place of a name that the graph does not know."""
    found = []
    sentence = clause.letters
    if "evidence" in clause.asks and len(clause.entities) > 1:
        return []
    for place, token in enumerate(clause.tokens):
        if token.part != "unknown" or token.key == "place":
            continue
        before, after = sentence[:place].rstrip("A"), sentence[place + 1 :]
        latin = bool(_NAME.match(token.text))
        alone = not clause.entities and (latin or _HAN_NAME.fullmatch(token.text))
        owner = latin and after.startswith("G")
        patient = latin and before.endswith(("V", "B", "P", "F", "T", "L")) and "X" not in after
        agent = latin and after.lstrip("A").startswith("V") and (clause.polar or not before)
        of = latin and before.endswith(("RO", "GO"))
        alone = alone or (latin and clause.polar and not before and after == "X")  # is U a customer of X
        headless = before.endswith("XG") and not after.startswith(("R", "X", "C", "V", "A", "W", "O", "B", "F"))
        headless = headless and (latin or not token.text.isascii() or "V" not in before)
        party = clause.polar and _HAN_NAME.fullmatch(token.text)  # 滴滴跟X有合作吗
        alone = alone or bool(
            party and ((not before and after.startswith(("LX", "JX"))) or before.endswith(("XL", "XJ")))
        )
        both = clause.tokens[place + 1 : place + 2] and clause.tokens[place + 1].key == "both"
        if _HAN_NAME.fullmatch(token.text) and before.endswith(("XL", "XJ")) and both:
            found.append(token.text)  # X和某人都在哪里工作过
        if len(clause.entities) > 1 and not several_words(token):
            continue
        if clause.polar and _HAN_NAME.fullmatch(token.text) and (before.endswith("V") or after.startswith("G")):
            headless = True
        if several_words(token) or alone or owner or patient or agent or of or headless:
            found.append(token.text)
    return found


def several_words(token: Token) -> bool:
    """Whether the token is a name of several words: Vantage Medical."""
    return bool(_FULL_NAME.fullmatch(token.text))


def _one_person(first: Token, second: Token) -> Token | None:
    """Terence Cheung: a first name and a surname that stand together are one person."""
    if second.start - first.end == 1 and _is_surname(first) and second.part == "entity" and "-" in second.text:
        return replace(second, text=f"{first.text} {second.text}", start=first.start)
    if first.part != "entity" or second.start - first.end != 1 or second.text.isupper():
        return None
    if not isinstance(first.who, Named) or "Person" not in first.words:
        return None
    whole = replace(first, text=f"{first.text} {second.text}", end=second.end)
    if second.part == "unknown" and _NAME.match(second.text) and " " not in second.text:
        return whole
    if second.part == "entity" and isinstance(second.who, Named) and "Person" in second.words:
        both = tuple(id_ for id_ in first.who.ids if id_ in second.who.ids)
        return replace(whole, who=replace(first.who, ids=both or first.who.ids))
    return None


def _another(first: Token, second: Token, linker: Linker) -> Token | None:
    """Bosch Bakeries: a word with a capital right after a name in Latin letters makes it the name of another."""
    beside = first.part == "entity" and second.part == "unknown" and second.start - first.end == 1
    whole = f"{first.text} {second.text}"
    if not beside or not _FULL_NAME.fullmatch(whole):
        return None
    return _linked(replace(second, text=whole, start=first.start), linker, shortened=False)


def _is_surname(token: Token) -> bool:
    """Whether an unknown word is a Chinese surname in Latin letters: Yiu."""
    return token.part == "unknown" and token.text.lower() in latin_surnames()
