"""How far a statement holds: its status, and whether a role is held now, by the model and the words around."""

import math
from collections.abc import Sequence
from typing import Any

from loaders.attributes import Evidence
from loaders.candidates import Candidate
from loaders.cues import cues_in

STATUSES = (
    "none", "considered", "rumoured", "announced", "pending", "active", "completed", "ended", "terminated", "blocked",
    "rejected", "denied",
)  # fmt: skip
CURRENT = (None, True, False)
WITH_STATUS = frozenset({"ACQUIRED", "SOLD", "INVESTED_IN", "PARTNERS_WITH", "USES"})
_UNSURE = frozenset({"considered", "rumoured"})
_CUE = 1.2  # how much a word of the lexicon near the statement counts, in the model's logits


def standing(c: Candidate, evidence: Evidence, simple: str) -> tuple[str | None, dict[str, Any]]:
    """The status of a claim, None where nothing is said, and for roles whether they are held now."""
    more: dict[str, Any] = {}
    if c.predicate == "HOLDS_ROLE_AT":
        shares = _softmax(c.current)
        best = max(range(3), key=lambda i: shares[i])
        if CURRENT[best] is not None and shares[best] > 0.6:
            more["current"] = CURRENT[best]
    if c.predicate not in WITH_STATUS:
        return None, more
    logits = list(c.status)
    for cue in cues_in(simple[evidence.start : evidence.end], "status"):
        logits[STATUSES.index(cue.meaning)] += _CUE
    best = max(range(len(logits)), key=lambda i: logits[i])
    return (None if best == 0 else STATUSES[best]), more


def _softmax(logits: Sequence[float]) -> list[float]:
    top = max(logits)
    weights = [math.exp(x - top) for x in logits]
    return [w / sum(weights) for w in weights]
