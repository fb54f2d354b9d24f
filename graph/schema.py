"""The constraints and indexes that the graph needs, for either engine to make."""

from graph.engines.engine import FulltextIndex, Schema
from graph.ontology import Ontology

SCHEMA_VERSION = 1
NAMES = "names"  # the full-text index over every name
TEXTS = "texts"  # the full-text index over what documents say and are called


def schema_of(ontology: Ontology) -> Schema:
    """Unique ids, range indexes on what is looked up, and full text over names and documents."""
    stored = ("Entity", "Name", "Claim", "Document", "Judgement", "Meta")
    looked_up = (
        *((kind, "id") for kind in ontology.kinds),
        *((kind, "name") for kind in ontology.kinds),
        ("Entity", "name"),
        ("Name", "key"),
        ("Name", "slug"),
        ("Name", "sound"),
        ("Claim", "predicate"),
        ("Claim", "document"),
        ("Claim", "status"),
        ("Document", "name"),
    )
    return Schema(
        version=SCHEMA_VERSION,
        unique=tuple((label, "id") for label in stored),
        indexes=looked_up,
        fulltext=(
            FulltextIndex(NAMES, ("Name",), ("text",)),
            FulltextIndex(TEXTS, ("Document",), ("title", "text")),
        ),
    )
