"""Trains the judge: how sure a claim is, from candidates of documents that the reader had not seen.

    python -m training.judging --gold ../shared/gold/train --readings FOLD0.pkl FOLD1.pkl --out loaders/models/judge.json

The pickles hold {document: Reading} of left-out documents (training/left_out.py).
"""

import argparse
import collections
import json
import pickle
import re
import unicodedata
from pathlib import Path

import numpy as np
import opencc
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from loaders.judging import FEATURES, Field, Judge
from loaders.schema import PREDICATES, SYMMETRIC

T2S = opencc.OpenCC("t2s").convert


def key(name):
    name = T2S(unicodedata.normalize("NFKC", name)).casefold()
    name = re.sub(r"(’s|'s)$", "", name.strip())
    return re.sub(r"[\s\"'“”‘’《》「」『』()（）·・\-_.,，。]+", "", name)


def triple(s, p, o):
    return (p, *sorted((s, o))) if p in SYMMETRIC else (p, s, o)


def labels(reading, gold):
    """For each candidate: the gold triple it hits, None; whether it counts neither way."""
    index = collections.defaultdict(set)
    for e in gold["entities"]:
        for n in e["names"]:
            index[key(n)].add(e["id"])
    links = []
    for e in reading.entities:
        hits = collections.Counter(i for n in e.names for i in index.get(key(n), ()))
        links.append([i for i, _ in hits.most_common(3)])
    required, optional, other = set(), set(), {}
    for f in gold["facts"]:
        t = triple(f["s"], f["p"], f["o"])
        (optional if f.get("optional") else required).add(t)
        for p in [f["alt_p"]] if isinstance(f.get("alt_p"), str) else f.get("alt_p") or []:
            other[triple(f["s"], p, f["o"])] = t
    out = []
    for c in reading.candidates:
        cands = [triple(a, c.predicate, b) for a in links[c.subject] for b in links[c.object] if a != b]
        hit = next((t for t in cands if t in required), None) or next((other[t] for t in cands if t in other), None)
        out.append((hit, hit is None and any(t in optional for t in cands)))
    return out, len(required)


def table(readings, gold):
    rows = []
    total = collections.Counter()
    for name, reading in readings.items():
        g = json.loads((gold / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        field = Field.of(reading)
        marks, count = labels(reading, g)
        total[g["lang"]] += count
        for c, (hit, skip) in zip(reading.candidates, marks, strict=True):
            rows.append((name, g["lang"], c, field.features(c), hit, skip))
    return rows, total


def design(rows, names):
    X = np.zeros((len(rows), len(names) + 2 * len(PREDICATES)))
    for i, r in enumerate(rows):
        X[i, : len(names)] = [r[3][n] for n in names]
        p = PREDICATES.index(r[2].predicate)
        X[i, len(names) + p] = 1
        X[i, len(names) + len(PREDICATES) + p] = r[3]["logit"]
    return X


def fit(rows, names, strength):
    use = [r for r in rows if not r[5]]
    X, y = design(use, names), np.array([r[4] is not None for r in use])
    scale = StandardScaler(with_mean=False).fit(X)
    scale.scale_[len(names) :] = 1.0
    scale.scale_[len(names) + len(PREDICATES) :] = 3.0
    model = LogisticRegression(C=strength, max_iter=400).fit(X / scale.scale_, y)
    w = model.coef_[0] / scale.scale_
    k, n = len(names), len(PREDICATES)
    return Judge(
        {a: float(w[i]) for i, a in enumerate(names)},
        {p: float(w[k + i] + model.intercept_[0]) for i, p in enumerate(PREDICATES)},
        {p: float(w[k + n + i]) for i, p in enumerate(PREDICATES)},
    )


def report(scored, total, thresholds):
    """scored: (confidence, row)."""
    for th in thresholds:
        line = f"{th:.2f} "
        for lang in ("all", "en", "zh-Hans", "zh-Hant"):
            found, false = set(), 0
            for conf, r in scored:
                if conf >= th and lang in ("all", r[1]):
                    if r[4] is not None:
                        found.add((r[0], r[4]))
                    elif not r[5]:
                        false += 1
            t = sum(total.values()) if lang == "all" else total[lang]
            p, rc = len(found) / max(len(found) + false, 1), len(found) / max(t, 1)
            line += f" {lang} P {p:.3f} R {rc:.3f} F {2 * p * rc / max(p + rc, 1e-9):.3f} |"
        print(line)


def cross(rows, names, strength, folds=6):
    docs = sorted({r[0] for r in rows})
    fold = {d: i % folds for i, d in enumerate(docs)}
    out = []
    for k in range(folds):
        j = fit([r for r in rows if fold[r[0]] != k], names, strength)
        out += [(j.confidence(r[3], r[2].predicate), r) for r in rows if fold[r[0]] == k]
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--readings", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--c", type=float, default=0.3)
    ap.add_argument("--drop", nargs="*", default=[])
    a = ap.parse_args()
    readings = {}
    for path in a.readings:
        readings.update(pickle.loads(path.read_bytes()))
    rows, total = table(readings, a.gold)
    names = [n for n in FEATURES if n not in a.drop]
    steps = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)
    print("model alone")
    report([(r[2].score, r) for r in rows], total, (0.4, 0.5, 0.6, 0.7))
    print("judge, cross-validated")
    report(cross(rows, names, a.c), total, steps)
    if a.out:
        j = fit(rows, names, a.c)
        rounded = lambda d: {k: round(v, 5) for k, v in d.items()}
        a.out.write_text(
            json.dumps({"weights": rounded(j.weights), "bias": rounded(j.bias), "slope": rounded(j.slope)}, indent=1),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
