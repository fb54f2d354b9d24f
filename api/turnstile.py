"""Where guests' statements run: so many at once, on threads of their own, each ended when its caller goes away."""

import asyncio
import logging
import math
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.errors import Refused
from graph.engines.engine import Stop
from graph.errors import GuanxiError, QueryStopped, QueryTimeout

T = TypeVar("T")
PATIENCE_S = 1.0  # how long a statement waits for a place
UNWATCHED_S = 0.05  # most statements are over by then, and nobody need look whether the caller is still there
GRACE_S = 0.7  # what an engine has for ending a statement whose time is over, before nobody waits any more
log = logging.getLogger("guanxi.api")


class Turnstile:
    """Lets so many statements run at once; one more is refused with 503 rather than kept waiting.

    The threads are these statements' alone, so that one that cannot be ended keeps no other request from its answer.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = self._free = at_once
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._work: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._threads = 0

    async def run(
        self,
        request: Request,
        seconds: float,
        work: Callable[[Stop], T],
        here: Callable[[Stop], Awaitable[bool]] | None = None,
    ) -> T:
        """What the work comes to; done by the loop itself where `here` says that nothing needs to be waited for.

        Raises Refused where no place comes free, QueryStopped where the caller goes away, QueryTimeout where the engine
        itself does not end it in time: then it keeps its place for as long as it runs.
        """
        await self.enter()
        stop = Stop()
        threaded = False
        try:
            if here is not None and await here(stop):
                return work(stop)
            threaded = True
        finally:
            if not threaded:
                self.leave()
        future = self.thread(lambda: _done(work, stop), seconds, self.leave, stop)
        async with watching(request, stop):
            return await future

    async def stream(
        self, request: Request, seconds: float, work: Callable[[Stop], Generator[bytes]], media_type: str
    ) -> Response:
        """An answer sent piece by piece. What goes wrong before the first piece is raised from here."""
        await self.enter()
        streamed = Streamed(self, request, seconds, work)
        streamed.init_headers({"content-type": media_type})
        return await streamed.begun()

    def thread(
        self,
        work: Callable[[], T],
        seconds: float = math.inf,
        after: Callable[[], None] | None = None,
        stop: Stop | None = None,
    ) -> asyncio.Future[T]:
        """What the work comes to, done on a thread of the statements'; call it from within a place.

        Later than a moment after `seconds` nobody waits for it any more, and the stop is asked for. `after` is called
        when it is over at last.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        overdue = None
        if seconds < math.inf:
            overdue = loop.call_later(seconds + GRACE_S, _overdue, future, seconds, stop)

        def over(tell: Callable[[], None]) -> None:
            if overdue is not None:
                overdue.cancel()
            if after is not None:
                after()
            if not future.done():
                tell()

        self._work.put(lambda: _do(work, future, loop, over))
        if self._threads < self._at_once:
            self._threads += 1
            threading.Thread(target=self._serve, name=f"statements-{self._threads}", daemon=True).start()
        return future

    def _serve(self) -> None:
        while True:
            self._work.get()()

    async def enter(self) -> None:
        """Take a place; raises Refused where none comes free within a second."""
        if self._free:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await asyncio.wait_for(place, PATIENCE_S)
        except TimeoutError:
            said = f"{self._at_once} statements are running; try again soon"
            raise Refused(503, said, {"Retry-After": "1"}) from None

    def leave(self) -> None:
        """Give the place back, to the first who still waits for one."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._free += 1


def turnstile_of(request: Request) -> Turnstile:
    """The one of the service."""
    found: Turnstile = request.app.state.turnstile
    return found


class Streamed(Response):
    """Pieces as a thread makes them; the statement ends with the last of them, or when the caller goes away."""

    def __init__(
        self, turnstile: Turnstile, request: Request, seconds: float, work: Callable[[Stop], Generator[bytes]]
    ) -> None:
        self.status_code, self.background = 200, None
        self._turnstile, self._request = turnstile, request
        self._until = time.monotonic() + seconds
        self._stop = Stop()
        self._pieces = work(self._stop)
        self._first = b""
        self._busy = self._left = False

    async def begun(self) -> "Streamed":
        """This, with its first piece made."""
        try:
            async with watching(self._request, self._stop):
                self._first = await self._next()
        except BaseException:
            self._leave()
            raise
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        del scope, receive
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async with watching(self._request, self._stop):
                piece = self._first
                while piece and not self._stop.asked:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                    piece = await self._next()
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except QueryStopped:
            log.info("%s the caller went away", self._request.scope.get("guanxi.request_id", ""))
        finally:
            self._leave()

    def _next(self) -> asyncio.Future[bytes]:
        self._busy = True
        return self._turnstile.thread(
            lambda: next(self._pieces, b""), self._until - time.monotonic(), self._over, self._stop
        )

    def _over(self) -> None:
        self._busy = False
        if self._left:
            self._leave()

    def _leave(self) -> None:
        """End the statement and give the place back, when the piece that is being made is done."""
        self._left = True
        if not self._busy:
            self._turnstile.thread(self._pieces.close, after=self._turnstile.leave)


@asynccontextmanager
async def watching(request: Request, stop: Stop) -> AsyncIterator[None]:
    """The stop is asked for when the caller goes away while the block runs."""
    tasks: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    later = loop.call_later(UNWATCHED_S, lambda: tasks.append(loop.create_task(_watch(request.receive, stop))))
    try:
        yield
    except asyncio.CancelledError:
        await loop.run_in_executor(None, stop.ask)
        raise
    finally:
        later.cancel()
        for task in tasks:
            task.cancel()


async def _watch(receive: Receive, stop: Stop) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    await asyncio.get_running_loop().run_in_executor(None, _end, stop)


def _end(stop: Stop) -> None:
    try:
        stop.ask()
    except GuanxiError as error:
        log.warning("a statement that nobody waits for could not be ended: %s", error)


def _overdue(future: asyncio.Future[Any], seconds: float, stop: Stop | None) -> None:
    if not future.done():
        future.set_exception(QueryTimeout(seconds))
    if stop is not None:
        future.get_loop().run_in_executor(None, _end, stop)


def _done(work: Callable[[Stop], T], stop: Stop) -> T:
    """What the work comes to; however it ends, there is nothing to stop any more."""
    try:
        return work(stop)
    finally:
        stop.done()


def _do(
    work: Callable[[], T],
    future: asyncio.Future[T],
    loop: asyncio.AbstractEventLoop,
    over: Callable[[Callable[[], None]], None],
) -> None:
    """Do the work, and tell the loop unless it is gone."""
    tell: Callable[[], None]
    try:
        tell = partial(future.set_result, work())
    except BaseException as error:  # noqa: BLE001  (raised again where it is awaited)
        tell = partial(future.set_exception, error)
    if not loop.is_closed():
        loop.call_soon_threadsafe(over, tell)
