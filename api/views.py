"""Every JSON shape that the service answers with."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.description import KindName, PredicateName, StatusName
from graph.model import Document as StoredDocument
from graph.readings import (
    Cooperation,
    Disagreement,
    Evidence,
    Hit,
    Hop,
    Link,
    Profile,
    Ref,
    Shared,
    Source,
    Ways,
)

T = TypeVar("T")
Language = Literal["en", "zh-Hans", "zh-Hant"]
PartialDate = Annotated[
    str, Field(description="A date that may be partial.", examples=["2024", "2024-05", "2024-05-17"])
]
_OTHER = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}


class View(BaseModel):
    """A shape of the service: frozen, and nothing beyond its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ListOf(View, Generic[T]):
    """A list, or a part of one: ask again with `cursor` set to `next` for what follows."""

    items: list[T]
    total: int | None = Field(None, description="How many there are in all, where that is cheap to know.")
    next: str | None = Field(None, description="The cursor of the part that follows; null at the end.")


class EntityRef(View):
    """An entity, as others point to it."""

    id: str = Field(examples=["alibaba"])
    name: str = Field(examples=["Alibaba"])
    kinds: list[KindName] = Field(examples=[["Company"]])

    @classmethod
    def of(cls, ref: Ref, language: Language | None) -> "EntityRef":
        """The entity with its name in that language, where it has one."""
        return cls(id=ref.id, name=name_in(ref, language), kinds=list(ref.kinds))


def name_in(ref: Ref, language: Language | None) -> str:
    """The best name in the language; for Chinese else the one in the other script; else the name it goes by."""
    if language is None:
        return ref.name
    return ref.in_language.get(language) or ref.in_language.get(_OTHER.get(language, "")) or ref.name


class Entity(EntityRef):
    """A person, company, product or partnership, with its names and how much is known of it."""

    names: dict[str, list[str]] = Field(description="Its names by language tag, best first.")
    claims: int = Field(description="How many claims tell of it.")
    documents: int = Field(description="How many documents tell of it.")
    relations: dict[PredicateName, int] = Field(description="How many relations of each predicate it has.")

    @classmethod
    def of_profile(cls, profile: Profile, language: Language | None) -> "Entity":
        """The entity with its name in that language."""
        return cls(
            id=profile.ref.id,
            name=name_in(profile.ref, language),
            kinds=list(profile.ref.kinds),
            names={tag: list(texts) for tag, texts in profile.names.items()},
            claims=profile.claims,
            documents=profile.documents,
            relations=dict(profile.relations),
        )


class SearchItem(View):
    """An entity found, the name that matched, and why."""

    entity: EntityRef
    matched: str = Field(description="The name that answers to the query.", examples=["馬雲"])
    why: Literal["exact", "pinyin", "prefix", "similar"]
    score: float = Field(ge=0, le=1)
    claims: int = Field(description="How many claims tell of the entity.")

    @classmethod
    def of(cls, hit: Hit, language: Language | None) -> "SearchItem":
        """The hit with the entity's name in that language."""
        entity = EntityRef.of(hit.entity, language)
        return cls.model_validate(
            {"entity": entity, "matched": hit.matched, "why": hit.why, "score": hit.score, "claims": hit.claims}
        )


class Relation(View):
    """A relation that at least one claim asserts as fact, with its evidence."""

    id: str
    predicate: PredicateName = Field(examples=["PARTNERS_WITH"])
    from_: EntityRef = Field(alias="from")
    to: EntityRef
    status: StatusName | None
    since: str | None
    until: str | None
    current: bool = Field(description="Whether it still holds, by its dates and status.")
    attributes: dict[str, Any]
    claims: list[str] = Field(description="The ids of the claims that assert it.")
    against: list[str] = Field(description="The ids of the claims that deny it.")
    claim_count: int
    documents: int = Field(description="How many documents assert it.")

    @classmethod
    def of(cls, link: Link, language: Language | None) -> "Relation":
        """The relation with names in that language."""
        return cls(
            id=link.id,
            predicate=link.predicate,
            from_=EntityRef.of(link.start, language),
            to=EntityRef.of(link.end, language),
            status=link.status,
            since=link.since,
            until=link.until,
            current=link.current,
            attributes=dict(link.attributes),
            claims=list(link.claims),
            against=list(link.against),
            claim_count=len(link.claims),
            documents=link.documents,
        )


class DocumentRef(View):
    """A document, as claims point to it."""

    id: str
    title: str
    name: str = Field(description="The name of the file it was loaded from.")


class Claim(View):
    """One statement of one document, with the exact words it stands on: `text[start:end] == quote`."""

    id: str
    subject: EntityRef
    predicate: PredicateName
    object: EntityRef
    status: StatusName | None = Field(description="How the document says it stands; null where it says nothing.")
    attributes: dict[str, Any]
    document: DocumentRef
    quote: str
    start: int = Field(description="Offset of the quote in the document's text, in characters.")
    end: int
    speaker: EntityRef | None = Field(None, description="Who said it, where the document quotes someone.")
    method: str = Field(description="How it was found.")
    confidence: float

    @classmethod
    def of(cls, found: Evidence, language: Language | None) -> "Claim":
        """The claim with names in that language."""
        claim = found.claim
        return cls(
            id=claim.id,
            subject=EntityRef.of(found.subject, language),
            predicate=claim.predicate,
            object=EntityRef.of(found.object, language),
            status=claim.status,
            attributes=dict(claim.attributes),
            document=DocumentRef(id=found.source.id, title=found.source.title, name=found.source.name),
            quote=claim.quote,
            start=claim.start,
            end=claim.end,
            speaker=EntityRef.of(found.speaker, language) if found.speaker else None,
            method=claim.method,
            confidence=claim.confidence,
        )


class TimelineItem(View):
    """A dated claim."""

    date: PartialDate
    claim: Claim


class Hops(View):
    """One step of a way: the relation that supports it best, with claims, and other relations between the two."""

    from_: EntityRef = Field(alias="from")
    to: EntityRef
    relation: Relation
    claims: list[Claim]
    others: list[Relation]

    @classmethod
    def of(cls, hop: Hop, language: Language | None) -> "Hops":
        """The hop with names in that language."""
        return cls(
            from_=EntityRef.of(hop.start, language),
            to=EntityRef.of(hop.end, language),
            relation=Relation.of(hop.link, language),
            claims=[Claim.of(one, language) for one in hop.claims],
            others=[Relation.of(link, language) for link in hop.others],
        )


class Connection(View):
    """A way from one entity to the other."""

    hops: list[Hops]
    length: int
    score: float = Field(description="How well its hops are supported together, from 0 to 1.")


class Between(View):
    """An entity that stands on the ways found, and on how many."""

    entity: EntityRef
    ways: int


class Connections(View):
    """Ways from one entity to another, best first."""

    items: list[Connection]
    between: list[Between]
    truncated: bool = Field(description="Whether the search met a limit before it had seen everything.")

    @classmethod
    def of(cls, ways: Ways, language: Language | None) -> "Connections":
        """The ways with names in that language."""
        return cls(
            items=[
                Connection(hops=[Hops.of(hop, language) for hop in way.hops], length=len(way.hops), score=way.score)
                for way in ways.ways
            ],
            between=[Between(entity=EntityRef.of(ref, language), ways=count) for ref, count in ways.between],
            truncated=ways.truncated,
        )


class SharedEntity(View):
    """An entity that all of those asked for have relations with."""

    entity: EntityRef
    relations: list[Relation]

    @classmethod
    def of(cls, shared: Shared, language: Language | None) -> "SharedEntity":
        """The entity with names in that language."""
        links = [Relation.of(link, language) for link in shared.links]
        return cls(entity=EntityRef.of(shared.entity, language), relations=links)


class DocumentItem(View):
    """A document without its text."""

    id: str
    name: str = Field(description="The name of the file it was loaded from.")
    title: str
    language: str
    date: str | None
    source: str
    claims: int

    @classmethod
    def of(cls, source: Source) -> "DocumentItem":
        """The document of a list."""
        return cls(
            id=source.id,
            name=source.name,
            title=source.title,
            language=source.language,
            date=source.date,
            source=source.source,
            claims=source.claims,
        )


class Document(DocumentItem):
    """A document with its text; offsets of its claims are characters of it."""

    text: str

    @classmethod
    def of_stored(cls, document: StoredDocument, claims: int) -> "Document":
        """The document as it is stored."""
        return cls(
            id=document.id,
            name=document.name,
            title=document.title or document.name,
            language=document.language,
            date=document.date,
            source=document.source,
            claims=claims,
            text=document.text,
        )


class Partnership(EntityRef):
    """A partnership with its parties, products and evidence; what claims differ in, the latest says."""

    parties: list[EntityRef]
    products: list[EntityRef]
    topics: list[str]
    status: StatusName | None
    since: str | None
    documents: int
    claims: list[Claim]

    @classmethod
    def of_cooperation(cls, found: Cooperation, language: Language | None) -> "Partnership":
        """The partnership with names in that language."""
        said = [one.claim for one in found.claims]
        topics = dict.fromkeys(str(c.attributes["topic"]) for c in said if c.attributes.get("topic"))
        dates = sorted(str(c.attributes["date"]) for c in said if c.attributes.get("date"))
        by_date = sorted(said, key=lambda c: str(c.attributes.get("date") or ""))
        return cls(
            id=found.ref.id,
            name=name_in(found.ref, language),
            kinds=list(found.ref.kinds),
            parties=[EntityRef.of(ref, language) for ref in found.parties],
            products=[EntityRef.of(ref, language) for ref in found.products],
            topics=list(topics),
            status=next((c.status for c in reversed(by_date) if c.status), None),
            since=dates[0] if dates else None,
            documents=found.documents,
            claims=[Claim.of(one, language) for one in found.claims],
        )


class ConflictSide(View):
    """One of the things said that cannot all be true."""

    says: str
    claims: list[Claim]


class Conflict(View):
    """Claims that cannot all be true, side by side."""

    id: str
    rule: Literal["denied", "seat", "value"] = Field(
        description="denied: asserted and denied; seat: two hold what one can; value: different values for one deal."
    )
    predicate: PredicateName
    about: str = Field(description="The role or the attribute that they differ in; empty for denied.")
    entities: list[EntityRef]
    sides: list[ConflictSide]

    @classmethod
    def of(cls, found: Disagreement, language: Language | None) -> "Conflict":
        """The conflict with names in that language."""
        sides = [
            ConflictSide(says=says, claims=[Claim.of(one, language) for one in claims]) for says, claims in found.sides
        ]
        entities = [EntityRef.of(ref, language) for ref in found.entities]
        return cls.model_validate(
            {
                "id": found.id,
                "rule": found.rule,
                "predicate": found.predicate,
                "about": found.about,
                "entities": entities,
                "sides": sides,
            }
        )
