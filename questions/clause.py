"""A clause of a question: its tokens folded into phrases, what it asks for, and the limits it sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from questions.apposition import without_kinds
from questions.lexicon import Lexicon, Sense
from questions.meaning import Limits, Named, Open
from questions.phrases import NOUNS, entity_of, folded, letters, relation_of, senses_chosen
from questions.separable import apart, rejoined
from questions.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_W_CLASS = re.compile(r"W[AU]{0,3}(?:R?C|R(?!O))")
_WHO_CLASS = re.compile(r"WC(?!O[XRA])")
_LEFT_OUT = ("small", "polar", "degree", "letter")
_TENSES = ("any", "next", "former", "current")
_STATUSES = ("rejected", "rumoured", "considered", "ended", "completed")
_ORDERS = ("largest", "first", "new")
_INSIDE = frozenset({"里", "中", "内", "里面", "当中", "之中"})
_HANDS = frozenset({"手里", "手中", "手上", "名下", "之手"})
WHOSE = frozenset({"whose", "谁的", "谁家的"})  # asks for the owner of what follows
_STAKES = frozenset({"stake", "stakes", "share", "shares", "股份", "股权", "股", "股票", "权益"})
_SHARING = frozenset({"both", "each", "all", "都", "均", "同时", "共同", "两人都"})
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
    whole = without_kinds(senses_chosen(apart(rejoined(tokens, lexicon))))
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
    found, earlier = _without_earlier(found)
    found, exclude = _without_others(found)
    found = _attached(_group_asked(found), lexicon)
    kind = next((token.words[0] for token in found if letters([token]) == "W" and token.words), "")
    unknown = [token for token in found if token.part == "unknown"]
    topic = (
        *(token.text for token in unknown if not _follows_name(found, token)),
        *_asked_as(found),
        *_named_matter(whole, lexicon),
        *_rounds(whole),
        *(word for token in found if token.part == "entity" and token.key == "inside" for word in token.words),
    )
    limits = _limits(whole)
    limits = replace(
        limits,
        tense="former" if earlier else limits.tense,
        kind=kind,
        topic=topic,
        before=before,
        exclude=exclude,
        shared=_all_share(whole, asks),
        part=_part_of(found),
        priced=bool(asks & {"amount", "amount_in"}) and bool(asks & {"who", "what"}),
    )
    return Clause(
        found, asks, polar, limits, unknown, [token for token in whole if token.part == "adjective"], _staked(whole)
    )


def _staked(tokens: Sequence[Token]) -> bool:
    """Whether the clause speaks of shares: of a part of something."""
    return any(token.text.lower() in _STAKES for token in tokens)


def _without_inside(tokens: list[Token]) -> list[Token]:
    """X的股东里有Y吗: among its shareholders; the word for "among" says nothing of Y."""
    return [
        token
        for place, token in enumerate(tokens)
        if not (token.text in _INSIDE and place and tokens[place - 1].part in ("noun", "role", "family"))
    ]


def _held_by(tokens: list[Token]) -> list[Token]:
    """X的股权在谁手里: where no verb is, what is in somebody's hands is owned."""
    verbless = not any(token.part == "verb" for token in tokens)
    if verbless and tokens and tokens[-1].text in _HANDS and letters(tokens).endswith("WF"):
        place = tokens[-3] if letters(tokens[-3:-2]) == "O" else None
        return [
            *(token for token in tokens[:-1] if token.part != "genitive" and token is not place),
            replace(tokens[-1], part="verb", key="own"),
        ]
    return tokens


def _follows_name(tokens: Sequence[Token], word: Token) -> bool:
    """The Crowline engine: a word right after a name, at the end, says what the thing is, not what is asked about."""
    return word is tokens[-1] and len(tokens) > 1 and tokens[-2].part == "entity" and word.start - tokens[-2].end == 1


def _described(tokens: list[Token]) -> list[Token]:
    """The company that owns X: no company spoken of before, but one described."""
    found = list(tokens)
    for place, token in enumerate(found):
        after = next((one for one in found[place + 1 :] if one.part != "small"), None)
        if token.part == "pronoun" and token.text.lower().startswith("the ") and after and after.part == "verb":
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
    return any(token.text.lower() in ("both", "each") for token in tokens)


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
        if match is None or found[first].words or found[first].text.lower() in WHOSE:
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
        asking = replace(part[0], words=words, senses=noun, end=part[-1].end, text=text)
        found[first:last] = [*(token for token in part[1:-1] if token.part == "adjective"), asking]
    return found


def _asked_as(tokens: Sequence[Token]) -> Iterator[str]:
    """The words beside the asking word: which content management system."""
    return (
        token.text
        for token in tokens
        if letters([token]) == "W" and token.key != "where" and token.words and token.text.isascii()
    )


def _named_matter(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[str]:
    """Nouns and kinds that say what it is about: the shirt in "shirt sponsor", insurance in 保险公司."""
    for token in tokens:
        if (token.part == "class" and token.key != "School") or token.key in ("sponsor", "naming_sponsor"):
            yield from (concept.wordings[0] for concept in lexicon.topics.known(token.text))


def _rounds(tokens: Sequence[Token]) -> Iterator[str]:
    """How the round of a lone letter may be written: Series D, D轮."""
    for token in tokens:
        if token.part == "letter":
            yield from (f"Series {token.text}", f"{token.text} round", f"{token.text}轮")


def _asked_noun(tokens: list[Token]) -> list[Token]:
    """X有哪些股东, how many subsidiaries does X have: X's shareholders, with the asking word beside them."""
    sentence = letters(tokens)
    for pattern in (r"(?P<x>X)[AOU]*(?P<w>[Wq])A*(?P<r>R)(?!G|OX)", r"(?P<w>[Wq])A*(?P<r>R)[AO]*(?P<x>X)$"):
        match = re.search(pattern, sentence)
        if match and tokens[match.start("w")].text.lower() not in WHOSE:
            first, last = match.span()
            x, w, r = (tokens[match.start(name)] for name in "xwr")
            between = [token for token in tokens[first:last] if token.part == "adjective"]
            of = Token("genitive", "", "", x.end, x.end)
            return [*tokens[:first], w, *between, replace(x, start=min(x.start, r.start)), of, r, *tokens[last:]]
    return tokens


def _group_asked(tokens: list[Token]) -> list[Token]:
    """Which employees of X are ...: the group itself is asked about."""
    match = re.search(r"(?<!O)WA*(?P<x>X)(?=V)", letters(tokens))
    place = match is not None and tokens[match.start()].words[:1] == ("School",)
    if match and not place and isinstance(tokens[match.start("x")].who, Open):
        return [*tokens[: match.start()], *tokens[match.start("x") :]]
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
    pattern = r"<V?X" if marks[0].text.isascii() else r"V?X<"
    match = re.search(pattern, letters(tokens))
    if not match:
        return tokens, ()
    first, last = match.span()
    entity = next(token for token in tokens[first:last] if token.part == "entity")
    ids = entity.who.ids if isinstance(entity.who, Named) else ()
    return [*tokens[:first], *tokens[last:]], ids


def _without_earlier(tokens: list[Token]) -> tuple[list[Token], bool]:
    """The tokens without "before setting up her own firm,", 创业之前; and whether there was something of the kind."""
    mark = next((token for token in tokens if token.part == "case" and token.key == "before"), None)
    if mark is None:
        return tokens, False
    match = re.search(r"<VK?[UCA]*R?C?(?:,|$)" if mark.text.isascii() else r"V<", letters(tokens))
    if not match or "V" not in letters([*tokens[: match.start()], *tokens[match.end() :]]):
        return tokens, False
    return [*tokens[: match.start()], *tokens[match.end() :]], True


def _without_others(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The tokens without "besides X", 除X外; and the ids of X, which is not asked about."""
    match = re.search(r"EX(?:[LJ,]X)*E?,?", letters(tokens))
    rest = [*tokens[: match.start()], *tokens[match.end() :]] if match else tokens
    if match is None or not any(token.part == "entity" for token in rest):
        return [token for token in tokens if letters([token]) != "E"], ()
    named = [token.who for token in tokens[match.start() : match.end()] if isinstance(token.who, Named)]
    return [token for token in rest if letters([token]) != "E"], tuple(id_ for who in named for id_ in who.ids)


def _all_share(tokens: Sequence[Token], asks: frozenset[str]) -> bool:
    """At which university did both founders of X study: only what all of them have is asked for."""
    both = [token for token in tokens if token.part == "adjective" and token.key == "both"]
    return any(token.text.lower() in _SHARING for token in both) and bool(asks & {"what", "where", "common"})


def _part_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """X's steering business, at the end of a clause: the words that say which part of X is meant."""
    match = re.search(r"XG(?P<part>U+)C?$", letters(tokens))
    return tuple(token.text for token in tokens[match.start("part") : match.end("part")]) if match else ()


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
        degree=next((token.key for token in tokens if token.part == "degree"), ""),
        month=next((token.key[2:] for token in tokens if token.part == "date" and token.key.startswith("--")), ""),
    )


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
