"""judgements.jsonl: decisions that names are one entity, or are not, one a line."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.model import VERDICTS, Judgement, Side
from graph.ontology import Ontology
from loaders.problems import LIMITS, Limits, Problem, RefusedError
from loaders.records import read_records

_FIELDS = frozenset({"verdict", "kind", "names", "document", "sides", "reason", "author", "at", "id"})
_MOST_SIDES = 200


def read_judgements(path: Path, ontology: Ontology, limits: Limits = LIMITS) -> Iterator[Judgement | Problem]:
    """The judgements of a file, and what is wrong with its lines.

    `same` over several names is one judgement; `not_same` and `unsure` are one for each pair of them.
    """
    for record in read_records(path, limits):
        if isinstance(record, Problem):
            yield record
            continue
        try:
            judgements = list(judgements_of(record.values, ontology, limits))
        except RefusedError as error:
            yield Problem(str(path), record.line, error.field, error.reason)
            continue
        for name in sorted(record.values.keys() - _FIELDS):
            yield Problem(str(path), record.line, name, "unknown field, passed over", refused=False)
        yield from judgements


def judgement_record(judgement: Judgement) -> dict[str, Any]:
    """The judgement in the shape of a line."""
    sides = [
        {
            key: value
            for key, value in (("name", s.name), ("kind", s.kind and s.kind.lower()), ("document", s.document))
            if value
        }
        for s in judgement.sides
    ]
    about = {"reason": judgement.reason, "author": judgement.author, "at": judgement.at}
    return {"verdict": judgement.verdict, "sides": sides} | {key: value for key, value in about.items() if value}


def judgements_of(values: dict[str, Any], ontology: Ontology, limits: Limits = LIMITS) -> Iterator[Judgement]:
    """The judgements of one record. Raises RefusedError naming the field that is wrong."""
    verdict = values.get("verdict")
    if verdict not in VERDICTS:
        raise RefusedError(f"one of {', '.join(VERDICTS)} was expected", "verdict")
    sides = tuple(dict.fromkeys(_sides(values, ontology, limits)))
    if not 2 <= len(sides) <= _MOST_SIDES:
        raise RefusedError(f"2 to {_MOST_SIDES} different sides are needed", "sides" if "sides" in values else "names")
    about = {name: _optional(values, name, limits.quote) for name in ("reason", "author", "at")}
    groups: Iterable[tuple[Side, ...]] = [sides] if verdict == "same" else combinations(sides, 2)
    for group in groups:
        yield Judgement(verdict, group, **about)


def _sides(values: dict[str, Any], ontology: Ontology, limits: Limits) -> Iterator[Side]:
    """The sides: the names with the record's kind and document, then those that are written out."""
    names, sides = ([] if values.get(name) is None else values[name] for name in ("names", "sides"))
    if not isinstance(names, list) or not isinstance(sides, list):
        raise RefusedError("a list was expected", "names")
    for side in [*({"name": name} for name in names), *sides]:
        if not isinstance(side, dict):
            raise RefusedError('objects with "name" were expected', "sides")
        whole = {"kind": values.get("kind"), "document": values.get("document"), **side}
        name = " ".join(_optional(whole, "name", limits.name).split())
        if not name:
            raise RefusedError("a name is empty", "names")
        yield Side(name, _kind(whole, ontology), _optional(whole, "document", limits.name) or None)


def _kind(values: dict[str, Any], ontology: Ontology) -> str | None:
    word = _optional(values, "kind", 80)
    kind = ontology.kind(word) if word else None
    if word and kind is None:
        raise RefusedError(f"{word!r} is no kind: one of {', '.join(name.lower() for name in ontology.kinds)}", "kind")
    return kind


def _optional(values: dict[str, Any], name: str, most: int) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most:
        raise RefusedError(f"text of at most {most} characters was expected", name)
    return value if value.strip() else ""
