"""Trains the reader.

    python -m training.fit --gold ../shared/gold/train --data ../shared/data --base BASE --out FILE.pt [--fold N]

BASE holds base.npz and tokenizer.json (training/base.py). With --fold N the documents of that fold are left out.
"""

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from loaders.scripts import is_han
from loaders.tokens import Tokenizer
from training import examples
from training.network import CACHED, Reader, finre_logits, losses


def ready(net, w, tokenizer, passage_text):
    """Tensors of a window that do not change while training."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        w.hidden = net.run(net.embed(w.pieces)[None], 0, CACHED)[0][0].bfloat16()
    w.token_of = torch.tensor([u.token - w.first for u in w.units])
    w.place = torch.tensor([min(u.place, 3) for u in w.units])
    w.char = torch.tensor(
        [tokenizer.pieces.get(passage_text[u.start], 3) if is_han(passage_text[u.start]) else 1 for u in w.units]
    )
    w.y = torch.as_tensor(w.tags)
    w.status_of = lambda attrs: (
        examples.STATUSES.index(attrs.get("status") or "none")
        if (attrs.get("status") or "none") in examples.STATUSES
        else 0
    )


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--fold", type=int)
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--epochs", type=float, default=12)
    ap.add_argument("--finre", type=float, default=2, help="passes over FinRE")
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--batch", type=int, default=3)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--limit", type=int)
    ap.add_argument("--init", type=Path)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    tokenizer = Tokenizer.read(a.base / "tokenizer.json")
    base = np.load(a.base / "base.npz")
    fold = examples.fold_of(a.gold, a.folds)
    names = [n for n in fold if fold[n] != a.fold]
    if a.limit:
        names = random.sample(names, a.limit)
    labels = sorted({r.relation for r in __import__("loaders.pairs").pairs.read_lines(a.data / "finre_train.tsv")})
    net = Reader(len(labels), base)
    if a.init:
        net.load_state_dict(torch.load(a.init)["state"], strict=False)
    net.eval()
    t0 = time.time()
    windows = []
    from loaders.scripts import simplify

    for n in names:
        text = simplify((a.gold / "docs" / f"{n}.txt").read_text(encoding="utf-8"))
        for w in examples.load(a.gold, tokenizer, [n]):
            ready(net, w, tokenizer, text)
            windows.append(w)
    lines = examples.finre(a.data / "finre_train.tsv", tokenizer, set(labels)) if a.finre else []
    if a.limit:
        lines = lines[: a.limit * 20]
    lines.sort(key=lambda l: len(l.pieces))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for l in lines:
            l.hidden = net.run(net.embed(l.pieces)[None], 0, CACHED)[0][0].bfloat16()
    print(
        f"{len(names)} documents {len(windows)} windows {sum(len(w.pieces) for w in windows)} pieces; {len(lines)} FinRE pairs; cached in {time.time() - t0:.0f}s",
        flush=True,
    )
    for p in (net.ln, *net.layers[:CACHED]):
        p.requires_grad_(False)
    enc = [p for n, p in net.named_parameters() if n.startswith("layers.") and p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith(("layers.", "ln.")) and p.requires_grad]
    opt = torch.optim.AdamW([{"params": enc, "lr": a.lr}, {"params": heads, "lr": 4 * a.lr}], weight_decay=0.01, fused=True)
    batches = []
    e = 0
    while e < a.epochs:
        idx = list(range(len(windows)))
        random.shuffle(idx)
        if a.epochs - e < 1:
            idx = idx[: int(len(idx) * (a.epochs - e))]
        batches += [("gold", idx[i : i + a.batch]) for i in range(0, len(idx), a.batch)]
        e += 1
    steps = len(batches)
    size = 12
    extra = []
    for k in range(math.ceil(a.finre)):
        chunk = [list(range(i, min(i + size, len(lines)))) for i in range(0, len(lines), size)]
        random.shuffle(chunk)
        extra += chunk
    extra = extra[: int(a.finre * math.ceil(len(lines) / size))]
    # FinRE goes into the first four fifths, so that the last steps belong to our own documents.
    at = sorted(random.random() * 0.8 * steps for _ in extra)
    plan, k = [], 0
    for i, b in enumerate(batches):
        more = []
        while k < len(extra) and at[k] <= i:
            more.append(extra[k])
            k += 1
        plan.append((b[1], more))
    net.train()
    agg = np.zeros(5)
    cnt = np.zeros(2)
    t0 = time.time()
    for i, (ws, more) in enumerate(plan):
        f = min(1, (i + 1) / (0.06 * steps)) * max(0.03, 1 - i / steps)
        opt.param_groups[0]["lr"], opt.param_groups[1]["lr"] = a.lr * f, 4 * a.lr * f
        for j in ws:
            with torch.autocast("cpu", torch.bfloat16):
                lt, lc, lr, ls = losses(net, windows[j], noise=a.noise)
            ((2 * lt + 0.5 * lc + lr + 0.15 * ls) / len(ws)).backward()
            agg[:4] += [lt.item(), lc.item(), lr.item(), float(ls)]
            cnt[0] += 1
        for ix in more:
            chosen = [lines[j] for j in ix]
            target = torch.zeros(len(chosen), len(labels))
            for r, l in enumerate(chosen):
                for lab, v in l.labels.items():
                    target[r, labels.index(lab)] = v / sum(l.labels.values())
            with torch.autocast("cpu", torch.bfloat16):
                y = finre_logits(net, chosen)
            loss = F.cross_entropy(y, target, label_smoothing=0.05)
            (0.5 * loss).backward()
            agg[4] += loss.item()
            cnt[1] += 1
        torch.nn.utils.clip_grad_norm_(enc + heads, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        if i % 25 == 24 or i == len(plan) - 1:
            print(
                f"step {i + 1}/{steps} {time.time() - t0:.0f}s tags {agg[0] / cnt[0]:.3f} links {agg[1] / cnt[0]:.3f} relations {agg[2] / cnt[0]:.3f} status {agg[3] / cnt[0]:.3f} finre {agg[4] / max(cnt[1], 1):.3f}",
                flush=True,
            )
            agg[:] = 0
            cnt[:] = 0
        if i % 100 == 99 or i == len(plan) - 1:
            torch.save({"state": net.state_dict(), "labels": labels, "names": names, "step": i + 1}, a.out)


if __name__ == "__main__":
    main()
