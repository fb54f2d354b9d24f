"""What /openapi.json says of the service as a whole, and the page at /docs that shows it."""

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel, Field

from api.errors import MEDIA_TYPE, TABLE, Refused, slug

FILES = Path(__file__).parent / "assets"
DESCRIPTION = """
Guanxi keeps what documents say about people, companies, products and partnerships as a graph. Every fact carries the
words it stands on: the document, the exact quote and its offsets, so that `text[start:end] == quote`. What is only
considered, rumoured, rejected or denied stays a claim and never becomes a relation.

**Lists** have `items`, `total` where it is cheap to know, and `next`, an opaque cursor, where there is more: send it
back as `cursor`. **Names** come in the language that `lang` or `Accept-Language` asks for. **Dates** may be partial:
`2024`, `2024-05`. **Errors** are `application/problem+json` as of RFC 9457, each with the `request_id` that the answer
also carries in `X-Request-Id`. Answers to GET carry an `ETag` that `If-None-Match` may name.
"""
TAGS = [
    {"name": "ontology", "description": "What may be said: kinds, predicates, attributes, statuses."},
    {"name": "entities", "description": "People, companies, products and partnerships, found by any name."},
    {"name": "connections", "description": "Ways from one entity to another."},
    {"name": "partnerships", "description": "Cooperations with their parties, products and evidence."},
    {"name": "claims", "description": "What documents say, word for word, and where they disagree."},
    {"name": "documents", "description": "The texts."},
    {"name": "judgements", "description": "Which names are one, decided by people."},
    {"name": "questions", "description": "Questions in plain words."},
    {"name": "cypher", "description": "Statements of one's own, read-only."},
    {"name": "export", "description": "The graph in the forms of others."},
    {"name": "operation", "description": "Health and figures."},
]


class ProblemView(BaseModel):
    """What went wrong, as of RFC 9457."""

    type: str = Field(examples=["/problems/not-found"])
    title: str
    status: int
    detail: str
    instance: str
    request_id: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "The request cannot be served as it is.", "content": {MEDIA_TYPE: {}}, "model": ProblemView},
    "5XX": {"description": "The service cannot serve it now.", "content": {MEDIA_TYPE: {}}, "model": ProblemView},
}


def add_docs(app: FastAPI) -> None:
    """The page at /docs, its files, and a word on each kind of problem. Nothing comes from another host."""

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return FileResponse(FILES / "docs.html", headers={"Cache-Control": "no-cache"})

    @app.get("/docs/{name}", include_in_schema=False)
    def docs_file(name: str) -> Response:
        if name not in ("docs.js", "docs.css"):
            raise Refused(404, f"there is no file {name}")
        return FileResponse(FILES / name, headers={"Cache-Control": "no-cache"})

    @app.get("/problems/{name}", include_in_schema=False)
    def problem(name: str) -> dict[str, Any]:
        about = {slug(found.title): (kind, found) for kind, found in TABLE.items()}
        if name not in about:
            raise Refused(404, f"there is no kind of problem {name}")
        kind, found = about[name]
        return {"title": found.title, "status": found.status, "about": kind.__doc__}
