"""Spelling keys of names: what makes two names one, how surely, how they sound; and the slug an id is made of."""

import hashlib
import re
import unicodedata
from functools import cache, lru_cache

from graph.folding import HAN, fold, has_traditional, lower, simplified, table
from graph.legalforms import without_legal_form
from graph.model import Name
from graph.persons import full_chinese, partial, person_key, shared
from graph.pinyin import pronounced

__all__ = [
    "common",
    "fold",
    "key",
    "language",
    "name_of",
    "reading",
    "short_hash",
    "simplified",
    "slug",
    "sound",
    "weak",
]

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SLUG_LENGTH = 48
# A product called by a letter or two and a number: R1, X7, M3, H20.
_CODE = re.compile(r"[a-z]{0,2}\d{1,3}[a-z]?")


@lru_cache(maxsize=1 << 17)
def key(text: str, kind: str = "") -> str:
    """The folded spelling two names of one entity share: a company without its legal form, a person without titles.

    >>> key("阿里巴巴集團控股有限公司", "Company"), key("Bosch GmbH", "Company"), key("Ant Group")
    ('阿里巴巴', 'bosch', 'antgroup')
    """
    if kind == "Company":
        return without_legal_form(text)
    return person_key(text) if kind == "Person" else fold(text)


@lru_cache(maxsize=1 << 16)
def _pinyin(han: str) -> str:
    return "".join(pronounced(han))


@lru_cache(maxsize=1 << 17)
def sound(text: str) -> str:
    """How the name is typed on a Latin keyboard: pinyin for Chinese characters, letters and digits as they are."""
    return HAN.sub(lambda run: _pinyin(run.group()), fold(text))


@lru_cache(maxsize=1 << 17)
def slug(text: str) -> str:
    """A short readable id: Latin words joined by hyphens, Chinese characters as pinyin, at most 48 characters."""
    plain = HAN.sub(lambda run: f" {_pinyin(run.group())} ", lower(text))
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
    if not HAN.search(text):
        return "en"
    if simplified(text) != unicodedata.normalize("NFKC", text):
        return "zh-Hant"
    return "zh-Hans" if has_traditional(text) else "zh"


@cache
def _generic() -> frozenset[str]:
    return frozenset(fold(word) for word in table("words")["generic"]["words"].split())


@lru_cache(maxsize=1 << 17)
def weak(text: str, kind: str) -> bool:
    """Whether a name is too short or too general to mean one entity across documents.

    One character, a lone first name or surname, 林董, "the company", 联盟.
    """
    folded = fold(text)
    return len(folded) < 2 or folded in _generic() or (kind == "Person" and partial(text))


@lru_cache(maxsize=1 << 17)
def common(text: str, kind: str) -> bool:
    """Whether several entities may well bear the name, so that joining by it takes something else they share.

    >>> common("李伟", "Person"), common("R1", "Product"), common("蔡崇信", "Person"), common("Alibaba", "Company")
    (True, True, False, False)
    """
    return shared(text) if kind == "Person" else kind == "Product" and bool(_CODE.fullmatch(fold(text)))


@lru_cache(maxsize=1 << 17)
def reading(text: str, kind: str) -> str:
    """The pinyin of a Chinese person's full name, alike in characters and in Latin letters; "" for any other name.

    >>> reading("刘振飞", "Person"), reading("Zhenfei Liu", "Person"), reading("Tim Cook", "Person")
    ('liuzhenfei', 'liuzhenfei', '')
    """
    if kind != "Person" or not full_chinese(text):
        return ""
    return sound(text) if HAN.search(text) else person_key(text)


@lru_cache(maxsize=1 << 17)
def name_of(text: str, kind: str = "") -> Name:
    """The name with its keys, for an entity of that kind."""
    return Name(text=text, key=key(text, kind), slug=slug(text), sound=sound(text), language=language(text))
