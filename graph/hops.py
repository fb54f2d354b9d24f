"""How far a guest's statement may walk from one row.

MATCH and the subqueries in braces give row after row, and between these an engine looks at its clock. A pattern that
stands in an expression is walked to its end within one row, so it may only be short.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.tokens import CLOSING, OPENING, Pieces, Token

LONGEST = 100  # hops that a pattern may name as its most
LEAST = 8  # hops that it may name as its least: shorter ways are walked with no row between them
MOST = 3  # hops that patterns in an expression may have, those one within another taken together
_LIST = 2  # what going through a list around a pattern counts as
_PATHS = frozenset({"SHORTESTPATH", "ALLSHORTESTPATHS"})
_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})
_EXPRESSIONS = frozenset({"WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "YIELD", "FILTER", "LET"})
_APART = frozenset({"AND", "OR", "XOR", "NOT", "WITH", "RETURN", "THEN", "ELSE", "WHEN", "AS"})


@dataclass(slots=True)
class _Frame:
    """An open bracket: whether a clause's pattern stands in it, and the hops of patterns in its present expression."""

    sign: str = ""
    clause: bool = False
    hops: int = 0


def check_hops(statement: str) -> None:
    """Raise QueryRefused where a pattern is too long to be walked within one row, or names a length beyond any use."""
    _Hops(statement).check()


class _Hops(Pieces):
    """One statement, read once from its beginning to its end."""

    def __init__(self, statement: str) -> None:
        super().__init__(statement)
        self._frames = [_Frame()]

    def check(self) -> None:
        for index, token in enumerate(self._tokens):
            if token.kind == "sign" and token.text in OPENING:
                self._check_quantity(index)
                self._frames.append(self._opened(index))
            elif token.kind == "sign" and token.text in CLOSING:
                self._frames = self._frames[:-1] or self._frames
                self._check_hop(index)
            else:
                self._read(token)

    def _opened(self, index: int) -> _Frame:
        sign, before = self._at(index).text, self._at(index - 1).folded
        inherits = sign == "(" and self._frames[-1].clause
        frame = _Frame(sign, inherits or before in _PATHS or (sign == "{" and before in _SUBQUERIES))
        if sign == "[" and self._at(index + 1).kind in ("word", "name") and self._at(index + 2).folded == "IN":
            frame.hops = _LIST
        return frame

    def _read(self, token: Token) -> None:
        frame = self._frames[-1]
        if token.folded == "MATCH":
            frame.clause = True
        elif token.folded in _EXPRESSIONS:
            frame.clause = False
        if frame.sign != "[" and (token.folded in _APART or token.text == ","):
            frame.hops = 0

    def _check_hop(self, index: int) -> None:
        """A relationship of a pattern begins after this bracket: `)-[`, `)--`, `)<-`."""
        start = index + 1 + (self._at(index + 1).text == "<")
        further = self._at(start + 1).text
        if self._at(index).text != ")" or self._at(start).text != "-" or further not in ("[", "-"):
            return
        frame = self._frames[-1]
        if frame.clause:
            return
        frame.hops += self._most(start + 1) if further == "[" else 1
        if sum(one.hops for one in self._frames) > MOST:
            said = f"a pattern in an expression may have {MOST} hops; write EXISTS, COUNT or COLLECT {{ MATCH ... }}"
            self._refuse(said, self._at(start))

    def _most(self, index: int) -> int:
        """How many relationships the bracket stands for at most."""
        inside = self._inside(index)
        star = next((at for at, token in enumerate(inside) if token.text == "*"), None)
        if star is None:
            return 1
        numbers = [int(token.text) for token in inside[star:] if token.text.isdecimal()]
        dots = sum(token.text == "." for token in inside[star : star + 4])
        ends = bool(numbers) and (not dots or inside[star + 1].text == "." or len(numbers) > 1)
        return max(1, numbers[-1]) if ends else LONGEST

    def _check_quantity(self, index: int) -> None:
        """`*1..30` and `{1,30}`."""
        sign, before = self._at(index).text, self._at(index - 1).text
        inside = self._inside(index)
        if sign == "[" and before == "-":
            star = next((at for at, token in enumerate(inside) if token.text == "*"), len(inside))
            inside = inside[star : star + 5]
            if len(inside) > 1 and inside[1].text.isdecimal() and int(inside[1].text[:9]) > LEAST:
                self._refuse(f"a pattern may begin at {LEAST} hops at most", inside[1])
        elif sign != "{" or before not in (")", "-", ">") or any(token.kind == "word" for token in inside):
            return
        for token in inside:
            if token.text.isdecimal() and int(token.text[:9]) > LONGEST:
                self._refuse(f"a pattern may name lengths up to {LONGEST}", token)

    def _inside(self, index: int) -> list[Token]:
        """What stands between this bracket and the first that closes."""
        end = index + 1
        while end < len(self._tokens) and self._at(end).text not in CLOSING:
            end += 1
        return self._tokens[index + 1 : end]
