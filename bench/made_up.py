"""A made-up graph of any size for measuring: companies, people and products told of in documents."""

import random
from collections.abc import Iterator

from graph.model import Claim, Document, Referent
from graph.store import Load

PREDICATES = (
    ("PARTNERS_WITH", "Company", "Company"),
    ("OWNS", "Company", "Company"),
    ("USES", "Company", "Product"),
    ("DEVELOPS", "Company", "Product"),
    ("HOLDS_ROLE_AT", "Person", "Company"),
)
FIRST = ("Harlow", "Wexley", "Tamsin", "Orrin", "Maple", "Corven", "Selby", "Dunmore", "Ashlin", "Varga")
LAST = ("Freight", "Optics", "Foods", "Robotics", "Energy", "Textiles", "Marine", "Software", "Chemicals", "Rail")


def loads(documents: int, claims_each: int, entities: int, seed: int = 1) -> Iterator[Load]:
    """Documents with claims between entities chosen at random; the same for the same numbers."""
    chance = random.Random(seed)
    for number in range(documents):
        lines = []
        told = []
        for _ in range(claims_each):
            predicate, left, right = chance.choice(PREDICATES)
            subject, object_ = _entity(left, chance.randrange(entities)), _entity(right, chance.randrange(entities))
            told.append((subject, predicate, object_))
            lines.append(f"{subject.names[0]} {predicate.lower().replace('_', ' ')} {object_.names[0]}.")
        text = "\n".join([f"Report {number}", *lines])
        document = Document.of(f"report-{number}.txt", text, title=f"Report {number}", language="en", date="2026-01-01")
        yield Load(document, tuple(_claims(document, lines, told, chance)))


def _claims(
    document: Document, lines: list[str], told: list[tuple[Referent, str, Referent]], chance: random.Random
) -> Iterator[Claim]:
    start = document.text.index("\n") + 1
    for line, (subject, predicate, object_) in zip(lines, told, strict=True):
        attributes = {"date": f"{chance.randrange(1990, 2026)}"}
        if predicate == "HOLDS_ROLE_AT":
            attributes = {"role": chance.choice(("CEO", "chairman", "engineer"))}
        yield Claim(document.id, subject, predicate, object_, line, start, start + len(line), attributes, "active")
        start += len(line) + 1


def _entity(kind: str, number: int) -> Referent:
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {kind} {number}"
    return Referent(f"{kind}-{number}", kind, (name,))
