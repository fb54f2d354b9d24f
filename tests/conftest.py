"""Engines for every test: the embedded one in a folder of the run, and a real Neo4j that the run starts itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import hypothesis
import pytest

from graph.engines import Engine, open_engine
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.store import Store
from tests import neo4j_server
from tests.graph.seeds import seeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A change that is right must not be refused because chance found an older fault: chance is for people's own runs.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis.settings.load_profile("ci")

# GUANXI_TEST_NEO4J=5.26.30,2026.08.1 runs every test on both; the second needs Java 21 or newer.
NEO4J_VERSIONS = os.environ.get("GUANXI_TEST_NEO4J", neo4j_server.DEFAULT_VERSION).split(",")
ENGINES = ["embedded", *(pytest.param(f"neo4j-{version}", marks=pytest.mark.neo4j) for version in NEO4J_VERSIONS)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The file that takes longest first: files are dealt out whole, and the last one keeps the others waiting."""
    items.sort(key=lambda item: item.path.name != "test_kill.py")


def lacking(what: str) -> None:
    """Skip out loud what this machine cannot test; on CI nothing may be lacking."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"this machine lacks {what}", pytrace=False)
    pytest.skip(f"this machine lacks {what}")


class Servers:
    """The Neo4j servers of this run, each started when the first test asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, neo4j_server.Server] = {}
        self._missing: dict[str, str] = {}

    def get(self, version: str) -> neo4j_server.Server:
        if version not in self._running and version not in self._missing:
            server = neo4j_server.Server(version, self._folder / version)
            try:
                server.start()
            except neo4j_server.Missing as lack:
                self._missing[version] = str(lack)
            else:
                self._running[version] = server
        if version in self._missing:
            lacking(self._missing[version])
        return self._running[version]

    def stop(self) -> None:
        for server in self._running.values():
            server.stop()


@pytest.fixture(scope="session")
def neo4j_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    servers = Servers(tmp_path_factory.mktemp("neo4j"))
    yield servers
    servers.stop()


@pytest.fixture(scope="session")
def neo4j(neo4j_servers: Servers) -> neo4j_server.Server:
    """A running Neo4j of the first version asked for: address, password, port, http_port."""
    return neo4j_servers.get(NEO4J_VERSIONS[0])


@pytest.fixture(scope="session", params=ENGINES)
def engine_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a database that this run made, on each engine in turn."""
    if request.param == "embedded":
        return Settings(graph=str(tmp_path_factory.mktemp("embedded") / "graph"))
    servers: Servers = request.getfixturevalue("neo4j_servers")
    server = servers.get(request.param.removeprefix("neo4j-"))
    return Settings(graph=server.address, password=server.password)


@pytest.fixture(scope="session")
def shared_engine(engine_settings: Settings) -> Iterator[Engine]:
    engine = open_engine(engine_settings)
    yield engine
    engine.close()


@pytest.fixture
def engine(shared_engine: Engine) -> Engine:
    """Each engine with an empty graph; its schema is whatever an earlier test made, so make your own."""
    empty(shared_engine)
    return shared_engine


@pytest.fixture(scope="module")
def seeded(shared_engine: Engine) -> Store:
    """A store on each engine that holds the seeds; for tests that only read, or that undo what they write."""
    empty(shared_engine)
    store = Store(shared_engine, load_ontology())
    store.prepare()
    loads, judgements = seeds()
    store.add(loads, judgements)
    return store


@pytest.fixture(scope="session")
def embedded_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(Settings(graph=str(tmp_path_factory.mktemp("embedded-only") / "graph")))
    yield engine
    engine.close()


@pytest.fixture
def embedded(embedded_session: Engine) -> Engine:
    """The embedded engine alone, empty: for tests that another engine would teach nothing."""
    empty(embedded_session)
    return embedded_session


def empty(engine: Engine) -> None:
    """Delete everything, in parts that fit into a small server's memory."""
    while engine.write(lambda tx: tx.run("MATCH (n) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*)"))[0][0]:
        pass
