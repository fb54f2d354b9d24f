"""Our own pairs of names, and the graph's decision about each: are they one entity?"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.aliases import dictionary_judgements
from graph.assemble import Frame, assemble
from graph.model import Claim, Judgement, Referent
from graph.ontology import load_ontology

CASES = Path(__file__).parents[1] / "cases" / "identity" / "pairs.json"
FRAME = Frame(load_ontology(None), {})
PREDICATES = {"Person": "HOLDS_ROLE_AT", "Company": "PARTNERS_WITH", "Product": "DEVELOPS"}


@dataclass(frozen=True)
class Pair:
    """Two names with what their documents link them with, and whether they are one."""

    left: dict[str, Any]
    right: dict[str, Any]
    same: bool
    why: str

    def __str__(self) -> str:
        sides = (" ".join([*side["names"], *side.get("with", ())]) for side in (self.left, self.right))
        return f"{' / '.join(sides)}: {self.why}"


def pairs() -> list[Pair]:
    return [Pair(**record) for record in json.loads(CASES.read_text(encoding="utf-8"))]


def claims_of(side: dict[str, Any], document: str) -> list[Claim]:
    """One claim for each company that the side is told of with; a company of the document's own where none is given."""
    told = Referent("told", side["kind"], tuple(side["names"]))
    found = []
    for number, name in enumerate(side.get("with", [f"Firm of {document}"])):
        other = Referent(f"other-{number}", "Company", (name,))
        ends = (other, told) if side["kind"] == "Product" else (told, other)
        found.append(Claim(document, ends[0], PREDICATES[side["kind"]], ends[1], "quote", 0, 5))
    return found


def joined(pair: Pair, judgements: tuple[Judgement, ...] | None = None) -> bool:
    """Whether the two sides come out as one entity, each told of in a document of its own."""
    left, right = claims_of(pair.left, "d1"), claims_of(pair.right, "d2")
    found = assemble([*left, *right], dictionary_judgements() if judgements is None else judgements, FRAME)
    ids = [
        found.ends[told[0].id].object if side["kind"] == "Product" else found.ends[told[0].id].subject
        for told, side in ((left, pair.left), (right, pair.right))
    ]
    return ids[0] == ids[1]


@dataclass(frozen=True)
class Measure:
    """Precision and recall of joining, with the pairs decided wrongly."""

    precision: float
    recall: float
    wrong: tuple[Pair, ...]


def measure(judgements: tuple[Judgement, ...] | None = None) -> Measure:
    decided = [(pair, joined(pair, judgements)) for pair in pairs()]
    right = sum(pair.same for pair, found in decided if found)
    return Measure(
        precision=right / sum(found for _, found in decided),
        recall=right / sum(pair.same for pair, _ in decided),
        wrong=tuple(pair for pair, found in decided if found != pair.same),
    )


if __name__ == "__main__":
    for title, given in (("with the dictionary", None), ("without it", ())):
        found = measure(given)
        print(f"{title}: precision {found.precision:.3f}, recall {found.recall:.3f} of {len(pairs())} pairs")
        if given is None:
            print(*found.wrong, sep="\n")
