"""Trains the reader.

    python -m training.fit --gold ../shared/gold/train DOCUMENTS --data ../shared/data --base BASE --out FILE.pt [--fold N]

DOCUMENTS is what training/marked.py makes of training/documents. BASE holds base.npz and tokenizer.json (training/base.py).
With --fold N the documents of that fold are left out, in each folder.
"""

import argparse
import collections
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from loaders.pairs import read_lines
from loaders.scripts import is_han, simplify
from loaders.tokens import Tokenizer
from training import examples
from training.network import CACHED, Reader, finre_logits, losses, page_loss


def numbers():
    """Half the width where the processor counts in it; elsewhere it would be twenty times as slow."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


def ready(net, w, tokenizer, text):
    """Tensors of a window or page that do not change while training."""
    with torch.no_grad(), numbers():
        w.hidden = net.run(net.embed(w.pieces)[None], 0, CACHED)[0][0].bfloat16()
    first = getattr(w, "first", 0)
    first = first if isinstance(first, int) else 0
    w.token_of = torch.tensor([u.token - first for u in w.units])
    w.place = torch.tensor([min(u.place, 3) for u in w.units])
    letters = [text[u.start] for u in w.units]
    w.char = torch.tensor([tokenizer.pieces.get(c, 3) if is_han(c) else 1 for c in letters])
    w.y = torch.as_tensor(w.tags)


def status_of(attrs):
    """The number of a fact's status."""
    status = attrs.get("status") or "none"
    return examples.STATUSES.index(status) if status in examples.STATUSES else 0


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", type=Path, nargs="+", required=True)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--init", type=Path, help="go on from this checkpoint")
    ap.add_argument("--fold", type=int, help="leave this fold's documents out")
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--twice", type=int, help="documents of this fold count twice")
    ap.add_argument("--epochs", type=float, default=12)
    ap.add_argument("--finre", type=float, default=2, help="passes over FinRE")
    ap.add_argument("--pages", type=float, default=0, help="passes over Re-DocRED, for tags")
    ap.add_argument("--tags", action="store_true", help="learn company names from FinRE too")
    ap.add_argument("--noise", action="store_true", help="train on tagging and coreference mistakes too")
    ap.add_argument("--lr", type=float, default=1.5e-4)
    ap.add_argument("--batch", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--limit", type=int, help="only so many documents, to try the script out")
    return ap.parse_args()


@dataclass
class Material:
    """What is trained on, with the frozen layers' vectors."""

    windows: list
    lines: list
    pages: list
    labels: list


def material(a, net, tokenizer, labels):
    found = [
        (folder, n, fold)
        for folder in a.gold
        for n, fold in examples.fold_of(folder, a.folds).items()
        if fold != a.fold
    ]
    if a.limit:
        found = random.sample(found, a.limit)
    windows = []
    for folder, n, fold in found:
        text = simplify((folder / "docs" / f"{n}.txt").read_text(encoding="utf-8"))
        for w in examples.load(folder, tokenizer, [n]):
            ready(net, w, tokenizer, text)
            windows += [w, w] if fold == a.twice else [w]
    lines = examples.finre(a.data / "finre_train.tsv", tokenizer, set(labels)) if a.finre else []
    pages = examples.redocred(a.data / "redocred_dev.jsonl", tokenizer) if a.pages else []
    most = a.limit * 20 if a.limit else None
    lines, pages = sorted(lines[:most], key=lambda line: len(line.pieces)), pages[:most]
    for one in (*lines, *pages):
        ready(net, one, tokenizer, one.text)
    return Material(windows, lines, pages, labels)


def rounds(count, size, passes):
    """Batches of numbers below `count`, for so many passes."""
    found = []
    for k in range(math.ceil(passes)):
        idx = list(range(count))
        random.shuffle(idx)
        found += [idx[i : i + size] for i in range(0, int(count * min(1, passes - k)), size)]
    return found


def line_batches(lines, passes, size=12):
    """Batches of lines of like length."""
    found = []
    for _ in range(math.ceil(passes)):
        chunk = [list(range(i, min(i + size, len(lines)))) for i in range(0, len(lines), size)]
        random.shuffle(chunk)
        found += chunk
    return found[: int(passes * math.ceil(len(lines) / size))]


def plan(a, m):
    """What each step learns from: windows, then lines and pages, which end before the last fifth."""
    steps = [[("window", j) for j in batch] for batch in rounds(len(m.windows), a.batch, a.epochs)]
    more = [("lines", batch) for batch in line_batches(m.lines, a.finre)]
    more += [("page", batch[0]) for batch in rounds(len(m.pages), 1, a.pages)]
    for one in more:
        steps[int(random.random() * 0.8 * len(steps))].append(one)
    return steps


def loss_of(net, m, a, kind, which):
    """The weighted loss of one item, and its parts for the log."""
    with numbers():
        if kind == "window":
            lt, lc, lr, ls = losses(net, m.windows[which], noise=a.noise)
            return (2 * lt + 0.5 * lc + lr + 0.15 * ls) / a.batch, {
                "tags": lt,
                "links": lc,
                "relations": lr,
                "status": ls,
            }
        if kind == "page":
            lt = page_loss(net, m.pages[which])
            return lt, {"page": lt}
        chosen = [m.lines[j] for j in which]
        y, lt = finre_logits(net, chosen, a.tags)
    target = torch.zeros(len(chosen), len(m.labels))
    for r, line in enumerate(chosen):
        for label, count in line.labels.items():
            target[r, m.labels.index(label)] = count / sum(line.labels.values())
    loss = F.cross_entropy(y, target, label_smoothing=0.05)
    return 0.5 * loss + lt, {"finre": loss, "names": lt}


def main():
    a = arguments()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    tokenizer = Tokenizer.read(a.base / "tokenizer.json")
    labels = sorted({row.relation for row in read_lines(a.data / "finre_train.tsv")})
    net = Reader(len(labels), np.load(a.base / "base.npz"))
    if a.init:
        net.load_state_dict(torch.load(a.init)["state"], strict=False)
    net.eval()
    begun = time.time()
    m = material(a, net, tokenizer, labels)
    print(
        f"{len(m.windows)} windows, {len(m.lines)} lines, {len(m.pages)} pages; {time.time() - begun:.0f}s", flush=True
    )
    for p in (net.ln, *net.layers[:CACHED]):
        p.requires_grad_(False)
    encoder = [p for n, p in net.named_parameters() if n.startswith("layers.") and p.requires_grad]
    heads = [p for n, p in net.named_parameters() if not n.startswith(("layers.", "ln.")) and p.requires_grad]
    opt = torch.optim.AdamW([{"params": encoder}, {"params": heads}], lr=a.lr, weight_decay=0.01, fused=True)
    steps = plan(a, m)
    net.train()
    seen, begun = collections.defaultdict(list), time.time()
    for i, items in enumerate(steps):
        rate = a.lr * min(1, (i + 1) / (0.06 * len(steps))) * max(0.03, 1 - i / len(steps))
        opt.param_groups[0]["lr"], opt.param_groups[1]["lr"] = rate, 4 * rate
        for kind, which in items:
            loss, parts = loss_of(net, m, a, kind, which)
            loss.backward()
            for name, part in parts.items():
                seen[name].append(float(part.detach()))
        torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        if i % 25 == 24 or i == len(steps) - 1:
            told = " ".join(f"{name} {np.mean(values):.3f}" for name, values in seen.items())
            print(f"step {i + 1}/{len(steps)} {time.time() - begun:.0f}s {told}", flush=True)
            seen.clear()
        if i % 100 == 99 or i == len(steps) - 1:
            torch.save({"state": net.state_dict(), "labels": labels, "step": i + 1}, a.out)


if __name__ == "__main__":
    main()
