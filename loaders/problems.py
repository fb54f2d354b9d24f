"""What was wrong with a file or a record, as values: nothing stops because of one bad record."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadSettings


def readable(path: str | Path) -> str:
    """A path as text that can be written anywhere: where its bytes are no UTF-8 they are shown as replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


class RefusedError(Exception):
    """A file or record is not read; carries the reason and the field. Caught where the file or record was taken up."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in `file`, at `line` (from 1; 0: the file as a whole) and `field`; `refused` is false for a note.

    A refused record or file is left out; a note says what was understood differently from how it was written.
    `foreign` is a refused file that nobody asked for: one of a type that is not read, met in a folder.
    """

    file: str
    line: int
    field: str
    reason: str
    refused: bool = True
    foreign: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", readable(self.file))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Limits:
    """What is read at most: files, pages of the web and lines in bytes; texts, names and quotes in characters."""

    file_bytes: int = 64 * 2**20
    page_bytes: int = 16 * 2**20
    text: int = 20 * 2**20
    unpacked_bytes: int = 128 * 2**20
    line: int = 2**20
    quote: int = 20_000
    name: int = 500
    rows: int = 1_000_000

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Limits":
        """Limits with what GUANXI_MAX_FILE_MB and GUANXI_MAX_TEXT_MB say. Raises BadSettings."""
        return cls(
            file_bytes=_millions(environ, "GUANXI_MAX_FILE_MB", cls.file_bytes),
            text=_millions(environ, "GUANXI_MAX_TEXT_MB", cls.text),
        )


LIMITS = Limits()


def _millions(environ: Mapping[str, str], name: str, default: int) -> int:
    said = environ.get(name, "").strip()
    if not said:
        return default
    if not said.isascii() or not said.isdigit() or not 1 <= int(said[:9]) <= 10_000:
        raise BadSettings(name, f"give whole megabytes from 1 to 10000, not {said[:20]!r}")
    return int(said) * 2**20


def megabytes(size: int) -> str:
    """A size in bytes or characters for a message: "64 MB", "0.3 MB"."""
    value = size / 2**20
    return f"{value:.0f} MB" if value >= 10 else f"{value:.1f} MB"


def why_unreadable(error: OSError, path: Path) -> str:
    """The reason a file could not be opened, in the system's words."""
    return f"cannot be read: {error.strerror or error}" if path.exists() else "there is no such file"
