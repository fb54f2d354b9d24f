"""What a guest's Cypher may do: read the graph, and nothing else.

Three walls, one behind the other: the words of the statement are held against what is allowed here, the same on every
engine; then the engine says what it would do, without doing it; then it runs where the engine itself refuses to write.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

from graph.burden import check_burden, check_patterns
from graph.errors import QueryRefused, QuerySyntax
from graph.growth import check_growth, depends_on_parameters
from graph.hops import check_hops
from graph.tokens import Token, place, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from graph.engines.engine import Engine, Plan

PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
    }
)
_CLOCK = frozenset({"realtime", "statement", "transaction", "truncate"})
# Functions with a dot in their names; those without are the language's own and only compute.
FUNCTIONS = frozenset(
    {f"{kind}.{name}" for kind in ("date", "time", "localtime", "datetime", "localdatetime") for name in _CLOCK}
    | {"datetime.fromEpoch", "datetime.fromEpochMillis", "point.distance", "point.withinBBox"}
    | {f"duration.{name}" for name in ("between", "inMonths", "inDays", "inSeconds")}
)
_WRITES = frozenset({"CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "INSERT", "DROP"})
_ELSEWHERE = frozenset({"LOAD", "USE", "TRANSACTIONS"})
_ADMINISTRATION = frozenset(
    {"SHOW", "TERMINATE", "ALTER", "RENAME", "GRANT", "DENY", "REVOKE", "START", "STOP", "ENABLE", "DRYRUN"}
    | {"DEALLOCATE", "REALLOCATE", "BEGIN", "COMMIT", "ROLLBACK", "SESSION", "USING", "EXPLAIN", "PROFILE", "CYPHER"}
)
# Beside one of these a word is a name: a property, a label, a map's key, an alias, a variable.
_BEFORE_NAME = frozenset({".", ":", "|", "&", "!", "$"})
_AFTER_NAME = frozenset({".", "=", ")", "]", ",", ":", "}", "|", "<", ">", "+", "*", "/", "%", "^", ";"})
# Escapes are read before the statement is taken apart: one of these could close a text or a comment. A run of
# backslashes is taken once and not given back, or a statement of nothing else would be looked at for minutes.
_ESCAPE = re.compile(r"(?<!\\)\\++u+([0-9A-Fa-f]{4})?")
_READING_STEP = re.compile(
    r"\w*(Scan|Seek|Expand|Join|Apply|Product|Aggregation|Count|Sort|Top|Limit|Skip|Distinct|Filter|Union|Argument"
    r"|Unwind|Projection|ShortestPath|ProduceResults|Optional|Eager|Empty|Cache|Anti|Trail|Repeat|Path|Nullify"
    r"|ProcedureCall|Selection|Lookup|Bidirectional|Percentile|Order)\w*"
)
_WRITING_STEP = re.compile(
    r"Create|Delete|Remove|Merge(?!Join|Sort)|SetLabel|SetProp|SetNode|SetRel|Foreach|Load|Show|Terminate|Admin"
    r"|Transaction|Command|Lock|Run|Assert(?!ing)|Drop|Alter"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how deep a statement may be: what is deeper takes the engines' parsers seconds, then minutes."""

    characters: int = 30_000
    pieces: int = 4_000
    depth: int = 40
    braces: int = 8
    cases: int = 10
    negations: int = 100


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Why a statement is refused, and where."""

    reason: str
    word: str
    line: int | None = None
    column: int | None = None

    def error(self) -> QueryRefused:
        return QueryRefused(self.reason, word=self.word, line=self.line, column=self.column)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a statement: why it is refused, None where it is not; whether its parameters decide too."""

    verdict: _Verdict | None
    parameters: bool


_UNKNOWN = _Known(_Verdict("not looked at yet", ""), parameters=True)


class Guard:
    """Says of statements whether a guest may run them; verdicts are remembered by the statement's text."""

    def __init__(self, engine: Engine, limits: Limits | None = None, remembered: int = 1024) -> None:
        self._engine = engine
        self._limits = limits or Limits()
        self._remembered = remembered
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    def check(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout_s: float | None = None
    ) -> None:
        """Raise QueryRefused where a guest may not run it, QuerySyntax where it cannot be read; runs nothing.

        QueryTimeout where the engine takes longer than `timeout_s` to say what it would do.
        """
        with self._lock:
            known = self._known.get(statement)
            if known is not None:
                self._known.move_to_end(statement)
        if known is None:
            known = self._judge(statement, parameters, timeout_s)
            self._remember(statement, known)
        elif known.parameters and known.verdict is None:
            _check_parameters(statement, parameters)
        if known.verdict is not None:
            raise known.verdict.error()

    def permits(self, statement: str) -> bool:
        """Whether the statement is known to be allowed whatever its parameters, so that checking it takes no time."""
        with self._lock:
            known = self._known.get(statement, _UNKNOWN)
        return known.verdict is None and not known.parameters

    def _judge(self, statement: str, parameters: Mapping[str, Any] | None, timeout_s: float | None) -> _Known:
        """Raises QueryRefused, of which nothing is remembered, where it is these parameters that are not allowed."""
        try:
            check_words(statement, self._limits)
            check_burden(statement)
            check_hops(statement)
            _check_parameters(statement, None)
        except QueryRefused as refused:
            verdict = _Verdict(refused.reason, refused.word, refused.line, refused.column)
            return _Known(verdict, parameters=False)
        decide = "$" in statement and ("~" in statement or depends_on_parameters(statement))
        if decide:
            _check_parameters(statement, parameters)
        return _Known(self._planned(self._engine.explain(statement, parameters, timeout_s=timeout_s)), decide)

    def _planned(self, plan: Plan) -> _Verdict | None:
        """Why it is refused for what the engine would do; None where it would only read."""
        if plan.query_type != "r":
            return _Verdict("the statement does more than read", "write")
        for procedure in sorted(plan.procedures - PROCEDURES):
            return _Verdict(f"the procedure {procedure} is not one a guest may call", procedure)
        if self._engine.info.name == "neo4j":
            for step in sorted(plan.operators):
                if _WRITING_STEP.search(step) or not _READING_STEP.fullmatch(step):
                    return _Verdict(f"the database would do more than read ({step})", step)
        return None

    def _remember(self, statement: str, known: _Known) -> None:
        with self._lock:
            self._known[statement] = known
            while len(self._known) > self._remembered:
                self._known.popitem(last=False)


def _check_parameters(statement: str, parameters: Mapping[str, Any] | None) -> None:
    check_patterns(statement, parameters)
    check_growth(statement, parameters)


def check_words(statement: str, limits: Limits | None = None) -> None:
    """Hold the words of a statement against what is allowed, as every engine would read them; raises QueryRefused."""
    _Reading(statement, limits or Limits()).check()


class _Reading:
    """One statement, taken apart."""

    def __init__(self, statement: str, limits: Limits) -> None:
        self._statement = statement
        self._limits = limits
        if len(statement) > limits.characters:
            self._refuse_whole(f"the statement is longer than {limits.characters} characters", "length")
        self._tokens = list(tokens(statement))

    def check(self) -> None:
        self._check_escapes()
        if not self._tokens:
            raise QuerySyntax("there is no statement", line=1, column=1)
        if len(self._tokens) > self._limits.pieces:
            self._refuse_whole(f"the statement has more than {self._limits.pieces} words and signs", "length")
        for word, most in (("CASE", self._limits.cases), ("NOT", self._limits.negations)):
            if sum(token.folded == word for token in self._tokens) > most:
                self._refuse_whole(f"the statement has more than {most} {word}", word)
        self._check_depth("([{", ")]}", self._limits.depth)
        self._check_depth("{", "}", self._limits.braces)
        self._check_end()
        self._check_first()
        for index, token in enumerate(self._tokens):
            self._check_word(index, token)

    def _check_escapes(self) -> None:
        texts = [token for token in self._tokens if token.kind == "text"]
        starts = [text.start for text in texts]
        for found in _ESCAPE.finditer(self._statement):
            before = bisect(starts, found.start()) - 1
            in_text = before >= 0 and found.start() < starts[before] + len(texts[before].text)
            plain = found[1] is not None and chr(int(found[1], 16)).isalnum()
            even = in_text and (len(found[0].split("u", 1)[0]) % 2 == 0)
            if not (in_text and (plain or even)):
                self._refuse(f"the escape {found[0]} may not stand here", found[0], found.start())

    def _check_depth(self, opening: str, closing: str, most: int) -> None:
        depth = 0
        for token in self._tokens:
            if token.kind == "sign":
                depth += (token.text in opening) - (token.text in closing)
            if depth > most:
                self._refuse(f"the brackets {opening} are nested deeper than {most}", token.text, token.start)

    def _check_end(self) -> None:
        for token, following in pairwise(self._tokens):
            if token.kind == "sign" and token.text == ";":
                self._refuse("only one statement may be sent", following.text, following.start)

    def _check_first(self) -> None:
        first = self._tokens[0]
        if first.folded in _ADMINISTRATION:
            self._refuse(f"{first.text.upper()} is not for guests; a guest may only read", first.text, first.start)

    def _check_word(self, index: int, token: Token) -> None:
        word = token.folded
        if token.kind == "sign":
            self._check_sign(index, token)
        if not word or self._is_name(index):
            return
        if word in _WRITES:
            self._refuse(f"{word} writes, and a guest may only read", token.text, token.start)
        if word == "CALL":
            self._check_call(index)
        if word in _ELSEWHERE:
            self._check_elsewhere(index, word, token)

    def _check_sign(self, index: int, token: Token) -> None:
        if not token.text.isascii() or not token.text.isprintable():
            line, column = place(self._statement, token.start)
            raise QuerySyntax(f"the character {token.text!r} cannot stand outside quotes", line=line, column=column)
        if token.text == "(":
            self._check_function(index)

    def _check_elsewhere(self, index: int, word: str, token: Token) -> None:
        """LOAD CSV reads files and addresses, USE another database, IN TRANSACTIONS commits by itself."""
        following = self._token(index + 1).folded
        before = self._token(index - 1).folded
        if word == "LOAD" and following == "CSV":
            self._refuse(
                "LOAD CSV reads files and addresses, and a guest may only read the graph", token.text, token.start
            )
        if word == "USE" and (
            index == 0 or before in ("UNION", "ALL", "DISTINCT") or self._token(index - 1).text == "{"
        ):
            self._refuse("USE turns to another database, and a guest may only read this one", token.text, token.start)
        inside = before == "CONCURRENT" or (before == "IN" and self._token(index - 2).text == "}")
        if word == "TRANSACTIONS" and inside:
            self._refuse("IN TRANSACTIONS commits by itself, and a guest may only read", token.text, token.start)

    def _check_call(self, index: int) -> None:
        following = self._token(index + 1)
        if following.kind == "sign" and following.text in ("{", "("):
            return
        name, _ = self._dotted(index + 1)
        if name not in PROCEDURES:
            self._refuse(f"the procedure {name or following.text} is not one a guest may call", name, following.start)

    def _check_function(self, index: int) -> None:
        """A function with a dot in its name stands before the bracket."""
        begin = index - 1
        while begin >= 2 and self._token(begin - 1).text == "." and self._token(begin - 2).kind in ("word", "name"):
            begin -= 2
        if begin == index - 1 or begin < 0:
            return
        if begin and self._token(begin - 1).folded == "CALL":
            return
        name, _ = self._dotted(begin)
        if name not in FUNCTIONS:
            self._refuse(f"the function {name} is not one a guest may use", name, self._token(begin).start)

    def _dotted(self, index: int) -> tuple[str, int]:
        """The name that begins here, its parts joined by dots, and where it ends."""
        if self._token(index).kind not in ("word", "name"):
            return "", index
        parts = [self._token(index).name]
        while self._token(index + 1).text == "." and self._token(index + 2).kind in ("word", "name"):
            index += 2
            parts.append(self._token(index).name)
        return ".".join(parts), index

    def _is_name(self, index: int) -> bool:
        before, after = self._token(index - 1), self._token(index + 1)
        if before.kind == "sign" and before.text in _BEFORE_NAME:
            return True
        return self._is_as(index - 1) or (after.kind == "sign" and after.text in _AFTER_NAME)

    def _is_as(self, index: int) -> bool:
        """True for the AS before an alias, which is not itself a name."""
        before = self._token(index - 1)
        named = before.folded == "AS" or (before.kind == "sign" and before.text in (_BEFORE_NAME | {","}))
        return self._token(index).folded == "AS" and not named

    def _token(self, index: int) -> Token:
        return self._tokens[index] if 0 <= index < len(self._tokens) else _NOTHING

    def _refuse(self, reason: str, word: str, offset: int) -> None:
        line, column = place(self._statement, offset)
        raise QueryRefused(reason, word=word, line=line, column=column)

    def _refuse_whole(self, reason: str, word: str) -> None:
        raise QueryRefused(reason, word=word)


_NOTHING = Token("sign", "", 0)
