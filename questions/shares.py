"""A part of a whole as a question writes it: 35%, 百分之三十五, 七成二, 三分之一, two thirds, half."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from questions.numerals import Numerals, any_of

_FIGURE = r"\d+(?:\.\d+)?"
Way = tuple[re.Pattern[str], Callable[[re.Match[str]], float]]


class Shares:
    """Reads shares by the words of [numbers] in en.toml and zh.toml."""

    def __init__(self, english: Mapping[str, Any], chinese: Mapping[str, Any]) -> None:
        self._numerals = Numerals(chinese)
        self._half_more = str(chinese["half_more"])
        self._times = {word: times for times, words in enumerate(english["times"], 1) for word in words}
        self._parts = dict(english["parts"])
        self._ways = (*self._figures(english, chinese), *self._worded(english))

    def at(self, text: str, position: int, end: int) -> tuple[float, int] | None:
        """The per cent of a part that is written at the position, and where it ends; None where none is."""
        for pattern, reckon in self._ways:
            found = pattern.match(text, position, end)
            if found:
                return reckon(found), found.end()
        return None

    def _figures(self, english: Mapping[str, Any], chinese: Mapping[str, Any]) -> Iterator[Way]:
        numerals, per_cent = self._numerals, chinese["per_cent"]
        yield re.compile(rf"({_FIGURE})\s*{any_of(english['per_cent'])}"), lambda found: float(found[1])
        yield re.compile(rf"{per_cent}({_FIGURE})"), lambda found: float(found[1])
        yield re.compile(rf"{per_cent}({numerals.pattern})"), lambda found: float(numerals.value(found[1]))
        others = any_of(chinese["tenths_not_before"])
        yield (
            re.compile(
                rf"(?P<tenths>[{numerals.counting}]){chinese['tenths']}(?!{others})"
                rf"(?P<rest>[{self._half_more}{numerals.counting}])?"
            ),
            self._tenths,
        )
        yield (
            re.compile(rf"(?P<below>{numerals.pattern}){chinese['part_of_whole']}(?P<above>{numerals.pattern})"),
            lambda found: 100 * numerals.value(found["above"]) / numerals.value(found["below"]),
        )
        yield re.compile(any_of([*chinese["half"], *english["half"]])), lambda _: 50.0

    def _tenths(self, found: re.Match[str]) -> float:
        rest = found["rest"] or ""
        more = 5 if rest == self._half_more else self._numerals.value(rest) if rest else 0
        return self._numerals.value(found["tenths"]) * 10 + more

    def _worded(self, english: Mapping[str, Any]) -> Iterator[Way]:
        times, parts = "|".join(self._times), "|".join(self._parts)
        yield (
            re.compile(
                rf"(?P<times>{times})[ -](?P<part>{parts})s?\b(?= {any_of(english['parts_of'])})", re.IGNORECASE
            ),
            lambda found: 100 * self._times[found["times"].lower()] / self._parts[found["part"].lower()],
        )
