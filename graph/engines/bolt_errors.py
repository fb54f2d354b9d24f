"""The driver's errors, said in ours."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from neo4j import exceptions as bolt

from graph.errors import (
    BadSettings,
    ConstraintViolated,
    EngineUnavailable,
    GuanxiError,
    MemoryLimit,
    ParameterMissing,
    QueryFailed,
    QueryStopped,
    QuerySyntax,
    QueryTimeout,
    ReadOnly,
    WriteConflict,
    too_deep,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUT_OF_MEMORY = "MemoryPoolOutOfMemory"
_PLACE = re.compile(r"\(line (\d+), column (\d+)\b")
# The database shows the line again with a caret below it; the place says as much.
_SNIPPET = re.compile(r"\s*\(line \d+, column \d+ .*$", re.DOTALL)
_NO_PROCEDURE = re.compile(r"no procedure with the name `([^`]+)`")
_PARAMETERS = re.compile(r"[Ee]xpected parameter\(s\): (.+)")


@contextmanager
def ours(address: str, *, timeout_s: float | None = None) -> Iterator[None]:
    """Raise the driver's errors as ours; `address` is where the database is, for the text."""
    try:
        yield
    except bolt.Neo4jError as error:
        raise from_server(error, address, timeout_s) from error
    except (bolt.DriverError, OSError) as error:
        raise from_driver(error, address) from error
    except RecursionError:
        raise too_deep() from None


def worth_retrying(error: bolt.Neo4jError | bolt.DriverError) -> bool:
    """Whether the same may go well a moment later."""
    # The driver calls a memory hog transient; run again it would only hog again.
    return error.is_retryable() and OUT_OF_MEMORY not in (getattr(error, "code", None) or "")


def from_server(error: bolt.Neo4jError, address: str, timeout_s: float | None = None) -> GuanxiError:
    """An error the database itself gave, told by its code."""
    code, said = error.code or "", (error.message or "").strip()
    if ".Security." in code:
        return EngineUnavailable(_security(code, said, address))
    if "DatabaseNotFound" in code:
        return EngineUnavailable(f"{said.rstrip('.')} at {address}; GUANXI_DATABASE names the database to use")
    ended = _ended(code, timeout_s)
    if ended is not None:
        return ended
    if isinstance(error, bolt.TransientError):
        return WriteConflict(f"the database could not finish it now: {said}")
    return _statement_error(code, said)


def _ended(code: str, timeout_s: float | None) -> GuanxiError | None:
    """A statement that the database ended: by its time, by its memory, because somebody asked for it."""
    if "TransactionTimedOut" in code or code.endswith("LockClientStopped"):
        return QueryTimeout(timeout_s)
    if OUT_OF_MEMORY in code or "OutOfMemory" in code:
        return MemoryLimit("the statement wanted more memory than the database gives one statement")
    return QueryStopped() if code.endswith("Transaction.Terminated") else None


def _statement_error(code: str, said: str) -> GuanxiError:
    if "cannot be parsed to a" in said:  # a text that is no date, found while the statement was planned
        return QueryFailed(said.splitlines()[0], kind="argument")
    for mark, make in _BY_CODE:
        if mark in code:
            return make(said)
    return QueryFailed(said or code)


def _missing_parameters(said: str) -> ParameterMissing:
    found = _PARAMETERS.search(said)
    return ParameterMissing(found[1].split(", ") if found else ["?"])


def _syntax(said: str) -> QuerySyntax:
    unknown = _NO_PROCEDURE.search(said)
    if unknown:
        return QuerySyntax(f"there is no procedure named {unknown[1]}")
    place = _PLACE.search(said)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    return QuerySyntax(_SNIPPET.sub("", said), line=line, column=column)


def _read_only(_: str) -> ReadOnly:
    return ReadOnly("the statement writes, and only reading is allowed here")


def _security(code: str, said: str, address: str) -> str:
    if "Unauthorized" in code:
        return f"{address} refuses the user or password; set GUANXI_USER and GUANXI_PASSWORD"
    if "AuthenticationRateLimit" in code:
        return f"{address} refuses for a while, after too many wrong passwords; wait, then set GUANXI_PASSWORD right"
    return f"{address} does not allow it: {said}"


def from_driver(error: Exception, address: str) -> GuanxiError:
    """An error of the driver or of the network."""
    if isinstance(error, bolt.ConfigurationError):
        return BadSettings("GUANXI_GRAPH", f"{address} cannot be used: {error}")
    if isinstance(error, bolt.BrokenRecordError):
        return QueryFailed(f"the database sent a value that cannot be shown: {error.__cause__ or error}")
    if isinstance(error, bolt.ServiceUnavailable | bolt.SessionExpired | bolt.ConnectionPoolError | OSError):
        return EngineUnavailable(
            f"no database answers at {address}; start Neo4j, or set GUANXI_GRAPH to where it is ({_first_line(error)})"
        )
    return QueryFailed(_first_line(error))


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


# The first mark that stands in the database's code decides.
_BY_CODE: tuple[tuple[str, Callable[[str], GuanxiError]], ...] = (
    ("ParameterMissing", _missing_parameters),
    ("AccessMode", _read_only),
    ("ForbiddenOnReadOnlyDatabase", _read_only),
    ("ConstraintV", ConstraintViolated),
    ("ArithmeticError", lambda said: QueryFailed(said, kind="arithmetic")),
    ("TypeError", lambda said: QueryFailed(said, kind="type")),
    ("ArgumentError", lambda said: QueryFailed(said, kind="argument")),
    ("Statement.SyntaxError", _syntax),
    ("Statement.SemanticError", _syntax),
    ("ProcedureNotFound", _syntax),
)
