"""A question's tokens to what it may mean, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from questions.lexicon import Lexicon, Sense
from questions.meaning import Ask, Fact, Limits, Meaning, Named, Open, Several, Who
from questions.phrases import folded, letters, relation_of, senses_chosen, verb_fact
from questions.tokens import Token

# The kinds that may stand at the ends of predicates whose ends tell direction.
_ANY = ("Person", "Company", "Product")
ENDS = {
    "FOUNDED": (("Person", "Company"), ("Company",)), "HOLDS_ROLE_AT": (("Person",), ("Company",)),
    "OWNS": (("Person", "Company"), ("Company", "Product")), "ACQUIRED": (("Person", "Company"), ("Company", "Product")),
    "INVESTED_IN": (("Person", "Company"), ("Company", "Product")), "SOLD": (("Person", "Company"), ("Company", "Product")),
    "DEVELOPS": (("Company", "Person"), ("Product",)), "USES": (_ANY, ("Company", "Product")),
    "EDUCATED_AT": (("Person",), ("Company",)), "MEMBER_OF": (("Person", "Company"), ("Company",)),
    "PART_OF": (("Product",), ("Product",)), "PARTNERS_WITH": (_ANY, _ANY), "COMPETES_WITH": (_ANY, _ANY),
    "FAMILY_OF": (("Person",), ("Person",)),
}  # fmt: skip
GENERIC = frozenset({"pay", "serve", "work", "include", "join", "leave", "use", "study"})
TRADE = frozenset({"buy", "sell", "pay", "take_stake", "invest"})
# What the other one then is.
INVERSE = {
    "father": "child", "mother": "child", "parent": "child", "child": "parent", "son": "parent", "daughter": "parent",
    "uncle": "nephew", "aunt": "nephew", "nephew": "uncle", "grandparent": "grandchild", "grandchild": "grandparent",
    "parent_in_law": "child_in_law", "child_in_law": "parent_in_law",
}  # fmt: skip
# Which word decides what is asked where a question holds several; earlier ones win.
ASKS: tuple[tuple[str, Ask], ...] = (
    ("evidence", "evidence"), ("said", "said"), ("common", "common"), ("compare", "compare"), ("connected", "path"),
    ("amount", "amount"), ("amount_in", "amount"), ("share", "share"), ("when", "when"), ("role", "role"),
    ("kinship", "kinship"), ("count", "count"), ("changed", "changed"), ("outcome", "outcome"),
    ("purpose", "purpose"), ("profile", "profile"),
)  # fmt: skip
_W_CLASS = re.compile(r"W[AU]{0,3}[CR](?!OX)")
_LEFT_OVER = re.compile(r"G[AU]*U")


@dataclass(slots=True)
class Sentence:
    """A clause of the question: its tokens, folded, and what they say besides the entities."""

    tokens: list[Token]
    asks: frozenset[str]
    polar: bool
    limits: Limits
    unknown: list[Token] = field(default_factory=list)

    @property
    def entities(self) -> list[Token]:
        """The entities, named or described, in order."""
        return [token for token in self.tokens if token.part == "entity" and token.who is not None]

    @property
    def letters(self) -> str:
        """The clause as letters."""
        return letters(self.tokens)


def sentence(tokens: Sequence[Token], lexicon: Lexicon) -> Sentence:
    """The clause with its noun phrases folded."""
    whole = senses_chosen(tokens)
    asks = frozenset(token.key for token in whole if token.part == "ask")
    limits = _limits(whole)
    polar = _is_polar(whole) and not asks & {"who", "what", "where", "count", "amount", "share", "when"}
    merged = _with_classes(_same_in_brackets([token for token in whole if token.part not in ("small", "polar")]))
    found = _with_classes(folded(merged, lexicon, together=_together(whole, asks, polar)))
    kind = next((token.words[0] for token in found if letters([token]) == "W" and token.words), "")
    unknown = [token for token in found if token.part == "unknown"]
    topic = tuple(token.text for token in unknown)
    return Sentence(found, asks, polar, replace(limits, kind=kind, topic=topic), unknown)


def _is_polar(tokens: Sequence[Token]) -> bool:
    """Whether the clause asks for yes or no: it starts with did, is, has; or holds 吗, 是否."""
    first = next((token for token in tokens if token.part not in ("small", "break", "unknown")), None)
    starts = first is not None and first.part == "polar"
    return starts or any(token.part == "polar" and not token.text.isascii() or token.key == "truth" for token in tokens)


def _together(tokens: Sequence[Token], asks: frozenset[str], polar: bool) -> bool:
    """Whether "A and B" are meant as one: something that both share is sought."""
    if polar or asks & {"connected", "kinship", "compare", "evidence"}:
        return False
    symmetric = any(token.part == "verb" and token.key in ("partner", "compete", "relate", "marry") for token in tokens)
    return bool(asks & {"who", "what", "where", "common"}) and not symmetric


def _same_in_brackets(tokens: list[Token]) -> list[Token]:
    """Haoshishi (好食拾): one name in two scripts."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        close = last is not None and 1 <= token.start - last.end <= 2
        if token.part == "entity" and last and last.part in ("unknown", "entity") and close and token.bracketed:
            found.pop()
        found.append(token)
    return found


def _with_classes(tokens: list[Token]) -> list[Token]:
    """Which company, 哪款产品: the asking word with the kind it asks for."""
    found = list(tokens)
    while match := _W_CLASS.search(letters(found)):
        first, last = match.span()
        part = found[first:last]
        kind = part[-1].key if part[-1].part == "class" else _kind_of_noun(part[-1].key)
        middle = [t for t in part[1:-1] if t.part == "adjective"]
        asking = replace(
            part[0], words=(kind,) if kind else part[0].words, end=part[-1].end, text=" ".join(t.text for t in part)
        )
        if part[0].key == "who" or part[0].text.lower().startswith("name"):
            asking = replace(asking, words=asking.words)
        found[first:last] = [*middle, asking]
    return found


def _kind_of_noun(key: str) -> str:
    return {"school": "School", "product": "Product", "founder": "", "investor": "", "subsidiary": ""}.get(key, "")


def _limits(tokens: Sequence[Token]) -> Limits:
    adjectives = [token.key for token in tokens if token.part == "adjective"]
    tense = next((key for key in ("next", "former", "current") if key in adjectives), "")
    status = next(
        (key for key in ("rejected", "rumoured", "considered", "ended", "completed") if key in adjectives), ""
    )
    order = next((key for key in ("largest", "first", "new") if key in adjectives), "")
    since, until = _dates(tokens)
    share = next((float(token.key) for token in tokens if token.part == "share"), None)
    month = next((token.key[2:] for token in tokens if token.part == "date" and token.key.startswith("--")), "")
    return Limits(tense, status, order, since, until, share_pct=share, month=month)


def _dates(tokens: Sequence[Token]) -> tuple[str, str]:
    """The first and last date a fact may have; both the same for "in 2024"."""
    for place, token in enumerate(tokens):
        if token.part != "date" or token.key.startswith("--"):
            continue
        near = [t.key for t in (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]) if t.part == "case"]
        if "after" in near:
            return token.key, ""
        if "before" in near:
            return "", token.key
        return token.key, token.key
    return "", ""


def meanings(clause: Sentence, lexicon: Lexicon) -> Iterator[Meaning]:
    """What the clause may mean, likeliest first; nothing where no reading fits."""
    ask = next((ask for key, ask in ASKS if key in clause.asks), None)
    if ask is None:
        ask = "yesno" if clause.polar else "list"
    if ask in ("amount", "share", "when") and clause.asks & {"who", "what"} and "W" in clause.letters:
        ask = "list"
    limits = replace(clause.limits, before=_before(clause))
    for meaning in _readings(clause, ask, lexicon):
        yield replace(meaning, limits=replace(limits, quoted=meaning.limits.quoted))


def _before(clause: Sentence) -> tuple[str, ...]:
    """The entities that what is sought came before: "where did he work before X"."""
    found = re.search(r"<V?X|X<|V?X<", clause.letters)
    if not found:
        return ()
    token = next(t for t in clause.tokens[found.start() : found.end()] if t.part == "entity")
    return token.who.ids if isinstance(token.who, Named) else ()


def _readings(clause: Sentence, ask: Ask, lexicon: Lexicon) -> Iterator[Meaning]:
    entities = [token.who for token in clause.entities if token.who is not None]
    if ask == "path" and len(entities) >= 2:
        yield from _kinship_first(clause, entities)
        yield Meaning("path", who=tuple(entities[:2]))
        return
    if ask == "kinship" and len(entities) >= 2:
        fact = Fact(("FAMILY_OF",), entities[0], entities[1], symmetric=True)
        yield Meaning("kinship", fact, who=tuple(entities[:2]))
        return
    if ask in ("common", "compare") and len(entities) >= 2:
        yield Meaning(ask, who=tuple(entities))
        return
    if ask == "evidence" and len(entities) >= 2:
        yield from _between(clause, entities, lexicon)
        return
    if ask in ("profile", "changed") and entities:
        yield Meaning(ask, who=(entities[0],))
        return
    verb = _main_verb(clause)
    if verb is not None:
        yield from _verb_readings(clause, ask, verb, lexicon)
        return
    loose = [token for token in clause.tokens if token.part in ("noun", "role", "family")]
    if loose and entities and "W" in clause.letters:
        yield from _loose_noun(ask, loose[-1], entities[0], lexicon)
    yield from _bare_readings(clause, ask, entities)


def _loose_noun(ask: Ask, noun: Token, known: Who, lexicon: Lexicon) -> Iterator[Meaning]:
    """Who has X as a member; X是谁的叔叔: the known one is what the noun says, to the one sought."""
    open_ = relation_of(Sense(noun.part, noun.key), known, lexicon)
    fact = open_.fact
    if open_.end == "either":
        yield Meaning(ask, replace(fact, family=INVERSE.get(fact.family, fact.family)), "either")
    else:
        turned = replace(fact, subject=fact.object, object=fact.subject)
        yield Meaning(ask, turned, "object" if open_.end == "subject" else "subject")


def _between(clause: Sentence, entities: list[Who], lexicon: Lexicon) -> Iterator[Meaning]:
    """What is said of two entities: by the relation the clause names, else by any."""
    verb = _main_verb(clause)
    if verb is not None:
        place = clause.tokens.index(verb)
        yield from (m for m in _readings_of_verb(clause, "evidence", verb, place, lexicon) if m.fact)
    described = next((who for who in entities if isinstance(who, Open)), None)
    named = next((who for who in entities if isinstance(who, Named)), None)
    if described is not None and named is not None:
        yield Meaning("evidence", _closed(described, named))
    yield Meaning("evidence", Fact(tuple(ENDS), entities[0], entities[1], symmetric=True))


def _kinship_first(clause: Sentence, entities: list[Who]) -> Iterator[Meaning]:
    if "kinship" in clause.asks and any(t.key == "relate" for t in clause.tokens):
        yield Meaning(
            "kinship", Fact(("FAMILY_OF",), entities[0], entities[1], symmetric=True), who=tuple(entities[:2])
        )


def _bare_readings(clause: Sentence, ask: Ask, entities: list[Who]) -> Iterator[Meaning]:
    """No verb is left: "who is the CEO of X", "X的CEO是谁", "is A the founder of B"."""
    described = [who for who in entities if isinstance(who, Open)]
    named = [who for who in entities if isinstance(who, Named)]
    if ask == "role" and named:
        one, other = named[0], named[1] if len(named) > 1 else None
        yield Meaning("role", Fact(("HOLDS_ROLE_AT",), one, other), "object")
        return
    if ask == "yesno":
        if described and (len(entities) >= 2):
            other = next((who for who in entities if who is not described[-1]), None)
            yield Meaning("yesno", _closed(described[-1], other))
        return
    if described:
        main = described[-1]
        if ask == "list" and len(entities) > 1 and len(described) > 1 and "W" in clause.letters:
            for one in described:
                yield Meaning(ask, one.fact, one.end)
            return
        yield Meaning(ask, main.fact, main.end)
        return
    if named and ask == "list" and clause.asks & {"who", "what"} and len(named) == 1:
        pattern = re.sub(r"[OAJ,]", "", clause.letters)
        if pattern == "WXGC" or re.fullmatch(r"XWG?", pattern) and clause.limits.kind == "Company":
            yield Meaning("list", Fact(("OWNS", "DEVELOPS"), object=named[0]), "subject")
        elif pattern in ("WX", "XW"):
            yield Meaning("profile", who=(named[0],))


def _closed(open_: Open, other: Who | None) -> Fact:
    """The fact with its open end taken by another entity."""
    fact = open_.fact
    return replace(fact, subject=other) if fact.subject is None else replace(fact, object=other)


def _main_verb(clause: Sentence) -> Token | None:
    verbs = [token for token in clause.tokens if token.part == "verb"]
    specific = [token for token in verbs if token.key not in GENERIC]
    return specific[0] if specific else verbs[0] if verbs else None


@dataclass(frozen=True, slots=True)
class Part:
    """A noun phrase of the clause: an entity, or what is asked for (None), and the case word before it."""

    who: Who | None
    place: int
    case: str


def _parts(clause: Sentence) -> list[Part]:
    found = []
    sentence_letters = clause.letters
    for place, token in enumerate(clause.tokens):
        one = sentence_letters[place]
        if one not in "XWCK":
            continue
        if one == "C" and "W" in sentence_letters:
            continue
        before = sentence_letters[:place].rstrip("A")
        case = before[-1] if before and before[-1] in "BPFTLO" else ""
        if (
            re.search(r"[<>]V?$", before)
            or sentence_letters[place + 1 : place + 2] == "<"
            and "V" in sentence_letters[place:]
        ):
            continue
        found.append(Part(token.who if one == "X" else None, place, case))
    return found


def _verb_readings(clause: Sentence, ask: Ask, verb: Token, lexicon: Lexicon) -> Iterator[Meaning]:
    entries = lexicon.meanings["verbs"]
    for key in (verb.key, *entries[verb.key].get("instead", ())):
        quoted = tuple(entries[key].get("quoted", ()))
        for meaning in _readings_of_verb(clause, ask, replace(verb, key=key), clause.tokens.index(verb), lexicon):
            yield replace(meaning, limits=Limits(quoted=quoted))


def _readings_of_verb(clause: Sentence, ask: Ask, verb: Token, place: int, lexicon: Lexicon) -> Iterator[Meaning]:
    parts = _parts(clause)
    agent, patient = _agent_and_patient(clause.letters, parts, place)
    others = [part for part in parts if part.case in ("F", "T")]
    yield from _trades(ask, verb.key, (agent, patient), others, clause)
    if verb.key not in TRADE and patient is None and others:
        patient = others[0]
    entry = lexicon.meanings["verbs"][verb.key]
    one, two = (agent.who if agent else None), (patient.who if patient else None)
    if one is not None and two is not None:
        yield from _two_known(ask, verb, (one, two), lexicon, clause)
        return
    base = one if one is not None else two
    if base is None:
        return
    if _kinds(base) == ("Product",) and "of_product" in entry:
        verb = replace(verb, key=entry["of_product"])
    sought = "patient" if one is not None else "agent"
    if not _fits(verb.key, base, sought, lexicon):
        sought = "agent" if sought == "patient" else "patient"
    fact, end = verb_fact(verb.key, base, sought, lexicon)
    yield Meaning(ask, fact, end)
    if _either_way(ask, clause):
        fact, end = verb_fact(verb.key, base, "agent" if sought == "patient" else "patient", lexicon)
        yield Meaning(ask, fact, end)


def _kinds(who: Who) -> tuple[str, ...]:
    return who.kinds if isinstance(who, Named) else who.whos[0].kinds if isinstance(who, Several) else ()


def _fits(verb: str, known: Who, sought: str, lexicon: Lexicon) -> bool:
    """Whether an entity of its kind can stand at the end that the word order gives it."""
    kinds = set(_kinds(known))
    if not kinds:
        return True
    entry = lexicon.meanings["verbs"][verb]
    subject = (sought == "patient") is not entry.get("turned", False)
    return any(
        kinds & set(ENDS[predicate][0 if subject else 1]) for predicate in entry["predicates"] if predicate in ENDS
    )


def _asks_open(ask: Ask, clause: Sentence) -> bool:
    return ask == "list" or bool(clause.asks & {"who", "what", "where"})


def _either_way(ask: Ask, clause: Sentence) -> bool:
    """Whether word order alone chose the direction, with nothing asked for at the other end."""
    values = ("when", "amount", "share", "yesno", "outcome", "evidence", "count")
    return ask in values and not clause.asks & {"who", "what"}


def _two_known(ask: Ask, verb: Token, ends: tuple[Who, Who], lexicon: Lexicon, clause: Sentence) -> Iterator[Meaning]:
    """Both ends are known: a question of truth, time, price, role, kinship; or which of a group do something."""
    one, two = ends
    fact, _ = verb_fact(verb.key, two, "agent", lexicon)
    fact = replace(fact, subject=one) if fact.subject is None else replace(fact, object=one)
    if _asks_open(ask, clause) and not clause.polar:
        group = _asked_group(clause, ends)
        if group is not None:
            yield Meaning("list", fact, "subject" if fact.subject is group else "object")
        elif verb.key == "pay":
            yield Meaning("amount", fact, who=ends)
        return
    if verb.key in ("relate", "marry") and ask == "list":
        yield Meaning("kinship", fact, who=ends)
        return
    yield Meaning("yesno" if ask == "list" else ask, fact, who=ends)


def _asked_group(clause: Sentence, ends: tuple[Who, Who]) -> Who | None:
    """The described group that is asked about: "which partners of X use Y"."""
    for place, token in enumerate(clause.tokens):
        after_asking = place > 0 and letters(clause.tokens[place - 1 : place]) in "WA"
        if isinstance(token.who, Open) and token.who in ends and after_asking:
            return token.who
    return next((who for who in ends if isinstance(who, Open)), None)


def _agent_and_patient(sentence: str, parts: Sequence[Part], verb: int) -> tuple[Part | None, Part | None]:
    agent = next((part for part in parts if part.case == "B"), None)
    patient = next((part for part in parts if part.case == "P"), None)
    free = [part for part in parts if part.case in ("", "O", "L") and part is not agent]
    dangling = sentence.rstrip(",").endswith("B")
    before = [part for part in free if part.place < verb and not part.case]
    after = [part for part in free if part.place > verb or part.case]
    if agent is None and dangling:
        agent = next((part for part in parts if part.who is None), None)
        before = [part for part in before if part is not agent]
    if agent is None and before:
        agent = before.pop()
    if patient is None:
        rest = [*after, *reversed(before)]
        patient = rest[0] if rest else None
    return agent, patient


def _trades(
    ask: Ask, verb: str, ends: tuple[Part | None, Part | None], others: Sequence[Part], clause: Sentence
) -> Iterator[Meaning]:
    """Sales have a buyer, a seller and a thing; "from" and "to" say which is which."""
    agent, patient = ends
    thing = patient.who if patient else None
    for other in others:
        if verb == "sell" and other.case == "T":
            if other.who is None and thing is not None:
                yield Meaning(
                    "list" if ask == "list" else ask, Fact(("ACQUIRED", "INVESTED_IN"), object=thing), "subject"
                )
                if agent and agent.who:
                    yield Meaning(ask, Fact(("SOLD",), agent.who, thing), "to")
            elif agent is not None and agent.who is None and thing is not None:
                yield Meaning(ask, Fact(("SOLD",), object=thing), "subject")
        if verb in ("buy", "take_stake") and other.case == "F" and thing is not None and other.who is None:
            yield Meaning(ask, Fact(("SOLD",), object=thing), "subject")
