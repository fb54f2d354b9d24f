"""The ontology: kinds, predicates, attributes and statuses, read once from a file and checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import OntologyError
from graph.names import fold

BUILT_IN = Path(__file__).parent / "ontology.toml"
TYPES = ("text", "number", "date", "boolean", "list")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity; its name is a node label."""

    name: str
    en: str
    zh: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How a claim stands: `asserted` it holds as fact, `negates` it does not hold, `over` it no longer does."""

    name: str
    en: str
    zh: str
    asserted: bool
    negates: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property that claims may carry; `type` is one of text, number, date, boolean, list."""

    name: str
    type: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation that claims state, also a relationship type. `identity`: attributes that tell two of them apart."""

    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    attributes: tuple[str, ...]
    about: str
    en: Mapping[str, str]
    zh: Mapping[str, str]
    symmetric: bool = False
    derived: bool = False
    weak: bool = False
    same_kind: bool = False
    identity: tuple[str, ...] = ()
    single_seat: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()

    def admits(self, start: str, end: str) -> bool:
        """Whether an entity of kind `start` may stand in this predicate to one of kind `end`."""
        return start in self.starts and end in self.ends and (start == end or not self.same_kind)


@dataclass(frozen=True)
class Ontology:
    """What may be said. Read with `load_ontology`."""

    kinds: Mapping[str, Kind]
    predicates: Mapping[str, Predicate]
    statuses: Mapping[str, Status]
    attributes: Mapping[str, Attribute]
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, word: str) -> str | None:
        """The kind's name for a word in any case ("company", "Company"), or None."""
        return next((name for name in self.kinds if name.casefold() == word.casefold()), None)

    def role(self, said: str) -> str:
        """The one word for a role said in any of its words (folded), or what was said where the ontology knows none."""
        return self._role_words.get(said, said)

    @cached_property
    def _role_words(self) -> Mapping[str, str]:
        return {fold(word): role for role, words in self.roles.items() for word in words}

    def asserted(self, status: str | None) -> bool:
        """Whether a claim with this status holds as fact; one that says no status does."""
        return status is None or self.statuses[status].asserted

    def negates(self, status: str | None) -> bool:
        """Whether a claim with this status says that the relation does not hold."""
        return status is not None and self.statuses[status].negates


def load_ontology(extra: Path | None = None) -> Ontology:
    """The built-in ontology, with the kinds, predicates, statuses and attributes of a file of the user's added.

    Raises OntologyError naming the file and the entry when either is bad.
    """
    table = _read(BUILT_IN)
    if extra is not None:
        added = _read(extra)
        for part in ("kinds", "predicates", "statuses", "attributes", "roles"):
            clash = set(table.get(part, {})) & set(added.get(part, {}))
            if clash:
                raise OntologyError(f"{extra}: {part}.{min(clash)} is already in the built-in ontology")
            table.setdefault(part, {}).update(added.get(part, {}))
    return _build(table, str(extra or BUILT_IN))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: not valid TOML: {error}") from error


def _build(table: Mapping[str, Any], path: str) -> Ontology:
    common = tuple(table.get("common", {}).get("attributes", ()))
    try:
        ontology = Ontology(
            kinds=MappingProxyType({n: Kind(n, **k) for n, k in table["kinds"].items()}),
            predicates=MappingProxyType({n: _predicate(n, p, common) for n, p in table["predicates"].items()}),
            statuses=MappingProxyType({n: Status(n, **s) for n, s in table["statuses"].items()}),
            attributes=MappingProxyType({n: Attribute(n, **a) for n, a in table["attributes"].items()}),
            roles=MappingProxyType({n: tuple(words) for n, words in table.get("roles", {}).items()}),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise OntologyError(f"{path}: an entry lacks or misspells a field: {error}") from error
    for problem in _problems(ontology):
        raise OntologyError(f"{path}: {problem}")
    return ontology


def _predicate(name: str, p: Mapping[str, Any], common: tuple[str, ...]) -> Predicate:
    attributes = () if p.get("derived") else common
    known = {"from", "to", "attributes", "about", "en", "zh", "symmetric", "derived", "weak"}
    known |= {"same_kind", "identity", "single_seat", "conflict"}
    unknown = set(p) - known
    if unknown:
        raise KeyError(f"predicates.{name}.{min(unknown)}")
    return Predicate(
        name=name,
        starts=tuple(p["from"]),
        ends=tuple(p["to"]),
        attributes=tuple(dict.fromkeys((*p["attributes"], *attributes))),
        about=p.get("about", ""),
        en=MappingProxyType(dict(p["en"])),
        zh=MappingProxyType(dict(p["zh"])),
        symmetric=bool(p.get("symmetric")),
        derived=bool(p.get("derived")),
        weak=bool(p.get("weak")),
        same_kind=bool(p.get("same_kind")),
        identity=tuple(p.get("identity", ())),
        single_seat=tuple(p.get("single_seat", ())),
        conflict=tuple(p.get("conflict", ())),
    )


def _problems(ontology: Ontology) -> Iterable[str]:
    reserved = {"Entity", "Name", "Claim", "Document", "Judgement"}
    for name in ontology.kinds:
        if not (name.isidentifier() and name[0].isupper()) or name in reserved:
            yield f"kinds.{name}: a kind is one capitalised word, none of {', '.join(sorted(reserved))}"
    for attribute in ontology.attributes.values():
        if attribute.type not in TYPES:
            yield f"attributes.{attribute.name}: type is one of {', '.join(TYPES)}"
    for predicate in ontology.predicates.values():
        yield from _predicate_problems(predicate, ontology)


def _predicate_problems(predicate: Predicate, ontology: Ontology) -> Iterable[str]:
    where = f"predicates.{predicate.name}"
    if predicate.name != predicate.name.upper() or not predicate.name.isidentifier():
        yield f"{where}: a predicate is written in capitals and underscores"
    if predicate.name in {kind.upper() for kind in ontology.kinds}:
        yield f"{where}: a kind and a predicate may not share a name"
    for kind in (*predicate.starts, *predicate.ends):
        if kind not in ontology.kinds:
            yield f"{where}: {kind} is no kind"
    for name in (*predicate.attributes, *predicate.identity, *predicate.conflict):
        if name not in ontology.attributes:
            yield f"{where}: {name} is no attribute"
    if predicate.symmetric and set(predicate.starts) != set(predicate.ends):
        yield f"{where}: a symmetric predicate has the same kinds at both ends"
    for language, words in (("en", predicate.en), ("zh", predicate.zh)):
        if set(words) != {"active", "passive"}:
            yield f"{where}.{language}: needs active and passive"
