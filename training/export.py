"""Writes a trained reader as the files the run time reads.

python -m training.export CHECKPOINT.pt --base BASE --out ../loaders/models/reader [--bits 8]
"""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import nn

from training.network import H, HEADS, LAYERS, LOWER, Reader

PART = 12 * 2**20


class Half(nn.Module):
    """Some layers of the reader, as a graph of its own; the attention of the last one comes out too."""

    def __init__(self, net, first, last, attention):
        super().__init__()
        self.layers, self.ln, self.attention = net.layers[first:last], net.ln if first == 0 else None, attention

    def forward(self, x):
        if self.ln is not None:
            x = self.ln(x)
        for number, layer in enumerate(self.layers):
            b, n = x.shape[0], x.shape[1]
            q, k, v = layer.qkv(x).view(b, n, 3, HEADS, H // HEADS).permute(2, 0, 3, 1, 4)
            att = ((q * (1 / math.sqrt(H // HEADS))) @ k.transpose(-1, -2)).softmax(-1)
            x = layer.aln(x + layer.ao((att @ v).transpose(1, 2).reshape(b, n, H)))
            x = layer.oln(x + layer.fo(F.gelu(layer.fi(x))))
        return (x, att) if self.attention else x


def graph(half, path, bits, block, level):
    x = torch.randn(1, 20, H)
    names = ["hidden", "attention"] if half.attention else ["hidden"]
    axes = {"x": {0: "b", 1: "n"}, "hidden": {0: "b", 1: "n"}}
    if half.attention:
        axes["attention"] = {0: "b", 2: "n", 3: "n"}
    torch.onnx.export(
        half, (x,), str(path), input_names=["x"], output_names=names, opset_version=17, dynamo=False, dynamic_axes=axes
    )
    if bits:
        tool = MatMulNBitsQuantizer(
            onnx.load(path), bits=bits, block_size=block, is_symmetric=True, accuracy_level=level
        )
        tool.process()
        tool.model.save_model_to_file(str(path))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--bits", type=int, default=8)
    ap.add_argument("--block", type=int, default=128)
    ap.add_argument("--level", type=int, default=4)
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    ck = torch.load(a.checkpoint)
    net = Reader(len(ck["labels"]), np.load(a.base / "base.npz"))
    net.load_state_dict(ck["state"])
    net.eval()
    graph(Half(net, 0, LOWER, False), a.out / "lower.onnx", a.bits, a.block, a.level)
    graph(Half(net, LOWER, LAYERS, True), a.out / "upper.onnx", a.bits, a.block, a.level)
    word = net.word.numpy()
    scale = np.abs(word).max(1) / 127
    np.savez(
        a.out / "words.npz",
        words=np.round(word / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float16),
        places=net.pos.numpy().astype(np.float16),
    )
    heads = {
        k: v.numpy().astype(np.float16) for k, v in net.state_dict().items() if not k.startswith(("layers.", "ln."))
    }
    np.savez(a.out / "heads.npz", **heads)
    (a.out / "labels.json").write_text(json.dumps(ck["labels"], ensure_ascii=False), encoding="utf-8")
    for f in sorted(a.out.iterdir()):
        print(f"{f.stat().st_size / 2**20:8.2f} MiB  {f.name}")


if __name__ == "__main__":
    main()
