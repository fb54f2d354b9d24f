"""Who does what in a clause: the agent and the patient of its verb, by case words and word order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questions.meaning import Ask, Named, Several, Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questions.clause import Clause

_ANY = ("Person", "Company", "Product")
_OWNERS = ("Person", "Company")
_THINGS = ("Company", "Product")
# The kinds that may stand at either end; where they differ, a kind tells the direction.
ENDS = {
    "FOUNDED": (_OWNERS, ("Company",)),
    "HOLDS_ROLE_AT": (("Person",), ("Company",)),
    "OWNS": (_OWNERS, _THINGS),
    "ACQUIRED": (_OWNERS, _THINGS),
    "INVESTED_IN": (_OWNERS, _THINGS),
    "SOLD": (_OWNERS, _THINGS),
    "DEVELOPS": (_OWNERS, ("Product",)),
    "USES": (_ANY, _THINGS),
    "EDUCATED_AT": (("Person",), ("Company",)),
    "MEMBER_OF": (_OWNERS, ("Company",)),
    "PART_OF": (("Product",), ("Product",)),
    "PARTNERS_WITH": (_ANY, _ANY),
    "COMPETES_WITH": (_ANY, _ANY),
    "FAMILY_OF": (("Person",), ("Person",)),
}


# Asks that a value answers.
VALUES = ("when", "amount", "share", "yesno", "outcome", "evidence", "count")


@dataclass(frozen=True, slots=True)
class Verb:
    """The verb of a clause: its key, its place, and what is asked of it."""

    key: str
    place: int
    ask: Ask


@dataclass(frozen=True, slots=True)
class Part:
    """A noun phrase of the clause: an entity, or what is asked for (None), and the case word before it."""

    who: Who | None
    place: int
    case: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """The parts a verb gives its noun phrases."""

    agent: Part | None
    patient: Part | None
    others: tuple[Part, ...]


def roles_of(clause: Clause, verb: int) -> Roles:
    """The roles around the verb at that place: by case words first; else what stands right before it is the agent."""
    parts = _parts(clause)
    agent = next((part for part in parts if part.case == "B"), None)
    patient = next((part for part in parts if part.case == "P"), None)
    free = [part for part in parts if part.case in ("", "O", "L") and part is not agent]
    if agent is None and clause.letters.rstrip(",").endswith("B"):
        agent = next((part for part in parts if part.asked), None)
    before = [part for part in free if part.place < verb and not part.case and part is not agent]
    after = [part for part in free if (part.place > verb or part.case) and part is not agent]
    if agent is None and before:
        agent = before.pop()
    if patient is None:
        rest = [*after, *reversed(before)]
        asked = [part for part in rest if part.asked]
        patient = asked[0] if asked else rest[0] if rest else None
    others = tuple(part for part in parts if part not in (agent, patient))
    return Roles(agent, patient, others)


def _parts(clause: Clause) -> list[Part]:
    found = []
    sentence = clause.letters
    for place, token in enumerate(clause.tokens):
        one = sentence[place]
        if one not in "XWCK" or (one == "C" and "W" in sentence):
            continue
        before = sentence[:place].rstrip("AUCDS")
        case = before[-1] if before and before[-1] in "BPFTLO" else ""
        case = case or ("O" if token.key == "where" else "")
        stranded = re.search(r"(?<=[XVURCAK])[TLF]$", sentence)
        if one == "W" and not case and not place and stranded:
            case = stranded[0]  # who did X sell Y to
        if case == "O" and place == 2 and sentence.startswith("q"):
            case = ""  # how many of X's models
        found.append(Part(token.who if one == "X" else None, place, case, asked=one != "X"))
    return found


def kinds_of(who: Who) -> tuple[str, ...]:
    """The kinds of a named entity; none where it is described."""
    if isinstance(who, Named):
        return who.kinds
    return who.whos[0].kinds if isinstance(who, Several) else ()


def fits(predicates: Sequence[str], known: Who, *, as_subject: bool) -> bool:
    """Whether an entity of its kind can stand at that end of one of the predicates."""
    kinds = set(kinds_of(known))
    ends = [ENDS[name][0 if as_subject else 1] for name in predicates if name in ENDS]
    return not kinds or not ends or any(kinds & set(end) for end in ends)
