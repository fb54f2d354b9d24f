"""Antecedents: what a pronoun, a title or a description ("the company", 该公司) stands for, by the trained model."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loaders.encoder import Array, Encoder, gelu, softmax
from loaders.features import bucket, candidates
from loaders.relationmodel import span_means

SURE = 0.5


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The cluster that a reference most likely stands for, and how sure that is."""

    reference: int
    cluster: int
    confidence: float


def resolve(
    lower: Array,
    spans: Sequence[tuple[int, int]],
    clusters: Sequence[int | None],
    among: Mapping[int, frozenset[int]],
    encoder: Encoder,
) -> list[Antecedent]:
    """For each mention of a window that has no cluster yet, its best one; none where no name fits.

    `among`: the clusters that alone come into question for a mention.
    """
    named = [i for i, cluster in enumerate(clusters) if cluster is not None]
    references = [i for i, cluster in enumerate(clusters) if cluster is None]
    if not named or not references:
        return []
    near_of = {
        r: [i for i in named if clusters[i] in among[r]] if r in among else candidates(r, named) for r in references
    }
    near_of = {r: near for r, near in near_of.items() if near}
    if not near_of:
        return []
    found = []
    for (r, near), scores in zip(near_of.items(), _scores(lower, spans, near_of, encoder), strict=True):
        shares = softmax(scores)
        weight: defaultdict[int, float] = defaultdict(float)
        for i, share in zip(near, shares[1:], strict=True):
            weight[clusters[i] or 0] += float(share)
        best = max(weight, key=lambda cluster: weight[cluster])
        found.append(Antecedent(r, best, round(weight[best], 4)))
    return found


def _scores(
    lower: Array, spans: Sequence[tuple[int, int]], near_of: Mapping[int, list[int]], encoder: Encoder
) -> list[Array]:
    """For each reference one score for "none of these", then one for each of its candidates.

    The layer's parts that lean on one mention are turned once for all pairs.
    """
    heads, width = encoder.heads, lower.shape[1]
    means = span_means(lower, spans)
    ends = [(r, i) for r, near in near_of.items() for i in near]
    here, there = np.array(ends).T
    weight = heads["c_mid.weight"].T
    distance = heads["c_dist.weight"] @ weight[3 * width :] + heads["c_mid.bias"]
    hidden = (means[here] * means[there]) @ weight[2 * width : 3 * width]
    hidden += (means @ weight[:width])[here]
    hidden += (means @ weight[width : 2 * width])[there]
    hidden += distance[[bucket(spans[r][0] - spans[i][0]) for r, i in ends]]
    scores = encoder.linear(gelu(hidden), "c_out")[:, 0]
    nothing = encoder.linear(means[list(near_of)], "c_null")
    parts = np.split(scores, np.cumsum([len(near) for near in near_of.values()])[:-1])
    return [np.concatenate([none, part]) for none, part in zip(nothing, parts, strict=True)]
