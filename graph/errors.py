"""What can go wrong, in the project's own words. Nothing here knows HTTP; api/errors.py gives each its status.

GuanxiError
├── BadInput              a file, line or field that cannot be taken
├── BadSettings           a setting that is missing or cannot be used
├── OntologyError         an ontology that contradicts itself
├── NotFound              no such entity, document, claim or index
├── Moved                 it has another id now
├── Conflict              what is asked for clashes with what is there
│   └── Ambiguous         several things answer to the name
├── Unsupported           the engine in use cannot do it; says what to do instead
├── EngineUnavailable     the database is down, refuses the password, is too old, or is not there
└── QueryError            a statement that did not end well
    ├── QuerySyntax       it cannot be read
    ├── QueryRefused      the guard does not allow it; nothing ran
    ├── ReadOnly          it writes, where only reading is allowed
    ├── ParameterMissing  it names a parameter that was not given
    ├── QueryFailed       it broke while running (arithmetic, types, arguments)
    ├── ConstraintViolated  it would break a rule of the graph
    ├── WriteConflict     other writers kept changing the same things
    ├── QueryTimeout      it ran past its time
    ├── QueryStopped      whoever asked for it went away
    └── MemoryLimit       it wanted more memory than it may have
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class GuanxiError(Exception):
    """Any error of ours; its text is fit to show to a person."""


class BadInput(GuanxiError):
    """Something in a file, or a value a person gave, cannot be taken."""

    def __init__(
        self, reason: str, *, file: str | None = None, line: int | None = None, field: str | None = None
    ) -> None:
        self.reason, self.file, self.line, self.field = reason, file, line, field
        place = [file] if file else []
        if line is not None:
            place.append(f"line {line}")
        if field:
            place.append(field)
        super().__init__(f"{', '.join(place)}: {reason}" if place else reason)


class BadSettings(GuanxiError):
    """A setting is missing or cannot be used; `name` is the environment variable."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"{name}: {reason}")


class OntologyError(GuanxiError):
    """The ontology names what it does not define, or contradicts itself."""


class NotFound(GuanxiError):
    """There is no such thing in the graph; `near` are names that may have been meant."""

    def __init__(self, message: str, near: Iterable[str] = ()) -> None:
        self.near = tuple(near)
        super().__init__(message)


class Moved(GuanxiError):
    """What was asked for by an id it no longer has; `id` is the one it has now."""

    def __init__(self, old: str, id_: str) -> None:
        self.old, self.id = old, id_
        super().__init__(f"{old} is {id_} now")


class Conflict(GuanxiError):
    """What is asked for clashes with what is there."""


class Ambiguous(Conflict):
    """Several things answer to one name; `candidates` are their ids."""

    def __init__(self, message: str, candidates: Iterable[str] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(message)


class Unsupported(GuanxiError):
    """The engine in use cannot do this; the text says what to do instead."""


class EngineUnavailable(GuanxiError):
    """The database cannot be reached or used; the text says what to do."""


class QueryError(GuanxiError):
    """A statement did not end well."""


class Placed(QueryError):
    """A statement is wrong at a known place; line and column count from 1, and are None where the engine names none."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.reason, self.line, self.column = message, line, column
        super().__init__(message if line is None else f"line {line}, column {column}: {message}")


class QuerySyntax(Placed):
    """The statement cannot be read, or names what is not defined."""


class QueryRefused(Placed):
    """The guard does not allow the statement; nothing has run. `word` is what it does not allow."""

    def __init__(self, message: str, *, word: str, line: int | None = None, column: int | None = None) -> None:
        self.word = word
        super().__init__(message, line=line, column=column)


class ReadOnly(QueryError):
    """The statement writes, where only reading is allowed."""


class ParameterMissing(QueryError):
    """The statement names parameters that were not given."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"the statement needs a value for {', '.join('$' + name for name in self.names)}")


class QueryFailed(QueryError):
    """The statement broke while running; `kind` is arithmetic, type, argument or other."""

    def __init__(self, message: str, *, kind: str = "other") -> None:
        self.kind = kind
        super().__init__(message)


def too_deep() -> QueryFailed:
    """The error of a value that holds others deeper than any engine or reader follows."""
    return QueryFailed("a value holds others deeper than can be told", kind="argument")


class ConstraintViolated(QueryError):
    """The statement would break a rule of the graph: a second one of a kind, or a relationship left without an end."""


class WriteConflict(QueryError):
    """Other writers kept changing the same things; nothing was written and it can be tried again."""


class QueryTimeout(QueryError):
    """The statement ran past its time and was ended."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        limit = f" of {seconds:g} s" if seconds else ""
        super().__init__(f"the statement ran past its time limit{limit} and was ended")


class QueryStopped(QueryError):
    """The statement was ended because whoever asked for it went away."""

    def __init__(self) -> None:
        super().__init__("the statement was ended: whoever asked for it went away")


class MemoryLimit(QueryError):
    """The statement wanted more memory than one statement may have."""
