"""The main text of an HTML file, without menus and lists of related articles."""

import re
from pathlib import Path

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from loaders.formats import Content, bounded
from loaders.problems import Limits, RefusedError, megabytes

_BLOCKS = {"p", "li", "dt", "dd", "div", "section", "aside", "ul", "ol", "dl", "table", "blockquote", "article"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_RELATED = {line.casefold() for line in (Path(__file__).parent / "related_headings.txt").read_text("utf-8").split("\n")}
_SENTENCE = re.compile(r"[。！？!?.…][”」』\"’)）]*$")
_COLON = re.compile(r"\s*[:：>»|]\s*")


def read_html(path: Path, limits: Limits) -> Content:
    """The article of a web page with its title, date and site; the character set is the one the page names."""
    if path.stat().st_size > limits.page_bytes:
        size, most = megabytes(path.stat().st_size), megabytes(limits.page_bytes)
        raise RefusedError(f"too large: {size}, at most {most} are read of a web page")
    found = _extracted(path.read_bytes())
    text = str(found.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text.strip():
        raise RefusedError("no main text was found in the page")
    return Content(
        bounded(text, limits),
        title=str(found.get("title") or ""),
        date=str(found.get("date") or ""),
        source=str(found.get("sitename") or found.get("hostname") or ""),
    )


def _extracted(data: bytes) -> dict[str, object]:
    """What the extractor says of the page: text, title, date, sitename, ...; nothing where there is no page."""
    try:
        tree = load_html(data)
        if tree is None:
            return {}
        _drop_related(tree)
        page = bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise RefusedError(f"not readable as HTML: {error}") from error
    return {} if page is None else page if isinstance(page, dict) else page.as_dict()


def _drop_related(tree: HtmlElement) -> None:
    """Takes out what points to other articles: lines that are links, and the headings above them."""
    for element in list(tree.iter(*_BLOCKS, *_HEADINGS)):
        if any(child.tag in _BLOCKS for child in element.iterdescendants()):
            continue
        text = " ".join("".join(element.itertext()).split())
        if text and element.getparent() is not None and _points_elsewhere(element, text):
            element.drop_tree()


def _points_elsewhere(element: HtmlElement, text: str) -> bool:
    lead = _COLON.split(text, maxsplit=1)[0].casefold()
    linked = sum(len(" ".join("".join(link.itertext()).split())) for link in element.iter("a"))
    if lead in _RELATED and (linked or len(text) <= len(lead) + 2):
        return True
    return element.tag not in _HEADINGS and linked > 0.8 * len(text) and not _SENTENCE.search(text)
