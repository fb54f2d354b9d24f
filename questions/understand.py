"""A question's tokens to what it may mean, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from questions.lexicon import Lexicon
from questions.meaning import Ask, End, Fact, Limits, Meaning, Named, Open, Who
from questions.phrases import fact_with, folded, letters, senses_chosen, verb_fact
from questions.tokens import Token

GENERIC = frozenset({"pay", "serve", "work", "include", "join", "leave", "use", "study"})
TRADE = frozenset({"buy", "sell", "pay", "take_stake", "invest"})
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
    merged = _with_classes([token for token in whole if token.part != "small"])
    found = _with_classes(folded(_same_in_brackets(merged), lexicon))
    polar = bool(found) and (found[0].part == "polar" or any(t.part == "polar" and not t.text.isascii() for t in found))
    polar = polar or "truth" in asks
    kept = [token for token in found if token.part != "polar"]
    kind = next((token.words[0] for token in kept if letters([token]) == "W" and token.words), "")
    unknown = [token for token in kept if token.part == "unknown"]
    topic = tuple(token.text for token in unknown)
    return Sentence(kept, asks, polar and not (asks & {"who", "what", "where"}), replace(limits, kind=kind, topic=topic), unknown)


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
        asking = replace(part[0], words=(kind,) if kind else part[0].words, end=part[-1].end, text=" ".join(t.text for t in part))
        if part[0].key == "who" or part[0].text.lower().startswith("name"):
            asking = replace(asking, words=asking.words)
        found[first:last] = [*middle, asking]
    return found


def _kind_of_noun(key: str) -> str:
    return {"school": "School", "product": "Product", "founder": "", "investor": "", "subsidiary": ""}.get(key, "")


def _limits(tokens: Sequence[Token]) -> Limits:
    adjectives = [token.key for token in tokens if token.part == "adjective"]
    tense = next((key for key in ("next", "former", "current") if key in adjectives), "")
    status = next((key for key in ("rejected", "rumoured", "considered", "ended") if key in adjectives), "")
    order = next((key for key in ("largest", "first", "new") if key in adjectives), "")
    since, until = _dates(tokens)
    share = next((float(token.key) for token in tokens if token.part == "share"), None)
    return Limits(tense=tense, status=status, order=order, since=since, until=until, share_pct=share)


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
    for meaning in _readings(clause, ask, lexicon):
        yield replace(meaning, limits=clause.limits)


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
    if ask in ("profile", "changed") and entities:
        yield Meaning(ask, who=(entities[0],))
        return
    verb = _main_verb(clause)
    if verb is not None:
        yield from _verb_readings(clause, ask, verb, lexicon)
        return
    yield from _bare_readings(clause, ask, entities)


def _kinship_first(clause: Sentence, entities: list[Who]) -> Iterator[Meaning]:
    if "kinship" in clause.asks and any(t.key == "relate" for t in clause.tokens):
        yield Meaning("kinship", Fact(("FAMILY_OF",), entities[0], entities[1], symmetric=True), who=tuple(entities[:2]))


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
        case = before[-1] if before and before[-1] in "BPFTLOJ" else ""
        found.append(Part(token.who if one == "X" else None, place, case))
    return found


def _verb_readings(clause: Sentence, ask: Ask, verb: Token, lexicon: Lexicon) -> Iterator[Meaning]:
    place = clause.tokens.index(verb)
    parts = _parts(clause)
    agent, patient = _agent_and_patient(clause.letters, parts, place)
    others = [part for part in parts if part.case in ("F", "T")]
    yield from _trades(ask, verb.key, (agent, patient), others, clause)
    known = [part.who for part in parts if part.who is not None]
    entry = lexicon.meanings["verbs"][verb.key]
    one = agent.who if agent else None
    two = patient.who if patient else None
    if one is not None and two is not None:
        yield from _two_known(ask, entry, one, two, agent, patient, lexicon, verb, clause)
        return
    if len(known) >= 2 and (one is None) != (two is None):
        rest = next((who for who in known if who is not one and who is not two), None)
        sought: str = "agent" if one is None else "patient"
        base = one if one is not None else two
        assert base is not None
        fact, end = verb_fact(verb.key, base, sought, lexicon)
        if _asks_open(ask, clause):
            yield Meaning(ask, fact, end)
        if rest is not None and not _asks_open(ask, clause):
            yield from _two_known(ask, entry, base if sought == "patient" else rest, rest if sought == "patient" else base, agent, patient, lexicon, verb, clause)
            return
        return
    base = one if one is not None else two if two is not None else (known[0] if known else None)
    if base is None:
        return
    sought = "patient" if one is not None else "agent"
    fact, end = verb_fact(verb.key, base, sought, lexicon)
    yield Meaning(ask, fact, end)
    if _either_way(ask, clause, parts):
        fact, end = verb_fact(verb.key, base, "agent" if sought == "patient" else "patient", lexicon)
        yield Meaning(ask, fact, end)


def _asks_open(ask: Ask, clause: Sentence) -> bool:
    return ask == "list" or bool(clause.asks & {"who", "what", "where"})


def _either_way(ask: Ask, clause: Sentence, parts: Sequence[Part]) -> bool:
    """Whether word order alone chose the direction, with nothing asked for at the other end."""
    return ask in ("when", "amount", "share", "yesno", "outcome", "evidence", "count") and not (clause.asks & {"who", "what"})


def _two_known(
    ask: Ask, entry: dict[str, object], one: Who, two: Who, agent: Part | None, patient: Part | None,
    lexicon: Lexicon, verb: Token, clause: Sentence,
) -> Iterator[Meaning]:  # fmt: skip
    """Both ends are known: a question of truth, time, price, role, kinship; or which of a group do something."""
    fact, _ = verb_fact(verb.key, two, "agent", lexicon)
    fact = replace(fact, subject=one) if fact.subject is None else replace(fact, object=one)
    if isinstance(one, Open) and _asks_open(ask, clause) and not clause.polar:
        yield Meaning("list", fact, "subject" if fact.subject is one else "object")
        return
    if isinstance(two, Open) and _asks_open(ask, clause) and not clause.polar:
        yield Meaning("list", fact, "subject" if fact.subject is two else "object")
        return
    if ask == "list" and verb.key in ("relate",):
        yield Meaning("kinship", fact, who=(one, two))
        return
    yield Meaning("yesno" if ask == "list" else ask, fact, who=(one, two))


def _agent_and_patient(sentence: str, parts: Sequence[Part], verb: int) -> tuple[Part | None, Part | None]:
    agent = next((part for part in parts if part.case == "B"), None)
    patient = next((part for part in parts if part.case == "P"), None)
    free = [part for part in parts if part.case in ("", "O", "L", "J") and part is not agent]
    dangling = sentence.rstrip(",").endswith("B")
    before = [part for part in free if part.place < verb]
    after = [part for part in free if part.place > verb]
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
                yield Meaning("list" if ask == "list" else ask, Fact(("ACQUIRED", "INVESTED_IN"), object=thing), "subject")
                if agent and agent.who:
                    yield Meaning(ask, Fact(("SOLD",), agent.who, thing), "to")
            elif agent is not None and agent.who is None and thing is not None:
                yield Meaning(ask, Fact(("SOLD",), object=thing), "subject")
        if verb in ("buy", "take_stake") and other.case == "F" and thing is not None and other.who is None:
            yield Meaning(ask, Fact(("SOLD",), object=thing), "subject")


__all__ = ["Sentence", "meanings", "sentence", "fact_with", "End"]
