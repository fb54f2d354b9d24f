"""What a person is told when Neo4j cannot be used, and the ways to address one."""

import dataclasses
import threading
from typing import Any

import pytest

from graph.engines import open_engine
from graph.engines.bolt import checked_version
from graph.engines.engine import Engine, Result, Stop
from graph.errors import BadSettings, EngineUnavailable, GuanxiError, Unsupported
from graph.settings import Settings
from tests.neo4j_server import free_port

pytestmark = pytest.mark.neo4j


@pytest.fixture
def settings(neo4j: Any) -> Settings:
    return Settings(graph=neo4j.address, password=neo4j.password)


def refused(settings: Settings) -> str:
    with pytest.raises(GuanxiError) as error:
        open_engine(settings).close()
    assert isinstance(error.value, EngineUnavailable | BadSettings)
    if settings.password:
        assert settings.password not in str(error.value)
    return str(error.value)


def test_nothing_answers() -> None:
    assert "start Neo4j, or set GUANXI_GRAPH" in refused(
        Settings(graph=f"bolt://127.0.0.1:{free_port()}", password="x")
    )


def test_no_such_host() -> None:
    assert "GUANXI_GRAPH" in refused(Settings(graph="neo4j://no-such-host.invalid:7687", password="x"))


def test_a_wrong_password(settings: Settings) -> None:
    assert "set GUANXI_USER and GUANXI_PASSWORD" in refused(dataclasses.replace(settings, password="not-this-one"))


def test_no_password(settings: Settings) -> None:
    assert "GUANXI_PASSWORD" in refused(dataclasses.replace(settings, password=""))


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_unknown_database(settings: Settings, scheme: str) -> None:
    address = settings.graph.replace("bolt:", f"{scheme}:")
    assert "GUANXI_DATABASE" in refused(dataclasses.replace(settings, graph=address, database="nowhere"))


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+ssc"])
def test_tls_where_the_server_has_none(settings: Settings, scheme: str) -> None:
    assert "no database answers" in refused(dataclasses.replace(settings, graph=settings.graph.replace("bolt", scheme)))


def test_a_server_of_another_kind(neo4j: Any) -> None:
    assert "no database answers" in refused(Settings(graph=f"bolt://127.0.0.1:{neo4j.http_port}", password="x"))


@pytest.mark.parametrize(
    ("agent", "good"),
    [("Neo4j/5.26.30", True), ("Neo4j/2026.08.1", True), ("Neo4j/5.25.1", False), ("Neo4j/4.4.9", False)],
)
def test_only_versions_that_are_new_enough(agent: str, good: bool) -> None:
    if good:
        assert checked_version(agent, "bolt://x") == agent.removeprefix("Neo4j/")
    else:
        with pytest.raises(EngineUnavailable, match=r"5\.26 or newer is needed"):
            checked_version(agent, "bolt://x")


def test_routing_a_named_database_and_reading_what_was_written(settings: Settings) -> None:
    address = settings.graph.replace("bolt:", "neo4j:")
    engine = open_engine(dataclasses.replace(settings, graph=address, database="neo4j"))
    for number in range(5):
        engine.write(lambda tx, n=number: tx.run("MERGE (c:Routed) SET c.n = $n", {"n": n}))
        with engine.read("MATCH (c:Routed) RETURN c.n AS n") as rows:
            assert list(rows) == [(number,)]
    engine.close()


def test_backup_is_the_servers_own_business(settings: Settings, tmp_path: Any) -> None:
    engine = open_engine(settings)
    with pytest.raises(Unsupported, match="neo4j-admin"):
        engine.backup(tmp_path / "copy")
    engine.close()


def read(engine: Engine, statement: str, stop: Stop) -> Result:
    return engine.read(statement, timeout_s=1, stop=stop)


def read_soon(engine: Engine, statement: str, stop: Stop) -> Result:
    asked = engine.soon(statement, {}, timeout_s=1, stop=stop)
    assert asked is not None
    return asked.result()


@pytest.mark.parametrize("way", [read, read_soon])
def test_an_answer_that_the_server_loses_is_waited_for_until_it_is_stopped(settings: Settings, way: Any) -> None:
    """Over a value as deep as this the server runs out of its stack, and then says nothing more."""
    engine = open_engine(settings)
    stop = Stop()
    threading.Timer(1, stop.ask).start()
    with pytest.raises(GuanxiError):
        way(engine, "RETURN reduce(l = [], x IN range(1, 10000) | [l]) AS l", stop)
    with engine.read("RETURN 1 AS x") as rows:
        assert list(rows) == [(1,)]
    engine.close()
