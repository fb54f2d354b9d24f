"""Syllables of Chinese in Latin letters: pinyin, Wade-Giles, and how a run of letters falls into syllables."""

from functools import lru_cache

_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve ue",
    "l": "a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve ue",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "ch": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
    "r": "e ao ou an en ang eng ong i u ua uo ui uan un",
    "z": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "c": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "s": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "y": "a e ao ou an ang ong i in ing u ue uan un",
    "w": "a o ai ei an en ang eng u",
}
PINYIN = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())

# Wade-Giles as newspapers print it: without apostrophes and dots.
_INITIALS = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "yi": "i",
    "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "er": "erh", "ge": "ko", "ke": "ko",
    "he": "ho", "e": "o", "shuo": "shuo", "guo": "kuo", "kuo": "kuo", "huo": "huo", "gui": "kuei", "kui": "kuei",
}  # fmt: skip
_WG_FINALS = {"ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "uo": "o", "ong": "ung", "iong": "iung", "v": "u"}


def _apart(syllable: str) -> tuple[str, str]:
    """The initial and the final of a pinyin syllable."""
    size = next((size for size in (2, 1) if syllable[:size] in _FINALS), 0)
    return syllable[:size], syllable[size:]


@lru_cache(maxsize=1024)
def wade_giles(syllable: str) -> str:
    """A pinyin syllable in Wade-Giles.

    >>> [wade_giles(syllable) for syllable in ("cai", "chong", "xin", "zhang", "guo", "qian")]
    ['tsai', 'chung', 'hsin', 'chang', 'kuo', 'chien']
    """
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial, final = _apart(syllable)
    return _INITIALS.get(initial, initial) + _WG_FINALS.get(final, final)


# Spelling -> the pinyin syllables it may stand for. Taiwanese passports also leave out the y of ying.
FROM_WADE_GILES: dict[str, frozenset[str]] = {}
for _syllable in sorted(PINYIN):
    for _spelling in {wade_giles(_syllable), *(["ing"] if _syllable == "ying" else [])}:
        FROM_WADE_GILES[_spelling] = FROM_WADE_GILES.get(_spelling, frozenset()) | {_syllable}


@lru_cache(maxsize=1 << 14)
def split(letters: str, count: int) -> tuple[tuple[str, ...], ...]:
    """Every way in which the letters are that many syllables of pinyin or Wade-Giles.

    >>> split("yongming", 2), split("jordan", 2)
    ((('yong', 'ming'),), ())
    """
    if count == 1:
        return ((letters,),) if letters in PINYIN or letters in FROM_WADE_GILES else ()
    heads = (size for size in range(1, min(7, len(letters))) if split(letters[:size], 1))
    return tuple((letters[:size], *rest) for size in heads for rest in split(letters[size:], count - 1))
