"""A date as a question writes it: 2024年3月, March 2024, 2024-03-05, 民国113年, in March."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from questions.numerals import Numerals, any_of

_YEAR = r"(?P<y>(?:19|20)\d\d)"


class Dates:
    """Reads dates by the words of [numbers] in en.toml and zh.toml."""

    def __init__(self, english: Mapping[str, Any], chinese: Mapping[str, Any]) -> None:
        self._numerals = Numerals(chinese)
        self._era_from = int(chinese["era_from"])
        self._months = {name.lower(): month for month, names in enumerate(english["months"], 1) for name in names}
        self._patterns = (*self._full(chinese), *self._without_year(english, chinese))

    def at(self, text: str, position: int, end: int) -> tuple[str, int] | None:
        """The ISO date written at the position (`--03` for a month of no year), and where it ends; or None."""
        for pattern in self._patterns:
            found = pattern.match(text, position, end)
            if found:
                return self._iso(found.groupdict()), found.end()
        return None

    def _full(self, chinese: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
        year, month, day = chinese["year"], any_of(chinese["month"]), any_of(chinese["day"])
        yield re.compile(rf"{chinese['era']}\s*(?P<roc>\d{{1,3}})\s*{year}\s*(?:(?P<m>\d{{1,2}})\s*{month})?")
        yield re.compile(rf"{_YEAR}\s*{year}\s*(?:(?P<m>\d{{1,2}})\s*{month}\s*(?:(?P<d>\d{{1,2}})\s*{day})?)?")
        names = "|".join(self._months)
        yield re.compile(rf"(?:(?P<d>\d{{1,2}}) )?(?P<month>{names})\.?,? {_YEAR}\b", re.IGNORECASE)
        yield re.compile(rf"{_YEAR}-(?P<m>\d\d)(?:-(?P<d>\d\d))?")
        yield re.compile(rf"\b{_YEAR}\b(?!\s*(?:%|percent))")

    def _without_year(self, english: Mapping[str, Any], chinese: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
        month, day = any_of(chinese["month"]), any_of(chinese["day"])
        yield re.compile(rf"(?P<m>\d{{1,2}}){month}(?:(?P<d>\d{{1,2}}){day})?")
        yield re.compile(rf"(?P<numeral>{self._numerals.below_thirteen}){month}")
        yield re.compile(rf"(?P<month>{'|'.join(english['months_alone'])})\b")

    def _iso(self, parts: Mapping[str, str | None]) -> str:
        month = self._month(parts)
        roc = parts.get("roc")
        year = str(int(roc) + self._era_from) if roc else parts.get("y")
        named = [year or "", month, parts.get("d") if month else None]
        return "-".join(part.zfill(2) for part in named if part) if year else f"--{(month or '').zfill(2)}"

    def _month(self, parts: Mapping[str, str | None]) -> str | None:
        named, numeral = parts.get("month"), parts.get("numeral")
        if named:
            return str(self._months[named.lower()])
        return str(self._numerals.value(numeral)) if numeral else parts.get("m")
