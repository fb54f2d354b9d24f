"""Files with one JSON object a line, read line by line; a bad line is a problem and the next one is read."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from loaders.problems import LIMITS, Limits, Problem, RefusedError, megabytes, why_unreadable

_DEEPEST = 20
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Record:
    """The JSON object of one line, counted from 1."""

    line: int
    values: dict[str, Any]


def read_records(path: Path, limits: Limits = LIMITS) -> Iterator[Record | Problem]:
    """The objects of a JSON Lines file in order; empty lines are passed over. Memory holds one line at a time."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file, limits.line), 1):
                text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if text.strip():
                    yield _record(path, number, text, limits)
    except OSError as error:
        yield Problem(str(path), 0, "", why_unreadable(error, path))


def parse_object(text: str) -> dict[str, Any]:
    """The JSON object that a text is. Raises RefusedError: no JSON, NaN, a key twice, too deep, half a character."""
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError as error:
        raise RefusedError("not JSON that can be read: nested too deep") from error
    except json.JSONDecodeError as error:
        raise RefusedError(f"not JSON: {error.msg} at column {error.colno}") from error
    except ValueError as error:
        raise RefusedError("a number with too many digits") from error
    if not isinstance(value, dict):
        raise RefusedError("a JSON object was expected, with { and }")
    if text.count("[") + text.count("{") > _DEEPEST:
        _check_depth(value)
    if "\\u" in text:
        _check_characters(value)
    return value


def _record(path: Path, number: int, line: bytes, limits: Limits) -> Record | Problem:
    try:
        return Record(number, parse_object(_bounded(line, limits).decode("utf-8")))
    except UnicodeDecodeError as error:
        reason = f"not UTF-8: byte {error.start} of the line (0x{line[error.start]:02x}) begins no character"
        return Problem(str(path), number, "", reason)
    except RefusedError as error:
        return Problem(str(path), number, error.field, error.reason)


def _bounded(line: bytes, limits: Limits) -> bytes:
    if len(line) > limits.line:
        raise RefusedError(f"too long: a line of more than {megabytes(limits.line)}")
    return line


def _lines(file: BinaryIO, most: int) -> Iterator[bytes]:
    """The lines of a file; of one longer than `most` bytes only the first `most` + 1."""
    while line := file.readline(most + 1):
        rest = line
        while len(rest) > most and not rest.endswith(b"\n"):
            rest = file.readline(most + 1)
        yield line


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RefusedError("the key stands twice in one object", twice[:80])
    return values


def _no_constant(name: str) -> NoReturn:
    raise RefusedError(f"{name} is no number that JSON knows")


def _check_depth(value: object, depth: int = 0) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        if depth >= _DEEPEST:
            raise RefusedError("not JSON that can be read: nested too deep")
        _check_depth(item, depth + 1)


def _check_characters(value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedError(
            f"half a character: \\u{ord(text[error.start]):04x} stands without its other half"
        ) from error
    if _NUL.search(text):
        raise RefusedError("a NUL character (\\u0000) stands in a text")
