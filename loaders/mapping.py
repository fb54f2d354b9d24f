"""Which column of a table says what: read from a mapping file, or from the columns' own names."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.ontology import Ontology
from loaders.problems import RefusedError, why_unreadable

_TOP = frozenset(
    {"title", "language", "source", "date", "predicate", "predicate_column", "status", "status_column"}
    | {"sheet", "subject", "object", "speaker", "attributes"}
)
_END = frozenset({"kind", "kind_column", "name", "names", "id", "separator"})


@dataclass(frozen=True, slots=True)
class EndColumns:
    """The columns one end of a claim comes from. `separator` parts several names in one cell."""

    name: str
    names: tuple[str, ...] = ()
    id: str = ""
    kind: str = ""
    kind_column: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a row becomes a claim. What is the same in every row is written out, the rest names a column."""

    subject: EndColumns
    object: EndColumns
    speaker: EndColumns | None = None
    predicate: str = ""
    predicate_column: str = ""
    status: str = ""
    status_column: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    source: str = ""
    date: str = ""
    sheet: str = ""

    def uses(self) -> Iterator[tuple[str, str]]:
        """(column, what it becomes) for every column the mapping names."""
        for end, columns in (("subject", self.subject), ("object", self.object), ("speaker", self.speaker)):
            if columns is None:
                continue
            yield columns.name, f"{end} name"
            yield from ((name, f"{end} name") for name in columns.names)
            yield from (
                (name, f"{end} {what}") for name, what in ((columns.id, "id"), (columns.kind_column, "kind")) if name
            )
        for name, what in ((self.predicate_column, "predicate"), (self.status_column, "status")):
            if name:
                yield name, what
        yield from ((column, f"attribute {attribute}") for attribute, column in self.attributes.items())

    def required(self) -> set[str]:
        """The columns without which no row makes a claim."""
        return set(filter(None, (self.subject.name, self.object.name, self.predicate_column)))


def read_mapping(path: Path) -> TableMapping:
    """The mapping in a TOML file. Raises RefusedError naming the entry that is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RefusedError(why_unreadable(error, path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(f"not valid TOML: {error}") from error
    _only(table, _TOP, "")
    if bool(table.get("predicate")) == bool(table.get("predicate_column")):
        raise RefusedError("one of predicate and predicate_column is needed", "predicate")
    texts = {name: _text(table, name, "") for name in _TOP - {"subject", "object", "speaker", "attributes"}}
    return TableMapping(
        subject=_end(table, "subject"),
        object=_end(table, "object"),
        speaker=_end(table, "speaker") if "speaker" in table else None,
        attributes=_columns(table),
        **texts,
    )


def mapping_of(columns: tuple[str, ...], ontology: Ontology) -> TableMapping:
    """The mapping of a table whose columns are called subject, predicate, object, ... RefusedError without these."""
    named = {column.strip().casefold(): column for column in reversed(columns)}
    missing = [name for name in ("subject", "predicate", "object") if name not in named]
    if missing:
        raise RefusedError(
            f"no column {', '.join(missing)}: name the columns, or write a mapping file beside the table"
        )

    def end(what: str) -> EndColumns:
        get = {key: named.get(f"{what}_{key}", "") for key in ("id", "kind", "names")}
        names = tuple(filter(None, [get["names"]]))
        return EndColumns(named[what], names, get["id"], kind_column=get["kind"], separator=";")

    return TableMapping(
        subject=end("subject"),
        object=end("object"),
        speaker=end("speaker") if "speaker" in named else None,
        predicate_column=named["predicate"],
        status_column=named.get("status", ""),
        attributes={name: named[name] for name in ontology.attributes if name in named and name != "status"},
    )


def mapping_beside(table: Path) -> Path:
    """Where the mapping file of a table is looked for: roles.csv has roles.mapping.toml."""
    return table.with_name(f"{table.stem}.mapping.toml")


def _end(table: Mapping[str, Any], name: str) -> EndColumns:
    part = table.get(name)
    if not isinstance(part, dict):
        raise RefusedError("a table with name and kind was expected", name)
    _only(part, _END, f"{name}.")
    if not _text(part, "name", f"{name}."):
        raise RefusedError("the column with the name is needed", f"{name}.name")
    names = part.get("names", [])
    if not isinstance(names, list) or not all(isinstance(column, str) for column in names):
        raise RefusedError("a list of columns was expected", f"{name}.names")
    texts = {key: _text(part, key, f"{name}.") for key in _END - {"names"}}
    return EndColumns(names=tuple(names), **texts)


def _columns(table: Mapping[str, Any]) -> dict[str, str]:
    part = table.get("attributes", {})
    if not isinstance(part, dict):
        raise RefusedError("a table of attribute = column was expected", "attributes")
    return {name: _text(part, name, "attributes.") for name in part}


def _only(table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise RefusedError(f"unknown; known are {', '.join(sorted(known))}", f"{where}{unknown[0]}")


def _text(table: Mapping[str, Any], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise RefusedError("text was expected", f"{where}{name}")
    return value
