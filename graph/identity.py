"""Which names are one: referents of documents grouped into entities by judgement, name and context, and their ids.

Everything here is a pure function of all referents and judgements together, never of the order they came in. What may
join two referents is a key they share, or a judgement that names a key of each, and nothing else: so all that a change
can touch is found by looking keys up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from graph.aliases import preferred
from graph.grouping import grouped
from graph.model import Judgement, Name
from graph.names import key, name_of, short_hash, weak

Ref = tuple[str, str]  # document id, id of the referent within the document


@dataclass(slots=True)
class Bearer:
    """A referent over all claims of its document: the kinds and names it has there.

    One only named in passing (a product listed in a partnership) may be another referent of the same document.
    `context` are words for the entities that its document links it with, alike in every language the dictionary knows.
    """

    ref: Ref
    kinds: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)
    in_passing: bool = False
    context: set[str] = field(default_factory=set)

    def named(self) -> Iterator[tuple[str, str]]:
        """(kind, name) pairs, names of one key side by side."""
        for kind in sorted(self.kinds) if len(self.kinds) > 1 else self.kinds:
            names = sorted(self.names, key=lambda name: key(name, kind)) if len(self.names) > 1 else self.names
            for name in names:
                yield kind, name

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
        return tuple(sorted(set().union(*[bearer.kinds for bearer in self.bearers])))

    @property
    def first(self) -> Ref:
        """The smallest reference: what tells this cluster from another of the same name."""
        return min(bearer.ref for bearer in self.bearers)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Its names, best first: the dictionary's, strong before weak, Latin first, often used first, short first."""
        kind = self.kinds[0]
        counts = Counter(chain.from_iterable(bearer.names for bearer in self.bearers))
        counts.update(dict.fromkeys(self.aliases, 0))
        names = (name_of(text, kind) for text in counts)
        best = preferred(kind, counts)
        return tuple(sorted(names, key=lambda name: (name.text not in best, *_rank(name, counts[name.text], kind))))


def _rank(name: Name, count: int, kind: str) -> tuple[bool, bool, int, bool, int, str]:
    # The count is capped so that an entity's best name, and so its id, settles early and stays.
    ticker = name.text.isupper() and (len(name.text) <= 5 or "." in name.text)
    return weak(name.text, kind), name.language != "en", -min(count, 3), ticker, len(name.text), name.text


def cluster(bearers: Sequence[Bearer], judgements: Iterable[Judgement]) -> list[Cluster]:
    """The bearers grouped into entities: those judged the same, and those that share a name and a kind.

    A name does not join where two bearers of it are known to be different (told apart in one document, or judged so),
    nor where many may bear it: there they must share something else, such as a company both are linked with.
    """
    groups = grouped(bearers, judgements)
    names = groups.judged_names()
    return [
        Cluster(tuple([groups.bearers[i] for i in found]), tuple(sorted(names.get(root, ()))))
        for root, found in groups.members().items()
    ]


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
