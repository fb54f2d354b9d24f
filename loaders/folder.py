"""What the paths given to `guanxi load` hold: documents, claims, judgements, tables, exports, in one fixed order."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Literal

from graph.model import Document
from loaders.documents import READERS, read_document
from loaders.exportfile import PARTS
from loaders.mapping import mapping_beside
from loaders.problems import LIMITS, Limits, Problem, RefusedError, readable, why_unreadable
from loaders.records import parse_object
from loaders.rows import SUFFIXES

Kind = Literal["document", "table", "claims", "judgements", "export"]
ORDER: tuple[Kind, ...] = ("document", "table", "claims", "judgements", "export")
_TEXT_FOLDERS = ("documents", "docs")
_NAMED_FROM = (*_TEXT_FOLDERS, "tables")  # a document's name is its path below one of these folders
_LEAFLETS = ("readme", "license", "licence", "changelog", "contributing", "notice")
_MAPPING = ".mapping.toml"
_DEEPEST = 40
_PEEK = 2**16
_EXPORTED = re.compile(rf'\s*\{{\s*"(?:{"|".join(PARTS)})"\s*:\s*\{{')


@dataclass(frozen=True, slots=True)
class Source:
    """A file to load: what it is, and the name it has as a document.

    `mapping` belongs to a table; `texts` are the folders in which the documents of a claims file are looked for.
    """

    kind: Kind
    path: Path
    name: str
    mapping: Path | None = None
    texts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources in the order they are loaded, and what was found and is not read."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]

    def of(self, kind: Kind) -> list[Source]:
        """The sources of one kind, in order."""
        return [source for source in self.sources if source.kind == kind]


def plan(paths: Sequence[Path], texts: Path | None = None, mapping: Path | None = None) -> Plan:
    """What to load for these files and folders; the same for any order of `paths`.

    `texts` is the folder with the documents of claims files, `mapping` the mapping of a table given by itself.
    """
    found: dict[Path, Source] = {}
    problems: list[Problem] = []
    for path in sorted(set(paths)):
        for item in _at(path, texts, mapping):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                found.setdefault(item.path.resolve(), item)
    ordered = sorted(found.values(), key=lambda source: (ORDER.index(source.kind), source.name, str(source.path)))
    return Plan(tuple(ordered), tuple(dict.fromkeys(problems)))


class Shelf:
    """The documents of a claims file, found by name in its folders; the last few stay in memory."""

    def __init__(self, folders: Iterable[Path], limits: Limits = LIMITS) -> None:
        self._folders = tuple(folders)
        self._limits = limits
        self.read = lru_cache(maxsize=8)(self._read)

    def path(self, name: str) -> Path | None:
        """The file of a document; only files below the folders are found."""
        for folder in self._folders:
            path = folder / name
            if path.suffix.lower() in READERS and _is_file_below(path, folder):
                return path
        return None

    def document(self, name: str) -> Document | None:
        """The document of this name, None when it is not here or cannot be read; `read` says why."""
        found = self.read(name)
        return found if isinstance(found, Document) else None

    def _read(self, name: str) -> Document | Problem:
        path = self.path(name)
        if path is None:
            return Problem(name, 0, "", "no such document is in the folders of the claims file")
        return read_document(path, name, self._limits)


def _is_file_below(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, with a NUL, or a ring of links
        return False


def _at(path: Path, texts: Path | None, mapping: Path | None) -> Iterator[Source | Problem]:
    """The sources of one path that was given: such a file is read whatever it is called."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = why_unreadable(error, path) if isinstance(error, OSError) else "no name of a file"
        yield Problem(str(path), 0, "", reason)
        return
    if S_ISDIR(mode):
        files: Iterable[Path | Problem] = _files(path, frozenset(), 0)
    else:
        files = [path]
    for file in files:
        if isinstance(file, Problem):
            yield file
        elif file == path or not _is_passed(file):
            source = _source(file, _name(file, path), texts, mapping if file == path else None)
            yield replace(source, foreign=False) if isinstance(source, Problem) and file == path else source


def _files(folder: Path, above: frozenset[tuple[int, int]], depth: int) -> Iterator[Path | Problem]:
    """The files below a folder by name; a link back to a folder above ends there."""
    try:
        about = folder.stat()
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield Problem(str(folder), 0, "", why_unreadable(error, folder))
        return
    here = (about.st_dev, about.st_ino)
    if here in above or depth > _DEEPEST:
        yield Problem(str(folder), 0, "", "leads back to a folder above it, or lies too deep; not followed")
        return
    for name in names:
        path = folder / name
        if name.startswith((".", "~$")):
            continue
        if path.is_dir():
            yield from _files(path, above | {here}, depth + 1)
        else:
            yield path


def _is_passed(file: Path) -> bool:
    """Whether a file in a folder is passed over without a word: leaflets, and mappings of tables that are there."""
    if file.name.endswith(_MAPPING):
        return any(file.with_name(file.name.removesuffix(_MAPPING) + suffix).is_file() for suffix in SUFFIXES)
    return file.stem.lower() in _LEAFLETS and file.suffix.lower() in {"", ".md", ".txt"}


def _name(file: Path, root: Path) -> str:
    """The document's name: its path below the nearest folder for texts, else below the folder that was given."""
    if file == root:
        return readable(file.name)
    parts = file.relative_to(root).parts
    last = max((i for i, part in enumerate(parts[:-1]) if part in _NAMED_FROM), default=-1)
    return readable("/".join(parts[last + 1 :]))


def _source(file: Path, name: str, texts: Path | None, mapping: Path | None) -> Source | Problem:
    try:
        if not S_ISREG(file.stat().st_mode):
            return Problem(str(file), 0, "", "not a regular file")
        kind = _kind(file)
    except OSError as error:
        return Problem(str(file), 0, "", why_unreadable(error, file))
    if kind is None:
        known = ", ".join((*READERS, *SUFFIXES))
        reason = (
            "a mapping without its table"
            if file.name.endswith(_MAPPING)
            else f"unknown type {file.suffix or '(no suffix)'}: read are {known}"
        )
        return Problem(str(file), 0, "", reason, foreign=not file.name.endswith(_MAPPING))
    if kind == "table":
        beside = mapping_beside(file)
        return Source(kind, file, name, mapping or (beside if beside.is_file() else None))
    return Source(kind, file, name, texts=_texts_of(file, texts) if kind == "claims" else ())


def _texts_of(claims: Path, given: Path | None) -> tuple[Path, ...]:
    """The folders for the texts of a claims file: the one given, else those beside it."""
    if given is not None:
        return (given,)
    beside = [claims.parent / name for name in _TEXT_FOLDERS]
    return tuple(folder for folder in (*beside, claims.parent) if folder.is_dir())


def _kind(file: Path) -> Kind | None:
    suffix = file.suffix.lower()
    if suffix in READERS:
        return "document"
    if suffix in {".jsonl", ".ndjson"}:
        return _lines_of(file)
    return "table" if suffix in SUFFIXES else None


def _lines_of(file: Path) -> Kind:
    """What the lines of a JSON Lines file are: an export, else by its name, else by its first whole line."""
    with file.open("rb") as lines:
        head = lines.read(_PEEK).decode("utf-8", "replace").removeprefix("\ufeff")
    return "export" if _EXPORTED.match(head) else _kind_of_lines(file, head)


def _kind_of_lines(file: Path, head: str) -> Kind:
    stem = file.name.lower().removesuffix(file.suffix.lower())
    if stem == "claims" or stem.endswith(".claims"):
        return "claims"
    if stem == "judgements" or stem.endswith(".judgements"):
        return "judgements"
    if mapping_beside(file).is_file():
        return "table"
    for line in head.split("\n"):
        try:
            first = parse_object(line)
        except RefusedError:
            continue
        if "verdict" in first:
            return "judgements"
        return "claims" if {"quote", "document"} <= first.keys() else "table"
    return "table"
