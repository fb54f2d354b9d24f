"""The page at /, from the folder it was built into; where it was not built, a few words that say so."""

from pathlib import Path

from fastapi import FastAPI, Response
from starlette.staticfiles import StaticFiles

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
    """Serve the page at / from the folder, after every other route."""
    if folder is not None and (folder / "index.html").is_file():
        app.mount("/", _Page(directory=folder, html=True), name="page")
        return

    @app.get("/", include_in_schema=False)
    def not_built() -> Response:
        return Response(NOT_BUILT, media_type="text/html")
