"""Gold: texts with the facts that they state, written by a person, to measure reading against.

A folder with docs/NAME.txt and gold/NAME.json: {lang, entities [{id, kind, names}], facts [{s, p, o, attrs, evidence,
optional, alt_p}], negatives [{s, p, o, attrs}]}. An optional fact counts neither way; `alt_p` names predicates that are
as right; negatives are wrong readings that the text invites.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.problems import RefusedError
from loaders.schema import SYMMETRIC
from loaders.scripts import simplify

_NOISE = re.compile(r"[\s\"'“”‘’《》「」『』()（）·・\-_.,，。]+")
Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Gold:
    """What one text states. Triples are (predicate, subject, object); of symmetric ones the ends are in order."""

    name: str
    language: str
    names: Mapping[str, frozenset[str]]
    required: Mapping[Triple, Mapping[str, Any]]
    optional: frozenset[Triple]
    instead: Mapping[Triple, Triple]
    negatives: Mapping[Triple, Mapping[str, Any]]

    def meant(self, names: Iterable[str]) -> list[str]:
        """The entities that some names may mean, those with most names in common first."""
        hits: defaultdict[str, int] = defaultdict(int)
        for name in names:
            for id_ in self.names.get(spelling(name), ()):
                hits[id_] += 1
        return sorted(hits, key=lambda id_: -hits[id_])[:3]


def read_gold(folder: Path) -> list[Gold]:
    """The gold of a folder. Raises RefusedError naming the file and the field when it has another shape."""
    paths = sorted((folder / "gold").glob("*.json"))
    if not paths:
        raise RefusedError(f"{folder} has no gold/*.json", "gold")
    return [_read(path) for path in paths]


def spelling(name: str) -> str:
    """One spelling for a name: width, case, script, spaces and marks folded."""
    folded = simplify(unicodedata.normalize("NFKC", name)).casefold().strip()
    return _NOISE.sub("", re.sub(r"(’s|'s)$", "", folded))


def triple(subject: str, predicate: str, object_: str) -> Triple:
    """The triple in its one order."""
    low, high = sorted((subject, object_)) if predicate in SYMMETRIC else (subject, object_)
    return predicate, low, high


def _read(path: Path) -> Gold:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return _gold(path.stem, stored)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise RefusedError(f"{path.name} is not gold: {error}", "gold") from error


def _gold(name: str, stored: Mapping[str, Any]) -> Gold:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for entity in stored["entities"]:
        for said in entity["names"]:
            names[spelling(said)].add(entity["id"])
    required: dict[Triple, Mapping[str, Any]] = {}
    optional: set[Triple] = set()
    instead: dict[Triple, Triple] = {}
    for fact in stored["facts"]:
        this = triple(fact["s"], fact["p"], fact["o"])
        if fact.get("optional") or fact.get("borderline"):
            optional.add(this)
        else:
            required[this] = fact.get("attrs") or {}
        instead.update((other, this) for other in _others(fact))
    negatives = {triple(n["s"], n["p"], n["o"]): n.get("attrs") or {} for n in stored.get("negatives") or []}
    folded = {key: frozenset(ids) for key, ids in names.items()}
    return Gold(name, stored["lang"], folded, required, frozenset(optional), instead, negatives)


def _others(fact: Mapping[str, Any]) -> Iterable[Triple]:
    given = fact.get("alt_p") or []
    for predicate in [given] if isinstance(given, str) else given:
        yield triple(fact["s"], predicate, fact["o"])
    for other in fact.get("accept") or []:
        yield triple(other["s"], other["p"], other["o"]) if isinstance(other, Mapping) else triple(*other)
