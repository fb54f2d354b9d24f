"""Which pinyin a Chinese name in Latin letters may stand for: in the systems of the mainland, Taiwan and Hong Kong."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from graph.persons import latin_surnames, words
from graph.romanisation import readings, systems

_LONGEST = 5  # syllables of a name
_MOST = 120  # spellings of one name; "Chi Chi Chi" has more


@lru_cache(maxsize=1 << 12)
def pinyins(text: str) -> tuple[str, ...]:
    """The pinyin without spaces that the name may stand for, a person's surname first; none where it is no such name.

    >>> "ruanyijun" in pinyins("Ruan Yi-chun"), "wanfu" in pinyins("Man Fook"), pinyins("Tim Cook")
    (True, True, ())
    """
    parts = words(text)
    if not parts:
        return ()
    found = dict.fromkeys(readings(text))
    for surname, given in _orders(parts):
        for system in ("pinyin", "Wade-Giles", "Cantonese"):
            for rest in islice(_read(given, system), _MOST):
                found.update(dict.fromkeys(read + rest for read in sorted(latin_surnames()[surname])))
    whole = _letters(parts)
    for spelling in dict.fromkeys((whole, whole.replace("oo", "u").replace("ee", "i"))):
        for system in systems():
            found.update(dict.fromkeys(islice(_read(spelling, system), _MOST)))
    return tuple(islice(found, _MOST))


def _orders(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if 2 <= len(parts) <= 3:
        for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
            if surname in latin_surnames():
                yield surname, _letters(given)


def _letters(parts: tuple[str, ...]) -> str:
    return "".join(char for part in parts for char in part if char.isalpha())


def _read(letters: str, system: str) -> Iterator[str]:
    """The letters as syllables of the system, each as the pinyin it may stand for."""
    syllables = systems()[system]
    for split in _splits(letters, system):
        for read in product(*(sorted(syllables[part]) for part in split)):
            yield "".join(read)


def _splits(letters: str, system: str, most: int = _LONGEST) -> Iterator[tuple[str, ...]]:
    if not letters:
        yield ()
    elif most:
        for size in range(min(6, len(letters)), 0, -1):
            if letters[:size] in systems()[system]:
                yield from ((letters[:size], *rest) for rest in _splits(letters[size:], system, most - 1))
