"""The texts inside files of each format; a file that cannot be read raises RefusedError with the reason."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from loaders.problems import Limits, RefusedError, megabytes


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its text, and the title, date, language and source that the format itself names."""

    text: str
    title: str = ""
    date: str = ""
    language: str = ""
    source: str = ""
    pages: tuple[int, ...] = ()


Reader = Callable[[Path, Limits], Content]


def later(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported at the first call: it stands on a library that takes long to import."""

    def call(*given: object) -> Any:  # noqa: ANN401 (the function's own answer)
        return getattr(import_module(module), name)(*given)

    return call


def bounded(text: str, limits: Limits) -> str:
    """The text, when it holds something and is not too large."""
    if len(text) > limits.text:
        raise RefusedError(f"too large: {megabytes(len(text))} of text, at most {megabytes(limits.text)} are read")
    if not text.strip().strip("\ufeff").strip():
        raise RefusedError("empty: there is no text in it")
    return text


def read_plain(path: Path, limits: Limits) -> Content:
    """A txt or md file, exactly as `read_text(encoding="utf-8")` gives it: line ends become "\\n", the rest stays."""
    data = path.read_bytes()
    if b"\0" in data:
        raise RefusedError(binary(data))
    return Content(bounded(decoded(data), limits))


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, each line end as one line feed. Raises RefusedError for other bytes."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "; it may be GB18030 or Big5: save it as UTF-8" if error.start < len(data) else ""
        raise RefusedError(
            f"not UTF-8: byte {error.start} (0x{data[error.start]:02x}) begins no character{hint}"
        ) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def binary(data: bytes) -> str:
    """Why bytes with a NUL among them are no text."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "not UTF-8: byte 0 begins a UTF-16 mark; save it as UTF-8"
    return f"binary: byte {data.index(0)} is NUL"
