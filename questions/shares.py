"""A part of a whole as a question writes it: 35%, 百分之三十五, 七成二, 三分之一, two thirds, half."""

import re
from collections.abc import Callable

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMERAL = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|\d+)"
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def _numeral(text: str) -> int:
    """A number below a hundred in Chinese or Arabic digits."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)


def _tenths(found: re.Match[str]) -> float:
    rest = found["rest"] or ""
    return _DIGITS[found["tenths"]] * 10 + (5 if rest == "半" else _DIGITS.get(rest, 0))


def _fraction(found: re.Match[str]) -> float:
    return 100 * _numeral(found["above"]) / _numeral(found["below"])


def _worded(found: re.Match[str]) -> float:
    return 100 * _TIMES[found["times"].lower()] / _PARTS[found["part"].lower()]


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], float]], ...] = (
    (re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent\b|pct\b|％)"), lambda found: float(found[1])),
    (re.compile(r"百分之(\d+(?:\.\d+)?)"), lambda found: float(found[1])),
    (re.compile(rf"百分之({_NUMERAL})"), lambda found: float(_numeral(found[1]))),
    (re.compile(r"(?P<tenths>[一二两三四五六七八九])成(?!员|立|为)(?P<rest>[半一二三四五六七八九])?"), _tenths),
    (re.compile(rf"(?P<below>{_NUMERAL})分之(?P<above>{_NUMERAL})"), _fraction),
    (
        re.compile(
            rf"(?P<times>{'|'.join(_TIMES)})[ -](?P<part>{'|'.join(_PARTS)})s?\b(?=(?: (?:of|share|stake|interest)\b))",
            re.IGNORECASE,
        ),
        _worded,
    ),
    (re.compile(r"一半|half\b"), lambda _: 50.0),
)


def share_at(text: str, position: int, end: int) -> tuple[float, int] | None:
    """The per cent of a part that is written at the position, and where it ends; None where none is.

    >>> share_at("七成二的股权", 0, 6)
    (72.0, 3)
    """
    for pattern, reckon in _WAYS:
        found = pattern.match(text, position, end)
        if found:
            return reckon(found), found.end()
    return None
