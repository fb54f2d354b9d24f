"""The dictionary of well-known names: which names mean one company, person or product, with the source of each group.

It acts as built-in judgements, weaker than a person's: see docs/identity.md.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from graph.folding import HAN, TABLES
from graph.model import Judgement, Side
from graph.names import key

FOLDER = Path(__file__).parent / "aliases"
DICTIONARY = "dictionary"  # the author of its judgements


@lru_cache(maxsize=1)
def dictionary_judgements() -> tuple[Judgement, ...]:
    """One `same` judgement for each group of names and each kind that the group has."""
    return tuple(_judgement(*group) for group in groups())


@lru_cache(maxsize=1)
def groups() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """(kind, names, source) of every group, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            found += [(kind, tuple(record["names"]), record["source"]) for kind in record["kinds"]]
    return tuple(found)


def _judgement(kind: str, names: tuple[str, ...], source: str) -> Judgement:
    sides = tuple(Side(name, kind) for name in names)
    return Judgement("same", sides, reason=f"names of one {kind.lower()}: {source}", author=DICTIONARY)


@lru_cache(maxsize=1)
def _by_key() -> dict[tuple[str, str], str]:
    """(kind, key) of every name -> the group it belongs to, by the first name's key."""
    return {(kind, key(name, kind)): f"={key(names[0], kind)}" for kind, names, _ in groups() for name in names}


@lru_cache(maxsize=1 << 17)
def group_of(kind: str, folded: str) -> str | None:
    """The group of a folded name, or None for a name that the dictionary does not have."""
    return _by_key().get((kind, folded))


@lru_cache(maxsize=1)
def _preferred() -> frozenset[tuple[str, str]]:
    latin = ((kind, [name for name in names if not HAN.search(name)] or names) for kind, names, _ in groups())
    return frozenset((kind, names[0]) for kind, names in latin)


def preferred(kind: str, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that the dictionary puts first in their groups: an entity is always called so."""
    return frozenset(name for name in names if (kind, name) in _preferred())


@lru_cache(maxsize=1 << 17)
def canonical(text: str, kind: str) -> str:
    """One word for an entity named so: the same for every name of a group, else the folded name, with the kind."""
    folded = key(text, kind)
    return f"{kind} {group_of(kind, folded) or folded}"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of the dictionary and of every table that names are read with: identity depends on all of them."""
    digest = hashlib.sha256()
    for path in (*sorted(FOLDER.glob("*.jsonl")), *sorted(TABLES.glob("*.toml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
