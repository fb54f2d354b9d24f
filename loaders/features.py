"""Features that training and reading compute alike."""

from bisect import bisect_left
from collections.abc import Sequence

_STEPS = (2, 5, 10, 20, 40, 80, 160)


def bucket(distance: int) -> int:
    """One of 16 classes for a signed distance in tokens."""
    size = abs(distance)
    return (0 if distance >= 0 else 8) + bisect_left(_STEPS, size)


def candidates(reference: int, named: Sequence[int]) -> list[int]:
    """The named mentions (numbers in text order) that may be what mention `reference` stands for."""
    before = [x for x in named if x < reference][-12:]
    after = [x for x in named if x > reference][:3]
    return sorted({*before, *after, *named[:3]})


def nearest(
    pairs: Sequence[tuple[int, int]], mentions: Sequence[Sequence[int]], spans: Sequence[tuple[int, int]], most: int
) -> list[list[tuple[int, int]]]:
    """For each ordered pair of entities its `most` nearest pairs of mentions; each entity's mentions are in order."""
    middle = [a + b for a, b in spans]
    known: dict[tuple[int, int], list[tuple[int, int]]] = {}
    found = []
    for i, j in pairs:
        if (j, i) in known:
            near = [(b, a) for a, b in known[j, i]]
        else:
            ranked = sorted([(abs(middle[a] - middle[b]), a, b) for a in mentions[i] for b in mentions[j]])
            near = [(a, b) for _, a, b in ranked[:most]]
        known[i, j] = near
        found.append(near)
    return found
