"""Reads a written reader back as a checkpoint, so that training can go on from it, on documents of one's own say.

python -m training.resume loaders/models/reader --base BASE --out SHIPPED.pt
python -m training.fit --init SHIPPED.pt ...
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.network import CACHED, LAYERS, LOWER, Reader

PARTS = ("qkv", "ao", "fi", "fo")  # in the order in which a layer multiplies


def linears(path, first):
    """Weights, biases and norms of a half, from its numbers of 8 bits and what evened its inputs out."""
    graph = onnx.load(path).graph
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    multiplied = [node.input[1] for node in graph.node if node.op_type == "MatMulInteger" and node.input[1] in known]
    state = {}
    for number, name in enumerate(multiplied):
        layer, part = number // len(PARTS), PARTS[number % len(PARTS)]
        scale = known[name.replace("_quantized", "_scale")]
        zero = known[name.replace("_quantized", "_zero_point")]
        weight = (known[name].astype(np.float32) - zero) * scale
        state[f"layers.{first + layer}.{part}.weight"] = weight.T * known[f"layers.{layer}.{part}.inverse"]
        state[f"layers.{first + layer}.{part}.bias"] = known[f"layers.{layer}.{part}.bias"]
        for norm in ("aln.weight", "aln.bias", "oln.weight", "oln.bias"):
            state[f"layers.{first + layer}.{norm}"] = known[f"layers.{layer}.{norm}"]
    return state


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("reader", type=Path)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    labels = json.loads((a.reader / "labels.json").read_text(encoding="utf-8"))
    net = Reader(len(labels), np.load(a.base / "base.npz"))
    stored = {**linears(a.reader / "lower.onnx", 0), **linears(a.reader / "upper.onnx", LOWER)}
    stored = {
        name: value for name, value in stored.items() if int(name.split(".")[1]) >= CACHED
    }  # the others never change
    assert len(stored) == 12 * (LAYERS - CACHED), sorted(stored)
    with np.load(a.reader / "heads.npz") as heads:
        stored |= {name: heads[name].astype(np.float32) for name in heads.files}
    net.load_state_dict(net.state_dict() | {name: torch.from_numpy(np.array(value)) for name, value in stored.items()})
    torch.save({"state": net.state_dict(), "labels": labels, "step": 0}, a.out)


if __name__ == "__main__":
    main()
