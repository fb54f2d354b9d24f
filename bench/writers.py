"""Everyone who writes a graph: ours, raw statements by the driver, and the peers. Each is given what it writes."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import neo4j
from langchain_neo4j import Neo4jGraph
from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship
from neo4j_graphrag.components import types as graphrag_types
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from py2neo import Graph
from py2neo.bulk import create_nodes, create_relationships

from bench.rows import Rows, text_by_text
from bench.servers import ServerWithApoc
from graph.engines.engine import Engine
from graph.ontology import load_ontology
from graph.store import Load, Store

T = TypeVar("T")
Write: TypeAlias = Callable[[], None]
BATCH = 5000
NODES = "UNWIND $rows AS row CREATE (n:{labels}) SET n = row"
RELATIONSHIPS = (
    "UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}), (b:{end} {{id: row.end}}) "
    "CREATE (a)-[r:{type}]->(b) SET r = row.properties"
)


def ours(engine: Engine, loads: Sequence[Load]) -> Write:
    """Documents and claims through the store, which derives entities and relations."""
    store = Store(engine, load_ontology())
    store.prepare()

    def write() -> None:
        store.add(loads)

    return write


def statements(rows: Rows) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(statement, at most a batch of rows) pairs that make the graph."""
    for labels, nodes in rows.nodes.items():
        text = NODES.format(labels=":".join(labels))
        yield from ((text, part) for part in _parts(nodes))
    for (type_, start, end), relationships in rows.relationships.items():
        text = RELATIONSHIPS.format(type=type_, start=start, end=end)
        yield from ((text, part) for part in _parts(relationships))


def _parts(items: list[T], size: int = BATCH) -> Iterator[list[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def raw_bolt(driver: neo4j.Driver, rows: Rows) -> Write:
    """UNWIND by the official driver with neo4j-rust-ext, a transaction a batch."""

    def write() -> None:
        with driver.session() as session:
            for text, part in statements(rows):
                session.execute_write(lambda tx, text=text, part=part: tx.run(text, rows=part).consume())  # type: ignore[misc]

    return write


def raw_embedded(engine: Engine, rows: Rows) -> Write:
    """UNWIND on the embedded engine, a transaction a batch."""

    def write() -> None:
        for text, part in statements(rows):
            engine.write(lambda tx, text=text, part=part: tx.run(text, {"rows": part}))  # type: ignore[misc]

    return write


def py2neo(server: ServerWithApoc, rows: Rows) -> Write:
    """create_nodes and create_relationships of py2neo.bulk, a transaction a batch."""
    graph = Graph(server.address, auth=("neo4j", server.password))

    def write() -> None:
        for labels, nodes in rows.nodes.items():
            for part in _parts(nodes):
                create_nodes(graph.auto(), part, labels=set(labels))
        for (type_, start, end), relationships in rows.relationships.items():
            for part in _parts(relationships):
                data = [(row["start"], row["properties"], row["end"]) for row in part]
                create_relationships(graph.auto(), data, type_, (start, "id"), (end, "id"))

    return write


def langchain(server: ServerWithApoc, rows: Rows) -> Write:
    """add_graph_documents of langchain-neo4j with its base label and large batches, which is how it is fastest."""
    nodes = _langchain_nodes(rows)
    every, relationships = list(nodes.values()), _langchain_relationships(rows, nodes)
    return _langchain(
        server,
        [
            *(GraphDocument(nodes=part, relationships=[]) for part in _parts(every)),
            *(GraphDocument(nodes=[], relationships=part) for part in _parts(relationships)),
        ],
    )


def langchain_text_by_text(server: ServerWithApoc, rows: Rows) -> Write:
    """The same with a GraphDocument for each text, which is what its readers of texts make."""
    nodes = _langchain_nodes(rows)
    documents = [
        GraphDocument(nodes=list(_langchain_nodes(part).values()), relationships=_langchain_relationships(part, nodes))
        for part in text_by_text(rows)
    ]
    return _langchain(server, documents)


def _langchain_nodes(rows: Rows) -> dict[str, Node]:
    return {
        properties["id"]: Node(id=properties["id"], type=labels[-1], properties=properties)
        for labels, found in rows.nodes.items()
        for properties in found
    }


def _langchain_relationships(rows: Rows, nodes: Mapping[str, Node]) -> list[Relationship]:
    return [
        Relationship(source=nodes[row["start"]], target=nodes[row["end"]], type=type_, properties=row["properties"])
        for (type_, _, _), found in rows.relationships.items()
        for row in found
    ]


def _langchain(server: ServerWithApoc, documents: list[GraphDocument]) -> Write:
    graph = Neo4jGraph(server.address, "neo4j", server.password, refresh_schema=False)
    graph.query("CREATE CONSTRAINT IF NOT EXISTS FOR (b:__Entity__) REQUIRE b.id IS UNIQUE")
    graph.structured_schema = {"metadata": {"constraint": [{"labelsOrTypes": ["__Entity__"], "properties": ["id"]}]}}

    def write() -> None:
        graph.add_graph_documents(documents, baseEntityLabel=True)

    return write


def graphrag(driver: neo4j.Driver, rows: Rows) -> Write:
    """Neo4jWriter of neo4j-graphrag, its batches as large as ours."""
    return _graphrag(Neo4jWriter(driver, batch_size=BATCH), [_graphrag_graph(rows)])


def graphrag_text_by_text(driver: neo4j.Driver, rows: Rows) -> Write:
    """The same, once for each text as its pipeline does; nothing is tidied in between, which would part the texts."""
    writer = Neo4jWriter(driver, batch_size=BATCH, clean_db=False)
    return _graphrag(writer, [_graphrag_graph(part) for part in text_by_text(rows)])


def _graphrag_graph(rows: Rows) -> graphrag_types.Neo4jGraph:
    nodes = [
        graphrag_types.Neo4jNode(id=properties["id"], label=labels[-1], properties=properties)
        for labels, found in rows.nodes.items()
        for properties in found
    ]
    relationships = [
        graphrag_types.Neo4jRelationship(
            start_node_id=row["start"], end_node_id=row["end"], type=type_, properties=row["properties"]
        )
        for (type_, _, _), found in rows.relationships.items()
        for row in found
    ]
    return graphrag_types.Neo4jGraph(nodes=nodes, relationships=relationships)


def _graphrag(writer: Neo4jWriter, graphs: Sequence[graphrag_types.Neo4jGraph]) -> Write:
    async def every() -> None:
        for graph in graphs:
            done = await writer.run(graph)
            if done.status != "SUCCESS":
                raise RuntimeError(done.metadata)

    def write() -> None:
        asyncio.run(every())

    return write
