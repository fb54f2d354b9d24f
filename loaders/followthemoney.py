"""FollowTheMoney entities: written out from relations, and read as a document whose lines state them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Claim, Document
from graph.ontology import Ontology, Predicate
from graph.store import Load
from loaders.problems import RefusedError
from loaders.statements import Statements

KINDS = {"Person": "Person", "Company": "Organization", "Product": "Asset", "Partnership": "Organization"}
# FollowTheMoney's schema for a relation, and what it calls the two ends.
LINKS = {
    "OWNS": ("Ownership", "owner", "asset"),
    "ACQUIRED": ("Ownership", "owner", "asset"),
    "HOLDS_ROLE_AT": ("Employment", "employee", "employer"),
    "FAMILY_OF": ("Family", "person", "relative"),
    "MEMBER_OF": ("Membership", "member", "organization"),
}
OTHER = ("UnknownLink", "subject", "object")
# What else they have for relations, read as the nearest there is here.
_READ = {
    "Ownership": ("OWNS", "owner", "asset"),
    "Employment": ("HOLDS_ROLE_AT", "employee", "employer"),
    "Directorship": ("HOLDS_ROLE_AT", "director", "organization"),
    "Family": ("FAMILY_OF", "person", "relative"),
    "Membership": ("MEMBER_OF", "member", "organization"),
    "Associate": ("AFFILIATED_WITH", "person", "associate"),
    "Representation": ("AFFILIATED_WITH", "agent", "client"),
    "UnknownLink": ("AFFILIATED_WITH", "subject", "object"),
}
_PEOPLE = frozenset({"Person"})
_THINGS = frozenset({"Asset", "Vehicle", "Airplane", "Vessel", "RealEstate", "Security", "CryptoWallet", "License"})
_NAMES = ("name", "alias", "previousName", "weakAlias", "abbreviation")
# Their property, ours.
_DETAILS = (("startDate", "start"), ("endDate", "end"), ("date", "date"), ("percentage", "share_pct"))


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one of their relations says."""

    predicate: Predicate
    subject: dict[str, Any]
    object: dict[str, Any]
    attributes: dict[str, Any]

    @property
    def line(self) -> str:
        """It in words: the quote that the claim stands on."""
        told = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in self.attributes.items())
        active = self.predicate.name.lower().replace("_", " ")
        return f"{self.subject['names'][0]} {active} {self.object['names'][0]}{f' ({told})' if told else ''}."


def load_of(entities: Sequence[Mapping[str, Any]], name: str, ontology: Ontology) -> Load:
    """A document of one line for each relation among the entities, with its claims. What is derived from other claims
    is passed over, and so are entities without relations, of which nothing is said. Raises RefusedError.
    """
    stated = list(_stated(entities, ontology))
    text = "\n".join(one.line for one in stated)
    if not text:
        raise RefusedError("there is no relation among these entities", "ftm")
    document = Document.of(name, text, title="FollowTheMoney entities", language="en", source="followthemoney")
    return Load(document, tuple(_claims(stated, document, ontology)))


def _claims(stated: Sequence[_Stated], document: Document, ontology: Ontology) -> Iterator[Claim]:
    statements = Statements(ontology, lambda _field, _reason: None)
    start = 0
    for one in stated:
        record = {
            "subject": one.subject,
            "predicate": one.predicate.name,
            "object": one.object,
            "attributes": one.attributes,
            "quote": one.line,
            "start": start,
            "end": start + len(one.line),
            "method": "followthemoney",
        }
        yield from statements.claims(record, document)
        start += len(one.line) + 1


def _stated(entities: Sequence[Mapping[str, Any]], ontology: Ontology) -> Iterator[_Stated]:
    known: dict[str, dict[str, Any]] = {}
    for number, entity in enumerate(entities):
        if not isinstance(entity.get("id"), str) or not isinstance(entity.get("schema"), str):
            raise RefusedError('an object with "id" and "schema" was expected', f"ftm.{number}")
        if entity["schema"] not in _READ:
            known[entity["id"]] = _referent(entity)
    for number, entity in enumerate(entities):
        found = _READ.get(entity["schema"])
        if found is not None:
            yield from _relation(entity, found, known, (ontology, number))


def _referent(entity: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for said in _NAMES for name in _values(entity, said)]
    schema = entity["schema"]
    kind = "Person" if schema in _PEOPLE else "Product" if schema in _THINGS else "Company"
    return {"id": entity["id"], "kind": kind, "names": names or [str(entity.get("caption") or entity["id"])]}


def _relation(
    entity: Mapping[str, Any],
    found: tuple[str, str, str],
    known: Mapping[str, dict[str, Any]],
    at: tuple[Ontology, int],
) -> Iterator[_Stated]:
    usual, start, end = found
    ontology, number = at
    role = next(iter(_values(entity, "role")), "")
    named = ontology.predicates.get(role.upper())
    predicate = named or ontology.predicates[usual]
    if predicate.derived:
        return
    attributes = {ours: value for theirs, ours in _DETAILS for value in _values(entity, theirs)[:1]}
    status = next(iter(_values(entity, "status")), "")
    if status in ontology.statuses:
        attributes["status"] = status
    if role and named is None:
        attributes["role" if "role" in predicate.attributes else "note"] = role
    between = next(iter(_values(entity, "relationship")), "")
    if between and "relation" in predicate.attributes:
        attributes["relation"] = between
    for subject in _ends(entity, start, known, number):
        for object_ in _ends(entity, end, known, number):
            fits = predicate.admits(subject["kind"], object_["kind"])
            yield _Stated(predicate if fits else ontology.predicates["AFFILIATED_WITH"], subject, object_, attributes)


def _ends(
    entity: Mapping[str, Any], name: str, known: Mapping[str, dict[str, Any]], number: int
) -> list[dict[str, Any]]:
    ids = _values(entity, name)
    for id_ in ids:
        if id_ not in known:
            raise RefusedError(f"no entity here has the id {id_[:80]!r}", f"ftm.{number}.{name}")
    return [known[id_] for id_ in ids]


def _values(entity: Mapping[str, Any], name: str) -> list[str]:
    """The values of a property, which is a list of texts there."""
    properties = entity.get("properties")
    given = properties.get(name) if isinstance(properties, Mapping) else None
    items = given if isinstance(given, list) else [given]
    return [" ".join(item.split()) for item in items if isinstance(item, str) and item.strip()]
