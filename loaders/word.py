"""The text of a DOCX file: paragraphs and tables in their order, with the places where pages start."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError, _Element

from loaders.archives import check_unpacked
from loaders.formats import Content, bounded
from loaders.problems import Limits, RefusedError, megabytes

_BREAK = "\f"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}lastRenderedPageBreak": _BREAK}
# Properties hold no text; of alternatives (a drawing and its stand-in) both would say the same.
_PASSED = {f"{_W}{name}" for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "del", "moveFrom")}
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def read_docx(path: Path, limits: Limits) -> Content:
    """The paragraphs, one a line, and a table's rows with their cells between bars."""
    check_unpacked(path, limits)
    try:
        file = docx.Document(str(path))
        title = file.core_properties.title or ""
        text, pages = _joined(_lines(file.element.body), limits)
    except (
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        NotImplementedError,
    ) as error:
        raise RefusedError(f"not readable as DOCX: {error}") from error
    return Content(bounded(text, limits), title=title, pages=pages)


def _joined(lines: Iterator[str], limits: Limits) -> tuple[str, tuple[int, ...]]:
    """The lines as one text, and the offsets of its pages, parted by the breaks inside the lines."""
    parts: list[str] = []
    starts, size, blank = [0], 0, True
    for line in lines:
        for number, piece in enumerate(f"{line}\n".split(_BREAK)):
            if number and not blank:
                starts.append(size)
                blank = True
            parts.append(piece)
            size += len(piece)
            blank = blank and not piece.strip()
        if size > limits.text:
            raise RefusedError(f"too large: more than {megabytes(limits.text)} of text")
    return "".join(parts), tuple(starts) if len(starts) > 1 else ()


def _lines(element: _Element) -> Iterator[str]:
    """A line for each paragraph outside tables and each row of a table."""
    for child in element.iterchildren():
        if child.tag == f"{_W}p":
            yield "".join(_words(child))
        elif child.tag == f"{_W}tr":
            cells = (" ".join(" ".join(_lines(cell)).split()) for cell in child.iterchildren(f"{_W}tc"))
            yield " | ".join(cell for cell in cells if cell)
        elif child.tag not in _PASSED:
            yield from _lines(child)


def _words(element: _Element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield (child.text or "").replace(_BREAK, " ")
        elif child.tag == f"{_W}br":
            yield _BREAK if child.get(f"{_W}type") == "page" else "\n"
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _PASSED and child.tag != _ALTERNATIVES:
            yield from _words(child)
