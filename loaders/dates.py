"""Dates as ISO text, whole or partial ("2024", "2024-05"), out of values and out of a text's first lines."""

import re
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?"
)
_YEAR = r"(?P<year>[12]\d{3})"
_NUMBERS = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?"
)
_CHINESE = re.compile(r"(?P<year>\d{4})\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号號])?)?")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?{_YEAR}\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE)
_WHOLE = (_NUMBERS, _CHINESE, _DAY_FIRST, _MONTH_FIRST)

# In a text only whole dates count, and only where they date the text: a short line, or the words before a report.
_DAYS = (
    re.compile(rf"(?<!\d){_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号號]"),
    re.compile(rf"(?<![\d/-]){_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?![\d/-])"),
    _DAY_FIRST,
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.IGNORECASE),
)
_LINES = 8
_SHORT_LINE = 70
_REPORT = re.compile(r"[）)\]】]?\s{0,3}(?:[-–—|:：]|/|讯|訊|电|電|消息|日电|\(|（)")


def iso_date(value: object) -> str | None:
    """The date that a value says, as partial ISO text; None when it says none that exists."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 1000 <= value <= 2999 else None
    if not isinstance(value, str) or len(value) > 60:
        return None
    found = next(filter(None, (form.fullmatch(value.strip()) for form in _WHOLE)), None)
    return _joined(found) if found else None


def dateline(text: str) -> str | None:
    """The day that the first lines of a text give for it ("2026年6月18日", "June 18, 2026"), else None."""
    lines = (line.strip() for line in text[:4000].split("\n"))
    for line in [line for line in lines if line][:_LINES]:
        for form in _DAYS:
            for found in form.finditer(line[:400]):
                day = _joined(found)
                if day and (len(line) <= _SHORT_LINE or (found.start() <= 40 and _REPORT.match(line, found.end()))):
                    return day
    return None


def _joined(found: re.Match[str]) -> str | None:
    """The parts of a match as ISO text, None when the calendar has no such day."""
    parts = found.groupdict()
    year, month, day = parts["year"], parts.get("month"), parts.get("day")
    number = 1 if month is None else int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        whole = date(int(year), number, int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]
