"""The letters around a pair of names as numbers, for a linear model beside the encoder."""

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from loaders.pairs import Case

SIZE = 2**16
_LONGEST = 4  # letters of a run
_AROUND = 12


def features(case: Case) -> NDArray[np.int64]:
    """The numbers (each once, below SIZE) of what is said before, between, after and in both names."""
    found = {zlib.crc32(word.encode()) % SIZE for word in _words(case)}
    return np.array(sorted(found), np.int64)


def _words(case: Case) -> Iterator[str]:
    (a, b), (c, d) = case.first, case.second
    text = case.sentence
    one, two = text[a:b], text[c:d]
    yield f"1={one}"
    yield f"2={two}"
    yield f"12={one}|{two}"
    yield f"gap={min(c - b, 30) // 3}"
    masked = f"{text[:a]}①{text[b:c]}②{text[d:]}" if b <= c else text
    yield from _runs("w", masked)
    yield from _runs("m", text[b:c])
    yield from _runs("l", text[max(a - _AROUND, 0) : a] + "①")
    yield from _runs("r", "②" + text[d : d + _AROUND])
    yield from _runs("n1", one)
    yield from _runs("n2", two)


def _runs(place: str, text: str) -> Iterator[str]:
    for size in range(1, _LONGEST + 1):
        for i in range(len(text) - size + 1):
            yield f"{place}:{text[i : i + size]}"
