"""The sheets of an XLSX file, refused before they are opened when they would not fit into memory."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

import fastexcel

from loaders.archives import check_unpacked
from loaders.problems import Limits, RefusedError

_MOST_CELLS = 20_000_000  # a sheet is held as a whole rectangle, however few of its cells are filled
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_CHUNK = 2**20
_OVERLAP = 2**10


def sheet_rows(path: Path, limits: Limits, sheet: str = "") -> Iterator[tuple[str | None, ...]]:
    """The rows of a sheet (the first when none is named) from its top, with every cell as text. RefusedError."""
    check_unpacked(path, limits)
    _check_rectangle(path)
    try:
        book = fastexcel.read_excel(path)
        found = book.load_sheet(sheet or 0, header_row=None, skip_rows=0, n_rows=limits.rows + 2, dtypes="string")
        yield from found.to_polars().iter_rows()
    except fastexcel.FastExcelError as error:
        raise RefusedError(f"not readable as XLSX: {str(error).splitlines()[0]}") from error


def _check_rectangle(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with archive.open(name) as sheet:
                        _check_sheet(sheet)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise RefusedError(f"not a whole Office file: {error}") from error


def _check_sheet(sheet: IO[bytes]) -> None:
    rows = columns = 0
    before = b""
    while chunk := sheet.read(_CHUNK):
        for letters, number in _CELL.findall(before + chunk):
            rows, columns = max(rows, int(number)), max(columns, _column(letters))
        if rows * columns > _MOST_CELLS:
            raise RefusedError(
                f"too large: a sheet of {rows:,} rows and {columns:,} columns; cells far out may be by mistake"
            )
        before = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, XFD 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
