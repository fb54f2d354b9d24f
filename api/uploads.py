"""What a request brings to be loaded: a text as JSON, or a file as a form, made into documents and claims."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field, StrictBool, ValidationError
from starlette.datastructures import UploadFile

from api.dates import PARTIAL_DATE
from api.errors import Refused, reason_of
from api.records import ClaimRecord
from api.views import View
from graph.errors import BadInput
from graph.model import Claim, Document
from graph.ontology import Ontology
from graph.store import Load
from loaders.load import Material, Report, Wanted
from loaders.problems import Problem, RefusedError
from loaders.statements import Statements

Reader = Callable[[Document], Iterable[Claim]]


class NewText(View):
    """A text to load. Without `claims` it is read by machine, unless `read` is false."""

    text: str = Field(min_length=1, max_length=20 << 20, examples=["Bosch is a partner of Alibaba Cloud."])
    name: str = Field(
        "text.txt", pattern=r"^[^/\\\x00-\x1f]{1,200}$", description="What to call it; may end in .txt or .md."
    )
    title: str = Field("", max_length=500)
    language: str = Field("", max_length=20)
    date: str | None = Field(None, pattern=PARTIAL_DATE)
    source: str = Field("", max_length=1000)
    claims: list[ClaimRecord] = Field(
        default_factory=list, max_length=10_000, description="Each in the shape of a line of claims.jsonl."
    )
    read: StrictBool = True


@dataclass(frozen=True, slots=True)
class Upload:
    """What a request brought: a text with what is known of it, or a file's name and content."""

    text: NewText | None = None
    name: str = ""
    content: bytes = b""
    read: bool = True


async def _upload(request: Request) -> Upload:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _from_form(request)
    if kind not in ("application/json", ""):
        raise Refused(415, "send application/json with a text, or multipart/form-data with a file")
    try:
        return Upload(text=NewText.model_validate_json(await request.body()))
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        unreadable = wrong["type"] == "json_invalid"
        field = ".".join(str(part) for part in wrong["loc"]) or "body"
        raise Refused(400 if unreadable else 422, f"{field}: {reason_of(wrong)}", field=field) from None


async def _from_form(request: Request) -> Upload:
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise Refused(422, "file: a form needs a file under this name", field="file")
        name = Path(file.filename.replace("\\", "/")).name
        if not name or name.startswith(".") or not name.isprintable() or len(name.encode()) > 200:
            raise Refused(422, "file: its name must be plain and at most 200 bytes", field="file")
        read = str(form.get("read", "true")).lower() != "false"
        return Upload(name=name, content=await file.read(), read=read)


Uploaded = Annotated[Upload, Depends(_upload)]
SCHEMA: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NewText.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
                        "read": {"type": "boolean", "default": True, "description": "Read it by machine."},
                    },
                }
            },
        },
    }
}


def loads(upload: Upload, ontology: Ontology, reader: Reader | None) -> tuple[list[Load], list[Problem]]:
    """The documents and claims of an upload, and what was left out of it; raises BadInput where nothing is left."""
    said = upload.text
    read = upload.read if said is None else said.read and not said.claims
    with tempfile.TemporaryDirectory(prefix="guanxi-") as folder:
        path = Path(folder) / (upload.name if said is None else f"text{_suffix(said.name)}")
        path.write_bytes(upload.content if said is None else said.text.encode("utf-8", "replace"))
        report = Report()
        material = Material(Wanted((path,), reader=reader if read else None), ontology, report)
        found = list(material.loads())
    problems = [replace(problem, file=path.name) for problem in report.problems]
    refused = [problem for problem in problems if problem.refused]
    if not found:
        reasons = "; ".join(problem.reason for problem in refused[:5]) or "there is nothing in it to load"
        raise BadInput(reasons, field="text" if said else "file")
    return ([_described(found[0], said, ontology, problems)] if said else found), problems


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix in (".txt", ".md") else ".txt"


def _described(load: Load, said: NewText, ontology: Ontology, problems: list[Problem]) -> Load:
    """The document with what the request says of it, and the claims it gives; what is understood otherwise than
    written is added to the problems.
    """
    held = load.document
    document = replace(
        held,
        name=said.name if said.name.lower().endswith(_suffix(said.name)) else f"{said.name}.txt",
        title=said.title or held.title,
        language=said.language or held.language,
        date=said.date or held.date,
        source=said.source or held.source,
    )
    claims = list(load.claims)
    for number, record in enumerate(said.claims):
        statements = Statements(ontology, partial(_note, problems, document.name, f"claims.{number}"))
        try:
            claims += statements.claims(record, document)
        except RefusedError as error:
            raise BadInput(error.reason, field=f"claims.{number}.{error.field}".rstrip(".")) from None
    return Load(document, tuple(claims))


def _note(problems: list[Problem], file: str, where: str, field: str, reason: str) -> None:
    problems.append(Problem(file, 0, f"{where}.{field}", reason, refused=False))
