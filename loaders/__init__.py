"""Texts and tables in, claims out."""

import os
from pathlib import Path

# Else numpy starts a thread for every core, and while they wait they spin: products as small as a reader's then cost
# three times as much. It looks when it is first imported, and nothing outside this package imports it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

MODEL = Path(__file__).parent / "models" / "reader"  # where the reader's trained files are installed
