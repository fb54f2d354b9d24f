"""A table becomes a document, and each of its rows a claim whose quote is the row itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model import Claim, Document
from graph.ontology import Ontology
from loaders.dates import iso_date
from loaders.documents import check_size
from loaders.languages import language_named, language_of
from loaders.mapping import EndColumns, TableMapping, mapping_beside, mapping_of, read_mapping
from loaders.notes import Notes
from loaders.problems import LIMITS, Limits, Problem, RefusedError, why_unreadable
from loaders.rows import Row, Table, read_rows
from loaders.statements import Statements
from loaders.values import is_absent

METHOD = "table"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table to be read: the file, the document's name (the file's own when empty), and its mapping, if any."""

    path: Path
    name: str = ""
    mapping: Path | None = None

    def mapping_file(self) -> Path | None:
        """The mapping given, else the one beside the table, else none."""
        beside = mapping_beside(self.path)
        return self.mapping or (beside if beside.is_file() else None)


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a table would give: (column, what it becomes) pairs, unused columns, counts, and problems."""

    file: str
    mapping: str
    columns: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    rows: int
    claims: int
    problems: tuple[Problem, ...]


def read_table(file: TableFile, ontology: Ontology, limits: Limits = LIMITS) -> Iterator[Document | Claim | Problem]:
    """The table's document, then the claims of its rows in order with what is wrong with them."""
    try:
        table, mapping, problems = _opened(file, ontology, limits)
    except _TableError as error:
        yield error.problem
        return
    yield from problems
    document = _document(file, table, mapping)
    yield document
    notes = Notes(str(file.path))
    statements = Statements(ontology, lambda field, reason: notes.add(_column(field, mapping), reason), limits)
    for row in table.rows():
        notes.line = row.line
        claims: list[Claim] = []
        try:
            claims = statements.claims(_record(row, mapping, ontology, document.text), document)
        except RefusedError as error:
            yield Problem(str(file.path), row.line, _column(error.field, mapping), error.reason)
        yield from notes.drain()
        yield from claims


def describe(file: TableFile, ontology: Ontology, limits: Limits = LIMITS) -> TableReport:
    """A dry run: which column becomes what, which are unused, which rows are refused and why. Nothing is kept."""
    try:
        table, mapping, _ = _opened(file, ontology, limits)
    except _TableError as error:
        return TableReport(str(file.path), "", (), (), 0, 0, (error.problem,))
    uses = tuple((column, what) for column, what in mapping.uses() if column in table.columns)
    used = {column for column, _ in uses}
    found = list(read_table(file, ontology, limits))
    return TableReport(
        file=str(file.path),
        mapping=str(file.mapping_file() or "the columns' own names"),
        columns=uses,
        unused=tuple(column for column in table.columns if column not in used),
        rows=sum(1 for _ in table.rows()),
        claims=sum(isinstance(item, Claim) for item in found),
        problems=tuple(item for item in found if isinstance(item, Problem)),
    )


class _TableError(Exception):
    """The table as a whole is not read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _opened(file: TableFile, ontology: Ontology, limits: Limits) -> tuple[Table, TableMapping, list[Problem]]:
    """The table and its mapping, and notes on columns that the mapping names and the table lacks."""
    place = mapping_path = file.mapping_file()
    try:
        mapping = read_mapping(mapping_path) if mapping_path else None
        place = file.path
        check_size(file.path, limits)
        table = read_rows(file.path, limits, mapping.sheet if mapping else "")
        whole = mapping or mapping_of(table.columns, ontology)
        place = mapping_path or file.path
        return table, whole, [Problem(str(place), 0, c, r, refused=False) for c, r in _lacking(table, whole)]
    except RefusedError as error:
        raise _TableError(Problem(str(place), 0, error.field, error.reason)) from error
    except OSError as error:
        raise _TableError(Problem(str(file.path), 0, "", why_unreadable(error, file.path))) from error


def _lacking(table: Table, mapping: TableMapping) -> list[tuple[str, str]]:
    missing = {column: what for column, what in mapping.uses() if column not in table.columns}
    needed = sorted(mapping.required() & missing.keys())
    if needed:
        raise RefusedError(f"no such column; the table has {', '.join(table.columns) or 'none'}", needed[0])
    return [(column, f"the table has no such column for {what}") for column, what in missing.items()]


def _document(file: TableFile, table: Table, mapping: TableMapping) -> Document:
    return Document.of(
        file.name or file.path.name,
        table.text,
        title=mapping.title or file.path.stem,
        language=language_named(mapping.language) or language_of(table.text),
        date=iso_date(mapping.date),
        source=mapping.source,
    )


def _record(row: Row, mapping: TableMapping, ontology: Ontology, text: str) -> dict[str, Any]:
    """The row as a record of the shape that claims files have."""
    if row.refused:
        raise RefusedError(row.refused)
    attributes = {name: row.cells.get(column) for name, column in mapping.attributes.items()}
    status = _cell(row, mapping.status_column) or _cell(row, mapping.attributes.get("status", "")) or mapping.status
    predicate = mapping.predicate or _predicate(_cell(row, mapping.predicate_column))
    record = {
        "subject": _end(row, mapping.subject),
        "predicate": predicate,
        "object": _end(row, mapping.object),
        "attributes": attributes | ({"status": status} if status else {}),
        "quote": text[row.start : row.end],
        "start": row.start,
        "end": row.end,
        "method": METHOD,
    }
    _add_kinds(record, ontology)
    if mapping.speaker and _cell(row, mapping.speaker.name):
        record["speaker"] = {"kind": "person"} | _end(row, mapping.speaker)
    return record


def _end(row: Row, columns: EndColumns) -> dict[str, Any]:
    """One end of the claim; of the columns with names those that have one in this row."""
    names = [
        name for column in (columns.name, *columns.names) for name in _names(row.cells.get(column), columns.separator)
    ]
    kind = _cell(row, columns.kind_column) or columns.kind
    return {"id": _cell(row, columns.id), "names": names} | ({"kind": kind} if kind else {})


def _names(value: object, separator: str) -> list[object]:
    if is_absent(value):
        return []
    if isinstance(value, list):
        return value
    return list(value.split(separator)) if separator and isinstance(value, str) else [_worded(value)]


def _cell(row: Row, column: str) -> str:
    value = row.cells.get(column) if column else None
    return "" if is_absent(value) else str(_worded(value)).strip()


def _worded(value: object) -> object:
    """A number in a cell as the word it stands for, as in the name of the firm 360."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _predicate(word: str) -> str:
    return "_".join(word.upper().split())


def _add_kinds(record: dict[str, Any], ontology: Ontology) -> None:
    """Adds a kind that is not given where the predicate leaves only one."""
    predicate = ontology.predicates.get(record["predicate"])
    if predicate is None:
        return
    for end, kinds in (("subject", predicate.starts), ("object", predicate.ends)):
        if "kind" not in record[end] and len(kinds) == 1:
            record[end]["kind"] = kinds[0]


def _column(field: str, mapping: TableMapping) -> str:
    """The column that a field of the record came from, for messages; the field itself where there is none."""
    whole: Mapping[str, str] = {
        "subject.names": mapping.subject.name,
        "subject.id": mapping.subject.id,
        "subject.kind": mapping.subject.kind_column,
        "object.names": mapping.object.name,
        "object.id": mapping.object.id,
        "object.kind": mapping.object.kind_column,
        "predicate": mapping.predicate_column,
        "status": mapping.status_column or mapping.attributes.get("status", ""),
    }
    attribute = mapping.attributes.get(field.removeprefix("attributes."), "")
    return whole.get(field, "") or attribute or field
