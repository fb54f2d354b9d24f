"""A look-up on the embedded engine that a loop runs itself: handing it to a thread would take longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.engines.engine import Engine, Parameters, Result, Stop


class EmbeddedSoon:
    """See Soon. What has more rows than come at once is read as any other statement is."""

    def __init__(self, engine: Engine, asked: tuple[str, Parameters, float, Stop]) -> None:
        self._engine = engine
        self._statement, self._parameters, self._timeout_s, self._stop = asked
        self._result: Result | None = None

    async def here(self) -> bool:
        """See Soon.here."""
        result = self._engine.read(self._statement, self._parameters, timeout_s=self._timeout_s)
        if result.whole:
            self._result = result
        else:
            result.close()
        return result.whole

    def result(self) -> Result:
        """See Soon.result."""
        if self._result is not None:
            return self._result
        return self._engine.read(self._statement, self._parameters, timeout_s=self._timeout_s, stop=self._stop)
