"""The graph's schema as statements, and the version that is written in the graph beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.engines.engine import Engine, FulltextIndex, Schema

# Words of Chinese names are found by pairs of characters; also in Latin text the analyzer keeps every word.
ANALYZER = "cjk"


def check_version(engine: Engine, schema: Schema) -> None:
    """Note the schema's version in the graph; raises Conflict where a newer program made this graph."""
    with engine.read("MATCH (s:GraphSchema {id: 'schema'}) RETURN s.version") as found:
        stored = next((version for (version,) in found), None)
    if stored == schema.version:
        return
    if stored is not None and stored > schema.version:
        raise Conflict(
            f"this graph has schema version {stored} and this program knows {schema.version}; use a newer guanxi"
        )
    engine.write(
        lambda tx: tx.run("MERGE (s:GraphSchema {id: 'schema'}) SET s.version = $version", {"version": schema.version})
    )


def neo4j_statements(schema: Schema) -> Iterator[tuple[str, str]]:
    """What makes the schema in Neo4j: the name of an index, and the statement; each may be run again without harm."""
    for label, name in schema.unique:
        index = f"{label.lower()}_{name}_unique"
        yield index, f"CREATE CONSTRAINT {index} IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.`{name}` IS UNIQUE"
    for label, name in schema.indexes:
        index = f"{label.lower()}_{name}"
        yield index, f"CREATE INDEX {index} IF NOT EXISTS FOR (n:`{label}`) ON (n.`{name}`)"
    yield from map(_neo4j_fulltext, schema.fulltext)


def _neo4j_fulltext(index: FulltextIndex) -> tuple[str, str]:
    labels = "|".join(f"`{label}`" for label in index.labels)
    properties = ", ".join(f"n.`{name}`" for name in index.properties)
    return index.name, (
        f"CREATE FULLTEXT INDEX `{index.name}` IF NOT EXISTS FOR (n:{labels}) ON EACH [{properties}] "
        f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{ANALYZER}'}}}}"
    )
