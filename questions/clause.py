"""A clause of a question: its tokens folded into phrases, what it asks for, and the limits it sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from questions.alternatives import without_alternatives
from questions.apposition import without_kinds
from questions.lexicon import Lexicon, Sense
from questions.limits import limits_of, staked
from questions.meaning import Limits, Named, Open
from questions.phrases import NOUNS, entity_of, folded, letters, relation_of, senses_chosen
from questions.separable import apart, doubled, rejoined
from questions.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

_W_CLASS = re.compile(r"W[AU]{0,3}(?:R?C|R(?!O))")
_WHO_CLASS = re.compile(r"WC(?!O[XRA])")
_BESIDES = re.compile(r"EX(?:(?:,X)*[LJ]X)*[Ee]?,?|X(?:[LJ]X)*e,?")
_GROUPS = tuple(map(re.compile, (r"(?<!O)WA*(?P<x>X)(?=V)", r"(?<!O)WOA*(?P<x>X)(?=[VO])", r"(?P<x>X)O?WA*(?=[VO])")))
_LEFT_OUT = ("small", "polar", "degree", "letter")
_OPEN_ASKS = frozenset({"who", "what", "where", "count", "amount", "share", "when", "manner"})


@dataclass(slots=True)
class Clause:
    """The tokens of a clause, what it asks for, whether it asks for yes or no, and its limits."""

    tokens: list[Token]
    asks: frozenset[str]
    polar: bool
    limits: Limits
    unknown: list[Token] = field(default_factory=list)
    ranked: list[Token] = field(default_factory=list)
    staked: bool = False

    @property
    def entities(self) -> list[Token]:
        """The entities, named or described, in order."""
        return [token for token in self.tokens if token.part == "entity" and token.who is not None]

    @property
    def letters(self) -> str:
        """The clause as letters."""
        return letters(self.tokens)


def clause_of(tokens: Sequence[Token], lexicon: Lexicon) -> Clause:
    """The clause with its noun phrases folded."""
    whole = without_kinds(senses_chosen(apart(doubled(rejoined(tokens, lexicon)), lexicon)))
    whole, only = without_alternatives(whole)
    asks = frozenset(token.key for token in whole if token.part == "ask")
    polar = _is_polar(whole) and not asks & _OPEN_ASKS
    whole = _studied(_without_speaker(_described(whole)))
    if polar and re.fullmatch(r"XVGX", letters([token for token in whole if token.part not in _LEFT_OUT])):
        whole = [token for token in whole if token.part != "genitive"]  # iPhone用的是千问吗
    said = _same_in_brackets([token for token in whole if token.part not in _LEFT_OUT])
    said = _held_by(_without_inside(said))
    together = _together(whole, asks, polar)
    asked = said if any(token.part == "verb" for token in said) else _asked_noun(said)
    found = _with_classes(folded(_with_classes(asked), lexicon, together=together))
    found, before = _without_before(found)
    found, joined = _without_next(found)
    found, earlier = _without_earlier(found)
    found, left = _without_leaving(found)
    found, exclude = _without_others(found)
    found = _attached(_group_asked(found), lexicon)
    unknown = [token for token in found if token.part == "unknown"]
    limits = replace(
        limits_of(whole, found, asks, lexicon),
        kind=next((token.words[0] for token in found if letters([token]) == "W" and token.words), ""),
        before=before,
        exclude=(*exclude, *joined),
        only=only,
    )
    limits = replace(limits, tense="former") if earlier or left else limits
    return Clause(
        found, asks, polar, limits, unknown, [token for token in whole if token.part == "adjective"], staked(whole)
    )


def _without_inside(tokens: list[Token]) -> list[Token]:
    """X的股东里有Y吗: among its shareholders; the word for "among" says nothing of Y."""
    return [
        token
        for place, token in enumerate(tokens)
        if not ("inside" in token.marks and place and tokens[place - 1].part in ("noun", "role", "family"))
    ]


def _held_by(tokens: list[Token]) -> list[Token]:
    """X的股权在谁手里: where no verb is, what is in somebody's hands is owned."""
    verbless = not any(token.part == "verb" for token in tokens)
    if verbless and tokens and "hands" in tokens[-1].marks and letters(tokens).endswith("WF"):
        place = tokens[-3] if letters(tokens[-3:-2]) == "O" else None
        return [
            *(token for token in tokens[:-1] if token.part != "genitive" and token is not place),
            replace(tokens[-1], part="verb", key="own"),
        ]
    return tokens


def _described(tokens: list[Token]) -> list[Token]:
    """The company that owns X: no company spoken of before, but one described."""
    found = list(tokens)
    for place, token in enumerate(found):
        after = next((one for one in found[place + 1 :] if one.part != "small"), None)
        if token.part == "pronoun" and "describing" in token.marks and after and after.part == "verb":
            found[place] = replace(token, part="class", key="Company")
    return found


def _without_speaker(tokens: list[Token]) -> list[Token]:
    """The tokens without "Tsai says": who says so is not what the question is about."""
    if sum(token.part == "entity" for token in tokens) < 2:
        return tokens
    spoken = {
        place for place in range(len(tokens) - 1) if tokens[place].part == "entity" and _saying(tokens[place + 1])
    }
    return [token for place, token in enumerate(tokens) if place not in spoken]


def _saying(token: Token) -> bool:
    return token.part == "small" and token.key == "saying"


def _studied(tokens: list[Token]) -> list[Token]:
    """Where did X take her master's degree: who has a degree has studied, whatever verb says so."""
    if any(token.part == "verb" for token in tokens):
        return tokens
    return [
        piece
        for token in tokens
        for piece in ([token, replace(token, part="verb", key="study")] if token.part == "degree" else [token])
    ]


def _is_polar(tokens: Sequence[Token]) -> bool:
    """Whether the clause asks for yes or no: it starts with did, is, has; or holds 吗, 是否."""
    first = next((token for token in tokens if token.part not in ("small", "break", "unknown")), None)
    starts = first is not None and first.part == "polar"
    return starts or any(
        (token.part == "polar" and not token.text.isascii()) or token.key == "truth" for token in tokens
    )


def _together(tokens: Sequence[Token], asks: frozenset[str], polar: bool) -> bool:
    """Whether "A and B" are meant as one: something that both share is sought."""
    if polar or asks & {"kinship", "compare", "evidence"} or (asks & {"connected"} and not _shared(tokens)):
        return False
    symmetric = any(token.part == "verb" and token.key in ("partner", "compete", "relate", "marry") for token in tokens)
    return bool(asks & {"who", "what", "where", "common"}) and not symmetric


def _shared(tokens: Sequence[Token]) -> bool:
    """Which fund has ties to both X and Y: one is sought that is linked to each."""
    return any("each" in token.marks for token in tokens)


def _same_in_brackets(tokens: list[Token]) -> list[Token]:
    """Haoshishi (好食拾): one name in two scripts."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        close = last is not None and 1 <= token.start - last.end <= 2
        if (
            token.part == "entity"
            and token.bracketed
            and close
            and last
            and last.part in ("unknown", "entity", "class")
        ):
            found.pop()
            if last.part == "class" and found and found[-1].part == "unknown":
                found.pop()
        found.append(token)
    return found


def _with_classes(tokens: list[Token]) -> list[Token]:
    """Which company, 哪款产品, 哪款X产品: the asking word with the kind it asks for."""
    found = list(tokens)
    match = re.search(r"V(?P<w>W)X(?P<of>[CR])$", letters(found))
    if match and found[match.start("of")].key in ("product", "Product"):
        del found[match.start("w") + 1]
    for first in reversed([place for place, one in enumerate(letters(found)) if one == "W"]):
        match = (_W_CLASS if found[first].key != "who" else _WHO_CLASS).match(letters(found), first)
        if match is None or found[first].words or "whose" in found[first].marks:
            continue
        last = match.end()
        part = found[first:last]
        kind = (
            part[-1].key
            if part[-1].part == "class"
            else {"school": "School", "product": "Product"}.get(part[-1].key, "")
        )
        text = " ".join(token.text for token in part[1:-1] if token.part != "adjective")
        noun = (Sense(part[-1].part, part[-1].key),) if part[-1].part == "noun" else ()
        words = (kind, part[-1].text.lower()) if kind else part[0].words
        asking = replace(part[0], words=words, senses=noun, end=part[-1].end, text=text, marks=frozenset())
        found[first:last] = [*(token for token in part[1:-1] if token.part == "adjective"), asking]
    return found


def _asked_noun(tokens: list[Token]) -> list[Token]:
    """X有哪些股东, how many subsidiaries does X have: X's shareholders, with the asking word beside them."""
    sentence = letters(tokens)
    for pattern in (r"(?P<x>X)[AOU]*(?P<w>[Wq])A*(?P<r>R)(?!G|OX)", r"(?P<w>[Wq])A*(?P<r>R)[AO]*(?P<x>X)$"):
        match = re.search(pattern, sentence)
        if match and "whose" not in tokens[match.start("w")].marks:
            first, last = match.span()
            x, w, r = (tokens[match.start(name)] for name in "xwr")
            between = [token for token in tokens[first:last] if token.part == "adjective"]
            of = Token("genitive", "", "", x.end, x.end)
            return [*tokens[:first], w, *between, replace(x, start=min(x.start, r.start)), of, r, *tokens[last:]]
    return tokens


def _group_asked(tokens: list[Token]) -> list[Token]:
    """Which employees of X are ..., which of X's teams, X的球队里哪支: the group itself is asked about."""
    for pattern in _GROUPS:
        match = pattern.search(letters(tokens))
        if match is None:
            continue
        part, group = tokens[match.start() : match.end()], tokens[match.start("x")]
        of = [token for token in part if letters([token]) == "O"]
        asked = next(token for token in part if letters([token]) == "W")
        inside = all(token.marks & {"inside", "among"} for token in of) and (of or asked.start < group.start)
        inside = inside or (isinstance(group.who, Open) and group.who.fact.predicates == ("OWNS",) and not of)
        if isinstance(group.who, Open) and inside and asked.words[:1] != ("School",):
            return [*tokens[: match.start()], group, *tokens[match.end() :]]
    return tokens


def _attached(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The CFO of X and the founder: the founder of X too."""
    described = next((token.who for token in tokens if isinstance(token.who, Open)), None)
    if described is None:
        return tokens
    base = described.fact.subject or described.fact.object
    found = list(tokens)
    for place, token in enumerate(found):
        beside = letters(found[:place]).rstrip("A")[-1:] in ("L", "J", "V", "T")
        if token.part in NOUNS and beside and base is not None:
            of = described if letters(found[place - 1 : place]) == "V" and not described.fact.role else base
            found[place] = entity_of([token], relation_of(Sense(token.part, token.key), of, lexicon))
    return found


def _without_before(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens without "before joining X", 进X之前; and the ids of X, which what is sought came before."""
    marks = [token for token in tokens if token.part == "case" and token.key == "before"]
    if not marks:
        return tokens, ()
    pattern = r"<K?V?X" if marks[0].text.isascii() else r"V?X<"
    match = re.search(pattern, letters(tokens))
    if not match:
        return tokens, ()
    first, last = match.span()
    entity = next(token for token in tokens[first:last] if token.part == "entity")
    ids = entity.who.ids if isinstance(entity.who, Named) else ()
    return [*tokens[:first], *tokens[last:]], ids


def _without_next(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens without "to join X" (leaving Y), "after X" (going where); and the ids of X, which is not asked for."""
    sentence = letters(tokens)
    match = re.search(r"(?<=V)TVX$", sentence) or re.search(r"(?<=V)>V?X$", sentence)
    if match is None or "X" not in sentence[: match.start()]:
        return tokens, ()
    said, moving = tokens[match.start() - 1], tokens[match.start() + 1]
    parted = said.key == "leave" and moving.key == "join"
    if not parted and not (said.key in ("move", "work") and sentence[match.start()] == ">"):
        return tokens, ()
    who = tokens[match.end() - 1].who
    return tokens[: match.start()], who.ids if isinstance(who, Named) else ()


def _without_earlier(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without "before setting up her own firm,", 创业之前; and whether there was something of the kind."""
    mark = next((token for token in tokens if token.part == "case" and token.key == "before"), None)
    if mark is None:
        return tokens, False
    match = re.search(r"<VK?[UCA]*R?C?(?:,|$)" if mark.text.isascii() else r"V<", letters(tokens))
    if not match or "V" not in letters([*tokens[: match.start()], *tokens[match.end() :]]):
        return tokens, False
    return [*tokens[: match.start()], *tokens[match.end() :]], True


def _without_leaving(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without "and left", 后来走了, after where they were; and whether there was something of the kind."""
    match = re.search(r"(?<=X)[JL,]?>?V$", letters(tokens))
    there = any(token.key in ("work", "serve", "join") for token in tokens[: match.start()]) if match else False
    if match is None or tokens[-1].key != "leave" or not there:
        return tokens, False
    return tokens[: match.start()], True


def _without_others(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens without "besides X", 除X外, X之外; and the ids of X, which is not asked about."""
    match = _BESIDES.search(letters(tokens))
    rest = [*tokens[: match.start()], *tokens[match.end() :]] if match else tokens
    if match is None or not any(token.part == "entity" for token in rest):
        return [token for token in tokens if letters([token]) not in ("E", "e")], ()
    named = [token.who for token in tokens[match.start() : match.end()] if isinstance(token.who, Named)]
    return [token for token in rest if letters([token]) not in ("E", "e")], tuple(
        id_ for who in named for id_ in who.ids
    )
