"""POST /backups: a whole copy of an embedded graph while it is served, for the command line of this machine's user."""

import hmac
from pathlib import Path

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from api.state import Kept
from api.views import View
from graph.errors import BadInput, NotFound

router = APIRouter(prefix="/backups", tags=["operation"])


class NewBackup(BaseModel):
    """Where to write the copy."""

    path: str = Field(min_length=1, max_length=4096, examples=["/var/backups/graph.zip"])


class Backup(View):
    """A copy that was written."""

    path: str
    bytes: int


@router.post("", summary="Back the graph up", status_code=201)
def back_up(request: Request, store: Kept, body: NewBackup) -> Backup:
    """Writes a file on the service's machine, so only the command line of the user who runs the service may ask."""
    token = request.app.state.token or ""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise NotFound("backups are made with `guanxi backup` on the machine that runs the service")
    target = Path(body.path)
    if not target.is_absolute():
        raise BadInput("give an absolute path", field="path")
    store.engine.backup(target)
    return Backup(path=str(target), bytes=target.stat().st_size)
