"""A load that is killed with -9 at random moments leaves nothing half done: loading again gives the same graph."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.made_up import loads
from graph.engines import open_engine
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.statements import statement
from graph.store import Store
from tests.conftest import empty
from tests.graph.seeds import SEEDS, content, seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.neo4j_server import Server

ROOT = Path(__file__).parents[1]
GUANXI = (sys.executable, "-c", "from guanxi.cli import main; main()")
SIZE = (300, 20, 400)  # documents, claims in each, entities of a kind: more than one batch, so it goes in in bulk
BULK = f"""
import os
from bench.made_up import loads
from graph.settings import Settings
from graph.store import Store
with Store.open(Settings.from_environ(os.environ)) as store:
    store.add(loads(*{SIZE}), progress=lambda what, done, total: print(what, done, flush=True))
"""


@dataclass(frozen=True)
class Place:
    """A graph that other processes load into, while this one keeps its hands off."""

    settings: Settings

    def run(self, *command: str) -> subprocess.Popen[str]:
        """Start a command on the graph."""
        own = {"GUANXI_GRAPH": self.settings.graph, "GUANXI_PASSWORD": self.settings.password}
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
        return subprocess.Popen(
            command, cwd=ROOT, env=environ | own, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def finish(self, *command: str) -> float:
        """Run a command to its end; the seconds it took."""
        started = time.monotonic()
        with self.run(*command) as process:
            said, _ = process.communicate()
        assert process.returncode == 0, said
        return time.monotonic() - started

    def content(self) -> set[str]:
        """What the graph holds once it is opened again."""
        with Store.open(self.settings) as store:
            return content(store)

    def derived(self) -> bool:
        """Whether the graph says of itself that nothing is left to be derived."""
        engine = open_engine(self.settings)
        try:
            found = Store(engine, load_ontology()).rows(statement("meta"))
        finally:
            engine.close()
        return bool(found and found[0][1])

    def clear(self) -> None:
        """Forget everything."""
        engine = open_engine(self.settings)
        empty(engine)
        engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    return Place(Settings(graph=str(tmp_path / "graph")))


@pytest.fixture
def server(neo4j: Server) -> Iterator[Place]:
    place = Place(Settings(graph=neo4j.address, password=neo4j.password))
    place.clear()
    yield place
    place.clear()


@pytest.mark.slow
def test_seeds_killed_ten_times_in_a_folder(folder: Place) -> None:
    kill_while_loading_seeds(folder, 10)


@pytest.mark.slow
@pytest.mark.neo4j
def test_seeds_killed_while_they_go_to_neo4j(server: Place) -> None:
    kill_while_loading_seeds(server, 2)


@pytest.mark.slow
def test_a_bulk_load_killed_in_a_folder_is_mended(folder: Place) -> None:
    kill_while_loading_in_bulk(folder, 2)


@pytest.mark.slow
@pytest.mark.neo4j
def test_a_bulk_load_killed_on_its_way_to_neo4j_is_mended(server: Place) -> None:
    kill_while_loading_in_bulk(server, 1)


def kill_while_loading_seeds(place: Place, kills: int) -> None:
    load = (*GUANXI, "load", str(SEEDS))
    seconds = place.finish(*load)
    whole = place.content()
    assert len(whole) > len(seeds()[0])
    place.clear()
    chance = random.Random(20250213)
    for _ in range(kills):
        # The first fifth goes into starting Python; the tail is there for a machine that has become slower.
        killed_at(place, load, chance.uniform(0.2, 1.1) * seconds, chance)
        held = place.content()
        assert held in (set(), whole)  # the seeds are one transaction
        if held:
            place.clear()
    place.finish(*load)
    assert place.content() == whole
    place.finish(*GUANXI, "rebuild")
    assert place.content() == whole


def killed_at(place: Place, load: tuple[str, ...], moment: float, chance: random.Random) -> None:
    """Start a load and kill it at a moment, or earlier where it is done by then."""
    for _ in range(10):
        with place.run(*load) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
        if process.returncode == -signal.SIGKILL:
            return
        assert process.returncode == 0
        place.clear()
        moment *= chance.uniform(0.3, 0.9)
    pytest.fail("the load was always done before it could be killed")


def kill_while_loading_in_bulk(place: Place, kills: int) -> None:
    load = (sys.executable, "-c", BULK)
    with place.run(*load) as process:
        told = len((process.stdout or pytest.fail("no output")).readlines())
    assert process.returncode == 0
    assert told > 2
    whole = place.content()
    chance = random.Random(20260110)
    unfinished = 0
    for number in range(kills):
        place.clear()
        killed_after(place, load, 1 + told * number // kills, chance.uniform(0, 0.5))
        unfinished += not place.derived()
        with Store.open(place.settings) as store:
            mended = content(store)
            assert whole_documents(store)
            store.rebuild()
            assert content(store) == mended
            store.add(loads(*SIZE))
            assert content(store) == whole
    assert unfinished


def killed_after(place: Place, load: tuple[str, ...], lines: int, moment: float) -> None:
    """Start a load and kill it a moment after it has said so many lines."""
    with place.run(*load) as process:
        for _ in range(lines):
            assert process.stdout
            assert process.stdout.readline()
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()


def whole_documents(store: Store) -> bool:
    """Whether each document that is there has all its claims."""
    counts = store.rows("MATCH (d:Document) OPTIONAL MATCH (c:Claim)-[:SAID_IN]->(d) RETURN d.id, count(c)")
    return all(count == SIZE[1] for _, count in counts)
