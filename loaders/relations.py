"""Measures the relation model.

python -m loaders.relations score FILE.tsv     labels a file of head, tail, relation, sentence; prints F1
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from loaders.encoder import Encoder
from loaders.pairscore import report


def main(words: Sequence[str]) -> int:
    """The command line: `score FILE.tsv`."""
    if len(words) != 2 or words[0] != "score":
        sys.stderr.write("usage: python -m loaders.relations score FILE.tsv\n")
        return 2
    try:
        for line in report(Path(words[1]), Encoder()):
            sys.stdout.write(line + "\n")
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
