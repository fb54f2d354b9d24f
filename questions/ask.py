"""A question in plain words to an answer: link, understand, plan, answer."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graph.errors import BadInput
from questions.answer import Answer, ends_of, together
from questions.answerer import Answerer
from questions.clause import Clause, clause_of
from questions.context import Topic, with_topic
from questions.described import Describer, Unfit
from questions.evidence import Being, Evidence
from questions.lexicon import lexicon
from questions.link import Linker
from questions.meaning import Fact, Meaning, Named, Several, Who
from questions.say import Speaker
from questions.script import language_of, plain
from questions.strangers import taken_names, unknown_names, with_strangers
from questions.tokens import Token, tokenise
from questions.understand import base_of, by_matter, meanings
from questions.ways import Surveyor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.store import Store
    from questions.assistant import Assistant

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
_RESTATING = ("kinship", "role", "when", "amount", "share", "yesno")  # their entities are those that were named
_CLAUSE = re.compile(r"[?？!！。;；]")


def answer(
    store: Store,
    question: str,
    language: str | None = None,
    context: Mapping[str, Any] | None = None,
    assistant: Assistant | None = None,
) -> Answer:
    """The answer to a question; `context` is that of the answer before. Raises BadInput.

    An `assistant` is asked what the question means where the grammar finds no answer; it may raise AssistantError.
    """
    if not question.strip():
        raise BadInput("the question is empty", field="question")
    if language is not None and language not in LANGUAGES:
        raise BadInput(f"answers are in {', '.join(LANGUAGES)}, not {language!r}", field="language")
    session = Session(store, language or language_of(question), assistant)
    return session.answer(question, Topic.of(context or {}))


class Session:
    """One question being answered."""

    def __init__(self, store: Store, language: str, assistant: Assistant | None = None) -> None:
        self._assistant = assistant
        self._ontology = store.ontology
        self._asked = ""
        self._words = lexicon()
        self._speaker = Speaker(language, self._words)
        self._linker = Linker(store.rows, self._words)
        self._answerer = Answerer(store.rows, store.ontology, self._words, self._speaker)
        self._describer = Describer(self._answerer, self._words)
        self._surveyor = Surveyor(store, self._answerer, self._speaker, self._words)
        self._language = language
        self._space = " " if language == "en" else ""

    def answer(self, question: str, topic: Topic) -> Answer:
        """The answer to the question's clauses, joined."""
        text = self._asked = plain(question)
        found: list[Answer] = []
        declared: list[bool] = []
        for tokens in self._clauses(text):
            one = self._clause(with_topic(tokens, topic))
            named = [token.who for token in tokens if token.part == "entity" and token.who is not None]
            if named:
                topic = replace(topic, about=tuple(self._surveyor.beings(named)))
            topic = replace(topic, given=one.entities or topic.given)
            found.append(one)
            declared.append(not _asks(tokens))
        asked = [one for one, only_said in zip(found, declared, strict=True) if not only_said] or found
        answered = [one for one in asked if one.answered]
        whole = _joined(answered) if answered else asked[0] if asked else self._not_understood()
        if self._assistant is not None and not whole.answered and not whole.ambiguous:
            meaning = self._assistant.meaning(text, self._linker, self._ontology)
            whole = (self._answerer.answer(meaning) if meaning else None) or whole
        return replace(whole, context=topic.as_context())

    def _clauses(self, text: str) -> Iterator[list[Token]]:
        tokens = tokenise(text, self._linker.entities(text), self._words)
        clause: list[Token] = []
        for place, token in enumerate(tokens):
            ends = token.part == "break" and (_CLAUSE.match(token.text) or _asks_again(clause, tokens[place + 1 :]))
            if ends and clause:
                yield clause
                clause = []
            elif not ends:
                clause.append(token)
        if clause:
            yield clause

    def _clause(self, tokens: list[Token]) -> Answer:
        tokens, unfit = self._describer.narrowed(with_strangers(tokens, self._linker), self._asked)
        return self._of_taken(tokens, self._understood(tokens, unfit))

    def _of_taken(self, tokens: list[Token], found: Answer) -> Answer:
        """The answer, after which names were taken for others: they may be right, and not in the graph."""
        for who in reversed(taken_names(tokens)):
            told = self._speaker.say("taken", name=who.text, taken=who.taken_for)
            found = replace(found, answer=told + self._space + found.answer, nearest=(who.taken_for, *found.nearest))
        return found

    def _understood(self, tokens: list[Token], unfit: Unfit | None) -> Answer:
        clause = clause_of(tokens, self._words)
        if unfit is not None:
            return self._unfit(unfit, clause)
        missing = unknown_names(clause)
        if missing:
            return self._by_matter(clause) or self._unknown(missing[0], clause)
        doubted: Meaning | None = None
        for meaning in meanings(clause, self._words):
            found = self._answerer.answer(meaning) or self._surveyor.answer(meaning)
            if found is not None:
                return self._of_one(meaning, self._makers(meaning, found, clause) or found)
            doubted = doubted or (meaning if meaning.ask == "yesno" else None)
        return self._denied(doubted) if doubted else self._by_matter(clause) or self._not_held(clause)

    def _by_matter(self, clause: Clause) -> Answer | None:
        """What stands to the entity in a relation that only its matter tells: who broadcasts the league?"""
        answers = (self._answerer.answer(meaning) for meaning in by_matter(clause))
        return next((found for found in answers if found is not None), None)

    def _makers(self, meaning: Meaning, found: Answer, clause: Clause) -> Answer | None:
        """Whose motors X uses: where a company is asked for and only products are found, those who make them."""
        within = meaning.fact is not None and meaning.fact.predicates in (("USES",), ("PART_OF",))
        maker_asked = meaning.limits.kind == "Company" or (within and not meaning.limits.kind and "who" in clause.asks)
        things = [one.id for one in found.entities if one.kinds == ("Product",)]
        only_things = bool(things) and len(things) == len(found.entities)
        if meaning.ask != "list" or not maker_asked or not only_things:
            return None
        fact = Fact(("DEVELOPS", "OWNS"), object=Named(tuple(things), "\0", ("Product",)))
        made = self._answerer.answer(Meaning("list", fact, "subject"))
        if made is None:
            return None
        return replace(made, claims=(*made.claims, *found.claims), cypher=together((made.cypher, found.cypher)))

    def _of_one(self, meaning: Meaning, found: Answer) -> Answer:
        """The answer, unless it is made of what is told of several that share a name: then, which one is meant?"""
        for who in _named(meaning):
            told = {
                being.id: being for one in found.claims for being in (one.subject, one.object) if being.id in who.ids
            }
            if who.text.startswith("\0"):
                continue
            if len(told) > 1:
                several = tuple(told[id_] for id_ in who.ids if id_ in told)
                return replace(self._which(who.text, several), cypher=found.cypher, meaning=meaning)
            if meaning.ask == "yesno" and found.value is True and told:
                found = self._with_namesakes(found, [id_ for id_ in who.ids if id_ not in told])
        return found

    def _which(self, name: str, several: tuple[Being, ...], words: str = "") -> Answer:
        """Several share a name: which one is meant?"""
        text = self._speaker.say("ambiguous", name=name, names=self._with_ids(several))
        if words:
            text += self._space + self._speaker.say("unfit", name=name, words=words)
        return Answer(False, text, self._language, ambiguous=several)

    def _with_ids(self, beings: Iterable[Being]) -> str:
        return self._speaker.names([f"{one.name} ({one.id})" for one in beings])

    def _with_namesakes(self, found: Answer, ids: list[str]) -> Answer:
        """Yes, of one of those who bear the name: the others are told too."""
        if not ids:
            return found
        others = self._speaker.say("namesakes", names=self._with_ids(self._answerer.beings(ids)))
        return replace(found, answer=found.answer + self._space + others)

    def _unfit(self, unfit: Unfit, clause: Clause) -> Answer:
        """A name beside words that fit nobody who bears it: which one is meant, or that no document says so."""
        name = unfit.who.text
        beings = tuple(self._answerer.beings(unfit.who.ids))
        if len(beings) > 1:
            return self._which(name, beings, unfit.words)
        text = self._speaker.say("unfit", name=name, words=unfit.words)
        if clause.polar:
            return self._unsaid(text, beings)
        known = self._known(unfit.who)
        return Answer(False, self._speaker.say("not_held", about=text + self._space + known), self._language)

    def _unsaid(self, text: str, beings: tuple[Being, ...]) -> Answer:
        """A question of truth about what the graph does not know: no document says so, and nothing beyond that."""
        return Answer(True, self._speaker.say("unsaid", about=text), self._language, entities=beings, value=False)

    def _denied(self, meaning: Meaning) -> Answer:
        """A question of truth for which there is no claim: no, and what is known instead."""
        fact = meaning.fact
        assert fact is not None
        ends = [who for who in (fact.subject, fact.object) if who is not None]
        others: list[Evidence] = []
        statements: list[str] = []
        for one in (replace(fact, subject=None), replace(fact, object=None)):
            if len(ends) == 2:
                end = "either" if fact.symmetric else "subject" if one.subject is None else "object"
                query, found = self._answerer.find(one, end)
                chosen = self._answerer.chooser.choose(found, one, meaning.limits)
                others += [claim for claim in chosen.claims if chosen.standing == "fact"][:3]
                statements.append(query.text)
        beings = self._surveyor.beings(ends)
        made = self._answerer.no_claim(meaning, others, beings, together(statements))
        others_so_called = _namesakes(beings, ends_of(others))
        if not others_so_called:
            return made
        told = self._speaker.say("another", names=self._with_ids(others_so_called))
        return replace(made, answer=made.answer + self._space + told)

    def _unknown(self, name: str, clause: Clause) -> Answer:
        """A name that the graph does not know; of a known one beside it, no claim says what is asked."""
        near = tuple(self._linker.alike(name))
        text = self._speaker.say("unknown_name", name=name)
        if near:
            text += self._space + self._speaker.say("nearest", names=self._speaker.names(list(near)))
        known = [who for token in clause.entities if (who := base_of(token.who)) is not None]
        if clause.polar and known:
            return replace(self._unsaid(text, tuple(self._surveyor.beings(known))), nearest=near)
        return Answer(False, self._speaker.say("not_held", about=text), self._language, nearest=near)

    def _not_held(self, clause: Clause) -> Answer:
        """Nothing answers: what the graph does know of the entity asked about."""
        named = next((token.who for token in clause.entities if isinstance(token.who, Named)), None)
        if named is None:
            return (
                Answer(False, self._speaker.say("not_held", about=""), self._language)
                if clause.entities
                else self._not_understood()
            )
        return Answer(False, self._speaker.say("not_held", about=self._known(named)), self._language)

    def _known(self, named: Named) -> str:
        """What the graph knows of an entity, in short."""
        known = self._surveyor.answer(Meaning("profile", who=(replace(named, ids=named.ids[:1]),)))
        return self._speaker.say("known", name=named.text, facts=self._speaker.facts(known.claims[:3])) if known else ""

    def _not_understood(self) -> Answer:
        examples = self._speaker.examples(self._asked)
        text = self._speaker.say("not_understood", examples=" ".join(examples))
        return Answer(False, text, self._language, nearest=tuple(examples))


def _named(meaning: Meaning) -> Iterator[Named]:
    """The entities that a meaning names."""
    whos: list[Who | None] = list(meaning.who)
    if meaning.fact is not None:
        whos += [meaning.fact.subject, meaning.fact.object]
    while whos:
        who = whos.pop()
        if isinstance(who, Named):
            yield who
        elif isinstance(who, Several):
            whos += who.whos
        elif who is not None:
            whos += [who.fact.subject, who.fact.object]


def _asks(tokens: list[Token]) -> bool:
    """Whether a clause asks: "Tang sold Lihe; to whom did it go?" asks with the second alone."""
    stated = any(token.part == "verb" for token in tokens) and sum(token.part == "entity" for token in tokens) > 1
    return not stated or any(token.part in ("ask", "polar") for token in tokens)


def _asks_again(before: list[Token], after: list[Token]) -> bool:
    """Whether what follows a comma is a question of its own about what the first one gave, or first told of."""
    rest = list(itertools.takewhile(lambda token: token.part != "break", after))
    asks = [
        any(token.part == "ask" and token.key in ("who", "what", "where") for token in part) for part in (before, rest)
    ]
    says = any(token.part in ("verb", "noun", "role", "family") for token in rest)
    then = bool(rest) and rest[0].part == "case" and rest[0].key == "after" and not rest[0].text.isascii()
    told = then and not any(token.part in ("ask", "polar") for token in before)
    return (asks[0] or told) and asks[1] and says and not any(token.part == "entity" for token in rest)


def _namesakes(asked: list[Being], told: list[Being]) -> list[Being]:
    """Those told of who only share a name with one asked about."""
    ids, names = {one.id for one in asked}, {one.name for one in asked}
    return [one for one in told if one.name in names and one.id not in ids]


def _joined(answers: list[Answer]) -> Answer:
    """Several clauses' answers as one."""
    if len(answers) == 1:
        return answers[0]
    giving = [one for one in answers if one.meaning is None or one.meaning.ask not in _RESTATING] or answers
    entities = {one.id: one for found in giving for one in found.entities}
    claims = {one.claim: one for found in answers for one in found.claims}
    return replace(
        answers[0],
        answer=" ".join(found.answer for found in answers),
        entities=tuple(entities.values()),
        claims=tuple(claims.values()),
        cypher=together(found.cypher for found in answers),
    )


__all__ = ["Answer", "Being", "Meaning", "answer"]
