"""Cooperations: claims of partnership that tell of one, with its parties and products."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from graph.model import Claim, Referent
from loaders.candidates import Reading
from loaders.schema import PRODUCT

PARTNERS = "PARTNERS_WITH"
_LIST = 3  # a sentence with more products than this lists them; it does not say which of them is meant


def with_cooperations(claims: list[Claim], reading: Reading, offset: int) -> list[Claim]:
    """The claims, those of partnership with the products of their sentence, and with one name where three take part.

    `offset` is where the reading's text starts in the document.
    """
    shared = _cooperations(claims)
    return [_completed(claim, shared, reading, offset) if claim.predicate == PARTNERS else claim for claim in claims]


def _completed(claim: Claim, shared: dict[str, str], reading: Reading, offset: int) -> Claim:
    more: dict[str, Any] = {}
    products = _products(reading, claim.start - offset, claim.end - offset)
    if products:
        more["products"] = products
    if claim.id in shared:
        more["partnership"] = shared[claim.id]
    return replace(claim, attributes={**claim.attributes, **more}, id="") if more else claim


def _products(reading: Reading, start: int, end: int) -> list[str]:
    """The products named in a quote, each by the name it has most; none where the quote lists many."""
    inside = [
        entity.names[0]
        for entity in reading.entities
        if entity.kind == PRODUCT
        and any(start <= reading.mentions[i].start and reading.mentions[i].end <= end for i in entity.mentions)
    ]
    return inside if len(inside) <= _LIST else []


def _cooperations(claims: Sequence[Claim]) -> dict[str, str]:
    """For each claim of a cooperation of three or more, by its id, the names of all parties.

    Such are companies of which every two are said in the same words to be partners.
    """
    told: defaultdict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate == PARTNERS:
            told[claim.start, claim.end].append(claim)
    found = {}
    for members in told.values():
        parties = {end.id: end for claim in members for end in (claim.subject, claim.object)}
        pairs = {frozenset((claim.subject.id, claim.object.id)) for claim in members}
        if len(parties) > 2 and all(frozenset(pair) in pairs for pair in combinations(parties, 2)):
            found.update(dict.fromkeys((claim.id for claim in members), _title(list(parties.values()))))
    return found


def _title(parties: Sequence[Referent]) -> str:
    return " – ".join(sorted(party.names[0] for party in parties))
