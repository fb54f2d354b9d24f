"""A graph as plain rows, so that every writer writes the very same nodes and relationships."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.engines.engine import Engine

LABELS = ("Entity", "Name", "Claim", "Document", "Judgement")  # every node of interest has one, with a unique id
NODES = "MATCH (n:{label}) RETURN labels(n), properties(n)"
RELATIONSHIPS = "MATCH (a:{start})-[r]->(b:{end}) RETURN type(r), a.id, b.id, properties(r)"


@dataclass(frozen=True)
class Rows:
    """Properties of nodes by their labels; {start, end, properties} of relationships by (type, label, label)."""

    nodes: dict[tuple[str, ...], list[dict[str, Any]]]
    relationships: dict[tuple[str, str, str], list[dict[str, Any]]]

    @property
    def counts(self) -> tuple[int, int]:
        """How many nodes, how many relationships."""
        return sum(map(len, self.nodes.values())), sum(map(len, self.relationships.values()))


def read(engine: Engine) -> Rows:
    """The whole graph."""
    nodes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    relationships: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for label in LABELS:
        with engine.read(NODES.format(label=label)) as found:
            for labels, properties in found:
                nodes[label, *sorted(set(labels) - {label})].append(properties)
    for start in LABELS:
        for end in LABELS:
            with engine.read(RELATIONSHIPS.format(start=start, end=end)) as found:
                for type_, one, other, properties in found:
                    relationships[type_, start, end].append({"start": one, "end": other, "properties": properties})
    return Rows(dict(nodes), dict(relationships))


def text_by_text(rows: Rows) -> list[Rows]:
    """The same rows, each with the first text that tells of it, for writers that take one text after the other."""
    order = {node["id"]: number for number, node in enumerate(rows.nodes["Document",])}
    first = dict(order)
    for claim in rows.nodes["Claim",]:
        first[claim["id"]] = order[claim["document"]]
    for told, teller in _links(rows, "Claim", "Entity"):
        first[told] = min(first.get(told, len(order)), first[teller])
    parties = defaultdict(list)
    for whole, party in _links(rows, "Entity", "Entity"):
        parties[whole].append(party)
    for partnership in parties.keys() - first.keys():  # told of with the last of its parties
        first[partnership] = max(first[party] for party in parties[partnership])
    for entity, name in _links(rows, "Name", "Entity"):
        first[name] = min(first.get(name, len(order)), first[entity])
    texts = [Rows(defaultdict(list), defaultdict(list)) for _ in order]
    for labels, nodes in rows.nodes.items():
        for node in nodes:
            texts[first[node["id"]]].nodes[labels].append(node)
    for kind, found in rows.relationships.items():
        for row in found:
            texts[max(first[row["start"]], first[row["end"]])].relationships[kind].append(row)
    return texts


def _links(rows: Rows, start: str, end: str) -> Iterator[tuple[str, str]]:
    """(end, start) of the relationships between two labels."""
    for (_, one, other), found in rows.relationships.items():
        if (one, other) == (start, end):
            yield from ((row["end"], row["start"]) for row in found)


def count(engine: Engine) -> tuple[int, int]:
    """How many nodes and relationships the graph really holds; its notes about itself are left out."""
    with engine.read("MATCH (n) WHERE NOT n:Meta AND NOT n:GraphSchema RETURN count(n)") as found:
        nodes = int(next(iter(found))[0])
    with engine.read("MATCH ()-[r]->() RETURN count(r)") as found:
        return nodes, int(next(iter(found))[0])


def clear(engine: Engine) -> None:
    """Empty the graph, a part at a time; the schema stays."""
    text = "MATCH (n) WHERE NOT n:GraphSchema WITH n LIMIT 500 DETACH DELETE n RETURN count(*)"
    while engine.write(lambda tx: tx.run(text))[0][0]:
        pass
