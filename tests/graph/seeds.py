"""The seeds as loads and judgements, and a graph's whole content for comparing."""

import json
from functools import cache
from pathlib import Path

from graph.model import Judgement
from graph.ontology import load_ontology
from graph.store import Load, Store
from loaders.load import Material, Report, Wanted

SEEDS = Path(__file__).parents[2] / "seeds"

# Everything derived, as one row a fact; ids of the engine's own are left out.
CONTENT = (
    "MATCH (e:Entity) RETURN labels(e), properties(e)",
    "MATCH (n:Name)-[:NAMES]->(e:Entity) RETURN properties(n), e.id",
    "MATCH (c:Claim)-[r]->(x) RETURN c.id, type(r), r.ref, x.id",
    "MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id, type(r), b.id, properties(r)",
    "MATCH (c:Claim) RETURN properties(c)",
    "MATCH (d:Document) RETURN properties(d)",
    "MATCH (j:Judgement) RETURN properties(j)",
)


@cache
def seeds() -> tuple[tuple[Load, ...], tuple[Judgement, ...]]:
    report = Report()
    material = Material(Wanted((SEEDS,)), load_ontology(), report)
    found = tuple(material.judgements())
    loads = tuple(material.loads())
    assert not report.refused
    return loads, found


def content(store: Store) -> set[str]:
    """The whole graph as a set of facts."""
    rows = ((number, row) for number, text in enumerate(CONTENT) for row in store.rows(text))
    return {json.dumps([number, [_plain(v) for v in row]], sort_keys=True, ensure_ascii=False) for number, row in rows}


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value
