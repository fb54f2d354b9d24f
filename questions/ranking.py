"""Which of those named came first, came last, or cost more: by the dates or the amounts of claims about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questions.meaning import Fact, Limits, Meaning, Several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from questions.clause import Clause
    from questions.evidence import Evidence
    from questions.lexicon import Lexicon

ORDERS = ("first", "new", "more")
# What begins by these has a date; what is bought by that has a price.
_BEGINNINGS, _PURCHASES = ("FOUNDED", "DEVELOPS"), ("ACQUIRED",)


def rankings(clause: Clause, lexicon: Lexicon) -> Iterator[Meaning]:
    """Which was founded first, A or B; A和B哪个更贵: one of those named is to be chosen."""
    order = next((token.key for token in clause.tokens if token.part == "adjective" and token.key in ORDERS), "")
    several = [token for token in clause.entities if isinstance(token.who, Several)]
    if not order or len(several) != 1 or len(clause.entities) != 1 or "what" not in clause.asks:
        return
    chosen = any("choosing" in lexicon.marks_of(word) for word in several[0].text.split())
    if not chosen and "XW" not in clause.letters:
        return
    who = several[0].who
    assert isinstance(who, Several)
    verb = next((token.key for token in clause.tokens if token.part == "verb"), "")
    predicates = tuple(lexicon.meanings["verbs"][verb]["predicates"]) if verb else ()
    fact = Fact(predicates or (_PURCHASES if order == "more" else _BEGINNINGS), object=who)
    yield Meaning("rank", fact, "subject", who=who.whos, limits=Limits(order=order))


def foremost(found: Iterable[Evidence], groups: Sequence[Sequence[str]], order: str) -> list[Evidence]:
    """The deciding claim about each group of ids, the foremost first.

    Empty where a group has no figure, where two are alike, or where amounts are in several currencies.
    """
    told = [one for one in found if _figure(one, order) is not None]
    reverse = order != "first"
    known = [sorted((one for one in told if one.object.id in ids), key=lambda one: str(one.claim)) for ids in groups]
    if not all(known):
        return []
    deciding = [_best(claims, order) for claims in known]
    figures = [_figure(one, order) for one in deciding]
    units = {one.value("currency") for one in deciding} if order == "more" else set()
    if len(set(figures)) < len(figures) or len(units) > 1:
        return []
    return sorted(deciding, key=lambda one: _figure(one, order) or "", reverse=reverse)


def _best(claims: Sequence[Evidence], order: str) -> Evidence:
    """Of a thing's claims the one with the largest amount, else with the earliest date: when it began."""
    pick = max if order == "more" else min
    return pick(claims, key=lambda one: _figure(one, order) or "")


def _figure(one: Evidence, order: str) -> str | None:
    """The figure that decides, as a text that sorts as it does; None where the claim has none."""
    if order != "more":
        return one.when or None
    amount = one.value("amount")
    return f"{amount:020.2f}" if isinstance(amount, (int, float)) else None


__all__ = ["ORDERS", "foremost", "rankings"]
