"""Which of the claims found answer the question: as facts before rumours, at the time asked, of the kind asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.folding import lower
from graph.names import simplified, sound
from questions.meaning import Named, Open
from questions.plan import role_patterns
from questions.topics import concepts, latin_words, noted, overlap, says

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph.ontology import Ontology
    from questions.evidence import Evidence
    from questions.lexicon import Lexicon
    from questions.meaning import Fact, Limits

_PARTS = re.compile(r"[,，;；、。]| and ")
OPEN = ("considered", "rumoured")
LASTING = ("HOLDS_ROLE_AT", "OWNS", "MEMBER_OF")  # asked without a date, those that last are meant
RANKS = ("largest", "second", "third")
TRADES = ("ACQUIRED", "SOLD", "INVESTED_IN")
KINDS = {"Person", "Company", "Product"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims an answer is made of and how they stand: fact, rumoured, considered, negated or none."""

    standing: str
    claims: tuple[Evidence, ...]

    def sought(self) -> list[str]:
        """The ids of the entities sought, each once, in order."""
        return list(dict.fromkeys(one.end for one in self.claims))


class Chooser:
    """Chooses among claims by the limits of a question."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon) -> None:
        self._ontology = ontology
        self._lexicon = lexicon

    def choose(self, found: Sequence[Evidence], fact: Fact, limits: Limits) -> Chosen:
        """The claims that answer; facts where there are any, else what was rumoured, considered or denied."""
        kept = self._kept(found, fact, limits)
        asked = [one for one in kept if limits.status and self.stands(one, limits.status)]
        if asked:
            return Chosen("fact", tuple(self._near_topic(asked, limits)))
        facts = [one for one in kept if self._ontology.asserted(one.status)]
        over = tuple(facts)
        if facts:
            facts = self._in_time(facts, "former" if limits.before else fact.tense or limits.tense)
            if limits.tense == "current" and all(one.predicate == "ACQUIRED" for one in facts):
                facts = self._ordered(facts, "new")
            if limits.status == "completed":
                facts = _some(facts, lambda one: one.status not in ("ended", "terminated"))
            order = fact.order or limits.order
            if order in RANKS:
                facts = self._ordered(facts, order)
            facts = self._near_topic(_as_called(facts, fact), limits)
            facts = _dearest(facts) if limits.priced and "OWNS" not in fact.predicates else facts
            facts = _shared(facts) if limits.shared and isinstance(fact.subject, Open) else facts
            if not facts:
                return Chosen("over", over)
            facts = facts if order in RANKS else self._ordered(facts, order)
            return Chosen("fact", tuple(self._highest(facts, fact.role)))
        for status in OPEN:
            said = [one for one in kept if one.status == status]
            if said:
                return Chosen(status, tuple(said))
        return Chosen("negated" if kept else "none", tuple(kept))

    def _kept(self, found: Sequence[Evidence], fact: Fact, limits: Limits) -> list[Evidence]:
        """The claims within the limits; what only prefers is let go where nothing is left."""
        kept = [one for one in found if one.subject.id != one.object.id and one.end not in limits.exclude]
        kept = [one for one in kept if _share_fits(one, limits.share_pct, rest=limits.rest)]
        if limits.only:
            kept = [one for one in kept if one.end in limits.only]
        if limits.part:
            kept = [one for one in kept if one.predicate not in TRADES or self._of_part(one, limits.part)]
        if limits.strict:
            kept = self._noted_for(kept, limits)
        if fact.said:
            kept = [one for one in kept if says(one, fact.said)]
        if fact.family:
            kept = [one for one in kept if self._family(one, fact.family)]
        if limits.before:
            joined = min((one.when for one in kept if one.end in limits.before and one.when), default="")
            kept = [one for one in kept if one.end not in limits.before and not _current(one)]
            kept = [one for one in kept if not joined or str(one.value("end") or "") <= joined]
        kept = _some(kept, lambda one: _of_kind(one, limits.kind))
        kept = self._by_date(kept, limits)
        degree = self._lexicon.meanings["degrees"][limits.degree] if limits.degree else ()
        kept = _some(kept, lambda one: any(word in str(one.value("degree") or "").lower() for word in degree))
        return _some(kept, lambda one: _quotes(one, limits.quoted))

    def _of_part(self, one: Evidence, words: tuple[str, ...]) -> bool:
        """Whether a sale may be that of X's brake business: its quote speaks of it, or is in another script."""
        same_script = any(word.isascii() == one.quote.isascii() for word in words)
        return not same_script or overlap(one, concepts(words, self._lexicon)) > 0

    def _noted_for(self, found: list[Evidence], limits: Limits) -> list[Evidence]:
        """Only those noted for what is asked, or quoted with two of its words, that give what is asked for."""
        wanted = concepts(limits.topic, self._lexicon)
        known = [concept for concept in wanted if len(concept.wordings) > 1]
        return [
            one
            for one in found
            if (limits.kind not in KINDS or limits.kind in one.sought.kinds)
            and (overlap(one, known, noted_only=True) or overlap(one, wanted) > 2)
        ]

    def stands(self, one: Evidence, status: str) -> bool:
        """Whether the claim stands as a status asked for; "open": as anything but a fact."""
        if status == "open":
            return not self._ontology.asserted(one.status)
        if status == "completed":
            return False
        if status == "rejected":
            return self._ontology.negates(one.status) and one.status != "denied"
        if status == "ended":
            return one.status in ("ended", "terminated") or one.value("end") is not None
        return one.status == status

    def _family(self, one: Evidence, family: str) -> bool:
        entry = self._lexicon.meanings["family"][family]
        said = str(one.value("relation") or "").lower()
        forward = one.subject.id == one.end
        return said in (entry["said"] if forward else entry["inverse"])

    @staticmethod
    def _by_date(found: list[Evidence], limits: Limits) -> list[Evidence]:
        if limits.month:
            found = _some(found, lambda one: any(date[5:7] == limits.month for date in _dates(one)))
        return _some(found, lambda one: _within(one, limits)) if limits.since or limits.until else found

    def _in_time(self, facts: list[Evidence], tense: str) -> list[Evidence]:
        if tense == "any":
            return facts
        if tense == "former":
            over = [one for one in facts if past(one)]
            return over or [one for one in facts if one.predicate != "HOLDS_ROLE_AT" or not _current(one)]
        if tense == "next":
            return _some(facts, ahead)
        live = [one for one in facts if not past(one)]
        settled = [one for one in live if not ahead(one)] or live
        if tense == "current":
            return settled or [one for one in facts if one.predicate not in ("HOLDS_ROLE_AT", "OWNS")]
        return settled or facts if facts[0].predicate in LASTING else facts

    def _highest(self, facts: list[Evidence], role: str) -> list[Evidence]:
        """Of several who may lead, those of the highest post."""
        ranked = role in self._lexicon.meanings["ranks"]["highest"]
        for name in self._lexicon.meanings["role_sets"][role] if ranked else ():
            patterns = role_patterns(self._lexicon.role_words(name), self._lexicon.marks["other_post"])
            leads = [one for one in facts if _in_post(str(one.value("role") or ""), patterns)]
            if leads:
                return leads
        return facts

    @staticmethod
    def _ordered(facts: list[Evidence], order: str) -> list[Evidence]:
        if order in ("first", "new"):
            dated = [one for one in facts if one.when]
            if dated:
                pick = (min if order == "first" else max)(one.when for one in dated)
                return [one for one in dated if one.when == pick]
        if order in RANKS:
            for name in ("share_pct", "amount"):
                valued = [one for one in facts if isinstance(one.value(name), (int, float))]
                ranked = sorted({one.value(name) for one in valued}, reverse=True)[RANKS.index(order) :]
                if ranked:
                    return [one for one in valued if one.value(name) == ranked[0]]
        return [] if order in RANKS[1:] else facts  # no claim says who comes second

    def _near_topic(self, facts: list[Evidence], limits: Limits) -> list[Evidence]:
        """Where other words of the question tell some claims from the rest, those."""
        wanted = concepts(limits.topic, self._lexicon)
        if not wanted or len({one.end for one in facts}) < 2:
            return facts
        scored = [(overlap(one, wanted), one) for one in facts]
        best = max(score for score, _ in scored)
        return [one for score, one in scored if score * 5 >= best * 3] if best > 0 else facts


def _some(found: list[Evidence], test: Callable[[Evidence], bool], *, strict: bool = False) -> list[Evidence]:
    """Those that pass; all of them where none does and the test only prefers."""
    passed = [one for one in found if test(one)]
    return passed if passed or strict else found


def _dearest(facts: list[Evidence]) -> list[Evidence]:
    """Who bought X and for how much: of several sales those with a price, of these the latest."""
    priced = [one for one in facts if one.value("amount") is not None]
    latest = max((one.when for one in priced), default="")
    alone = all(one.predicate == "ACQUIRED" for one in priced) and len({one.when for one in priced}) > 1
    return [one for one in priced if one.when == latest] if alone else priced or facts


def _shared(facts: list[Evidence]) -> list[Evidence]:
    """What all of those found have; everything where they share nothing."""
    whose = {one.other.id for one in facts}
    of = {end: {one.other.id for one in facts if one.end == end} for end in {one.end for one in facts}}
    return [one for one in facts if of[one.end] == whose] or facts


def _in_post(said: str, patterns: Sequence[str]) -> bool:
    return any(re.fullmatch(pattern, said) for pattern in patterns)


def _as_called(facts: list[Evidence], fact: Fact) -> list[Evidence]:
    """Who uses Tongyi, of a model also called Qwen: the claims noted under that name, where there are some."""
    for who in (fact.subject, fact.object):
        if isinstance(who, Named):
            noted_so = [one for one in facts if one.other.id in who.ids and _noted_as(one, lower(who.text))]
            facts = noted_so or facts
    return facts


def _noted_as(one: Evidence, said: str) -> bool:
    """Whether the claim's matter is noted under a name of the known end that the question begins with."""
    if said == lower(one.other.name):
        return False  # as it is always called
    names = {lower(name) for name in one.other.names}
    called = {spelt for name in names if said.startswith(name) for spelt in (name, sound(name))}
    return not latin_words(lower(noted(one))).isdisjoint(called)


def _quotes(one: Evidence, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a part of the quote that names the one sought."""
    names = [simplified(name).lower() for name in one.sought.names]
    for part in _PARTS.split(simplified(one.quote).lower()):
        if any(word in part for word in words) and any(name in part or part.find(name[:2]) >= 0 for name in names):
            return True
    return False


def _of_kind(one: Evidence, kind: str) -> bool:
    return kind not in KINDS or kind in one.sought.kinds


def _share_fits(one: Evidence, share: float | None, *, rest: bool) -> bool:
    """Whether it may be the share asked about; where no share is said, not of the rest of something."""
    said = one.value("share_pct")
    if share is None or not isinstance(said, (int, float)):
        return share is None or not rest
    return abs(said - share) <= 0.5


def _current(one: Evidence) -> bool:
    return one.value("current") is True


def _dates(one: Evidence) -> list[str]:
    return [str(one.value(name)) for name in ("date", "start", "end", "as_of") if one.value(name)]


def _within(one: Evidence, limits: Limits) -> bool:
    dates = _dates(one)
    if limits.since == limits.until:
        return any(date.startswith(limits.since) for date in dates)
    if limits.since:
        return any(date >= limits.since for date in dates)
    return any(date < limits.until for date in dates)


def past(one: Evidence) -> bool:
    """Whether the claim tells of what is over."""
    return one.status == "ended" or (one.value("current") is False and not ahead(one)) or _over(one)


def _over(one: Evidence) -> bool:
    until = str(one.value("end") or "")
    return bool(until) and one.value("current") is not True and not (one.date and until > one.date)


def ahead(one: Evidence) -> bool:
    """Whether the claim tells of what is to come."""
    since = str(one.value("start") or one.value("date") or "")
    return one.status in ("announced", "pending") or bool(one.date and since[:10] > one.date)


def attributes(found: Mapping[str, object]) -> dict[str, object]:
    """The attributes that are said."""
    return {name: value for name, value in found.items() if value is not None}
