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
    means = span_means(lower, spans)
    found = []
    for r in references:
        near = [i for i in named if clusters[i] in among[r]] if r in among else candidates(r, named)
        if not near:
            continue
        shares = softmax(_scores(means, spans, r, near, encoder))
        weight: defaultdict[int, float] = defaultdict(float)
        for i, share in zip(near, shares[1:], strict=True):
            weight[clusters[i] or 0] += float(share)
        best = max(weight, key=lambda cluster: weight[cluster])
        found.append(Antecedent(r, best, round(weight[best], 4)))
    return found


def _scores(means: Array, spans: Sequence[tuple[int, int]], reference: int, near: list[int], encoder: Encoder) -> Array:
    """One score for "none of these", then one for each candidate."""
    heads = encoder.heads
    here = np.repeat(means[reference][None], len(near), 0)
    there = means[near]
    distance = heads["c_dist.weight"][[bucket(spans[reference][0] - spans[i][0]) for i in near]]
    hidden = gelu(encoder.linear(np.concatenate([here, there, here * there, distance], -1), "c_mid"))
    scores = encoder.linear(hidden, "c_out")[:, 0]
    nothing = encoder.linear(means[reference][None], "c_null")[0]
    joined: Array = np.concatenate([nothing, scores])
    return joined
