"""Reading: a document's text becomes claims, without a language model.

python -m loaders.reading score GOLD     reads GOLD/docs and scores the claims against GOLD/gold
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Claim, Document, Referent
from loaders import MODEL
from loaders.candidates import Reading, read
from loaders.claims import Rules, Verdict, claims_of, verdicts
from loaders.documents import body_start, read_document
from loaders.encoder import Encoder
from loaders.gold import read_gold
from loaders.judging import JUDGE, judge
from loaders.problems import RefusedError
from loaders.score import Report, score

if TYPE_CHECKING:
    from graph.store import Progress

LEAST = 0.42  # the confidence from which on a candidate is claimed
SECTION = 12_000  # characters that are read as one text


@dataclass(frozen=True)
class Reader:
    """Reads claims out of documents. Deterministic; holds the models in memory once they are used.

    `progress` is told ("characters", done, all) as a text is read, where that takes more than one section.
    """

    least: float = LEAST
    models: Path = MODEL
    weights: Path = field(default=JUDGE)
    progress: "Progress | None" = None

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a document, in the order of the text."""
        found: list[Claim] = []
        for start, end in sections(document.text, body_start(document.text)):
            reading = read(document.text[start:end], self._encoder)
            found.extend(claims_of(document, reading, self._rules, start))
            if self.progress and len(document.text) > SECTION:
                self.progress("characters", end, len(document.text))
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


def measure(folder: Path, reader: Reader) -> Report:
    """Reads the texts of a gold folder and scores the claims. Raises RefusedError when it is none."""
    gold = read_gold(folder)
    claims, texts = {}, {}
    for one in gold:
        paths = sorted((folder / "docs").glob(f"{one.name}.*"))
        document = read_document(paths[0] if paths else folder / "docs" / f"{one.name}.txt")
        if not isinstance(document, Document):
            raise RefusedError(f"{document.file}: {document.reason}", "docs")
        claims[one.name], texts[one.name] = reader(document), document.text
    return score(gold, claims, texts)


def main(words: Sequence[str]) -> int:
    """The command line: `score FOLDER`."""
    if len(words) != 2 or words[0] != "score":
        sys.stderr.write("usage: python -m loaders.reading score FOLDER\n")
        return 2
    try:
        report = measure(Path(words[1]), Reader())
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(line + "\n" for line in report.lines())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
