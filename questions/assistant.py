"""An optional language model that may rewrite the question into the typed meaning; it never writes an answer.

Nothing uses it unless one is handed to `questions.answer`, as the service does where the settings name one. It is asked
only where the grammar finds no answer; what it gives is held to the ontology and to names that stand in the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

from graph.languagemodel import LanguageModel
from questions.meaning import Ask, End, Fact, Limits, Meaning, Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.ontology import Ontology
    from questions.link import Linker

_ASKS = frozenset({"list", "when", "amount", "share", "count", "role", "yesno", "evidence"})
_ASK = """Say what this question asks of a graph of relations. Answer with JSON only:
{{"ask": one of {asks}, "predicate": one of {predicates}, "subject": name or null, "object": name or null,
"role": null or a post in English}}. Copy names from the question letter for letter; the end that is asked for is null.
If the question does not fit, answer {{}}.

Question: {question}"""


@dataclass(frozen=True)
class Assistant(LanguageModel):
    """Rewrites questions."""

    timeout: float = 20.0

    def meaning(self, question: str, linker: Linker, ontology: Ontology) -> Meaning | None:
        """The question as a typed meaning, or None where it fits none. Raises AssistantError without an answer."""
        asked = _ASK.format(asks=sorted(_ASKS), predicates=sorted(ontology.predicates), question=question)
        return _meaning(self.object_of(asked), question, linker, ontology)


def _meaning(given: Mapping[str, Any], question: str, linker: Linker, ontology: Ontology) -> Meaning | None:
    """The meaning, or None where a name does not stand in the question or a word is none of ours."""
    ask, predicate = given.get("ask"), given.get("predicate")
    if ask not in _ASKS or predicate not in ontology.predicates:
        return None
    named = {end: _named(given.get(end), question, linker) for end in ("subject", "object")}
    if any(given.get(end) and named[end] is None for end in named) or not any(named.values()):
        return None
    role = given.get("role") if isinstance(given.get("role"), str) and predicate == "HOLDS_ROLE_AT" else None
    symmetric = ontology.predicates[str(predicate)].symmetric
    fact = Fact((str(predicate),), named["subject"], named["object"], symmetric=symmetric, role=str(role or ""))
    both = all(named.values())
    end: str | None = None if both else "either" if symmetric else "subject" if named["subject"] is None else "object"
    if both and ask == "list":
        return None
    assert end is None or end in get_args(End)
    return Meaning(cast("Ask", ask), fact, cast("End | None", end), limits=Limits())


def _named(name: object, question: str, linker: Linker) -> Named | None:
    if not isinstance(name, str) or not name.strip() or name not in question:
        return None
    return next((token.who for token in linker.entities(name) if isinstance(token.who, Named)), None)
