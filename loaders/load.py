"""Files into the graph: what they hold is read, checked and added document by document, with a report."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph.model import Claim, Document, Judgement
from graph.ontology import Ontology
from graph.store import Effect, Load, Progress, Store
from loaders.claimsfile import read_claims
from loaders.documents import read_document
from loaders.exportfile import read_export
from loaders.folder import Plan, Shelf, Source, plan
from loaders.judgementsfile import read_judgements
from loaders.problems import LIMITS, Limits, Problem, RefusedError
from loaders.tables import TableFile, read_table

T = TypeVar("T")
Reader = Callable[[Document], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to load, and how.

    `texts`: the folder with the documents of claims files. `mapping`: the mapping of a table given by itself.
    `reader` reads claims out of a text; it is asked only for texts that no claims file tells of, or, with
    `read_all`, for every text. Without one, texts are kept as they are.
    """

    paths: tuple[Path, ...]
    texts: Path | None = None
    mapping: Path | None = None
    reader: Reader | None = None
    read_all: bool = False
    limits: Limits = LIMITS


@dataclass(slots=True)
class Report:
    """What came of loading: files read by what they are, what was refused or understood differently, the effect."""

    files: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    effect: Effect = field(default_factory=Effect)

    @property
    def refused(self) -> list[Problem]:
        """The problems because of which something was left out."""
        return [problem for problem in self.problems if problem.refused]


def load(store: Store, wanted: Wanted, *, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Load files and folders into the graph. With `dry_run` nothing is written, and the report says what would be."""
    report = Report()
    material = Material(wanted, store.ontology, report, progress)
    judgements = material.judgements()
    if dry_run:
        report.effect = store.preview(material.loads(), judgements)
    else:
        report.effect = store.add(material.loads(), judgements, progress)
    return report


class Material:
    """What files hold, as documents with their claims, and judgements; problems go into the report as they are met."""

    def __init__(self, wanted: Wanted, ontology: Ontology, report: Report, progress: Progress | None = None) -> None:
        self._wanted = wanted
        self._ontology = ontology
        self._report = report
        self._progress = progress
        self._plan: Plan = plan(wanted.paths, wanted.texts, wanted.mapping)
        report.problems.extend(self._plan.problems)
        self._exported = list(self._exports())

    def judgements(self) -> list[Judgement]:
        """Every judgement of the files."""
        found: list[Judgement] = []
        for source in self._plan.of("judgements"):
            self._report.files["judgements"] += 1
            read = read_judgements(source.path, self._ontology, self._wanted.limits)
            found += self._good(read)
        return [*found, *(item for item in self._exported if isinstance(item, Judgement))]

    def loads(self) -> Iterator[Load]:
        """Every document with its claims, one at a time."""
        total = len(self._plan.sources)
        given = self._given_claims()
        for done, source in enumerate(self._plan.sources, start=1):
            if source.kind == "document":
                yield from self._document(source, given)
            elif source.kind == "table":
                yield from self._table(source)
            if self._progress:
                self._progress("files", done, total)
        for document, claims in given.values():
            yield Load(document, tuple(claims))

    def _exports(self) -> Iterator[Document | Claim | Judgement]:
        """What exports of a graph hold."""
        for source in self._plan.of("export"):
            self._report.files["exports"] += 1
            for item in read_export(source.path, self._ontology, self._wanted.limits):
                if isinstance(item, Problem):
                    self._report.problems.append(item)
                else:
                    yield item

    def _given_claims(self) -> dict[str, tuple[Document, list[Claim]]]:
        """The claims of claims files and exports by their documents."""
        given: dict[str, tuple[Document, list[Claim]]] = {}
        for part in self._exported:
            if isinstance(part, Document):
                given.setdefault(part.id, (part, []))
            elif isinstance(part, Claim):
                given[part.document][1].append(part)
        for source in self._plan.of("claims"):
            self._report.files["claims"] += 1
            shelf = Shelf(source.texts, self._wanted.limits)
            documents: dict[str, Document] = {}

            def found(name: str, shelf: Shelf = shelf, seen: dict[str, Document] = documents) -> Document:
                document = shelf.read(name)
                if isinstance(document, Problem):
                    raise RefusedError(document.reason, "document")
                seen[document.id] = document
                return document

            by_document: dict[str, list[Claim]] = defaultdict(list)
            for item in self._good(read_claims(source.path, self._ontology, found, self._wanted.limits)):
                by_document[item.document].append(item)
            for id_, claims in by_document.items():
                given.setdefault(id_, (documents[id_], []))[1].extend(claims)
        return given

    def _document(self, source: Source, given: dict[str, tuple[Document, list[Claim]]]) -> Iterator[Load]:
        found = read_document(source.path, source.name, self._wanted.limits)
        if isinstance(found, Problem):
            self._report.problems.append(found)
            return
        self._report.files["documents"] += 1
        claims = given.pop(found.id, (found, []))[1]
        if self._wanted.reader and (self._wanted.read_all or not claims):
            claims = [*claims, *self._wanted.reader(found)]
        yield Load(found, tuple(claims))

    def _table(self, source: Source) -> Iterator[Load]:
        file = TableFile(source.path, source.name, source.mapping)
        items = list(self._good(read_table(file, self._ontology, self._wanted.limits)))
        documents = [item for item in items if isinstance(item, Document)]
        for document in documents:
            self._report.files["tables"] += 1
            yield Load(document, tuple(item for item in items if isinstance(item, Claim)))

    def _good(self, items: Iterable[T | Problem]) -> Iterator[T]:
        """The items that are no problems; those go into the report."""
        for item in items:
            if isinstance(item, Problem):
                self._report.problems.append(item)
            else:
                yield item
