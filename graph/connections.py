"""Ways from one entity to another over relations that hold as fact, those best supported first.

    from ──▶ ring ──▶ ring ─┐
                            ├─ the part of the graph between them ─▶ ways, best first
    to ────▶ ring ──────────┘

Both ends are widened in turn, one batched read a ring, so that a hub is read once and only its best part.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graph.evidence import claims_by_id
from graph.reader import Reader
from graph.readings import Evidence, Hop, Link, Ref, Way, Ways

WIDEST = 2000  # relations read at most for one ring
LARGEST = 20000  # relations held at most
STEPS = 50000  # partial ways looked at most
CLAIMS_SHOWN = 5  # of each hop; all ids stand in its relation
_DERIVED = ("PARTY_TO", "INVOLVES")


@dataclass(frozen=True, slots=True)
class Route:
    """Which ways: their ends, at most `max_hops` relations, of these predicates, held at `as_of`."""

    start: str
    end: str
    max_hops: int = 4
    predicates: tuple[str, ...] = ()
    as_of: str | None = None
    limit: int = 5


@dataclass(slots=True)
class _Field:
    """The part of the graph read so far: relations between pairs of entities."""

    links: dict[str, Link] = field(default_factory=dict)
    beside: dict[str, dict[str, list[Link]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    refs: dict[str, Ref] = field(default_factory=dict)
    truncated: bool = False

    def add(self, links: Sequence[Link]) -> None:
        """Take relations in, each once."""
        for link in links:
            if link.id not in self.links:
                self.links[link.id] = link
                self.beside[link.start.id][link.end.id].append(link)
                self.beside[link.end.id][link.start.id].append(link)
                self.refs[link.start.id], self.refs[link.end.id] = link.start, link.end


def connections(reader: Reader, route: Route) -> Ways:
    """The best ways; a partnership stands on one only where it is asked for or there is no other way."""
    asked = reader.types(route.predicates)
    direct = asked if route.predicates else tuple(name for name in asked if name not in _DERIVED)
    found = _between(reader, route, direct)
    if not found.ways and direct != asked:
        return _between(reader, route, asked)
    return found


def _between(reader: Reader, route: Route, types: Sequence[str]) -> Ways:
    area = _read(reader, route, types)
    ways = list(_best_ways(area, route, reader))
    evidence = claims_by_id(reader, (id_ for way, _ in ways for id_ in _shown(area, way, reader)))
    built = tuple(Way(tuple(_hops(area, way, evidence, reader)), round(score, 4)) for way, score in ways)
    inner = Counter(id_ for way, _ in ways for id_ in way[1:-1])
    between = tuple((area.refs[id_], count) for id_, count in inner.most_common())
    return Ways(built, between, area.truncated)


def _read(reader: Reader, route: Route, types: Sequence[str]) -> _Field:
    """Widen both ends in turn, the narrower first, until together they reach over every way of `max_hops`."""
    area = _Field()
    rings: dict[str, set[str]] = {route.start: {route.start}, route.end: {route.end}}
    seen: dict[str, set[str]] = {end: set(ring) for end, ring in rings.items()}
    for _ in range(route.max_hops):
        end = min(rings, key=lambda side: (not rings[side], len(rings[side])))
        if not rings[end] or len(area.links) > LARGEST:
            area.truncated = area.truncated or len(area.links) > LARGEST
            break
        asked = {"ids": sorted(rings[end]), "seen": [], "as_of": route.as_of, "limit": WIDEST}
        links = reader.links("neighbours", asked, types)
        area.truncated = area.truncated or len(links) == WIDEST
        area.add(links)
        touched = {ref.id for link in links for ref in (link.start, link.end)}
        rings[end] = touched - seen[end]
        seen[end] |= touched
    return area


def _best_ways(area: _Field, route: Route, reader: Reader) -> Iterator[tuple[list[str], float]]:
    """Simple ways in order of how well they are supported, then of length: best-first search with exact bounds."""
    ahead = _costs_to(area, route, reader)
    queue: list[tuple[float, int, list[str], float]] = []
    if route.start in ahead[route.max_hops]:
        heapq.heappush(queue, (ahead[route.max_hops][route.start], 0, [route.start], 0.0))
    given = 0
    for _ in range(STEPS):
        if not queue or given == route.limit:
            return
        _, length, way, cost = heapq.heappop(queue)
        if way[-1] == route.end:
            given += 1
            yield way, math.exp(-cost)
            continue
        left = ahead[route.max_hops - length - 1] if length < route.max_hops else {}
        for other, links in area.beside[way[-1]].items():
            if other in left and other not in way:
                so_far = cost + _cost(links, reader)
                heapq.heappush(queue, (so_far + left[other], length + 1, [*way, other], so_far))
    area.truncated = True


def _costs_to(area: _Field, route: Route, reader: Reader) -> list[dict[str, float]]:
    """For each number of hops still allowed: the least cost from each entity to the end."""
    costs: list[dict[str, float]] = [{route.end: 0.0}]
    for _ in range(route.max_hops):
        reached = dict(costs[-1])
        for id_, cost in costs[-1].items():
            for other, links in area.beside[id_].items():
                through = cost + _cost(links, reader)
                if through < reached.get(other, math.inf):
                    reached[other] = through
        costs.append(reached)
    return costs


def _cost(links: Sequence[Link], reader: Reader) -> float:
    return -math.log(max(support(link, reader) for link in links))


def support(link: Link, reader: Reader) -> float:
    """How well a relation is supported, above 0 and below 1: by independent documents, more while it still holds.

    What the text only links (AFFILIATED_WITH), what is over, only announced, or also denied counts less.
    """
    documents = 1 - 0.5 ** max(link.documents, 1)
    claims = 1 - 0.8 ** max(len(link.claims), 1)
    strength = 0.35 + 0.45 * documents + 0.15 * claims
    if reader.ontology.predicates[link.predicate].weak:
        strength *= 0.5
    if not link.current:
        strength *= 0.8
    if link.status in ("announced", "pending"):
        strength *= 0.95
    return strength * (0.6 if link.against else 1.0)


def _ranked(area: _Field, start: str, end: str, reader: Reader) -> list[Link]:
    return sorted(area.beside[start][end], key=lambda link: (-support(link, reader), link.id))


def _shown(area: _Field, way: Sequence[str], reader: Reader) -> Iterator[str]:
    for start, end in pairwise(way):
        yield from _ranked(area, start, end, reader)[0].claims[:CLAIMS_SHOWN]


def _hops(area: _Field, way: Sequence[str], evidence: Mapping[str, Evidence], reader: Reader) -> Iterator[Hop]:
    for start, end in pairwise(way):
        link, *others = _ranked(area, start, end, reader)
        claims = tuple(evidence[id_] for id_ in link.claims[:CLAIMS_SHOWN] if id_ in evidence)
        yield Hop(area.refs[start], area.refs[end], link, claims, tuple(others))
