"""How sure a claim is: the relation model's score weighed with everything else known about the candidate."""

import json
import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loaders.candidates import Candidate, Reading
from loaders.cues import Cue, CueLine, cues_in
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
        trees = np.arange(len(self.column)) * self.column.shape[1]
        at = np.repeat(np.arange(len(rows)) * rows.shape[1], len(trees))
        tree, node = np.tile(trees, len(rows)), np.tile(trees, len(rows))
        going = np.arange(len(node))
        while True:
            column = self.column.take(node[going])
            going = going[column >= 0]
            if not len(going):
                break
            here = node[going]
            left = rows.take(at[going] + column[column >= 0]) <= self.limit.take(here)
            node[going] = tree[going] + np.where(left, self.left.take(here), self.right.take(here))
        total: Array = self.value.take(node).reshape(len(rows), -1).sum(1)
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
    triggers: CueLine
    doubts: CueLine
    negations: CueLine
    places: NDArray[np.int64]  # of mentions: [n, start and end]
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
        places = np.array([(m.start, m.end) for m in reading.mentions], np.int64).reshape(-1, 2)
        linked = {a.reference: a.confidence for a in reading.antecedents}
        simple = reading.passage.simple
        latin = len(simple.encode("ascii", "ignore")) / max(len(simple), 1)
        for scores in (*by_subject.values(), *by_object.values()):
            scores.sort()
        triggers, doubts, negations = (CueLine(cues_in(simple, table)) for table in ("triggers", "doubt", "negation"))
        return cls(reading, by_subject, by_object, by_pair, linked, triggers, doubts, negations, places, latin)

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
        of_subject, of_object = self.by_subject[c.subject, c.predicate], self.by_object[c.object, c.predicate]
        shares = _shares(c)
        return {
            "logit": math.log(max(c.score, 1e-6) / max(1 - c.score, 1e-6)),
            "rank_subject": min(_above(of_subject, c.score), 4) / 4,
            "rank_object": min(_above(of_object, c.score), 4) / 4,
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
            "several": float(_above(of_subject, 0.3) > 2),
            "name_length": min(len(max(s.names, key=len)), len(max(o.names, key=len))) / 20,
            "negated": sum(shares[8:]),
            "active": sum(shares[5:7]),
            "unsettled": sum(shares[1:3]),
            "latin": self.latin,
            "entities": min(len(reading.entities), 60) / 60,
            "best_of_subject": of_subject[-1],
            "best_of_object": of_object[-1],
            **self._words(c),
        }

    def _words(self, c: Candidate) -> dict[str, float]:
        """What the words of the sentences with both mentions tell: triggers of this predicate and others, doubt."""
        passage = self.reading.passage
        s, o = self.reading.mentions[c.subject_at], self.reading.mentions[c.object_at]
        low, high = min(s.start, o.start), max(s.end, o.end)
        first = passage.sentences[passage.sentence_at[low]][0]
        last = passage.sentences[passage.sentence_at[high - 1]][1]
        near = self.triggers.within(first, last)
        mine = [t for t in near if c.predicate in t.meaning.split()]
        others = int(((self.places[:, 0] > low) & (self.places[:, 1] < high)).sum())
        between = [t for t in mine if low <= t.start and t.end <= high]
        to_subject = min((_gap(t, s) for t in mine), default=200)
        to_object = min((_gap(t, o) for t in mine), default=200)
        return {
            "intervening": min(others, 6) / 6,
            "cue_to_subject": min(to_subject, 200) / 200,
            "cue_to_object": min(to_object, 200) / 200,
            "subject_first": float(s.start < o.start),
            "negation": min(len(self.negations.within(first, last)), 2) / 2,
            "negation_between": float(bool(self.negations.within(low, high + 12))),
            "cue": min(len(mine), 3) / 3,
            "cue_between": min(len(between), 3) / 3,
            "other_cues": min(len(near) - len(mine), 8) / 8,
            "doubt": min(len(self.doubts.within(first, last)), 3) / 3,
        }


def _gap(cue: Cue, mention: Mention) -> int:
    return max(mention.start - cue.end, cue.start - mention.end, 0)


def _shares(c: Candidate) -> list[float]:
    """How far the model reads the statement as each status."""
    top = max(c.status)
    weights = [math.exp(x - top) for x in c.status]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _above(scores: list[float], limit: float) -> int:
    """How many of the scores, which are in order, are above the limit."""
    return len(scores) - bisect_right(scores, limit)
