"""The schema on the embedded engine: types with plain and full-text indexes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.engines.engine import FulltextIndex

if TYPE_CHECKING:
    from graph.engines.engine import Schema
    from graph.engines.jvm import Java

ANALYZER = "org.apache.lucene.analysis.cjk.CJKAnalyzer"
# Each type notes the full-text indexes it is in, by their names: the engine itself names them by type and property.
_NOTE = "fulltext:"
_CREATE = re.compile(
    r"CREATE\s+FULLTEXT\s+INDEX\s+(?P<name>`[^`]+`|\w+)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r"FOR\s*\(\s*\w+\s*:(?P<labels>[^)]+)\)\s*ON\s+EACH\s*\[(?P<properties>[^\]]+)\]\s*(?:OPTIONS\s*\{.*\})?",
    re.IGNORECASE | re.DOTALL,
)


def ensure(database: Java, schema: Schema) -> None:
    """Make what is missing.

    Unique properties get plain indexes: under a unique one a node cannot be given another label, because it then
    moves to another type with the same key. The one writer sees to it that ids are unique.
    """
    for label, name in (*schema.unique, *schema.indexes):
        if not _indexed(database, label, (name,)):
            _property(database, label, name)
            _sql(database, f"CREATE INDEX IF NOT EXISTS ON `{label}` (`{name}`) NOTUNIQUE")
    for index in schema.fulltext:
        make_fulltext(database, index)


def fulltext_statement(statement: str) -> FulltextIndex | None:
    """The index that Neo4j's CREATE FULLTEXT INDEX asks for; the engine itself does not read that statement."""
    found = _CREATE.fullmatch(statement.strip().rstrip(";"))
    if not found:
        return None
    labels = tuple(label.strip("` ") for label in found["labels"].split("|"))
    properties = tuple(part.strip().partition(".")[2].strip("`") for part in found["properties"].split(","))
    return FulltextIndex(found["name"].strip("`"), labels, properties)


def make_fulltext(database: Java, index: FulltextIndex) -> None:
    """Index the properties of each label, with an analyzer that finds Chinese words."""
    for label in index.labels:
        if _indexed(database, label, index.properties) and _noted(database, label, index):
            continue
        for name in index.properties:
            _property(database, label, name)
        columns = ", ".join(f"`{name}`" for name in index.properties)
        _sql(
            database,
            f'CREATE INDEX IF NOT EXISTS ON `{label}` ({columns}) FULL_TEXT METADATA {{"analyzer": "{ANALYZER}"}}',
        )
        database.getSchema().getType(label).setCustomValue(_NOTE + index.name, ",".join(index.properties))


def fulltext_indexes(database: Java) -> dict[str, list[str]]:
    """The full-text indexes by name, each with the engine's own indexes behind it, one for each label."""
    found: dict[str, list[str]] = {}
    for kind in database.getSchema().getTypes():
        for note in kind.getCustomKeys():
            if str(note).startswith(_NOTE):
                properties = str(kind.getCustomValue(note))
                found.setdefault(str(note)[len(_NOTE) :], []).append(f"{kind.getName()}[{properties}]")
    return found


def _indexed(database: Java, label: str, properties: tuple[str, ...]) -> bool:
    """Whether the index is there: asking is a thousand times quicker than a statement that then does nothing."""
    return bool(database.getSchema().existsIndex(f"{label}[{','.join(properties)}]"))


def _noted(database: Java, label: str, index: FulltextIndex) -> bool:
    noted = database.getSchema().getType(label).getCustomValue(_NOTE + index.name)
    return str(noted) == ",".join(index.properties)


def _property(database: Java, label: str, name: str) -> None:
    _sql(database, f"CREATE VERTEX TYPE `{label}` IF NOT EXISTS")
    _sql(database, f"CREATE PROPERTY `{label}`.`{name}` IF NOT EXISTS STRING")


def _sql(database: Java, statement: str) -> None:
    database.command("sql", statement).close()
