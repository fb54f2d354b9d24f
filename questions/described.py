"""Whom a name means by what is said beside it: the data bureau's chief engineer Qin Lei, 云通银行的陈静仪."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.folding import lower
from graph.names import simplified
from questions.lexicon import Sense
from questions.meaning import Fact, Limits, Named, Open
from questions.phrases import letters, relation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from questions.answerer import Answerer
    from questions.evidence import Evidence
    from questions.lexicon import Lexicon
    from questions.tokens import Token

# Before a name: its organisation and its post, either alone; a bare word beside it tells nothing of itself.
_BEFORE = tuple(
    re.compile(text)
    for text in (
        r"(?:(?P<org>[XU])(?P<of>G)?)?A*(?P<noun>R)$",
        r"(?P<noun>R)(?P<of>O)\.?(?P<org>[XU])$",
        r"(?P<whose>[XU])G$",
        r"(?P<whose>U)$",
    )
)
_AFTER = re.compile(r",\.?(?P<noun>R)(?:O\.?(?P<org>[XU]))?,|O\.?(?P<whose>[XU])")
_BRACKETED = re.compile(r"(?P<org>[XU])?G?(?P<noun>R)|(?P<whose>[XU])")
_SAYING = re.compile(r"[VRXWqUC]")
_BELONGS = ("HOLDS_ROLE_AT", "FOUNDED", "OWNS", "INVESTED_IN", "MEMBER_OF", "EDUCATED_AT")
_NOBODY = Named((), "")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said beside a name: of which organisation (an entity, or words), and what the one named is there."""

    name: Token
    first: int
    last: int
    noun: Token | None
    of: Token | None


@dataclass(frozen=True, slots=True)
class Unfit:
    """A name of which the graph does not know what is said beside it."""

    who: Named
    words: str


def descriptions(tokens: Sequence[Token], text: str) -> list[Description]:
    """What is said beside the names of persons, the last one first."""
    sentence = letters(tokens)
    found = []
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.part == "entity" and "Person" in token.words and isinstance(token.who, Named):
            one = _before(tokens, sentence, place) or _after(tokens, sentence, place, text)
            if one is not None:
                found.append(one)
    return found


def _before(tokens: Sequence[Token], sentence: str, place: int) -> Description | None:
    match = next((found for one in _BEFORE if (found := one.search(sentence, 0, place))), None)
    if match is None or not _SAYING.search(sentence, place + 1):
        return None  # is Amap's CEO Guo Ning: the name is what is asked
    places = _places(match)
    if "noun" not in places and sentence[max(0, match.start() - 1) : match.start()] in ("V", "B", "P"):
        return None  # 创办X的Y
    first = match.start()
    if "noun" in places and "of" not in places and sentence[first] == "U" and tokens[place].text.isascii():
        first = places["noun"]  # the famous engineer: no organisation
        places.pop("org")
    return _description(tokens, (first, place), place, places)


def _after(tokens: Sequence[Token], sentence: str, place: int, text: str) -> Description | None:
    if not tokens[place].text.isascii() or any(token.key == "role" for token in tokens if token.part == "ask"):
        sentence = sentence[: place + 1] + sentence[place + 1 :].replace("O", "Z")  # X在Y: where X is, not who X is
    opened = text[tokens[place].end : tokens[place].end + 1] in ("(", "（")
    match = (_BRACKETED if opened else _AFTER).match(sentence, place + 1)
    return _description(tokens, (place + 1, match.end()), place, _places(match)) if match else None


def _places(match: re.Match[str]) -> dict[str, int]:
    return {name: match.start(name) for name in match.re.groupindex if match.start(name) >= 0}


def _description(tokens: Sequence[Token], span: tuple[int, int], place: int, at: dict[str, int]) -> Description:
    of = at.get("org", at.get("whose"))
    noun = tokens[at["noun"]] if "noun" in at else None
    return Description(tokens[place], *span, noun, tokens[of] if of is not None else None)


class Describer:
    """Narrows names to those who are what is said beside them."""

    def __init__(self, answerer: Answerer, lexicon: Lexicon) -> None:
        self._answerer = answerer
        self._lexicon = lexicon

    def narrowed(self, tokens: list[Token], text: str) -> tuple[list[Token], Unfit | None]:
        """The tokens with each described name narrowed and without its description; and a name that none fits."""
        found = list(tokens)
        for one in descriptions(tokens, text):
            who = one.name.who
            assert isinstance(who, Named)
            fitting = self._fitting(one, who)
            if fitting is None:
                continue
            words = text[found[one.first].start : found[one.last - 1].end]
            if not fitting:
                return found, Unfit(who, words)
            place = found.index(one.name)
            found[place] = replace(one.name, who=replace(who, ids=fitting))
            del found[one.first : one.last]
        return found, None

    def _fitting(self, one: Description, who: Named) -> tuple[str, ...] | None:
        """The ids of those who are what is said; None where that cannot be told and only one bears the name."""
        of = one.of.who if one.of is not None else None
        if one.noun is not None:
            open_ = relation_of(Sense(one.noun.part, one.noun.key), of or _NOBODY, self._lexicon)
            fact = _closed(open_, who)
            words = one.of.text if one.of is not None and of is None else ""
            return self._those(fact if of else _opened(fact, who), who, lambda claim: _called(claim, words))
        if of is not None:
            return self._those(Fact(_BELONGS, subject=who, object=of), who)
        words = one.of.text if one.of is not None else ""
        fitting = self._those(Fact(_BELONGS, subject=who), who, lambda claim: _called(claim, words, surely=True))
        return fitting or (None if len(who.ids) == 1 else ())

    def _those(self, fact: Fact, who: Named, fits: Callable[[Evidence], bool] = lambda _: True) -> tuple[str, ...]:
        """The ids of those for whom a claim holds the fact."""
        _, found = self._answerer.find(fact, "subject" if fact.subject is who else None)
        found = [replace(one, end=one.subject.id if one.subject.id in who.ids else one.object.id) for one in found]
        chosen = self._answerer.chooser.choose(found, replace(fact, role=""), Limits())
        claims = chosen.claims if chosen.standing in ("fact", "over") else ()
        fitting = {one.end for one in claims if fits(one)}
        return tuple(id_ for id_ in who.ids if id_ in fitting)


def _closed(open_: Open, who: Named) -> Fact:
    """The fact with the one named at its open end."""
    fact = open_.fact
    return replace(fact, subject=who) if fact.subject is None else replace(fact, object=who)


def _opened(fact: Fact, who: Named) -> Fact:
    """The fact of whatever organisation."""
    return replace(fact, object=None) if fact.subject is who else replace(fact, subject=None)


def _called(claim: Evidence, words: str, *, surely: bool = False) -> bool:
    """Whether the organisation of a claim, or the post there, bears the words.

    Words in another script than its names cannot be compared: true unless it must be sure.
    """
    said = lower(simplified(words))
    names = [lower(simplified(name)) for name in (*claim.other.names, str(claim.value("role") or ""))]
    alike = [name for name in names[:-1] if name.isascii() == said.isascii()]
    return any(said in name for name in names) or not (alike or surely)
