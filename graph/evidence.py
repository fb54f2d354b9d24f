"""Claims and the documents they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.cursors import CLAIMS, DOCUMENTS, TIMELINE
from graph.errors import Ambiguous, NotFound
from graph.model import Document
from graph.reader import Reader, evidence_of, source_of
from graph.readings import Evidence, Page, Source

BATCH = 500  # claims read in one statement
_ENDS = {"subject": "SUBJECT", "object": "OBJECT", "entity": "SUBJECT|OBJECT|ABOUT", "speaker": "SAID_BY"}


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims: by entities at their ends (`entity`: at any), predicates, statuses, document, or their own ids."""

    subject: str | None = None
    object: str | None = None
    entity: str | None = None
    speaker: str | None = None
    document: str | None = None
    predicates: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def claims(reader: Reader, wanted: ClaimFilter, limit: int = 50, after: str | None = None) -> Page[Evidence]:
    """The claims that answer to the filter, in the order of documents and of the text."""
    document, start, id_ = CLAIMS.place_of(after)
    parameters = _parameters(reader, wanted)
    match = _match(wanted)
    further = "" if after is None else " AND (c.document > $last OR (c.document = $last AND (c.start > $start"
    further += "" if after is None else " OR (c.start = $start AND c.id > $after))))"
    place = {"limit": limit + 1, "last": document, "start": start, "after": id_}
    found = _read(reader, match + further, parameters | place)
    total = None
    if after is None:
        total = int(reader.rows("claims_count", parameters, match=match)[0][0])
    if len(found) <= limit:
        return Page(found, total)
    last = found[limit - 1].claim
    return Page(found[:limit], total, CLAIMS.cursor(last.document, last.start, last.id))


def _read(reader: Reader, match: str, parameters: dict[str, object]) -> tuple[Evidence, ...]:
    row = reader.one("claims", parameters, match=match)
    return tuple(evidence_of(item) for item in row[0]) if row else ()


def _parameters(reader: Reader, wanted: ClaimFilter) -> dict[str, object]:
    if wanted.predicates:
        reader.types(wanted.predicates)
    ends = {name: getattr(wanted, name) for name in _ENDS}
    lists = {"predicates": wanted.predicates, "status": wanted.status, "ids": wanted.ids}
    return ends | {"document": wanted.document} | {name: list(values) for name, values in lists.items()}


def _match(wanted: ClaimFilter) -> str:
    """The pattern and conditions for the filter; every value stays a parameter."""
    patterns = [f"(c)-[:{types}]->(:Entity {{id: ${name}}})" for name, types in _ENDS.items() if getattr(wanted, name)]
    if wanted.document:
        patterns.append("(c)-[:SAID_IN]->(:Document {id: $document})")
    conditions = ["true"]
    for name, values in (("predicate", wanted.predicates), ("status", wanted.status), ("id", wanted.ids)):
        if values:
            conditions.append(
                f"c.{name} IN ${'predicates' if name == 'predicate' else 'ids' if name == 'id' else name}"
            )
    together = f"MATCH {', '.join(['(c:Claim)', *patterns])}\nWITH DISTINCT c\n"
    return f"{together}WHERE {' AND '.join(conditions)}"


def claims_by_id(reader: Reader, ids: Iterable[str]) -> dict[str, Evidence]:
    """The claims of these ids; those that are not in the graph are left out."""
    wanted = sorted(set(ids))
    found: dict[str, Evidence] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        match = "UNWIND $ids AS id\nMATCH (c:Claim {id: id})"
        found.update((e.claim.id, e) for e in _read(reader, match, {"ids": part, "limit": len(part)}))
    return found


def claim(reader: Reader, id_: str) -> Evidence:
    """The claim of that id; raises NotFound."""
    found = claims_by_id(reader, [id_])
    if id_ not in found:
        raise NotFound(f"no claim {id_}")
    return found[id_]


def timeline(reader: Reader, id_: str, limit: int = 200, after: str | None = None) -> Page[tuple[str, Evidence]]:
    """The entity's claims that say a date, in the order of their dates: (date, claim)."""
    date, last = TIMELINE.place_of(after)
    rows = reader.rows("timeline", {"id": id_, "date": date, "after": last, "limit": limit + 1})
    dates: Sequence[tuple[str, str]] = [(row[0], row[1]) for row in rows]
    found = claims_by_id(reader, (claim_id for _, claim_id in dates[:limit]))
    items = tuple((day, found[claim_id]) for day, claim_id in dates[:limit] if claim_id in found)
    return Page(items, None, TIMELINE.cursor(*dates[limit - 1]) if len(dates) > limit else None)


def documents(reader: Reader, language: str | None = None, limit: int = 50, after: str | None = None) -> Page[Source]:
    """Documents, newest first."""
    date, last = DOCUMENTS.place_of(after)
    parameters = {"language": language, "date": date, "after": last, "limit": limit + 1}
    row = reader.one("documents", parameters)
    found = tuple(source_of(item) for item in row[0]) if row else ()
    total = None
    if after is None:
        total = int(reader.rows("documents_count", {"language": language})[0][0])
    place = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], total, DOCUMENTS.cursor(place.date or "", place.id) if place else None)


def document(reader: Reader, id_: str) -> Document:
    """The document of that id, or of that file name; raises NotFound, and Ambiguous where several bear the name."""
    rows = reader.rows("document", {"id": id_}) or reader.rows("document_by_name", {"name": id_})
    if not rows:
        raise NotFound(f"no document {id_}")
    if len(rows) > 1:
        ids = [row[0] for row in rows]
        raise Ambiguous(f"{id_} may be {', '.join(ids)}", ids)
    found, name, text, title, language, date, source = rows[0]
    return Document(found, name, text, title or name, language or "", date, source or "")
