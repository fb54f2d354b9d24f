"""A clause to what it may mean, likeliest first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from questions.lexicon import Lexicon, Sense
from questions.meaning import Ask, End, Fact, Limits, Meaning, Named, Open, Several, Who
from questions.parts import ENDS, kinds_of
from questions.phrases import letters, relation_of
from questions.readings import GENERIC, main_verb, verb_readings

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
# Nouns beside "which" that say by themselves what the one sought is to the one named.
_PARTS_PLAYED = ("supplier", "customer", "user", "maker")
# What a thing has of a kind, where no word says how: NLL有哪些球队.
_HELD: dict[str, tuple[tuple[str, End], ...]] = {
    "Company": (("MEMBER_OF", "subject"), ("OWNS", "object")),
    "Product": (("DEVELOPS", "object"), ("PART_OF", "subject"), ("USES", "object")),
    "Person": (("HOLDS_ROLE_AT", "subject"), ("FOUNDED", "subject")),
}
_WHAT_IS = frozenset({"what is", "what was", "what's", "what are"})
# Asks that no list answers, and the relations whose claims note what they are about.
_CLOSED = frozenset({"when", "amount", "amount_in", "share", "count", "kinship", "evidence", "said"})
_PLAIN = frozenset(
    {"compete", "own", "invest", "sell", "sell_to", "marry", "relate", "work", "chair"}
)  # mean one thing
_TOLD = (
    "PARTNERS_WITH",
    "USES",
    "INVESTED_IN",
    "OWNS",
    "MEMBER_OF",
    "DEVELOPS",
    "PART_OF",
    "HOLDS_ROLE_AT",
    "ACQUIRED",
    "SOLD",
)
# Which word decides what is asked where a question holds several; earlier ones win.
ASKS: tuple[tuple[str, Ask], ...] = (
    ("evidence", "evidence"),
    ("said", "said"),
    ("common", "common"),
    ("compare", "compare"),
    ("connected", "path"),
    ("through", "path"),
    ("amount", "amount"),
    ("amount_in", "amount"),
    ("share", "share"),
    ("when", "when"),
    ("role", "role"),
    ("kinship", "kinship"),
    ("count", "count"),
    ("changed", "changed"),
    ("outcome", "outcome"),
    ("purpose", "purpose"),
    ("profile", "profile"),
)


def meanings(clause: Clause, lexicon: Lexicon) -> Iterator[Meaning]:
    """What the clause may mean, likeliest first; nothing where no reading fits."""
    if any(token.key == "second" and token.part == "adjective" for token in clause.ranked):
        return  # no claim says who comes second, or who the other one is
    limits = clause.limits
    for meaning in _readings(clause, _asked(clause), lexicon):
        said = meaning.limits
        status = said.status or limits.status
        both = replace(
            limits,
            quoted=said.quoted,
            exclude=limits.exclude + said.exclude,
            via=said.via,
            status=status,
            topic=limits.topic + said.topic,
        )
        whole = replace(meaning, limits=both)
        yield whole
        yield from _in_two_steps(whole, lexicon)


def _in_two_steps(meaning: Meaning, lexicon: Lexicon) -> Iterator[Meaning]:
    """The son-in-law of X, of whom no claim says so by that name: the husband of a child of X."""
    fact = meaning.fact
    known = (fact.object or fact.subject) if fact is not None else None
    if fact is None or known is None or meaning.ask != "list" or None not in (fact.subject, fact.object):
        return
    for outer, inner in lexicon.meanings["family_steps"].get(fact.family, ()):
        step = Open(Fact(("FAMILY_OF",), object=known, symmetric=True, family=inner), "either")
        yield replace(meaning, fact=Fact(("FAMILY_OF",), object=step, symmetric=True, family=outer), end="either")


def by_matter(clause: Clause) -> Meaning | None:
    """Where no word of the clause names a relation: whatever stands to its entity in one that the rest speaks of."""
    named = next((token.who for token in clause.entities if isinstance(token.who, Named)), None)
    words = tuple(token.text for token in clause.tokens if token.part in ("unknown", "verb", "noun"))
    told = any(token.part == "verb" and token.key in _PLAIN for token in clause.tokens)
    open_ = clause.asks & {"who", "what"} and not clause.polar and not told and not clause.asks & _CLOSED
    if named is None or not open_ or not clause.unknown:
        return None
    limits = replace(clause.limits, topic=words, strict=True)
    return Meaning("list", Fact(_TOLD, object=named, symmetric=True), "either", limits=limits)


def _asked(clause: Clause) -> Ask:
    ask: Ask | None = next((ask for key, ask in ASKS if key in clause.asks), None)
    verbs = any(token.part == "verb" for token in clause.tokens)
    posted = ask == "role" and "who" in clause.asks  # who holds the post of
    if ask is None or posted or (clause.polar and ask == "path" and verbs):
        return "yesno" if clause.polar else "list"
    if ask in ("amount", "share", "when") and clause.asks & {"who", "what"} and _somebody_asked(clause):
        return "list"
    if ask == "count":
        return _counted(clause)
    if ask == "path" and clause.asks & {"who", "what"} and len(clause.entities) == 1:
        return "common" if isinstance(clause.entities[0].who, Several) else "list"
    return ask


def _counted(clause: Clause) -> Ask:
    """What 多少 counts: money where it is paid or invested, a share where it is owned, else things."""
    verbs = {token.key for token in clause.tokens}
    if "pay" in verbs or ("invest" in verbs and _bare_amount(clause)):
        return "amount"
    return "share" if "own" in verbs and _bare_amount(clause) else "count"


def _somebody_asked(clause: Clause) -> bool:
    """Whether someone or something is sought, and not only "what is" the figure."""
    return any(letters([token]) == "W" and (token.key != "what" or bool(token.words)) for token in clause.tokens) or (
        "W" in clause.letters and not any(token.text.lower() in _WHAT_IS for token in clause.tokens)
    )


def _bare_amount(clause: Clause) -> bool:
    """投资多少: nothing that could be counted is named."""
    return any(token.part == "ask" and token.text == "多少" for token in clause.tokens)


def _readings(clause: Clause, ask: Ask, lexicon: Lexicon) -> Iterator[Meaning]:
    entities = [token.who for token in clause.entities if token.who is not None]
    if ask in ("common", "compare") and entities:
        yield from _shared_noun(entities) if ask == "common" else ()
        yield Meaning(ask, who=tuple(entities))
    elif ask in ("path", "kinship") and len(entities) >= 2:
        pair = [_person(who) for who in _each_described(entities)]
        if all(kinds_of(who) in ((), ("Person",)) for who in pair):
            fact = Fact(("FAMILY_OF",), pair[0], pair[1], symmetric=True)
            yield Meaning("kinship", fact, who=tuple(pair))
        if ask == "path" or "relate" not in (token.key for token in clause.tokens):
            ends = (entities[0], entities[-1] if "through" in clause.asks else entities[1])
            yield Meaning("path", who=ends, limits=Limits(via="through" in clause.asks))
    elif ask in ("evidence", "said") and len(entities) >= 2:
        yield from _between(clause, ask, entities, lexicon)
    elif ask in ("profile", "changed") and entities:
        yield Meaning(ask, who=(entities[0],))
    elif ask in ("role", "purpose") and any(kinds_of(who) in ((), ("Person",)) for who in entities):
        yield from _role(entities)
    else:
        yield from _statement(clause, ask, entities, lexicon)


def _person(who: Who) -> Who:
    """A name that a person bears beside other things: where kin is asked about, the person."""
    return replace(who, kinds=("Person",)) if isinstance(who, Named) and "Person" in who.kinds else who


def _shared_noun(entities: list[Who]) -> Iterator[Meaning]:
    """The alma mater that A and B share: the noun says of both what it says of the last."""
    *others, last = entities
    named = tuple(who for who in others if isinstance(who, Named))
    base = base_of(last)
    if isinstance(last, Open) and named and base is not None and len(named) == len(others):
        several = Several((*named, base))
        fact = last.fact
        both = replace(fact, subject=several) if fact.subject is not None else replace(fact, object=several)
        yield Meaning("list", both, last.end)


def _each_described(entities: list[Who]) -> list[Who]:
    """The chairmen of A and B: both are described by what is said of the last."""
    first, last = entities[0], entities[1]
    if isinstance(last, Open) and last.fact.role and isinstance(first, Named) and "Company" in first.kinds:
        return [replace(last, fact=replace(last.fact, object=first)), last]
    return [first, last]


def _statement(clause: Clause, ask: Ask, entities: list[Who], lexicon: Lexicon) -> Iterator[Meaning]:
    yield from _by_verb_or_noun(clause, ask, entities, lexicon)
    named = next((who for who in entities if isinstance(who, Named)), None)
    if clause.limits.kind == "Group" and ask == "list" and named is not None:
        yield Meaning(ask, Fact(("MEMBER_OF",), subject=named), "object")


def _by_verb_or_noun(clause: Clause, ask: Ask, entities: list[Who], lexicon: Lexicon) -> Iterator[Meaning]:
    verb = main_verb(clause)
    if ask == "share":
        verb = next((token for token in clause.tokens if token.key == "own"), verb)
    partnered = verb is None or verb.key not in _PLAIN
    if partnered and re.match(r"LW", clause.letters) and ask == "list" and entities and isinstance(entities[0], Named):
        yield Meaning(ask, Fact(("PARTNERS_WITH",), object=entities[0], symmetric=True), "either")
    if verb is not None:
        yield from verb_readings(clause, ask, verb, lexicon)
        yield from _asked_noun(clause, ask, lexicon)
        if ask == "share" or (verb.key in GENERIC and any(isinstance(who, Open) for who in entities)):
            yield from _bare(clause, ask, entities)
        return
    loose = [token for token in clause.tokens if token.part in ("noun", "role", "family")]
    if loose and entities and "W" in clause.letters:
        yield from _loose_noun(ask, loose[-1], entities[0], lexicon)
    yield from _bare(clause, ask, entities)


def _asked_noun(clause: Clause, ask: Ask, lexicon: Lexicon) -> Iterator[Meaning]:
    """Which foundry makes X's chips: where the verb gives nothing, the supplier of X."""
    noun = next((token for token in clause.tokens if letters([token]) == "W" and token.senses), None)
    named = next((base for token in clause.entities if (base := base_of(token.who)) is not None), None)
    if ask == "list" and noun is not None and noun.senses[0].key in _PARTS_PLAYED and named is not None:
        open_ = relation_of(noun.senses[0], named, lexicon)
        yield Meaning(ask, open_.fact, open_.end)


def base_of(who: Who | None) -> Named | None:
    """The named entity that a description starts from."""
    while isinstance(who, Open):
        who = who.fact.subject or who.fact.object
    return who if isinstance(who, Named) else None


def _between(clause: Clause, ask: Ask, entities: list[Who], lexicon: Lexicon) -> Iterator[Meaning]:
    """What is said of two entities, or who says it: by the relation the clause names, else by any."""
    verb = main_verb(clause)
    if verb is not None:
        yield from (meaning for meaning in verb_readings(clause, ask, verb, lexicon) if meaning.fact)
    described = next((who for who in entities if isinstance(who, Open)), None)
    named = next((who for who in entities if isinstance(who, Named)), None)
    if described is not None and named is not None:
        yield Meaning(ask, _closed(described, named))
    yield Meaning(ask, Fact(tuple(ENDS), entities[0], entities[1], symmetric=True))


def _role(entities: list[Who]) -> Iterator[Meaning]:
    """Which post somebody holds, somewhere or anywhere."""
    holder = next((who for who in entities if kinds_of(who) in ((), ("Person",))), None)
    if holder is not None:
        place = next((who for who in entities if who is not holder), None)
        yield Meaning("role", Fact(("HOLDS_ROLE_AT",), holder, place), "object")


def _loose_noun(ask: Ask, noun: Token, known: Who, lexicon: Lexicon) -> Iterator[Meaning]:
    """Who has X as a member; X是谁的叔叔: the known one is what the noun says, to the one sought."""
    open_ = relation_of(Sense(noun.part, noun.key), known, lexicon)
    fact = open_.fact
    if open_.end == "either":
        yield Meaning(ask, replace(fact, family=INVERSE.get(fact.family, fact.family)), "either")
    else:
        turned = replace(fact, subject=fact.object, object=fact.subject)
        yield Meaning(ask, turned, "object" if open_.end == "subject" else "subject")


def _bare(clause: Clause, ask: Ask, entities: list[Who]) -> Iterator[Meaning]:
    """No verb is left: "who is the CEO of X", "X的CEO是谁", "is A the founder of B"."""
    described = [who for who in entities if isinstance(who, Open)]
    named = [who for who in entities if isinstance(who, Named)]
    if ask in ("yesno", "said", "when", "share", "amount") and described and len(entities) >= 2:
        other = next((who for who in entities if who is not described[-1]), None)
        fact = _closed(described[-1], other)
        yield Meaning(ask, fact, "subject" if fact.family else None)
    elif described and ask != "yesno":
        for one in described if len(described) > 1 and "W" in clause.letters else described[-1:]:
            yield Meaning(ask, one.fact, one.end)
    elif named:
        yield from _by_names(clause, ask, named)


def _by_names(clause: Clause, ask: Ask, named: list[Named]) -> Iterator[Meaning]:
    """Only names are left: what stake has A in B, to whom did it go, what is A to B."""
    one, other = named[0], named[1] if len(named) > 1 else None
    if ask == "share":
        yield Meaning("share", Fact(("OWNS",), one, other), "object")
        if other is not None:
            yield Meaning("share", Fact(("OWNS",), other, one), "object")
    elif other is not None:
        yield from _of_two(clause, ask, one, other)
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
        yield from _about(clause, one)


def _of_two(clause: Clause, ask: Ask, one: Named, other: Named) -> Iterator[Meaning]:
    """Two names without a verb: how much A gave B, when what they share began, what A is to B."""
    if ask == "list" and re.match(r"WXOX", clause.letters) and {one.kinds, other.kinds} == {("Person",), ("Company",)}:
        yield from _role([one, other])  # what did X do at Y
    elif ask == "amount":
        for subject, thing in ((one, other), (other, one)):
            yield Meaning("amount", Fact(("INVESTED_IN", "ACQUIRED"), subject, thing))
    elif ask == "yesno" and clause.letters.endswith("XGC") and one.kinds == ("Person",):
        yield Meaning(ask, Fact(("HOLDS_ROLE_AT",), one, other))  # X还是Y的人吗
    elif ask == "outcome":
        yield Meaning(ask, Fact(("ACQUIRED", "SOLD", "INVESTED_IN", "PARTNERS_WITH"), one, other, symmetric=True))
    elif ask == "when":
        yield Meaning("when", Fact(tuple(ENDS), one, other, symmetric=True))
    elif re.match(r"WX[TL]X|XXW$", clause.letters) and one.kinds == other.kinds == ("Person",):
        yield Meaning("kinship", Fact(("FAMILY_OF",), one, other, symmetric=True), who=(one, other))


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
    elif pattern in ("WX", "XW") and clause.limits.kind in _HELD:
        for predicate, end in _HELD[clause.limits.kind]:
            fact = Fact((predicate,), subject=who) if end == "object" else Fact((predicate,), object=who)
            yield Meaning("list", fact, end)
    elif pattern in ("WX", "XW"):
        yield Meaning("profile", who=(who,))


def _closed(open_: Open, other: Who | None) -> Fact:
    """The fact with its open end taken by another entity."""
    fact = open_.fact
    return replace(fact, subject=other) if fact.subject is None else replace(fact, object=other)
