"""Which of the three scripts a text is in: Simplified Chinese, Traditional Chinese or English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import opencc

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_OTHER = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
_COMMON = re.compile(r"\b(?:the|of|and|to|in|is|for|on|that|with|as|was|by|at|it|has|said)\b", re.IGNORECASE)
_SAMPLE = 100_000
_GIVEN = {
    "zh-hans": ("zh-hans", "zh-cn", "zh-sg", "zh-my", "hans", "chs", "simplified chinese", "简体中文", "简体"),
    "zh-hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "hant", "cht", "traditional chinese", "繁體中文", "繁體"),
    "en": ("en", "eng", "english"),
}
_NAMES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: characters [start, end) of the text, and its language."""

    start: int
    end: int
    language: str


def language_of(text: str) -> str:
    """zh-Hans, zh-Hant or en by the script most of the text is in; "" where it is in none of them.

    Chinese in characters common to both scripts counts as Simplified. English has its common words in it, or is short.
    """
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    han, words, other = len(_HAN.findall(sample)), _WORD.findall(sample), len(_OTHER.findall(sample))
    if other > max(han, 3 * len(words)) / 2:
        return ""
    if han > len(words):
        return "zh-Hant" if _leaning(sample) < 0 else "zh-Hans"
    if not words:
        return ""
    common = len(_COMMON.findall(sample))
    return "en" if len(words) < 20 or common >= len(words) / 20 else ""


def language_named(word: str) -> str:
    """The language that front matter names ("zh-CN", "hant", "English"), "" when it names none of the three."""
    folded = word.strip().casefold().replace("_", "-")
    for language, words in _GIVEN.items():
        if folded in words or folded.startswith(language + "-"):
            return _NAMES[language]
    return ""


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The lines of the text that hold something, each with its language; undecided ones have the text's language."""
    whole, start = language_of(text), 0
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        line = text[start:stop]
        if line.strip():
            yield Paragraph(start, stop, _language_beside(line, whole))
        start = stop + 1


def _language_beside(line: str, whole: str) -> str:
    own = language_of(line)
    undecided = own.startswith("zh") and whole.startswith("zh") and not _leaning(line)
    return whole if undecided or not own else own


def _leaning(text: str) -> int:
    """How many characters only Simplified has, less those that only Traditional has."""
    simplified, traditional = _telling()
    return sum((c in simplified) - (c in traditional) for c in text)


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that conversion to Traditional changes, and those that conversion to Simplified changes."""
    characters = [chr(point) for point in range(0x4E00, 0xA000)]
    joined = "\n".join(characters)
    to_traditional = opencc.OpenCC("s2t").convert(joined).split("\n")
    to_simplified = opencc.OpenCC("t2s").convert(joined).split("\n")
    simplified = {old for old, new in zip(characters, to_traditional, strict=True) if old != new}
    traditional = {old for old, new in zip(characters, to_simplified, strict=True) if old != new}
    return frozenset(simplified - traditional), frozenset(traditional - simplified)
