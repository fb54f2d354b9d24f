"""One guest statement and its answer: rows encoded as they come, within limits on rows, time and bytes."""

import csv
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from fastapi import Request

from api import audit
from api.errors import Refused, known
from api.settings import CypherLimits
from graph.engines.engine import Engine, Result, Row, Soon, Stop
from graph.errors import GuanxiError, QueryFailed, QueryTimeout
from graph.values import Integers, to_json

CHUNK = 64 << 10  # bytes gathered before they are sent
_PLAIN = frozenset({str, int, bool, type(None)})  # JSON as they are; a float may be NaN


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement with its parameters, and how much of it is wanted."""

    statement: str
    parameters: dict[str, Any]
    rows: int
    seconds: float
    answer_bytes: int
    integers: Integers = "number"


@dataclass(slots=True)
class Answer:
    """Rows of a running statement; after the last of them it is known whether some were left out."""

    result: Result
    wanted: Wanted
    started: float = field(default_factory=time.monotonic)
    rows: int = 0
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        """The rows up to the limit; raises QueryTimeout when they come too slowly."""
        deadline = self.started + self.wanted.seconds
        for row in self.result:
            if self.rows == self.wanted.rows:
                self.truncated = True
                return
            if time.monotonic() > deadline:
                raise QueryTimeout(self.wanted.seconds)
            self.rows += 1
            yield row

    def encoded(self, separator: bytes) -> Iterator[bytes]:
        """The rows as JSON arrays, each followed by the separator; raises Refused beyond the limit on bytes."""
        spent = 0
        for row in self:
            line = encode(row, self.wanted.integers) + separator
            spent += len(line)
            if spent > self.wanted.answer_bytes:
                raise too_large(self.wanted.answer_bytes)
            yield line

    @property
    def took_ms(self) -> float:
        """Milliseconds since the statement was handed to the engine."""
        return round((time.monotonic() - self.started) * 1000, 2)


@contextmanager
def running(
    request: Request, wanted: Wanted, stop: Stop, soon: Soon | None = None, started: float | None = None
) -> Iterator[Answer]:
    """The answer of a guest's statement, ended when the block is left: one that was `started`, or one that starts here.

    Raises QueryRefused where the guard does not let it run.
    """
    state = request.app.state
    started = started or time.monotonic()
    if soon is None:
        state.guard.check(wanted.statement, wanted.parameters, timeout_s=wanted.seconds)
    audit.asked(request.scope, wanted.statement)
    engine: Engine = state.store.engine
    with (
        engine.read(wanted.statement, wanted.parameters, timeout_s=wanted.seconds, stop=stop)
        if soon is None
        else soon.result()
    ) as result:
        yield Answer(result, wanted, started)


def encode(row: Row, integers: Integers) -> bytes:
    """A row as a JSON array; raises QueryFailed where a value is nested too deeply for that."""
    if integers == "number" and _PLAIN.issuperset(map(type, row)):
        return orjson.dumps(row)
    with tellable():
        return orjson.dumps([to_json(value, integers) for value in row])


@contextmanager
def tellable() -> Iterator[None]:
    """Raise QueryFailed where the block makes JSON of a value that has no such form, being nested too deeply."""
    try:
        yield
    except (RecursionError, orjson.JSONEncodeError) as error:
        raise QueryFailed(f"a value cannot be told in JSON: {error}", kind="argument") from None


def too_large(limit: int) -> Refused:
    """The problem of an answer beyond its limit."""
    return Refused(413, f"the answer is larger than {limit} bytes; ask for fewer rows or for less of each")


def limits(settings: CypherLimits, rows: int | None, seconds: float | None) -> tuple[int, float]:
    """The rows and seconds that a request may have; raises Refused where it asks for more than the ceilings."""
    if rows is not None and rows > settings.rows.ceiling:
        raise Refused(422, f"limit: at most {settings.rows.ceiling:.0f} rows can be asked for", field="limit")
    if seconds is not None and seconds > settings.seconds.ceiling:
        raise Refused(422, f"timeout_s: at most {settings.seconds.ceiling:g} s can be asked for", field="timeout_s")
    return int(settings.rows.of(rows)), settings.seconds.of(seconds)


def as_json(answer: Answer, engine: str) -> bytes:
    """The whole answer: columns, rows, whether it was cut, and a summary."""
    rows = b",".join(answer.encoded(b""))
    summary = {"took_ms": answer.took_ms, "rows": answer.rows, "engine": engine}
    tail = orjson.dumps({"truncated": answer.truncated, "summary": summary})
    return b'{"columns":' + orjson.dumps(answer.result.columns) + b',"rows":[' + rows + b"]," + tail[1:]


def as_ndjson(answer: Answer) -> Iterator[bytes]:
    """A header line, one line a row, and always a last line that tells a whole answer from a cut one."""
    yield orjson.dumps({"columns": answer.result.columns}) + b"\n"
    try:
        yield from _chunks(answer.encoded(b"\n"))
    except GuanxiError as error:
        status, title, about = known(error)
        yield _last({"error": {"status": status, "title": title, "detail": str(error), **about}})
    except Refused as refused:
        yield _last({"error": {"status": refused.status_code, "title": "Too large", "detail": refused.detail}})
    else:
        yield _last({"end": True, "rows": answer.rows, "truncated": answer.truncated, "took_ms": answer.took_ms})


def as_csv(answer: Answer) -> Iterator[bytes]:
    """A header line and one line a row; lists, maps and graph values stand in their cell as JSON."""
    yield _csv_line(answer.result.columns)
    spent = 0
    for row in answer:
        line = _csv_line([_cell(value, answer.wanted.integers) for value in row])
        spent += len(line)
        if spent > answer.wanted.answer_bytes:
            raise too_large(answer.wanted.answer_bytes)
        yield line


def _cell(value: object, integers: Integers) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, str | int | float):
        return value
    with tellable():
        found = to_json(value, integers)
        return found if isinstance(found, str) else orjson.dumps(found).decode()


def _csv_line(cells: object) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # type: ignore[arg-type]
    return line.getvalue().encode()


def _chunks(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines joined into pieces worth sending; what came before an error is sent before it is raised."""
    gathered: list[bytes] = []
    size = 0
    try:
        for line in lines:
            gathered.append(line)
            size += len(line)
            if size >= CHUNK:
                yield b"".join(gathered)
                gathered, size = [], 0
    except (GuanxiError, Refused):
        if gathered:
            yield b"".join(gathered)
        raise
    if gathered:  # a stream ends with the first piece that is empty
        yield b"".join(gathered)


def _last(line: dict[str, Any]) -> bytes:
    return orjson.dumps(line, default=str) + b"\n"
