"""The rows of a Parquet file, refused before they are read when there are too many."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PanicException, PolarsError

from loaders.problems import Limits, RefusedError

_BATCH = 10_000


def parquet_rows(path: Path, limits: Limits) -> Iterator[dict[str, Any]]:
    """Each row by its columns' names, with the types that the file gives them. RefusedError."""
    try:
        frame = pl.scan_parquet(path, glob=False)
        count = int(frame.select(pl.len()).collect().item())
        if count > limits.rows:
            raise RefusedError(f"too large: {count:,} rows, at most {limits.rows:,} are read; split it")
        for first in range(0, count, _BATCH):
            yield from frame.slice(first, _BATCH).collect().iter_rows(named=True)
    except (PolarsError, PanicException) as error:
        raise RefusedError(f"not readable as Parquet: {str(error).splitlines()[0]}") from error
