"""Claims: which candidates are said to hold, with their quotes, attributes, status, speaker and confidence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graph.model import Claim, Document, Referent
from loaders.attributes import Evidence, Facts, attributes_of, facts_of
from loaders.candidates import Candidate, Entity, Reading
from loaders.cooperations import with_cooperations
from loaders.judging import Field, Judge, columns
from loaders.speakers import speaker_of
from loaders.standing import standing

METHOD = "machine"
_HOPELESS = 0.02  # a score below which the judge is not asked
_NEGATED = 0.2  # taken from the confidence where the same sentences deny or ask something: better left out than wrong
_LONGEST = 240  # characters of a quote
_AROUND = 70
_ONE_WAY = frozenset({"OWNS", "ACQUIRED", "PART_OF", "INVESTED_IN", "USES"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a candidate: the claim's confidence, and why it was left out (empty when it is claimed)."""

    candidate: Candidate
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """From which confidence on a candidate is claimed."""

    least: float
    judge: Judge


def verdicts(reading: Reading, rules: Rules) -> list[Verdict]:
    """Every candidate with its confidence and, where it is not claimed, the reason; the surest first."""
    field = Field.of(reading)
    hopeful = [c for c in reading.candidates if c.score >= _HOPELESS]
    features = [field.features(c) for c in hopeful]
    rows = np.array([columns(f, c.predicate) for f, c in zip(features, hopeful, strict=True)], np.float64)
    sure = rules.judge.confidences(rows).tolist()
    scored = [
        Verdict(c, max(confidence - (_NEGATED if f["negation"] else 0.0), 0.0))
        for c, f, confidence in zip(hopeful, features, sure, strict=True)
    ]
    scored.extend(Verdict(c, 0.0) for c in reading.candidates if c.score < _HOPELESS)
    scored.sort(key=lambda v: -v.confidence)
    taken: set[tuple[int, str, int]] = set()
    return [_settled(v, taken, rules.least) for v in scored]


def _settled(verdict: Verdict, taken: set[tuple[int, str, int]], least: float) -> Verdict:
    c = verdict.candidate
    if verdict.confidence < least:
        return Verdict(c, verdict.confidence, f"less sure than {least}")
    if c.predicate in _ONE_WAY and (c.object, c.predicate, c.subject) in taken:
        return Verdict(c, verdict.confidence, "the other direction is surer")
    taken.add((c.subject, c.predicate, c.object))
    return verdict


@dataclass(frozen=True)
class _Maker:
    """Makes claims of one reading; `offset` is where its text starts in the document."""

    document: Document
    reading: Reading
    offset: int
    facts: Facts
    referents: Sequence[Referent]

    def claim(self, verdict: Verdict) -> Claim:
        """The claim for a candidate that is to be claimed."""
        c, text = verdict.candidate, self.reading.passage.text
        evidence = evidence_of(self.reading, c)
        status, more = standing(c, evidence, self.facts.simple)
        attributes: dict[str, Any] = {**attributes_of(c.predicate, evidence, self.facts), **more}
        start, end = quoted(text, evidence)
        speaker = speaker_of(self.reading, evidence)
        return Claim(
            document=self.document.id,
            subject=self.referents[c.subject],
            predicate=c.predicate,
            object=self.referents[c.object],
            quote=text[start:end],
            start=start + self.offset,
            end=end + self.offset,
            attributes={key: attributes[key] for key in sorted(attributes)},
            status=status,
            speaker=None if speaker is None else self.referents[speaker],
            method=METHOD,
            confidence=round(verdict.confidence, 3),
        )


def claims_of(document: Document, reading: Reading, rules: Rules, offset: int = 0) -> list[Claim]:
    """The claims of one reading; `offset` is where its text starts in the document."""
    facts = facts_of(reading.passage.simple, document.date)
    maker = _Maker(document, reading, offset, facts, [_referent(entity, offset) for entity in reading.entities])
    found = [maker.claim(verdict) for verdict in verdicts(reading, rules) if not verdict.reason]
    return with_cooperations(_with_founders(found), reading, offset)


def _with_founders(claims: list[Claim]) -> list[Claim]:
    """Founders of one company, where there are several, are co-founders."""
    count = Counter(claim.object.id for claim in claims if claim.predicate == "FOUNDED")
    return [
        replace(claim, attributes={**claim.attributes, "role": "co-founder"}, id="")
        if claim.predicate == "FOUNDED" and count[claim.object.id] > 1
        else claim
        for claim in claims
    ]


def _referent(entity: Entity, offset: int) -> Referent:
    return Referent(f"{entity.id}-{offset}" if offset else entity.id, entity.kind.capitalize(), entity.names)


def evidence_of(reading: Reading, c: Candidate) -> Evidence:
    """The sentences from the one mention to the other."""
    s, o = reading.mentions[c.subject_at], reading.mentions[c.object_at]
    passage = reading.passage
    first = passage.sentences[passage.sentence_at[min(s.start, o.start)]]
    last = passage.sentences[passage.sentence_at[max(s.end, o.end) - 1]]
    return Evidence(first[0], last[1], (s.start, s.end), (o.start, o.end))


def quoted(text: str, evidence: Evidence) -> tuple[int, int]:
    """What of the evidence is quoted: whole sentences, or, where they are long, the words around both mentions."""
    start, end = evidence.start, evidence.end
    low = min(evidence.subject[0], evidence.object[0])
    high = max(evidence.subject[1], evidence.object[1])
    if end - start > _LONGEST:
        start, end = max(start, low - _AROUND), min(end, high + _AROUND)
        start, end = _at_words(text, start, low, high, end)
    if end - start > 2 * _LONGEST:
        start, end = low, min(high, low + 2 * _LONGEST)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _at_words(text: str, start: int, low: int, high: int, end: int) -> tuple[int, int]:
    """Moves cut borders to the nearest white space or comma, not into the mentions."""
    stops = set(" ，,。；;、\n")
    while 0 < start < low and text[start - 1] not in stops:
        start += 1
    while high < end < len(text) and text[end] not in stops:
        end -= 1
    return start, end
