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
    QuerySyntax,
    QueryTimeout,
    ReadOnly,
    WriteConflict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT_OF_MEMORY = "MemoryPoolOutOfMemory"
_PLACE = re.compile(r"\(line (\d+), column (\d+)\b")
# The database shows the line again with a caret below it; the place says as much.
_SNIPPET = re.compile(r"\s*\(line \d+, column \d+ .*$", re.DOTALL)
_PARAMETERS = re.compile(r"[Ee]xpected parameter\(s\): (.+)")
_KINDS = (("ArithmeticError", "arithmetic"), ("TypeError", "type"), ("ArgumentError", "argument"))


@contextmanager
def ours(address: str, *, timeout_s: float | None = None) -> Iterator[None]:
    """Raise the driver's errors as ours; `address` is where the database is, for the text."""
    try:
        yield
    except bolt.Neo4jError as error:
        raise from_server(error, address, timeout_s) from error
    except (bolt.DriverError, OSError) as error:
        raise from_driver(error, address) from error


def from_server(error: bolt.Neo4jError, address: str, timeout_s: float | None = None) -> GuanxiError:
    """An error the database itself gave, told by its code."""
    code, said = error.code or "", (error.message or "").strip()
    if ".Security." in code:
        return EngineUnavailable(_security(code, said, address))
    if "DatabaseNotFound" in code:
        return EngineUnavailable(f"{said.rstrip('.')} at {address}; GUANXI_DATABASE names the database to use")
    if "TransactionTimedOut" in code or code.endswith("LockClientStopped"):
        return QueryTimeout(timeout_s)
    if OUT_OF_MEMORY in code or "OutOfMemory" in code:
        return MemoryLimit("the statement wanted more memory than the database gives one statement")
    if isinstance(error, bolt.TransientError):
        return WriteConflict(f"the database could not finish it now: {said}")
    return _statement_error(code, said)


def _statement_error(code: str, said: str) -> GuanxiError:
    parameters = _PARAMETERS.search(said)
    if "ParameterMissing" in code:
        return ParameterMissing(parameters[1].split(", ") if parameters else ["?"])
    if "AccessMode" in code or "ForbiddenOnReadOnlyDatabase" in code:
        return ReadOnly("the statement writes, and only reading is allowed here")
    if "ConstraintV" in code or "ConstraintValidation" in code:
        return ConstraintViolated(said)
    for mark, kind in _KINDS:
        if mark in code:
            return QueryFailed(said, kind=kind)
    if ".Statement.SyntaxError" in code or ".Statement.SemanticError" in code or "ProcedureNotFound" in code:
        place = _PLACE.search(said)
        words = _SNIPPET.sub("", said)
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        return QuerySyntax(words, line=line, column=column)
    return QueryFailed(said or code)


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
