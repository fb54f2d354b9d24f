"""Fits the head for FinRE's labels anew to a written reader, whose encoder has since learned from other documents.

python -m training.pairhead loaders/models/reader --data ../shared/data [--epochs 6]

Rewrites f_mid and f_out in heads.npz; all else stays as it is. Prints the loss of each pass and, at the end, the
score on the validation part for several shares of the encoder.
"""

import argparse
import collections
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from loaders import pairscore
from loaders.encoder import Encoder
from loaders.pairs import group, read_lines

NAMES = ("f_mid.weight", "f_mid.bias", "f_out.weight", "f_out.bias")


class Head(nn.Module):
    """What loaders/pairscore.py computes from a pair's vectors."""

    def __init__(self, heads):
        super().__init__()
        self.mid, self.out = (nn.Linear(*heads[f"{n}.weight"].shape[::-1]) for n in ("f_mid", "f_out"))
        self.drop = nn.Dropout(0.3)
        with torch.no_grad():
            for parameter, name in zip(self.parameters(), NAMES, strict=True):
                parameter.copy_(torch.from_numpy(heads[name]))

    def forward(self, x):
        return self.out(self.drop(F.gelu(self.mid(self.drop(x)), approximate="tanh")))


def vectors(model, cases):
    """The vectors of each pair, and which cases have any."""
    found = [model.vectors(case) for case in cases]
    kept = [i for i, x in enumerate(found) if x is not None]
    return torch.from_numpy(np.stack([found[i] for i in kept])), kept


def targets(cases, kept, labels):
    y = torch.zeros(len(kept), len(labels))
    for row, i in enumerate(kept):
        for label, count in cases[i].labels.items():
            y[row, labels.index(label)] = count / sum(cases[i].labels.values())
    return y


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("reader", type=Path)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--lr", type=float, default=5e-4)
    a = ap.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    encoder = Encoder(a.reader)
    model = pairscore.PairModel(encoder)
    labels = model.labels
    cases = group(read_lines(a.data / "finre_train.tsv"), set(labels))
    x, kept = vectors(model, cases)
    y = targets(cases, kept, labels)
    head = Head(encoder.heads)
    opt = torch.optim.AdamW(head.parameters(), a.lr, weight_decay=0.05)
    for epoch in range(a.epochs):
        head.train()
        order = torch.randperm(len(x))
        seen = collections.deque(maxlen=100)
        for group_ in order.split(64):
            loss = F.cross_entropy(head(x[group_]), y[group_], label_smoothing=0.05)
            opt.zero_grad()
            loss.backward()
            opt.step()
            seen.append(float(loss.detach()))
        for group_ in opt.param_groups:
            group_["lr"] = a.lr * (1 - (epoch + 1) / (a.epochs + 1))
        encoder.heads.update(
            {name: p.detach().numpy().copy() for name, p in zip(NAMES, head.parameters(), strict=True)}
        )
        print(f"pass {epoch + 1}: loss {np.mean(seen):.3f}", flush=True)
    rows = read_lines(a.data / "finre_valid.tsv")
    for share in (0.4, 0.5, 0.6, 0.7):
        pairscore._ENCODER = share
        print(f"share {share}: micro F1 {pairscore.score(rows, model.predict(rows)).micro:.4f}", flush=True)
    np.savez(a.reader / "heads.npz", **{name: value.astype(np.float16) for name, value in encoder.heads.items()})


if __name__ == "__main__":
    main()
