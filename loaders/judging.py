"""How sure a claim is: the relation model's score weighed with everything else known about the candidate."""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.candidates import Candidate, Reading
from loaders.schema import SYMMETRIC

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
)


@dataclass(frozen=True)
class Judge:
    """A logistic model: one weight a feature, one bias a predicate; trained on documents the reader had not seen."""

    weights: dict[str, float]
    bias: dict[str, float]
    slope: dict[str, float]

    def confidence(self, features: dict[str, float], predicate: str) -> float:
        """The chance that the claim is right."""
        total = self.bias.get(predicate, 0.0) + self.slope.get(predicate, 0.0) * features["logit"]
        total += sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


@cache
def judge(path: Path = JUDGE) -> Judge:
    """The trained judge."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Judge(stored["weights"], stored["bias"], stored["slope"])


@dataclass(frozen=True)
class Field:
    """The candidates of one reading, indexed for the features that compare them."""

    reading: Reading
    by_subject: dict[tuple[int, str], list[float]]
    by_object: dict[tuple[int, str], list[float]]
    by_pair: dict[tuple[int, int], list[tuple[float, str]]]
    linked: dict[int, float]

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
        return cls(reading, by_subject, by_object, by_pair, linked)

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
            "negated": _negated(c),
        }


def _negated(c: Candidate) -> float:
    """How far the model reads the statement as one that does not hold."""
    top = max(c.status)
    weights = [math.exp(x - top) for x in c.status]
    return sum(weights[i] for i in (8, 9, 10, 11)) / sum(weights)
