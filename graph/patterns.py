"""Regular expressions that match in a time that can be foretold."""

from __future__ import annotations

import re

LONGEST, MOST_OPEN = 1000, 3  # characters of a pattern; how often it may say "any number of"
LETTERS, MOST_WORK = 1000, 10**9  # of a usual text; how many places such repetitions may be tried at together
_COUNTED = re.compile(r"\{(\d+)(,(\d*))?\}")
_SPACED = re.compile(r"\(\?[a-zA-Z]*x")
_BACK = re.compile(r"\\(?:[1-9]|k<)")
MANY = 20  # times from which a repetition counts as any number


def too_costly(pattern: str, letters: int = LETTERS) -> str | None:
    """Why matching it with a text of so many letters could take for ever; None where it cannot.

    >>> too_costly("(?i).*ma.*"), too_costly("[0-9]{4}-[0-9]{2}")
    (None, None)
    >>> too_costly("(a+)+b")
    'repeats what itself repeats or chooses'
    """
    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if _BACK.search(pattern):
        return "refers back to what it matched"
    if _SPACED.search(pattern):
        return "has the flag x, under which its spaces mean nothing"
    return _Pattern(pattern, letters).reason()


class _Pattern:
    """One pattern, read from left to right; it is cheap where no repetition holds another or a choice."""

    def __init__(self, pattern: str, letters: int) -> None:
        self._text = pattern
        self._letters = letters
        self._place = 0
        self._open = 0
        self._restless: list[bool] = [False]  # for each group that is open: whether it repeats or chooses
        self._last = False  # whether the piece before was such a group

    def reason(self) -> str | None:
        while self._place < len(self._text):
            if self._nested():
                return "repeats what itself repeats or chooses"
        if self._open > MOST_OPEN:
            return f"says more than {MOST_OPEN} times that there may be any number"
        costly = self._open > 1 and self._letters**self._open > MOST_WORK
        return f"says {self._open} times that there may be any number, of {self._letters} letters" if costly else None

    def _nested(self) -> bool:
        """Read one piece; whether it is a repetition of a restless group."""
        letter = self._text[self._place]
        counted = _COUNTED.match(self._text, self._place)
        if letter in "*+?" or counted:
            return self._repeated(letter, counted)
        self._place += 1
        if letter == "(":
            self._restless.append(False)
        elif letter == ")" and len(self._restless) > 1:
            self._last = self._restless.pop()
            self._restless[-1] |= self._last
            return False
        elif letter == "|":
            self._restless[-1] = True
        elif letter == "[":
            self._skip_class()
        elif letter == "\\":
            self._skip_escape()
        self._last = False
        return False

    def _repeated(self, letter: str, counted: re.Match[str] | None) -> bool:
        if self._text[self._place - 1 : self._place] == "(":  # (?: and its kin
            self._place += 1
            return False
        most = _most(letter, counted)
        nested = self._last and most > 1
        self._open += most >= MANY
        self._restless[-1] = True
        self._last = False
        self._place = counted.end() if counted else self._place + 1
        if self._text[self._place : self._place + 1] in ("?", "+"):  # as few as will do, or without coming back
            self._place += 1
        return nested

    def _skip_class(self) -> None:
        depth = 1
        while depth and self._place < len(self._text):
            letter = self._text[self._place]
            depth += (letter == "[") - (letter == "]")
            self._place += 2 if letter == "\\" else 1

    def _skip_escape(self) -> None:
        """One escaped letter, or all up to \\E after \\Q."""
        if self._text[self._place : self._place + 1] == "Q":
            end = self._text.find("\\E", self._place)
            self._place = len(self._text) if end < 0 else end + 2
        else:
            self._place += 1


def _most(letter: str, counted: re.Match[str] | None) -> int:
    if counted is None:
        return 1 if letter == "?" else MANY
    if counted[2] is None:
        return int(counted[1])
    return int(counted[3]) if counted[3] else MANY
