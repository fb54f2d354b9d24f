"""Puts referents into groups, each one entity: by people's judgements, by the dictionary, by name, by name and context.

Each step may only join what no step before keeps apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from graph.aliases import DICTIONARY, group_of
from graph.folding import HAN
from graph.model import Judgement, Side
from graph.names import common, key, reading, sound, weak

if TYPE_CHECKING:
    from graph.identity import Bearer

Pair = tuple[str, str]  # kind, folded name


class _Spelling(NamedTuple):
    """What joining asks of a name of a kind."""

    pair: Pair
    weak: bool
    common: bool
    reading: str
    listed: bool  # in the dictionary


@lru_cache(maxsize=1 << 17)
def _spelling(kind: str, name: str) -> _Spelling:
    folded = key(name, kind)
    told = weak(name, kind), common(name, kind), reading(name, kind)
    return _Spelling((kind, folded), *told, group_of(kind, folded) is not None)


def _append(indexes: list[int], index: int) -> None:
    """Append once; the names of one key come side by side."""
    if not indexes or indexes[-1] != index:
        indexes.append(index)


class Groups:
    """Union-find over bearers that refuses to join what is known to be two."""

    def __init__(self, bearers: Sequence["Bearer"]) -> None:
        self.bearers = bearers
        self._parent = list(range(len(bearers)))
        self._apart: dict[int, set[tuple[str, int]]] = {}
        self._known: dict[int, frozenset[str]] = {}
        self._judged: list[tuple[int, str, Judgement]] = []
        self._by_key: dict[Pair, list[int]] = defaultdict(list)
        self._strong: dict[Pair, list[int]] = defaultdict(list)
        self._common: set[Pair] = set()
        self._by_reading: dict[str, dict[int, str]] = defaultdict(dict)
        self._listed: list[int] = []
        for index, bearer in enumerate(bearers):
            for kind, name in bearer.named():
                pair, is_weak, is_common, read, listed = _spelling(kind, name)
                _append(self._by_key[pair], index)
                if not is_weak:
                    _append(self._strong[pair], index)
                if is_common:
                    self._common.add(pair)
                if read:
                    self._by_reading[read].setdefault(index, name)
                if listed:
                    _append(self._listed, index)

    def decide(self, judgements: Sequence[Judgement]) -> None:
        """Join and keep apart; the judgements come in the order of their ids."""
        given = [judgement for judgement in judgements if judgement.author != DICTIONARY]
        for judgement in given:
            if judgement.verdict == "not_same":
                self._keep_apart(judgement)
        for judgement in given:
            if judgement.verdict == "same":
                self._join_judged(judgement)
        self._join_by_dictionary([judgement for judgement in judgements if judgement.author == DICTIONARY])
        for pair in sorted([pair for pair, members in self._strong.items() if len(members) > 1]):
            self._join_by_name(pair, self._strong[pair])
        for read in sorted(self._by_reading):
            self._join_by_reading(self._by_reading[read])

    def find(self, index: int) -> int:
        """The bearer that stands for the group of this one."""
        parent = self._parent
        above = parent[index]
        while above != index:
            parent[index] = above = parent[above]
            index, above = above, parent[above]
        return index

    def members(self) -> dict[int, list[int]]:
        """Group -> its bearers."""
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self.bearers)):
            found[self.find(index)].append(index)
        return found

    def judged_names(self) -> dict[int, dict[str, None]]:
        """Group -> the names that judgements give it, as far as all who bear them are in the group."""
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for head, kind, judgement in self._judged:
            for side in judgement.sides:
                pair = side.kind or kind, key(side.name, side.kind or kind)
                everyone = {self.find(index) for index in self._by_key.get(pair, ())}
                if side.document is None and everyone <= {self.find(head)}:
                    found[self.find(head)][side.name] = None
        return found

    # What is known to be one or two

    def _join(self, one: int, other: int) -> bool:
        """Make one group of the two where that is allowed; whether they are one now."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return True
        if self._forbidden(one, other):
            return False
        self._parent[other] = one
        if other in self._apart:
            self._apart[one] = self._apart.get(one, set()) | self._apart.pop(other)
        if other in self._known:
            self._known[one] = self._known.get(one, frozenset()) | self._known.pop(other)
        return True

    def _join_all(self, members: Sequence[int]) -> None:
        """Join each with the first group that may take it."""
        heads: list[int] = []
        for index in members:
            for head in heads:
                if self._join(head, index):
                    break
            else:
                heads.append(index)

    def _forbidden(self, one: int, other: int) -> bool:
        """Whether a judgement parts the two groups, or the dictionary knows them as two."""
        apart = self._apart.get(one)
        if apart:
            across = self._apart.get(other, ())
            if any((judgement, 1 - side) in across for judgement, side in apart):
                return True
        known = self._known.get(one)
        if known is None:
            return False
        others = self._known.get(other)
        return others is not None and not known & others

    def _bearing(self, side: Side) -> list[int]:
        kinds = [side.kind] if side.kind else sorted({kind for kind, _ in self._by_key})
        found = [i for kind in kinds for i in self._by_key.get((kind, key(side.name, kind)), ())]
        return [i for i in found if side.document in (None, self.bearers[i].ref[0])]

    def _keep_apart(self, judgement: Judgement) -> None:
        left, right = (set(self._bearing(side)) for side in judgement.sides)
        for side, members in enumerate((left - right, right - left)):
            for index in members:
                self._apart.setdefault(index, set()).add((judgement.id, side))

    def _join_judged(self, judgement: Judgement) -> None:
        across = all(side.kind for side in judgement.sides)
        alike: dict[str, list[int]] = defaultdict(list)
        for index in sorted({i for side in judgement.sides for i in self._bearing(side)}):
            for kind in sorted(self.bearers[index].kinds):
                alike["" if across else kind].append(index)
                self._judged.append((index, kind, judgement))
        for members in alike.values():
            self._join_all(members)

    # The dictionary

    def _join_by_dictionary(self, judgements: Sequence[Judgement]) -> None:
        entries = {group_of(j.sides[0].kind or "", key(j.sides[0].name, j.sides[0].kind or "")): j for j in judgements}
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index in self._listed:
            for kind in sorted(self.bearers[index].kinds):
                group = self._entry(index, kind)
                if group in entries:
                    found[kind, group].append(index)
        for (kind, group), members in found.items():
            for index in members:
                root = self.find(index)
                self._known[root] = self._known.get(root, frozenset()) | {f"{kind} {group}"}
        for (kind, group), members in sorted(found.items()):
            self._join_all(members)
            self._judged += [(index, kind, entries[group]) for index in members]

    def _entry(self, index: int, kind: str) -> str:
        """The dictionary's group that most of the bearer's names of the kind belong to; "" where there is none."""
        bearer = self.bearers[index]
        votes: dict[str, int] = defaultdict(int)
        for name in bearer.names:
            folded = key(name, kind)
            group = group_of(kind, folded)
            if group and not self._told_apart(index, (kind, folded)):
                votes[group] += 1
        return min(votes, key=lambda group: (-votes[group], group)) if votes else ""

    def _told_apart(self, index: int, pair: Pair) -> bool:
        """Whether the bearer's document has another entity of the name."""
        document = self.bearers[index].ref[0]
        return any(
            self.bearers[i].ref[0] == document and self.find(i) != self.find(index) and not self.bearers[i].in_passing
            for i in self._by_key[pair]
        )

    # Names

    def _join_by_name(self, pair: Pair, members: Sequence[int]) -> None:
        if pair in self._common or self._ambiguous(members) or self._short(pair, members):
            self._join_by_context(pair, members)
            return
        self._join_all(members)

    def _ambiguous(self, members: Sequence[int]) -> bool:
        """Whether two of the bearers are known to be different entities."""
        seen: dict[str, int] = {}
        roots: set[int] = set()
        for index in members:
            bearer, root = self.bearers[index], self.find(index)
            roots.add(root)
            if not bearer.in_passing and seen.setdefault(bearer.ref[0], root) != root:
                return True
        marked = [root for root in roots if root in self._apart or root in self._known]
        return any(self._forbidden(one, other) for n, one in enumerate(marked) for other in marked[n + 1 :])

    def _short(self, pair: Pair, members: Sequence[int]) -> bool:
        """Whether the name is short for different names: of Halden Lines here, of Halden Foods there; 思远 of 陈思远.

        A short name of a company means the same one as long as no two longer names of it contradict each other;
        one of a person, a first name or a surname, is always its document's own.
        """
        kind, folded = pair
        many = [index for index in members if len(self.bearers[index].names) > 1]
        longer = [found for index in many if (found := self._longer(index, kind, folded))]
        return bool(longer) and (kind == "Person" or not frozenset.intersection(*longer))

    def _longer(self, index: int, kind: str, folded: str) -> frozenset[str]:
        """The bearer's names that the folded name is a part of."""
        keys = (key(name, kind) for name in self.bearers[index].names)
        return frozenset(found for found in keys if folded != found and folded in found)

    def _join_by_context(self, pair: Pair, members: Sequence[int]) -> None:
        """Join the bearers of one name that share something else which tells them from the others."""
        sharing: dict[str, list[int]] = defaultdict(list)
        documents: dict[int, set[str]] = defaultdict(set)
        for index in members:
            documents[self.find(index)].add(self.bearers[index].ref[0])
            for word in {*self.bearers[index].context, *self._other_names(index, pair)}:
                sharing[word].append(index)
        for word in sorted(sharing):
            if self._telling(sharing[word]):
                self._join_across(sharing[word], documents)

    def _join_by_reading(self, names: Mapping[int, str]) -> None:
        """Join 刘振飞 of one document and Liu Zhenfei of another where both are linked with the same entity."""
        chinese = {index: key(name, "Person") for index, name in names.items() if HAN.search(name)}
        if not 0 < len(chinese) < len(names):
            return
        sharing: dict[str, list[int]] = defaultdict(list)
        documents: dict[int, set[str]] = defaultdict(set)
        for index in names:
            documents[self.find(index)].add(self.bearers[index].ref[0])
            for word in self.bearers[index].context:
                sharing[word].append(index)
        for word in sorted(sharing):
            written = {chinese[index] for index in sharing[word] if index in chinese}
            if len(written) == 1 and self._telling(sharing[word]):
                self._join_across(sharing[word], documents)

    def _join_across(self, members: Sequence[int], documents: dict[int, set[str]]) -> None:
        """Join those of different documents; two of one document stay two."""
        for index in members[1:]:
            one, other = self.find(members[0]), self.find(index)
            if one != other and not documents[one] & documents[other]:
                self._join(one, other)
                documents[self.find(one)] = documents[one] | documents[other]

    def _telling(self, members: Sequence[int]) -> bool:
        """Whether no two of them are different entities of one document."""
        roots: Mapping[str, set[int]] = defaultdict(set)
        for index in members:
            roots[self.bearers[index].ref[0]].add(self.find(index))
        return len(members) > 1 and all(len(found) == 1 for found in roots.values())

    def _other_names(self, index: int, pair: Pair) -> Iterator[str]:
        """Other names of the bearer, save those that only spell this one in Latin letters."""
        kind, folded = pair
        letters = {"".join(sorted(sound(folded)))}
        for name in self.bearers[index].names:
            other = key(name, kind)
            if other != folded and not weak(name, kind) and "".join(sorted(sound(other))) not in letters:
                yield f"name {other}"


def grouped(bearers: Sequence["Bearer"], judgements: Iterable[Judgement]) -> Groups:
    """The bearers in groups; neither their order nor that of the judgements makes a difference."""
    groups = Groups(sorted(bearers, key=attrgetter("ref")))
    groups.decide(sorted(judgements, key=lambda judgement: judgement.id))
    return groups
