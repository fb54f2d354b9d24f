"""Which predicate holds between two entities of a text, by the trained model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loaders.encoder import Array, Encoder, gelu
from loaders.features import bucket, nearest
from loaders.schema import ALLOWED, KINDS, PREDICATES

NEAREST = 4
SLOTS = 64
_FAR = 60
_OFF = -1e4


@dataclass(frozen=True)
class Party:
    """An entity as it appears in a window: its kind, its mentions (numbers into the window's spans)."""

    kind: str
    mentions: tuple[int, ...]


@dataclass(frozen=True)
class Scored:
    """One ordered pair: logits by predicate, statuses and currency, and for each predicate the mentions that speak."""

    subject: int
    object: int
    logits: Array
    status: Array
    current: Array
    where: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class View:
    """A window for the relation head: token spans of mentions, their sentences, the entities."""

    spans: tuple[tuple[int, int], ...]
    sentences: tuple[int, ...]
    parties: tuple[Party, ...]


_MASK = np.array([[[(a, b) in ALLOWED[p] for p in PREDICATES] for b in KINDS] for a in KINDS])


def mark(lower: Array, view: View, encoder: Encoder) -> Array:
    """The lower half's vectors, told which tokens are which entity, and of which kind."""
    types, slots = encoder.heads["mark.weight"], encoder.heads["slot.weight"]
    marked = lower.copy()
    for number, party in enumerate(view.parties):
        base = 2 * KINDS.index(party.kind)
        for first, last in (view.spans[m] for m in party.mentions):
            marked[first + 1 : last + 1] += slots[number % SLOTS]
            marked[first + 1] += types[base]
            marked[first + 2 : last + 1] += types[base + 1]
    return marked


def relate(hidden: Array, attention: Array, view: View, encoder: Encoder) -> list[Scored]:
    """Scores every ordered pair of entities whose kinds allow some predicate."""
    pairs = _Pairs.of(view, encoder)
    if not len(pairs.first):
        return []
    whole, features = _whole(hidden, attention, pairs, encoder)
    local, near = _local(hidden, pairs, encoder)
    top = local.max(1)
    logits = whole + top + np.log(np.exp(local - top[:, None]).sum(1))
    kinds = np.array([KINDS.index(party.kind) for party in view.parties])
    logits = np.where(_MASK[kinds[pairs.first], kinds[pairs.second]], logits, _OFF)
    status, current = encoder.linear(features, "status"), encoder.linear(features, "current")
    best = local.argmax(1)
    return [
        Scored(
            int(pairs.first[n]),
            int(pairs.second[n]),
            logits[n],
            status[n],
            current[n],
            tuple(near[n][min(k, len(near[n]) - 1)] for k in best[n]),
        )
        for n in range(len(near))
    ]


@dataclass(frozen=True)
class _Pairs:
    """Every ordered pair of parties that some predicate allows; `kind` has the vector of each party's kind."""

    view: View
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    kind: Array

    @classmethod
    def of(cls, view: View, encoder: Encoder) -> "_Pairs":
        kinds = np.array([KINDS.index(party.kind) for party in view.parties])
        allowed = _MASK[kinds[:, None], kinds[None]].any(-1)
        np.fill_diagonal(allowed, val=False)
        first, second = np.nonzero(allowed)
        return cls(view, first, second, encoder.heads["kind.weight"][kinds])


def _whole(hidden: Array, attention: Array, pairs: _Pairs, encoder: Encoder) -> tuple[Array, Array]:
    """The view of a pair over the whole window: both entities and the words that both attend to."""
    view, first, second, kind = pairs.view, pairs.first, pairs.second, pairs.kind
    means = span_means(hidden, view.spans)
    entities = np.stack([_logmean(means[list(party.mentions)]) for party in view.parties])
    share = np.zeros((len(view.parties), len(hidden)), np.float32)
    for e, party in enumerate(view.parties):
        for a, b in (view.spans[m] for m in party.mentions):
            share[e, a + 1 : b + 1] += 1.0 / (len(party.mentions) * (b - a))
    looks = np.matmul(share, attention).transpose(2, 1, 0)
    together = np.matmul(looks, looks.transpose(0, 2, 1))[:, first, second].T
    together /= together.sum(-1, keepdims=True) + 1e-9
    context = together @ hidden
    zs = np.tanh(encoder.linear(np.concatenate([entities[first], context, kind[first]], -1), "ws"))
    zo = np.tanh(encoder.linear(np.concatenate([entities[second], context, kind[second]], -1), "wo"))
    both = (zs.reshape(-1, 8, 32, 1) * zo.reshape(-1, 8, 1, 32)).reshape(len(first), -1)
    return encoder.linear(both, "bl"), np.concatenate([zs, zo, zs * zo], -1)


def _local(hidden: Array, pairs: _Pairs, encoder: Encoder) -> tuple[Array, list[list[tuple[int, int]]]]:
    """Scores of each pair's nearest mentions: [pairs, NEAREST, predicates], _OFF where there are fewer."""
    view, heads = pairs.view, encoder.heads
    ordered = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    near = nearest(ordered, [party.mentions for party in view.parties], view.spans, NEAREST)
    which = np.repeat(np.arange(len(near)), [len(places) for places in near])
    ii, jj = np.array([place for places in near for place in places]).T
    starts, ends = np.array(view.spans).T + 1
    sentences = np.array(view.sentences)
    distance = heads["db.weight"][[bucket(int(d)) for d in starts[jj] - starts[ii]]]
    apart = heads["sb.weight"][np.minimum(np.abs(sentences[jj] - sentences[ii]), 7)]
    means = span_means(hidden, view.spans)
    between = _between(hidden, np.minimum(ends[ii], ends[jj]), np.maximum(starts[ii], starts[jj]))
    kinds = [pairs.kind[pairs.first[which]], pairs.kind[pairs.second[which]]]
    parts = np.concatenate([means[ii], means[jj], between, distance, apart, *kinds], -1)
    local = np.full((len(near), NEAREST, len(PREDICATES)), _OFF, np.float32)
    place = np.concatenate([np.arange(len(places)) for places in near])
    local[which, place] = encoder.linear(gelu(encoder.linear(parts, "l_mid")), "l_out")
    return local, near


def _between(hidden: Array, low: NDArray[np.int64], high: NDArray[np.int64]) -> Array:
    """The mean vector of the words between two mentions; nothing where they are far apart."""
    high = np.minimum(np.maximum(high, low + 1), len(hidden))
    low = np.minimum(low, high - 1)
    sums = np.concatenate([np.zeros((1, hidden.shape[1]), np.float32), hidden.cumsum(0)])
    between: Array = (sums[high] - sums[low]) / (high - low)[:, None]
    between[(high - low) > _FAR] = 0
    return between


def span_means(hidden: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """The mean vector of each span of tokens; `hidden` starts with the start mark."""
    return np.stack([hidden[a + 1 : b + 1].mean(0) for a, b in spans])


def _logmean(rows: Array) -> Array:
    top = rows.max(0)
    y: Array = top + np.log(np.exp(rows - top).mean(0))
    return y
