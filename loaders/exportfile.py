"""What `guanxi export --format jsonl` wrote: documents, claims and judgements, one a line, documents first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.model import Claim, Document, Judgement
from graph.ontology import Ontology
from loaders.dates import iso_date
from loaders.judgementsfile import judgements_of
from loaders.notes import Notes
from loaders.problems import LIMITS, Limits, Problem, RefusedError
from loaders.records import Record, read_records
from loaders.statements import Statements

PARTS = ("document", "claim", "judgement")
_ABOUT = ("title", "language", "source")
_ESCAPED = 6  # the most bytes of a character in JSON: \u0000


def read_export(
    path: Path, ontology: Ontology, limits: Limits = LIMITS
) -> Iterator[Document | Claim | Judgement | Problem]:
    """What the lines hold, in order, and what is wrong with them. A claim stands in a document of a line before it."""
    reading = _Reading(str(path), ontology, limits)
    for record in read_records(path, replace(limits, line=limits.line + _ESCAPED * limits.text)):
        if isinstance(record, Problem):
            yield record
            continue
        reading.notes.line = record.line
        try:
            found = list(reading.parts(record))
        except RefusedError as error:
            yield Problem(str(path), record.line, error.field, error.reason)
            found = []
        yield from reading.notes.drain()
        yield from found


class _Reading:
    """One file being read, with the documents that it brought."""

    def __init__(self, file: str, ontology: Ontology, limits: Limits) -> None:
        self.notes = Notes(file)
        self._ontology = ontology
        self._limits = limits
        self._statements = Statements(ontology, self.notes.add, limits)
        self._by_id: dict[str, Document] = {}
        self._by_name: dict[str, list[Document]] = {}

    def parts(self, record: Record) -> Iterator[Document | Claim | Judgement]:
        """What one line holds. Raises RefusedError."""
        if len(record.values) != 1 or not record.values.keys() <= set(PARTS):
            raise RefusedError(f"one of {', '.join(PARTS)} was expected, and nothing beside it")
        ((part, values),) = record.values.items()
        if not isinstance(values, dict):
            raise RefusedError("an object was expected", part)
        if part == "document":
            yield self._document(values)
        elif part == "claim":
            yield from self._statements.claims(values, self._document_of(values))
        else:
            yield from judgements_of(values, self._ontology, self._limits)

    def _document(self, values: dict[str, Any]) -> Document:
        for name in ("name", "text"):
            if not isinstance(values.get(name), str) or not values[name]:
                raise RefusedError("a text was expected", f"document.{name}")
        if len(values["text"]) > self._limits.text:
            raise RefusedError(f"more than {self._limits.text:,} characters", "document.text")
        about = {name: values.get(name) or "" for name in _ABOUT}
        wrong = next((name for name, value in about.items() if not isinstance(value, str)), None)
        if wrong:
            raise RefusedError("a text was expected", f"document.{wrong}")
        date = iso_date(values.get("date"))
        if date is None and values.get("date") is not None:
            raise RefusedError("a date as 2024, 2024-05 or 2024-05-06 was expected", "document.date")
        found = Document.of(values["name"], values["text"], date=date, **about)
        self._by_id[found.id] = found
        self._by_name.setdefault(found.name, []).append(found)
        return found

    def _document_of(self, values: dict[str, Any]) -> Document:
        name = str(values.get("document") or "")
        named = self._by_name.get(name, ())
        if len(named) > 1:
            raise RefusedError(f"{name[:80]!r} is the name of {len(named)} documents", "claim.document")
        found = named[0] if named else self._by_id.get(name)
        if found is None:
            raise RefusedError(f"no document of the name {name[:80]!r} stands before it", "claim.document")
        return found
