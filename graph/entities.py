"""Entities: one by its id or an id it had, its relations, and what lies around it."""

import json
from dataclasses import dataclass

from graph.cursors import RELATIONS
from graph.errors import Ambiguous, Moved, NotFound
from graph.identity import suffixes
from graph.names import slug
from graph.reader import Reader, link, of_types, ref_of
from graph.readings import Dot, Link, Neighbourhood, Page, Profile

FAN_OUT = 4  # relations read at most for each entity that a neighbourhood may still take


@dataclass(frozen=True, slots=True)
class RelationFilter:
    """Which relations of an entity: `outward` True for those it is the subject of, False for the object, None for both.

    `as_of` is a date, partial or whole, at which they held.
    """

    predicates: tuple[str, ...] = ()
    outward: bool | None = None
    status: tuple[str, ...] = ()
    other: str | None = None
    current: bool | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How much of what lies around an entity: `depth` in relations, `limit` in entities."""

    depth: int = 1
    predicates: tuple[str, ...] = ()
    as_of: str | None = None
    limit: int = 300


def entity(reader: Reader, id_: str) -> Profile:
    """The entity of that id; raises Moved with the id it has now, Ambiguous where it was split, NotFound."""
    row = reader.one("entity", {"id": id_})
    if row is None:
        raise _elsewhere(reader, id_)
    ref, names, claims, documents, spoken = row
    degrees = reader.rows("entity_degrees", {"id": id_}, types="|".join(reader.predicates))
    order = {text: place for place, text in enumerate(names or ())}
    by_language: dict[str, list[str]] = {}
    for text, language in sorted(spoken, key=lambda pair: order.get(pair[0], len(order))):
        if text is not None:
            by_language.setdefault(language, []).append(text)
    return Profile(
        ref=ref_of(ref),
        names={language: tuple(texts) for language, texts in by_language.items()},
        claims=claims or 0,
        documents=documents or 0,
        relations=dict(sorted(degrees)),
    )


def is_known(reader: Reader, id_: str) -> bool:
    """Whether there is an entity of that very id."""
    return bool(reader.rows("refs", {"ids": [id_]}))


def _elsewhere(reader: Reader, id_: str) -> Moved | Ambiguous | NotFound:
    """Why there is no entity of that id: it has another id now, it was split, or it never was."""
    if "--" in id_:
        return _moved_pair(reader, id_)
    found = heirs(reader, id_)
    if len(found) == 1:
        return Moved(id_, found[0])
    if found:
        return Ambiguous(f"{id_} is now one of several: {', '.join(found)}", found)
    return NotFound(f"no entity {id_}")


def heirs(reader: Reader, id_: str) -> tuple[str, ...]:
    """The entities that may have had this id: they bear a name whose slug it is, and its suffix fits them."""
    base, _, suffix = id_.partition(".")
    bearers = sorted(reader.rows("entity_bearers", {"slug": base}))
    if id_ in [found for found, *_ in bearers]:
        return (id_,)
    return tuple(
        found
        for found, kinds, keys in bearers
        if not suffix
        or suffix in suffixes({"kinds": kinds, "keys": keys, "refs": ()})
        or suffix in suffixes({"kinds": kinds, "keys": keys, "refs": sorted(_referents(reader, found))})
    )


def _referents(reader: Reader, id_: str) -> set[str]:
    """Where documents tell of the entity: "document/id it has there"."""
    rows = reader.rows("referents", {"id": id_})
    return {f"{document}/{json.loads(said)[type_.lower()][0]}" for type_, document, said in rows}


def _moved_pair(reader: Reader, id_: str) -> Moved | NotFound:
    """A partnership that nobody named has the ids of its two parties, and moves with them."""
    halves = [heirs(reader, half) for half in id_.split("--")]
    if all(len(found) == 1 for found in halves):
        now = "--".join(sorted(found[0] for found in halves))
        if now != id_ and reader.one("entity", {"id": now}):
            return Moved(id_, now)
    return NotFound(f"no entity {id_}")


def by_slug(reader: Reader, text: str) -> tuple[str, ...]:
    """The entities that bear a name which would give the same id as the text."""
    return tuple(sorted(e for e, *_ in reader.rows("entity_bearers", {"slug": slug(text)})))


def relations(
    reader: Reader, id_: str, wanted: RelationFilter, limit: int = 50, after: str | None = None
) -> Page[Link]:
    """The entity's relations, those told of by most documents first."""
    documents, last = RELATIONS.place_of(after)
    types = reader.types(wanted.predicates)
    parameters = _parameters(reader, id_, wanted)
    page = {"limit": limit + 1, "documents": documents, "after": last}
    links = reader.links("relations", parameters | page, types)
    counted = reader.links_count(parameters, types) if after is None else None
    more = links[limit - 1] if len(links) > limit else None
    return Page(links[:limit], counted, RELATIONS.cursor(more.documents, more.id) if more else None)


def _parameters(reader: Reader, id_: str, wanted: RelationFilter) -> dict[str, object]:
    return {
        "id": id_,
        "status": list(wanted.status) or None,
        "other": wanted.other,
        "outward": wanted.outward,
        "symmetric": list(reader.symmetric),
        "current": wanted.current,
        "as_of": wanted.as_of,
    }


def neighbourhood(reader: Reader, id_: str, around: Surroundings) -> Neighbourhood:
    """What lies within `depth` relations of the entity, nearest and best supported first, up to `limit` entities."""
    types = reader.types(around.predicates)
    distance = {id_: 0}
    truncated = False
    frontier = [id_]
    for step in range(1, around.depth + 1):
        room = around.limit - len(distance)
        if not frontier:
            break
        read = max(room, 1) * FAN_OUT
        asked = {"ids": frontier, "seen": list(distance), "as_of": around.as_of, "limit": read}
        reached = reader.gathered("reached", asked, **of_types(types))
        fresh = dict.fromkeys(end for ends in reached for end in ends if end not in distance)
        truncated = truncated or len(fresh) > room or len(reached) == read
        frontier = list(fresh)[: max(room, 0)]
        distance.update(dict.fromkeys(frontier, step))
    bound = max(len(distance), 1) * FAN_OUT * 4
    dots = _dots(reader, distance)
    refs = {dot.ref.id: dot.ref for dot in dots}
    ids = list(distance)
    within = {"ids": ids, "among": dict.fromkeys(ids, True), "as_of": around.as_of, "limit": bound}
    links = tuple(
        link(predicate, refs[start], refs[end], properties)
        for predicate, start, end, properties in reader.gathered("relations_between", within, **of_types(types))
        if start in refs and end in refs
    )
    return Neighbourhood(dots, links, truncated or len(links) == bound)


def _dots(reader: Reader, distance: dict[str, int]) -> tuple[Dot, ...]:
    rows = reader.rows("degrees", {"ids": list(distance)}, types="|".join(reader.predicates))
    dots = (
        Dot(ref_of(ref), tuple(names or ()), claims or 0, degree, distance[id_])
        for id_, names, claims, degree, ref in rows
    )
    return tuple(sorted(dots, key=lambda dot: (dot.distance, -dot.claims, dot.ref.id)))
