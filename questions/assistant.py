"""An optional language model that may rewrite a question into the typed meaning; it never writes an answer.

Nothing uses it unless one is handed to `questions.answer`; it is asked only where the grammar finds no answer, and what
it gives is held to the ontology and to names that stand in the question.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

from graph.errors import GuanxiError
from questions.meaning import Ask, End, Fact, Limits, Meaning, Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.ontology import Ontology
    from questions.link import Linker

_LARGEST = 2**20  # bytes of a reply
_ASKS = frozenset({"list", "when", "amount", "share", "count", "role", "yesno", "evidence"})
_ASK = """Say what this question asks of a graph of relations. Answer with JSON only:
{{"ask": one of {asks}, "predicate": one of {predicates}, "subject": name or null, "object": name or null,
"role": null or a post in English}}. Copy names from the question letter for letter; the end that is asked for is null.
If the question does not fit, answer {{}}.

Question: {question}"""


class AssistantError(GuanxiError):
    """The assistant did not answer, or not in the shape that was asked for."""


@dataclass(frozen=True)
class Assistant:
    """Rewrites questions. `address` ends before /chat/completions; `key` is a bearer token; `timeout` is in seconds."""

    address: str
    model: str
    key: str = ""
    timeout: float = 20.0

    def meaning(self, question: str, linker: Linker, ontology: Ontology) -> Meaning | None:
        """The question as a typed meaning, or None where it fits none. Raises AssistantError without an answer."""
        asked = _ASK.format(asks=sorted(_ASKS), predicates=sorted(ontology.predicates), question=question)
        body = {"model": self.model, "temperature": 0, "messages": [{"role": "user", "content": asked}]}
        reply = self._post(json.dumps(body).encode())
        try:
            content = json.loads(reply)["choices"][0]["message"]["content"]
            given = json.loads(content[content.index("{") : content.rindex("}") + 1])
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise AssistantError(f"{self.address} did not answer with a meaning: {error}") from error
        return _meaning(given, question, linker, ontology) if isinstance(given, dict) else None

    def _post(self, body: bytes) -> bytes:
        if not self.address.startswith(("http://", "https://")):
            raise AssistantError(f"the assistant's address must begin with http:// or https://, not {self.address!r}")
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        request = urllib.request.Request(f"{self.address.rstrip('/')}/chat/completions", body, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as reply:  # noqa: S310
                data: bytes = reply.read(_LARGEST + 1)
        except (OSError, urllib.error.URLError) as error:
            raise AssistantError(f"no answer from {self.address}: {error}") from error
        if len(data) > _LARGEST:
            raise AssistantError(f"{self.address} answered with more than {_LARGEST // 2**20} MiB")
        return data


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
