"""claims.jsonl: one claim a line, read against the texts that the quotes stand in, and written."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from graph.model import Claim, Document, Referent
from graph.ontology import Ontology
from loaders.notes import Notes
from loaders.problems import LIMITS, Limits, Problem, RefusedError
from loaders.records import Record, read_records
from loaders.statements import Statements

Lookup = Callable[[str], Document | None]


def read_claims(
    path: Path, ontology: Ontology, documents: Lookup, limits: Limits = LIMITS
) -> Iterator[Claim | Problem]:
    """The claims of a file in order, and what is wrong with its lines; `documents` finds a document by its name.

    A note of the same kind is given once a file, with the line where it came first.
    """
    notes = Notes(str(path))
    statements = Statements(ontology, notes.add, limits)
    for record in read_records(path, limits):
        if isinstance(record, Problem):
            yield record
            continue
        notes.line = record.line
        try:
            claims = statements.claims(record.values, _document(record, documents))
        except RefusedError as error:
            yield Problem(str(path), record.line, error.field, error.reason)
            claims = []
        yield from notes.drain()
        yield from claims


def claimed_documents(path: Path, limits: Limits = LIMITS) -> set[str]:
    """The names of the documents that a claims file has claims for."""
    records = (record.values.get("document") for record in read_records(path, limits) if isinstance(record, Record))
    return {name for name in records if isinstance(name, str)}


def claim_record(claim: Claim, document: str) -> dict[str, Any]:
    """The claim in the shape of a line; `document` is the name of the text it stands in."""
    status = {} if claim.status is None else {"status": claim.status}
    record: dict[str, Any] = {
        "document": document,
        "subject": _referent(claim.subject),
        "predicate": claim.predicate,
        "object": _referent(claim.object),
        "attributes": {**status, **claim.attributes},
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
    }
    if claim.speaker is not None:
        record["speaker"] = _referent(claim.speaker)
    return record | {"method": claim.method, "confidence": claim.confidence}


def write_claims(claims: Iterable[Claim], names: Mapping[str, str], file: TextIO) -> int:
    """Writes the claims one a line and returns how many; `names` has the document's name for its id."""
    count = 0
    for claim in claims:
        record = claim_record(claim, names.get(claim.document, claim.document))
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
        count += 1
    return count


def _document(record: Record, documents: Lookup) -> Document:
    name = record.values.get("document")
    if not isinstance(name, str) or not name:
        raise RefusedError("missing: the name of the text that the quote stands in", "document")
    document = documents(name)
    if document is None:
        raise RefusedError(f"no document of the name {name[:80]!r} is here", "document")
    return document


def _referent(referent: Referent) -> dict[str, Any]:
    return {"id": referent.id, "kind": referent.kind.lower(), "names": list(referent.names)}
