"""How good reading is: claims against gold, with precision, recall and F1 by predicate and language, and the misses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.model import Claim
from loaders.gold import Gold, Triple, triple
from loaders.schema import PREDICATES

NOT_SO = frozenset({"denied", "rejected", "blocked", "terminated"})


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one group of facts."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of claims that are right."""
        return self.right / (self.right + self.false) if self.right + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of facts that are claimed."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """A fact that was missed, or a claim that is false; `said` is the quote of a false claim."""

    document: str
    missed: bool
    fact: Triple
    said: str = ""


@dataclass
class Report:
    """The tallies by group ("all", "en", "PARTNERS_WITH", ...), the errors, and the invited wrong readings asserted."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)
    invited: int = 0
    asserted: int = 0
    verbatim: int = 0
    claims: int = 0

    def tally(self, group: str = "all") -> Tally:
        """The counts of a group."""
        return Tally(self.right[group], self.false[group], self.missed[group])

    def groups(self) -> list[str]:
        """All groups: everything, then languages, then predicates."""
        seen = {*self.right, *self.false, *self.missed} - {"all"}
        return ["all", *sorted(seen - set(PREDICATES)), *sorted(seen & set(PREDICATES))]

    def lines(self, misses: int = 0) -> Iterator[str]:
        """The report as text, with at most `misses` errors."""
        for group in self.groups():
            t = self.tally(group)
            counts = f"right {t.right}  false {t.false}  missed {t.missed}"
            yield f"{group:16} precision {t.precision:.3f}  recall {t.recall:.3f}  F1 {t.f1:.3f}   {counts}"
        yield f"quotes word for word {self.verbatim} of {self.claims}"
        yield f"invited wrong readings asserted {self.asserted} of {self.invited}"
        for error in self.errors[:misses]:
            kind = "missed" if error.missed else "false "
            yield f"{kind} {error.document}: {error.fact[1]} {error.fact[0]} {error.fact[2]}  {error.said}"


def score(gold: Sequence[Gold], claims: Mapping[str, Sequence[Claim]], texts: Mapping[str, str]) -> Report:
    """Scores the claims of each document (by the gold's name); `texts` for checking the quotes."""
    report = Report()
    for one in gold:
        _document(one, claims.get(one.name, ()), texts.get(one.name, ""), report)
    return report


def _document(gold: Gold, claims: Iterable[Claim], text: str, report: Report) -> None:
    found: set[Triple] = set()
    wrong: dict[Triple, str] = {}
    report.invited += len(gold.negatives)
    for claim in claims:
        report.claims += 1
        report.verbatim += text[claim.start : claim.end] == claim.quote
        if claim.predicate not in PREDICATES:
            continue
        candidates = _candidates(gold, claim)
        report.asserted += any(_asserts(gold.negatives[c], claim) for c in candidates if c in gold.negatives)
        hit = _hit(gold, candidates)
        if hit is None and claim.status in NOT_SO:
            continue
        if hit is None or (claim.status in NOT_SO and not _denied(gold, hit)):
            wrong.setdefault(candidates[0] if candidates else _unknown(claim), claim.quote[:80])
        elif hit in gold.required:
            found.add(hit)
    _count(gold, found, wrong, report)


def _candidates(gold: Gold, claim: Claim) -> list[Triple]:
    subjects, objects = gold.meant(claim.subject.names), gold.meant(claim.object.names)
    return [triple(s, claim.predicate, o) for s in subjects for o in objects if s != o]


def _hit(gold: Gold, candidates: Sequence[Triple]) -> Triple | None:
    """The fact that a claim states: a required one, else one said in other words, else an optional one."""
    required = next((c for c in candidates if c in gold.required), None)
    other = next((gold.instead[c] for c in candidates if c in gold.instead), None)
    return required or other or next((c for c in candidates if c in gold.optional), None)


def _denied(gold: Gold, hit: Triple) -> bool:
    return bool(NOT_SO & _values(gold.required.get(hit, {}).get("status")))


def _values(value: object) -> set[str]:
    listed = value if isinstance(value, list) else [value]
    return {str(v).casefold() for v in listed if v not in (None, "")}


def _asserts(negative: Mapping[str, Any], claim: Claim) -> bool:
    said = {**claim.attributes, "status": claim.status}
    return all(_values(value) & _values(said.get(key)) for key, value in negative.items())


def _unknown(claim: Claim) -> Triple:
    return claim.predicate, claim.subject.names[0], claim.object.names[0]


def _count(gold: Gold, found: set[Triple], wrong: Mapping[Triple, str], report: Report) -> None:
    for fact in gold.required:
        counter = report.right if fact in found else report.missed
        counter.update(("all", gold.language, fact[0]))
        if fact not in found:
            report.errors.append(Error(gold.name, missed=True, fact=fact))
    for fact, said in wrong.items():
        report.false.update(("all", gold.language, fact[0]))
        report.errors.append(Error(gold.name, missed=False, fact=fact, said=said))
