"""Trains the linear model on the letters around a pair of names.

python -m training.pairwords --data ../shared/data --out loaders/models/reader/pairs.npz
"""

import argparse
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from loaders.pairs import group, inverse, read_lines
from loaders.pairscore import score
from loaders.pairwords import SIZE, features


def matrix(cases):
    rows, cols, vals = [], [], []
    for i, case in enumerate(cases):
        found = features(case)
        rows += [i] * len(found)
        cols += found.tolist()
        vals += [1 / np.sqrt(len(found))] * len(found)
    return csr_matrix((vals, (rows, cols)), (len(cases), SIZE))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--c", type=float, default=0.5)
    a = ap.parse_args()
    rows = read_lines(a.data / "finre_train.tsv")
    labels = sorted({row.relation for row in rows})
    cases = group(rows, set(labels))
    X = matrix(cases)
    pick = [(i, labels.index(label)) for i, case in enumerate(cases) for label in case.labels]
    model = LinearSVC(C=a.c, dual=True, max_iter=3000).fit(X[[i for i, _ in pick]], [y for _, y in pick])
    valid = read_lines(a.data / "finre_valid.tsv")
    found = ["unknown"] * len(valid)
    cases = group(valid, set(labels))
    margins = model.decision_function(matrix(cases))
    for case, m in zip(cases, margins, strict=True):
        for number, turned in case.rows:
            label = labels[int(m.argmax())]
            found[number] = inverse(label, set(labels)) if turned else label
    print(score(valid, found))
    scale = np.abs(model.coef_).max(1) / 127
    np.savez_compressed(
        a.out,
        weights=np.round(model.coef_ / scale[:, None]).astype(np.int8).T,
        scale=scale.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


if __name__ == "__main__":
    main()
