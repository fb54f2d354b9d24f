"""A guest's statement answered whole: on the event loop where its rows are here at once, on a thread otherwise."""

import time
from collections.abc import Callable

from fastapi import Request

from api import answers, audit
from api.answers import Answer, Wanted
from graph.engines.engine import Soon, Stop
from graph.growth import is_long


async def answered(request: Request, wanted: Wanted, form: Callable[[Answer], bytes]) -> bytes:
    """The answer in a form. Raises Refused where no place comes free or too much is wanted, QueryError and its kin."""
    running = _Running(request, wanted, form)
    found: bytes = await request.app.state.turnstile.run(request, wanted.seconds, running.done, running.here)
    return found


class _Running:
    """One statement; `here` looks whether it is answered at once, `done` is its answer."""

    def __init__(self, request: Request, wanted: Wanted, form: Callable[[Answer], bytes]) -> None:
        self._request = request
        self._wanted = wanted
        self._form = form
        self._soon: Soon | None = None
        self._started: float | None = None

    async def here(self, stop: Stop) -> bool:
        """Begin it, where nothing needs to be looked up before: a statement that the guard knows."""
        wanted, state = self._wanted, self._request.app.state
        if not state.guard.permits(wanted.statement) or is_long(wanted.parameters):
            return False  # looking at them, or handing them over, may take a while
        self._started = time.monotonic()
        self._soon = state.store.engine.soon(wanted.statement, wanted.parameters, timeout_s=wanted.seconds, stop=stop)
        return self._soon is not None and await self._soon.here()

    def done(self, stop: Stop) -> bytes:
        """The whole answer in its form."""
        with answers.running(self._request, self._wanted, stop, self._soon, self._started) as answer:
            content = self._form(answer)
            audit.told(self._request.scope, rows=answer.rows)
            return content
