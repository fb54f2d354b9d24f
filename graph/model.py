"""What is known, as frozen values: documents, claims, judgements, and the entities and relations derived from them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Attributes = Mapping[str, Any]
_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_id(prefix: str, *parts: object) -> str:
    """An id that is a hash of its parts, so that the same content always has the same id."""
    return hash_id(prefix, _TEXT.encode(parts))


def hash_id(prefix: str, text: str) -> str:
    """An id that is a hash of a text."""
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was loaded; offsets of its claims point into `text`. `date` may be partial or None.

    `pages` are the offsets at which the pages of a PDF or DOCX start.
    """

    id: str
    name: str
    text: str
    title: str = ""
    language: str = ""
    date: str | None = None
    source: str = ""
    pages: tuple[int, ...] = ()

    @staticmethod
    def of(name: str, text: str, **about: str | None) -> "Document":
        """A document whose id is a hash of its text: the same text loaded twice is one document."""
        return Document(id=content_id("d", text), name=name, text=text, **about)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity as one document tells of it: `id` is unique within the document, `names` are as said there."""

    id: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one document. Never edited: its id is a hash of everything it says."""

    document: str
    subject: Referent
    predicate: str
    object: Referent
    quote: str
    start: int
    end: int
    attributes: Attributes = field(default_factory=dict)
    status: str | None = None
    speaker: Referent | None = None
    method: str = "given"
    confidence: float = 1.0
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", content_id("c", *self.content()))

    def content(self) -> tuple[Any, ...]:
        """Everything the claim says, in the order its id is made from."""
        ends = [None if r is None else [r.id, r.kind, r.names] for r in (self.subject, self.object, self.speaker)]
        where = [self.document, self.start, self.end, self.quote]
        return where, self.predicate, ends, self.status, dict(self.attributes), self.method, self.confidence


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a judgement: a name, narrowed to a kind, and to a document when several entities bear the name."""

    name: str
    kind: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recorded decision: the sides are one entity (`same`), are not (`not_same`), or none can tell (`unsure`)."""

    verdict: str
    sides: tuple[Side, ...]
    reason: str = ""
    author: str = ""
    at: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            sides = sorted([s.name, s.kind or "", s.document or ""] for s in self.sides)
            object.__setattr__(self, "id", content_id("j", self.verdict, sides))


VERDICTS = ("same", "not_same", "unsure")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity: `key` its folded spelling, `slug` the id it would give, `sound` pinyin or Latin letters."""

    text: str
    key: str
    slug: str
    sound: str
    language: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, company, product or partnership; derived. `claims` and `documents` are how many tell of it."""

    id: str
    name: str
    kinds: tuple[str, ...]
    names: tuple[Name, ...]
    claims: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate between two entities that at least one claim asserts as fact; derived.

    `claims` are the ids of the claims that assert it, `against` of those that negate it;
    `documents` is the number of documents that assert it.
    """

    id: str
    predicate: str
    start: str
    end: str
    status: str | None
    since: str | None
    until: str | None
    current: bool
    attributes: Attributes
    claims: tuple[str, ...]
    against: tuple[str, ...]
    documents: int
