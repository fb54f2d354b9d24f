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
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import nn

from loaders.scripts import simplify
from loaders.tokens import Tokenizer
from training.network import HEADS, LAYERS, LOWER, H, Reader

PART = 12 * 2**20


class Smooth(nn.Module):
    """A linear layer whose inputs are evened out, so that 8 bits hold them: (x / s) @ (s * W)."""

    def __init__(self, linear, peak):
        super().__init__()
        s = (peak.clamp(min=1e-3) ** 0.6 / linear.weight.abs().max(0).values.clamp(min=1e-3) ** 0.4).clamp(min=1e-2)
        self.inverse = nn.Parameter(1 / s)
        self.weight, self.bias = nn.Parameter(linear.weight * s), linear.bias

    def forward(self, x):
        return (x * self.inverse) @ self.weight.t() + self.bias


def smooth(net, texts, tokenizer):
    """Replaces the linear layers by evened ones, by what their inputs are on some texts."""
    peaks = {}

    def keep(name):
        def hook(_, inputs):
            top = inputs[0].abs().amax(dim=(0, 1))
            peaks[name] = torch.maximum(peaks.get(name, torch.zeros_like(top)), top)

        return hook

    hooks = [
        getattr(layer, part).register_forward_pre_hook(keep((i, part)))
        for i, layer in enumerate(net.layers)
        for part in ("qkv", "ao", "fi", "fo")
    ]
    with torch.no_grad():
        for text in texts:
            pieces = [0, *(t.piece for t in tokenizer.tokens(text))][:500] + [2]
            net.run(net.embed(pieces)[None], 0, LAYERS)
    for hook in hooks:
        hook.remove()
    for (i, part), peak in peaks.items():
        setattr(net.layers[i], part, Smooth(getattr(net.layers[i], part), peak))


def by_head(x):
    """Vectors cut into those of each head: [batch, heads, n, width of a head]."""
    return x.unflatten(-1, (HEADS, H // HEADS)).transpose(1, 2)


class Attention(torch.autograd.Function):
    """All heads at once as one operation of onnxruntime, which never holds the whole table of weights."""

    @staticmethod
    def forward(_, q, k, v):
        q, k, v = map(by_head, (q, k, v))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g, q, k, v):
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


def weighed(q, k, v):
    """All heads, and how much each token attends to each other."""
    q, k, v = map(by_head, (q, k, v))
    att = ((q * (1 / math.sqrt(H // HEADS))) @ k.transpose(-1, -2)).softmax(-1)
    return (att @ v).transpose(1, 2).flatten(2), att


class Half(nn.Module):
    """Some layers of the reader, as a graph of its own; the attention of the last one may come out too."""

    def __init__(self, net, first, last, attention):
        super().__init__()
        self.layers, self.ln, self.attention = net.layers[first:last], net.ln if first == 0 else None, attention

    def forward(self, x):
        if self.ln is not None:
            x = self.ln(x)
        att = None
        for number, layer in enumerate(self.layers, 1):
            q, k, v = layer.qkv(x).chunk(3, -1)
            if self.attention and number == len(self.layers):
                y, att = weighed(q, k, v)
            else:
                y = Attention.apply(q, k, v)
            x = layer.aln(x + layer.ao(y))
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
    if bits == 8 and level == 0:
        quantize_dynamic(
            path,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
    elif bits:
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
    ap.add_argument("--level", type=int, default=4, help="0: activations in 8 bits too")
    ap.add_argument("--smooth", type=Path, help="texts to even activations out by")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    ck = torch.load(a.checkpoint)
    net = Reader(len(ck["labels"]), np.load(a.base / "base.npz"))
    net.load_state_dict(ck["state"])
    net.eval()
    if a.smooth:
        tokenizer = Tokenizer.read(a.base / "tokenizer.json")
        smooth(net, [simplify(p.read_text(encoding="utf-8")) for p in sorted(a.smooth.glob("*.txt"))[::10]], tokenizer)
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
