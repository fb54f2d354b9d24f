"""The embedded engine's Java exceptions, said in our errors."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import jpype

from graph.engines.jvm import Java, java
from graph.errors import (
    ConstraintViolated,
    GuanxiError,
    MemoryLimit,
    ParameterMissing,
    QueryFailed,
    QueryStopped,
    QuerySyntax,
    QueryTimeout,
    ReadOnly,
    Unsupported,
    WriteConflict,
    too_deep,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.engines.engine import Stop

_PLACE = re.compile(r"[Ss]yntax error at line (\d+):(\d+)(?: - |: )?")
_INPUT = re.compile(r" at line (\d+), column (\d+)\s.*", re.DOTALL)
_UNKNOWN = re.compile(r"Variable '([^']+)' not defined|Unknown function '([^']+)'")
_CODE = re.compile(r"^(?:(?:Syntax|Type|Semantic|Argument|Parameter)Error: ?)?(?:[A-Z]\w+(?:: | - ))?")
_WORD = r"(?<![\w`$.]){}(?![\w`])"
_SYNTAX = frozenset({"CommandParsingException", "CommandSQLParsingException"})
_MISSING = frozenset({"FeatureNotImplementedException"})
_TIMES = frozenset({"TimeoutException", "PartialResultTimeoutException", "QueryTerminatedException"})
_MEMORY = frozenset(
    {"HeapLimitExceededException", "QueryHeapBudgetExceededException", "QueryAdmissionException", "OutOfMemoryError"}
)
_READ_ONLY = frozenset({"QueryNotIdempotentException", "DatabaseIsReadOnlyException"})
_DUPLICATES = frozenset({"DuplicatedKeyException"})
_PARAMETERS = frozenset({"CommandParameterMissingException"})
_CONFLICTS = frozenset({"NeedRetryException", "ConcurrentModificationException", "LockTimeoutException"})
_ARITHMETIC = frozenset({"ArithmeticErrorException", "ArithmeticException"})
_ARGUMENTS = frozenset({"CommandSemanticException", "IllegalArgumentException"})
_STILL_LINKED = re.compile(r"still has relationships|DeleteConnectedNode", re.IGNORECASE)
_TYPE = re.compile(r"TypeError|InvalidArgumentType|InvalidPropertyType|numeric|must be an? |cannot be stored")
_CALL = re.compile(r"\bCALL\s+([\w.`]+)\s*\(", re.IGNORECASE)
_BUDGET = "Query heap budget"
_OUT_OF_MEMORY = "the statement wanted more memory than one statement may have"
_RANGE = re.compile(r"range\(.*would produce (\d+) elements")


@contextmanager
def ours(statement: str, *, timeout_s: float | None = None, stop: Stop | None = None) -> Iterator[None]:
    """Raise Java's exceptions as our errors; the statement lets a name be found in it."""
    try:
        yield
    except jpype.JException as error:
        if stop is not None and stop.asked:
            raise QueryStopped from None
        raise from_java_error(error, statement, timeout_s) from None
    except RecursionError:
        raise too_deep() from None


def from_java_error(error: Java, statement: str, timeout_s: float | None = None) -> GuanxiError:
    """One exception and its causes; the most telling of them decides."""
    chain = list(_causes(error))
    names = [str(cause.getClass().getSimpleName()) for cause in chain]
    said = _telling(chain) or names[-1]
    seen = frozenset(names)
    for known, make in _BY_NAME:
        if seen & known:
            return make(said, statement, timeout_s)
    return _broken(seen, said, statement)


def _read_only(_said: str, statement: str, _timeout_s: float | None) -> GuanxiError:
    unknown = _unknown_procedure(statement)
    if unknown:
        return QuerySyntax(f"there is no procedure named {unknown}")
    return ReadOnly("the statement writes, and only reading is allowed here")


def _unknown_procedure(statement: str) -> str | None:
    """A procedure that does not exist; the engine takes it for one that writes."""
    registry = java("com.arcadedb.query.opencypher.procedures.CypherProcedureRegistry")
    called = (found[1].replace("`", "") for found in _CALL.finditer(statement))
    return next((name for name in called if not registry.hasProcedure(name)), None)


def _telling(chain: list[Any]) -> str:
    """The message of the innermost cause that speaks of the statement; below it the parser's own parts speak."""
    said = [str(cause.getMessage()) for cause in chain if not _is_parser(cause) and cause.getMessage()]
    return said[-1] if said else ""


def _is_parser(cause: Java) -> bool:
    return str(cause.getClass().getName()).startswith("org.antlr.")


def _broken(seen: frozenset[str], said: str, statement: str) -> GuanxiError:
    """An exception whose class says little; its message says more."""
    too_long = _RANGE.search(said)
    if too_long:
        return MemoryLimit(f"range() would make {too_long[1]} numbers, more than one statement may have")
    if said.startswith(_BUDGET):
        return MemoryLimit(_OUT_OF_MEMORY)
    if seen & _SYNTAX or _UNKNOWN.search(said):
        return _syntax(said, statement)
    if _STILL_LINKED.search(said):
        return ConstraintViolated(_plain(said))
    kinds = (kind for kind, fits in _KINDS if fits(seen, said))
    return QueryFailed(_plain(said), kind=next(kinds, "other"))


def _syntax(said: str, statement: str) -> QuerySyntax:
    place = _PLACE.search(said)
    if place:
        # ANTLR counts columns from 0.
        return QuerySyntax(said[place.end() :] or said, line=int(place[1]), column=int(place[2]) + 1)
    place = _INPUT.search(said)
    if place:
        return QuerySyntax(said[: place.start()], line=int(place[1]), column=int(place[2]) + 1)
    unknown = _UNKNOWN.search(said)
    line, column = _find(unknown[1] or unknown[2], statement) if unknown else (None, None)
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


def _causes(error: Java) -> Iterator[Any]:
    seen = 0
    while error is not None and seen < 20:
        yield error
        error = error.getCause()
        seen += 1


_BY_NAME: tuple[tuple[frozenset[str], Callable[[str, str, float | None], GuanxiError]], ...] = (
    (_READ_ONLY, _read_only),
    (_TIMES, lambda _said, _statement, timeout_s: QueryTimeout(timeout_s)),
    (_MEMORY, lambda *_: MemoryLimit(_OUT_OF_MEMORY)),
    (_DUPLICATES, lambda said, *_: ConstraintViolated(said)),
    (_PARAMETERS, lambda said, *_: ParameterMissing(said.partition(": ")[2].split(", "))),
    (_MISSING, lambda said, *_: Unsupported(f"the embedded engine cannot do this: {_plain(said)}")),
    (frozenset({"StackOverflowError"}), lambda *_: too_deep()),
    (_CONFLICTS, lambda *_: WriteConflict("other writers kept changing the same things; try again")),
)
_KINDS: tuple[tuple[str, Callable[[frozenset[str], str], bool]], ...] = (
    ("arithmetic", lambda seen, _: bool(seen & _ARITHMETIC)),
    ("type", lambda _, said: bool(_TYPE.search(said))),
    ("argument", lambda seen, _: bool(seen & _ARGUMENTS)),
)
