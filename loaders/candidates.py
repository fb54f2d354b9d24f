"""Candidates: everything the models make of one text, before it is decided what to claim."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from loaders.antecedents import SURE, Antecedent, resolve
from loaders.coreference import Link, same_names
from loaders.encoder import Array, Encoder
from loaders.gazetteer import add_known
from loaders.mentions import Mention, find, tag
from loaders.passages import Passage, prepare
from loaders.relationmodel import Party, Scored, View, mark, relate
from loaders.schema import PREDICATES, SYMMETRIC


@dataclass(frozen=True, slots=True)
class Entity:
    """What one text says of one thing: `mentions` are numbers into the reading's mentions, the named ones first."""

    id: str
    kind: str
    names: tuple[str, ...]
    mentions: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate that may hold between two entities; `subject_at` and `object_at` are the mentions that say so."""

    subject: int
    predicate: str
    object: int
    score: float
    subject_at: int
    object_at: int
    status: tuple[float, ...]
    current: tuple[float, ...]


@dataclass(frozen=True)
class Reading:
    """All steps of reading one text: mentions, what they refer to, entities, scored candidates."""

    passage: Passage
    mentions: tuple[Mention, ...]
    clusters: tuple[int | None, ...]
    entities: tuple[Entity, ...]
    candidates: tuple[Candidate, ...]
    links: tuple[Link, ...]
    antecedents: tuple[Antecedent, ...]


Choices = dict[int, frozenset[int]]
_LEAST = -6  # a logit below which nothing is a candidate


def read(text: str, encoder: Encoder) -> Reading:
    """Runs the models over a text of a few thousand characters."""
    passage = prepare(text, encoder.tokenizer)
    if not passage.tokens:
        return Reading(passage, (), (), (), (), (), ())
    lower = [encoder.lower([t.piece for t in passage.tokens[a:b]]) for a, b in passage.windows]
    tagging = tag(passage, lower, encoder)
    mentions = add_known(passage.simple, text, tagging, find(passage, tagging))
    return Text(passage, lower, mentions, encoder).reading()


@dataclass(frozen=True)
class _Window:
    """The mentions inside one window: their numbers, and their token spans counted from its start."""

    lower: Array
    chosen: list[int]
    spans: list[tuple[int, int]]


@dataclass(frozen=True)
class Text:
    """A text whose mentions are known; the rest of reading leans on them."""

    passage: Passage
    lower: Sequence[Array]
    mentions: Sequence[Mention]
    encoder: Encoder

    def reading(self) -> Reading:
        """Clusters by name, references by the model, then relations window by window."""
        windows = [self._window(number) for number in range(len(self.passage.windows))]
        clusters, choices, links = self._by_name()
        known: list[int | None] = [None if i in choices else c for i, c in enumerate(clusters)]
        antecedents = self._by_model(windows, known, choices)
        for found in antecedents:
            if found.confidence >= SURE or found.reference in choices:
                clusters[found.reference] = found.cluster
        return self._related(windows, clusters, links, antecedents)

    def related(
        self, clusters: Sequence[int | None], links: Sequence[Link], antecedents: Sequence[Antecedent]
    ) -> Reading:
        """The reading, once it is known which mentions are one entity."""
        windows = [self._window(number) for number in range(len(self.passage.windows))]
        return self._related(windows, clusters, links, antecedents)

    def _related(
        self,
        windows: Sequence[_Window],
        clusters: Sequence[int | None],
        links: Sequence[Link],
        antecedents: Sequence[Antecedent],
    ) -> Reading:
        entities = _entities(self.mentions, clusters)
        scored = [candidate for window in windows for candidate in self._scored(window, entities)]
        return Reading(
            self.passage,
            tuple(self.mentions),
            tuple(clusters),
            entities,
            _merged(scored),
            tuple(links),
            tuple(antecedents),
        )

    @cached_property
    def _spans(self) -> list[tuple[int, int] | None]:
        return [self.passage.span(m.start, m.end) for m in self.mentions]

    def _window(self, number: int) -> _Window:
        first, last = self.passage.windows[number]
        chosen, spans = [], []
        for i, span in enumerate(self._spans):
            if span and span[0] >= first and span[1] <= last:
                chosen.append(i)
                spans.append((span[0] - first, span[1] - first))
        return _Window(self.lower[number], chosen, spans)

    def _by_name(self) -> tuple[list[int | None], Choices, list[Link]]:
        named = [i for i, m in enumerate(self.mentions) if m.named]
        names = same_names([self.mentions[i] for i in named], self.passage.simple)
        clusters: list[int | None] = [None] * len(self.mentions)
        for i, number in zip(named, names.clusters, strict=True):
            clusters[i] = number
        return clusters, {named[n]: among for n, among in names.choices.items()}, names.links

    def _by_model(
        self, windows: Sequence[_Window], clusters: Sequence[int | None], choices: Choices
    ) -> list[Antecedent]:
        best: dict[int, Antecedent] = {}
        for window in windows:
            among = {n: choices[i] for n, i in enumerate(window.chosen) if i in choices}
            inside = [clusters[i] for i in window.chosen]
            for found in resolve(window.lower, window.spans, inside, among, self.encoder):
                whole = replace(found, reference=window.chosen[found.reference])
                known = best.get(whole.reference)
                if known is None or whole.confidence > known.confidence:
                    best[whole.reference] = whole
        return [best[i] for i in sorted(best)]

    def _scored(self, window: _Window, entities: Sequence[Entity]) -> list[Candidate]:
        """The candidates of one window, among the entities that are named there."""
        place = {i: n for n, i in enumerate(window.chosen)}
        here = [
            (e, tuple(sorted(place[i] for i in entity.mentions if i in place)))
            for e, entity in enumerate(entities)
            if any(i in place and self.mentions[i].named for i in entity.mentions)
        ]
        if len(here) < 2:
            return []
        here.sort(key=lambda party: party[1][0])
        parties = tuple(Party(entities[e].kind, members) for e, members in here)
        sentences = tuple(int(self.passage.sentence_at[self.mentions[i].start]) for i in window.chosen)
        view = View(tuple(window.spans), sentences, parties)
        hidden, attention = self.encoder.upper(mark(window.lower, view, self.encoder))
        owner = [e for e, _ in here]
        scored = relate(hidden, attention, view, self.encoder)
        return _candidates(scored, owner, window.chosen) if scored else []


def _entities(mentions: Sequence[Mention], clusters: Sequence[int | None]) -> tuple[Entity, ...]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i, cluster in enumerate(clusters):
        if cluster is not None:
            members[cluster].append(i)
    found = []
    for number in sorted(members):
        named = [i for i in members[number] if mentions[i].named]
        others = [i for i in members[number] if not mentions[i].named]
        names = tuple(name for name, _ in Counter(mentions[i].surface for i in named).most_common())
        if not named:
            continue
        kind = Counter(mentions[i].kind for i in named).most_common(1)[0][0]
        sure = max(mentions[i].confidence for i in named)
        found.append(Entity(f"e{number}", kind, names, (*named, *others), sure))
    return tuple(found)


def _candidates(scored: Scored, owner: Sequence[int], chosen: Sequence[int]) -> list[Candidate]:
    pairs, predicates = np.nonzero(scored.logits > _LEAST)
    ends = zip(scored.first[pairs].tolist(), scored.second[pairs].tolist(), strict=True)
    rows: dict[int, tuple[tuple[float, ...], tuple[float, ...]]] = {
        n: (_rounded(scored.status[n]), _rounded(scored.current[n])) for n in set(pairs.tolist())
    }
    return [
        Candidate(owner[s], PREDICATES[p], owner[o], score, chosen[s_at], chosen[o_at], *rows[n])
        for n, p, (s, o), score, (s_at, o_at) in zip(
            pairs.tolist(),
            predicates.tolist(),
            ends,
            scored.logits[pairs, predicates].tolist(),
            scored.where[pairs, predicates].tolist(),
            strict=True,
        )
    ]


def _rounded(row: Array) -> tuple[float, ...]:
    return tuple(round(x, 3) for x in row.tolist())


def _merged(scored: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """One candidate a triple: the best over windows; both directions of a symmetric one are averaged."""
    best: dict[tuple[int, str, int], Candidate] = {}
    for c in scored:
        key = (c.subject, c.predicate, c.object)
        if key not in best or c.score > best[key].score:
            best[key] = c
    found = []
    for (s, p, o), c in best.items():
        back = best.get((o, p, s))
        score = c.score
        if p in SYMMETRIC:
            if back is not None and (back.score, s) > (c.score, o):
                continue
            score = (c.score + (back.score if back else -6.0)) / 2
        found.append(replace(c, score=1 / (1 + math.exp(-score))))
    return tuple(sorted(found, key=lambda c: -c.score))
