"""One spelling for a text, whoever wrote it: script, regional words, width, case, accents, spaces and punctuation."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import opencc

TABLES = Path(__file__).parent / "naming"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")

# A point between two digits is part of the name: Qwen2.5 is not Qwen25.
_NOT_WORD = re.compile(r"(?:_|[^\w.]|(?<!\d)\.|\.(?!\d))+")
_POSSESSIVE = re.compile(r"(?:['’`]s)+$")
_AND = re.compile(r"(?<=\w)\s+and\s+(?=\w)")
_UNACCENTED = re.compile(r"[\x00-\x7f\u3400-\u9fff]*")
_SOUND_MARKS = "\u3099\u309a"
# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def table(name: str) -> dict[str, Any]:
    """A table of graph/naming/ by its name."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


_REGIONAL: dict[str, str] = table("words")["regional"]
_REGIONAL_WORD = re.compile("|".join(sorted(_REGIONAL, key=len, reverse=True)))


@lru_cache(maxsize=1 << 17)
def simplified(text: str) -> str:
    """The text in Simplified characters, compatibility forms and full width folded."""
    text = unicodedata.normalize("NFKC", text)
    return str(_converter("t2s").convert(text)) if HAN.search(text) else text


def has_traditional(text: str) -> bool:
    """Whether the text has a character or word that Traditional Chinese writes otherwise."""
    return traditional(text) != text


def traditional(text: str) -> str:
    """The text in Traditional characters."""
    return str(_converter("s2t").convert(text))


@cache
def _converter(direction: str) -> opencc.OpenCC:
    return opencc.OpenCC(direction)


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """One spelling for a text: script, width, case and accents folded; spaces and punctuation gone.

    >>> fold("Disney＋"), fold("Marks and Spencer") == fold("Marks & Spencer"), fold("Qwen 2.5"), fold("蘋果")
    ('disneyplus', True, 'qwen2.5', '苹果')
    """
    words = lower(text)
    words = words.replace("+", " plus ") if "+" in words else words
    return _NOT_WORD.sub("", _AND.sub(" ", words)) or text


@lru_cache(maxsize=1 << 17)
def lower(text: str) -> str:
    """The text in Simplified small letters without accents or an English possessive; spaces and punctuation kept."""
    plain = without_accents(simplified(text).casefold()).strip()
    if not plain.isascii():
        plain = _REGIONAL_WORD.sub(lambda found: _REGIONAL[found.group()], plain)
    return _POSSESSIVE.sub("", plain)


def without_accents(text: str) -> str:
    """The text with its accents taken off; the sound marks of Japanese stay."""
    if text.isascii() or _UNACCENTED.fullmatch(text):
        return text
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS))
    kept = "".join(c for c in apart if c in _SOUND_MARKS or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)
