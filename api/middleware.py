"""What every request passes through: an id, a line in the log, figures, security headers, ETags, a limit on size."""

import hashlib
import logging
import secrets
import time

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Refused

log = logging.getLogger("guanxi.access")
REQUESTS = Counter("guanxi_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram("guanxi_request_seconds", "Seconds from request to the last byte of the answer.", ("route",))

POLICY = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
ASKING = ("/v1/cypher", "/v1/queries", "/v1/ask", "/db/")  # paths to which nobody sends a document
_ID = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."


class Accompany:
    """Gives each request an id and its answer the security headers; notes it in the log and the figures when done."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        id_ = scope["guanxi.request_id"] = _given_id(scope) or secrets.token_hex(8)
        started = time.perf_counter()
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                said = message.get("headers", ())
                given = {name.lower() for name, _ in said}
                ours = [header for header in _SECURITY if header[0] not in given]
                message["headers"] = [*said, *ours, (b"x-request-id", id_.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            _note(scope, id_, status, time.perf_counter() - started)


def _given_id(scope: Scope) -> str | None:
    """The id that the caller gave, where it is short and plain."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if 0 < len(given) <= 64 and all(letter in _ID for letter in given) else None


def _note(scope: Scope, id_: str, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", None) or "unknown"
    REQUESTS.labels(scope["method"], route, status).inc()
    SECONDS.labels(route).observe(seconds)
    if not log.isEnabledFor(logging.INFO):
        return
    facts = {"request_id": id_, "method": scope["method"], "path": scope["path"], "status": status}
    log.info("%s %s %s", scope["method"], scope["path"], status, extra=facts | {"ms": round(seconds * 1000, 1)})


class Heads:
    """Answers HEAD as GET is answered, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, sent)


class Revalidate:
    """Gives answers to GET an ETag of their content, and answers 304 to who has them already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        held: Message | None = None

        async def sent(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] == 200:
                held = message
                return
            if held is not None:
                start, held = held, None
                # A part of a stream is sent as it is: only a whole answer can be told from another.
                if not message.get("more_body"):
                    message = _tagged(start, message, known)
                await send(start)
            await send(message)

        await self._app(scope, receive, sent)


def _tagged(start: Message, body: Message, known: str) -> Message:
    """The answer with its ETag; without a body where the caller has it."""
    tag = f'W/"{hashlib.blake2b(body.get("body", b""), digest_size=12).hexdigest()}"'
    headers = MutableHeaders(scope=start)
    headers["ETag"] = tag
    headers["Cache-Control"] = "no-cache"
    headers.append("Vary", "Accept-Language")
    held = [one.strip().removeprefix("W/") for one in known.split(",")]
    if tag.removeprefix("W/") not in held and held != ["*"]:
        return body
    start["status"] = 304
    for name in ("content-length", "content-type"):
        if name in headers:
            del headers[name]
    return {"type": "http.response.body", "body": b""}


class Bounded:
    """Refuses a body larger than the limit with 413, whether or not its length was said before.

    What asks has a limit of its own: a body of nothing but empty lists takes seconds a megabyte, and keeps all waiting.
    """

    def __init__(self, app: ASGIApp, most: int, most_asking: int) -> None:
        self._app = app
        self._most = most
        self._most_asking = min(most, most_asking)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        received = int(length) if length.isdecimal() else 0
        counted = not received
        most = self._most_asking if scope.get("path", "").startswith(ASKING) else self._most

        async def bounded() -> Message:
            nonlocal received
            if received <= most:
                message = await receive()
                received += len(message.get("body", b"")) if counted else 0
            if received > most:
                raise Refused(413, f"a body may have {most} bytes")
            return message

        await self._app(scope, bounded, send)
