"""How much work a guest's statement may put into one row.

The engines look at their clocks from row to row. What is worked out within a row (a list gone through, a pattern
matched to a text) runs to its end whatever its limit, so what could run for ever there is refused beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.growth import every
from graph.patterns import LETTERS, too_costly
from graph.tokens import CLOSING, NOTHING, OPENING, Pieces, Token, refuse, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

LONGEST_PATTERNS = 10_000  # characters of all patterns of a statement: each is read before it runs
LONGEST_LIST = 10_000  # what range() may make where it is not unwound into rows
_GOES_THROUGH = frozenset({"REDUCE", "ALLREDUCE", "ANY", "ALL", "NONE", "SINGLE"})
# Lists as short as what they are taken from.
_SHORT = frozenset({"LABELS", "KEYS", "NODES", "RELATIONSHIPS"})
_GROWS = frozenset({"+", "|", "[", "{"})
_GROWING = frozenset({"REPLACE", "TOSTRING", "COLL"})


@dataclass(slots=True)
class _Bracket:
    """An open bracket; what goes through a list has a source after IN and a body after that."""

    start: int
    goes_through: bool = False
    source: int = 0  # the index of IN
    body: int = 0  # the index of WHERE or |
    called: str = ""


def check_burden(statement: str) -> None:
    """Raise QueryRefused where one row of the statement could take for ever."""
    _Burden(statement).check()


def check_patterns(statement: str, parameters: Mapping[str, Any] | None) -> None:
    """Raise QueryRefused where =~ has a pattern that could take for ever; the parameters are part of patterns."""
    if "~" not in statement:
        return
    pieces = list(tokens(statement))
    spent, letters = 0, _longest([parameters, *(token.text for token in pieces)])
    for index, token in enumerate(pieces):
        if token.text == "~" and pieces[index - 1].text == "=":
            pattern = "".join(_pattern(pieces, index + 1, statement, parameters or {}))
            spent += len(pattern)
            reason = (
                too_costly(pattern, max(LETTERS, letters))
                if spent <= LONGEST_PATTERNS
                else f"makes more than {LONGEST_PATTERNS} letters"
            )
            if reason:
                refuse(statement, f"the pattern of =~ {reason}", token)


def _pattern(pieces: Sequence[Token], index: int, statement: str, parameters: Mapping[str, Any]) -> Iterator[str]:
    """The texts and parameters that stand after =~, joined by +; anything else could be any pattern."""
    inside = 0
    while pieces[index : index + 1] and pieces[index].text == "(":
        index, inside = index + 1, inside + 1
    while True:
        token = pieces[index] if index < len(pieces) else NOTHING
        if token.kind not in ("text", "parameter"):
            refuse(statement, "the pattern of =~ must be a text or a parameter, or several joined by +", token)
        yield _plain(token.text) if token.kind == "text" else str(parameters.get(token.text.strip("$`"), ""))
        index += 1
        while inside and index < len(pieces) and pieces[index].text == ")":
            index, inside = index + 1, inside - 1
        if _goes_on(pieces[index : index + 2]):
            refuse(statement, "the pattern of =~ must be a text or a parameter, or several joined by +", token)
        if index >= len(pieces) or pieces[index].text != "+":
            if inside:
                refuse(statement, "the pattern of =~ must be a text or a parameter, or several joined by +", token)
            return
        index += 1


def _goes_on(following: Sequence[Token]) -> bool:
    """Whether the value before these is not used as it is: `$p[0]`, `$p.x`, `'a' || 'b'`."""
    signs = [token.text for token in following]
    return signs[:1] in (["["], ["."]) or signs == ["|", "|"]


def _longest(value: object) -> int:
    """The letters of the longest text in a value."""
    return max((len(one) for one in every(value) if isinstance(one, str)), default=0)


def _plain(quoted: str) -> str:
    """A text without its quotes and its escapes."""
    inner, plain, index = quoted[1:-1], [], 0
    while index < len(inner):
        if inner[index] == "\\" and index + 1 < len(inner):
            index += 1
            plain.append({"n": "\n", "t": "\t", "r": "\r"}.get(inner[index], inner[index]))
        else:
            plain.append(inner[index])
        index += 1
    return "".join(plain)


class _Burden(Pieces):
    """One statement, read once from its beginning to its end."""

    def __init__(self, statement: str) -> None:
        super().__init__(statement)
        self._open: list[_Bracket] = []

    def check(self) -> None:
        for index, token in enumerate(self._tokens):
            if token.kind == "sign" and token.text in OPENING:
                self._opened(index)
            elif token.kind == "sign" and token.text in CLOSING and self._open:
                self._closed(index)
            elif self._open:
                self._within(index, token)

    def _opened(self, index: int) -> None:
        before = self._at(index - 1)
        bracket = _Bracket(index, called=before.folded)
        if self._at(index).text == "[" or before.folded in _GOES_THROUGH:
            bracket.goes_through = self._binds(index)
        if self._at(index).text == "(" and before.folded == "RANGE" and self._at(index - 2).text != ".":
            self._check_range(index)
        self._open.append(bracket)

    def _binds(self, index: int) -> bool:
        """Whether a variable goes through a list here: `x IN`, or `sum = 0, x IN`."""
        if self._at(index - 1).folded in ("REDUCE", "ALLREDUCE"):
            return True
        return self._at(index + 1).kind in ("word", "name") and self._at(index + 2).folded == "IN"

    def _within(self, index: int, token: Token) -> None:
        bracket = self._open[-1]
        if not bracket.goes_through or bracket.body:
            return
        if token.folded == "IN" and not bracket.source:
            bracket.source = index
        elif bracket.source and (token.folded == "WHERE" or token.text == "|"):
            bracket.body = index
            self._check_nested(bracket, index)

    def _check_nested(self, bracket: _Bracket, end: int) -> None:
        """A list gone through for each element of another."""
        outside = any(outer.goes_through and outer.body for outer in self._open[:-1])
        if outside and not self._is_short(self._tokens[bracket.source + 1 : end]):
            said = "a list is gone through for each element of another; put one of them before it with UNWIND"
            self._refuse(said, self._at(bracket.source))

    def _is_short(self, source: Sequence[Token]) -> bool:
        """What a node, a relationship or a path has of its own, or a list written out."""
        words = [token.folded for token in source]
        if len(source) == 4 and words[0] in _SHORT and source[1].text == "(":
            return True
        if len(source) == 3 and source[1].text == "." and source[2].kind in ("word", "name"):
            return True
        written = bool(source) and source[0].text == "[" and source[-1].text == "]"
        return written and "IN" not in words and not any(token.text in "(.$" for token in source)

    def _closed(self, index: int) -> None:
        bracket = self._open[-1]
        if bracket.goes_through and bracket.source and not bracket.body:
            self._check_nested(bracket, index)
        self._open.pop()
        if bracket.goes_through and bracket.called in ("REDUCE", "ALLREDUCE") and bracket.body:
            self._check_growth(bracket, self._tokens[bracket.body + 1 : index])

    def _check_growth(self, bracket: _Bracket, body: Sequence[Token]) -> None:
        """What is put together with itself, over and over, outgrows any memory."""
        gathered = self._at(bracket.start + 1).name
        uses = sum(token.kind in ("word", "name") and token.name == gathered for token in body)
        grows = any(token.text in _GROWS or token.folded in _GROWING for token in body)
        if uses > 1 and grows:
            said = f"{gathered} is put together with itself, and doubles with each step"
            self._refuse(said, self._at(bracket.start + 1))

    def _check_range(self, index: int) -> None:
        if self._at(index - 2).folded == "UNWIND":
            return
        depth, end = 1, index + 1
        while depth and end < len(self._tokens):
            depth += (self._at(end).text in OPENING) - (self._at(end).text in CLOSING)
            end += 1
        inside = self._tokens[index + 1 : end - 1]
        measured = any(token.folded in ("SIZE", "LENGTH") for token in inside)
        few = all(_is_few(token) for token in inside)
        if not (measured or few):
            said = f"range() may stand after UNWIND, or have numbers up to {LONGEST_LIST}, or size()"
            self._refuse(said, self._at(index - 1))


def _is_few(token: Token) -> bool:
    """A number that makes no long list, and what stands between such numbers."""
    if token.kind == "number":
        return token.text.isdecimal() and int(token.text) <= LONGEST_LIST
    return token.kind == "sign" and token.text in "-,"
