"""How two entities are connected, and what is known about one: answers that are no single fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.connections import Route, connections
from graph.reader import Reader
from questions.answer import Answer, ends_of, named_ids, together
from questions.choose import OPEN, Chosen
from questions.evidence import Being, Evidence, evidence_of
from questions.kin import oriented
from questions.meaning import Limits, Meaning, Named, Open, Several, Who
from questions.plan import Query
from questions.rows import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.store import Store
    from questions.answerer import Answerer
    from questions.lexicon import Lexicon
    from questions.say import Speaker

MOST_WAYS = 5
MOST_HOPS = 4
MOST_CLAIMS = 12
DECISIVE = ("FOUNDED", "HOLDS_ROLE_AT", "OWNS", "ACQUIRED", "INVESTED_IN", "SOLD", "DEVELOPS", "PARTNERS_WITH", "USES",
            "COMPETES_WITH", "MEMBER_OF", "PART_OF", "FAMILY_OF", "EDUCATED_AT", "AFFILIATED_WITH")  # fmt: skip


class Surveyor:
    """Answers questions about ways between entities, what they share, and what is known of one."""

    def __init__(self, store: Store, answerer: Answerer, speaker: Speaker, lexicon: Lexicon) -> None:
        self._store = store
        self._lexicon = lexicon
        self._reader = Reader(store.engine, store.ontology)
        self._answerer = answerer
        self._speaker = speaker

    def answer(self, meaning: Meaning) -> Answer | None:
        """The answer to a meaning that has no fact of its own, or None."""
        how = {"path": self._path, "profile": self._profile, "changed": self._profile, "compare": self._compare,
               "common": self._common}.get(meaning.ask)  # fmt: skip
        found = how(meaning) if how else None
        return replace(found, meaning=meaning) if found else None

    def ids(self, who: Who) -> list[str]:
        """The ids an entity of a question stands for; a description is looked up first."""
        if isinstance(who, Named):
            return list(who.ids)
        if isinstance(who, Several):
            return [id_ for one in who.whos for id_ in one.ids]
        _, found = self._answerer.find(who.fact, who.end)
        return self._answerer.chooser.choose(found, who.fact, Limits()).sought()

    def beings(self, whos: Sequence[Who]) -> list[Being]:
        """The entities of a question as they are stored."""
        return self._answerer.beings([id_ for who in whos for id_ in self.ids(who)[:1]])

    def _path(self, meaning: Meaning) -> Answer | None:
        if len(meaning.who) < 2:
            return None
        starts, ends = (self.ids(who) for who in meaning.who[:2])
        best: tuple[float, tuple[tuple[str, str], ...]] | None = None
        kept: list[tuple[float, tuple[tuple[str, str], ...]]] = []
        for start in starts[:3]:
            for end in ends[:3]:
                if start != end:
                    ways = connections(self._reader, Route(start, end, MOST_HOPS, limit=MOST_WAYS)).ways
                    kept += [(-way.score, tuple((hop.start.id, hop.end.id) for hop in way.hops)) for way in ways]
        if meaning.limits.via:
            kept = [one for one in kept if len(one[1]) > 1] or kept
        if not kept:
            return None
        best = min(kept)
        pairs = [list(pair) for pair in best[1]]
        others = [list(pair) for score, way in sorted(kept)[1:MOST_WAYS] for pair in way if len(way) <= len(pairs)]
        query = Query(
            statement("between") + "\n" + _returning("c1"), {"pairs": pairs + [p for p in others if p not in pairs]}
        )
        found = self._claims(query)
        order = {frozenset(pair): place for place, pair in reversed(list(enumerate(query.parameters["pairs"])))}
        found = _best_of_each(sorted(found, key=lambda one: order.get(frozenset((one.subject.id, one.object.id)), 99)))
        main = [one for one in found if order[frozenset((one.subject.id, one.object.id))] < len(pairs)]
        text = self._speaker.facts(main)
        beings = {being.id: being for being in (*ends_of(found), *self._started(meaning.who[:2]))}
        return Answer(True, text, self._speaker.language, tuple(beings.values()), None, tuple(found), query.text)

    def _started(self, whos: Sequence[Who]) -> list[Being]:
        """The entities that descriptions at the ends of a way start from: TallyBox in "the maker of TallyBox"."""
        ids = [id_ for who in whos if isinstance(who, Open) for id_ in named_ids(who)[:1]]
        return self.beings([Named((id_,), id_) for id_ in ids])

    def _claims(self, query: Query) -> list[Evidence]:
        rows = self._store.rows(query.statement, dict(query.parameters))
        return oriented(list({one.claim: one for one in map(evidence_of, rows)}.values()), self._lexicon)

    def _common(self, meaning: Meaning) -> Answer | None:
        several = [who for who in meaning.who if isinstance(who, Several)]
        about = [id_ for who in meaning.who if several and isinstance(who, Named) for id_ in who.ids]
        groups = [sorted(self.ids(who)) for who in _flat(several or meaning.who)]
        if len(groups) < 2:
            return None
        parameters = {"n0": sorted({id_ for group in groups for id_ in group}), "groups": groups}
        steps = [
            statement("known", node="n0"),
            statement("beside"),
            statement("shared", node="n0", claim="c1", to="n1"),
        ]
        query = Query("\n".join([*steps, _returning("c1", "n1.id")]), parameters)
        found = self._claims(query)
        found = [one for one in found if one.end in about] if about else found
        facts = [one for one in found if self._store.ontology.asserted(one.status)]
        chosen = _same_relation(facts, groups) or _same_relation(found, groups)
        if not chosen:
            return None
        beings = list({one.end: one.sought for one in chosen}.values())
        names = self._speaker.names([self._speaker.name(one) for one in beings])
        text = self._speaker.say("common", names=names, facts=self._speaker.facts(chosen))
        return Answer(True, text, self._speaker.language, tuple(beings), None, tuple(chosen), query.text)

    def _profile(self, meaning: Meaning) -> Answer | None:
        ids = self.ids(meaning.who[0])
        query = Query(
            "\n".join([statement("known", node="n0"), statement("about"), _returning("c1", "n0.id")]), {"n0": ids}
        )
        found = self._claims(query)
        if meaning.limits.status in OPEN:
            return self._open(meaning, found, query)
        found = [one for one in found if self._store.ontology.asserted(one.status)]
        if meaning.limits.since:
            found = [one for one in found if one.when >= meaning.limits.since]
        if not found:
            return None
        found = _best_of_each(
            sorted(
                found, key=lambda one: (DECISIVE.index(one.predicate) if one.predicate in DECISIVE else 99, one.claim)
            )
        )
        being = found[0].sought
        shown = found[:MOST_CLAIMS]
        text = self._speaker.say("profile", name=self._speaker.name(being), facts=self._speaker.facts(shown))
        return Answer(True, text, self._speaker.language, (being,), None, tuple(shown), query.text)

    def _open(self, meaning: Meaning, found: Sequence[Evidence], query: Query) -> Answer | None:
        """What is rumoured or considered of an entity, and with whom."""
        status = meaning.limits.status
        said = _best_of_each(one for one in found if self._answerer.chooser.stands(one, status))
        if not said:
            return None
        text = self._speaker.say("rumours" if status == "rumoured" else "considered", facts=self._speaker.facts(said))
        return Answer(True, text, self._speaker.language, tuple(ends_of(said)), None, tuple(said), query.text)

    def _compare(self, meaning: Meaning) -> Answer | None:
        found = [self._profile(Meaning("profile", who=(who,))) for who in _flat(meaning.who)]
        if len(found) < 2 or any(one is None for one in found):
            return None
        parts = [one for one in found if one is not None]
        text = " ".join(one.answer for one in parts)
        beings = tuple(being for one in parts for being in one.entities)
        claims = tuple(claim for one in parts for claim in one.claims)
        return Answer(True, text, self._speaker.language, beings, None, claims, together(one.cypher for one in parts))


def _flat(whos: Sequence[Who]) -> list[Who]:
    return [one for who in whos for one in (who.whos if isinstance(who, Several) else (who,))]


def _returning(claim: str, ends: str | None = None) -> str:
    return statement("answered", claim=claim, ends=ends or "o.id", steps="[]")


def _best_of_each(found: Iterable[Evidence]) -> list[Evidence]:
    """One claim for each thing claimed, in order."""
    kept: dict[tuple[str, str, str, str], Evidence] = {}
    for one in found:
        kept.setdefault((one.subject.id, one.predicate, one.object.id, str(one.value("role") or "")), one)
    return list(kept.values())


def _same_relation(found: Sequence[Evidence], groups: Sequence[Sequence[str]]) -> list[Evidence]:
    """The claims by which something stands in one relation to all of them; any relation where none does."""
    by_relation: dict[tuple[str, str, bool], list[Evidence]] = {}
    by_end: dict[str, list[Evidence]] = {}
    for one in found:
        by_relation.setdefault((one.end, one.predicate, one.end == one.subject.id), []).append(one)
        by_end.setdefault(one.end, []).append(one)
    for grouping in (by_relation, by_end):
        whole = [c for claims in grouping.values() if _reaches(claims, groups) for c in claims]
        if whole:
            return _best_of_each(whole)
    return []


def _reaches(claims: Sequence[Evidence], groups: Sequence[Sequence[str]]) -> bool:
    reached = {one.other.id for one in claims}
    return all(reached & set(group) for group in groups)


__all__ = ["Being", "Chosen", "Open", "Surveyor"]
