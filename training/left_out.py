"""Reads the documents that a fold's model has not seen, and keeps the readings for the judge and for measuring.

    python -m training.left_out --gold ../shared/gold/train --model FOLDER --fold 0 --out FOLD0.pkl [--given mentions]

--given mentions: the gold mentions are given, their clusters are found; --given entities: those are given too.
"""

import argparse
import json
import pickle
import time
from pathlib import Path

from loaders import candidates, coreference, mentions
from loaders.candidates import Text, read
from loaders.encoder import Encoder
from loaders.mentions import Mention
from loaders.passages import prepare
from loaders.schema import KINDS
from training.examples import fold_of, names


def given(text, gold, encoder, entities):
    kind = {e["id"]: e["kind"] for e in gold["entities"]}
    marked = sorted((m for m in gold["mentions"] if kind.get(m["id"]) in KINDS), key=lambda m: (m["start"], m["end"]))
    found = [
        Mention(m["start"], m["end"], text[m["start"] : m["end"]], kind[m["id"]] if m["named"] else "ref", 1.0)
        for m in marked
    ]
    passage = prepare(text, encoder.tokenizer)
    lower = [encoder.lower([t.piece for t in passage.tokens[a:b]]) for a, b in passage.windows]
    one = Text(passage, lower, found, encoder)
    if not entities:
        return one.reading()
    ids = {}
    return one.related([ids.setdefault(m["id"], len(ids)) for m in marked], [], [])


def take_out(part):
    """Switches one part of reading off, to see what it adds."""
    if part == "dictionary":
        candidates.add_known = lambda simple, text, tagging, mentions: mentions
        coreference.known = lambda name: None
    elif part == "borders":
        mentions._borders = lambda passage, found: found
        mentions._unstuck = lambda simple, start, end: (start, end)
    elif part == "repeats":
        mentions._again = lambda passage, found: found
    elif part == "references":
        candidates.SURE = 2.0
    elif part == "names":
        coreference.sign = lambda short, long: None


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--fold", type=int)
    ap.add_argument("--folds", type=int, default=4)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--given", choices=["mentions", "entities"])
    ap.add_argument(
        "--without", nargs="*", default=[], choices=["dictionary", "borders", "repeats", "references", "names"]
    )
    a = ap.parse_args()
    for part in a.without:
        take_out(part)
    encoder = Encoder(a.model)
    chosen = names(a.gold)
    if a.fold is not None:
        chosen = [n for n, f in fold_of(a.gold, a.folds).items() if f == a.fold]
    found, size, begun = {}, 0, time.process_time()
    for name in chosen:
        text = (a.gold / "docs" / f"{name}.txt").read_text(encoding="utf-8")
        gold = json.loads((a.gold / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        size += len(text)
        found[name] = given(text, gold, encoder, a.given == "entities") if a.given else read(text, encoder)
    spent = time.process_time() - begun
    a.out.write_bytes(pickle.dumps(found))
    print(
        f"{len(found)} documents, {size} characters, {spent:.1f} s of processor time: {size / spent:.0f} characters a second"
    )


if __name__ == "__main__":
    main()
