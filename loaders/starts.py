"""Words by how they start, so that a text is searched only for those that may stand at a place."""

from collections import defaultdict
from collections.abc import Iterable


def lengths(words: Iterable[str], letters: int) -> dict[str, tuple[int, ...]]:
    """For each start of so many letters, how long the words are that begin so, the longest first.

    >>> lengths(["Apple", "Appleton", "Ape"], 2)
    {'Ap': (8, 5, 3)}
    """
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[:letters]].add(len(word))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}
