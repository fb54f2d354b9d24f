"""Meanings to answers: the statement is run, the claims are chosen, the sentence is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from questions.answer import Answer, ends_of, named_ids, together
from questions.choose import Chooser, Chosen, past
from questions.evidence import Being, Evidence, evidence_of
from questions.kin import oriented
from questions.meaning import Fact, Limits, Meaning, Named, Open, Several, Who
from questions.plan import Query, fact_query
from questions.ranking import foremost
from questions.rows import statement
from questions.say import Speaker, money, number, unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.ontology import Ontology
    from questions.lexicon import Lexicon
    from questions.rows import Read


class Answerer:
    """Answers meanings from one graph."""

    def __init__(self, read: Read, ontology: Ontology, lexicon: Lexicon, speaker: Speaker) -> None:
        self._read = read
        self._ontology = ontology
        self._lexicon = lexicon
        self._speaker = speaker
        self.chooser = Chooser(ontology, lexicon)

    def answer(self, meaning: Meaning) -> Answer | None:
        """The answer to the meaning, or None where the graph holds none."""
        meaning = self._settled(meaning)
        if meaning.end == "to":
            return self._recipients(meaning)
        if meaning.fact is None:
            return None
        if meaning.ask == "said":
            return self._said(meaning)
        if meaning.ask == "rank":
            return self._ranked(meaning)
        query, found = self.find(meaning.fact, meaning.end)
        chosen = self.chooser.choose(found, meaning.fact, meaning.limits)
        how = {
            "yesno": self._truth,
            "kinship": self._kinship,
            "when": self._when,
            "amount": self._amount,
            "outcome": self._outcome,
            "evidence": self._quotes,
            "share": self._share,
            "count": self._count,
            "role": self._role,
        }.get(meaning.ask, self._listed)  # fmt: skip
        made = how(meaning, chosen)
        return replace(made, cypher=query.text, meaning=meaning) if made else None

    def _settled(self, meaning: Meaning) -> Meaning:
        """The meaning with those looked up who are described by more than a statement can say: "his wife"."""
        fact = meaning.fact
        if fact is None:
            return meaning
        return replace(
            meaning, fact=replace(fact, subject=self._looked_up(fact.subject), object=self._looked_up(fact.object))
        )

    def _looked_up(self, who: Who | None) -> Who | None:
        if not isinstance(who, Open):
            return who
        fact = replace(who.fact, subject=self._looked_up(who.fact.subject), object=self._looked_up(who.fact.object))
        if not (fact.family or fact.tense or fact.order or fact.said):
            return Open(fact, who.end)
        _, found = self.find(fact, who.end)
        chosen = self.chooser.choose(found, fact, Limits())
        beings = {one.end: one.sought for one in chosen.claims} if chosen.standing == "fact" else {}
        kinds = tuple(sorted({kind for being in beings.values() for kind in being.kinds}))
        return Named(tuple(beings), " ".join(being.name for being in beings.values()), kinds)

    def find(self, fact: Fact, end: str | None) -> tuple[Query, list[Evidence]]:
        """The claims of a fact, as rows of the statement."""
        query = fact_query(fact, end, self._ontology, self._lexicon)
        rows = self._read(query.statement, dict(query.parameters))
        found: dict[tuple[str, str], Evidence] = {}
        for row in rows:
            one = evidence_of(row)
            if one.claim not in one.steps:
                found.setdefault((one.claim, one.end), one)
        return query, oriented(list(found.values()), self._lexicon)

    def _made(
        self, text: str, chosen: Sequence[Evidence], entities: Iterable[Being], value: str | float | bool | None = None
    ) -> Answer:
        return Answer(True, text, self._speaker.language, tuple(entities), value, tuple(chosen))

    def _listed(self, _: Meaning, chosen: Chosen) -> Answer | None:
        if not chosen.claims or chosen.standing in ("negated", "over"):
            return None
        beings = list({one.end: one.sought for one in chosen.claims}.values())
        names = self._speaker.names([self._speaker.name(one) for one in beings])
        facts = self._speaker.facts(chosen.claims)
        text = self._speaker.say("list", names=names, facts=facts)
        if chosen.standing == "rumoured":
            text = self._speaker.say("rumours", facts=facts)
        elif chosen.standing == "considered":
            text = self._speaker.say("considered", facts=facts)
        return self._made(text, chosen.claims, beings, _figures(chosen.claims))

    def _recipients(self, meaning: Meaning) -> Answer | None:
        """Whom something was sold to, as claims of the sale name the buyer."""
        assert meaning.fact is not None
        query, found = self.find(meaning.fact, None)
        chosen = self.chooser.choose(found, meaning.fact, meaning.limits)
        named = [one for one in chosen.claims if one.value("to")]
        if not named or chosen.standing == "negated":
            return None
        bought, buyers = self._buyers_in(named)
        text = self._speaker.facts([*named, *buyers])
        beings = list({one.subject.id: one.subject for one in buyers}.values())
        if not beings:
            beings = [Being(str(n), str(n), (str(n),), ()) for n in dict.fromkeys(one.value("to") for one in named)]
        made = self._made(text, [*named, *buyers], beings, _figures(named))
        return replace(made, cypher=together([query.text, bought.text]), meaning=meaning)

    def _buyers_in(self, sales: Sequence[Evidence]) -> tuple[Query, list[Evidence]]:
        """The same sales told of the buyer: of the same thing, in the same document, at the same date."""
        things = tuple(dict.fromkeys(one.object.id for one in sales))
        bought = Fact(("ACQUIRED", "INVESTED_IN"), object=Named(things, sales[0].object.name))
        query, found = self.find(bought, "subject")
        dates = {(one.object.id, one.document, one.when) for one in sales}
        sellers = {one.subject.id for one in sales}
        same = [one for one in found if (one.object.id, one.document, one.when) in dates]
        return query, [one for one in same if one.subject.id not in sellers]

    def _ranked(self, meaning: Meaning) -> Answer | None:
        """The one of several that comes first in an order."""
        assert meaning.fact is not None
        several = Several(tuple(who for who in meaning.who if isinstance(who, Named)))
        query, found = self.find(replace(meaning.fact, object=_any_of(several)), "subject")
        facts = [one for one in found if self._ontology.asserted(one.status)]
        ranked = foremost(facts, [who.ids for who in several.whos], meaning.limits.order)
        if not ranked:
            return None
        best = ranked[0].object
        text = self._speaker.say("list", names=self._speaker.name(best), facts=self._speaker.facts(ranked))
        return replace(self._made(text, ranked, [best]), cypher=query.text, meaning=meaning)

    def _said(self, meaning: Meaning) -> Answer | None:
        """Who said so; where nobody is named, the documents that do."""
        assert meaning.fact is not None
        query, spoken = self.find(meaning.fact, "speaker")
        people = self.beings(list(dict.fromkeys(one.end for one in spoken)))
        if people:
            names = self._speaker.names([self._speaker.name(one) for one in people])
            text = self._speaker.say("said", names=names, quotes=_quoted(spoken))
            return replace(self._made(text, spoken, people), cypher=query.text, meaning=meaning)
        query, told = self.find(meaning.fact, meaning.end)
        if not told:
            return None
        documents = ", ".join(dict.fromkeys(one.document_name for one in told))
        text = self._speaker.say("said_in", documents=documents, quotes=_quoted(told))
        return replace(self._made(text, told, (), documents), cypher=query.text, meaning=meaning)

    def beings(self, ids: Sequence[str]) -> list[Being]:
        """Entities as they are stored, by their ids, each once and in this order."""
        rows = self._read(statement("beings"), {"ids": list(ids)}) if ids else []
        found = {row[0]: Being(row[0], row[1], tuple(row[2] or ()), tuple(row[3] or ())) for row in rows}
        return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]

    def _truth(self, meaning: Meaning, chosen: Chosen) -> Answer | None:
        facts, ends = self._speaker.facts(chosen.claims), ends_of(chosen.claims)
        if chosen.standing == "fact":
            denied = meaning.limits.status == "open" and all(self._ontology.negates(c.status) for c in chosen.claims)
            no = (
                denied
                or (meaning.limits.tense == "current" and all(map(past, chosen.claims)))
                or _unfinished(meaning, chosen)
            )
            return self._made(self._speaker.say("no" if no else "yes", facts=facts), chosen.claims, ends, not no)
        if chosen.standing in ("rumoured", "considered"):
            key = "rumour_only" if chosen.standing == "rumoured" else "considered_only"
            return self._made(self._speaker.say(key, facts=facts), chosen.claims, ends, False)
        if chosen.standing == "negated":
            return self._made(self._speaker.say("no", facts=facts), chosen.claims, ends, False)
        return None

    def no_claim(self, meaning: Meaning, others: Sequence[Evidence], ends: Sequence[Being], cypher: str) -> Answer:
        """No claim says so: what else the graph says of it."""
        key = "no_others" if others else "no_claim"
        text = self._speaker.say(key, facts=self._speaker.facts(others))
        return replace(self._made(text, others, ends, False), cypher=cypher, meaning=meaning)

    def _outcome(self, _: Meaning, chosen: Chosen) -> Answer | None:
        if not chosen.claims:
            return None
        status = ", ".join(dict.fromkeys(one.status for one in chosen.claims if one.status)) or None
        return self._made(self._speaker.facts(chosen.claims), chosen.claims, ends_of(chosen.claims), status)

    def _quotes(self, _: Meaning, chosen: Chosen) -> Answer | None:
        if not chosen.claims:
            return None
        return self._made(_quoted(chosen.claims), chosen.claims, ends_of(chosen.claims), chosen.claims[0].quote)

    def _kinship(self, _: Meaning, chosen: Chosen) -> Answer | None:
        if chosen.standing != "fact":
            return None
        relations = ", ".join(dict.fromkeys(str(one.value("relation") or "") for one in chosen.claims))
        return self._made(self._speaker.facts(chosen.claims), chosen.claims, ends_of(chosen.claims), relations)

    def _when(self, meaning: Meaning, chosen: Chosen) -> Answer | None:
        if chosen.standing in ("none", "negated"):
            return None
        dated = _dated(chosen.claims, ended=meaning.limits.status == "ended")
        if not dated:
            return None
        value = ", ".join(sorted(dict.fromkeys(date for date, _ in dated)))
        claims = [one for _, one in dated]
        return self._made(f"{value}. " + self._speaker.facts(claims), claims, self._known(meaning, claims), value)

    def _amount(self, meaning: Meaning, chosen: Chosen) -> Answer | None:
        valued = [one for one in chosen.claims if one.value("amount") is not None or unread(one, "amount")]
        if not valued:
            return None
        value = _figures(valued)
        return self._made(
            f"{self._speaker.names([money(one) for one in valued][:3])}. " + self._speaker.facts(valued),
            valued,
            self._known(meaning, valued),
            value,
        )

    def _share(self, meaning: Meaning, chosen: Chosen) -> Answer | None:
        valued = [one for one in chosen.claims if one.value("share_pct") is not None]
        if not valued or chosen.standing == "negated":
            return None
        figures = list(dict.fromkeys(f"{number(one.value('share_pct'))}%" for one in valued))
        return self._made(
            f"{self._speaker.names(figures)}. " + self._speaker.facts(valued),
            valued,
            self._known(meaning, valued),
            ", ".join(figures),
        )

    def _count(self, meaning: Meaning, chosen: Chosen) -> Answer | None:
        fact = meaning.fact
        if chosen.standing != "fact":
            return None
        beings = list({one.end: one.sought for one in chosen.claims}.values())
        told = next((one.value("count") for one in chosen.claims if one.value("count") is not None), None)
        if told is None and fact is not None and (fact.many or fact.predicates == ("HOLDS_ROLE_AT",)) and not fact.role:
            return None  # the graph names some of them, and says of no number
        amount = told if told is not None else len(beings)
        names = self._speaker.names([self._speaker.name(one) for one in beings])
        stands_on = _quoted(chosen.claims) if told is not None else self._speaker.facts(chosen.claims)
        text = self._speaker.say("count", number=amount, names=names, facts=stands_on)
        return self._made(text, chosen.claims, beings, amount)

    def _role(self, _: Meaning, chosen: Chosen) -> Answer | None:
        roles = [one for one in chosen.claims if one.predicate == "HOLDS_ROLE_AT" and one.value("role")]
        if not roles or chosen.standing == "negated":
            return None
        value = ", ".join(dict.fromkeys(str(one.value("role")) for one in roles))
        return self._made(self._speaker.facts(roles), roles, ends_of(roles), value)

    @staticmethod
    def _known(meaning: Meaning, claims: Sequence[Evidence]) -> list[Being]:
        """The entities a value belongs to: who holds the share, who put the money in, both sides of a sale."""
        predicates = {one.predicate for one in claims}
        if (meaning.ask == "share" and predicates <= {"OWNS"}) or (
            meaning.ask == "amount" and predicates <= {"INVESTED_IN"}
        ):
            return list({one.subject.id: one.subject for one in claims}.values())
        if meaning.ask == "when" and meaning.fact is not None:
            named = {id_ for who in (meaning.fact.subject, meaning.fact.object) if who for id_ in named_ids(who)}
            return [being for being in ends_of(claims) if being.id in named]
        return ends_of(claims)


def _any_of(several: Several) -> Named:
    """Any one of several."""
    return Named(tuple(id_ for who in several.whos for id_ in who.ids), several.whos[0].text)


def _dated(claims: Sequence[Evidence], *, ended: bool) -> list[tuple[str, Evidence]]:
    """The dates of claims; of what ended, when it did."""
    if not ended:
        return [(str(one.value(name)), one) for one in claims for name in ("date", "start", "end") if one.value(name)]
    ends = [(str(one.value("end")), one) for one in claims if one.value("end")]
    return ends or [(str(one.value("date")), one) for one in claims if one.status == "ended" and one.value("date")]


def _quoted(claims: Sequence[Evidence]) -> str:
    """The words of the first claims, each once."""
    return " / ".join(f"“{quote}”" for quote in list(dict.fromkeys(one.quote for one in claims))[:3])


def _unfinished(meaning: Meaning, chosen: Chosen) -> bool:
    """Whether a sale that is asked about has only been agreed so far."""
    open_ = ("pending", "announced") if meaning.limits.status == "completed" else ("pending",)
    return all(one.predicate in ("ACQUIRED", "SOLD") and one.status in open_ for one in chosen.claims)


def _figures(claims: Sequence[Evidence]) -> str | None:
    """Amounts, shares and dates of the claims, in full units."""
    said: list[str] = []
    for one in claims:
        amount, share, date = one.value("amount") or unread(one, "amount"), one.value("share_pct"), one.value("date")
        if amount is not None:
            plain = str(int(amount)) if isinstance(amount, (int, float)) and amount == int(amount) else str(amount)
            said.append(f"{plain} {one.value('currency') or ''}".strip())
        if share is not None:
            said.append(f"{number(share)}%")
        if date:
            said.append(str(date))
    return "; ".join(dict.fromkeys(said)) or None
