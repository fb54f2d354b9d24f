"""Puts the search for garbage off while many values are made that all stay: it would find nothing, and look at each."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_kept() -> Iterator[None]:
    """No search for garbage meanwhile; threads may overlap, and the first that began ends it."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
