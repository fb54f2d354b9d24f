"""The text of a PDF, page after page; lines broken by the page's width are put together again."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

import pypdfium2

from loaders.formats import Content, bounded
from loaders.problems import Limits, RefusedError, megabytes

_HYPHEN = "\ufffe"  # what PDFium puts for a hyphen that only the line's end made
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSED = re.compile(r"[。！？；：.!?:;…][”’」』\"')）】]*$")
_NUMBERS = re.compile(r"\d+")
_GAP = "\n\n"
_SHARE = 0.6  # a line at the edge of this share of the pages is a running head
_FEWEST = 3


def read_pdf(path: Path, limits: Limits) -> Content:
    """The pages' texts joined by an empty line, or by nothing where a sentence runs on; `pages` are their starts."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            title = str(pdf.get_metadata_dict().get("Title", ""))
            pages = list(_pages(pdf, limits))
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedError("the PDF is encrypted: save it without a password") from error
        raise RefusedError(f"not readable as PDF: {error}") from error
    text, starts = _joined(_without_running_heads(pages))
    if not text.strip():
        raise RefusedError("no text in the PDF: its pages are pictures, which need optical character recognition first")
    return Content(bounded(text, limits), title=title, pages=starts)


def _pages(pdf: "pypdfium2.PdfDocument", limits: Limits) -> Iterator[list[str]]:
    """The lines of each page."""
    size = 0
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        try:
            lines = _lines(words.get_text_bounded())
        finally:
            words.close()
            page.close()
        size += sum(map(len, lines))
        if size > limits.text:
            raise RefusedError(f"too large: more than {megabytes(limits.text)} of text")
        yield lines


def _lines(raw: str) -> list[str]:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\x02", _HYPHEN)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [line.rstrip() for line in text.strip().split("\n")]


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The pages without first and last lines that most of them share but for the page number."""
    if len(pages) < _FEWEST:
        return pages
    for edge in (0, -1):
        often = Counter(_NUMBERS.sub("#", lines[edge]) for lines in pages)
        heads = {line for line, count in often.items() if count >= max(_FEWEST, _SHARE * len(pages))}
        pages = [_trimmed(lines, edge) if _NUMBERS.sub("#", lines[edge]) in heads else lines for lines in pages]
    return pages


def _trimmed(lines: list[str], edge: int) -> list[str]:
    """The lines without the first (edge 0) or the last (edge -1)."""
    return (lines[1:] if edge == 0 else lines[:-1]) or [""]


def _joined(pages: list[list[str]]) -> tuple[str, tuple[int, ...]]:
    """The text, with a line joined to the next where only the width of the page parted them, and the pages' starts."""
    parts: list[str] = []
    starts: list[int] = []
    size, last, full = 0, "", 0.0
    for lines in pages:
        paragraphs = _reflowed(lines)
        if parts:
            parts.append(_between(last, lines[0], full, _GAP))
            size += len(parts[-1])
        starts.append(size)
        parts.append(paragraphs)
        size += len(paragraphs)
        last, full = lines[-1], _full(lines)
    return "".join(parts).replace(_HYPHEN, "-"), tuple(starts)


def _reflowed(lines: list[str]) -> str:
    full = _full(lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if before.endswith(_HYPHEN):
            parts[-1] = parts[-1].removesuffix(_HYPHEN)
            parts.append(line.lstrip())
        else:
            between = _between(before, line, full, "\n")
            parts += [between, line if between == "\n" else line.lstrip()]
    return "".join(parts)


def _full(lines: list[str]) -> float:
    """The width from which a line of the page counts as full."""
    widths = [_width(line) for line in lines if line]
    return 0.75 * quantiles(widths, n=10)[-1] if len(widths) >= 3 else 40.0


def _between(before: str, line: str, full: float, gap: str) -> str:
    """What stands between two lines: `gap` between paragraphs; inside one a space, or nothing in Chinese."""
    if not before or not line.strip() or _width(before) < full or _CLOSED.search(before):
        return gap
    return "" if _WIDE.match(before[-1]) or _WIDE.match(line.lstrip()[0]) else " "


def _width(line: str) -> int:
    """The width of a line in half-width characters."""
    return len(line) + len(_WIDE.findall(line))
