"""What a claim says besides who and what: role, dates, money, share, kinship, by words near the two mentions."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeVar

from loaders.amounts import money_in, shares_in
from loaders.cues import Cue, cues_in, listed
from loaders.times import Moment, moments_in

Values = dict[str, Any]
DEALS = frozenset({"ACQUIRED", "INVESTED_IN", "SOLD"})
_NEAR = 24
_INVERSE = {
    "parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent", "uncle": "nephew",
    "aunt": "nephew", "nephew": "uncle", "niece": "uncle", "father-in-law": "son-in-law", "mother-in-law": "son-in-law",
    "son-in-law": "father-in-law", "daughter-in-law": "father-in-law", "great-grandparent": "great-grandchild",
    "great-grandchild": "great-grandparent",
}  # fmt: skip


class Placed(Protocol):
    """Anything that stands at characters [start, end)."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """Behind the last character."""


T = TypeVar("T", bound=Placed)


@dataclass(frozen=True)
class Facts:
    """Everything in a text that attributes are made of, found once."""

    simple: str
    money: Sequence[Placed]
    shares: Sequence[Placed]
    moments: Sequence[Moment]
    roles: Sequence[Cue]
    kin: Sequence[Cue]
    kind: str = field(default="")


def facts_of(simple: str, written: str | None) -> Facts:
    """The money, shares, dates, roles and kinship words of a text; `written`: its date."""
    return Facts(
        simple,
        money_in(simple),
        shares_in(simple),
        moments_in(simple, written),
        cues_in(simple, "roles"),
        cues_in(simple, "kin"),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands: characters [start, end), with both mentions."""

    start: int
    end: int
    subject: tuple[int, int]
    object: tuple[int, int]


def attributes_of(predicate: str, evidence: Evidence, facts: Facts) -> Values:
    """The attributes of a claim, as far as the words near it tell them."""
    found: Values = {}
    for rule in _RULES.get(predicate, ()):
        found.update(rule(evidence, facts))
    return found


def _within(things: Sequence[T], evidence: Evidence) -> list[T]:
    return [t for t in things if t.start >= evidence.start and t.end <= evidence.end]


def _gap(thing: Placed, place: tuple[int, int]) -> int:
    return max(place[0] - thing.end, thing.start - place[1], 0)


def _closest(things: Sequence[T], evidence: Evidence, key: Callable[[T], float] | None = None) -> T | None:
    inside = _within(things, evidence)
    near = key or (lambda t: min(_gap(t, evidence.subject), _gap(t, evidence.object)))
    return min(inside, key=lambda t: (near(t), t.start)) if inside else None


def _money(evidence: Evidence, facts: Facts) -> Values:
    # 甲投了6000万: the amount follows the one who pays, so one before the subject is a worse guess.
    def far(m: Placed) -> float:
        return _gap(m, evidence.subject) * (1.0 if m.start >= evidence.subject[1] else 1.6)

    best: Any = _closest(facts.money, evidence, far)
    if best is None:
        return {}
    amount = int(best.amount) if best.amount == int(best.amount) else best.amount
    return {"amount": amount, "currency": best.currency}


def _share(evidence: Evidence, facts: Facts) -> Values:
    best: Any = _closest(facts.shares, evidence)
    if best is None or min(_gap(best, evidence.subject), _gap(best, evidence.object)) > _NEAR * 2:
        return {}
    return {"share_pct": int(best.percent) if best.percent == int(best.percent) else best.percent}


def _date(evidence: Evidence, facts: Facts) -> Values:
    best = _closest(facts.moments, evidence)
    return {"date": best.iso} if best else {}


def _role(evidence: Evidence, facts: Facts) -> Values:
    """The role nearest to the person, and whether it is a former or a present one."""

    def far(cue: Cue) -> float:
        between = (
            min(evidence.subject[1], evidence.object[1]) <= cue.start <= max(evidence.subject[0], evidence.object[0])
        )
        weak = cue.meaning == "employee"
        return _gap(cue, evidence.subject) - (6 if between else 0) + (200 if weak else 0)

    cues = [c for c in facts.roles if not _inside(c, evidence.object) and not _inside(c, evidence.subject)]
    best = _closest(cues, evidence, far)
    if best is None:
        return {}
    found: Values = {"role": best.meaning}
    before = facts.simple[max(best.start - 3, evidence.start) : best.start]
    if before.endswith("副") and not best.meaning.startswith("vice"):
        found["role"] = "vice-" + best.meaning
    return found


def _inside(cue: Placed, place: tuple[int, int]) -> bool:
    return cue.start >= place[0] and cue.end <= place[1]


def _tenure(evidence: Evidence, facts: Facts) -> Values:
    former = _says_former(evidence, facts)
    moment = _closest(facts.moments, evidence, lambda m: _gap(m, evidence.subject))
    if moment is None:
        return {"current": False} if former else {}
    key = "end" if former else "start"
    return {"current": False, key: moment.iso} if former else {key: moment.iso}


@cache
def _former() -> re.Pattern[str]:
    zh = "|".join(map(re.escape, listed("zh", "former", "near")))
    en = "|".join(map(re.escape, listed("en", "former", "near")))
    before_zh = "|".join(map(re.escape, listed("zh", "former", "before")))
    before_en = "|".join(map(re.escape, listed("en", "former", "before")))
    return re.compile(
        rf"(?:{zh})|(?<![A-Za-z])(?:{en}|{before_en})(?![A-Za-z])|(?<![目之以此年年])(?:{before_zh})(?!来|往|景|十|身|年|台|后)",
        re.IGNORECASE,
    )


def _says_former(evidence: Evidence, facts: Facts) -> bool:
    low = max(evidence.start, min(evidence.subject[0], evidence.object[0]) - _NEAR)
    high = min(evidence.end, max(evidence.subject[1], evidence.object[1]) + _NEAR // 2)
    return bool(_former().search(facts.simple[low:high]))


def _kinship(evidence: Evidence, facts: Facts) -> Values:
    """What the subject is to the object, by the kinship word that stands nearest to one of them."""
    low, high = sorted((evidence.subject, evidence.object))
    best = _closest(facts.kin, evidence)
    if best is None:
        return {}
    # "X's brother Y" and "X 的儿子 Y": the word describes the one it stands right before, or right after a comma.
    of_later = _gap(best, high) <= _gap(best, low) + 2
    described = high if of_later else low
    relation = best.meaning if described == evidence.subject else _INVERSE.get(best.meaning, best.meaning)
    return {"relation": relation}


_DEGREES = (
    (re.compile(r"博士|\bPh\.?D\b|\bdoctorate\b|\bdoctoral\b", re.IGNORECASE), "doctorate"),
    (re.compile(r"硕士|\bMBA\b|\bmaster'?s?\b|\bM\.?Sc\b", re.IGNORECASE), "master"),
    (re.compile(r"本科|学士|\bbachelor'?s?\b|\bB\.?Sc\b|\bBA\b|\bundergraduate\b", re.IGNORECASE), "bachelor"),
)


def _degree(evidence: Evidence, facts: Facts) -> Values:
    text = facts.simple[evidence.start : evidence.end]
    return next(({"degree": name} for pattern, name in _DEGREES if pattern.search(text)), {})


_PURPOSE = re.compile(
    r"(?:用来|用于|用作|负责|做|拿来)(?P<zh>[^，。；、,;\n]{2,14})"
    r"|\b(?:for|to power|to run|to handle)\s+(?:the |its |their |a )?"
    r"(?P<en>[a-z][a-z -]{3,40}?)(?=[,.;\n]|\s(?:in|since|on|at|from|and)\b)"
)
_TOPIC = re.compile(
    r"(?:就|共同|联合|合作)(?P<zh>(?:开发|研发|推广|打造|研究|建设|生产|运营)?[^，。；、,;\n]{2,16}?)(?=达成|签|合作|，|。|；)"
    r"|\b(?:on|to)\s+(?P<en>(?:develop|build|sell|distribute|make|launch|market|share|offer|supply)"
    r"\s[a-z][a-z -]{3,50}?)(?=[,.;\n])"
)


def _words(pattern: re.Pattern[str], key: str) -> Callable[[Evidence, Facts], Values]:
    def rule(evidence: Evidence, facts: Facts) -> Values:
        first = min(evidence.subject[1], evidence.object[1])
        found = pattern.search(facts.simple, first, evidence.end)
        return {key: (found["zh"] or found["en"]).strip()} if found else {}

    return rule


Rule = Callable[[Evidence, Facts], Values]
_RULES: dict[str, tuple[Rule, ...]] = {
    "FOUNDED": (_date,),
    "HOLDS_ROLE_AT": (_role, _tenure),
    "OWNS": (_share,),
    "ACQUIRED": (_money, _share, _date),
    "INVESTED_IN": (_money, _share, _date),
    "SOLD": (_money, _share, _date),
    "DEVELOPS": (_date,),
    "USES": (_words(_PURPOSE, "purpose"),),
    "PARTNERS_WITH": (_date, _words(_TOPIC, "topic")),
    "FAMILY_OF": (_kinship,),
    "EDUCATED_AT": (_degree,),
}
