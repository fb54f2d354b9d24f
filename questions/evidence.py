"""The rows of a statement as evidence: what was claimed, how it stands, where it is said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Being:
    """An entity of a row."""

    id: str
    name: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that an answer may be made of. `end` is the id of the entity sought; `steps` the claims before it."""

    claim: str
    subject: Being
    predicate: str
    object: Being
    status: str | None
    attributes: Mapping[str, Any]
    quote: str
    document: str
    document_name: str
    date: str
    end: str
    steps: tuple[str, ...]
    said_names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def sought(self) -> Being:
        """The entity at the end that was sought."""
        return self.subject if self.subject.id == self.end else self.object

    @property
    def other(self) -> Being:
        """The entity at the other end."""
        return self.object if self.subject.id == self.end else self.subject

    def value(self, name: str) -> Any:  # noqa: ANN401  (what documents say)
        """An attribute's value, or None."""
        return self.attributes.get(name)

    @property
    def when(self) -> str:
        """The date the claim tells of: its own, or when it began."""
        return str(self.value("date") or self.value("start") or "")


def evidence_of(row: Sequence[Any]) -> Evidence:
    """The evidence of a row of answered.cypher."""
    (claim, s, s_name, s_names, s_kinds, predicate, o, o_name, o_names, o_kinds, status, said, quote, _, _,
     document, document_name, date, end, steps) = row[:20]  # fmt: skip
    told = json.loads(said)
    return Evidence(
        claim=claim,
        subject=Being(s, s_name, tuple(s_names or ()), tuple(s_kinds or ())),
        predicate=predicate,
        object=Being(o, o_name, tuple(o_names or ()), tuple(o_kinds or ())),
        status=status,
        attributes=_attributes(told.get("attributes") or {}),
        quote=quote,
        document=document,
        document_name=document_name,
        date=date or "",
        end=end,
        steps=tuple(steps or ()),
        said_names=(tuple(told["subject"][2:]), tuple(told["object"][2:])),
    )


def _attributes(told: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes; where a list of roles tells when each was held, those of the claim's own role."""
    roles = told.get("roles") or ()
    if isinstance(roles, str) and roles.startswith("["):
        roles = json.loads(roles)
    own = [one for one in roles if isinstance(one, dict) and one.get("role") == told.get("role")]
    return {**told, **(own[0] if own else {})}
