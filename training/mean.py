"""The mean of two checkpoints of one training: python -m training.mean FIRST.pt SECOND.pt --share 0.65 --out FILE.pt

`--share` is the second's. What is no number is taken from the second.
"""

import argparse
from pathlib import Path

import torch


def mean(first, second, share):
    """The weighted mean, tensor by tensor."""
    if isinstance(second, dict):
        return {name: mean(first[name], value, share) for name, value in second.items()}
    if torch.is_tensor(second) and second.is_floating_point():
        return (1 - share) * first + share * second
    return second


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("first", type=Path)
    ap.add_argument("second", type=Path)
    ap.add_argument("--share", type=float, default=0.5)
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in (args.first, args.second))
    torch.save(mean(first, second, args.share), args.out)


if __name__ == "__main__":
    main()
