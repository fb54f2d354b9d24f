"""The main text of an HTML file, without menus and lists of related articles."""

from pathlib import Path

from lxml.etree import LxmlError
from trafilatura import bare_extraction

from loaders.formats import Content, bounded
from loaders.problems import Limits, RefusedError


def read_html(path: Path, limits: Limits) -> Content:
    """The article of a web page with its title, date and site; the character set is the one the page names."""
    data = path.read_bytes()
    if not data.strip():
        raise RefusedError("empty: there is no text in it")
    try:
        page = bare_extraction(
            data,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (LxmlError, ValueError, RecursionError) as error:
        raise RefusedError(f"not readable as HTML: {error}") from error
    found = {} if page is None else page if isinstance(page, dict) else page.as_dict()
    text = str(found.get("text") or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text.strip():
        raise RefusedError("no main text was found in the page")
    return Content(
        bounded(text, limits),
        title=str(found.get("title") or ""),
        date=str(found.get("date") or ""),
        source=str(found.get("sitename") or found.get("hostname") or ""),
    )
