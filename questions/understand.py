"""A clause to what it may mean, likeliest first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from questions.meaning import Ask, Fact, Limits, Meaning, Named, Open, Several, Who
from questions.parts import ENDS, kinds_of
from questions.phrases import letters, relation_of
from questions.ranking import rankings
from questions.readings import GENERIC, main_verb, verb_readings
from questions.verbless import bare, closed, loose_noun, role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questions.clause import Clause
    from questions.lexicon import Lexicon

# Nouns beside "which" that say by themselves what the one sought is to the one named.
_PARTS_PLAYED = ("supplier", "customer", "user", "maker")
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
    if any(token.key == "another" and token.part == "adjective" for token in clause.ranked):
        return  # no claim says who the other one is
    limits = clause.limits
    for meaning in _readings(clause, _asked(clause), lexicon):
        said = meaning.limits
        status = limits.status or said.status
        both = replace(
            limits,
            quoted=said.quoted,
            exclude=limits.exclude + said.exclude,
            via=said.via,
            status=status,
            tense=said.tense or limits.tense,
            strict=said.strict,
            topic=limits.topic + said.topic,
            order=said.order or limits.order,
        )
        whole = replace(meaning, limits=both)
        yield whole
        yield from _in_two_steps(whole, lexicon)
        if whole.fact is not None and whole.fact.role == "boss_owner" and whole.fact.object is not None:
            yield replace(whole, fact=replace(whole.fact, predicates=("OWNS",), role=""))


def _in_two_steps(meaning: Meaning, lexicon: Lexicon) -> Iterator[Meaning]:
    """The son-in-law of X, of whom no claim says so by that name: the husband of a child of X."""
    fact = meaning.fact
    known = (fact.object or fact.subject) if fact is not None else None
    if fact is None or known is None or meaning.ask != "list" or None not in (fact.subject, fact.object):
        return
    for outer, inner in lexicon.meanings["family_steps"].get(fact.family, ()):
        step = Open(Fact(("FAMILY_OF",), object=known, symmetric=True, family=inner), "either")
        yield replace(meaning, fact=Fact(("FAMILY_OF",), object=step, symmetric=True, family=outer), end="either")


def by_matter(clause: Clause) -> Iterator[Meaning]:
    """Where no word of the clause names a relation: whatever stands to its entity in one that the rest speaks of."""
    named = next((token.who for token in clause.entities if isinstance(token.who, Named)), None)
    words = tuple(token.text for token in clause.tokens if token.part in ("unknown", "verb", "noun"))
    told = any(token.part == "verb" and token.key in _PLAIN for token in clause.tokens)
    open_ = clause.asks & {"who", "what", "where"} and not clause.polar and not told and not clause.asks & _CLOSED
    if named is None or not open_ or not clause.unknown:
        return
    place = "" if clause.asks & {"who", "what"} else "Company"
    limits = replace(clause.limits, topic=words, strict=True, kind=clause.limits.kind or place)
    for predicates in (_TOLD, ("AFFILIATED_WITH",)):
        yield Meaning("list", Fact(predicates, object=named, symmetric=True), "either", limits=limits)


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
        "W" in clause.letters and not any("what_is" in token.marks for token in clause.tokens)
    )


def _bare_amount(clause: Clause) -> bool:
    """投资多少: nothing that could be counted is named."""
    return any(token.part == "ask" and "how_much" in token.marks for token in clause.tokens)


def _readings(clause: Clause, ask: Ask, lexicon: Lexicon) -> Iterator[Meaning]:
    entities = [token.who for token in clause.entities if token.who is not None]
    if ask == "list":
        yield from rankings(clause, lexicon)
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
        yield from role(entities)
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
        described = len(entities) == 1 and isinstance(entities[0], Open)
        if ask == "share" or (verb.key in GENERIC and described):
            yield from bare(clause, ask, entities)
        return
    loose = [token for token in clause.tokens if token.part in ("noun", "role", "family")]
    if loose and entities and "W" in clause.letters:
        yield from loose_noun(ask, loose[-1], entities[0], lexicon)
    yield from bare(clause, ask, entities)


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
        yield Meaning(ask, closed(described, named))
    yield Meaning(ask, Fact(tuple(ENDS), entities[0], entities[1], symmetric=True))
