"""The name of a company without its legal form: Ltd, GmbH, 有限公司, 株式会社 and their like."""

import re
from functools import cache

from graph.folding import fold, lower, table

_TABLE = table("legal_forms")
_LATIN = frozenset(_TABLE["latin"].split())
_HAN = re.compile(f"(?:{'|'.join(sorted(_TABLE['han'], key=len, reverse=True))})+$")
_FIRST = tuple(_TABLE["first"])
_BREAK = re.compile(r"[\s,;()\[\]/·]+")
_SHORTEST = 2


def without_legal_form(text: str) -> str:
    """The folded name up to its legal form, where enough of it remains to be a name.

    >>> without_legal_form("BYD Company Limited"), without_legal_form("The Swatch Group, S.A.")
    ('byd', 'swatch')
    """
    whole = fold(text)
    if whole in _kept():
        return whole
    short = fold(" ".join(_words(lower(text))))
    trimmed = _HAN.sub("", short)
    found = trimmed if len(trimmed) >= _SHORTEST else short
    return found if len(found) >= _SHORTEST else whole


@cache
def _kept() -> frozenset[str]:
    return frozenset(fold(name) for name in _TABLE["kept"])


def _words(plain: str) -> list[str]:
    """The words of the name without a leading "the" and first and last words of legal form."""
    for first in _FIRST if plain.startswith(_FIRST) else ():
        plain = plain.removeprefix(first)
    words = [word for word in _BREAK.split(plain) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and (words[-1] == "&" or words[-1].replace(".", "") in _LATIN):
        words = words[:-1]
    return words
