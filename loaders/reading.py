"""Reading: a document's text becomes claims, without a language model.

python -m loaders.reading score GOLD     reads GOLD/docs and scores the claims against GOLD/gold
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from graph.model import Claim, Document, Referent
from loaders.candidates import Reading, read
from loaders.claims import Rules, Verdict, claims_of, verdicts
from loaders.documents import body_start
from loaders.encoder import MODEL, Encoder
from loaders.judging import JUDGE, judge

LEAST = 0.5  # the confidence from which on a candidate is claimed
SECTION = 12_000  # characters that are read as one text


@dataclass(frozen=True)
class Reader:
    """Reads claims out of documents. Deterministic; holds the models in memory once they are used."""

    least: float = LEAST
    models: Path = MODEL
    weights: Path = field(default=JUDGE)

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a document, in the order of the text."""
        found: list[Claim] = []
        for start, end in sections(document.text, body_start(document.text)):
            reading = read(document.text[start:end], self._encoder)
            found.extend(claims_of(document, reading, self._rules, start))
        return sorted(_one_entity(found), key=lambda claim: (claim.start, claim.end, claim.predicate))

    def explain(self, document: Document) -> Iterator[tuple[int, Reading, list[Verdict]]]:
        """For each section of the text: where it starts, everything that was seen in it, and what became of it."""
        for start, end in sections(document.text, body_start(document.text)):
            reading = read(document.text[start:end], self._encoder)
            yield start, reading, verdicts(reading, self._rules)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder(self.models)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self.least, judge(self.weights))


def sections(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Runs of whole paragraphs of at most SECTION characters (a longer paragraph is cut at a sentence, or anywhere)."""
    while start < len(text):
        end = min(start + SECTION, len(text))
        if end < len(text):
            end = _cut(text, start, end)
        if text[start:end].strip():
            yield start, end
        start = end


def _cut(text: str, start: int, end: int) -> int:
    for mark in ("\n\n", "\n", "。", ". ", " "):
        at = text.rfind(mark, start + SECTION // 2, end)
        if at >= 0:
            return at + len(mark)
    return end


def _one_entity(claims: list[Claim]) -> list[Claim]:
    """Entities of different sections that share a name of one kind are one."""
    known: dict[tuple[str, str], str] = {}
    names: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        for referent in (claim.subject, claim.object):
            keys = [(referent.kind, name) for name in referent.names]
            id_ = next((known[key] for key in keys if key in known), referent.id)
            names[id_] = tuple(dict.fromkeys((*names.get(id_, ()), *referent.names)))
            known.update((key, id_) for key in keys)

    def renamed(referent: Referent) -> Referent:
        id_ = known.get((referent.kind, referent.names[0]), referent.id)
        return Referent(id_, referent.kind, names.get(id_, referent.names))

    return [
        replace(
            claim,
            subject=renamed(claim.subject),
            object=renamed(claim.object),
            speaker=None if claim.speaker is None else renamed(claim.speaker),
            id="",
        )
        for claim in claims
    ]
