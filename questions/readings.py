"""What a clause with a verb may mean, likeliest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from questions.lexicon import Lexicon, Sense
from questions.meaning import Ask, Fact, Limits, Meaning, Named, Open, Who
from questions.parties import parties
from questions.parts import VALUES, Roles, Verb, fits, kinds_of, roles_of
from questions.phrases import letters, relation_of, verb_fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questions.clause import Clause
    from questions.tokens import Token

# Verbs that say little: where another stands beside them, that one is meant.
GENERIC = frozenset(
    {"round", "pay", "serve", "work", "include", "join", "leave", "use", "study", "lead", "approach", "move"}
)


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
    other_senses = [s.key for s in token.senses if s.part == "verb" and s.key not in (token.key, "move")]
    instead = [one for one in entries[token.key].get("instead", ()) if one != "take_stake" or _of_a_stake(clause)]
    for one in (token.key, *instead, *_of_kind(clause, token.key), *other_senses):
        quoted = tuple(entries[one].get("quoted", ()))
        status, tense = str(entries[one].get("status", "")), str(entries[one].get("tense", ""))
        if ask == "when" and tense == "former":
            status = "ended"  # when did X leave Y
        for meaning in _readings(clause, Verb(one, place, ask), lexicon):
            yield replace(
                meaning,
                limits=replace(meaning.limits, quoted=quoted, status=meaning.limits.status or status, tense=tense),
            )


def _fitting_verb(clause: Clause, token: Token) -> str:
    """The verb that its words stand for beside these parties: 取得 shares is to buy, 参加 a league is to join it."""
    kind, paid, organisations = clause.limits.kind, "amount" in clause.asks, _only_organisations(clause)
    person = any(_is_person(other.who) for other in clause.entities if other.who is not None)
    described = [other.who for other in clause.entities if isinstance(other.who, Open) and other.who.fact.role]
    fitting = (
        ("study", kind != "School" and organisations and paid, "receive"),
        ("study", kind != "School" and organisations, "buy"),
        ("use", organisations and paid, "receive"),  # how much did X get from Y
        ("move", kind in ("School", "Person") or "who" in clause.asks, "study"),  # who went to X
        ("has_made", kind == "Product", "develop"),
        ("has_made", person, "work"),
        ("work", kind == "Product" and not person, "develop"),  # 高德做过什么产品
        ("buy", any(_is_office(who) for who in described), "succeed"),  # 董事长由谁接手
        (token.key, "taking_part" in token.marks and kind == "Group", "join"),
    )
    return next((other for key, fits_here, other in fitting if key == token.key and fits_here), token.key)


def _is_person(who: Who) -> bool:
    return kinds_of(who) == ("Person",) or (isinstance(who, Open) and who.fact.predicates == ("HOLDS_ROLE_AT",))


def _only_organisations(clause: Clause) -> bool:
    kinds = [kinds_of(token.who) for token in clause.entities if token.who is not None]
    return len(kinds) > 1 and all(one and "Person" not in one for one in kinds)


def _of_a_stake(clause: Clause) -> bool:
    """Whether a part of something is bought: shares of it, or so many per cent."""
    return clause.limits.share_pct is not None or clause.staked or "share" in clause.asks


def _of_kind(clause: Clause, verb: str) -> tuple[str, ...]:
    """What the verb may stand for by the kind asked for: to launch a company is to found it."""
    if verb in ("buy", "pay") and any(token.words == ("Product",) for token in clause.entities):
        return ("use",)  # which hospital bought the machine
    return {("develop", "Company"): ("found",), ("partner", "Product"): ("use",)}.get((verb, clause.limits.kind), ())


def _readings(clause: Clause, verb: Verb, lexicon: Lexicon) -> Iterator[Meaning]:
    roles = roles_of(clause, verb.place)
    yield from _duties(clause, verb, roles, lexicon)
    yield from _offices(clause, verb, roles, lexicon)
    yield from parties(clause, verb, roles)
    if verb.key in ("succeed", "hand"):
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
    special = f"of_{kinds[0].lower()}" if len(kinds) == 1 else ""
    if special in entry:
        verb = replace(verb, key=entry[special])
        entry = lexicon.meanings["verbs"][verb.key]
    if verb.ask == "share" and isinstance(known, Open) and set(entry["predicates"]) <= set(known.fact.predicates):
        yield Meaning("share", known.fact, known.end)  # of X, what share does its parent keep
    schooled = verb.key == "study" and clause.limits.kind == "School"
    of_persons = set(entry["predicates"]) <= {"EDUCATED_AT", "HOLDS_ROLE_AT"} and "who" not in clause.asks
    if schooled or (_is_person(known) and of_persons):
        as_agent = True  # X的创始人是哪所大学毕业的
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
    between = clause.letters[verb.place - 1 : verb.place + 2] == "XVX"
    costing = between and "costing" in clause.tokens[verb.place].marks  # what did X cost Y
    one, two = reversed(ends) if costing else ends
    fact, _ = verb_fact("buy" if costing else verb.key, two, "agent", lexicon)
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
    if verb.ask in ("share", "outcome"):  # the share of A that remains with B
        yield Meaning(verb.ask, fact, who=ends)
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
    if isinstance(office, Open) and place is not None and kinds_of(place) == ("Person",) and "who" not in clause.asks:
        yield Meaning(
            verb.ask, Fact(("HOLDS_ROLE_AT",), place, None, role=office.fact.role), "object"
        )  # X的CFO当到哪年
    elif isinstance(office, Open):
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
