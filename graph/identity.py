"""Which names are one: referents of documents grouped into entities by folded name and judgement, and their ids.

Everything here is a pure function of all referents and judgements together, never of the order they came in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.model import Judgement, Name, Side
from graph.names import key, name_of, short_hash, weak

Ref = tuple[str, str]  # document id, id of the referent within the document


@dataclass(slots=True)
class Bearer:
    """A referent over all claims of its document: the kinds and names it has there.

    One only named in passing (a product listed in a partnership) may be another referent of the same document.
    """

    ref: Ref
    kinds: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)
    in_passing: bool = False

    def keys(self, *, strong: bool) -> Iterator[tuple[str, str]]:
        """(kind, folded name) pairs; with `strong` only of names long enough to mean one entity everywhere."""
        for kind in self.kinds:
            for name in self.names:
                if not (strong and weak(name, kind)):
                    yield kind, key(name, kind)


@dataclass(frozen=True)
class Cluster:
    """The bearers that are one entity, and the names that judgements add."""

    bearers: tuple[Bearer, ...]
    aliases: tuple[str, ...] = ()

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that a bearer gives it, sorted."""
        return tuple(sorted({kind for bearer in self.bearers for kind in bearer.kinds}))

    @property
    def first(self) -> Ref:
        """The smallest reference: what tells this cluster from another of the same name."""
        return min(bearer.ref for bearer in self.bearers)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names, best first: strong before weak, Latin first, often used first, short first."""
        kind = self.kinds[0]
        counts = Counter(name for bearer in self.bearers for name in bearer.names)
        counts.update(dict.fromkeys(self.aliases, 0))
        names = (name_of(text, kind) for text in counts)
        return tuple(sorted(names, key=lambda name: _rank(name, counts[name.text], kind)))


def _rank(name: Name, count: int, kind: str) -> tuple[bool, bool, int, bool, int, str]:
    # The count is capped so that an entity's best name, and so its id, settles early and stays.
    ticker = name.text.isupper() and len(name.text) <= 5
    return weak(name.text, kind), name.language != "en", -min(count, 3), ticker, len(name.text), name.text


def cluster(bearers: Sequence[Bearer], judgements: Iterable[Judgement]) -> list[Cluster]:
    """The bearers grouped into entities: those judged the same, and those that share a name and a kind.

    A name does not join where two bearers of it are known to be different: told apart in one document, or judged so.
    """
    by_ref = sorted(bearers, key=lambda bearer: bearer.ref)
    by_id = sorted(judgements, key=lambda judgement: judgement.id)
    return _Groups(by_ref, by_id).clusters()


class _Groups:
    """Union-find over bearers that refuses to join what a judgement keeps apart."""

    def __init__(self, bearers: Sequence[Bearer], judgements: Sequence[Judgement]) -> None:
        self.bearers = bearers
        self.parent = list(range(len(bearers)))
        self.apart: dict[int, set[tuple[str, int]]] = {}
        self.aliases: dict[int, dict[str, None]] = {}
        self.by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, bearer in enumerate(bearers):
            for pair in set(bearer.keys(strong=False)):
                self.by_key[pair].append(index)
        for judgement in judgements:
            if judgement.verdict == "not_same":
                self._keep_apart(judgement)
        for judgement in judgements:
            if judgement.verdict == "same":
                self._join_judged(judgement)
        self._join_by_name()

    def find(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, one: int, other: int) -> bool:
        """Make the two groups one; False where a judgement keeps them apart."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return True
        if self._forbidden(self.apart.get(one, set()), self.apart.get(other, set())):
            return False
        self.parent[other] = one
        if other in self.apart:
            self.apart[one] = self.apart.get(one, set()) | self.apart.pop(other)
        return True

    @staticmethod
    def _forbidden(one: set[tuple[str, int]], other: set[tuple[str, int]]) -> bool:
        return any((judgement, 1 - side) in other for judgement, side in one)

    def _bearing(self, side: Side) -> list[int]:
        kinds = [side.kind] if side.kind else sorted({kind for kind, _ in self.by_key})
        found = [i for kind in kinds for i in self.by_key.get((kind, key(side.name, kind)), ())]
        return [i for i in found if side.document in (None, self.bearers[i].ref[0])]

    def _keep_apart(self, judgement: Judgement) -> None:
        left, right = (set(self._bearing(side)) for side in judgement.sides)
        for side, members in enumerate((left - right, right - left)):
            for index in members:
                self.apart.setdefault(index, set()).add((judgement.id, side))

    def _join_judged(self, judgement: Judgement) -> None:
        across = all(side.kind for side in judgement.sides)
        found = sorted({i for side in judgement.sides for i in self._bearing(side)})
        heads: dict[str, int] = {}
        for index in found:
            for kind in [""] if across else sorted(self.bearers[index].kinds):
                self.join(heads.setdefault(kind, index), index)
        for head in heads.values():
            names = self.aliases.setdefault(head, {})
            names.update((side.name, None) for side in judgement.sides if side.document is None)

    def _join_by_name(self) -> None:
        for pair in sorted(self.by_key):
            members = [i for i in self.by_key[pair] if self._strong(i, pair)]
            if len(members) > 1 and not self._ambiguous(members):
                for index in members[1:]:
                    self.join(members[0], index)

    def _strong(self, index: int, pair: tuple[str, str]) -> bool:
        return any(found == pair for found in self.bearers[index].keys(strong=True))

    def _ambiguous(self, members: Sequence[int]) -> bool:
        """Whether two of the bearers are known to be different entities."""
        roots = dict.fromkeys(self.find(i) for i in members)
        seen: dict[str, int] = {}
        for index in members:
            if self.bearers[index].in_passing:
                continue
            if seen.setdefault(self.bearers[index].ref[0], self.find(index)) != self.find(index):
                return True
        marks = [self.apart[root] for root in roots if root in self.apart]
        return any(self._forbidden(one, other) for n, one in enumerate(marks) for other in marks[n + 1 :])

    def clusters(self) -> list[Cluster]:
        members: dict[int, list[Bearer]] = defaultdict(list)
        aliases: dict[int, dict[str, None]] = defaultdict(dict)
        for index, bearer in enumerate(self.bearers):
            members[self.find(index)].append(bearer)
        for index, names in self.aliases.items():
            aliases[self.find(index)].update(names)
        return [Cluster(tuple(found), tuple(sorted(aliases[root]))) for root, found in members.items()]


def mint(clusters: Sequence[Cluster]) -> dict[str, Cluster]:
    """An id for each cluster: the slug of its best name; where several would have it, each gets a suffix after a dot.

    The suffix is the kind where that tells them apart, else a short hash of the name or of the first document.
    """
    wanted: dict[str, list[Cluster]] = defaultdict(list)
    for found in clusters:
        wanted[found.names[0].slug].append(found)
    return dict(pair for slug, group in wanted.items() for pair in _told_apart(slug, group))


def _told_apart(slug: str, group: Sequence[Cluster]) -> Iterator[tuple[str, Cluster]]:
    if len(group) == 1:
        yield slug, group[0]
        return
    kinds = Counter(found.kinds for found in group)
    keys = Counter(found.names[0].key for found in group)
    for found in group:
        name = found.names[0].key
        if kinds[found.kinds] == 1:
            suffix = "-".join(found.kinds).lower()
        elif keys[name] == 1:
            suffix = short_hash(name, 4)
        else:
            suffix = short_hash("/".join(found.first), 8)
        yield f"{slug}.{suffix}", found


def suffixes(found: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Every suffix that an entity with these `kinds`, `keys` and `refs` may have carried, now or before."""
    refs = (short_hash(ref, 8) for ref in found["refs"])
    names = (short_hash(name, 4) for name in found["keys"])
    return frozenset(["-".join(sorted(found["kinds"])).lower(), *names, *refs])
