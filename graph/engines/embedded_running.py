"""Statements of the embedded engine that another thread can end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from graph.engines.jvm import Java, java

if TYPE_CHECKING:
    from graph.engines.engine import Stop

WHO = "guanxi"


class Running:
    """The engine's own list of what runs: a statement on it looks from time to time whether it is to go on."""

    def __init__(self) -> None:
        self._registry = java("com.arcadedb.query.RunningQueryRegistry")()
        self._nobody = java("com.arcadedb.query.RunningQuery$Client").NONE

    def begin(self, stop: Stop | None) -> Begun:
        """What is about to begin, so that the stop ends it."""
        if stop is None:
            return Begun(None)
        running = self._registry.register(WHO, WHO, WHO, None, None, self._nobody)
        stop.by(lambda: _terminate(running))
        return Begun(running)


class Begun:
    """One statement; it begins in the `with`, on the thread that runs it, and lasts until it is closed."""

    def __init__(self, running: Java | None) -> None:
        self._running = running
        self._bound: Java | None = None

    def __enter__(self) -> Self:
        self._bound = None if self._running is None else self._running.bind()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._bound is not None:
            self._bound.close()
        if kind is not None:
            self.close()

    def close(self) -> None:
        """It is over."""
        if self._running is not None:
            self._running.close()


def _terminate(running: Java) -> None:
    running.terminate(WHO)
