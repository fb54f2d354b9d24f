"""The project's own small encoder: pieces to vectors, in two halves, on one core, without a framework."""

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loaders import MODEL
from loaders.tokens import Tokenizer

Array = NDArray[np.float32]
_START, _STOP = 0, 2


@dataclass(frozen=True)
class Encoder:
    """The trained files of one folder. Deterministic: one thread, no sampling."""

    folder: Path = MODEL

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer that belongs to the weights."""
        return Tokenizer.read(self.folder / "tokenizer.json")

    @cached_property
    def heads(self) -> dict[str, Array]:
        """The weights of the heads by name, in single precision."""
        with np.load(self.folder / "heads.npz") as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}

    def lower(self, pieces: list[int]) -> Array:
        """Vectors of the pieces after the lower half, end marks included: [len(pieces) + 2, width]."""
        ids = np.array([_START, *pieces, _STOP])
        words, scale, places = self._words
        x = words[ids] * scale[ids, None] + places[: len(ids)]
        hidden: Array = self._lower.run(None, {"x": x[None].astype(np.float32)})[0][0]
        return hidden

    def upper(self, hidden: Array) -> tuple[Array, Array]:
        """Vectors after the upper half, and the attention of its last layer [heads, n, n]."""
        out, attention = self._upper.run(None, {"x": hidden[None]})
        return out[0], attention[0]

    def words(self, ids: NDArray[np.int64]) -> Array:
        """The vectors of single pieces before any layer."""
        words, scale, _ = self._words
        vectors: Array = words[ids] * scale[ids, None]
        return vectors

    def linear(self, x: Array, name: str) -> Array:
        """One linear layer of the heads."""
        y: Array = x @ self.heads[f"{name}.weight"].T + self.heads[f"{name}.bias"]
        return y

    def kernel(self, name: str) -> Array:
        """The weights of a convolution over three units: [3, in, out]."""
        return self._kernels[name]

    @cached_property
    def _kernels(self) -> dict[str, Array]:
        return {
            name.removesuffix(".weight"): np.ascontiguousarray(weight.transpose(2, 1, 0))
            for name, weight in self.heads.items()
            if weight.ndim == 3
        }

    @cached_property
    def _words(self) -> tuple[NDArray[np.int8], Array, Array]:
        with np.load(self.folder / "words.npz") as stored:
            return stored["words"], stored["scale"].astype(np.float32), stored["places"].astype(np.float32)

    @cached_property
    def _lower(self) -> Any:  # noqa: ANN401 (the library has no types)
        return _session(self.folder / "lower.onnx")

    @cached_property
    def _upper(self) -> Any:  # noqa: ANN401
        return _session(self.folder / "upper.onnx")


def _session(path: Path) -> Any:  # noqa: ANN401
    # It takes long to import, and most uses of the program read no text.
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def gelu(x: Array) -> Array:
    """The activation of the heads."""
    y: Array = 0.044715 * x
    for step, by in ((np.multiply, x), (np.multiply, x), (np.add, x), (np.multiply, 0.7978845608)):
        step(y, by, out=y)
    np.tanh(y, out=y)
    y += 1.0
    y *= 0.5 * x
    return y


def softmax(x: Array) -> Array:
    """Over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    y: Array = e / e.sum(-1, keepdims=True)
    return y
