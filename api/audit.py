"""The audit log: who ran what, when, how long and with how many rows, one JSON line each; it holds no secrets."""

import json
import logging
import logging.handlers
import re
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("guanxi.audit")
WATCHED = frozenset({"POST", "DELETE", "PUT", "PATCH"})
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_LONGEST = 2000


class Audited:
    """Notes every statement and every change, with who asked for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] not in WATCHED or not log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        started = datetime.now(UTC)
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            _note(scope, status, started)


def _note(scope: Scope, status: int, started: datetime) -> None:
    caller = scope.get("guanxi.caller")
    line = {
        "at": started.isoformat(timespec="milliseconds"),
        "caller": caller.name if caller else None,
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "ms": round((datetime.now(UTC) - started).total_seconds() * 1000, 1),
        "request_id": scope.get("guanxi.request_id"),
    }
    log.info(json.dumps(line | scope.get("guanxi.audit", {}), ensure_ascii=False))


def told(scope: Scope, **facts: object) -> None:
    """Add facts to the line of this request."""
    if log.isEnabledFor(logging.INFO):
        scope.setdefault("guanxi.audit", {}).update(facts)


def asked(scope: Scope, statement: str) -> None:
    """Add the statement to the line of this request, without what is quoted in it."""
    if log.isEnabledFor(logging.INFO):
        told(scope, statement=without_literals(statement))


def without_literals(statement: str) -> str:
    """The statement with what is quoted left out, so that no secret typed into it is kept."""
    return _QUOTED.sub("'...'", statement[:_LONGEST])


def to_file(path: Path) -> None:
    """Append the lines to a file, which may be moved away while the service runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.WatchedFileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(message)s"))
    for old in list(log.handlers):
        log.removeHandler(old)
        old.close()
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
