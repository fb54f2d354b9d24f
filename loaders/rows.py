"""The rows of a table (csv, jsonl, xlsx, parquet) and the text they are quoted from."""

import csv
import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from loaders.formats import binary, bounded, decoded, later
from loaders.problems import Limits, RefusedError
from loaders.records import parse_object

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".parquet")
_DELIMITERS = (",", "\t", ";", "|")
_LONGEST = 100  # lines that one quoted cell may run over
_BATCH = 10_000
_book_rows = later("loaders.workbook", "sheet_rows")
_parquet_rows = later("loaders.parquet", "parquet_rows")
_MARK = "\ufffd"  # stands in the text for a NUL byte, which not every store of texts can hold


@dataclass(frozen=True, slots=True)
class Row:
    """A row at a line of its file: cells by column, the characters [start, end) it stands at, or why it is refused."""

    line: int
    start: int
    end: int
    cells: Mapping[str, Any]
    refused: str = ""


@dataclass(frozen=True)
class Table:
    """A table's text and its columns; `rows` reads it row by row. `nuls` are the places where the file has a NUL."""

    text: str
    columns: tuple[str, ...]
    delimiter: str = ""
    nuls: tuple[int, ...] = ()

    def rows(self) -> Iterator[Row]:
        """The rows in order; empty ones are passed over."""
        for row in _csv_rows(self) if self.delimiter else _json_rows(self.text):
            first = bisect_left(self.nuls, row.start)
            broken = first < len(self.nuls) and self.nuls[first] < row.end
            yield replace(row, cells={}, refused="a NUL byte stands in it") if broken else row


def read_rows(path: Path, limits: Limits, sheet: str = "") -> Table:
    """The table in a file. Raises RefusedError when it is none, or too large; OSError."""
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".parquet"}:
        found = _sheet_rows(path, limits, sheet) if suffix == ".xlsx" else _parquet_rows(path, limits)
        text = _rendered(found, limits)
        return Table(text, _keys(text))
    text, nuls = _without_nuls(path.read_bytes())
    bounded(text, limits)
    if suffix in {".jsonl", ".ndjson"}:
        return Table(text, _keys(text), nuls=nuls)
    return _csv_table(text, nuls)


def _without_nuls(data: bytes) -> tuple[str, tuple[int, ...]]:
    """The text with a mark for each NUL byte, and where these stand. With one in the first line it is no table."""
    if b"\0" not in data:
        return decoded(data), ()
    if b"\0" in data.splitlines()[0]:
        raise RefusedError(binary(data))
    text = decoded(data)
    return text.replace("\0", _MARK), tuple([found.start() for found in re.finditer("\0", text)])


def _rendered(rows: Iterator[dict[str, Any]], limits: Limits) -> str:
    """The rows as JSON, one a line; a row's line has its number in the table."""
    lines: list[str] = []
    size = 0
    for row in rows:
        plain = {name: _plain(value) for name, value in row.items() if value is not None}
        lines.append(json.dumps(plain, ensure_ascii=False) if plain else "")
        size += len(lines[-1]) + 1
        if len(lines) > limits.rows:
            raise RefusedError(f"too large: more than {limits.rows:,} rows; split it")
        if size > limits.text:
            raise RefusedError("too large: its rows make more text than is read; split it")
    return bounded("\n".join(lines) + "\n", limits)


def _sheet_rows(path: Path, limits: Limits, sheet: str) -> Iterator[dict[str, Any]]:
    """A row for each row of the sheet, so that lines of the text are rows of the sheet; empty down to the header."""
    names: list[str] = []
    for row in _book_rows(path, limits, sheet):
        yield dict(zip(names, row, strict=True)) if names else {}
        if not names and any(row):
            names = _named([cell or "" for cell in row])


def _plain(value: object) -> Any:  # noqa: ANN401
    """A cell as JSON knows it."""
    match value:
        case str():
            plain: Any = value.removesuffix(" 00:00:00").replace("\0", "")
        case datetime() | date() | time():
            plain = value.isoformat().removesuffix("T00:00:00")
        case Decimal() | float():
            plain = float(value) if math.isfinite(value) else None
        case list():
            plain = [_plain(item) for item in value]
        case dict():
            plain = {str(name): _plain(item) for name, item in value.items()}
        case bool() | int() | None:
            plain = value
        case _:
            plain = str(value)
    return plain


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line; the end is before its line break."""
    start, number = 0, 1
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield number, start, stop
        start, number = stop + 1, number + 1


def _json_rows(text: str) -> Iterator[Row]:
    for line, start, end in _lines(text):
        first = start + int(text.startswith("\ufeff", start))
        if not text[first:end].strip():
            continue
        try:
            yield Row(line, first, end, parse_object(text[first:end]))
        except RefusedError as error:
            reason = f"{error.field}: {error.reason}" if error.field else error.reason
            yield Row(line, first, end, {}, reason)


def _keys(text: str) -> tuple[str, ...]:
    """The keys of the objects among the first rows."""
    found: dict[str, None] = {}
    for number, row in enumerate(_json_rows(text)):
        if number >= _BATCH:
            break
        found.update(dict.fromkeys(row.cells))
    return tuple(found)


def _csv_table(text: str, nuls: tuple[int, ...]) -> Table:
    """Reads the header: the first line that is not empty."""
    head = next((text[start:end] for _, start, end in _lines(text) if text[start:end].strip("\ufeff \t,;|")), "")
    delimiter = max(_DELIMITERS, key=lambda mark: (len(_cells(head, mark)), -_DELIMITERS.index(mark)))
    return Table(text, tuple(_named(_cells(head.lstrip("\ufeff"), delimiter))), delimiter, nuls)


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line; a quote left open ends with it."""
    return next(csv.reader([line], delimiter=delimiter), [])


def _named(header: list[str]) -> list[str]:
    names = [" ".join(name.split()) or f"column {number}" for number, name in enumerate(header, 1)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise RefusedError(f"two columns are called {twice!r}", twice)
    return names


def _csv_rows(table: Table) -> Iterator[Row]:
    """The rows below the header. A quote that is never closed costs its own line only."""
    lines = list(_lines(table.text))
    at = next((i for i, (_, a, b) in enumerate(lines) if table.text[a:b].strip("\ufeff \t,;|")), len(lines)) + 1
    while at < len(lines):
        _, start, end = lines[at]
        if not table.text[start:end].strip(f" {table.delimiter}"):
            at += 1
            continue
        row, used = _csv_row(table, lines[at : at + _LONGEST])
        yield row
        at += used


def _csv_row(table: Table, lines: list[tuple[int, int, int]]) -> tuple[Row, int]:
    """The row that begins at the first of the lines, and how many lines it takes."""
    number, start, first_end = lines[0]
    for used, (_, _, end) in enumerate(lines, 1):
        try:
            cells = next(csv.reader([table.text[start:end]], delimiter=table.delimiter, strict=True), [])
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                continue
            if used > 1:
                break
            return Row(number, start, end, {}, f"not CSV: {error}"), 1
        if len(cells) > len(table.columns):
            reason = f"{len(cells)} cells, but the header has {len(table.columns)}"
            return Row(number, start, end, {}, reason), used
        return Row(number, start, end, dict(zip(table.columns, cells, strict=False))), used
    return Row(number, start, first_end, {}, "a quotation mark is opened and never closed"), 1
