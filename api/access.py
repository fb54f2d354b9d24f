"""Who may ask for what: keys with roles, and so many requests a minute for each."""

import base64
import binascii
import hmac
import ipaddress
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import URL
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import Refused, refusal
from api.keys import ROLES, KeyFile

GUARDED = (
    "/v1/",
    "/db/",
    "/metrics",
)  # the rest is the page, the description and health, and tells nothing of the graph
IN_PROCESS = "guanxi.local"  # what the command line calls the service by that it runs inside itself
EDITS = ("POST", "DELETE", "PUT", "PATCH")
OWN_SITES = ("same-origin", "none")  # Sec-Fetch-Site of the page served here, and of an address that a person typed
# Posts that only read.
READS = frozenset({"/v1/cypher", "/v1/cypher/explain", "/v1/ask"})
ADMINISTRATION = frozenset({"/v1/rebuild", "/metrics"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what their role is."""

    name: str
    role: str

    def need(self, role: str) -> None:
        """Raise Refused where their role is below this one."""
        if ROLES.index(self.role) < ROLES.index(role):
            raise Refused(403, f"this needs a key of the role {role}; {self.name} has the role {self.role}")


def role_for(method: str, path: str) -> str:
    """The least role that a request needs."""
    if path in ADMINISTRATION or path.startswith("/v1/backups"):
        return "admin"
    if method in EDITS and path not in READS and not path.startswith("/db/") and not path.endswith("/run"):
        return "editor"
    return "reader"


class Gate:
    """Says who asks; without keys only callers on this machine are let in, as admins."""

    def __init__(self, keys: KeyFile | None, token: str | None) -> None:
        self._keys = keys
        self._token = token

    def caller(self, request: Request) -> Caller:
        """Who asks; raises Refused with 401 where nobody knows them."""
        word = _word(request)
        if word and self._token and hmac.compare_digest(word.encode(), self._token.encode()):
            return Caller("this machine's user", "admin")
        if self._keys is None:
            host = request.client.host if request.client else ""
            if _is_loopback(host) and _is_ours(request):
                return Caller("this machine", "admin")
            raise Refused(401, "this service answers callers on its own machine only: it has no keys")
        key = self._keys.find(word) if word else None
        if key is None:
            challenge = {"WWW-Authenticate": 'Bearer realm="guanxi", Basic realm="guanxi"'}
            raise Refused(401, "send a key as Authorization: Bearer KEY, or as the password of Basic", challenge)
        return Caller(key.name, key.role)


def _word(request: Request) -> str:
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return word.strip()
    return _password(word) if scheme.lower() == "basic" else request.headers.get("x-api-key", "")


def _password(word: str) -> str:
    """The password of Basic: clients written for Neo4j can send nothing else."""
    try:
        return base64.b64decode(word, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


@lru_cache(maxsize=1024)
def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_ours(request: Request) -> bool:
    """Whether the request was addressed to this machine: a page elsewhere that points its own name here is refused."""
    said = request.headers.get("host")
    host = request.url.hostname if said is None else _hostname(said)
    return _is_loopback(host or "") or host == IN_PROCESS


@lru_cache(maxsize=1024)
def _hostname(said: str) -> str | None:
    """The name in a Host header, without its port; None where there is none."""
    try:
        return URL(f"http://{said}/").hostname
    except ValueError:  # a bracket that is not closed
        return None


class Allowance:
    """So many requests a minute for each caller: a bucket that fills steadily."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, caller: str) -> None:
        """Take one; raises Refused with 429 and when to come again."""
        if not self._a_minute:
            return
        with self._lock:
            now = self._now()
            left, then = self._buckets.get(caller, (float(self._a_minute), now))
            left = min(float(self._a_minute), left + (now - then) * self._a_minute / 60)
            if left < 1:
                wait = (1 - left) * 60 / self._a_minute
                raise Refused(429, f"at most {self._a_minute} requests a minute", {"Retry-After": str(int(wait) + 1)})
            self._buckets[caller] = (left - 1, now)


def refuse_foreign_page(request: Request, origins: Collection[str]) -> None:
    """Raise Refused where a page of an origin that is none of these asks for more than to read. A browser sends a
    form, or a request without a body, for any page, and the service would take it for its own user's.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if request.method not in EDITS or origin in origins or "*" in origins:
        return
    if site is None:  # a program, or a browser from before that header
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    else:
        foreign = site not in OWN_SITES
    if foreign:
        raise Refused(403, f"a page of {origin or 'another site'} may not do this; GUANXI_ORIGINS names those that may")


class Guarded:
    """Lets in only who may ask for it, as often as they may; who asks then stands in the scope."""

    def __init__(self, app: ASGIApp, gate: Gate, allowance: Allowance, origins: Collection[str] = ()) -> None:
        self._app = app
        self._gate = gate
        self._allowance = allowance
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED) or _is_preflight(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            caller = scope["guanxi.caller"] = self._gate.caller(request)
            refuse_foreign_page(request, self._origins)
            caller.need(role_for(scope["method"], scope["path"]))
            self._allowance.take(caller.name)
        except Refused as refused:
            await refusal(request, refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    return bool(scope["method"] == "OPTIONS")
