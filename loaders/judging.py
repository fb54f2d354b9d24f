"""How sure a claim is: the relation model's score weighed with everything else known about the candidate."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loaders.candidates import Candidate, Reading
from loaders.cues import Cue, cues_in
from loaders.mentions import Mention
from loaders.schema import PREDICATES, SYMMETRIC

JUDGE = Path(__file__).parent / "models" / "judge.json"
FEATURES = (
    "logit",
    "rank_subject",
    "rank_object",
    "rival",
    "margin",
    "subject_named",
    "object_named",
    "subject_sure",
    "object_sure",
    "link_sure",
    "sentences",
    "distance",
    "subject_mentions",
    "object_mentions",
    "several",
    "name_length",
    "negated",
    "cue",
    "cue_between",
    "other_cues",
    "doubt",
    "latin",
    "entities",
    "best_of_object",
    "best_of_subject",
    "active",
    "unsettled",
    "intervening",
    "cue_to_subject",
    "cue_to_object",
    "subject_first",
    "negation",
    "negation_between",
)


Array = NDArray[np.float64]


@dataclass(frozen=True)
class Judge:
    """A logistic model and a forest of small trees, both trained on documents the reader had not seen; their mean.

    `weights` has one number a column; the trees are arrays of nodes [trees, nodes]: a leaf's `column` is -1.
    """

    weights: Array
    bias: float
    column: NDArray[np.int64]
    limit: Array
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: Array

    def confidences(self, rows: Array) -> Array:
        """The chance that each claim is right; rows are those of `table`."""
        if not len(rows):
            return np.zeros(0)
        line = rows @ self.weights + self.bias
        both: Array = (_chance(line) + _chance(self._forest(rows))) / 2
        return both

    def _forest(self, rows: Array) -> Array:
        trees = np.arange(len(self.column))[None]
        node = np.zeros((len(rows), len(self.column)), np.int64)
        while True:
            column = self.column[trees, node]
            inner = column >= 0
            if not inner.any():
                break
            seen = np.take_along_axis(rows, np.maximum(column, 0), 1)
            turn = np.where(seen <= self.limit[trees, node], self.left[trees, node], self.right[trees, node])
            node = np.where(inner, turn, node)
        total: Array = self.value[trees, node].sum(1)
        return total


def _chance(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0)))


def columns(features: dict[str, float], predicate: str) -> list[float]:
    """One row: the features in order, then for each predicate whether it is this one, and the score if it is."""
    here = [float(name == predicate) for name in PREDICATES]
    return [*(features[name] for name in FEATURES), *here, *(flag * features["logit"] for flag in here)]


@cache
def judge(path: Path = JUDGE) -> Judge:
    """The trained judge."""
    stored = json.loads(path.read_text(encoding="utf-8"))

    def whole(name: str) -> NDArray[np.int64]:
        return np.array(stored[name], np.int64)

    def parts(name: str) -> Array:
        return np.array(stored[name], np.float64)

    trees = (whole("column"), parts("limit"), whole("left"), whole("right"), parts("value"))
    return Judge(parts("weights"), float(stored["bias"]), *trees)


@dataclass(frozen=True)
class Field:
    """The candidates of one reading, indexed for the features that compare them."""

    reading: Reading
    by_subject: dict[tuple[int, str], list[float]]
    by_object: dict[tuple[int, str], list[float]]
    by_pair: dict[tuple[int, int], list[tuple[float, str]]]
    linked: dict[int, float]
    triggers: list[Cue]
    doubts: list[Cue]
    negations: list[Cue]
    latin: float

    @classmethod
    def of(cls, reading: Reading) -> "Field":
        """Indexes a reading."""
        by_subject: dict[tuple[int, str], list[float]] = {}
        by_object: dict[tuple[int, str], list[float]] = {}
        by_pair: dict[tuple[int, int], list[tuple[float, str]]] = {}
        for c in reading.candidates:
            ends = (
                ((c.subject, c.object), (c.object, c.subject)) if c.predicate in SYMMETRIC else ((c.subject, c.object),)
            )
            for s, o in ends:
                by_subject.setdefault((s, c.predicate), []).append(c.score)
                by_object.setdefault((o, c.predicate), []).append(c.score)
            low, high = sorted((c.subject, c.object))
            by_pair.setdefault((low, high), []).append((c.score, f"{c.predicate}{c.subject}"))
        linked = {a.reference: a.confidence for a in reading.antecedents}
        simple = reading.passage.simple
        latin = sum(c.isascii() for c in simple) / max(len(simple), 1)
        triggers, doubts, negations = (cues_in(simple, table) for table in ("triggers", "doubt", "negation"))
        return cls(reading, by_subject, by_object, by_pair, linked, triggers, doubts, negations, latin)

    def features(self, c: Candidate) -> dict[str, float]:
        """The features of one candidate by name."""
        reading = self.reading
        s_at, o_at = reading.mentions[c.subject_at], reading.mentions[c.object_at]
        s, o = reading.entities[c.subject], reading.entities[c.object]
        low, high = sorted((c.subject, c.object))
        others = [score for score, key in self.by_pair[low, high] if key != f"{c.predicate}{c.subject}"]
        rival = max(others, default=0.0)
        sentence = reading.passage.sentence_at
        apart = abs(int(sentence[s_at.start]) - int(sentence[o_at.start]))
        sure = [self.linked.get(i, 1.0) for i in (c.subject_at, c.object_at)]
        at = sorted((s_at.start, o_at.start))
        return {
            "logit": math.log(max(c.score, 1e-6) / max(1 - c.score, 1e-6)),
            "rank_subject": min(sum(x > c.score for x in self.by_subject[c.subject, c.predicate]), 4) / 4,
            "rank_object": min(sum(x > c.score for x in self.by_object[c.object, c.predicate]), 4) / 4,
            "rival": rival,
            "margin": float(rival > c.score),
            "subject_named": float(s_at.named),
            "object_named": float(o_at.named),
            "subject_sure": s.confidence,
            "object_sure": o.confidence,
            "link_sure": min(sure),
            "sentences": min(apart, 4) / 4,
            "distance": min(at[1] - at[0], 300) / 300,
            "subject_mentions": math.log(len(s.mentions)),
            "object_mentions": math.log(len(o.mentions)),
            "several": float(sum(x > 0.3 for x in self.by_subject[c.subject, c.predicate]) > 2),
            "name_length": min(len(max(s.names, key=len)), len(max(o.names, key=len))) / 20,
            "negated": _share(c, (8, 9, 10, 11)),
            "active": _share(c, (5, 6)),
            "unsettled": _share(c, (1, 2)),
            "latin": self.latin,
            "entities": min(len(reading.entities), 60) / 60,
            "best_of_subject": max(self.by_subject[c.subject, c.predicate]),
            "best_of_object": max(self.by_object[c.object, c.predicate]),
            **self._words(c),
        }

    def _words(self, c: Candidate) -> dict[str, float]:
        """What the words of the sentences with both mentions tell: triggers of this predicate and others, doubt."""
        passage = self.reading.passage
        s, o = self.reading.mentions[c.subject_at], self.reading.mentions[c.object_at]
        low, high = min(s.start, o.start), max(s.end, o.end)
        first = passage.sentences[passage.sentence_at[low]][0]
        last = passage.sentences[passage.sentence_at[high - 1]][1]
        near = [t for t in self.triggers if first <= t.start and t.end <= last]
        mine = [t for t in near if c.predicate in t.meaning.split()]
        between = [t for t in mine if low <= t.start and t.end <= high]
        to_subject = min((_gap(t, s) for t in mine), default=200)
        to_object = min((_gap(t, o) for t in mine), default=200)
        others = sum(low < m.start and m.end < high for m in self.reading.mentions)
        return {
            "intervening": min(others, 6) / 6,
            "cue_to_subject": min(to_subject, 200) / 200,
            "cue_to_object": min(to_object, 200) / 200,
            "subject_first": float(s.start < o.start),
            "negation": min(sum(first <= d.start and d.end <= last for d in self.negations), 2) / 2,
            "negation_between": float(any(low <= d.start and d.end <= high + 12 for d in self.negations)),
            "cue": min(len(mine), 3) / 3,
            "cue_between": min(len(between), 3) / 3,
            "other_cues": min(len(near) - len(mine), 8) / 8,
            "doubt": min(sum(first <= d.start and d.end <= last for d in self.doubts), 3) / 3,
        }


def _gap(cue: Cue, mention: Mention) -> int:
    return max(mention.start - cue.end, cue.start - mention.end, 0)


def _share(c: Candidate, statuses: tuple[int, ...]) -> float:
    """How far the model reads the statement as one of these statuses."""
    top = max(c.status)
    weights = [math.exp(x - top) for x in c.status]
    return sum(weights[i] for i in statuses) / sum(weights)
