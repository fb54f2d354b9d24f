"""An optional reader that asks a language model at an OpenAI-compatible address; nothing uses it unless it is set up.

Its claims are held to one rule: the quote, and a name of both ends, must stand in the text word for word.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.languagemodel import AssistantError, LanguageModel
from graph.model import Claim, Document, Referent
from loaders.reading import sections
from loaders.schema import ALLOWED, KINDS
from loaders.standing import STATUSES

METHOD = "assistant"
_ASK = """Find in the text below which of these relations it states between people, companies and products:
{predicates}
Answer with JSON only: {{"claims": [{{"subject": {{"name": "...", "kind": "person|company|product"}},
"predicate": "...", "object": {{"name": "...", "kind": "..."}}, "status": null, "quote": "..."}}]}}.
Copy names and quotes from the text letter for letter. Leave out what is not stated.
The status is null or one of: {statuses}.

Text:
{text}"""


class Assistant(LanguageModel):
    """Reads claims by asking a model."""

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
        claims = self.object_of(question).get("claims")
        if not isinstance(claims, list):
            raise AssistantError(f"{self.address} did not answer with a list of claims")
        return claims


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
