"""Settings, read once from the environment and handed down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.errors import BadSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_GRAPH = ".guanxi/graph"
DEFAULT_HEAP = "384m"
SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})
_HEAP = re.compile(r"(\d+)([mg])", re.IGNORECASE)
_SMALLEST_HEAP_MB = 128


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph is and who may use it.

    graph: a folder (embedded) or an address (Neo4j); user, password and database are for an address only.
    keys: the file of hashed keys. heap: the most memory the embedded engine's Java may use, such as 384m or 2g.
    ontology: a file that adds kinds and predicates to the built-in ones. assistant: the address of a language model
    that may rewrite questions, with its name and key; there is none where it is empty.
    """

    graph: str = DEFAULT_GRAPH
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None
    keys: Path | None = None
    heap: str = DEFAULT_HEAP
    ontology: Path | None = None
    assistant: str = ""
    assistant_model: str = ""
    assistant_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _check_graph(self.graph)
        _check_assistant(self.assistant, self.assistant_model)
        found = _HEAP.fullmatch(self.heap)
        if not found or int(found[1]) * (1024 if found[2].lower() == "g" else 1) < _SMALLEST_HEAP_MB:
            raise BadSettings(
                "GUANXI_HEAP", f"give a size of {_SMALLEST_HEAP_MB}m or more, such as 384m or 2g, not {self.heap!r}"
            )

    @property
    def embedded(self) -> bool:
        """True where the graph is a folder of this machine."""
        return "://" not in self.graph

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Settings as the GUANXI_* variables give them; an empty variable counts as not set."""
        said = {name: value for name, value in environ.items() if value}
        keys = said.get("GUANXI_KEYS")
        ontology = said.get("GUANXI_ONTOLOGY")
        return cls(
            graph=said.get("GUANXI_GRAPH", DEFAULT_GRAPH),
            user=said.get("GUANXI_USER", "neo4j"),
            password=said.get("GUANXI_PASSWORD", ""),
            database=said.get("GUANXI_DATABASE"),
            keys=Path(keys) if keys else None,
            heap=said.get("GUANXI_HEAP", DEFAULT_HEAP),
            ontology=Path(ontology) if ontology else None,
            assistant=said.get("GUANXI_ASSISTANT", ""),
            assistant_model=said.get("GUANXI_ASSISTANT_MODEL", ""),
            assistant_key=said.get("GUANXI_ASSISTANT_KEY", ""),
        )


def _check_assistant(address: str, model: str) -> None:
    if address and not address.startswith(("http://", "https://")):
        raise BadSettings("GUANXI_ASSISTANT", f"give an address that begins with http:// or https://, not {address!r}")
    if address and not model:
        raise BadSettings("GUANXI_ASSISTANT_MODEL", "name the model that GUANXI_ASSISTANT is to be asked for")


def _check_graph(graph: str) -> None:
    if "://" not in graph:
        if Path(graph).is_file():
            raise BadSettings(
                "GUANXI_GRAPH", f"{graph} is a file; give a folder, or an address such as neo4j://host:7687"
            )
        return
    try:
        address = urlsplit(graph)
        port = address.port
    except ValueError as error:
        raise BadSettings("GUANXI_GRAPH", f"the address cannot be read: {error}") from None
    if address.scheme not in SCHEMES:
        raise BadSettings("GUANXI_GRAPH", f"{address.scheme}:// is not one of {', '.join(sorted(SCHEMES))}")
    if not address.hostname or port == 0:
        raise BadSettings("GUANXI_GRAPH", "the address names no host; write it as neo4j://host:7687")
    if address.username or address.password:
        raise BadSettings(
            "GUANXI_GRAPH", "put the user and password in GUANXI_USER and GUANXI_PASSWORD, not the address"
        )
