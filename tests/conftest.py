"""Engines for every test: the embedded one in a folder of the run, and a real Neo4j that the run starts itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import hypothesis
import pytest

from graph.engines import Engine, open_engine
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.statements import statement
from graph.store import Store
from tests import neo4j_server
from tests.graph.seeds import seeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Java in a test lives for minutes: quick to start beats quick to run. Commands that a test starts inherit it.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")

# A busy machine is no fault. Nor must a change that is right be refused because chance found an older fault: chance is
# for people's own runs.
hypothesis.settings.register_profile("guanxi", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "guanxi")

# GUANXI_TEST_NEO4J=5.26.30,2026.08.1 runs every test on both; the second needs Java 21 or newer.
NEO4J_VERSIONS = os.environ.get("GUANXI_TEST_NEO4J", neo4j_server.DEFAULT_VERSION).split(",")
ENGINES = ["embedded", *(pytest.param(f"neo4j-{version}", marks=pytest.mark.neo4j) for version in NEO4J_VERSIONS)]


# Files are dealt out whole, so the longest go first: the last one keeps the other processes waiting.
LONGEST = (
    "test_kill.py",
    "test_store.py",
    "test_held.py",
    "test_outage.py",
    "test_openapi.py",
    "test_paraphrases.py",
    "test_engine.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, then those over the seeds one after the other: they find them in the graph still."""
    over_seeds = {item.path for item in items if "seeded" in getattr(item, "fixturenames", ())}

    def place(item: pytest.Item) -> tuple[int, bool]:
        name = item.path.name
        return LONGEST.index(name) if name in LONGEST else len(LONGEST), item.path not in over_seeds

    items.sort(key=place)


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


class Engines:
    """The engines of this run, each opened once, and what the seeds come to in those that hold them."""

    def __init__(self, folder: Path, servers: Servers) -> None:
        self._folder = folder
        self._servers = servers
        self._open: dict[str, Engine] = {}
        self._seeded: dict[str, list[str]] = {}

    def settings(self, name: str) -> Settings:
        """Settings of a database that this run made."""
        if name == "embedded":
            return Settings(graph=str(self._folder / "graph"))
        server = self._servers.get(name.removeprefix("neo4j-"))
        return Settings(graph=server.address, password=server.password)

    def get(self, name: str) -> Engine:
        if name not in self._open:
            self._open[name] = open_engine(self.settings(name))
        return self._open[name]

    def seeded(self, name: str) -> Store:
        """A store that holds the seeds; they are loaded again where anything but them is there."""
        engine = self.get(name)
        store = Store(engine, load_ontology())
        store.prepare()
        if self._seeded.get(name) != size(store):
            empty(engine)
            store.prepare()
            store.add(*seeds())
            self._seeded[name] = size(store)
        return store

    def close(self) -> None:
        for engine in self._open.values():
            engine.close()


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory, neo4j_servers: Servers) -> Iterator[Engines]:
    engines = Engines(tmp_path_factory.mktemp("embedded"), neo4j_servers)
    yield engines
    engines.close()


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def engine_settings(engines: Engines, engine_name: str) -> Settings:
    """Settings of a database that this run made, on each engine in turn."""
    return engines.settings(engine_name)


@pytest.fixture(scope="session")
def shared_engine(engines: Engines, engine_name: str) -> Engine:
    return engines.get(engine_name)


@pytest.fixture
def engine(shared_engine: Engine) -> Engine:
    """Each engine with an empty graph; its schema is whatever an earlier test made, so make your own."""
    empty(shared_engine)
    return shared_engine


@pytest.fixture(scope="module")
def seeded(engines: Engines, engine_name: str) -> Store:
    """A store on each engine that holds the seeds; for tests that only read, or that undo what they write."""
    return engines.seeded(engine_name)


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


def size(store: Store) -> list[str]:
    """How many nodes of each sort and relationships of each type there are, and what the graph says of itself."""
    nodes = store.rows("MATCH (n) RETURN labels(n), count(*)")
    arrows = store.rows("MATCH ()-[r]->() RETURN type(r), count(*)")
    counts = [*((sorted(labels), many) for labels, many in nodes), *arrows]
    return sorted(map(repr, [*counts, *store.rows(statement("meta"))]))
