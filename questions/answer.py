"""What is answered: a sentence, the entities and value it gives, the claims it stands on, the statement it ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from questions.meaning import Meaning, Named, Several, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from questions.evidence import Being, Evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a sentence, the entities and value it gives, the claims it stands on, the statement it ran.

    `ambiguous` holds the entities a shared name may mean, `nearest` names or questions near what was asked.
    """

    answered: bool
    answer: str
    language: str
    entities: tuple[Being, ...] = ()
    value: str | float | bool | None = None
    claims: tuple[Evidence, ...] = ()
    cypher: str = ""
    ambiguous: tuple[Being, ...] = ()
    nearest: tuple[str, ...] = ()
    meaning: Meaning | None = None
    context: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The answer as it travels over HTTP."""
        told: dict[str, Any] = {
            "answered": self.answered,
            "answer": self.answer,
            "language": self.language,
            "entities": [_being(one) for one in self.entities],
            "value": self.value,
            "claims": [_claim(one) for one in self.claims],
            "cypher": self.cypher,
        }
        if self.ambiguous:
            told["ambiguous"] = [_being(one) for one in self.ambiguous]
        if self.nearest:
            told["nearest"] = list(self.nearest)
        return told | {"context": self.context}


def _being(one: Being) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "names": list(one.names), "kinds": list(one.kinds)}


def _claim(one: Evidence) -> dict[str, Any]:
    return {
        "id": one.claim,
        "subject": one.subject.id,
        "predicate": one.predicate,
        "object": one.object.id,
        "status": one.status,
        "quote": one.quote,
        "document": one.document_name,
        "document_id": one.document,
    }


def together(statements: Iterable[str]) -> str:
    """Statements of the same columns as one that gives the rows of all."""
    return "\nUNION ALL\n".join(dict.fromkeys(text for text in statements if text))


def ends_of(claims: Sequence[Evidence]) -> list[Being]:
    """The entities of claims, each once, in order."""
    return list({being.id: being for one in claims for being in (one.subject, one.object)}.values())


def named_ids(who: Who) -> tuple[str, ...]:
    """The ids that a description starts from."""
    if isinstance(who, Named):
        return who.ids
    if isinstance(who, Several):
        return tuple(id_ for one in who.whos for id_ in one.ids)
    ends = [end for end in (who.fact.subject, who.fact.object) if end is not None]
    return tuple(id_ for end in ends for id_ in named_ids(end))
