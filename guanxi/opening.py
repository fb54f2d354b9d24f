"""Opening a graph takes seconds in which Python has little to do: time to import what will use the graph."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from graph.engines import engine_for
from graph.garbage import all_kept
from graph.settings import Settings
from graph.store import Progress, Store


@contextmanager
def opening(settings: Settings, progress: Progress | None = None) -> Iterator[Future[Store]]:
    """The store, opened in a thread while the block goes on; what `result()` gives is the caller's to close."""
    engine_for(settings)  # no two threads import at once
    with ThreadPoolExecutor(1, "opening") as thread, all_kept():
        yield thread.submit(Store.open, settings, progress)
