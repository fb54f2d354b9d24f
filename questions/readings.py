"""What a clause with a verb may mean, likeliest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from questions.lexicon import Lexicon, Sense
from questions.meaning import Ask, Fact, Limits, Meaning, Named, Open, Who
from questions.parts import Roles, fits, kinds_of, roles_of
from questions.phrases import letters, relation_of, verb_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questions.clause import Clause
    from questions.tokens import Token

# Verbs that say little: where another stands beside them, that one is meant.
GENERIC = frozenset({"round", "pay", "serve", "work", "include", "join", "leave", "use", "study", "lead", "approach"})
OWNING = frozenset({"集团", "公司", "企业", "company", "group", "firm"})  # what others belong to as property
VALUES = ("when", "amount", "share", "yesno", "outcome", "evidence", "count")


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb of a clause: its key, its place, and what is asked of it."""

    key: str
    place: int
    ask: Ask


def main_verb(clause: Clause) -> Token | None:
    """The verb that says most."""
    verbs = [token for token in clause.tokens if token.part == "verb"]
    bought = any(token.key in ("buy", "take_stake") for token in verbs)
    leads = [token for token in verbs if token.key == "lead_round"]
    if bought:
        verbs = [token for token in verbs if token.key != "lead_round"]
        leads = []
    if any(token.key == "lead" for token in verbs):
        leads = leads or [token for token in verbs if token.key == "round"]
    specific = leads or [token for token in verbs if token.key not in GENERIC]
    return specific[0] if specific else verbs[0] if verbs else None


def verb_readings(clause: Clause, ask: Ask, token: Token, lexicon: Lexicon) -> Iterator[Meaning]:
    """The readings of the verb, and of those that may stand for it where the graph holds nothing of it."""
    entries = lexicon.meanings["verbs"]
    lead = next((t for t in clause.tokens if t.part == "verb" and t.key == "lead"), None)
    token = replace(lead, key="lead_round") if token.key in ("invest", "round") and lead else token
    place = next(place for place, other in enumerate(clause.tokens) if other.start == token.start)
    if token.key == "partner" and any(t.part == "verb" and t.key == "approach" for t in clause.tokens):
        token = replace(token, key="approach")
    asked_last = "who" in clause.asks and clause.letters.find("W") > place
    owner = asked_last or any(word in OWNING for t in clause.tokens for word in t.words[1:])
    if token.key == "belong" and owner:
        token = replace(token, key="belong_to_owner")
    other_senses = [sense.key for sense in token.senses if sense.part == "verb" and sense.key != token.key]
    for one in (token.key, *entries[token.key].get("instead", ()), *other_senses):
        quoted = tuple(entries[one].get("quoted", ()))
        status = str(entries[one].get("status", ""))
        for meaning in _readings(clause, Verb(one, place, ask), lexicon):
            yield replace(
                meaning, limits=replace(meaning.limits, quoted=quoted, status=meaning.limits.status or status)
            )


def _readings(clause: Clause, verb: Verb, lexicon: Lexicon) -> Iterator[Meaning]:
    roles = roles_of(clause, verb.place)
    yield from _offices(clause, verb, roles, lexicon)
    yield from _trades(verb, roles)
    yield from _fellows(clause, verb, roles)
    if verb.key == "succeed":
        return
    key = "sell" if verb.key == "sell_to" else verb.key
    patient = roles.patient or next((p for p in roles.others if p.case in ("F", "T", "L")), None)
    one, two = (roles.agent.who if roles.agent else None), (patient.who if patient else None)
    if one is not None and two is not None:
        yield from _two_known(clause, replace(verb, key=key), (one, two), lexicon)
        return
    base = one if one is not None else two
    if base is None:
        base = next((part.who for part in roles.others if part.who is not None), None)
    if base is not None:
        beside = tuple(p.who.text for p in roles.others if isinstance(p.who, Named) and p.who is not base)
        for meaning in _one_known(clause, replace(verb, key=key), base, one is not None, lexicon):
            yield replace(meaning, limits=Limits(topic=beside))


def _one_known(clause: Clause, verb: Verb, known: Who, as_agent: bool, lexicon: Lexicon) -> Iterator[Meaning]:
    entry = lexicon.meanings["verbs"][verb.key]
    if kinds_of(known) == ("Product",) and "of_product" in entry:
        verb = replace(verb, key=entry["of_product"])
        entry = lexicon.meanings["verbs"][verb.key]
    if verb.ask == "share" and isinstance(known, Open) and known.fact.predicates == tuple(entry["predicates"]):
        yield Meaning("share", known.fact, known.end)  # of X, what share does its parent keep
    turned = entry.get("turned", False)
    if not fits(entry["predicates"], known, as_subject=as_agent is not turned):
        as_agent = not as_agent
    if verb.ask == "when" and entry.get("alone") == "patient" and fits(entry["predicates"], known, as_subject=False):
        as_agent = False
    used = verb.key == "use" and clause.limits.kind == "Product" and not as_agent and "Company" in kinds_of(known)
    if used and verb.ask == "list":
        yield Meaning(verb.ask, *verb_fact(verb.key, known, "patient", lexicon))  # which system is used at X
    ways = (as_agent, not as_agent) if verb.ask in VALUES and not clause.asks & {"who", "what"} else (as_agent,)
    for way in ways:
        fact, end = verb_fact(verb.key, known, "patient" if way else "agent", lexicon)
        yield Meaning(verb.ask, fact, end)


def _two_known(clause: Clause, verb: Verb, ends: tuple[Who, Who], lexicon: Lexicon) -> Iterator[Meaning]:
    """Both ends are known: a question of truth, time, price, kinship; or which of a group do something."""
    one, two = ends
    fact, _ = verb_fact(verb.key, two, "agent", lexicon)
    fact = replace(fact, subject=one) if fact.subject is None else replace(fact, object=one)
    if not clause.polar and (verb.ask in ("list", "count") or clause.asks & {"who", "what", "where"}):
        group = _asked_group(clause, ends)
        if group is not None:
            yield Meaning(verb.ask, fact, "subject" if fact.subject is group else "object")
        elif verb.key == "pay" and "W" in clause.letters:
            yield Meaning("amount", fact, who=ends)
        if group is not None or "W" in clause.letters:
            return
    if verb.key in ("relate", "marry") and verb.ask in ("list", "kinship", "path"):
        yield Meaning("kinship", fact, who=ends)
        return
    yield Meaning("yesno" if verb.ask == "list" else verb.ask, fact, who=ends)


def _asked_group(clause: Clause, ends: tuple[Who, Who]) -> Who | None:
    """The described group that is asked about: "which partners of X use Y"."""
    for place, token in enumerate(clause.tokens):
        if (
            isinstance(token.who, Open)
            and token.who in ends
            and place
            and letters(clause.tokens[place - 1 : place]) in "WA"
        ):
            return token.who
    return next((who for who in ends if isinstance(who, Open)), None)


def _offices(clause: Clause, verb: Verb, roles: Roles, lexicon: Lexicon) -> Iterator[Meaning]:
    """To become, to be: "who becomes chairman of X", "when did A become a partner of X"."""
    if verb.key not in ("serve", "succeed", "work", "lead", "own"):
        return
    parts = [part for part in (roles.agent, roles.patient, *roles.others) if part is not None]
    office = next((p.who for p in parts if isinstance(p.who, Open) and _is_office(p.who)), None)
    place = office.fact.object if isinstance(office, Open) else None
    holder = next((p.who for p in parts if p.who is not None and p.who not in (office, place)), None)
    loose = next((t for t in clause.tokens if t.part == "role"), None)
    if isinstance(office, Open):
        fact = replace(
            office.fact, predicates=("HOLDS_ROLE_AT",), role=office.fact.role or "partner_role", symmetric=False
        )
        if verb.key == "succeed" and isinstance(holder, Named) and not clause.polar:
            yield Meaning("list", fact, "subject", limits=Limits(exclude=holder.ids))
        elif holder is None:
            yield Meaning("list" if verb.ask == "list" else verb.ask, fact, "subject")
        else:
            yield Meaning("yesno" if clause.polar else verb.ask, replace(fact, subject=holder), "subject")
    elif loose is not None and holder is not None and "Person" not in kinds_of(holder) and clause.asks & {"who"}:
        open_ = relation_of(Sense("role", loose.key), holder, lexicon)
        yield Meaning(verb.ask, open_.fact, open_.end)
    elif loose is not None and holder is not None and kinds_of(holder) == ("Person",):
        role = relation_of(Sense("role", loose.key), holder, lexicon).fact.role
        yield Meaning(verb.ask, Fact(("HOLDS_ROLE_AT",), holder, None, role=role), "object")


def _is_office(who: Open) -> bool:
    return bool(who.fact.role) or who.fact.predicates == ("PARTNERS_WITH",)


def _trades(verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Sales have a buyer, a seller and a thing; "from" and "to" say which is which."""
    target = next((part for part in roles.others if part.case == "T"), None)
    source = next((part for part in roles.others if part.case == "F"), None)
    agent, patient = roles.agent, roles.patient
    if verb.key == "sell_to":
        yield from _sold_to(verb, roles)
    elif verb.key == "sell" and target and target.asked and patient and patient.who is not None:
        yield from _buyers(verb.ask, patient.who, agent.who if agent else None)
    elif verb.key in ("buy", "take_stake") and source and source.who is not None and not (patient and patient.who):
        yield Meaning(verb.ask, Fact(("SOLD",), subject=source.who), "to")
    elif verb.key in ("buy", "take_stake") and source and source.asked and patient and patient.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), object=patient.who), "subject")


def _fellows(clause: Clause, verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Who studied with X (at Y): the others who did."""
    beside = next((p.who for p in roles.others if p.case == "L" and isinstance(p.who, Named)), None)
    if verb.key != "study" or "who" not in clause.asks or beside is None or "Person" not in beside.kinds:
        return
    place = next(
        (p.who for p in (roles.patient, *roles.others) if p and p.who is not None and p.who is not beside), None
    )
    there = place or Open(Fact(("EDUCATED_AT",), subject=beside), "object")
    yield Meaning(verb.ask, Fact(("EDUCATED_AT",), object=there), "subject", limits=Limits(exclude=beside.ids))


def _sold_to(verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """X把Y卖给了谁, 谁把X卖给了Y, X卖给了谁: after the verb stands the buyer."""
    parts = sorted((p for p in (roles.agent, roles.patient, *roles.others) if p is not None), key=lambda p: p.place)
    before = [part for part in parts if part.place < verb.place]
    after = [part for part in parts if part.place > verb.place]
    thing = next((p for p in before if p.case == "P"), before[-1] if before else None)
    seller = next((p for p in before if p is not thing), None)
    if thing is None:
        return
    if after and after[0].asked and thing.who is not None:
        yield from _buyers(verb.ask, thing.who, seller.who if seller else None)
        if seller is None:
            yield Meaning(verb.ask, Fact(("SOLD",), subject=thing.who), "to")
    elif seller is not None and seller.asked and thing.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), object=thing.who), "subject")
    elif thing.asked and seller is not None and seller.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), subject=seller.who), "object")


def _buyers(ask: Ask, thing: Who, seller: Who | None) -> Iterator[Meaning]:
    exclude = seller.ids if isinstance(seller, Named) else ()
    yield Meaning(ask, Fact(("ACQUIRED", "INVESTED_IN"), object=thing), "subject", limits=Limits(exclude=exclude))
    if seller is not None:
        yield Meaning(ask, Fact(("SOLD",), seller, thing), "to")
