"""What lies around an entity as a graph in graphology's serialised form, which the page draws as it is."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from api.views import Language, View, name_in
from graph.readings import Link, Neighbourhood


class Node(View):
    """A node in graphology's serialised form."""

    key: str
    attributes: dict[str, Any]


class Edge(View):
    """An edge in graphology's serialised form."""

    key: str
    source: str
    target: str
    undirected: bool
    attributes: dict[str, Any]


class Graph(View):
    """A graph in graphology's serialised form."""

    nodes: list[Node]
    edges: list[Edge]
    truncated: bool = Field(description="Whether something was left out to keep within the limit.")

    @classmethod
    def of(cls, found: Neighbourhood, language: Language | None, symmetric: Iterable[str]) -> "Graph":
        """The neighbourhood with names in that language."""
        both_ways = frozenset(symmetric)
        nodes = [
            Node(
                key=dot.ref.id,
                attributes={
                    "label": name_in(dot.ref, language),
                    "name": name_in(dot.ref, language),
                    "names": list(dot.names),
                    "in_language": dict(dot.ref.in_language),
                    "kinds": list(dot.ref.kinds),
                    "claims": dot.claims,
                    "degree": dot.degree,
                    "distance": dot.distance,
                },
            )
            for dot in found.dots
        ]
        edges = [edge(link, link.predicate in both_ways) for link in found.links]
        return cls(nodes=nodes, edges=edges, truncated=found.truncated)


def edge(link: Link, undirected: bool) -> Edge:
    """A relation as an edge of graphology."""
    attributes = {
        "predicate": link.predicate,
        "status": link.status,
        "since": link.since,
        "until": link.until,
        "current": link.current,
        "attributes": dict(link.attributes),
        "claims": list(link.claims),
        "against": list(link.against),
        "documents": link.documents,
        "conflict": bool(link.against),
    }
    return Edge(key=link.id, source=link.start.id, target=link.end.id, undirected=undirected, attributes=attributes)
