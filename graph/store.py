"""The graph in the domain's words: documents, claims and judgements go in; entities and relations follow."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

from graph.assemble import Assembly
from graph.changes import changes
from graph.derive import Run, Truth, difference, from_nothing
from graph.engines import open_engine
from graph.engines.engine import Engine, Transaction
from graph.errors import NotFound
from graph.model import Claim, Document, Entity, Judgement, Relation
from graph.ontology import Ontology, load_ontology
from graph.records import claim_of, claim_properties, document_properties, judgement_properties
from graph.schema import SCHEMA_VERSION, schema_of
from graph.settings import Settings
from graph.statements import statement

log = logging.getLogger(__name__)

BATCH = 5000  # rows of a statement; larger ones gain nothing and hold locks longer
DERIVATION = 1  # raised whenever the same claims come to other entities or relations than before
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Load:
    """A document and the claims read from it: they go in together or not at all."""

    document: Document
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the truth comes to. Relations and entities are those that appear, and those that go."""

    documents: int = 0
    claims: int = 0
    judgements: int = 0
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    entities_gone: tuple[Entity, ...] = ()
    relations_gone: tuple[Relation, ...] = ()
    claims_added: tuple[Claim, ...] = field(default=(), repr=False)


class Store:
    """One graph, open. Use as a context manager, or close it."""

    def __init__(self, engine: Engine, ontology: Ontology, name: str = "graph") -> None:
        self.engine = engine
        self.ontology = ontology
        self.name = name
        self._derivation = f"{DERIVATION}:{_fingerprint(ontology)}"

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
        """Add documents with their claims, and judgements. What the graph has already is left as it is."""
        truth = self._unknown(list(loads), judgements)
        if not (truth.documents or truth.claims or truth.judgements):
            return Effect()
        if len(truth.claims) > max(BATCH, self.count("Claim")):
            return self._add_in_bulk(truth, progress)
        return self.engine.write(lambda tx: self._apply(tx, truth))

    def preview(self, loads: Iterable[Load], judgements: Sequence[Judgement] = ()) -> Effect:
        """What `add` would come to. Nothing is written."""
        truth = self._unknown(list(loads), judgements)
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
        for label in ("Name", "Entity"):
            while self.engine.write(lambda tx, label=label: _delete_some(tx, label)):  # type: ignore[misc]
                pass
        batches = list(from_nothing(self._run, self.ontology))
        total = sum(len(batch.rows) for batch in batches)
        done = 0
        for batch in batches:
            for part in batch.parts(BATCH):
                self.engine.write(lambda tx, part=part: tx.run(part.statement, {"rows": part.rows}))  # type: ignore[misc]
                done += len(part.rows)
                if progress:
                    progress("entities and relations", done, total)
        self._set_derivation(self._derivation)

    def count(self, label: str) -> int:
        """How many nodes have the label."""
        return int(self.rows(statement("count", label=label))[0][0])

    # Steps of writing

    def _run(self, text: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return self.rows(text, dict(parameters))

    def _unknown(self, loads: Sequence[Load], judgements: Sequence[Judgement]) -> Truth:
        """What of these the graph does not have yet."""
        documents = {load.document.id: load.document for load in loads}
        claims = {claim.id: claim for load in loads for claim in load.claims}
        judged = {judgement.id: judgement for judgement in judgements}
        known = {
            label: self._known(label, ids)
            for label, ids in (("Document", documents), ("Claim", claims), ("Judgement", judged))
        }
        return Truth(
            documents=tuple(d for id_, d in sorted(documents.items()) if id_ not in known["Document"]),
            claims=tuple(c for id_, c in sorted(claims.items()) if id_ not in known["Claim"]),
            judgements=tuple(j for id_, j in sorted(judged.items()) if id_ not in known["Judgement"]),
        )

    def _known(self, label: str, ids: Iterable[str]) -> set[str]:
        wanted = list(ids)
        text = statement("known_ids", label=label)
        parts = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
        return {row[0] for part in parts for row in self.rows(text, {"ids": part})}

    def _apply(self, tx: Transaction, truth: Truth) -> Effect:
        old, new = difference(tx.run, self.ontology, truth)
        _write_truth(tx.run, truth)
        for batch in changes(old, new):
            for part in batch.parts(BATCH):
                tx.run(part.statement, {"rows": part.rows})
        return _effect(truth, old, new)

    def _withdraw(self, tx: Transaction, truth: Truth, document: str) -> Effect:
        effect = self._apply(tx, truth)
        tx.run(statement("delete_document"), {"id": document})
        return effect

    def _take_back(self, tx: Transaction, truth: Truth, judgement: str) -> Effect:
        effect = self._apply(tx, truth)
        tx.run(statement("delete_judgement"), {"id": judgement})
        return effect

    def _add_in_bulk(self, truth: Truth, progress: Progress | None) -> Effect:
        """Write the truth in batches of whole documents, then derive everything; a break is mended at opening."""
        before = self.count("Entity")
        self._set_derivation("")
        done = 0
        for part in _whole_documents(truth):
            self.engine.write(lambda tx, part=part: _write_truth(tx.run, part))  # type: ignore[misc]
            done += len(part.claims)
            if progress:
                progress("claims", done, len(truth.claims))
        self.rebuild(progress)
        log.info("%d entities more", self.count("Entity") - before)
        return Effect(len(truth.documents), len(truth.claims), len(truth.judgements), claims_added=truth.claims)

    def _set_derivation(self, derivation: str) -> None:
        parameters = {"schema": SCHEMA_VERSION, "derivation": derivation}
        self.engine.write(lambda tx: tx.run(statement("set_meta"), parameters))


def _write_truth(run: Run, truth: Truth) -> None:
    documents = [document_properties(document) for document in truth.documents]
    claims = [claim_properties(claim) for claim in truth.claims]
    judgements = [judgement_properties(judgement) for judgement in truth.judgements]
    for name, rows in (("add_documents", documents), ("add_claims", claims), ("add_judgements", judgements)):
        for start in range(0, len(rows), BATCH):
            run(statement(name), {"rows": rows[start : start + BATCH]})


def _whole_documents(truth: Truth) -> Iterator[Truth]:
    """The truth in parts of whole documents, about a batch of claims each; judgements come with the first."""
    by_document: dict[str, list[Claim]] = {document.id: [] for document in truth.documents}
    for claim in truth.claims:
        by_document.setdefault(claim.document, []).append(claim)
    documents = {document.id: document for document in truth.documents}
    judgements = truth.judgements
    ids: list[str] = []
    size = 0
    for id_, claims in by_document.items():
        ids.append(id_)
        size += 1 + len(claims)
        if size >= BATCH:
            yield _part_of(ids, documents, by_document, judgements)
            ids, size, judgements = [], 0, ()
    if ids or judgements:
        yield _part_of(ids, documents, by_document, judgements)


def _part_of(
    ids: Sequence[str],
    documents: dict[str, Document],
    claims: dict[str, list[Claim]],
    judgements: tuple[Judgement, ...],
) -> Truth:
    return Truth(
        documents=tuple(documents[id_] for id_ in ids if id_ in documents),
        claims=tuple(claim for id_ in ids for claim in claims[id_]),
        judgements=judgements,
    )


def _effect(truth: Truth, old: Assembly, new: Assembly) -> Effect:
    return Effect(
        documents=len(truth.documents),
        claims=len(truth.claims),
        judgements=len(truth.judgements),
        entities=tuple(new.entities[id_] for id_ in new.entities if id_ not in old.entities),
        relations=tuple(new.relations[id_] for id_ in new.relations if id_ not in old.relations),
        entities_gone=tuple(old.entities[id_] for id_ in old.entities if id_ not in new.entities),
        relations_gone=tuple(old.relations[id_] for id_ in old.relations if id_ not in new.relations),
        claims_added=truth.claims,
    )


def _delete_some(tx: Transaction, label: str) -> int:
    return int(tx.run(statement("delete_some", label=label), {"limit": BATCH})[0][0])


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
