"""Claims that cannot all be true, by the rules of the ontology, side by side.

denied    a relation that some claims assert and others deny
seat      two current holders of a role that one person holds at a time (single_seat)
value     different values of an attribute for what may be one deal (conflict)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.evidence import claims_by_id
from graph.model import content_id
from graph.names import fold
from graph.ontology import Ontology, Predicate
from graph.reader import Reader, link_of
from graph.readings import Disagreement, Evidence, Link, Ref

LARGEST = 5000  # relations looked at for one rule
SEAT = "HOLDS_ROLE_AT"
_WHEN = ("as_of", "date", "start", "end")


def conflicts(reader: Reader, entity: str | None = None) -> tuple[Disagreement, ...]:
    """Every conflict, or those about one entity."""
    scope = {"id": entity, "limit": LARGEST, "as_of": None}
    match = (
        "MATCH (a:Entity {id: $id})-[r:<types>]-(b:Entity)" if entity else "MATCH (a:Entity)-[r:<types>]->(b:Entity)"
    )
    valued = [name for name, predicate in reader.ontology.predicates.items() if predicate.conflict]
    denied = _links(reader, scope, match, "size(r.against) > 0", reader.predicates)
    several = _links(reader, scope, match, "size(r.claims) > 1", valued)
    seats = _links(reader, scope, match, "r.current", [SEAT]) if SEAT in reader.predicates else ()
    seats = _with_others(reader, seats) if entity else seats
    links = (*denied, *several, *seats)
    evidence = claims_by_id(reader, (id_ for link in links for id_ in (*link.claims, *link.against)))
    found = [
        *_denied(denied, evidence),
        *_seats(seats, evidence, reader.ontology),
        *_values(several, evidence, reader.ontology),
    ]
    about = [one for one in found if entity is None or entity in {ref.id for ref in one.entities}]
    return tuple(sorted(about, key=lambda one: (one.rule, one.predicate, one.id)))


def _links(
    reader: Reader, scope: Mapping[str, object], match: str, condition: str, types: Sequence[str]
) -> tuple[Link, ...]:
    words = {"match": match.replace("<types>", "|".join(types)), "condition": condition}
    return tuple(link_of(item) for item in reader.gathered("relations_where", scope, **words))


def _with_others(reader: Reader, seats: Sequence[Link]) -> tuple[Link, ...]:
    """The current holders of every role at the companies of these."""
    found: dict[str, Link] = {}
    for company in sorted({link.end.id for link in seats}):
        scope = {"id": company, "limit": LARGEST, "as_of": None}
        match = "MATCH (b:Entity {id: $id})<-[r:<types>]-(a:Entity)"
        found.update((link.id, link) for link in _links(reader, scope, match, "r.current", [SEAT]))
    return tuple(found.values())


def _denied(links: Iterable[Link], evidence: Mapping[str, Evidence]) -> Iterator[Disagreement]:
    for link in links:
        sides = (("asserted", _told(link.claims, evidence)), ("denied", _told(link.against, evidence)))
        yield _disagreement("denied", link.predicate, "", (link.start, link.end), sides)


def _seats(links: Iterable[Link], evidence: Mapping[str, Evidence], ontology: Ontology) -> Iterator[Disagreement]:
    single = {ontology.role(fold(word)) for word in ontology.predicates[SEAT].single_seat}
    holders: dict[tuple[str, str], dict[str, Link]] = defaultdict(dict)
    for link in links:
        role = ontology.role(fold(str(link.attributes.get("role") or "")))
        if role in single:
            holders[link.end.id, role][link.start.id] = link
    for (_, role), by_person in holders.items():
        if len(by_person) > 1:
            held = list(by_person.values())
            sides = [(link.start.name, _told(link.claims, evidence)) for link in held]
            yield _disagreement("seat", SEAT, role, (held[0].end, *(link.start for link in held)), sides)


def _values(links: Iterable[Link], evidence: Mapping[str, Evidence], ontology: Ontology) -> Iterator[Disagreement]:
    over = {name for name, status in ontology.statuses.items() if status.over}
    for link in links:
        predicate = ontology.predicates[link.predicate]
        # What is over and what still holds tell of different times.
        told = [one for one in _told(link.claims, evidence) if one.claim.status not in over]
        for attribute in predicate.conflict:
            clashing = [
                one
                for one in told
                if any(_clash(one, other, attribute, predicate) for other in told if other is not one)
            ]
            sides: dict[str, list[Evidence]] = defaultdict(list)
            for one in clashing:
                sides[_said(one, attribute)].append(one)
            if len(sides) > 1:
                yield _disagreement("value", link.predicate, attribute, (link.start, link.end), sorted(sides.items()))


def _clash(one: Evidence, other: Evidence, attribute: str, predicate: Predicate) -> bool:
    """Whether two claims say different values for what may be one deal: nothing else that both say differs."""
    left, right = one.claim.attributes.get(attribute), other.claim.attributes.get(attribute)
    if left is None or right is None or _fits(left, right, attribute):
        return False
    rest = dict.fromkeys((*predicate.conflict, *_WHEN, "currency", "to"))
    rest.pop(attribute)
    if attribute == "date" and not any(one.claim.attributes.get(name) for name in rest):
        return False  # two dates and nothing more may well be two deals
    return all(
        _fits(one.claim.attributes.get(name), other.claim.attributes.get(name), name)
        for name in rest
        if not (attribute == "date" and name in _WHEN)
    )


def _fits(left: object, right: object, attribute: str) -> bool:
    """Whether two values can both be said of one thing: alike, one not said, or a date less exact than the other."""
    if left is None or right is None:
        return True
    if attribute in _WHEN:
        return str(left).startswith(str(right)) or str(right).startswith(str(left))
    return left == right


def _said(one: Evidence, attribute: str) -> str:
    value = one.claim.attributes[attribute]
    currency = one.claim.attributes.get("currency") if attribute == "amount" else None
    return f"{value} {currency}" if currency else str(value)


def _told(ids: Iterable[str], evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    return tuple(evidence[id_] for id_ in ids if id_ in evidence)


def _disagreement(
    rule: str, predicate: str, about: str, entities: Sequence[Ref], sides: Sequence[tuple[str, Sequence[Evidence]]]
) -> Disagreement:
    id_ = content_id("x", rule, predicate, about, [ref.id for ref in entities])
    told = tuple((side, tuple(claims)) for side, claims in sides)
    return Disagreement(id_, rule, predicate, about, tuple(entities), told)
