"""Chinese names in Latin letters: pinyin, Wade-Giles (Taiwan), Cantonese (Hong Kong); and which names sound alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from graph.folding import HAN, fold
from graph.persons import GIVEN, SPELLINGS, latin_surnames, pinyin, untitled, words
from graph.pinyin import pronounced
from graph.syllables import FROM_WADE_GILES, PINYIN, wade_giles

Syllables = Mapping[str, frozenset[str]]  # a spelling -> the pinyin syllables it may stand for


def _from_cantonese() -> Syllables:
    found: dict[str, frozenset[str]] = {}
    for character, spelled in (*GIVEN.items(), *SPELLINGS.items()):
        for spelling in spelled.split() if len(character) == 1 else ():
            found[spelling] = found.get(spelling, frozenset()) | set(pronounced(character))
    return found


@cache
def systems() -> Mapping[str, Syllables]:
    """The ways of writing Chinese in Latin letters, those that are surest first."""
    return {
        "pinyin": {syllable: frozenset([syllable]) for syllable in PINYIN},
        "Wade-Giles": FROM_WADE_GILES,
        "Cantonese": _from_cantonese(),
    }


_SURE = {"pinyin": 0.8, "Wade-Giles": 0.75, "Cantonese": 0.7}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are, from 0 to 1, and in what."""

    score: float
    reason: str


def surname_of(name: str) -> str:
    """The surname of a Chinese name in characters, "" where it does not begin with a known one."""
    return next((name[:size] for size in (2, 1) if name[:size] in SPELLINGS and len(name) > size), "")


@lru_cache(maxsize=1 << 16)
def spoken(text: str) -> str:
    """A Chinese person's name in pinyin without spaces, its surname read as a surname; "" for any other text.

    >>> spoken("蔡崇信"), spoken("曾志偉"), spoken("Joe Tsai")
    ('caichongxin', 'zengzhiwei', '')
    """
    name = fold(untitled(text))
    surname = surname_of(name) if HAN.fullmatch(name) else ""
    return pinyin(surname) + "".join(pronounced(name[len(surname) :])) if surname else ""


@lru_cache(maxsize=1 << 16)
def spellings(text: str) -> Mapping[str, str]:
    """The likely spellings in Latin letters of a Chinese person's name, with the system each follows.

    >>> spellings("蔡崇信")
    {'Cai Chongxin': 'pinyin', 'Tsai Chung-hsin': 'Wade-Giles'}
    """
    name = fold(untitled(text))
    surname = surname_of(name) if HAN.fullmatch(name) else ""
    if not surname:
        return {}
    given = pronounced(name[len(surname) :])
    found = {f"{pinyin(surname).title()} {''.join(given).title()}": "pinyin"}
    read = pinyin(surname)
    older = wade_giles(read) if read in PINYIN else read
    found.setdefault(f"{older.title()} {'-'.join(map(wade_giles, given)).capitalize()}", "Wade-Giles")
    parts = [GIVEN.get(character, "").split()[:1] for character in name[len(surname) :]]
    if all(parts) and SPELLINGS[surname]:
        hong_kong = "-".join(part[0] for part in parts).capitalize()
        found.setdefault(f"{SPELLINGS[surname].split()[0].title()} {hong_kong}", "Cantonese")
    return found


@lru_cache(maxsize=1 << 16)
def readings(text: str) -> Mapping[str, str]:
    """The pinyin, surname first, that a person's name in Latin letters may stand for, each with the system it follows.

    >>> "caichongxin" in readings("Chung-hsin Tsai"), readings("Tim Cook")
    (True, {})
    """
    found: dict[str, str] = {}
    for surname, given in _orders(words(text)):
        for system, syllables in systems().items():
            if system == "pinyin" and surname not in latin_surnames()[surname]:
                continue
            for parts in (*_split(given, syllables, 1), *_split(given, syllables, 2)):
                for read in product(latin_surnames()[surname], *(sorted(syllables[part]) for part in parts)):
                    found.setdefault("".join(read), system)
    return found


def surnames(text: str) -> frozenset[str]:
    """The pinyin of the surnames that a person's name may carry, in characters or in Latin letters."""
    name = fold(untitled(text))
    if HAN.fullmatch(name):
        return frozenset([pinyin(surname)]) if (surname := surname_of(name)) else frozenset()
    return frozenset(read for surname, _ in _orders(words(text)) for read in latin_surnames()[surname])


def _orders(parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(surname, letters of the given name), with the surname at either end."""
    if not 2 <= len(parts) <= 3:
        return
    for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        if surname in latin_surnames():
            yield surname, "".join(c for part in given for c in part if c.isalpha())


def _split(letters: str, syllables: Syllables, count: int) -> Iterator[tuple[str, ...]]:
    if count == 1:
        if letters in syllables:
            yield (letters,)
        return
    for size in range(1, len(letters)):
        if letters[:size] in syllables:
            yield from ((letters[:size], *rest) for rest in _split(letters[size:], syllables, count - 1))


def alike(one: str, other: str) -> Likeness | None:
    """Whether two different names of people may be one name, by sound; None where nothing speaks for it.

    >>> alike("蔡崇信", "Tsai Chung-hsin").reason, alike("Ma Yun", "Yun Ma").reason, alike("马云", "Tim Cook")
    ('蔡崇信 is Tsai Chung-hsin in Wade-Giles', 'Ma Yun and Yun Ma may be one name, surname first or last', None)
    """
    if spoken(other) and not spoken(one):
        one, other = other, one
    sound = spoken(one)
    if sound and sound == spoken(other):
        return Likeness(0.5, f"{one} and {other} sound alike")
    if sound:
        system = readings(other).get(sound)
        return Likeness(_SURE[system], f"{one} is {other} in {system}") if system else None
    if sorted(words(one)) == sorted(words(other)) and len(words(one)) > 1:
        return Likeness(0.6, f"{one} and {other} may be one name, surname first or last")
    if readings(one).keys() & readings(other).keys():
        return Likeness(0.55, f"{one} and {other} may spell one Chinese name")
    return None
