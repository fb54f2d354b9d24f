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
    """Ordered pairs of entities, a row each: logits of predicates, statuses and currency, and the mentions that speak.

    `first` and `second` number the entities; `where` has two mentions for each predicate: [pairs, predicates, 2].
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    logits: Array
    status: Array
    current: Array
    where: NDArray[np.int64]


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


def relate(hidden: Array, attention: Array, view: View, encoder: Encoder) -> Scored | None:
    """Scores every ordered pair of entities whose kinds allow some predicate; None where there is no such pair."""
    pairs = _Pairs.of(view)
    if not len(pairs.first):
        return None
    means = span_means(hidden, view.spans)
    whole, features = _whole(hidden, attention, means, pairs, encoder)
    local, near = _local(hidden, means, pairs, encoder)
    top = local.max(1)
    logits = whole + top + np.log(np.exp(local - top[:, None]).sum(1))
    logits = np.where(_MASK[pairs.kinds[pairs.first], pairs.kinds[pairs.second]], logits, _OFF)
    status, current = encoder.linear(features, "status"), encoder.linear(features, "current")
    where = np.take_along_axis(near, local.argmax(1)[:, :, None], 1)
    return Scored(pairs.first, pairs.second, logits, status, current, where)


@dataclass(frozen=True)
class _Pairs:
    """Every ordered pair of parties that some predicate allows; `kinds` has the number of each party's kind.

    Some views of a pair are the same in both orders: `one` and `other` are the pairs without order, and `unordered`
    says which of them each ordered pair is.
    """

    view: View
    kinds: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    unordered: NDArray[np.int64]

    @classmethod
    def of(cls, view: View) -> "_Pairs":
        kinds = np.array([KINDS.index(party.kind) for party in view.parties])
        allowed = _MASK[kinds[:, None], kinds[None]].any(-1)
        np.fill_diagonal(allowed, val=False)
        first, second = np.nonzero(allowed)
        one, other, unordered = _without_order(first, second, len(kinds))
        return cls(view, kinds, first, second, one, other, unordered)


def _without_order(
    a: NDArray[np.int64], b: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The different pairs of numbers below `size`, the lower one first, and which of them each given pair is."""
    codes, which = np.unique(np.minimum(a, b) * size + np.maximum(a, b), return_inverse=True)
    return codes // size, codes % size, which


def _whole(hidden: Array, attention: Array, means: Array, pairs: _Pairs, encoder: Encoder) -> tuple[Array, Array]:
    """The view of a pair over the whole window: both entities and the words that both attend to."""
    view, size = pairs.view, len(pairs.view.parties)
    entities = np.stack([_logmean(means[list(party.mentions)]) for party in view.parties])
    share = np.zeros((size, len(hidden)), np.float32)  # how much each token is the entity's
    for e, party in enumerate(view.parties):
        for a, b in (view.spans[m] for m in party.mentions):
            share[e, a + 1 : b + 1] += 1.0 / (len(party.mentions) * (b - a))
    named = np.flatnonzero(share.sum(0))
    looks = np.matmul(share[:, named], attention[:, named]).transpose(2, 1, 0)
    together = np.matmul(looks, looks.transpose(0, 2, 1)).reshape(len(hidden), -1)
    together = together[:, pairs.one * size + pairs.other].T
    context = (together @ hidden) / (together.sum(-1, keepdims=True) + 1e-9)
    own = np.concatenate([entities, encoder.heads["kind.weight"][pairs.kinds]], -1)
    of_subject, of_object = _turned("ws", own, context, encoder), _turned("wo", own, context, encoder)
    zs = np.tanh(of_subject[0][pairs.first] + of_subject[1][pairs.unordered])
    zo = np.tanh(of_object[0][pairs.second] + of_object[1][pairs.unordered])
    both = (zs.reshape(-1, 8, 32, 1) * zo.reshape(-1, 8, 1, 32)).reshape(len(zs), -1)
    return encoder.linear(both, "bl"), np.concatenate([zs, zo, zs * zo], -1)


def _turned(name: str, own: Array, context: Array, encoder: Encoder) -> tuple[Array, Array]:
    """A layer's two addends, before they meet: of each entity and its kind, and of what each two attend to."""
    width = context.shape[1]
    weight, bias = encoder.heads[f"{name}.weight"].T, encoder.heads[f"{name}.bias"]
    return own @ np.delete(weight, np.s_[width : 2 * width], 0) + bias, context @ weight[width : 2 * width]


def _local(hidden: Array, means: Array, pairs: _Pairs, encoder: Encoder) -> tuple[Array, NDArray[np.int64]]:
    """Scores of each pair's nearest mentions [pairs, NEAREST, predicates], _OFF where there are fewer; and these.

    The layer's parts that lean on one mention, or on two in either order, are turned once for all pairs.
    """
    view, heads = pairs.view, encoder.heads
    ordered = list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))
    near = nearest(ordered, [party.mentions for party in view.parties], view.spans, NEAREST)
    sizes = np.array([len(places) for places in near])
    which, place = np.nonzero(np.arange(NEAREST) < sizes[:, None])
    table = np.zeros((len(near), NEAREST, 2), np.int64)
    table[which, place] = [at for places in near for at in places]
    ii, jj = table[which, place].T
    starts, ends = np.array(view.spans).T + 1
    sentences = np.array(view.sentences)
    width = hidden.shape[1]
    parts = np.split(heads["l_mid.weight"].T, np.cumsum([width, width, width, *[len(heads["db.weight"][0])] * 3]))
    kind_of = np.zeros(len(view.spans), np.int64)
    for party, kind in zip(view.parties, pairs.kinds, strict=True):
        kind_of[list(party.mentions)] = kind
    left = means @ parts[0] + (heads["kind.weight"] @ parts[5])[kind_of]
    right = means @ parts[1] + (heads["kind.weight"] @ parts[6])[kind_of]
    distance = (heads["db.weight"] @ parts[3])[:, None] + heads["sb.weight"] @ parts[4] + heads["l_mid.bias"]
    far = np.array([bucket(d) for d in (starts[jj] - starts[ii]).tolist()])
    apart = np.minimum(np.abs(sentences[jj] - sentences[ii]), 7)
    one, other, unordered = _without_order(ii, jj, len(starts))
    low, high = np.minimum(ends[one], ends[other]), np.maximum(starts[one], starts[other])
    between = _between(hidden, low, high) @ parts[2]
    mid = left[ii] + right[jj]
    mid += between[unordered]
    mid += distance[far, apart]
    local = np.full((len(near), NEAREST, len(PREDICATES)), _OFF, np.float32)
    local[which, place] = encoder.linear(gelu(mid), "l_out")
    return local, table


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
    starts, ends = np.array(spans).T + 1
    sums = np.add.reduceat(hidden, np.stack([starts, ends], 1).ravel(), axis=0)[::2]
    means: Array = sums / (ends - starts)[:, None].astype(np.float32)
    return means


def _logmean(rows: Array) -> Array:
    top = rows.max(0)
    y: Array = top + np.log(np.exp(rows - top).mean(0))
    return y
