"""What reading the graph gives back: entities, relations, claims and ways as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from graph.model import Claim, Judgement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity as others point to it; `in_language` holds its best name by language tag."""

    id: str
    name: str
    kinds: tuple[str, ...]
    in_language: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity with all its names by language, and how much is known of it: counts by predicate."""

    ref: Ref
    names: Mapping[str, tuple[str, ...]]
    claims: int
    documents: int
    relations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two entities with its evidence; `claims` assert it, `against` negate it."""

    id: str
    predicate: str
    start: Ref
    end: Ref
    status: str | None
    since: str | None
    until: str | None
    current: bool
    attributes: Mapping[str, Any]
    claims: tuple[str, ...]
    against: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document as others point to it."""

    id: str
    title: str
    name: str
    language: str = ""
    date: str | None = None
    source: str = ""
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim with the entities it is about, who said it, and its document."""

    claim: Claim
    subject: Ref
    object: Ref
    source: Source
    speaker: Ref | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by a name: the name that matched, why (exact, pinyin, prefix, similar), a score from 0 to 1."""

    entity: Ref
    matched: str
    why: str
    score: float
    claims: int


@dataclass(frozen=True, slots=True)
class Dot:
    """An entity in a neighbourhood: how far it is, and how many relations it has in the whole graph."""

    ref: Ref
    names: tuple[str, ...]
    claims: int
    degree: int
    distance: int


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Entities around one, nearest first, and every relation between them; `truncated` when some were left out."""

    dots: tuple[Dot, ...]
    links: tuple[Link, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way: the relation best supported, its claims, and other relations of the two entities."""

    start: Ref
    end: Ref
    link: Link
    claims: tuple[Evidence, ...]
    others: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one entity to another; `score` from 0 to 1 says how well its hops are supported together."""

    hops: tuple[Hop, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways found, best first; `truncated` when the search stopped at a limit before it had seen everything.

    `between` are the entities that stand on most of them, with the number of ways.
    """

    ways: tuple[Way, ...]
    between: tuple[tuple[Ref, int], ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """An entity that several have in common, with the relations that lead to it."""

    entity: Ref
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Cooperation:
    """A partnership: its parties, products, topics, dates, status and claims."""

    ref: Ref
    parties: tuple[Ref, ...]
    products: tuple[Ref, ...]
    claims: tuple[Evidence, ...] = ()
    documents: int = 0
    claim_count: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that cannot all be true: the rule they break (`rule`, `about`) and the sides, each with its claims."""

    id: str
    rule: str
    predicate: str
    about: str
    entities: tuple[Ref, ...]
    sides: tuple[tuple[str, tuple[Evidence, ...]], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement and the entity that each of its sides means now; None where that is none or several."""

    judgement: Judgement
    entities: tuple[Ref | None, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that may be one entity, and why: for a person to judge."""

    left: Ref
    right: Ref
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list: `total` where it is known, `next` says from where the next part starts, None at the end."""

    items: tuple[T, ...]
    total: int | None = None
    next: str | None = None
