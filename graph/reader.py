"""Runs the reading statements and makes values of their rows; every part of the view reads through it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.engines.engine import Engine
from graph.errors import BadInput
from graph.ontology import Ontology
from graph.readings import Evidence, Link, Ref, Source
from graph.records import claim_of
from graph.statements import statement

LANGUAGES = ("en", "zh-Hans", "zh-Hant")  # in the order of a reference's columns
_OWN = ("id", "status", "since", "until", "current", "claims", "against", "documents")


class Reader:
    """An engine and the ontology its graph is read with."""

    def __init__(self, engine: Engine, ontology: Ontology) -> None:
        self.engine = engine
        self.ontology = ontology
        self.predicates = tuple(ontology.predicates)
        self.symmetric = tuple(name for name, p in ontology.predicates.items() if p.symmetric)

    def rows(self, name: str, parameters: Mapping[str, Any], **words: str) -> list[tuple[Any, ...]]:
        """All rows of the statement of that name."""
        with self.engine.read(statement(name, **words), parameters) as result:
            return list(result)

    def one(self, name: str, parameters: Mapping[str, Any], **words: str) -> tuple[Any, ...] | None:
        """The first row of the statement of that name, or None."""
        with self.engine.read(statement(name, **words), parameters) as result:
            return next(iter(result), None)

    def links(self, name: str, parameters: Mapping[str, Any], types: Iterable[str]) -> tuple[Link, ...]:
        """The relations that a statement gathers in its first column."""
        return tuple(link_of(item) for item in self.gathered(name, parameters, **of_types(types)))

    def gathered(self, name: str, parameters: Mapping[str, Any], **words: str) -> list[Any]:
        """What a statement gathers in the first column of its only row."""
        row = self.one(name, parameters, **words)
        return row[0] if row else []

    def links_count(self, parameters: Mapping[str, Any], types: Iterable[str]) -> int:
        """How many relations of an entity answer to the filters."""
        return int(self.rows("relations_count", parameters, **of_types(types))[0][0])

    def types(self, predicates: Sequence[str] = ()) -> tuple[str, ...]:
        """The predicates asked for, all where none is; raises BadInput for one that the ontology does not know."""
        for name in predicates:
            if name not in self.ontology.predicates:
                known = ", ".join(self.ontology.predicates)
                raise BadInput(f"{name!r} is not a predicate; there are {known}", field="predicate")
        return tuple(dict.fromkeys(predicates)) or self.predicates


def ref_of(columns: Sequence[Any]) -> Ref:
    """A reference from [id, name, kinds, name_en, name_zh_hans, name_zh_hant]."""
    id_, name, kinds, *best = columns
    return Ref(id_, name, tuple(kinds), {tag: text for tag, text in zip(LANGUAGES, best, strict=True) if text})


def of_types(types: Iterable[str]) -> dict[str, str]:
    """The words of a statement about relations of these types; `held` asks whether they held at $as_of."""
    return {"types": "|".join(types), "held": statement("held")}


def link_of(columns: Sequence[Any]) -> Link:
    """A relation from [type, reference of its start, of its end, properties]."""
    predicate, start, end, properties = columns
    return link(predicate, ref_of(start), ref_of(end), properties)


def link(predicate: str, start: Ref, end: Ref, properties: Mapping[str, Any]) -> Link:
    """A relation between two entities from its properties in the graph."""
    return Link(
        id=properties["id"],
        predicate=predicate,
        start=start,
        end=end,
        status=properties.get("status"),
        since=properties.get("since"),
        until=properties.get("until"),
        current=bool(properties.get("current")),
        attributes={name: properties[name] for name in sorted(properties) if name not in _OWN},
        claims=tuple(properties.get("claims") or ()),
        against=tuple(properties.get("against") or ()),
        documents=properties.get("documents") or 0,
    )


def evidence_of(row: Sequence[Any]) -> Evidence:
    """A claim from the columns of claim_of, its subject, its object, its document and who said it."""
    subject, object_, source, speaker = row[10:14]
    return Evidence(
        claim=claim_of(row[:10]),
        subject=ref_of(subject),
        object=ref_of(object_),
        source=source_of(source),
        speaker=ref_of(speaker) if speaker else None,
    )


def source_of(columns: Sequence[Any]) -> Source:
    """A document from [id, title, name, language, date, source], and a count of its claims where there is one."""
    id_, title, name, language, date, source, *claims = columns
    return Source(id_, title or name, name, language or "", date, source or "", *claims)
