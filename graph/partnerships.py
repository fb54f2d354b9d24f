"""Partnerships: their parties, their products, and the claims that make them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graph.cursors import PARTNERSHIPS
from graph.errors import NotFound
from graph.evidence import claims_by_id
from graph.reader import Reader, ref_of
from graph.readings import Cooperation, Page


def partnerships(
    reader: Reader, parties: Sequence[str] = (), product: str | None = None, limit: int = 50, after: str | None = None
) -> Page[Cooperation]:
    """Partnerships in which all these companies take part, about the product where one is named; best known first."""
    claims, last = PARTNERSHIPS.place_of(after)
    filters = {"parties": list(dict.fromkeys(parties)), "product": product}
    ids = reader.rows("partnerships", filters | {"claims": claims, "after": last, "limit": limit + 1})
    found = _whole(reader, [id_ for id_, _ in ids[:limit]])
    place = PARTNERSHIPS.cursor(ids[limit - 1][1], ids[limit - 1][0]) if len(ids) > limit else None
    total = int(reader.rows("partnerships_count", filters)[0][0]) if after is None else None
    return Page(tuple(found[id_] for id_, _ in ids[:limit] if id_ in found), total, place)


def partnership(reader: Reader, id_: str) -> Cooperation:
    """The partnership of that id; raises NotFound."""
    found = _whole(reader, [id_])
    if id_ not in found:
        raise NotFound(f"no partnership {id_}")
    return found[id_]


def _whole(reader: Reader, ids: Sequence[str]) -> dict[str, Cooperation]:
    rows = reader.rows("partnerships_whole", {"ids": list(ids)})
    told = {row[0][0]: sorted({id_ for ids_ in row[3] for id_ in ids_ or ()}) for row in rows}
    evidence = claims_by_id(reader, (id_ for ids_ in told.values() for id_ in ids_))
    found = {row[0][0]: _cooperation(row) for row in rows}
    return {
        id_: replace(one, claims=tuple(evidence[claim] for claim in told[id_] if claim in evidence))
        for id_, one in found.items()
    }


def _cooperation(row: Sequence[Any]) -> Cooperation:
    ref, parties, products, _, claims, documents = row
    return Cooperation(
        ref=ref_of(ref),
        parties=tuple(sorted((ref_of(one) for one in parties), key=lambda one: one.id)),
        products=tuple(sorted((ref_of(one) for one in products), key=lambda one: one.id)),
        claim_count=claims or 0,
        documents=documents or 0,
    )
