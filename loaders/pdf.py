"""The text of a PDF, page after page; lines broken by the page's width are put together again."""

import re
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
_GAP = "\n\n"


def read_pdf(path: Path, limits: Limits) -> Content:
    """The pages' texts joined by an empty line; `pages` says where each one starts."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            title = str(pdf.get_metadata_dict().get("Title", ""))
            text, pages = _joined(_page_texts(pdf), limits)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedError("the PDF is encrypted: save it without a password") from error
        raise RefusedError(f"not readable as PDF: {error}") from error
    if not text.strip():
        raise RefusedError("no text in the PDF: its pages are pictures, which need optical character recognition first")
    return Content(bounded(text, limits), title=title, pages=pages)


def _joined(texts: Iterator[str], limits: Limits) -> tuple[str, tuple[int, ...]]:
    parts: list[str] = []
    starts: list[int] = []
    size = 0
    for text in texts:
        starts.append(size)
        parts.append(text)
        size += len(text) + len(_GAP)
        if size > limits.text:
            raise RefusedError(f"too large: more than {megabytes(limits.text)} of text")
    return _GAP.join(parts), tuple(starts)


def _page_texts(pdf: "pypdfium2.PdfDocument") -> Iterator[str]:
    for number in range(len(pdf)):
        page = pdf[number]
        words = page.get_textpage()
        try:
            yield _reflowed(words.get_text_bounded())
        finally:
            words.close()
            page.close()


def _reflowed(raw: str) -> str:
    """The page's text with a line joined to the next where only the width of the page parted them."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\x02", "-")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = [line.rstrip() for line in text.split("\n")]
    lengths = [_width(line) for line in lines if line.strip()]
    if len(lengths) < 3:
        return "\n".join(lines).replace(_HYPHEN, "")
    full = 0.75 * quantiles(lengths, n=10)[-1]
    out = [lines[0]]
    for before, line in pairwise(lines):
        if before.endswith(_HYPHEN):
            out[-1] = out[-1].removesuffix(_HYPHEN) + line.lstrip()
        elif before and line and _width(before) >= full and not _CLOSED.search(before):
            wide = _WIDE.match(before[-1]) or _WIDE.match(line.lstrip()[:1])
            out[-1] += ("" if wide else " ") + line.lstrip()
        else:
            out.append(line)
    return "\n".join(out).replace(_HYPHEN, "")


def _width(line: str) -> int:
    """The width of a line in half-width characters."""
    return len(line) + len(_WIDE.findall(line))
