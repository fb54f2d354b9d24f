"""How much a guest's statement may put together in one row, as far as its words tell.

A list that holds another list thrice, which holds another thrice, takes no memory, and is gone through for ever as soon
as it is compared or shown. So each name is followed from one projection to the next: how much may be in it, and whether
it may be long. What is long may not be gone through for each element of a list, nor be what a text is searched for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from graph.errors import QueryRefused
from graph.tokens import CLOSING, OPENING, Pieces, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST = 1_000_000  # how much one value may hold
LONG = 1_000  # what holds more than this is long
MANY = 10_000  # how often the body of a comprehension is worked out, as far as one can tell
LETTERS = 20  # letters of a text that count as one
_COUNTED = 100 * LONG  # further than this no parameter is counted
_ENDLESS = frozenset({"COLLECT", "RANGE", "SPLIT"})  # what these give may be long
_FOLDS = frozenset({"REDUCE", "ALLREDUCE"})
_TRAVERSALS = frozenset({"ANY", "ALL", "NONE", "SINGLE"})
_ASKS = frozenset({"SIZE", "LENGTH", "HEAD", "LAST", "ISEMPTY", "COUNT"})  # short, and found without going through
_SEARCHES = frozenset({"SPLIT", "REPLACE"})
_CLAUSES = frozenset({"WITH", "RETURN", "UNWIND", "DISTINCT", "YIELD", "MATCH", "WHERE", "CALL", "UNION", "LET", "FOR"})
_JOINS = frozenset({"AND", "OR", "XOR", "AS", "THEN", "ELSE", "END", "WHEN", "ORDER", "LIMIT", "SKIP"}) | _CLAUSES


@dataclass(frozen=True, slots=True)
class Size:
    """How much a value may hold, whether it may be long, and whether an element of it may."""

    much: int = 1
    long: bool = False
    elements: bool = False

    @property
    def element(self) -> Size:
        """One of its elements."""
        return Size(self.much if self.elements else 1, self.elements, self.elements)


@dataclass(slots=True)
class _Bracket:
    """An open bracket and where its present expression began; `names` and `body` where it goes through a list.

    literal: it begins a list or a map. gathered: the name that a reduce() gathers under.
    """

    expression: int = 0
    names: frozenset[str] = frozenset()
    body: bool = False
    literal: bool = False
    gathered: str = ""


def check_growth(statement: str, parameters: Mapping[str, Any] | None) -> None:
    """Raise QueryRefused where a value of the statement could take for ever to go through."""
    given = parameters or {}
    _Growth(statement, lambda name: measured(given.get(name))).check()


def depends_on_parameters(statement: str) -> bool:
    """Whether `check_growth` refuses the statement with some parameters, and not with others."""
    if "$" not in statement:
        return False
    try:
        _Growth(statement, lambda _: Size(_COUNTED, long=True, elements=True)).check()
    except QueryRefused:
        return True
    return False


def measured(value: object) -> Size:
    """The size of a parameter."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    much = amount(value, _COUNTED, LETTERS)
    return Size(max(1, much), is_long(value), any(map(is_long, inside)))


def is_long(value: object) -> bool:
    """Whether a parameter is long."""
    return len(value) > LONG if isinstance(value, str) else amount(value, LONG, LETTERS) > LONG


def amount(value: object, most: int, letters: int | None = None) -> int:
    """How many values there are in one, counted until there are more than `most`; of a text so many letters are one."""
    found = 0
    for one in every(value):
        found += len(one) // letters if letters and isinstance(one, str) else 1
        if found > most:
            break
    return found


def every(value: object) -> Iterator[object]:
    """A value, and all that it holds however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one


class _Growth(Pieces):
    """One statement, read once from its beginning to its end."""

    def __init__(self, statement: str, parameter: Callable[[str], Size]) -> None:
        super().__init__(statement)
        self._parameter = parameter
        self._parameters: dict[str, Size] = {}
        self._names: dict[str, Size] = {}
        self._open = [_Bracket()]
        self._ends = self._closings()

    def _closings(self) -> dict[int, int]:
        """Where each bracket closes; the end of the statement where it does not."""
        ends, waiting = {}, []
        for index, token in enumerate(self._tokens):
            if token.kind == "sign" and token.text in OPENING:
                waiting.append(index)
            elif token.kind == "sign" and token.text in CLOSING and waiting:
                ends[waiting.pop()] = index
        return ends | dict.fromkeys(waiting, len(self._tokens))

    def check(self) -> None:
        for index, token in enumerate(self._tokens):
            if token.kind == "sign" and token.text in OPENING:
                self._check_searched(index)
                self._open.append(self._opened(index))
            elif token.kind == "sign" and token.text in CLOSING:
                self._open = self._open[:-1] or self._open
            else:
                self._read(index, token)

    def _opened(self, index: int) -> _Bracket:
        folds = self._at(index).text == "(" and self._at(index - 1).folded in _FOLDS
        gathered = self._at(index + 1).name if folds else ""
        literal = self._is_literal(index) or self._at(index).text == "{"
        return _Bracket(index + 1, self._bound(index), literal=literal, gathered=gathered)

    def _bound(self, index: int) -> frozenset[str]:
        """The names that go through a list in the bracket; none where it does not."""
        called = self._at(index - 1).folded if self._at(index).text == "(" else ""
        if called in _FOLDS:
            variable = self._source(index) - 1
            return frozenset({self._at(index + 1).name, self._at(variable).name})
        binds = self._at(index + 1).kind in ("word", "name") and self._at(index + 2).folded == "IN"
        goes = binds and (called in _TRAVERSALS or self._is_literal(index))
        return frozenset({self._at(index + 1).name}) if goes else frozenset()

    def _is_literal(self, index: int) -> bool:
        """Whether this square bracket begins a list, and does not take a part of what stands before it."""
        before = self._at(index - 1)
        value = before.kind in ("name", "parameter", "text") or before.text in (")", "]", "}")
        word = before.kind == "word" and before.folded not in _JOINS | {"IN", "NOT", "CONTAINS", "BY", "CASE"}
        return self._at(index).text == "[" and not value and not word

    def _source(self, index: int) -> int:
        """The place of the IN of a bracket that goes through a list."""
        end = self._ends[index]
        return next((at for at in range(index, end) if self._at(at).folded == "IN"), end)

    def _read(self, index: int, token: Token) -> None:
        bracket = self._open[-1]
        if token.folded == "AS" and self._at(index + 1).kind in ("word", "name"):
            self._name(bracket.expression, index)
        elif token.text == "," or token.folded in _CLAUSES or (token.text == "|" and bracket.names):
            bracket.expression = index + 1
        if token.folded == "WHERE" or token.text == "|":
            bracket.body = bool(bracket.names)
        if token.folded == "CONTAINS":
            self._check_sought(index + 1, self._operand_end(index + 1))
        self._check_use(index, token)
        self._check_depth(index, token)

    def _name(self, begin: int, end: int) -> None:
        """`... AS name`: what the name then holds."""
        name = self._at(end + 1)
        size = self._size(begin, end)
        if size.much > MOST:
            self._refuse(f"{name.text} could hold more than {MOST} values put together", name)
        self._names[name.name] = size.element if self._at(begin - 1).folded == "UNWIND" else size

    def _check_use(self, index: int, token: Token) -> None:
        """What is long may not stand in a body, but for its elements, its size, and as that in which one looks."""
        if not any(bracket.body for bracket in self._open):
            return
        looked_in = self._at(index - 1).folded == "IN" and self._at(index + 1).text not in ("+", "|", "[")
        bound = any(token.name in bracket.names for bracket in self._open)
        if not (looked_in or bound or self._is_asked(index)) and self._used(index).long:
            self._refuse(f"{token.text} may be long, and is gone through for each element of a list", token)

    def _check_depth(self, index: int, token: Token) -> None:
        """What a reduce() gathers may not be put into a list or a map with each step, unless a part of it is.

        A Neo4j server that runs out of its stack over what holds itself ten thousand times never answers.
        """
        named = token.kind in ("word", "name") and self._at(index - 1).text != "." and self._at(index + 1).text != ":"
        around = 0
        for bracket in reversed(self._open if named else ()):
            around += bracket.literal and (bracket.body or not bracket.names)
            if bracket.body and bracket.gathered == token.name:
                if around > self._parts(index) and not self._is_asked(index):
                    self._refuse(f"{token.text} is put into itself, and is deeper with each step", token)
                return

    def _parts(self, index: int) -> int:
        """How many steps into the value that is named here are taken: `m.a[0]` takes two."""
        found, at = 0, index + 1
        while self._at(at).text in (".", "[") and not (self._at(at).text == "[" and self._is_slice(at)):
            found, at = found + 1, self._ends.get(at, at + 1) + 1
        return found

    def _check_searched(self, index: int) -> None:
        if self._at(index - 1).folded in _SEARCHES:
            commas = self._commas(index)
            if commas:
                self._check_sought(commas[0] + 1, commas[1] if len(commas) > 1 else self._ends[index])

    def _check_sought(self, begin: int, end: int) -> None:
        if self._size(begin, end).long:
            self._refuse("what a text is searched for may be long; it may have 1000 letters", self._at(begin))

    def _commas(self, index: int) -> list[int]:
        """The places of the commas between the arguments in a bracket."""
        found, at = [], index + 1
        while at < self._ends[index]:
            if self._at(at).text == ",":
                found.append(at)
            at = self._ends.get(at, at) + 1
        return found

    def _operand_end(self, index: int) -> int:
        while index < len(self._tokens):
            token = self._at(index)
            if token.folded in _JOINS or token.text == "," or (token.kind == "sign" and token.text in CLOSING):
                break
            index = self._ends.get(index, index) + 1
        return index

    def _is_asked(self, index: int) -> bool:
        """Whether only the size of it, or one of its elements, is asked for: `size(x)`."""
        alone = self._at(index - 1).text == "(" and self._at(index + 1).text == ")"
        return alone and self._at(index - 2).folded in _ASKS

    def _size(self, begin: int, end: int) -> Size:
        """What the expression between two places may come to."""
        much, long, elements, index = 0, False, False, begin
        while index < min(end, len(self._tokens)):
            found, index = self._piece(index)
            much, long, elements = much + found.much, long or found.long, elements or found.elements
        return Size(max(1, much), long or much > LONG, elements)

    def _piece(self, index: int) -> tuple[Size, int]:
        """The size of what begins here, and where the next begins."""
        token = self._at(index)
        if token.kind == "text":
            return Size(len(token.text) // LETTERS, len(token.text) > LONG), index + 1
        if index in self._ends:
            return self._bracketed(index, self._ends[index]), self._ends[index] + 1
        return self._used(index), index + 1

    def _bracketed(self, index: int, end: int) -> Size:
        """The size of a list, a map, a call, or what only stands in brackets."""
        called = self._at(index - 1).folded
        if self._at(index).text == "(" and called in _ASKS:
            return Size()
        if self._bound(index):
            return self._gone_through(index, end)
        inside = self._size(index + 1, end)
        if called in _ENDLESS:
            return Size(inside.much, long=True, elements=inside.long and called == "COLLECT")
        if called == "REPLACE":
            return Size(inside.much * max(1, inside.much // 2), inside.long)
        if self._is_literal(index) or self._at(index).text == "{":
            return Size(inside.much, inside.much > LONG, inside.long or inside.elements)
        return inside

    def _gone_through(self, index: int, end: int) -> Size:
        """The size of a comprehension, a fold or a question about all elements."""
        if self._at(index - 1).folded in _TRAVERSALS and self._at(index).text == "(":
            return Size()
        body = next((at for at in range(index, end) if self._at(at).text == "|"), end)
        source = self._size(self._source(index) + 1, body)
        each = self._size(body + 1, end) if body < end else Size(0)
        number = self._at(index - 1).folded in _FOLDS and self._at(index + 3).kind == "number"
        much = source.much + (each.much * MANY if source.long else each.much)
        return Size(much, source.long and not number, each.long or source.elements)

    def _used(self, index: int) -> Size:
        """The size of the name or the parameter here; nothing where the word is no value."""
        token, before, after = self._at(index), self._at(index - 1), self._at(index + 1)
        if token.kind == "parameter":
            found = self._of_parameter(token.text.strip("$`"))
        elif token.kind in ("word", "name") and before.text not in (".", "$") and after.text not in ("(", ":"):
            found = self._names.get(token.name, Size(int(token.folded not in _JOINS)))
        else:
            return Size(0)
        part = after.text == "." or (after.text == "[" and not self._is_slice(index + 1))
        return found.element if part else found

    def _is_slice(self, index: int) -> bool:
        inside = self._tokens[index : self._ends[index]]
        return any(one.text == two.text == "." for one, two in pairwise(inside))

    def _of_parameter(self, name: str) -> Size:
        if name not in self._parameters:
            self._parameters[name] = self._parameter(name)
        return self._parameters[name]
