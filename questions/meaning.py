"""What a question means, as frozen values: what is asked, about whom, and what must hold of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Ask: TypeAlias = Literal[
    "list", "when", "amount", "share", "count", "role", "yesno", "evidence", "purpose", "said",
    "path", "common", "profile", "compare", "changed", "kinship", "outcome", "rank",
]  # fmt: skip
End: TypeAlias = Literal["subject", "object", "either", "to", "speaker"]


@dataclass(frozen=True, slots=True)
class Named:
    """Entities by their ids, and the name the question gives; several ids where several answer to it.

    `taken_for` is the name in the graph that the question's was taken for, where no rule of spelling makes it that one.
    """

    ids: tuple[str, ...]
    text: str
    kinds: tuple[str, ...] = ()
    taken_for: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """Whoever stands at the open end of a fact: "the founder of X"."""

    fact: Fact
    end: End


@dataclass(frozen=True, slots=True)
class Several:
    """Several entities at once: what is sought must stand in the relation to each of them."""

    whos: tuple[Named, ...]


Who: TypeAlias = Named | Open | Several


@dataclass(frozen=True, slots=True)
class Limits:
    """What else must hold: time (current, former, next), status, order (first, new, largest ...), dates, words near it.

    `only`: the ids of those to choose from. `part`: words for a part of the entity named, which is bought or sold
    without the rest. `priced`: for how much is asked too. `via`: the way must lead over somebody else. `shared`: only
    what all of those described have. `rest`: the other so many per cent, of which a claim must say that many.
    `strict`: the claim must be noted for what is asked about, and what is sought be of the kind asked.
    """

    tense: str = ""
    status: str = ""
    order: str = ""
    since: str = ""
    until: str = ""
    kind: str = ""
    topic: tuple[str, ...] = ()
    share_pct: float | None = None
    month: str = ""
    degree: str = ""
    before: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    strict: bool = False
    part: tuple[str, ...] = ()
    shared: bool = False
    via: bool = False
    priced: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation with its ends; an end that is None is open.

    `role`, `family` and `said`, words of which the claim must hold one, narrow it. `many`: documents name but some of
    those sought.
    """

    predicates: tuple[str, ...]
    subject: Who | None = None
    object: Who | None = None
    symmetric: bool = False
    role: str = ""
    family: str = ""
    tense: str = ""
    order: str = ""
    said: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question: `ask` of `fact`, whose `end` is sought; or of `who` alone (paths, profiles, what is common)."""

    ask: Ask
    fact: Fact | None = None
    end: End | None = None
    who: tuple[Who, ...] = ()
    limits: Limits = Limits()
