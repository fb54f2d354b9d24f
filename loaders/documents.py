"""A file becomes a document: its text, title, date and language. txt, md, html, pdf and docx are read."""

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

from graph.model import Document
from loaders.dates import dateline, iso_date
from loaders.formats import Content, Reader, later, read_plain
from loaders.frontmatter import FrontMatter, front_matter
from loaders.languages import language_named, language_of
from loaders.problems import LIMITS, Limits, Problem, RefusedError, megabytes, readable, why_unreadable

_read_html = later("loaders.webpages", "read_html")
READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".pdf": later("loaders.pdf", "read_pdf"),
    ".docx": later("loaders.word", "read_docx"),
}
_TITLE = 200
_CHUNK = 2**20


def read_document(path: Path, name: str = "", limits: Limits = LIMITS) -> Document | Problem:
    """The document in a file, called `name` (the file's own name when not given), or why there is none.

    For txt and md the text equals `path.read_text(encoding="utf-8")`, front matter and all.
    """
    name = name or readable(path.name)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return Problem(str(path), 0, "", f"unknown type {path.suffix or '(no suffix)'}: read are {', '.join(READERS)}")
    try:
        check_size(path, limits)
        return described(name, reader(path, limits))
    except RefusedError as error:
        return Problem(str(path), 0, "", str(error))
    except OSError as error:
        return Problem(str(path), 0, "", why_unreadable(error, path))


def described(name: str, content: Content) -> Document:
    """A document out of a file's content; what the content does not say itself is looked for in its first lines."""
    front = front_matter(content.text)
    body = content.text[front.end :]
    given = front.first("date", "published", "datetime", "pubdate", "created") or content.date
    language = language_named(front.first("language", "lang", "locale") or content.language)
    document = Document.of(
        name,
        content.text,
        title=_title(front, content, body) or Path(name).stem,
        language=language or language_of(body),
        date=iso_date(given) or dateline(body),
        source=front.first("source", "publisher", "site") or content.source,
    )
    return replace(document, pages=content.pages)


def body_start(text: str) -> int:
    """Where the text proper starts: behind the front matter, or behind a byte order mark."""
    return front_matter(text).end or int(text.startswith("\ufeff"))


def fingerprint(path: Path) -> tuple[int, str]:
    """The size of a file in bytes and the SHA-256 of what is in it, read in pieces. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def check_size(path: Path, limits: Limits) -> None:
    """Raises RefusedError when the path is no regular file, holds nothing, or more than is read. Raises OSError."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise RefusedError("not a regular file")
    if about.st_size == 0:
        raise RefusedError("empty: 0 bytes")
    if about.st_size > limits.file_bytes:
        raise RefusedError(f"too large: {megabytes(about.st_size)}, at most {megabytes(limits.file_bytes)} are read")


def _title(front: FrontMatter, content: Content, body: str) -> str:
    """The title that is given, else the first heading among the first lines, else the first line."""
    given = front.first("title") or content.title.strip()
    if given:
        return given[:_TITLE]
    lines = [line.strip().strip("\ufeff") for line in body[:20_000].split("\n")]
    lines = [line for line in lines if line and not line.startswith("![")][:20]
    heading = next((line for line in lines if line.startswith("# ")), None)
    first = heading or next(iter(lines), "")
    return first.lstrip("#").strip("*_ ")[:_TITLE]
