"""A load that is killed with -9 at random moments leaves nothing half done: loading again gives the same graph."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from signal import SIGKILL
from typing import TYPE_CHECKING

import pytest

import graph.store
from bench.made_up import loads
from graph.engines import open_engine
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.statements import statement
from graph.store import Store
from guanxi.cli import main
from tests.conftest import empty
from tests.graph.seeds import SEEDS, content, seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerProcess
    from pathlib import Path

    from tests.neo4j_server import Server

    Work = Callable[[Connection], None]

BATCH = 1500  # rows; a third of the store's own, so that a third of the graph goes in in bulk
SIZE = (100, 20, 140)  # documents, claims in each, entities of a kind: more than one batch
# Each load is a process of its own, forked from one that has imported the program and has opened nothing.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["guanxi.cli", "guanxi.loading", "api.app", "graph.engines.embedded", "pypinyin", "bench.made_up"]
)


def guanxi(*words: str) -> Work:
    """What the command line does with these words."""
    return partial(_guanxi, words)


def _guanxi(words: tuple[str, ...], _: Connection) -> None:
    sys.argv = ["guanxi", *words]
    main()


def load_in_bulk(told: Connection) -> None:
    """Load more than one batch, and tell of each."""
    graph.store.BATCH = BATCH
    with Store.open(Settings.from_environ(os.environ)) as store:
        store.add(loads(*SIZE), progress=lambda *step: told.send(step))


def in_process(work: Work, environ: dict[str, str], told: Connection) -> None:
    """Run the work with these settings and no others."""
    for name in [name for name in os.environ if name.startswith("GUANXI_")]:
        del os.environ[name]
    os.environ.update(environ)
    work(told)


@dataclass(frozen=True)
class Place:
    """A graph that other processes load into, while this one keeps its hands off."""

    settings: Settings

    @contextmanager
    def run(self, work: Work) -> Iterator[tuple[ForkServerProcess, Connection]]:
        """A process that does the work on the graph, and what it tells; it has ended when the block is left."""
        own = {"GUANXI_GRAPH": self.settings.graph, "GUANXI_PASSWORD": self.settings.password}
        here, there = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=in_process, args=(work, own, there))
        process.start()
        there.close()
        with here:
            try:
                yield process, here
            finally:
                process.join()

    def finish(self, work: Work) -> float:
        """Run the work to its end; the seconds it took."""
        started = time.monotonic()
        with self.run(work) as (process, _):
            pass
        assert process.exitcode == 0
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
        if self.settings.embedded:
            shutil.rmtree(self.settings.graph)
            return
        engine = open_engine(self.settings)
        empty(engine)
        engine.close()


@pytest.fixture
def folder(tmp_path: Path) -> Place:
    return Place(Settings(graph=str(tmp_path / "graph")))


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.store, "BATCH", BATCH)


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
@pytest.mark.usefixtures("small_batches")
def test_a_bulk_load_killed_in_a_folder_is_mended(folder: Place) -> None:
    kill_while_loading_in_bulk(folder, 2)


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.usefixtures("small_batches")
def test_a_bulk_load_killed_on_its_way_to_neo4j_is_mended(server: Place) -> None:
    kill_while_loading_in_bulk(server, 1)


def kill_while_loading_seeds(place: Place, kills: int) -> None:
    load = guanxi("load", str(SEEDS))
    seconds = place.finish(load)
    whole = place.content()
    assert len(whole) > len(seeds()[0])
    place.clear()
    chance = random.Random(20250213)
    for number in range(kills):
        # One kill in each part of the time a load takes.
        killed_at(place, load, (number + chance.random()) / kills * seconds, chance)
        held = place.content()
        assert held in (set(), whole)  # the seeds are one transaction
        if held:
            place.clear()
    place.finish(load)
    assert place.content() == whole
    place.finish(guanxi("rebuild"))
    assert place.content() == whole


def killed_at(place: Place, load: Work, moment: float, chance: random.Random) -> None:
    """Start a load and kill it at a moment, or earlier where it is done by then."""
    for _ in range(10):
        with place.run(load) as (process, _):
            process.join(moment)
            process.kill()
        if process.exitcode == -SIGKILL:
            return
        assert process.exitcode == 0
        place.clear()
        moment *= chance.uniform(0.3, 0.9)
    pytest.fail("the load was always done before it could be killed")


def kill_while_loading_in_bulk(place: Place, kills: int) -> None:
    with place.run(load_in_bulk) as (process, told):
        steps = len(list(iter_told(told)))
    assert process.exitcode == 0
    assert steps > 2
    whole = place.content()
    chance = random.Random(20260110)
    unfinished = 0
    for number in range(kills):
        place.clear()
        killed_after(place, load_in_bulk, 1 + steps * number // kills, chance.uniform(0, 0.5))
        unfinished += not place.derived()
        with Store.open(place.settings) as store:
            mended = content(store)
            assert whole_documents(store)
            store.rebuild()
            assert content(store) == mended
            store.add(loads(*SIZE))
            assert content(store) == whole
    assert unfinished


def iter_told(told: Connection) -> Iterator[object]:
    """Each thing that a process tells, until it ends."""
    with suppress(EOFError):
        while True:
            yield told.recv()


def killed_after(place: Place, load: Work, steps: int, moment: float) -> None:
    """Start a load and kill it a moment after it has told of so many steps."""
    with place.run(load) as (process, told):
        for _ in range(steps):
            told.recv()
        time.sleep(moment)
        process.kill()


def whole_documents(store: Store) -> bool:
    """Whether each document that is there has all its claims."""
    counts = store.rows("MATCH (d:Document) OPTIONAL MATCH (c:Claim)-[:SAID_IN]->(d) RETURN d.id, count(c)")
    return all(count == SIZE[1] for _, count in counts)
