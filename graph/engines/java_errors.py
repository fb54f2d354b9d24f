"""The embedded engine's Java exceptions, said in our errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jpype

from graph.errors import (
    ConstraintViolated,
    GuanxiError,
    MemoryLimit,
    ParameterMissing,
    QueryFailed,
    QuerySyntax,
    QueryTimeout,
    ReadOnly,
    WriteConflict,
)

_PLACE = re.compile(r"[Ss]yntax error at line (\d+):(\d+)(?: - |: )?")
_VARIABLE = re.compile(r"Variable '([^']+)' not defined")
_CODE = re.compile(r"^(?:(?:Syntax|Type|Semantic|Argument|Parameter)Error: ?)?(?:[A-Z]\w+: )?")
_WORD = r"(?<![\w`$.]){}(?![\w`])"
_SYNTAX = frozenset({"CommandParsingException", "CommandSQLParsingException", "FeatureNotImplementedException"})
_TIMES = frozenset({"TimeoutException", "PartialResultTimeoutException", "QueryTerminatedException"})
_MEMORY = frozenset(
    {"HeapLimitExceededException", "QueryHeapBudgetExceededException", "QueryAdmissionException", "OutOfMemoryError"}
)
_READ_ONLY = frozenset({"QueryNotIdempotentException", "DatabaseIsReadOnlyException"})
_STILL_LINKED = re.compile(r"still has relationships|DeleteConnectedNode", re.IGNORECASE)
_TYPE = re.compile(r"TypeError|InvalidArgumentType|InvalidPropertyType|numeric|must be an? |cannot be stored")
_RANGE = re.compile(r"range\(.*would produce (\d+) elements")


@contextmanager
def ours(statement: str, *, timeout_s: float | None = None) -> Iterator[None]:
    """Raise Java's exceptions as our errors; the statement lets a name be found in it."""
    try:
        yield
    except jpype.JException as error:
        raise from_java_error(error, statement, timeout_s) from None


def from_java_error(error: Any, statement: str, timeout_s: float | None = None) -> GuanxiError:
    """One exception and its causes; the most telling of them decides."""
    chain = list(_causes(error))
    names = [str(cause.getClass().getSimpleName()) for cause in chain]
    said = str(chain[-1].getMessage() or names[-1])
    seen = frozenset(names)
    if seen & _READ_ONLY:
        return ReadOnly("the statement writes, and only reading is allowed here")
    if seen & _TIMES:
        return QueryTimeout(timeout_s)
    if seen & _MEMORY:
        return MemoryLimit("the statement wanted more memory than one statement may have")
    if "DuplicatedKeyException" in seen:
        return ConstraintViolated(said)
    if "CommandParameterMissingException" in seen:
        return ParameterMissing(said.partition(": ")[2].split(", "))
    if "NeedRetryException" in seen or "ConcurrentModificationException" in seen or "LockTimeoutException" in seen:
        return WriteConflict("other writers kept changing the same things; try again")
    return _broken(seen, said, statement)


def _broken(seen: frozenset[str], said: str, statement: str) -> GuanxiError:
    if _RANGE.search(said):
        return MemoryLimit(f"range() would make {_RANGE.search(said)[1]} numbers, more than one statement may have")  # type: ignore[index]
    if seen & _SYNTAX or _VARIABLE.search(said):
        return _syntax(said, statement)
    if _STILL_LINKED.search(said):
        return ConstraintViolated(f"{_plain(said)}; use DETACH DELETE to delete its relationships too")
    if "ArithmeticErrorException" in seen or "ArithmeticException" in seen:
        return QueryFailed(_plain(said), kind="arithmetic")
    if _TYPE.search(said):
        return QueryFailed(_plain(said), kind="type")
    if "CommandSemanticException" in seen or "IllegalArgumentException" in seen:
        return QueryFailed(_plain(said), kind="argument")
    return QueryFailed(_plain(said))


def _syntax(said: str, statement: str) -> QuerySyntax:
    place = _PLACE.search(said)
    if place:
        # ANTLR counts columns from 0.
        return QuerySyntax(said[place.end() :] or said, line=int(place[1]), column=int(place[2]) + 1)
    unknown = _VARIABLE.search(said)
    line, column = _find(unknown[1], statement) if unknown else (None, None)
    return QuerySyntax(_plain(said), line=line, column=column)


def _find(word: str, statement: str) -> tuple[int | None, int | None]:
    found = re.search(_WORD.format(re.escape(word)), statement)
    if not found:
        return None, None
    before = statement[: found.start()]
    return before.count("\n") + 1, found.start() - before.rfind("\n")


def _plain(said: str) -> str:
    """The message without the codes in front of it."""
    return _CODE.sub("", said).strip() or said


def _causes(error: Any) -> Iterator[Any]:
    seen = 0
    while error is not None and seen < 20:
        yield error
        error = error.getCause()
        seen += 1
