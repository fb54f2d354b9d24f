"""The relation model on pairs of names in single sentences: files of head, tail, relation, sentence."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from loaders.encoder import Array, Encoder, gelu, softmax
from loaders.pairs import UNKNOWN, Case, Row, group, inverse, read_lines
from loaders.pairwords import features
from loaders.passages import prepare
from loaders.relationmodel import Party, View, mark
from loaders.schema import COMPANY

_LONGEST = 400  # pieces
_SHARPNESS = 6.0  # of the linear model's margins
_ENCODER = 0.5  # the encoder's part of the vote
_UNKNOWN = 0.3  # how much of the vote for unknown counts: both models say it too often


@dataclass(frozen=True)
class PairModel:
    """Labels a pair of names in a sentence."""

    encoder: Encoder

    @property
    def labels(self) -> list[str]:
        """The labels it knows."""
        return _labels(self.encoder.folder)

    def votes(self, case: Case) -> Array:
        """The vote for each label, for the pair read in the order of the text."""
        linear: Array = softmax(_SHARPNESS * _linear(self.encoder.folder).margins(case))
        both: Array = _ENCODER * self.shares(case) + (1 - _ENCODER) * linear
        both[self.labels.index(UNKNOWN)] *= _UNKNOWN
        return both

    def shares(self, case: Case) -> Array:
        """The probability of each label by the encoder."""
        vectors = self.vectors(case)
        if vectors is None:
            unknown: Array = np.zeros(len(self.labels), np.float32)
            unknown[self.labels.index(UNKNOWN)] = 1.0
            return unknown
        shares: Array = softmax(self.encoder.linear(gelu(self.encoder.linear(vectors, "f_mid")), "f_out"))
        return shares

    def vectors(self, case: Case) -> Array | None:
        """What the encoder makes of a pair: both names, the sentence's mark and its mean; None where it is cut off."""
        passage = prepare(case.sentence, self.encoder.tokenizer)
        first, second = passage.span(*case.first), passage.span(*case.second)
        if first is None or second is None or max(first[1], second[1]) > _LONGEST:
            return None
        lower = self.encoder.lower([t.piece for t in passage.tokens[:_LONGEST]])
        view = View((first, second), (0, 0), (Party(COMPANY, (0,)), Party(COMPANY, (1,))))
        hidden, _ = self.encoder.upper(mark(lower, view, self.encoder))
        spans = [hidden[a + 1 : b + 1].mean(0) for a, b in (first, second)]
        return np.concatenate([*spans, hidden[0], hidden.mean(0)])

    def predict(self, rows: Sequence[Row]) -> list[str]:
        """One label a row."""
        known = set(self.labels)
        found = [UNKNOWN] * len(rows)
        for case in group(list(rows), known):
            label = self.labels[int(self.votes(case).argmax())]
            for number, reversed_ in case.rows:
                found[number] = inverse(label, known) if reversed_ else label
        return found


@dataclass(frozen=True)
class _Linear:
    """A linear model on the letters around a pair."""

    weights: Array
    bias: Array

    def margins(self, case: Case) -> Array:
        found = features(case)
        margins: Array = self.weights[found].sum(0) / np.sqrt(len(found)) + self.bias
        return margins


@cache
def _linear(folder: Path) -> _Linear:
    with np.load(folder / "pairs.npz") as stored:
        return _Linear(stored["weights"].astype(np.float32) * stored["scale"], stored["bias"])


@cache
def _labels(folder: Path) -> list[str]:
    labels: list[str] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    return labels


@dataclass(frozen=True, slots=True)
class PairScore:
    """Agreement over the labels other than unknown, one label a line, counted strictly."""

    micro: float
    precision: float
    recall: float
    macro: float
    rows: int


def score(rows: Sequence[Row], found: Sequence[str]) -> PairScore:
    """Compares one label a row with the file's own."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter(found)
    gold: Counter[str] = Counter(row.relation for row in rows)
    for row, label in zip(rows, found, strict=True):
        right[label] += row.relation == label
    classes = [label for label in gold if label != UNKNOWN]
    hits = sum(right[label] for label in classes)
    out = sum(count for label, count in said.items() if label != UNKNOWN)
    wanted = sum(gold[label] for label in classes)
    macro = sum(2 * right[label] / (said[label] + gold[label]) for label in classes) / max(len(classes), 1)
    return PairScore(2 * hits / max(out + wanted, 1), hits / max(out, 1), hits / max(wanted, 1), macro, len(rows))


def report(path: Path, encoder: Encoder) -> Iterator[str]:
    """The lines that the command prints for a file."""
    rows = read_lines(path)
    found = PairModel(encoder).predict(rows)
    result = score(rows, found)
    yield f"{path.name}: {result.rows} lines, one label a line, classes other than {UNKNOWN}"
    yield f"micro F1 {result.micro:.4f}  (precision {result.precision:.4f}, recall {result.recall:.4f})"
    yield f"macro F1 {result.macro:.4f}"
