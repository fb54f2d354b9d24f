"""Claims and judgements into entities and relations with their evidence; pure.

    claims ─▶ bearers ─▶ clusters ─▶ entities
       └────────▶ ends of each claim ─▶ relations, partnerships

A part of the claims can be assembled alone: `Outside` then names the entities whose own claims are not all there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from graph.aliases import canonical
from graph.identity import Bearer, Ref, cluster, mint
from graph.model import Claim, Entity, Judgement, Referent, Relation, hash_id
from graph.names import fold, weak
from graph.ontology import Ontology

PARTNERSHIP = "Partnership"
PARTNERS = "PARTNERS_WITH"
# What many share: a school, a tool, a rival. Sharing it does not show that two people of one name are one.
LOOSE = frozenset({"EDUCATED_AT", "USES", "COMPETES_WITH", "AFFILIATED_WITH"})
_Place = tuple[str, str, str, tuple[str, ...]]  # predicate, start, end, what tells it from others between them
_OWN = frozenset({"start", "end", "current"})  # attributes that a relation has as fields of its own


class Ends(NamedTuple):
    """The entities a claim is about: subject, object, who said it, and the partnership and products it names.

    `about` holds (id of the referent, id of the entity) pairs, the partnership first.
    """

    subject: str
    object: str
    speaker: str | None = None
    about: tuple[tuple[str, str], ...] = ()

    def entities(self) -> tuple[str, ...]:
        """Every entity the claim links to, once."""
        found = (self.subject, self.object, self.speaker, *(entity for _, entity in self.about))
        return tuple(dict.fromkeys(id_ for id_ in found if id_))


@dataclass(frozen=True, slots=True)
class Frame:
    """What claims are read against: the ontology, and the dates of the documents by their ids."""

    ontology: Ontology
    dates: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Outside:
    """Entities that a part of the claims touches but does not tell whole: kept as they are.

    `entity_of` names the entity of each of their referents, `names` each entity's name.
    """

    entity_of: Mapping[Ref, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


class _Told(NamedTuple):
    """What the claims of one relation come to: where they differ, what is said of the latest time holds."""

    status: str | None
    since: str | None
    until: str | None
    attributes: Mapping[str, Any]
    claims: tuple[str, ...]
    documents: int


@dataclass(slots=True)
class Assembly:
    """What a set of claims comes to: entities and relations by id, and the ends of each claim by its id."""

    entities: dict[str, Entity] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)


def assemble(
    claims: Iterable[Claim], judgements: Iterable[Judgement], frame: Frame, outside: Outside | None = None
) -> Assembly:
    """Entities and relations of the claims, which may come in any order and more than once: the result is the same."""
    unique = sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.id)
    outside = outside or Outside()
    bearers = gather(unique)
    clusters = mint(cluster([b for ref, b in bearers.items() if ref not in outside.entity_of], judgements))
    entity_of = dict(outside.entity_of)
    entity_of.update((bearer.ref, id_) for id_, found in clusters.items() for bearer in found.bearers)
    ends = {claim.id: _ends(claim, entity_of) for claim in unique}
    by_id = {claim.id: claim for claim in unique}
    counts = _counts(by_id, ends)
    result = Assembly(ends=ends)
    for id_, found in clusters.items():
        told = counts.get(id_, (0, 0))
        result.entities[id_] = Entity(id_, found.names[0].text, found.kinds, found.names, *told)
    result.relations = {relation.id: relation for relation in _relations(by_id, ends, frame)}
    _add_partnerships(result, by_id, frame, outside.names)
    return result


def gather(claims: Iterable[Claim]) -> dict[Ref, Bearer]:
    """Every referent of the claims with the kinds and names it has in its document."""
    bearers: dict[Ref, Bearer] = {}
    for claim in claims:
        document, subject, object_ = claim.document, claim.subject, claim.object
        passing = named_in_passing(claim)
        one = _bearer(bearers, document, subject, passing)
        other = _bearer(bearers, document, object_, passing)
        if claim.speaker:
            _bearer(bearers, document, claim.speaker, passing)
        named = [_bearer(bearers, document, referent, passing) for referent in passing]
        # What a claim links closely enough tells two bearers of one name apart.
        if claim.predicate not in LOOSE:
            one.context.update(_words(object_.kind, object_.names))
            other.context.update(_words(subject.kind, subject.names))
            for bearer in named:
                bearer.context.update(_words(subject.kind, subject.names), _words(object_.kind, object_.names))
    return bearers


def _bearer(bearers: dict[Ref, Bearer], document: str, referent: Referent, passing: Sequence[Referent]) -> Bearer:
    """The bearer that stands for the referent in its document, with what is said of it here."""
    ref = document, referent.id
    bearer = bearers.get(ref)
    if bearer is None:
        in_passing = bool(passing) and referent in passing
        bearer = bearers[ref] = Bearer(ref, {referent.kind}, dict.fromkeys(referent.names), in_passing)
    else:
        bearer.kinds.add(referent.kind)
        for name in referent.names:
            bearer.names[name] = None
    return bearer


@lru_cache(maxsize=1 << 17)
def _words(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """A word for each strong name of a referent, the same for names that the dictionary knows as one."""
    return tuple([canonical(name, kind) for name in names if not weak(name, kind)])


def named_in_passing(claim: Claim) -> tuple[Referent, ...]:
    """The partnership and the products that a claim of partnership names in its attributes."""
    if claim.predicate != PARTNERS:
        return ()
    partnership = claim.attributes.get("partnership")
    found = [Referent(f"partnership:{fold(str(partnership))}", PARTNERSHIP, (str(partnership),))] if partnership else []
    products = claim.attributes.get("products")
    if isinstance(products, (list, tuple)):
        found += [Referent(f"product:{fold(str(name))}", "Product", (str(name),)) for name in products if name]
    return tuple(found)


def _ends(claim: Claim, entity_of: Mapping[Ref, str]) -> Ends:
    document = claim.document
    passing = named_in_passing(claim)
    about = {referent.id: entity_of[document, referent.id] for referent in passing} if passing else {}
    speaker = entity_of[document, claim.speaker.id] if claim.speaker else None
    subject, object_ = entity_of[document, claim.subject.id], entity_of[document, claim.object.id]
    return Ends(subject, object_, speaker, tuple(about.items()))


def _counts(claims: Mapping[str, Claim], ends: Mapping[str, Ends]) -> dict[str, tuple[int, int]]:
    """How many claims and documents tell of each entity."""
    told: dict[str, set[str]] = defaultdict(set)
    for id_, end in ends.items():
        told[end.subject].add(id_)
        told[end.object].add(id_)
        for _, entity in end.about:
            told[entity].add(id_)
    return {entity: (len(ids), len({claims[id_].document for id_ in ids})) for entity, ids in told.items()}


def relation_id(predicate: str, start: str, end: str, identity: Sequence[str] = ()) -> str:
    """The id of the relation between two entities; `identity` tells apart relations of one predicate between them."""
    # The same as content_id("r", predicate, start, end, list(identity)), which would take most of the time here.
    more = ",".join([encode_basestring(word) for word in identity])
    text = f"[{encode_basestring(predicate)},{encode_basestring(start)},{encode_basestring(end)},[{more}]]"
    return hash_id("r", text)


def _relations(claims: Mapping[str, Claim], ends: Mapping[str, Ends], frame: Frame) -> Iterator[Relation]:
    ontology = frame.ontology
    groups: dict[_Place, list[Claim]] = defaultdict(list)
    for id_, claim in claims.items():
        predicate = ontology.predicates[claim.predicate]
        start, end = ends[id_].subject, ends[id_].object
        if start == end:
            continue
        if predicate.symmetric and end < start:
            start, end = end, start
        identity = (
            tuple([_identity(claim, name, ontology) for name in predicate.identity]) if predicate.identity else ()
        )
        groups[predicate.name, start, end, identity].append(claim)
    # Asked of each claim, and of few statuses.
    said = {claim.status for claim in claims.values()}
    asserting = {status for status in said if ontology.asserted(status)}
    negating = {status for status in said if ontology.negates(status)}
    for place, members in groups.items():
        asserted = [claim for claim in members if claim.status in asserting]
        if asserted:
            against = tuple([claim.id for claim in members if claim.status in negating]) if negating else ()
            yield _relation(place, asserted, against, frame)


def _identity(claim: Claim, attribute: str, ontology: Ontology) -> str:
    """What tells the relation of this claim from others: for a role, the one word for it in every language."""
    said = fold(str(claim.attributes.get(attribute) or ""))
    return ontology.role(said) if attribute == "role" else said


def _relation(place: _Place, asserted: list[Claim], against: tuple[str, ...], frame: Frame) -> Relation:
    """One relation of its claims: where they differ, what is said of the latest time holds."""
    predicate, start, end, identity = place
    told = _told(asserted, frame)
    over = told.status is not None and frame.ontology.statuses[told.status].over
    ahead = False
    if told.until is not None:
        latest = max(frame.dates.get(claim.document) or "" for claim in asserted)
        ahead = bool(latest) and told.until > latest
    return Relation(
        id=relation_id(predicate, start, end, identity),
        predicate=predicate,
        start=start,
        end=end,
        status=told.status,
        since=told.since,
        until=told.until,
        current=(told.until is None or ahead) and not over and told.attributes.get("current") is not False,
        attributes=told.attributes
        if _OWN.isdisjoint(told.attributes)
        else {name: value for name, value in told.attributes.items() if name not in _OWN},
        claims=told.claims,
        against=against,
        documents=told.documents,
    )


def _told(asserted: Sequence[Claim], frame: Frame) -> _Told:
    if len(asserted) == 1:
        return _told_once(asserted[0])
    asserted = sorted(asserted, key=lambda claim: (_time(claim, frame), claim.confidence, claim.id))
    attributes: dict[str, Any] = {}
    for claim in asserted:
        attributes.update([(name, value) for name, value in claim.attributes.items() if value is not None])
    return _Told(
        status=next((claim.status for claim in reversed(asserted) if claim.status), None),
        since=_earliest(asserted),
        until=str(attributes["end"]) if attributes.get("end") else None,
        attributes=attributes,
        claims=tuple(sorted([claim.id for claim in asserted])),
        documents=len({claim.document for claim in asserted}),
    )


def _told_once(claim: Claim) -> _Told:
    """What one claim alone comes to: most relations rest on one."""
    attributes = {name: value for name, value in claim.attributes.items() if value is not None}
    since = attributes.get("start") or attributes.get("date")
    until = attributes.get("end")
    return _Told(
        claim.status or None, str(since) if since else None, str(until) if until else None, attributes, (claim.id,), 1
    )


def _time(claim: Claim, frame: Frame) -> str:
    """The time a claim tells of, as far as it says: its own latest date, else its document's."""
    own = [str(claim.attributes[name]) for name in ("as_of", "end", "date", "start") if claim.attributes.get(name)]
    return max(own) if own else frame.dates.get(claim.document) or ""


def _earliest(asserted: Sequence[Claim]) -> str | None:
    starts = [str(claim.attributes["start"]) for claim in asserted if claim.attributes.get("start")]
    dates = [str(claim.attributes["date"]) for claim in asserted if claim.attributes.get("date")]
    return min(starts or dates, default=None)


def _add_partnerships(result: Assembly, claims: Mapping[str, Claim], frame: Frame, names: Mapping[str, str]) -> None:
    """Partnerships with their parties and products, from the claims of partnership that hold as fact.

    Claims that name the cooperation make one of that name; the rest make one for each pair of companies.
    """
    told: dict[str, list[Claim]] = defaultdict(list)
    for id_, claim in claims.items():
        ends = result.ends[id_]
        if claim.predicate == PARTNERS and frame.ontology.asserted(claim.status) and ends.subject != ends.object:
            told[_partnership(claim, ends)].append(claim)
    titles = {**names, **{id_: entity.name for id_, entity in result.entities.items()}}
    for partnership, members in told.items():
        if not members[0].attributes.get("partnership"):
            documents = len({claim.document for claim in members})
            title = " – ".join(titles[id_] for id_ in partnership.split("--"))
            result.entities[partnership] = Entity(partnership, title, (PARTNERSHIP,), (), len(members), documents)
        for relation in _partnership_relations(result.ends, partnership, members, frame):
            result.relations[relation.id] = relation


def _partnership(claim: Claim, ends: Ends) -> str:
    """The id of the claim's partnership; two hyphens stand in no slug, so a pair's id is no other entity's."""
    return ends.about[0][1] if claim.attributes.get("partnership") else "--".join(sorted((ends.subject, ends.object)))


def _partnership_relations(
    ends: Mapping[str, Ends], partnership: str, members: Sequence[Claim], frame: Frame
) -> Iterator[Relation]:
    links: dict[tuple[str, str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in members:
        subject, object_, _, about = ends[claim.id]
        for company in (subject, object_):
            links["PARTY_TO", company, partnership][claim.id] = claim
        for referent, product in about:
            if referent.startswith("product:"):
                links["INVOLVES", partnership, product][claim.id] = claim
    everything = _told(members, frame)
    for (predicate, start, end), claims in links.items():
        told = everything if len(claims) == len(members) else _told(list(claims.values()), frame)
        yield Relation(
            id=relation_id(predicate, start, end),
            predicate=predicate,
            start=start,
            end=end,
            status=None,
            since=told.since,
            until=told.until,
            current=True,
            attributes={},
            claims=told.claims,
            against=(),
            documents=told.documents,
        )
