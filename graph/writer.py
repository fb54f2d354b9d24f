"""Writes batches in a thread of its own, so that the next is made ready while the engine stores the last."""

import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from graph.engines.engine import Engine, Transaction

WAITING = 12  # batches made ready ahead, so that deciding need not wait for the engine; each holds a few megabytes
Work = Callable[[Transaction], Any]


class Writer:
    """Each piece of work put in is one transaction, in order; what goes wrong is raised by `put` or at the end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.Queue[Work | None] = queue.Queue(WAITING)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._write, name="writer", daemon=True)

    def put(self, work: Work) -> None:
        """Hand over one transaction's work; waits while too many are waiting."""
        self._raise()
        self._queue.put(work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.put(None)
        self._thread.join()
        if error is None:
            self._raise()

    def _write(self) -> None:
        while (work := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._engine.write(work)
                except BaseException as error:  # noqa: BLE001  (raised again in the thread that put the work in)
                    self._error = error

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error
