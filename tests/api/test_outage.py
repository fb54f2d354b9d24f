"""The database or the service is killed with -9 under eight callers: clear answers, recovery, nothing lost or half."""

from __future__ import annotations

import itertools
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from graph.errors import EngineUnavailable
from graph.settings import Settings
from tests import neo4j_server
from tests.conftest import NEO4J_VERSIONS, empty
from tests.guanxi_server import PATIENCE_S, run, serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.engines import Engine
    from tests.conftest import Engines
    from tests.neo4j_server import Server

READERS, WRITERS = 5, 3
LINES = "application/x-ndjson"
READS = (
    ("GET", "/v1/search?q=Outage", None),
    ("GET", "/v1/documents", None),
    ("POST", "/v1/cypher", {"statement": "MATCH (c:Company) RETURN c.name ORDER BY c.name", "timeout_s": 60}),
    ("POST", "/db/neo4j/query/v2", {"statement": "MATCH (d:Document) RETURN count(d)", "maxExecutionTime": 60}),
)
STREAM = {"statement": "UNWIND range(1, 10000) AS number RETURN number", "limit": 10_000, "timeout_s": 60}
HALF = "MATCH (d:Document) OPTIONAL MATCH (c:Claim)-[:SAID_IN]->(d) WITH d, count(c) AS n WHERE n <> 1 RETURN d.id, n"
TOLD = "MATCH (:Claim) RETURN count(*) UNION ALL MATCH (:Company)-[r:PARTNERS_WITH]->(:Company) RETURN count(*)"


def company(number: int) -> dict[str, Any]:
    return {"id": f"firm-{number}", "kind": "company", "names": [f"Outage Firm {number}"]}


def text(number: int) -> dict[str, Any]:
    """A document with one claim, as it is sent to /v1/documents."""
    quote = f"Outage Firm {number} is a partner of Outage Firm {number + 1}."
    claim = {
        "subject": company(number),
        "predicate": "PARTNERS_WITH",
        "object": company(number + 1),
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "attributes": {},
    }
    return {"text": quote, "name": f"outage-{number}.txt", "language": "en", "date": "2026-01-01", "claims": [claim]}


@dataclass
class Callers:
    """Threads that read and write until they are told to stop, and what came of it."""

    address: str
    statuses: set[int] = field(default_factory=set)
    problems: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)  # document -> its number, of those the service said it has
    unsaid: set[int] = field(default_factory=set)  # numbers of documents that were sent and not acknowledged
    wrong: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def calling(self) -> Iterator[None]:
        work = [self._read] * READERS + [self._write] * WRITERS
        threads = [threading.Thread(target=one) for one in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _read(self) -> None:
        while not self._over.is_set():
            for method, path, body in READS:
                self._ask(method, path, body)
            answer = self._ask("POST", "/v1/cypher", STREAM, accept=LINES)
            if answer is not None and answer.is_success:
                last = json.loads(answer.text.splitlines()[-1])
                if last.get("rows") != STREAM["limit"] and last.get("error", {}).get("status") != 503:
                    self.wrong.append(f"a stream that ends with {last}")

    def _write(self) -> None:
        while not self._over.is_set():
            number = next(self._numbers)
            answer = self._ask("POST", "/v1/documents", text(number))
            if answer is not None and answer.is_success:
                self.kept[answer.json()["documents"][0]["id"]] = number
            else:
                self.unsaid.add(number)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None, accept: str = "*/*") -> httpx.Response | None:
        """The answer, or None where the service is gone; anything but an answer or a 503 in our form is wrong."""
        try:
            answer = httpx.request(
                method, self.address + path, json=body, headers={"Accept": accept}, timeout=PATIENCE_S
            )
        except httpx.TransportError:
            time.sleep(0.05)
            return None
        self.statuses.add(answer.status_code)
        if answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json":
            self.problems.append(answer.json() | {"after": answer.headers.get("retry-after")})
            time.sleep(0.05)
        elif not answer.is_success:
            self.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer


def wait_until_kept(callers: Callers, more: int) -> None:
    """Wait until so many more documents are acknowledged."""
    wanted, until = len(callers.kept) + more, time.monotonic() + PATIENCE_S
    while len(callers.kept) < wanted and time.monotonic() < until:
        time.sleep(0.02)
    assert len(callers.kept) >= wanted, callers.wrong[:3] or callers.problems[:3] or callers.statuses


def everything_is_there(callers: Callers) -> None:
    """What was acknowledged is there whole; what was not is there whole or not at all, and can be sent again."""
    with httpx.Client(base_url=callers.address, timeout=PATIENCE_S) as client:
        assert rows(client, HALF) == []
        for number in callers.unsaid:
            client.post("/v1/documents", json=text(number)).raise_for_status()
        for id_, number in callers.kept.items():
            document = client.get(f"/v1/documents/{id_}").raise_for_status().json()
            assert (document["text"], document["claims"]) == (text(number)["text"], 1)
        numbers = {*callers.kept.values(), *callers.unsaid}
        assert rows(client, TOLD) == [[len(numbers)], [len(numbers)]]


def rows(client: httpx.Client, statement: str) -> list[list[Any]]:
    """The rows of a statement; no outage is near any more."""
    found: list[list[Any]] = client.post("/v1/cypher", json={"statement": statement}).raise_for_status().json()["rows"]
    return found


def checked(settings: Settings) -> None:
    """`guanxi check` finds nothing wrong in the graph."""
    found = run(settings, "check")
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture
def server(neo4j: Server, engines: Engines) -> Iterator[Server]:
    """The Neo4j of this run, empty; it runs again when the test is over, and whoever else uses it is connected."""
    name = f"neo4j-{NEO4J_VERSIONS[0]}"
    empty(engines.get(name))
    yield neo4j
    if not neo4j.running:
        neo4j.restart()
    until = time.monotonic() + PATIENCE_S
    while not reached(engines.get(name)) and time.monotonic() < until:
        time.sleep(0.2)
    empty(engines.get(name))


def reached(engine: Engine) -> bool:
    """Whether the database answers; connections that it dropped are forgotten by asking."""
    try:
        engine.write(lambda tx: tx.run("RETURN 1"))
    except EngineUnavailable:
        return False
    return True


@pytest.mark.slow
@pytest.mark.neo4j
def test_neo4j_is_killed_under_load_and_comes_back(server: Server) -> None:
    settings, port = Settings(graph=server.address, password=server.password), neo4j_server.free_port()
    callers = Callers(f"http://127.0.0.1:{port}")
    with serving(settings, port) as (process, _):
        with callers.calling():
            wait_until_kept(callers, 5)
            server.stop()
            wait_for(f"{callers.address}/readyz", 503)
            assert httpx.get(f"{callers.address}/healthz", timeout=PATIENCE_S).status_code == 200
            server.restart()
            wait_for(f"{callers.address}/readyz", 200)
            wait_until_kept(callers, 5)
        assert process.poll() is None
        assert not callers.wrong
        assert callers.problems
        assert all(int(problem["after"]) > 0 for problem in callers.problems)
        assert all(server.address.partition("//")[2] in problem["detail"] for problem in callers.problems)
        everything_is_there(callers)
    checked(settings)


@pytest.mark.slow
def test_the_service_is_killed_under_load(tmp_path: Path) -> None:
    settings, port = Settings(graph=str(tmp_path / "graph")), neo4j_server.free_port()
    callers = Callers(f"http://127.0.0.1:{port}")
    with callers.calling():
        for _ in range(2):
            with serving(settings, port) as (process, _):
                wait_until_kept(callers, 5)
                process.kill()
    assert not callers.wrong
    with serving(settings, port):
        everything_is_there(callers)
    checked(settings)
