"""Spelling keys of names: width, case, script, spaces, legal forms; pinyin; the slug an id is made of."""

import hashlib
import re
import unicodedata
from functools import lru_cache

import opencc
from pypinyin import lazy_pinyin

from graph.model import Name

_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_TO_TRADITIONAL = opencc.OpenCC("s2t")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_NOT_WORD = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s$")
_SLUG_LENGTH = 48

# What a company's name may end in without naming another company.
_LEGAL_LATIN = re.compile(
    r"(?:[\s,.]+(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|sa|nv|bv|ab|oyj|spa|srl"
    r"|pty|pte|kk|holding|holdings|group))+\.?$"
)
_LEGAL_HAN = re.compile(r"(?:股份|有限|责任|控股|集团|公司)+$")


@lru_cache(maxsize=1 << 17)
def simplified(text: str) -> str:
    """The text in Simplified characters, compatibility forms and full width folded."""
    text = unicodedata.normalize("NFKC", text)
    return str(_TO_SIMPLIFIED.convert(text)) if _HAN.search(text) else text


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """One spelling for a text: script, width, case and accents folded; spaces and punctuation gone."""
    text = _POSSESSIVE.sub("", simplified(text).casefold().strip())
    return _NOT_WORD.sub("", _without_accents(text)) or text


@lru_cache(maxsize=1 << 17)
def key(text: str, kind: str = "") -> str:
    """The folded spelling two names of one entity share; for a company without its legal form.

    >>> key("阿里巴巴集團控股有限公司", "Company"), key("Bosch GmbH", "Company"), key("Ant Group")
    ('阿里巴巴', 'bosch', 'antgroup')
    """
    return fold(_without_legal_form(text)) if kind == "Company" else fold(text)


def _without_legal_form(text: str) -> str:
    """The name up to its legal form, where enough of it remains to be a name."""
    plain = simplified(text).casefold().strip()
    short = _LEGAL_HAN.sub("", _LEGAL_LATIN.sub("", plain)).strip()
    return short if len(_NOT_WORD.sub("", short)) >= 2 else text


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 17)
def sound(text: str) -> str:
    """How the name is typed on a Latin keyboard: pinyin for Chinese characters, letters and digits as they are."""
    folded = fold(text)
    return "".join(lazy_pinyin(folded)) if _HAN.search(folded) else folded


@lru_cache(maxsize=1 << 17)
def slug(text: str) -> str:
    """A short readable id: Latin words joined by hyphens, Chinese characters as pinyin, at most 48 characters."""
    plain = _without_accents(_POSSESSIVE.sub("", simplified(text).casefold()))
    plain = _HAN.sub(lambda run: f" {''.join(lazy_pinyin(run.group()))} ", plain)
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not words or len(words) > _SLUG_LENGTH:
        words = f"{words[: _SLUG_LENGTH - 5].rstrip('-')}-{short_hash(fold(text), 4)}".lstrip("-")
    return words


def short_hash(text: str, length: int) -> str:
    """The first hexadecimal digits of the text's hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


@lru_cache(maxsize=1 << 17)
def language(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, `zh` (the same in both), `ja`, `ko`, or `en` for Latin and other letters."""
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    if not _HAN.search(text):
        return "en"
    if simplified(text) != unicodedata.normalize("NFKC", text):
        return "zh-Hant"
    return "zh-Hans" if _TO_TRADITIONAL.convert(text) != text else "zh"


def weak(text: str, kind: str) -> bool:
    """Whether a name is too short to mean one entity across documents: a lone first name or surname, one character."""
    folded = fold(text)
    if len(folded) < 2:
        return True
    if kind != "Person":
        return False
    return len(_HAN.findall(text)) == 0 and len(text.split()) == 1 and text.casefold() != text.upper()


@lru_cache(maxsize=1 << 17)
def name_of(text: str, kind: str = "") -> Name:
    """The name with its keys, for an entity of that kind."""
    return Name(text=text, key=key(text, kind), slug=slug(text), sound=sound(text), language=language(text))
