"""Candidates: everything the models make of one text, before it is decided what to claim."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from loaders.antecedents import SURE, Antecedent, resolve
from loaders.coreference import Link, same_names
from loaders.encoder import Array, Encoder
from loaders.mentions import Mention, find, tag
from loaders.passages import Passage, prepare
from loaders.relations import Party, Scored, View, mark, relate
from loaders.schema import KINDS, PREDICATES, SYMMETRIC


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


def read(text: str, encoder: Encoder) -> Reading:
    """Runs the models over a text of a few thousand characters."""
    passage = prepare(text, encoder.tokenizer)
    if not passage.tokens:
        return Reading(passage, (), (), (), (), (), ())
    lower = [encoder.lower([t.piece for t in passage.tokens[a:b]]) for a, b in passage.windows]
    mentions = find(passage, tag(passage, lower, encoder))
    return relations_of(passage, lower, mentions, encoder)


def relations_of(passage: Passage, lower: Sequence[Array], mentions: Sequence[Mention], encoder: Encoder) -> Reading:
    """The rest of reading once the mentions are known."""
    clusters, links = _by_name(passage, mentions)
    antecedents = _by_model(passage, lower, mentions, clusters, encoder)
    for found in antecedents:
        if found.confidence >= SURE:
            clusters[found.reference] = found.cluster
    entities = _entities(mentions, clusters)
    scored = [
        candidate
        for number, window in enumerate(passage.windows)
        for candidate in _window(passage, window, lower[number], mentions, clusters, entities, encoder)
    ]
    return Reading(
        passage, tuple(mentions), tuple(clusters), entities, _merged(scored, entities), tuple(links), tuple(antecedents)
    )


def _by_name(passage: Passage, mentions: Sequence[Mention]) -> tuple[list[int | None], list[Link]]:
    named = [i for i, m in enumerate(mentions) if m.named]
    numbers, links = same_names([mentions[i] for i in named], passage.simple)
    clusters: list[int | None] = [None] * len(mentions)
    for i, number in zip(named, numbers, strict=True):
        clusters[i] = number
    return clusters, links


def _inside(passage: Passage, window: tuple[int, int], mentions: Sequence[Mention]) -> tuple[list[int], list[tuple[int, int]]]:
    """The mentions that lie within a window, and their token spans counted from its start."""
    chosen, spans = [], []
    for i, m in enumerate(mentions):
        span = passage.span(m.start, m.end)
        if span and span[0] >= window[0] and span[1] <= window[1]:
            chosen.append(i)
            spans.append((span[0] - window[0], span[1] - window[0]))
    return chosen, spans


def _by_model(
    passage: Passage, lower: Sequence[Array], mentions: Sequence[Mention], clusters: list[int | None], encoder: Encoder
) -> list[Antecedent]:
    best: dict[int, Antecedent] = {}
    for number, window in enumerate(passage.windows):
        chosen, spans = _inside(passage, window, mentions)
        for found in resolve(lower[number], spans, [clusters[i] for i in chosen], encoder):
            whole = replace(found, reference=chosen[found.reference])
            known = best.get(whole.reference)
            if known is None or whole.confidence > known.confidence:
                best[whole.reference] = whole
    return [best[i] for i in sorted(best)]


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
        kind = Counter(mentions[i].kind for i in named).most_common(1)[0][0]
        sure = max(mentions[i].confidence for i in named)
        found.append(Entity(f"e{number}", kind, names, (*named, *others), sure))
    return tuple(found)


def _window(
    passage: Passage,
    window: tuple[int, int],
    lower: Array,
    mentions: Sequence[Mention],
    clusters: Sequence[int | None],
    entities: Sequence[Entity],
    encoder: Encoder,
) -> list[Candidate]:
    chosen, spans = _inside(passage, window, mentions)
    place = {i: n for n, i in enumerate(chosen)}
    here = [
        (e, tuple(sorted(place[i] for i in entity.mentions if i in place)))
        for e, entity in enumerate(entities)
        if any(i in place and mentions[i].named for i in entity.mentions)
    ]
    if len(here) < 2:
        return []
    here.sort(key=lambda x: x[1][0])
    parties = tuple(Party(entities[e].kind, members) for e, members in here)
    sentences = tuple(int(passage.sentence_at[mentions[i].start]) for i in chosen)
    view = View(tuple(spans), sentences, parties)
    hidden, attention = encoder.upper(mark(lower, view, (), encoder))
    scored = relate(hidden, attention, view, encoder)
    owner = [e for e, _ in here]
    return [c for one in scored for c in _candidates(one, owner, chosen)]


def _candidates(one: Scored, owner: Sequence[int], chosen: Sequence[int]) -> list[Candidate]:
    status = tuple(round(float(x), 3) for x in one.status)
    current = tuple(round(float(x), 3) for x in one.current)
    return [
        Candidate(
            owner[one.subject],
            predicate,
            owner[one.object],
            float(one.logits[p]),
            chosen[one.where[p][0]],
            chosen[one.where[p][1]],
            status,
            current,
        )
        for p, predicate in enumerate(PREDICATES)
        if one.logits[p] > -6
    ]


def _merged(scored: Sequence[Candidate], entities: Sequence[Entity]) -> tuple[Candidate, ...]:
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
