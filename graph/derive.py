"""Keeps entities and relations in step with the claims: again from nothing, or only where something changed.

What one change can touch is closed under names: every entity that shares a spelling or a slug with one it touches, or
is judged together with it, and every claim about any of them. Assembling that part before and after gives the
difference.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from graph.aliases import dictionary_judgements
from graph.assemble import Assembly, Frame, Outside, assemble, gather
from graph.changes import Batch, changes
from graph.garbage import all_kept
from graph.identity import Ref
from graph.model import Claim, Document, Judgement
from graph.names import key, reading, slug, weak
from graph.ontology import Ontology
from graph.records import claim_of, judgement_of
from graph.statements import statement

Run = Callable[[str, Mapping[str, Any]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Truth:
    """A change of what is known: documents, claims and judgements that come, and ids of those that go."""

    documents: tuple[Document, ...] = ()
    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    claims_gone: frozenset[str] = frozenset()
    judgements_gone: frozenset[str] = frozenset()

    def ids(self) -> Iterator[str]:
        """The ids of all that comes."""
        for known in (self.documents, self.claims, self.judgements):
            yield from (one.id for one in known)

    def without(self, seen: AbstractSet[str]) -> "Truth":
        """The change without the documents, claims and judgements of these ids."""
        return replace(
            self,
            documents=tuple(d for d in self.documents if d.id not in seen),
            claims=tuple(c for c in self.claims if c.id not in seen),
            judgements=tuple(j for j in self.judgements if j.id not in seen),
        )


@dataclass(slots=True)
class _Spellings:
    """Folded names, slugs, and how Chinese people's names are read."""

    keys: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)
    sounds: set[str] = field(default_factory=set)

    def add(self, other: "_Spellings") -> None:
        """Take the other's in."""
        self.keys |= other.keys
        self.slugs |= other.slugs
        self.sounds |= other.sounds

    def without(self, other: "_Spellings") -> "_Spellings":
        """Those that the other does not have."""
        return _Spellings(self.keys - other.keys, self.slugs - other.slugs, self.sounds - other.sounds)

    def __bool__(self) -> bool:
        return bool(self.keys or self.slugs or self.sounds)


@dataclass(slots=True)
class _Part:
    """The part of the graph that a change can touch."""

    entities: set[str] = field(default_factory=set)
    claims: dict[str, Claim] = field(default_factory=dict)
    entity_of: dict[Ref, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def _dates(run: Run, claims: Iterable[Claim]) -> dict[str, str | None]:
    """The dates of the documents that the graph holds of those the claims stand in."""
    ids = sorted({claim.document for claim in claims})
    return {row[0]: row[1] for row in run(statement("document_dates"), {"ids": ids})}


def judgements_of(run: Run) -> list[Judgement]:
    """Every judgement of the graph, and the dictionary's."""
    return [*dictionary_judgements(), *(judgement_of(row) for row in run(statement("all_judgements"), {}))]


def all_claims(run: Run) -> list[Claim]:
    """Every claim of the graph."""
    return [claim_of(row) for row in run(statement("all_claims"), {})]


@dataclass(slots=True)
class Whole:
    """All that a graph knows: its claims, judgements, and the dates of its documents."""

    claims: list[Claim]
    judgements: list[Judgement]
    dates: dict[str, str | None]

    @classmethod
    def read(cls, run: Run) -> "Whole":
        """All that the graph knows now."""
        claims = all_claims(run)
        return cls(claims, judgements_of(run), _dates(run, claims))

    def ids(self) -> Iterator[str]:
        """The ids of its claims and judgements."""
        yield from (claim.id for claim in self.claims)
        yield from (judgement.id for judgement in self.judgements)

    def add(self, truth: Truth) -> None:
        """Take in what comes."""
        self.claims += truth.claims
        self.judgements += truth.judgements
        self.dates.update((document.id, document.date) for document in truth.documents)

    def derived(self, ontology: Ontology) -> Iterator[Batch]:
        """Batches that write all it comes to into a graph in which nothing is derived."""
        with all_kept():
            yield from changes(Assembly(), assemble(self.claims, self.judgements, Frame(ontology, self.dates)))


def difference(run: Run, ontology: Ontology, truth: Truth) -> tuple[Assembly, Assembly]:
    """The part of the graph that a change touches, before and after it.

    The graph must hold the truth of before: the claims and judgements of `truth` neither added nor deleted.
    """
    before = judgements_of(run)
    after = [j for j in before if j.id not in truth.judgements_gone] + list(truth.judgements)
    part = _Closure(run, [*before, *truth.judgements]).around(truth)
    inside = {ref for ref, entity in part.entity_of.items() if entity in part.entities}
    outside = Outside(
        entity_of={ref: entity for ref, entity in part.entity_of.items() if ref not in inside}, names=part.names
    )
    coming = {document.id: document.date for document in truth.documents}
    frame = Frame(ontology, _dates(run, part.claims.values()) | coming)
    kept = [claim for id_, claim in part.claims.items() if id_ not in truth.claims_gone]
    old = assemble(part.claims.values(), before, frame, outside)
    new = assemble([*kept, *truth.claims], after, frame, outside)
    return old, new


class _Closure:
    """Finds the part of the graph that a change can touch."""

    def __init__(self, run: Run, judgements: Sequence[Judgement]) -> None:
        self._run = run
        self._judgements = judgements
        self._part = _Part()
        self._seen = _Spellings()
        self._judged: set[str] = set()

    def around(self, truth: Truth) -> _Part:
        """Everything that the change can touch."""
        changed = truth.judgements_gone | {judgement.id for judgement in truth.judgements}
        spellings = self._spellings(truth.claims)
        for judgement in self._judgements:
            if judgement.id in changed:
                spellings.keys |= _judged_keys(judgement)
                self._judged.add(judgement.id)
        # A document told of before may call an entity by a new name now: its entities are touched whatever their names.
        added_to = {claim.document for claim in truth.claims} - {document.id for document in truth.documents}
        for name, ids in (("entities_of_claims", truth.claims_gone), ("entities_of_documents", added_to)):
            if ids:
                touched = self._run(statement(name), {"ids": sorted(ids)})
                spellings.add(self._fetch("entities_by_id", [row[0] for row in touched]))
        while spellings:
            spellings = self._widen(spellings)
        self._take_claims()
        return self._part

    def _widen(self, spellings: "_Spellings") -> "_Spellings":
        """The spellings, not looked up yet, of the entities that share one of these."""
        found = _Spellings()
        keys = spellings.keys | self._judged_with(spellings.keys)
        fresh = _Spellings(keys, spellings.slugs, spellings.sounds).without(self._seen)
        self._seen.add(fresh)
        for name, values in (("key", fresh.keys), ("slug", fresh.slugs), ("sound", fresh.sounds)):
            if values:
                found.add(self._fetch("entities_by_name", sorted(values), field=name))
        return found.without(self._seen)

    def _judged_with(self, keys: set[str]) -> set[str]:
        """The keys of the judgements that name one of these keys, or a key judged with it."""
        found: set[str] = set()
        for judgement in self._judgements:
            judged = _judged_keys(judgement)
            if judgement.id not in self._judged and judged & keys:
                self._judged.add(judgement.id)
                found |= judged
        return found | self._judged_with(found) if found else found

    def _fetch(self, name: str, values: Sequence[str], **words: str) -> "_Spellings":
        found = _Spellings()
        for id_, texts, kinds in self._run(statement(name, **words), {"values": values}):
            self._part.entities.add(id_)
            found.add(_telling(texts, kinds))
        return found

    def _spellings(self, claims: Iterable[Claim]) -> "_Spellings":
        """The spellings that can join the claims' referents to others, or that a judgement names."""
        judged = {folded for judgement in self._judgements for folded in _judged_keys(judgement)}
        found = _Spellings()
        for bearer in gather(claims).values():
            found.add(_telling(list(bearer.names), sorted(bearer.kinds)))
            found.keys |= {folded for _, folded in bearer.keys(strong=False) if folded in judged}
        return found

    def _take_claims(self) -> None:
        part = self._part
        for row in self._run(statement("claims_of_entities"), {"ids": sorted(part.entities)}):
            claim = part.claims[row[0]] = claim_of(row)
            refs = {"SUBJECT": claim.subject.id, "OBJECT": claim.object.id}
            if claim.speaker:
                refs["SAID_BY"] = claim.speaker.id
            for type_, about, entity, name in row[10]:
                part.entity_of[claim.document, about if type_ == "ABOUT" else refs[type_]] = entity
                part.names[entity] = name


def _telling(texts: Sequence[str], kinds: Sequence[str]) -> "_Spellings":
    """The spellings that can join or clash with others: of the strong names, or of the weak where there is none."""
    strong = [text for text in texts if not all(weak(text, kind) for kind in kinds)] or texts
    sounds = {read for text in strong for kind in kinds if (read := reading(text, kind))}
    keys = {key(text, kind) for text in strong for kind in kinds}
    return _Spellings(keys | sounds, {slug(text) for text in strong}, sounds)


@lru_cache(maxsize=1 << 14)
def _judged_keys(judgement: Judgement) -> frozenset[str]:
    """The keys of the names judged; without a kind, as a name of any."""
    kinds = ("", "Company", "Person")  # each of the others has the keys of ""
    return frozenset(key(side.name, kind) for side in judgement.sides for kind in ([side.kind] if side.kind else kinds))
