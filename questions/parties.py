"""What a verb may mean by who else takes part: sellers and buyers, fellows, allies, suppliers, successors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questions.meaning import Ask, Fact, Limits, Meaning, Named, Open, Who
from questions.parts import VALUES, Roles, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questions.clause import Clause


def parties(clause: Clause, verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """The readings in which another party than the agent or the patient decides, likeliest first."""
    yield from _trades(verb, roles)
    yield from _fellows(clause, verb, roles)
    yield from _allies(verb, roles)
    yield from _makers(clause, verb, roles)
    yield from _sources(verb, roles)
    if verb.key == "hand":
        yield from _successors(clause, roles)


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
    elif verb.key == "sell" and target and target.asked and agent and agent.who is not None:
        yield Meaning(verb.ask, Fact(("SOLD",), subject=agent.who), "to")  # who did X sell its sensor unit to
    elif verb.key == "sell" and verb.ask in VALUES and target and target.who and patient and patient.who:
        yield Meaning(verb.ask, Fact(("ACQUIRED",), target.who, patient.who))  # is the sale of X to Y done
    elif verb.key in ("buy", "take_stake") and source is not None and source.asked:
        for part in parts:
            if part.who is not None:
                yield Meaning("list" if verb.ask == "yesno" else verb.ask, Fact(("SOLD",), object=part.who), "subject")
    elif (
        verb.key in ("buy", "take_stake")
        and verb.ask == "list"
        and source
        and patient
        and patient.who
        and agent
        and agent.asked
    ):
        yield from _buyers(verb.ask, patient.who, source.who)  # who snatched X away from Y
    elif verb.key in ("buy", "take_stake") and source and source.who is not None and not (patient and patient.who):
        yield Meaning(verb.ask, Fact(("SOLD",), subject=source.who), "to")


def _fellows(clause: Clause, verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Who studied with X (at Y), whom X founded Y with: the others who did."""
    with_whom = next((p for p in (roles.patient, *roles.others) if p and p.asked and p.case == "L"), None)
    doer, thing = roles.agent, next((p for p in (roles.patient, *roles.others) if p and p.who is not None), None)
    if verb.key in ("found", "buy", "invest") and with_whom and doer and isinstance(doer.who, Named) and thing:
        predicates = {"found": "FOUNDED", "buy": "ACQUIRED", "invest": "INVESTED_IN"}
        fact = Fact((predicates[verb.key],), object=thing.who)
        yield Meaning(verb.ask, fact, "subject", limits=Limits(exclude=doer.who.ids))
    beside = next((p.who for p in roles.others if p.case == "L" and isinstance(p.who, Named)), None)
    if verb.key != "study" or "who" not in clause.asks or beside is None or "Person" not in beside.kinds:
        return
    place = next(
        (p.who for p in (roles.patient, *roles.others) if p and p.who is not None and p.who is not beside), None
    )
    there = place or Open(Fact(("EDUCATED_AT",), subject=beside), "object")
    yield Meaning(verb.ask, Fact(("EDUCATED_AT",), object=there), "subject", limits=Limits(exclude=beside.ids))


def _allies(verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Which hospital X does a study with, X跟哪家医院在做研究: those it does it with are its partners."""
    asked = next((p for p in (roles.agent, roles.patient, *roles.others) if p and p.asked and p.case == "L"), None)
    doer = next((p.who for p in (roles.agent, roles.patient, *roles.others) if p and p.who is not None), None)
    if verb.key == "develop" and verb.ask == "list" and asked is not None and doer is not None:
        yield Meaning(verb.ask, Fact(("PARTNERS_WITH",), object=doer, symmetric=True), "either")


def _makers(clause: Clause, verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """Who makes X's chips for it: who makes them, and is not X, supplies X."""
    if verb.key != "develop" or verb.ask != "list" or "who" not in clause.asks:
        return
    for part in (roles.agent, roles.patient, *roles.others):
        of = part.who if part is not None else None
        if isinstance(of, Open) and of.fact.predicates == ("DEVELOPS",) and of.end == "object":
            limits = Limits(topic=("manufacturing",), strict=True)
            yield Meaning(verb.ask, Fact(("USES",), subject=of.fact.subject), "object", limits=limits)


def _sources(verb: Verb, roles: Roles) -> Iterator[Meaning]:
    """What X uses from Y: which of the products of Y."""
    source = next((p for p in roles.others if p.case == "F" and isinstance(p.who, Named)), None)
    user = roles.agent.who if roles.agent is not None else None
    if (
        verb.key == "use"
        and verb.ask == "list"
        and source
        and user is not None
        and roles.patient
        and roles.patient.asked
    ):
        made = Open(Fact(("DEVELOPS",), subject=source.who), "object")
        yield Meaning(verb.ask, Fact(("USES",), user, made), "object")


def _successors(clause: Clause, roles: Roles) -> Iterator[Meaning]:
    """Who did X hand the seat to: who else holds the post where X held one."""
    post = next((token for token in clause.tokens if token.part == "role"), None)
    parts = [part for part in (roles.agent, roles.patient, *roles.others) if part is not None]
    holder = next((part.who for part in parts if isinstance(part.who, Named) and "Person" in part.who.kinds), None)
    if post is None or holder is None or not any(part.asked for part in parts):
        return
    place = Open(Fact(("HOLDS_ROLE_AT",), subject=holder), "object")
    fact = Fact(("HOLDS_ROLE_AT",), object=place, role=post.key)
    yield Meaning("list", fact, "subject", limits=Limits(exclude=holder.ids))


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
