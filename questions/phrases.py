"""Tokens folded into larger ones: "the founder of X", "X的创始人", "the company that owns X" become entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from questions.lexicon import Lexicon, Sense
from questions.meaning import End, Fact, Named, Open, Several, Who
from questions.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LETTERS = {
    "entity": "X",
    "genitive": "G",
    "noun": "R",
    "role": "R",
    "family": "R",
    "verb": "V",
    "class": "C",
    "adjective": "A",
    "polar": "Y",
    "unknown": "U",
    "date": "D",
    "share": "S",
    "degree": ".",
    "letter": ".",
    "pronoun": "K",
    "small": ".",
    "break": ",",
}
CASES = {
    "agent": "B", "patient": "P", "source": "F", "target": "T", "with": "L", "of": "O", "joins": "J", "before": "<",
    "after": ">", "except": "E", "beyond": "e",
}  # fmt: skip
NOUNS = ("noun", "role", "family")
_LEADERS = ("leader", "boss_owner")
_HOLDERS = ("shareholder", "investor")
_OF_KINDS = ("member", "partner", "customer")  # nouns behind which a school only says what kind they are


def letter(token: Token) -> str:
    """One letter for what a token does in its sentence."""
    if token.part == "case":
        return CASES[token.key]
    if token.part == "ask":
        return "W" if token.key in ("who", "what", "where") else "q"
    if token.part == "break":
        return "J" if token.key == "、" else ","
    return LETTERS[token.part]


def letters(tokens: Sequence[Token]) -> str:
    """The sentence as letters, for patterns to match."""
    return "".join(map(letter, tokens))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Letters that fold into one entity, and how."""

    letters: re.Pattern[str]
    fold: Callable[[Sequence[Token], Lexicon], Token | None]


def senses_chosen(tokens: Sequence[Token]) -> list[Token]:
    """Words that may be a noun or a verb, read as the one their neighbours ask for."""
    found = list(tokens)
    for place, token in enumerate(found):
        if token.key == "develop" and _a_post_follows(found[place + 1 :]):
            found[place] = replace(token, key="serve", senses=())  # 做技术长
            continue
        if (
            token.key == "found"
            and token.text.isascii()
            and found[place + 1 : place + 2]
            and found[place + 1].part == "verb"
        ):
            found[place] = replace(token, part="small", key="words", senses=())  # started using
            continue
        if _is_long_ago(found, place) or _is_holding(found, place):
            found[place] = replace(token, part="small", key="words", senses=())
            continue
        before = found[place - 1] if place else None
        if token.key == "school" and before and before.key in _OF_KINDS and not token.text.isascii():
            found[place] = replace(token, part="small", key="words", senses=())  # 成员大学
            continue
        one = token.part == "role" and before and before.key in _LEADERS  # 一把手CEO
        same = token.key in _HOLDERS and before and before.key in _HOLDERS and before.end == token.start  # 股东投资方
        if before and (one or same):
            found[place - 1] = replace(before, part="small", key="words", senses=())
            continue
        parts = {sense.part for sense in token.senses}
        if parts == {"adjective", "case"}:
            found[place] = _before_or_former(found, place)
            continue
        if "verb" not in parts or parts == {"verb"}:
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        noun = _reads_as_noun(before, after) if token.text.isascii() else _reads_as_noun_zh(token, before, after)
        wanted = next((s for s in token.senses if (s.part != "verb") is noun), None)
        if wanted and "ask" not in parts:
            found[place] = token.as_(wanted)
    return found


def _is_long_ago(tokens: Sequence[Token], place: int) -> bool:
    """Back in 1999: no verb, where another word may be one or it begins the clause."""
    return "long_ago" in tokens[place].marks and letters(tokens[place + 1 : place + 3]) == "OD"


def _is_holding(tokens: Sequence[Token], place: int) -> bool:
    """X的持股转给了谁, X的股东及其持股: the holding itself, as what is sold or told of, is no verb."""
    token = tokens[place]
    if token.part != "verb" or token.key != "own" or "holding" not in token.marks or not place:
        return False
    after = tokens[place + 1].part if place + 1 < len(tokens) else "break"
    before = tokens[place - 1]
    return (before.part in ("genitive", "share") or before.key in ("with", "joins")) and after in ("verb", "break")


def _a_post_follows(after: Sequence[Token]) -> bool:
    """做技术长, 做永川糖业的董事长: what is done is a post."""
    rest = after[2:] if letters(after[:2]) == "XG" else after
    return bool(rest) and rest[0].part == "role"


def _reads_as_noun(before: Token | None, after: Token | None) -> bool:
    if before is not None and before.part == "entity" and after is None:
        return True
    article = before is not None and (
        before.part in ("genitive", "adjective", "unknown") or before.key == "what" or "before_noun" in before.marks
    )
    follows = after is not None and "after_noun" in after.marks
    return article or follows


def _before_or_former(tokens: Sequence[Token], place: int) -> Token:
    """Before X, 进X之前: a time against another; a former job: an adjective."""
    token = tokens[place]
    if token.text.isascii():
        rest = [one for one in tokens[place + 1 :] if one.part not in ("small", "pronoun")]
        tokens = [*tokens[: place + 1], *rest]
    beside = (
        tokens[place - 1]
        if not token.text.isascii() and place
        else tokens[place + 1]
        if place + 1 < len(tokens)
        else None
    )
    owned = place + 1 < len(tokens) and tokens[place + 1].part == "genitive"
    before_whom = place > 1 and tokens[place - 2].key == "of"  # 谁在X之前担任
    person = beside is not None and not token.text.isascii() and beside.words == ("Person",) and not before_whom
    relative = (
        not person
        and beside is not None
        and beside.part in ("entity", "verb", "unknown", "date")
        and "former_only" not in token.marks
        and not owned
    )
    part = "case" if relative else "adjective"
    return token.as_(next(sense for sense in token.senses if sense.part == part))


def _reads_as_noun_zh(token: Token, before: Token | None, after: Token | None) -> bool:
    if (
        token.key == "serve"
        and after is not None
        and after.part == "role"
        and (before is None or before.part == "case")
    ):
        return True  # 和现任老板
    if after is not None and after.part in ("entity", "unknown"):
        return False
    if token.senses[-1].part == "adjective" and (after is None or after.part == "break"):
        return False  # X到Y上任
    return before is not None and before.part in ("genitive", "entity", "adjective")


def folded(tokens: Sequence[Token], lexicon: Lexicon, *, together: bool) -> list[Token]:
    """The tokens with every noun phrase about an entity folded into an entity, from the inside out.

    `together`: whether entities joined by "and" are meant as one.
    """
    found = [token for token in tokens if token.part != "small"]
    patterns = [pattern for pattern in PATTERNS if together or pattern.fold is not _several]
    changed = True
    while changed:
        changed = False
        for pattern in patterns:
            sentence = "".join(
                "Z" if token.key == "of" and not token.text.isascii() else letter(token) for token in found
            )
            for match in reversed(list(pattern.letters.finditer(sentence))):
                first, last = match.span("all")
                entity = pattern.fold(found[first:last], lexicon)
                if entity is not None:
                    found[first:last] = [entity]
                    changed = True
                    break
            if changed:
                break
    return found


def relation_of(sense: Sense, of: Who, lexicon: Lexicon) -> Open:
    """Whoever is to an entity what the noun says: its founder, its chairman, their father."""
    if sense.part == "role":
        return Open(Fact(("HOLDS_ROLE_AT",), object=of, role=sense.key), "subject")
    if sense.key == "parent" and isinstance(of, Named) and "Person" not in of.kinds:
        sense = Sense("noun", "parent_company")
    if sense.part == "family":
        return Open(Fact(("FAMILY_OF",), object=of, symmetric=True, family=sense.key), "either")
    noun = lexicon.meanings["nouns"][sense.key]
    if "of_product" in noun and isinstance(of, Named) and of.kinds == ("Product",):
        noun = lexicon.meanings["nouns"][noun["of_product"]]
    fact = fact_with(noun, of, noun["seeks"])
    return Open(
        replace(fact, order=noun.get("order", ""), said=tuple(noun.get("said", ())), many=noun.get("many", False)),
        noun["seeks"],
    )


def fact_with(entry: dict[str, Any], of: Who, seeks: End) -> Fact:
    """The fact of a noun or verb whose other end is known."""
    predicates = tuple(entry["predicates"])
    role, family = entry.get("role", ""), entry.get("family", "")
    if seeks == "object":
        return Fact(predicates, subject=of, role=role, family=family)
    return Fact(predicates, object=of, symmetric=seeks == "either", role=role, family=family)


def entity_of(part: Sequence[Token], who: Who, words: tuple[str, ...] = (), key: str = "phrase") -> Token:
    """The token of a phrase that stands for an entity."""
    text = " ".join(token.text for token in part)
    return Token("entity", key, text, part[0].start, part[-1].end, who=who, words=words)


def _owned(part: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """X's current CEO; 高德现任董事长."""
    owner, noun = part[0], part[-1]
    if owner.who is None or (noun.key == "product" and owner.words == ("Product",) and letters(part) == "XR"):
        return owner if owner.who is not None else None
    within = noun.key in _LEADERS and any(token.part == "unknown" for token in part)  # of an office of X, not of X
    sense = Sense(noun.part, "head" if within else noun.key)
    matter = tuple(token.text for token in part[1:-1] if token.part == "unknown")
    found = _narrowed(relation_of(sense, owner.who, lexicon), part[1:-1])
    return entity_of(part, found, matter, "matter" if matter else "phrase")


def _of(part: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """The current CEO of X."""
    owner = part[-1]
    noun = next(token for token in part if token.part in NOUNS)
    if owner.who is None:
        return None
    return entity_of(part, _narrowed(relation_of(Sense(noun.part, noun.key), owner.who, lexicon), part[:-1]))


def _part_inside(part: Sequence[Token], _: Lexicon) -> Token | None:
    """白鲨泵里的密封圈: what is part of it; the word for it says which."""
    if part[0].words != ("Product",) or part[0].who is None or "inside" not in part[1].marks:
        return None
    return entity_of(part, Open(Fact(("PART_OF",), object=part[0].who), "subject"), (part[-1].text,), "inside")


def _of_event(part: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """The seller in X's purchase of Y: of what is bought."""
    thing = part[-1].who
    return entity_of(part, relation_of(Sense(part[0].part, part[0].key), thing, lexicon)) if thing else None


def _narrowed(found: Open, part: Sequence[Token]) -> Open:
    tense = next((t.key for t in part if t.part == "adjective" and t.key in ("current", "former", "next")), "")
    order = next(
        (t.key for t in part if t.part == "adjective" and t.key in ("first", "second", "third", "largest", "new")), ""
    )
    if order == "new" and "HOLDS_ROLE_AT" in found.fact.predicates:
        tense, order = tense or "current", ""
    return Open(replace(found.fact, tense=tense, order=order or found.fact.order), found.end)


def _second(part: Sequence[Token], _: Lexicon) -> Token | None:
    """Alibaba's Tongyi: the second is meant."""
    return part[-1]


def _of_group(part: Sequence[Token], _: Lexicon) -> Token | None:
    """Alibaba旗下的Amap: the second is meant."""
    return part[-1] if part[1].key == "subsidiary" and not part[1].text.isascii() else None


def _once_in_post(part: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """在X当过CTO的那位: whoever holds or held the post there."""
    place = next(token for token in part if token.part == "entity")
    verb, post = (next(token for token in part if token.part == one) for one in ("verb", "role"))
    if verb.key != "serve" or place.who is None or place.words == ("Person",):
        return None
    return entity_of(part, relation_of(Sense("role", post.key), place.who, lexicon))


def _teams(part: Sequence[Token], _: Lexicon) -> Token | None:
    """Joe Tsai's teams: those a person owns."""
    owner = part[0]
    if owner.who is None or owner.words != ("Person",) or "teams" not in part[-1].marks:
        return None
    return entity_of(part, Open(Fact(("OWNS",), subject=owner.who), "object"))


def _several(part: Sequence[Token], _: Lexicon) -> Token | None:
    """A, B and C as one, where something is sought that all of them share."""
    whos = tuple(token.who for token in part if isinstance(token.who, Named))
    if len(whos) < (len(part) + 1) // 2:
        return None
    return entity_of(part, Several(whos))


def _same(part: Sequence[Token], _: Lexicon) -> Token | None:
    """The group that bought X, its chairman: "its" is the one just described."""
    return part[0]


def _first(part: Sequence[Token], _: Lexicon) -> Token | None:
    """Weihong group, 高德公司: the first is meant."""
    return replace(part[0], end=part[-1].end) if part[-1].start - part[0].end <= 1 else None


def _relative(seeks: str) -> Callable[[Sequence[Token], Lexicon], Token | None]:
    """The company that owns X (the agent is sought), the company X owns (the patient)."""

    def fold(part: Sequence[Token], lexicon: Lexicon) -> Token | None:
        verb = next(token for token in part if token.part == "verb")
        known = next(token for token in part if token.part == "entity")
        if known.who is None:
            return None
        if verb.key == "serve" and isinstance(known.who, Open) and known.who.fact.role:
            return entity_of(part, known.who)  # 当阿里CTO的人
        return entity_of(part, Open(*verb_fact(verb.key, known.who, seeks, lexicon)))

    return fold


def verb_fact(verb: str, known: Who, seeks: str, lexicon: Lexicon) -> tuple[Fact, End]:
    """The fact of a verb with one known participant; `seeks` is agent or patient."""
    entry = lexicon.meanings["verbs"][verb]
    symmetric = entry["predicates"][0] in ("PARTNERS_WITH", "COMPETES_WITH", "FAMILY_OF")
    subject = (seeks == "agent") is not entry.get("turned", False)
    end: End = "either" if symmetric else "subject" if subject else "object"
    return fact_with(entry, known, end), end


PATTERNS = tuple(
    Pattern(re.compile(f"(?P<all>{text})"), fold)
    for text, fold in (
        ("XGX", _second),
        ("X,K(?=A*R)", _same),
        ("XRGX", _of_group),
        ("X(?:[JL,]X)*[JL]X", _several),
        ("XZGU", _part_inside),
        ("X(?:(?<=X)C)", _first),
        ("XS?U?A*G?A*U?A*R(?!O[XW])(?!O$)", _owned),
        ("X[OZ][UVAC]{1,5}GA*R", _owned),
        ("ROXGVX", _of_event),
        ("A*R[OG]X(?!G)", _of),
        ("Z?XVRG[CK]?(?=[WV]|$)", _once_in_post),
        ("XGC", _teams),
        ("(?<=W)VBX(?=V)", _relative("patient")),
        ("CVX", _relative("agent")),
        ("CVBX", _relative("patient")),
        ("CXV", _relative("patient")),
        ("(?<!X)(?<!W)VXS?G[CR]", _relative("agent")),
        ("(?<=V)XVGX", _second),
        ("BXVG[CR]", _relative("patient")),
        ("XVG[CR]", _relative("patient")),
    )
)
