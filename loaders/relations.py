"""Relations: which predicate holds between two entities of a text, by the trained model."""

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


def mark(lower: Array, view: View, loose: Sequence[tuple[int, str]], encoder: Encoder) -> Array:
    """The lower half's vectors, told which tokens are which entity. `loose`: mentions of no known entity, by kind."""
    types, slots = encoder.heads["mark.weight"], encoder.heads["slot.weight"]
    marked = lower.copy()
    for number, party in enumerate(view.parties):
        for m in party.mentions:
            _add(marked, view.spans[m], types, party.kind)
            first, last = view.spans[m]
            marked[first + 1 : last + 1] += slots[number % SLOTS]
    for m, kind in loose:
        _add(marked, view.spans[m], types, kind)
    return marked


def _add(marked: Array, span: tuple[int, int], types: Array, kind: str) -> None:
    base = 2 * KINDS.index(kind)
    marked[span[0] + 1] += types[base]
    marked[span[0] + 2 : span[1] + 1] += types[base + 1]


def relate(hidden: Array, attention: Array, view: View, encoder: Encoder) -> list[Scored]:
    """Scores every ordered pair of entities whose kinds allow some predicate."""
    kinds = np.array([KINDS.index(p.kind) for p in view.parties])
    pairs = [
        (i, j)
        for i in range(len(kinds))
        for j in range(len(kinds))
        if i != j and _MASK[kinds[i], kinds[j]].any()
    ]
    if not pairs:
        return []
    whole, features = _whole(hidden, attention, view, kinds, pairs, encoder)
    local, near = _local(hidden, view, kinds, pairs, encoder)
    top = local.max(1)
    logits = whole + top + np.log(np.exp(local - top[:, None]).sum(1))
    allowed = _MASK[kinds[[i for i, _ in pairs]], kinds[[j for _, j in pairs]]]
    logits = np.where(allowed, logits, _OFF)
    status, current = encoder.linear(features, "status"), encoder.linear(features, "current")
    best = local.argmax(1)
    return [
        Scored(i, j, logits[n], status[n], current[n], tuple(near[n][min(k, len(near[n]) - 1)] for k in best[n]))
        for n, (i, j) in enumerate(pairs)
    ]


def _whole(
    hidden: Array, attention: Array, view: View, kinds: NDArray[np.int64], pairs: list[tuple[int, int]], encoder: Encoder
) -> tuple[Array, Array]:
    """The view of a pair over the whole window: both entities and the words that both attend to."""
    means = span_means(hidden, view.spans)
    entities = np.stack([_logmean(means[list(p.mentions)]) for p in view.parties])
    share = np.zeros((len(view.parties), len(hidden)), np.float32)
    for e, party in enumerate(view.parties):
        for m in party.mentions:
            a, b = view.spans[m]
            share[e, a + 1 : b + 1] += 1.0 / (len(party.mentions) * (b - a))
    looks = np.matmul(share, attention)
    together = np.einsum("hin,hjn->ijn", looks, looks, optimize=True)
    together /= together.sum(-1, keepdims=True) + 1e-9
    first, second = np.array(pairs).T
    context = together[first, second] @ hidden
    kind = encoder.heads["kind.weight"][kinds]
    zs = np.tanh(encoder.linear(np.concatenate([entities[first], context, kind[first]], -1), "ws"))
    zo = np.tanh(encoder.linear(np.concatenate([entities[second], context, kind[second]], -1), "wo"))
    both = (zs.reshape(-1, 8, 32, 1) * zo.reshape(-1, 8, 1, 32)).reshape(len(pairs), -1)
    return encoder.linear(both, "bl"), np.concatenate([zs, zo, zs * zo], -1)


def _local(
    hidden: Array, view: View, kinds: NDArray[np.int64], pairs: list[tuple[int, int]], encoder: Encoder
) -> tuple[Array, list[list[tuple[int, int]]]]:
    """Scores of each pair's nearest mentions: [pairs, NEAREST, predicates], _OFF where there are fewer."""
    near = nearest(pairs, [p.mentions for p in view.parties], view.spans, NEAREST)
    flat = [(n, a, b) for n, places in enumerate(near) for a, b in places]
    which, ii, jj = (np.array(column) for column in zip(*flat, strict=True))
    starts = np.array([a + 1 for a, _ in view.spans])
    ends = np.array([b + 1 for _, b in view.spans])
    low, high = np.minimum(ends[ii], ends[jj]), np.maximum(starts[ii], starts[jj])
    high = np.minimum(np.maximum(high, low + 1), len(hidden))
    low = np.minimum(low, high - 1)
    sums = np.concatenate([np.zeros((1, hidden.shape[1]), np.float32), hidden.cumsum(0)])
    between = (sums[high] - sums[low]) / (high - low)[:, None]
    between[(high - low) > _FAR] = 0
    sentences = np.array(view.sentences)
    heads = encoder.heads
    distance = heads["db.weight"][[bucket(int(d)) for d in starts[jj] - starts[ii]]]
    apart = heads["sb.weight"][np.minimum(np.abs(sentences[jj] - sentences[ii]), 7)]
    means = span_means(hidden, view.spans)
    kind = heads["kind.weight"][kinds]
    first, second = np.array(pairs).T
    parts = [means[ii], means[jj], between, distance, apart, kind[first[which]], kind[second[which]]]
    scores = encoder.linear(gelu(encoder.linear(np.concatenate(parts, -1), "l_mid")), "l_out")
    local = np.full((len(pairs), NEAREST, len(PREDICATES)), _OFF, np.float32)
    place = np.concatenate([np.arange(len(places)) for places in near])
    local[which, place] = scores
    return local, near


def span_means(hidden: Array, spans: Sequence[tuple[int, int]]) -> Array:
    """The mean vector of each span of tokens; `hidden` starts with the start mark."""
    return np.stack([hidden[a + 1 : b + 1].mean(0) for a, b in spans])


def _logmean(rows: Array) -> Array:
    top = rows.max(0)
    y: Array = top + np.log(np.exp(rows - top).mean(0))
    return y
