"""Names of people: which end is the surname, what is a title, and which names many people share."""

import re
from functools import cache, lru_cache

from graph.folding import HAN, fold, lower, table
from graph.pinyin import pronounced
from graph.syllables import PINYIN, split, wade_giles

_SURNAMES = table("surnames")
_GIVEN = table("given")
_WORDS = table("words")
_TITLES = frozenset(_WORDS["titles"]["latin"].split())
_HAN_TITLES: tuple[str, ...] = tuple(_WORDS["titles"]["han"])
_ADDRESS = frozenset([*_WORDS["titles"]["address"], *_HAN_TITLES])
_BEFORE = frozenset(_WORDS["titles"]["before"])
_GIVEN_ALONE = frozenset(_WORDS["generic"]["given"].split())
_READINGS: dict[str, str] = _SURNAMES["readings"]
_LETTERS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")

SPELLINGS: dict[str, str] = _SURNAMES["spellings"]
GIVEN: dict[str, str] = _GIVEN["characters"]
_FREQUENT = frozenset(list(SPELLINGS)[:100])
_LATIN_GIVEN = frozenset(_GIVEN["latin"]["given"].split())


def pinyin(surname: str) -> str:
    """How a surname is read.

    >>> pinyin("曾"), pinyin("欧阳")
    ('zeng', 'ouyang')
    """
    return _READINGS.get(surname) or "".join(pronounced(surname))


@cache
def latin_surnames() -> dict[str, frozenset[str]]:
    """Spelling of a surname in Latin letters -> how it is read in pinyin: "tsai" -> {"cai"}."""
    found: dict[str, frozenset[str]] = {}
    for surname, others in SPELLINGS.items():
        read = pinyin(surname)
        for spelling in {read, *others.split(), *([wade_giles(read)] if read in PINYIN else [])}:
            found[spelling] = found.get(spelling, frozenset()) | {read}
    return found


@cache
def _frequent_latin() -> frozenset[str]:
    frequent = frozenset(map(pinyin, _FREQUENT))
    of_chinese = (spelling for spelling, read in latin_surnames().items() if read & frequent)
    return frozenset((*_GIVEN["latin"]["surnames"].split(), *of_chinese))


@cache
def _given_syllables() -> frozenset[str]:
    return frozenset(syllable for name in GIVEN for syllable in pronounced(name))


@lru_cache(maxsize=1 << 16)
def untitled(text: str) -> str:
    """The name in small Simplified letters without Mr, Dr, 先生 and the like; whole where only a surname remains.

    >>> untitled("Dr. Kai-Fu Lee"), untitled("蔡崇信先生"), untitled("蔡先生")
    ('kai-fu lee', '蔡崇信', '蔡先生')
    """
    plain = lower(text)
    for title in _HAN_TITLES if plain.endswith(_HAN_TITLES) else ():
        short = plain.removesuffix(title)
        if short != plain and len(short) > 1 and short not in SPELLINGS:
            return short
    words = plain.split()
    while len(words) > 1 and words[0].strip(".") in _TITLES:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, surname last as in `Musk, Elon`; none for a name in other letters."""
    plain = untitled(text)
    if HAN.search(plain):
        return ()
    last, comma, first = plain.partition(",")
    if comma and first.strip() and "," not in first:
        plain = f"{first} {last}"
    return tuple(_LETTERS.findall(plain))


@lru_cache(maxsize=1 << 17)
def person_key(text: str) -> str:
    """The folded name without titles; surname first where two syllables of a given name show which end is which.

    >>> person_key("Chung-hsin Tsai") == person_key("Tsai, Chung-hsin") == "tsaichunghsin"
    True
    >>> person_key("Ma Yun") == person_key("Yun Ma")
    False
    """
    parts = words(text)
    if len(parts) < 2:
        return fold(untitled(text))
    order = surname_first(text)
    return fold("".join(order)) if order else fold(" ".join(parts))


def surname_first(text: str) -> tuple[str, str] | None:
    """(surname, given name) of a Chinese name in Latin letters, where the given name has two syllables."""
    parts = words(text)
    if len(parts) == 3 and parts[0] in latin_surnames():
        parts = (parts[0], f"{parts[1]}-{parts[2]}") if _two(f"{parts[1]}-{parts[2]}") else parts
    if len(parts) != 2:
        return None
    first, last = parts
    if first in latin_surnames() and _two(last) and last not in latin_surnames():
        return first, last
    if last in latin_surnames() and _two(first) and first not in latin_surnames():
        return last, first
    return None


@lru_cache(maxsize=1 << 16)
def full_chinese(text: str) -> bool:
    """Whether the text is a full Chinese name: in two to four characters, or in pinyin with its surname known.

    >>> [full_chinese(name) for name in ("周敏", "Zhou Min", "Rubo Liang", "Tsai Chung-hsin", "库克", "Tim Cook")]
    [True, True, True, False, False, False]
    """
    plain = untitled(text)
    if HAN.search(plain):
        size = next((size for size in (2, 1) if plain[:size] in SPELLINGS), 0)
        return bool(size and HAN.fullmatch(plain)) and 1 <= len(plain) - size <= 2 and not partial(text)
    parts = surname_first(text) or words(text)
    if len(parts) != 2 or parts[0] not in latin_surnames().get(parts[0], ()):
        return False
    given = parts[1].replace("-", "")
    return given in PINYIN or any(set(found) <= PINYIN for found in split(given, 2))


def _two(given: str) -> bool:
    """Whether a given name in Latin letters has two Chinese syllables."""
    parts = given.split("-")
    if len(parts) == 2:
        return all(split(part, 1) for part in parts)
    return len(parts) == 1 and bool(split(given, 2))


@lru_cache(maxsize=1 << 16)
def partial(text: str) -> bool:
    """Whether the name is part of one: a lone first name or surname, an initial and a surname, 蔡先生, 老马, 林董."""
    plain = untitled(text)
    if not HAN.search(plain):
        parts = words(text)
        full = [part for part in parts if len(part.strip(".")) > 1]
        return bool(parts) and plain.casefold() != plain.upper() and (len(parts) == 1 or len(full) < 2 > len(parts) - 1)
    name = fold(plain)
    if name in SPELLINGS or name in _GIVEN_ALONE:
        return True
    if name[0] in _BEFORE and name[1:] in SPELLINGS:
        return True
    return any(name[:size] in SPELLINGS and name[size:] in _ADDRESS for size in (1, 2))


@lru_cache(maxsize=1 << 16)
def shared(text: str) -> bool:
    """Whether many people may bear the full name, so that the name alone does not say who is meant.

    >>> shared("李伟"), shared("David Li"), shared("Zhang Wei"), shared("蔡崇信"), shared("欧阳娜娜")
    (True, True, True, False, False)
    """
    plain = untitled(text)
    if HAN.search(plain):
        return _shared_han(fold(plain))
    parts = words(text)
    if len(parts) != 2:
        return False
    return any(_shared_latin(first, last) for first, last in (parts, parts[::-1]))


def _shared_han(name: str) -> bool:
    if name[:1] not in SPELLINGS or not HAN.fullmatch(name):
        return False
    if len(name) == 2:
        return True
    return len(name) == 3 and name[0] in _FREQUENT and all(c in GIVEN for c in name[1:])


def _shared_latin(given: str, surname: str) -> bool:
    if surname not in _frequent_latin():
        return False
    if given in _LATIN_GIVEN or split(given, 1):
        return surname in latin_surnames() or given in _LATIN_GIVEN
    syllables = split(given.replace("-", ""), 2)
    return surname in latin_surnames() and any(set(found) <= _given_syllables() for found in syllables)
