"""The page at /, from the folder it was built into; where it was not built, a few words that say so."""

from pathlib import Path

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

SPOKEN = "5.26.0"  # the Neo4j whose Cypher the embedded engine speaks
NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Guanxi</title></head>
<body><h1>Guanxi</h1>
<p>The page has not been built; <code>make run</code> builds it. The service itself answers:
see <a href="/docs">the description of its routes</a>.</p></body></html>
"""


class _Page(StaticFiles):
    """Files whose names hold a hash of their content may be kept for ever; the rest is asked for again."""

    def file_response(self, full_path: object, *args: object, **more: object) -> Response:
        answer = super().file_response(full_path, *args, **more)  # type: ignore[arg-type]
        hashed = Path(str(full_path)).parent.name == "assets"
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return answer


def add_page(app: FastAPI, folder: Path | None) -> None:
    """Serve the page at / from the folder, after every other route. Who asks there for JSON, as clients of Neo4j's
    Query API do, is told where that is.
    """

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> Response:
        if request.headers.get("accept", "").partition(",")[0].strip() == "application/json":
            return Response(orjson.dumps(discovery(request)), media_type="application/json")
        if folder is not None and (folder / "index.html").is_file():
            return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})
        return Response(NOT_BUILT, media_type="text/html")

    if folder is not None and (folder / "index.html").is_file():
        app.mount("/", _Page(directory=folder, html=True), name="page")


def discovery(request: Request) -> dict[str, str]:
    """What Neo4j answers at /: where its Query API is, and the version whose Cypher is spoken."""
    engine = request.app.state.store.engine.info
    return {
        "query": f"{str(request.base_url).rstrip('/')}/db/{{databaseName}}/query/v2",
        "neo4j_version": engine.version if engine.name == "neo4j" else SPOKEN,
        "neo4j_edition": "community",
    }
