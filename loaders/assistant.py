"""An optional reader that asks a language model at an OpenAI-compatible address; nothing uses it unless it is set up.

Its claims are held to one rule: the quote, and a name of both ends, must stand in the text word for word.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import GuanxiError
from graph.model import Claim, Document, Referent
from loaders.reading import sections
from loaders.schema import ALLOWED, KINDS
from loaders.standing import STATUSES

METHOD = "assistant"
_LARGEST = 4 * 2**20  # bytes of a reply
_ASK = """Find in the text below which of these relations it states between people, companies and products:
{predicates}
Answer with JSON only: {{"claims": [{{"subject": {{"name": "...", "kind": "person|company|product"}},
"predicate": "...", "object": {{"name": "...", "kind": "..."}}, "status": null, "quote": "..."}}]}}.
Copy names and quotes from the text letter for letter. Leave out what is not stated.
The status is null or one of: {statuses}.

Text:
{text}"""


class AssistantError(GuanxiError):
    """The assistant did not answer, or not in the shape that was asked for."""


@dataclass(frozen=True)
class Assistant:
    """Reads claims by asking a model. `address` ends before /chat/completions; `key` is sent as a bearer token."""

    address: str
    model: str
    key: str = ""
    timeout: float = 120.0

    def __call__(self, document: Document) -> list[Claim]:
        """The claims whose words stand in the document. Raises AssistantError when there is no answer to use."""
        found: list[Claim] = []
        for start, end in sections(document.text):
            answer = self._ask(document.text[start:end])
            found.extend(_claims(document, answer, (start, end)))
        return found

    def _ask(self, text: str) -> list[Any]:
        predicates = "\n".join(_described(name) for name in ALLOWED)
        question = _ASK.format(predicates=predicates, statuses=", ".join(STATUSES[1:]), text=text)
        body = {"model": self.model, "temperature": 0, "messages": [{"role": "user", "content": question}]}
        reply = self._post(json.dumps(body).encode())
        try:
            content = json.loads(reply)["choices"][0]["message"]["content"]
            claims = json.loads(content[content.index("{") : content.rindex("}") + 1])["claims"]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise AssistantError(f"{self.address} did not answer with claims: {error}") from error
        if not isinstance(claims, list):
            raise AssistantError(f"{self.address} did not answer with a list of claims")
        return claims

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


def _described(predicate: str) -> str:
    ends = sorted(ALLOWED[predicate])
    return f"{predicate}: " + ", ".join(f"{a} to {b}" for a, b in ends)


def _claims(document: Document, answer: list[Any], section: tuple[int, int]) -> Iterator[Claim]:
    for given in answer:
        claim = _claim(document, given, section) if isinstance(given, Mapping) else None
        if claim is not None:
            yield claim


def _claim(document: Document, given: Mapping[str, Any], section: tuple[int, int]) -> Claim | None:
    """The claim, or None where a word of it does not stand in the text or its shape is not ours."""
    quote, predicate = given.get("quote"), given.get("predicate")
    subject, object_ = _referent(given.get("subject"), document), _referent(given.get("object"), document)
    if not isinstance(quote, str) or not quote.strip() or subject is None or object_ is None:
        return None
    start = document.text.find(quote, *section)
    ends = (subject.kind.casefold(), object_.kind.casefold())
    if start < 0 or not isinstance(predicate, str) or ends not in ALLOWED.get(predicate, ()) or subject == object_:
        return None
    status = given.get("status")
    return Claim(
        document=document.id,
        subject=subject,
        predicate=predicate,
        object=object_,
        quote=quote,
        start=start,
        end=start + len(quote),
        status=status if status in STATUSES[1:] else None,
        method=METHOD,
        confidence=0.5,
    )


def _referent(given: object, document: Document) -> Referent | None:
    if not isinstance(given, Mapping):
        return None
    name, kind = given.get("name"), given.get("kind")
    if not isinstance(name, str) or not name.strip() or name not in document.text or kind not in KINDS:
        return None
    return Referent(f"{kind}:{name}", str(kind).capitalize(), (name,))
