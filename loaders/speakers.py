"""Who said what a claim stands on: the one named beside a word of saying in the same sentence."""

from loaders.attributes import Evidence
from loaders.candidates import Reading
from loaders.cues import cues_in
from loaders.schema import PERSON

_NEAR = 18
_QUOTED = '“”"「」『』'


def speaker_of(reading: Reading, evidence: Evidence) -> int | None:
    """The entity (its number) that says the evidence, None where the text itself says it."""
    simple = reading.passage.simple
    text = simple[evidence.start : evidence.end]
    if not any(mark in text for mark in _QUOTED):
        return None
    best: tuple[int, int] | None = None
    for cue in cues_in(text, "speech"):
        at = evidence.start + cue.start
        for i, m in enumerate(reading.mentions):
            cluster = reading.clusters[i]
            gap = at - m.end if m.end <= at else m.start - (evidence.start + cue.end)
            if cluster is None or not 0 <= gap <= _NEAR or "\n" in simple[min(m.end, at) : max(m.end, at)]:
                continue
            number = _entity(reading, i)
            if number is not None and reading.entities[number].kind == PERSON and (best is None or gap < best[0]):
                best = (gap, number)
    return best[1] if best else None


def _entity(reading: Reading, mention: int) -> int | None:
    return next((n for n, entity in enumerate(reading.entities) if mention in entity.mentions), None)
