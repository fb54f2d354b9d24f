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
    owner = asked_last or any("owning" in lexicon.marks_of(word) for t in clause.tokens for word in t.words[1:])
    if token.key == "belong" and owner:
        token = replace(token, key="belong_to_owner")
    token = replace(token, key=_fitting_verb(clause, token))
    other_senses = [sense.key for sense in token.senses if sense.part == "verb" and sense.key != token.key]
    instead = [one for one in entries[token.key].get("instead", ()) if one != "take_stake" or _of_a_stake(clause)]
    for one in (token.key, *instead, *_of_kind(clause, token.key), *other_senses):
        quoted = tuple(entries[one].get("quoted", ()))
        status = str(entries[one].get("status", ""))
        for meaning in _readings(clause, Verb(one, place, ask), lexicon):
            yield replace(
                meaning, limits=replace(meaning.limits, quoted=quoted, status=meaning.limits.status or status)
            )


def _fitting_verb(clause: Clause, token: Token) -> str:
    """The verb that its words stand for beside these parties: 取得 shares is to buy, 参加 a league is to join it."""
    if token.key == "study" and clause.limits.kind != "School" and _only_organisations(clause):
        return "buy"
    if "taking_part" in token.marks and clause.limits.kind == "Group":
        return "join"
    return token.key


def _only_organisations(clause: Clause) -> bool:
    kinds = [kinds_of(token.who) for token in clause.entities if token.who is not None]
    return len(kinds) > 1 and all(one and "Person" not in one for one in kinds)


def _of_a_stake(clause: Clause) -> bool:
    """Whether a part of something is bought: shares of it, or so many per cent."""
    return clause.limits.share_pct is not None or clause.staked or "share" in clause.asks


def _of_kind(clause: Clause, verb: str) -> tuple[str, ...]:
    """What the verb may stand for by the kind asked for: to launch a company is to found it."""
    if verb == "buy" and any(token.words == ("Product",) for token in clause.entities):
        return ("use",)  # which hospital bought the machine
    return {("develop", "Company"): ("found",), ("partner", "Product"): ("use",)}.get((verb, clause.limits.kind), ())


def _readings(clause: Clause, verb: Verb, lexicon: Lexicon) -> Iterator[Meaning]:
    roles = roles_of(clause, verb.place)
    yield from _duties(clause, verb, roles, lexicon)
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
    kinds = kinds_of(known)
    special = "of_product" if kinds == ("Product",) else "of_company" if kinds == ("Company",) else ""
    if special in entry:
        verb = replace(verb, key=entry[special])
        entry = lexicon.meanings["verbs"][verb.key]
    if verb.ask == "share" and isinstance(known, Open) and set(entry["predicates"]) <= set(known.fact.predicates):
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
    if verb.ask == "share":  # the share of A that remains with B
        yield Meaning("share", fact, who=ends)
        fact = replace(fact, subject=fact.object, object=fact.subject)
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
    if verb.key == "work" and office is not None and not clause.asks & {"who"} and not clause.polar:
        return  # where does the chairman of X work
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


def _duties(clause: Clause, verb: Verb, roles: Roles, lexicon: Lexicon) -> Iterator[Meaning]:
    """X在Y做过什么, 负责哪一块: where a bare "what" is asked of a person's work, the post is."""
    asked = next((part for part in (roles.agent, roles.patient, *roles.others) if part and part.asked), None)
    if asked is None or "duty" not in lexicon.meanings["verbs"][verb.key] or verb.ask != "list":
        return
    token = clause.tokens[asked.place]
    if token.key == "what" and not token.words and not token.text.isascii():
        parts = [part.who for part in (roles.agent, roles.patient, *roles.others) if part and part.who is not None]
        holder = next((who for who in parts if kinds_of(who) in ((), ("Person",))), None)
        if holder is not None:
            place = next((who for who in parts if who is not holder), None)
            yield Meaning("role", Fact(("HOLDS_ROLE_AT",), holder, place), "object")


def _is_office(who: Open) -> bool:
    return bool(who.fact.role) or who.fact.predicates == ("PARTNERS_WITH",)


def _trades(verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Sales have a buyer, a seller and a thing; "from" and "to" say which is which."""
    parts = [part for part in (roles.patient, roles.agent, *roles.others) if part is not None]
    target = next((part for part in parts if part.case == "T"), None)
    source = next((part for part in parts if part.case == "F" or (part.case == "L" and part.asked)), None)
    agent, patient = roles.agent, roles.patient
    if verb.key == "sell_to":
        yield from _sold_to(verb, roles)
    elif verb.key == "sell" and target and target.asked and patient and patient.who is not None:
        yield from _buyers(verb.ask, patient.who, agent.who if agent else None)
    elif verb.key in ("buy", "take_stake") and source is not None and source.asked:
        for part in parts:
            if part.who is not None:
                yield Meaning("list" if verb.ask == "yesno" else verb.ask, Fact(("SOLD",), object=part.who), "subject")
    elif verb.key in ("buy", "take_stake") and source and source.who is not None and not (patient and patient.who):
        yield Meaning(verb.ask, Fact(("SOLD",), subject=source.who), "to")


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
    """X把Y卖给了谁, 谁把X卖给了Y, X被Y卖给了谁, X是谁卖给Y的: after the verb stands the buyer."""
    parts = sorted((p for p in (roles.agent, roles.patient, *roles.others) if p is not None), key=lambda p: p.place)
    before = [part for part in parts if part.place < verb.place]
    after = [part for part in parts if part.place > verb.place]
    marked = next((p for p in before if p.case in ("B", "F")), None)
    bare = [p for p in before if p is not marked]
    thing = next((p for p in before if p.case == "P"), bare[-1] if bare else None)
    if marked is None and thing is not None and thing.asked and not thing.case and after and not after[0].asked:
        thing = bare[0] if len(bare) > 1 else thing
    seller = marked or next((p for p in before if p is not thing), None)
    if thing is None:
        return
    if verb.ask in VALUES and after and after[0].who is not None and thing.who is not None:
        yield Meaning(verb.ask, Fact(("ACQUIRED",), after[0].who, thing.who))  # X卖给Y卖了多少钱
    elif after and after[0].asked and thing.who is not None:
        yield from _buyers(verb.ask, thing.who, seller.who if seller else None)
        if seller is None:
            yield Meaning(verb.ask, Fact(("SOLD",), subject=thing.who), "to")
    elif seller is not None and seller.asked and thing.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), object=thing.who), "subject")
    elif thing.asked and seller is not None and seller.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), subject=seller.who), "object")
    elif thing.asked and after and after[0].who is not None:
        yield Meaning(verb.ask, Fact(("ACQUIRED",), subject=after[0].who), "object")


def _buyers(ask: Ask, thing: Who, seller: Who | None) -> Iterator[Meaning]:
    exclude = seller.ids if isinstance(seller, Named) else ()
    yield Meaning(ask, Fact(("ACQUIRED", "INVESTED_IN"), object=thing), "subject", limits=Limits(exclude=exclude))
    if seller is not None:
        yield Meaning(ask, Fact(("SOLD",), seller, thing), "to")
