"""Makes the service: every route, its errors, and what each request passes through."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

import loaders
from api import (
    access,
    ask,
    audit,
    backups,
    claims,
    conflicts,
    connections,
    counts,
    cypher,
    description,
    docs,
    documents,
    entities,
    errors,
    export,
    health,
    imports,
    judgements,
    middleware,
    neo4jquery,
    page,
    partnerships,
    queries,
    search,
    vocabulary,
)
from api.access import Allowance, Gate
from api.keys import KeyFile
from api.queries import Queries
from api.settings import ServiceSettings
from api.turnstile import Turnstile
from api.uploads import Reader
from graph.guard import Guard
from graph.model import Claim, Document
from graph.settings import Settings
from graph.store import Store
from graph.view import View

# Routes are tried in this order, at a cost for each: what is asked most often comes first.
VERSIONED = (
    cypher,
    vocabulary,
    counts,
    search,
    entities,
    connections,
    partnerships,
    claims,
    conflicts,
    documents,
    imports,
    judgements,
    queries,
    export,
    backups,
    ask,
)


def create_app(
    store: Store,
    settings: Settings | None = None,
    service: ServiceSettings | None = None,
    *,
    token: str | None = None,
    reader: Reader | None = None,
) -> FastAPI:
    """The service over an open store; whoever opened the store closes it.

    `token` lets this machine's user in as an admin, so that the command line can work through the service. `reader`
    reads claims out of texts that come without any; the one of the loaders where none is given.
    """
    kept_beside = _beside(settings)
    settings, service = settings or Settings(), service or ServiceSettings()
    app = FastAPI(
        title="Guanxi",
        version=version("guanxi"),
        summary="People, companies, products and partnerships as a graph in which every fact carries its exact quote.",
        description=docs.DESCRIPTION,
        openapi_tags=docs.TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        separate_input_output_schemas=False,
    )
    app.state.store, app.state.settings, app.state.service, app.state.token = store, settings, service, token
    app.state.view = View(store.engine, store.ontology)
    app.state.guard, app.state.reader = Guard(store.engine), reader or _installed_reader()
    app.state.queries = Queries(kept_beside)
    app.state.turnstile = Turnstile(service.cypher.at_once)
    errors.add_handlers(app)
    app.include_router(neo4jquery.router)
    for noun in VERSIONED:
        app.include_router(noun.router, prefix="/v1", responses=docs.PROBLEMS)
    app.include_router(health.router)
    docs.add_docs(app)
    description.describe(app, store.ontology, service.cypher)
    page.add_page(app, service.page)
    _add_middleware(app, service, settings.keys)
    if service.audit:
        audit.to_file(service.audit)
    return app


def _beside(settings: Settings | None) -> Path | None:
    """Where queries are kept: beside an embedded graph's folder."""
    if settings is None or not settings.embedded:
        return None
    folder = Path(settings.graph)
    return folder.with_name(f"{folder.name}.queries.json")


def _installed_reader() -> Reader | None:
    """What reads claims out of texts; None where its models were not installed."""
    return _read if loaders.MODEL.is_dir() else None


def _read(document: Document) -> Iterable[Claim]:
    return _reader()(document)


@cache
def _reader() -> Reader:
    # Its libraries take long to import, and most services only answer.
    from loaders.reading import Reader as Installed  # noqa: PLC0415

    return Installed()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.stopping = True


def _add_middleware(app: FastAPI, service: ServiceSettings, keys: Path | None) -> None:
    """The last one added is the first a request meets."""
    app.add_middleware(middleware.Bounded, most=service.body_bytes, most_asking=service.cypher.body_bytes)
    app.add_middleware(middleware.Revalidate)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    if service.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(service.origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-Id", "If-None-Match", "Accept-Language"],
            expose_headers=["X-Request-Id", "ETag", "Location", "Retry-After"],
        )
    app.add_middleware(middleware.Heads)
    gate = Gate(KeyFile(keys) if keys else None, app.state.token)
    app.add_middleware(audit.Audited)
    allowance = Allowance(service.requests_a_minute)
    app.add_middleware(access.Guarded, gate=gate, allowance=allowance, origins=service.origins)
    app.add_middleware(middleware.Accompany)
