"""What else must hold by the words of a clause: time, status, order, dates, its matter, parts, funding rounds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from questions.meaning import Limits
from questions.phrases import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from questions.lexicon import Lexicon
    from questions.tokens import Token

_TENSES = ("any", "next", "former", "current")
_STATUSES = ("rejected", "rumoured", "considered", "ended", "completed")
_ORDERS = ("second", "third", "largest", "first", "new")
_SAYING_KIND = ("sponsor", "naming_sponsor")  # nouns whose words say what it is about: the shirt


def limits_of(whole: Sequence[Token], found: Sequence[Token], asks: frozenset[str], lexicon: Lexicon) -> Limits:
    """The limits of a clause by its words, and by the same as they were folded into `found`."""
    until = any("until_when" in token.marks for token in whole)
    said = _limits(whole)
    return replace(
        said,
        status=said.status or ("ended" if until else ""),
        topic=(
            *(token.text for token in found if token.part == "unknown" and not _follows_name(found, token)),
            *_asked_as(found),
            *_named_matter(whole, lexicon),
            *_rounds(whole, lexicon),
            *(
                word
                for token in found
                if token.part == "entity" and token.key in ("inside", "matter")
                for word in token.words
            ),
        ),
        shared=_all_share(whole, asks),
        part=_part_of(found),
        priced=bool(asks & {"amount", "amount_in"}) and bool(asks & {"who", "what"}),
    )


def _limits(tokens: Sequence[Token]) -> Limits:
    adjectives = [token.key for token in tokens if token.part == "adjective"]
    since, until = _dates(tokens)
    return Limits(
        tense=_first_of(_TENSES, adjectives),
        status=_first_of(_STATUSES, adjectives),
        order=_first_of(_ORDERS, adjectives),
        since=since,
        until=until,
        share_pct=None
        if any(token.key == "share" for token in tokens if token.part == "ask")
        else next((float(token.key) for token in tokens if token.part == "share"), None),
        rest=any(key == "other" for key in adjectives),
        degree=_only({token.key for token in tokens if token.part == "degree"}),
        month=next((token.key[2:] for token in tokens if token.part == "date" and token.key.startswith("--")), ""),
    )


def _only(keys: set[str]) -> str:
    """The one key; none where there are several."""
    return next(iter(keys)) if len(keys) == 1 else ""


def _first_of(wanted: Sequence[str], found: Sequence[str]) -> str:
    return next((key for key in wanted if key in found), "")


def _dates(tokens: Sequence[Token]) -> tuple[str, str]:
    """The first and last date a fact may have; both the same for "in 2024"."""
    for place, token in enumerate(tokens):
        if token.part != "date" or token.key.startswith("--"):
            continue
        beside = (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2])
        near = [other.key for other in beside if other.part == "case"]
        if "after" in near:
            return token.key, ""
        return ("", token.key) if "before" in near else (token.key, token.key)
    return "", ""


def _rounds(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """How the round of a lone letter may be written: Series D, D轮."""
    for token in tokens:
        if token.part == "letter":
            yield from (written.format(letter=token.text) for written in lexicon.rounds)


def _named_matter(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """Nouns and kinds that say what it is about: the shirt in "shirt sponsor", insurance in 保险公司."""
    for token in tokens:
        if (token.part == "class" and token.key != "School") or token.key in _SAYING_KIND:
            yield from (concept.wordings[0] for concept in lexicon.topics.known(token.text))


def staked(tokens: Sequence[Token]) -> bool:
    """Whether the clause speaks of shares: of a part of something."""
    return any("stakes" in token.marks for token in tokens)


def _all_share(tokens: Sequence[Token], asks: frozenset[str]) -> bool:
    """At which university did both founders of X study: only what all of them have is asked for."""
    both = [token for token in tokens if token.part == "adjective" and token.key == "both"]
    return any("sharing" in token.marks for token in both) and bool(asks & {"what", "where", "common"})


def _part_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """X's steering business, at the end of a clause: the words that say which part of X is meant."""
    match = re.search(r"XG(?P<part>U+)C?$", letters(tokens))
    return tuple(token.text for token in tokens[match.start("part") : match.end("part")]) if match else ()


def _asked_as(tokens: Sequence[Token]) -> Iterator[str]:
    """The words beside the asking word: which content management system."""
    return (
        token.text
        for token in tokens
        if letters([token]) == "W" and token.key != "where" and token.words and token.text.isascii()
    )


def _follows_name(tokens: Sequence[Token], word: Token) -> bool:
    """The Crowline engine: a word right after a name, at the end, says what the thing is, not what is asked about."""
    return word is tokens[-1] and len(tokens) > 1 and tokens[-2].part == "entity" and word.start - tokens[-2].end == 1
