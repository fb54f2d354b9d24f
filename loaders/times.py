"""Dates in running text as ISO text, whole or partial; relative ones lean on the date of the document."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.amounts import number_zh

_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {name[:3]: i for i, name in enumerate(_NAMES, 1)}
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR_ZH = r"(?P<year>(?:1[89]|20)\d\d|[一二][〇零一二三四五六七八九]{3})\s?年"
_MONTH_ZH = r"(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])\s?月(?:份)?"
_DAY_ZH = r"(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?[日号]"
_YEARS_AWAY = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2, "上年": -1, "次年": 1}
_MONTHS_AWAY = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1, "当月": 0}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as said at characters [start, end); `iso` is "2024", "2024-05" or "2024-05-02"."""

    start: int
    end: int
    iso: str


Form = tuple[re.Pattern[str], Callable[[re.Match[str], str | None], str | None]]


def moments_in(simple: str, written: str | None = None) -> list[Moment]:
    """The dates of a text of Simplified characters; `written`: the document's date, for 去年 and "last May"."""
    taken: list[Moment] = []
    for pattern, value in _FORMS:
        for m in pattern.finditer(simple):
            if any(m.start() < other.end and other.start < m.end() for other in taken):
                continue
            iso = value(m, written)
            if iso:
                taken.append(Moment(m.start(), m.end(), iso))
    return sorted(taken, key=lambda moment: moment.start)


def _year(text: str) -> int | None:
    value = int(text) if text.isdigit() else number_zh(text.replace("〇", "零"))
    return int(value) if value and 1500 <= value <= 2999 else None


def _iso(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    if year is None:
        return None
    if month is None or not 1 <= month <= 12:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None or not 1 <= day <= 31 else f"{year:04}-{month:02}-{day:02}"


def _small(text: str | None) -> int | None:
    value = number_zh(text) if text else None
    return int(value) if value is not None else None


def _full_zh(m: re.Match[str], _: str | None) -> str | None:
    parts = m.groupdict()
    return _iso(_year(m["year"]), _small(parts.get("month")), _small(parts.get("day")))


def _republic(m: re.Match[str], _: str | None) -> str | None:
    years = _small(m["year"])
    return _iso(1911 + years, _small(m["month"]), _small(m["day"])) if years else None


def _leaning_zh(m: re.Match[str], written: str | None) -> str | None:
    if not written:
        return None
    return _iso(int(written[:4]) + _YEARS_AWAY[m["lean"]], _small(m["month"]), _small(m["day"]))


def _leaning_month(m: re.Match[str], written: str | None) -> str | None:
    if not written or len(written) < 7:
        return None
    months = int(written[:4]) * 12 + int(written[5:7]) - 1 + _MONTHS_AWAY[m["lean"]]
    return _iso(months // 12, months % 12 + 1, _small(m["day"]))


def _bare_month(m: re.Match[str], written: str | None) -> str | None:
    """A month without a year: the one that has just passed, or is just coming, when the text was written."""
    month = _small(m["month"])
    if not written or month is None:
        return None
    year = int(written[:4]) - (len(written) >= 7 and month - int(written[5:7]) > 6)
    return _iso(year, month, _small(m["day"]))


def _today(m: re.Match[str], written: str | None) -> str | None:
    if not written or len(written) < 10:
        return None
    day = _small(m["day"])
    return f"{written[:8]}{day:02}" if day and 1 <= day <= 31 else written


def _full_en(m: re.Match[str], _: str | None) -> str | None:
    parts = m.groupdict()
    month = _MONTHS.get((parts.get("month") or "")[:3].casefold())
    return _iso(int(m["year"]), month, int(parts["day"]) if parts.get("day") else None)


def _leaning_en(m: re.Match[str], written: str | None) -> str | None:
    if not written:
        return None
    away = {"last": -1, "next": 1, "this": 0}[m["lean"].casefold()]
    word = m["what"].casefold()
    year = int(written[:4])
    if word == "year":
        return _iso(year + away)
    if word == "month":
        return _leaning_months(written, away)
    month = _MONTHS.get(word[:3])
    if month is None or len(written) < 7:
        return None
    now = int(written[5:7])
    if away < 0 and month >= now:
        year -= 1
    if away > 0 and month <= now:
        year += 1
    return _iso(year, month)


def _leaning_months(written: str, away: int) -> str | None:
    if len(written) < 7:
        return None
    months = int(written[:4]) * 12 + int(written[5:7]) - 1 + away
    return _iso(months // 12, months % 12 + 1)


def _ago(m: re.Match[str], written: str | None) -> str | None:
    count = (
        _small(m["n"]) if m["n"].isdigit() or m["n"] in "一二两三四五六七八九十" else _EN_SMALL.get(m["n"].casefold())
    )
    return _iso(int(written[:4]) - count) if written and count else None


def _month_en(m: re.Match[str], written: str | None) -> str | None:
    month = _MONTHS.get(m["month"][:3].casefold())
    if not written or month is None or len(written) < 7:
        return None
    year = int(written[:4]) - (month - int(written[5:7]) > 6)
    return _iso(year, month, int(m["day"]) if m["day"] else None)


_EN_SMALL = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twenty": 20,
}
_SEASON = r"(?:初|底|末|中|春|夏|秋|冬|第[一二三四]季度?)?"


def _forms() -> Iterator[Form]:
    lean = "|".join(sorted(_YEARS_AWAY, key=lambda w: -len(w)))
    near = "|".join(sorted(_MONTHS_AWAY, key=lambda w: -len(w)))
    yield re.compile(rf"{_YEAR_ZH}\s?(?:{_MONTH_ZH}\s?(?:{_DAY_ZH})?)?"), _full_zh
    yield (
        re.compile(rf"民国\s?(?P<year>\d{{1,3}}|[一二三四五六七八九十百]+)年(?:{_MONTH_ZH}(?:{_DAY_ZH})?)?"),
        _republic,
    )
    yield re.compile(rf"(?P<lean>{lean})\s?(?:{_MONTH_ZH}\s?(?:{_DAY_ZH})?)?"), _leaning_zh
    yield re.compile(rf"(?P<lean>{near})\s?(?:{_DAY_ZH})?"), _leaning_month
    yield re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"), _full_zh
    yield re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE), _full_en
    yield (
        re.compile(
            rf"\b{_MONTH}\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?P<year>(?:1[5-9]|20)\d\d)\b",
            re.IGNORECASE,
        ),
        _full_en,
    )
    yield (
        re.compile(
            rf"\b(?P<lean>last|next|this)\s+(?P<what>year|month|{_MONTH[:-1].replace('(?P<month>', '')})\b",
            re.IGNORECASE,
        ),
        _leaning_en,
    )
    yield (
        re.compile(
            r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|twenty|\d{1,2})\s+years\s+(?:ago|earlier)\b",
            re.IGNORECASE,
        ),
        _ago,
    )
    yield re.compile(r"(?P<n>[一二两三四五六七八九十]|\d{1,2})年前"), _ago
    yield re.compile(rf"(?<![\d.]){_MONTH_ZH}\s?(?:{_DAY_ZH})?(?!\d|间|内)"), _bare_month
    yield re.compile(r"(?:今|昨)[（(]?(?P<day>\d{1,2})?[）)]?[日天]|今天|昨天"), _today
    yield (
        re.compile(
            r"\b(?P<month>January|February|March|April|June|July|August|September|October|November|December|(?<=in )May"
            r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
            r"(?:\s+(?P<day>\d{1,2})\b)?(?!,?\s+\d{4})"
        ),
        _month_en,
    )
    yield (
        re.compile(
            r"(?<![\d.,$€£¥#-])\b(?P<year>(?:1[89]|20)\d\d)\b"
            r"(?![\d.,]*\d|\s?(?:元|万|亿|%|people|employees|shops|stores|tonnes|名|家|台|人))"
        ),
        _full_en,
    )


_FORMS: tuple[Form, ...] = tuple(_forms())
