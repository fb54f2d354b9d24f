"""What a clause without a verb may mean: who is the CEO of X, is A the founder of B, whose is X."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from questions.lexicon import Lexicon, Sense
from questions.meaning import Ask, End, Fact, Meaning, Named, Open, Several, Who
from questions.parts import ENDS, kinds_of
from questions.phrases import relation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questions.clause import Clause
    from questions.tokens import Token

# What the other one then is.
INVERSE = {
    "father": "child",
    "mother": "child",
    "parent": "child",
    "child": "parent",
    "son": "parent",
    "daughter": "parent",
    "uncle": "nephew",
    "aunt": "nephew",
    "nephew": "uncle",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "parent_in_law": "child_in_law",
    "child_in_law": "parent_in_law",
}
# What a thing has of a kind, where no word says how: NLL有哪些球队.
_HELD: dict[str, tuple[tuple[str, End], ...]] = {
    "Company": (("MEMBER_OF", "subject"), ("OWNS", "object")),
    "Product": (("DEVELOPS", "object"), ("PART_OF", "subject"), ("USES", "object")),
    "Person": (("HOLDS_ROLE_AT", "subject"), ("FOUNDED", "subject")),
}


def loose_noun(ask: Ask, noun: Token, known: Who, lexicon: Lexicon) -> Iterator[Meaning]:
    """Who has X as a member; X是谁的叔叔: the known one is what the noun says, to the one sought."""
    open_ = relation_of(Sense(noun.part, noun.key), known, lexicon)
    fact = open_.fact
    if open_.end == "either":
        yield Meaning(ask, replace(fact, family=INVERSE.get(fact.family, fact.family)), "either")
    else:
        turned = replace(fact, subject=fact.object, object=fact.subject)
        yield Meaning(ask, turned, "object" if open_.end == "subject" else "subject")


def bare(clause: Clause, ask: Ask, entities: list[Who]) -> Iterator[Meaning]:
    """No verb is left: "who is the CEO of X", "X的CEO是谁", "is A the founder of B"."""
    described = [who for who in entities if isinstance(who, Open)]
    named = [who for who in entities if isinstance(who, Named)]
    if ask in ("yesno", "said", "when", "share", "amount") and described and len(entities) >= 2:
        other = next((who for who in entities if who is not described[-1]), None)
        fact = closed(_as_post(described[-1], other), other)
        yield Meaning(ask, fact, "subject" if fact.family else None)
    elif described and ask != "yesno":
        if len(described) > 1 and ask in ("list", "count") and re.search(r"XA*X", clause.letters):
            yield _both(ask, *described[-2:])
        for one in described if len(described) > 1 and "W" in clause.letters else described[-1:]:
            yield Meaning(ask, one.fact, one.end)
    elif named:
        yield from _by_names(clause, ask, named)
    elif entities and isinstance(entities[0], Several) and any("whose" in token.marks for token in clause.tokens):
        for predicate in ("OWNS", "DEVELOPS"):  # X和Y都是谁家的
            yield Meaning("list", Fact((predicate,), object=entities[0]), "subject")


def _both(ask: Ask, one: Open, other: Open) -> Meaning:
    """既是X的对手又是Y的对手: whoever is both."""
    return Meaning(ask, closed(other, one), "object" if other.end == "object" else "subject")


def _as_post(open_: Open, other: Who | None) -> Open:
    """An Alibaba partner: said of a person, a post."""
    if open_.fact.predicates != ("PARTNERS_WITH",) or other is None or kinds_of(other) != ("Person",):
        return open_
    return Open(replace(open_.fact, predicates=("HOLDS_ROLE_AT",), role="partner_role", symmetric=False), "subject")


def _by_names(clause: Clause, ask: Ask, named: list[Named]) -> Iterator[Meaning]:
    """Only names are left: what stake has A in B, to whom did it go, what is A to B."""
    one, other = named[0], named[1] if len(named) > 1 else None
    if ask == "share":
        yield Meaning("share", Fact(("OWNS",), one, other), "object")
        if other is not None:
            yield Meaning("share", Fact(("OWNS",), other, one), "object")
    elif other is not None:
        for second in named[1:] if ask == "outcome" else [other]:
            yield from _of_two(clause, ask, one, second)
    elif re.search(r"TW", clause.letters):
        yield Meaning("list", Fact(("ACQUIRED", "INVESTED_IN"), object=one), "subject")
        yield Meaning("list", Fact(("SOLD",), object=one), "to")
    elif ask == "count" and one.kinds == ("Company",):
        yield Meaning("count", Fact(("MEMBER_OF",), object=one), "subject")
    elif ask == "list" and clause.limits.share_pct is not None:
        yield Meaning("list", Fact(("OWNS", "ACQUIRED", "INVESTED_IN"), object=one), "subject")  # who's got 26% of X
    elif ask == "list" and "share" in clause.asks:
        yield Meaning("list", Fact(("OWNS", "INVESTED_IN"), object=one), "subject")
    elif ask == "list":
        yield from _among(clause, one)
        yield from _about(clause, one)


def _of_two(clause: Clause, ask: Ask, one: Named, other: Named) -> Iterator[Meaning]:
    """Two names without a verb: how much A gave B, when what they share began, what A is to B."""
    of_post = re.match(r"WXOX|XA*XGA*W$", clause.letters)  # what did X do at Y, X是Y的什么
    if ask == "list" and of_post and {one.kinds, other.kinds} == {("Person",), ("Company",)}:
        yield from role([one, other])
    elif ask == "amount":
        for subject, thing in ((one, other), (other, one)):
            yield Meaning("amount", Fact(("INVESTED_IN", "ACQUIRED"), subject, thing))
    elif ask == "yesno" and re.search(r"XA*OX$|XA+X$", clause.letters):  # is X in Y, X还在Y吗
        for predicate in ("HOLDS_ROLE_AT",) if one.kinds == ("Person",) else ("MEMBER_OF", "PART_OF"):
            yield Meaning(ask, Fact((predicate,), one, other))
    elif ask == "yesno" and clause.letters.endswith("XGC") and one.kinds == ("Person",):
        yield Meaning(ask, Fact(("HOLDS_ROLE_AT",), one, other))  # X还是Y的人吗
    elif ask == "outcome":
        yield Meaning(ask, Fact(("ACQUIRED", "SOLD", "INVESTED_IN", "PARTNERS_WITH"), one, other, symmetric=True))
    elif ask == "when":
        yield Meaning("when", Fact(tuple(ENDS), one, other, symmetric=True))
    elif re.match(r"WX[TL]X|XXW$", clause.letters) and one.kinds == other.kinds == ("Person",):
        yield Meaning("kinship", Fact(("FAMILY_OF",), one, other, symmetric=True), who=(one, other))


def _among(clause: Clause, who: Named) -> Iterator[Meaning]:
    """X里还有谁, X是哪个委员会的: who or what is in it, or what somebody is in."""
    if (
        who.kinds == ("Person",)
        and re.fullmatch(r"XA*WG", clause.letters)
        and clause.limits.kind in ("Company", "Group")
    ):
        for predicate in ("HOLDS_ROLE_AT", "MEMBER_OF"):  # X是哪个委员会的
            yield Meaning("list", Fact((predicate,), subject=who), "object")
    match = re.search(r"XO,?A*W", clause.letters)
    if match and "inside" in clause.tokens[match.start() + 1].marks:
        yield Meaning(
            "list", Fact(("PART_OF",) if who.kinds == ("Product",) else ("MEMBER_OF",), object=who), "subject"
        )


def _about(clause: Clause, who: Named) -> Iterator[Meaning]:
    """Who is X; whose is X; where is X now."""
    pattern = re.sub(r"[OAJ,]", "", clause.letters)
    of_somewhere = re.fullmatch(r"XWGC|WGCX|XWK?L", pattern) or (pattern in ("WX", "XW") and "where" in clause.asks)
    if of_somewhere and who.kinds == ("Person",):
        yield Meaning("list", Fact(("HOLDS_ROLE_AT",), subject=who), "object")
    elif pattern.endswith("G") and "W" in pattern and (clause.limits.kind == "Company" or "who" in clause.asks):
        yield Meaning("list", Fact(("OWNS",), object=who), "subject")
        yield Meaning("list", Fact(("DEVELOPS",), object=who), "subject")
    elif re.fullmatch(r"XWGR", pattern) and clause.tokens[-1].key == "product":
        yield Meaning("list", Fact(("DEVELOPS",), object=who), "subject")
        yield Meaning("list", Fact(("OWNS",), object=who), "subject")
    elif re.fullmatch(r"WC?R?X", pattern) and "whose" in clause.tokens[0].marks:  # whose assistant is X
        for predicate in ("DEVELOPS", "OWNS"):
            yield Meaning("list", Fact((predicate,), object=who), "subject")
    elif pattern == "WX" and clause.limits.before and who.kinds == ("Person",) and "who" not in clause.asks:
        yield from role([who])  # what did X do before
    elif pattern in ("WX", "XW") and clause.limits.kind in _HELD:
        for predicate, end in _HELD[clause.limits.kind]:
            fact = Fact((predicate,), subject=who) if end == "object" else Fact((predicate,), object=who)
            yield Meaning("list", fact, end)
    elif pattern in ("WX", "XW"):
        yield Meaning("profile", who=(who,))


def closed(open_: Open, other: Who | None) -> Fact:
    """The fact with its open end taken by another entity."""
    fact = open_.fact
    return replace(fact, subject=other) if fact.subject is None else replace(fact, object=other)


def role(entities: list[Who]) -> Iterator[Meaning]:
    """Which post somebody holds, somewhere or anywhere."""
    holder = next((who for who in entities if kinds_of(who) in ((), ("Person",))), None)
    if holder is not None:
        place = next((who for who in entities if who is not holder), None)
        yield Meaning("role", Fact(("HOLDS_ROLE_AT",), holder, place), "object")
