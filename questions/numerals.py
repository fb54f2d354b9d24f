"""Numbers below a hundred in Chinese or Arabic digits."""

import re
from collections.abc import Mapping, Sequence
from typing import Any


class Numerals:
    """Reads the digits of [numbers] in zh.toml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._ten = str(words["ten"])
        self._digits = {digit: value for value, digit in enumerate(words["digits"])} | dict(words["digits_too"])
        self.counting = "".join(digit for digit, value in self._digits.items() if value)
        plain = "".join(words["digits"][1:])
        self.below_thirteen = rf"{self._ten}[{plain[:2]}]?|[{plain}]"
        self.pattern = rf"(?:[{plain}]?{self._ten}[{plain}]?|[{self.counting}]|\d+)"

    def value(self, text: str) -> int:
        """The number that the text writes."""
        if text.isdigit():
            return int(text)
        tens, ten, ones = text.rpartition(self._ten)
        return (self._digits[tens] if tens else 1) * 10 * bool(ten) + (self._digits[ones] if ones else 0)


def any_of(words: Sequence[str]) -> str:
    """A pattern for one of the words; a Latin one ends where the word does."""
    return (
        "(?:"
        + "|".join(re.escape(word) + (r"\b" if word[-1].isascii() and word[-1].isalpha() else "") for word in words)
        + ")"
    )
