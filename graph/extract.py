"""The graph, or a part of it, read through from one end to the other in pieces: for writing it out."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.evidence import ClaimFilter, claims, document, documents
from graph.model import Document
from graph.reader import Reader, ref_of
from graph.readings import Evidence, Link, Ref

PIECE = 500


@dataclass(frozen=True, slots=True)
class Member:
    """An entity with all its names."""

    ref: Ref
    names: tuple[str, ...]
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What to read: everything, or what lies around one entity, or the relations of some predicates and their ends."""

    entity: str | None = None
    predicates: tuple[str, ...] = ()


def links(reader: Reader, part: Extract) -> Iterator[Link]:
    """Its relations, in the order of the entities they begin at."""
    types = reader.types(part.predicates)
    if part.entity is not None:
        asked = {"ids": [part.entity], "seen": [], "as_of": None, "limit": 1_000_000}
        yield from reader.links("neighbours", asked, types)
        return
    for piece in _pieces(reader, None):
        ids = [member.ref.id for member in piece]
        yield from reader.links("relations_from", {"ids": ids, "within": None, "as_of": None}, types)


def members(reader: Reader, part: Extract) -> Iterator[Member]:
    """Its entities, in the order of their ids."""
    wanted: list[str] | None = None
    if part.entity is not None or part.predicates:
        ends = {ref.id for link in links(reader, part) for ref in (link.start, link.end)}
        wanted = sorted(ends | ({part.entity} if part.entity else set()))
    for piece in _pieces(reader, wanted):
        yield from piece


def _pieces(reader: Reader, ids: list[str] | None) -> Iterator[list[Member]]:
    after: str | None = None
    while True:
        rows = reader.rows("entities_after", {"after": after, "ids": ids, "limit": PIECE})
        found = [Member(ref_of(ref), tuple(names or ()), told or 0, texts or 0) for ref, names, told, texts in rows]
        if found:
            yield found
        if len(found) < PIECE:
            return
        after = found[-1].ref.id


def evidence(reader: Reader, part: Extract) -> Iterator[Evidence]:
    """Its claims, facts and rumours alike."""
    wanted = ClaimFilter(entity=part.entity, predicates=part.predicates)
    after: str | None = None
    while True:
        page = claims(reader, wanted, PIECE, after)
        yield from page.items
        after = page.next
        if after is None:
            return


def texts(reader: Reader, part: Extract) -> Iterator[Document]:
    """The documents that its claims stand in; of the whole graph every document."""
    if part != Extract():
        for id_ in sorted({found.source.id for found in evidence(reader, part)}):
            yield document(reader, id_)
        return
    after: str | None = None
    while True:
        page = documents(reader, limit=PIECE, after=after)
        for source in page.items:
            yield document(reader, source.id)
        after = page.next
        if after is None:
            return
