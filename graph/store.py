"""The graph in the domain's words: documents, claims and judgements go in; entities and relations follow."""

import hashlib
import itertools
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

from graph.aliases import fingerprint
from graph.assemble import Assembly
from graph.changes import changes
from graph.derive import Run, Truth, Whole, difference
from graph.engines import open_engine
from graph.engines.engine import Engine, Transaction
from graph.engines.parameters import Plain
from graph.errors import NotFound
from graph.garbage import all_kept
from graph.model import Claim, Document, Entity, Judgement, Relation
from graph.ontology import Ontology, load_ontology
from graph.records import claim_of, claim_properties, document_properties, judgement_properties
from graph.schema import SCHEMA_VERSION, schema_of
from graph.settings import Settings
from graph.statements import statement
from graph.writer import Writer

log = logging.getLogger(__name__)

BATCH = 5000  # rows of a statement; larger ones gain nothing and hold locks longer
DELETED_AT_ONCE = 1000  # nodes; each takes its relationships along, and a small server must hold them all
TEXT_A_ROW = 2000  # characters of text that weigh as much as a row
DERIVATION = 2  # raised whenever the same claims come to other entities or relations than before
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Load:
    """A document and the claims read from it: they go in together or not at all."""

    document: Document
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the truth comes to: what came or went, and the entities and relations that appear and go.

    After many documents at once only the number of new entities is known, not which.
    """

    documents: int = 0
    claims: int = 0
    judgements: int = 0
    new_entities: int = 0
    by_predicate: Mapping[str, int] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities_gone: tuple[Entity, ...] = ()
    relations_gone: tuple[Relation, ...] = ()

    def and_then(self, later: "Effect") -> "Effect":
        """The effect of this change and a later one together."""
        return Effect(
            documents=self.documents + later.documents,
            claims=self.claims + later.claims,
            judgements=self.judgements + later.judgements,
            new_entities=self.new_entities + later.new_entities,
            by_predicate=Counter(self.by_predicate) + Counter(later.by_predicate),
            entities=self.entities + later.entities,
            relations=self.relations + later.relations,
            entities_gone=self.entities_gone + later.entities_gone,
            relations_gone=self.relations_gone + later.relations_gone,
        )


class Store:
    """One graph, open. Use as a context manager, or close it."""

    def __init__(self, engine: Engine, ontology: Ontology, name: str = "graph") -> None:
        self.engine = engine
        self.ontology = ontology
        self.name = name
        self._derivation = f"{DERIVATION}:{_fingerprint(ontology)}:{fingerprint()}"

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> "Store":
        """The graph that the settings name, made where there is none; what a break left unfinished is finished."""
        ontology = load_ontology(settings.ontology)
        store = cls(open_engine(settings), ontology, settings.graph)
        try:
            store.prepare(progress)
        except BaseException:
            store.close()
            raise
        return store

    def prepare(self, progress: Progress | None = None) -> None:
        """Make the schema, and derive again where a break, another version or another ontology asks for it."""
        self.engine.ensure_schema(schema_of(self.ontology))
        rows = self.rows(statement("meta"))
        derivation = rows[0][1] if rows else None
        if derivation != self._derivation:
            if rows:
                log.warning("%s: entities and relations are made again: %s", self.name, _why(derivation))
            self.rebuild(progress)

    def close(self) -> None:
        """Give the graph back."""
        self.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    def rows(self, text: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a reading statement."""
        with self.engine.read(text, parameters or {}) as result:
            return list(result)

    # Writing

    def add(
        self, loads: Iterable[Load], judgements: Sequence[Judgement] = (), progress: Progress | None = None
    ) -> Effect:
        """Add documents with their claims, and judgements. What the graph has already is left as it is.

        Each document goes in whole or not at all. Many at once into a smaller graph are derived together at the end;
        a break in between is mended when the graph is next opened.
        """
        batches = _batches(loads)
        first = next(batches, [])
        second = next(batches, None)
        if second is None:
            return self._add_batch(first, judgements)
        every = itertools.chain((first, second), batches)
        if self.count("Claim") <= BATCH:
            return self._add_in_bulk(every, judgements, progress)
        effect = Effect()
        for batch in every:
            effect = effect.and_then(self._add_batch(batch, judgements))
            if progress:
                progress("claims", effect.claims, effect.claims)
        return effect

    def _add_batch(self, loads: Sequence[Load], judgements: Sequence[Judgement]) -> Effect:
        if _is_empty(self._unknown(loads, judgements, self._run)):
            return Effect()
        return self.engine.write(lambda tx: self._add_unknown(tx, loads, judgements))

    def _add_unknown(self, tx: Transaction, loads: Sequence[Load], judgements: Sequence[Judgement]) -> Effect:
        _take_turn(tx)
        truth = self._unknown(loads, judgements, tx.run)  # another writer may have added some of it meanwhile
        return Effect() if _is_empty(truth) else self._apply(tx, truth)

    def preview(self, loads: Iterable[Load], judgements: Sequence[Judgement] = ()) -> Effect:
        """What `add` would come to. Nothing is written."""
        truth = self._unknown(list(loads), judgements, self._run)
        return _effect(truth, *difference(self._run, self.ontology, truth))

    def withdraw(self, document: str, *, dry_run: bool = False) -> Effect:
        """Delete a document and its claims; relations and entities that lose their last claim go too.

        Raises NotFound for a document that the graph does not hold.
        """
        if not self.rows(statement("known_ids", label="Document"), {"ids": [document]}):
            raise NotFound(f"no document {document}")
        claims = [claim_of(row) for row in self.rows(statement("document_claims"), {"id": document})]
        truth = Truth(claims_gone=frozenset(claim.id for claim in claims))
        if dry_run:
            effect = _effect(truth, *difference(self._run, self.ontology, truth))
        else:
            effect = self.engine.write(lambda tx: self._withdraw(tx, truth, document))
        return replace(effect, documents=1, claims=len(claims))

    def judge(self, judgement: Judgement, *, dry_run: bool = False) -> Effect:
        """Record a judgement, or see what it would change."""
        return self.preview((), [judgement]) if dry_run else self.add((), [judgement])

    def take_back(self, judgement: str, *, dry_run: bool = False) -> Effect:
        """Delete a judgement: what it joined or parted goes back. Raises NotFound where there is none of that id."""
        if not self.rows(statement("known_ids", label="Judgement"), {"ids": [judgement]}):
            raise NotFound(f"no judgement {judgement}")
        truth = Truth(judgements_gone=frozenset([judgement]))
        if dry_run:
            return _effect(truth, *difference(self._run, self.ontology, truth))
        return self.engine.write(lambda tx: self._take_back(tx, truth, judgement))

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make entities and relations again from nothing but documents, claims and judgements."""
        self._set_derivation("")
        self._forget_derived()
        whole = Whole.read(self._run)
        with Writer(self.engine) as writer:
            self._derive(whole, writer, progress)
        self._set_derivation(self._derivation)

    def _forget_derived(self) -> None:
        for label in ("Name", "Entity"):
            while self.engine.write(lambda tx, label=label: _delete_some(tx, label)):  # type: ignore[misc]
                pass

    def _derive(self, whole: Whole, writer: Writer, progress: Progress | None) -> None:
        """Write everything that all the graph knows comes to; nothing derived is there yet."""
        done = 0
        for batch in whole.derived(self.ontology):
            for part in batch.parts(BATCH):
                writer.put(lambda tx, part=part: tx.run(part.statement, {"rows": part.rows}))  # type: ignore[misc]
                done += len(part.rows)
                if progress:
                    progress("entities and relations", done, done)

    def count(self, label: str) -> int:
        """How many nodes have the label."""
        return int(self.rows(statement("count", label=label))[0][0])

    # Steps of writing

    def _run(self, text: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return self.rows(text, dict(parameters))

    def _unknown(self, loads: Sequence[Load], judgements: Sequence[Judgement], run: Run) -> Truth:
        """What of these the graph does not have yet."""
        truth = _truth(loads, judgements, frozenset())
        known: set[str] = set()
        for label, nodes in (
            ("Document", truth.documents),
            ("Claim", truth.claims),
            ("Judgement", truth.judgements),
        ):
            known |= _known(label, [node.id for node in nodes], run)
        return truth.without(known)

    def _apply(self, tx: Transaction, truth: Truth) -> Effect:
        old, new = difference(tx.run, self.ontology, truth)
        _write_truth(tx.run, truth)
        for batch in changes(old, new):
            for part in batch.parts(BATCH):
                tx.run(part.statement, {"rows": part.rows})
        return _effect(truth, old, new)

    def _withdraw(self, tx: Transaction, truth: Truth, document: str) -> Effect:
        _take_turn(tx)
        effect = self._apply(tx, truth)
        tx.run(statement("delete_document"), {"id": document})
        return effect

    def _take_back(self, tx: Transaction, truth: Truth, judgement: str) -> Effect:
        _take_turn(tx)
        effect = self._apply(tx, truth)
        tx.run(statement("delete_judgement"), {"id": judgement})
        return effect

    def _add_in_bulk(
        self, batches: Iterable[Sequence[Load]], judgements: Sequence[Judgement], progress: Progress | None
    ) -> Effect:
        entities = self.count("Entity")
        whole = Whole.read(self._run)
        seen = set(whole.ids())
        self._set_derivation("")
        self._forget_derived()
        effect = Effect()
        with Writer(self.engine) as writer:
            for batch in batches:
                # What was put into the writer may not be stored yet, so the graph alone cannot tell what is known; and
                # only of documents can it hold more than the whole that was read.
                truth = _truth(batch, judgements, seen)
                truth = truth.without(_known("Document", [document.id for document in truth.documents], self._run))
                seen.update(truth.ids())
                writer.put(lambda tx, truth=truth: _write_truth(tx.run, truth))  # type: ignore[misc]
                whole.add(truth)
                effect = effect.and_then(_told(truth))
                if progress:
                    progress("claims", effect.claims, effect.claims)
            self._derive(whole, writer, progress)
        self._set_derivation(self._derivation)
        return replace(effect, new_entities=self.count("Entity") - entities)

    def _set_derivation(self, derivation: str) -> None:
        parameters = {"schema": SCHEMA_VERSION, "derivation": derivation}
        self.engine.write(lambda tx: tx.run(statement("set_meta"), parameters))


def _take_turn(tx: Transaction) -> None:
    """Wait for other writers: what is derived here stands on what is there, and two may tell of one entity at once."""
    tx.run(statement("take_turn"), {})


def _known(label: str, ids: Sequence[str], run: Run) -> set[str]:
    """Which of these ids the graph has."""
    text = statement("known_ids", label=label)
    parts = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return {row[0] for part in parts for row in run(text, {"ids": part})}


def _is_empty(truth: Truth) -> bool:
    return not (truth.documents or truth.claims or truth.judgements)


def _truth(loads: Sequence[Load], judgements: Sequence[Judgement], known: AbstractSet[str]) -> Truth:
    """All of these whose ids are not known, each once, in the order of their ids."""
    documents = {load.document.id: load.document for load in loads if load.document.id not in known}
    claims = {claim.id: claim for load in loads for claim in load.claims if claim.id not in known}
    judged = {judgement.id: judgement for judgement in judgements if judgement.id not in known}
    return Truth(
        documents=tuple([documents[id_] for id_ in sorted(documents)]),
        claims=tuple([claims[id_] for id_ in sorted(claims)]),
        judgements=tuple([judged[id_] for id_ in sorted(judged)]),
    )


def _write_truth(run: Run, truth: Truth) -> None:
    with all_kept():
        documents = [document_properties(document) for document in truth.documents]
        claims = [claim_properties(claim) for claim in truth.claims]
        judgements = [judgement_properties(judgement) for judgement in truth.judgements]
    for name, rows in (("add_documents", documents), ("add_claims", claims), ("add_judgements", judgements)):
        for start in range(0, len(rows), BATCH):
            run(statement(name), {"rows": Plain(rows[start : start + BATCH])})


def _batches(loads: Iterable[Load]) -> Iterator[list[Load]]:
    """The loads in lists of whole documents with about a batch of claims, or of text, each."""
    batch: list[Load] = []
    size = 0
    for load in loads:
        batch.append(load)
        size += 1 + len(load.claims) + len(load.document.text) // TEXT_A_ROW
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _told(truth: Truth) -> Effect:
    """The effect on the truth alone."""
    by_predicate = Counter(claim.predicate for claim in truth.claims)
    counts = len(truth.documents), len(truth.claims), len(truth.judgements)
    return Effect(*counts, by_predicate=by_predicate)


def _effect(truth: Truth, old: Assembly, new: Assembly) -> Effect:
    entities = tuple(new.entities[id_] for id_ in new.entities if id_ not in old.entities)
    return replace(
        _told(truth),
        new_entities=len(entities),
        entities=entities,
        relations=tuple(new.relations[id_] for id_ in new.relations if id_ not in old.relations),
        entities_gone=tuple(old.entities[id_] for id_ in old.entities if id_ not in new.entities),
        relations_gone=tuple(old.relations[id_] for id_ in old.relations if id_ not in new.relations),
    )


def _delete_some(tx: Transaction, label: str) -> int:
    return int(tx.run(statement("delete_some", label=label), {"limit": DELETED_AT_ONCE})[0][0])


def _fingerprint(ontology: Ontology) -> str:
    """A hash of what of the ontology entities and relations depend on."""
    parts = (
        [(s.name, s.asserted, s.negates, s.over) for s in ontology.statuses.values()],
        [(p.name, p.symmetric, p.identity) for p in ontology.predicates.values()],
        sorted(ontology.kinds),
        sorted(ontology.roles.items()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _why(derivation: str | None) -> str:
    return "the last time was interrupted" if not derivation else "the program or the ontology has changed"
