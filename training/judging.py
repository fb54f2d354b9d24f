"""Trains the judge: how sure a claim is, from candidates of documents that the reader had not seen.

    python -m training.judging --gold ../shared/gold/train DOCUMENTS --readings FOLD0.pkl FOLD1.pkl --out loaders/models/judge.json

The pickles hold {document: Reading} of left-out documents (training/left_out.py).
"""

import argparse
import collections
import json
import pickle
import re
import unicodedata
from pathlib import Path

import lightgbm as lgb
import numpy as np
import opencc
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from loaders.judging import FEATURES, Field, Judge, columns
from loaders.schema import PREDICATES, SYMMETRIC

INVITED = 2.0  # how much a wrong reading that the text invites counts
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
    hard = {triple(n["s"], n["p"], n["o"]) for n in gold.get("negatives") or [] if not n.get("attrs")}
    out = []
    for c in reading.candidates:
        cands = [triple(a, c.predicate, b) for a in links[c.subject] for b in links[c.object] if a != b]
        hit = next((t for t in cands if t in required), None) or next((other[t] for t in cands if t in other), None)
        out.append(
            (hit, hit is None and any(t in optional for t in cands), hit is None and any(t in hard for t in cands))
        )
    return out, len(required)


def annotated(folders, name):
    """The annotation of a document, from the first folder that has it."""
    path = next(p for folder in folders if (p := folder / "gold" / f"{name}.json").exists())
    return json.loads(path.read_text(encoding="utf-8"))


def table(readings, gold):
    rows = []
    total = collections.Counter()
    for name, reading in readings.items():
        g = annotated(gold, name)
        field = Field.of(reading)
        marks, count = labels(reading, g)
        total[g["lang"]] += count
        for c, (hit, skip, hard) in zip(reading.candidates, marks, strict=True):
            rows.append((name, g["lang"], c, field.features(c), hit, skip, hard))
    return rows, total


TREES = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 16,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
}


def fit(rows, strength=0.3, count=200):
    use = [r for r in rows if not r[5]]
    X, y = np.array([columns(r[3], r[2].predicate) for r in use]), np.array([r[4] is not None for r in use])
    weight = np.where([r[6] for r in use], INVITED, 1.0)  # wrong readings that the text invites
    scale = StandardScaler(with_mean=False).fit(X)
    n, k = len(FEATURES), len(PREDICATES)
    scale.scale_[n : n + k] = 1.0
    scale.scale_[n + k :] = 3.0
    line = LogisticRegression(C=strength, max_iter=400).fit(X / scale.scale_, y, weight)
    forest = lgb.train(TREES, lgb.Dataset(X, y, weight=weight), count).dump_model()
    trees = [flat(t["tree_structure"]) for t in forest["tree_info"]]
    size = max(len(t) for t in trees)
    nodes = np.array([t + [(-1, 0.0, 0, 0, 0.0)] * (size - len(t)) for t in trees])
    return Judge(
        line.coef_[0] / scale.scale_,
        float(line.intercept_[0]),
        nodes[..., 0].astype(int),
        nodes[..., 1],
        nodes[..., 2].astype(int),
        nodes[..., 3].astype(int),
        nodes[..., 4],
    )


def flat(tree):
    """The nodes of a tree as (column or -1, limit, left, right, value), the root first."""
    found = []

    def add(node):
        at = len(found)
        found.append(None)
        if "leaf_value" in node:
            found[at] = (-1, 0.0, 0, 0, node["leaf_value"])
        else:
            assert node["decision_type"] == "<="
            found[at] = (
                node["split_feature"],
                node["threshold"],
                add(node["left_child"]),
                add(node["right_child"]),
                0.0,
            )
        return at

    add(tree)
    return found


def stored(j):
    r = lambda a: np.round(a, 5).tolist()
    return {
        "features": [*FEATURES, *PREDICATES, *(f"logit {p}" for p in PREDICATES)],
        "weights": r(j.weights),
        "bias": round(j.bias, 5),
        "column": j.column.tolist(),
        "limit": r(j.limit),
        "left": j.left.tolist(),
        "right": j.right.tolist(),
        "value": r(j.value),
    }


def cross(rows, folds=6):
    docs = sorted({r[0] for r in rows})
    fold = {d: i % folds for i, d in enumerate(docs)}
    out = []
    for k in range(folds):
        j = fit([r for r in rows if fold[r[0]] != k])
        test = [r for r in rows if fold[r[0]] == k]
        out += list(zip(j.confidences(np.array([columns(r[3], r[2].predicate) for r in test])), test))
    return out


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


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", type=Path, nargs="+", required=True)
    ap.add_argument("--readings", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--at", type=float, default=0.42, help="the confidence for the table by predicate")
    a = ap.parse_args()
    readings = {}
    for path in a.readings:
        readings.update(pickle.loads(path.read_bytes()))
    rows, total = table(readings, a.gold)
    print("model alone")
    report([(r[2].score, r) for r in rows], total, (0.5, 0.7, 0.9))
    print("judge, cross-validated")
    scored = [(conf - (0.2 if r[3]["negation"] else 0.0), r) for conf, r in cross(rows)]  # as claims.py does
    report(scored, total, (0.2, 0.3, 0.38, 0.42, 0.45, 0.5, 0.6, 0.7))
    predicates(scored, readings, a.gold, a.at)
    calibration(scored)
    invited(scored)
    if a.out:
        a.out.write_text(json.dumps(stored(fit(rows)), separators=(",", ":")), encoding="utf-8")


def predicates(scored, readings, folders, least):
    """Precision, recall and F1 by predicate and language at one confidence."""
    wanted = collections.Counter()
    for name in readings:
        g = annotated(folders, name)
        for f in g["facts"]:
            if not f.get("optional"):
                wanted[f["p"], "all"] += 1
                wanted[f["p"], g["lang"]] += 1
    for p in PREDICATES:
        line = f"| {p} | {wanted[p, 'all']} "
        for lang in ("all", "en", "zh-Hans", "zh-Hant"):
            found, false = set(), 0
            for conf, r in scored:
                if conf >= least and r[2].predicate == p and lang in ("all", r[1]):
                    found |= {(r[0], r[4])} if r[4] is not None else set()
                    false += r[4] is None and not r[5]
            prec, rec = len(found) / max(len(found) + false, 1), len(found) / max(wanted[p, lang], 1)
            f1 = 2 * prec * rec / max(prec + rec, 1e-9)
            line += f"| {prec:.2f} / {rec:.2f} / {f1:.2f} " if lang == "all" else f"| {f1:.2f} "
        print(line + "|")


def invited(scored):
    """How many of the wrong readings that the texts invite are asserted at each confidence."""
    for least in (0.3, 0.38, 0.42, 0.5):
        print(
            f"invited wrong readings asserted at {least}: {sum(r[6] for conf, r in scored if conf >= least)} of {sum(r[6] for _, r in scored)} seen"
        )


def calibration(scored):
    """How many claims of each confidence are right."""
    for low in np.arange(0.1, 1.0, 0.1):
        inside = [r[4] is not None for conf, r in scored if low <= conf < low + 0.1 and not r[5]]
        print(
            f"confidence {low:.1f} to {low + 0.1:.1f}: {len(inside)} claims, {np.mean(inside) if inside else 0:.2f} right"
        )


if __name__ == "__main__":
    main()
