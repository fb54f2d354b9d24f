"""Rows a second written to Neo4j and to the embedded engine, by ours, by raw statements, and by the peers.

Each writer in turn writes the same graph into an emptied one, several times over; what counts are nodes and
relationships that are really there afterwards, and the median of the ratios, round by round. Beside the clock stands
the processor time of client and server together, which other work on the machine hardly changes.
"""

import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import neo4j

from bench import writers
from bench.made_up import loads
from bench.processes import peak_megabytes, processor_seconds
from bench.rows import Rows, clear, count, read
from bench.servers import ServerWithApoc, with_apoc
from graph.engines import open_engine
from graph.engines.engine import Engine
from graph.settings import Settings
from graph.store import Load

DOCUMENTS, CLAIMS_EACH, ENTITIES = 2000, 45, 1500  # comes to about 120,000 nodes and 450,000 relationships
SMALL = 0.02  # LangChain's and neo4j-graphrag's writers are too slow for more


@dataclass(frozen=True)
class Run:
    """One writer's turn: the rows that were there afterwards, seconds by the clock, processor seconds."""

    rows: int
    seconds: float
    processor: float


Runs = dict[str, list[Run]]  # writer -> its turn in each round


def measure(scale: float, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        server = with_apoc(Path(folder) / "neo4j")
        server.start()
        try:
            _on_neo4j(server, scale, rounds)
        finally:
            server.stop()
        engine = open_engine(Settings(graph=str(Path(folder) / "graph"), heap="2g"))
        large = _made_up(scale)
        _on_embedded(engine, large, rounds)
        engine.close()
    print(f"\nthe measuring process, embedded engine included, held at most {peak_megabytes(os.getpid()):,.0f} MB")


def _made_up(scale: float) -> list[Load]:
    documents = max(4, round(DOCUMENTS * scale))
    return list(loads(documents, CLAIMS_EACH, max(20, round(ENTITIES * scale))))


def _on_neo4j(server: ServerWithApoc, scale: float, rounds: int) -> None:
    settings = Settings(graph=server.address, password=server.password)
    engine = open_engine(settings)
    pids = server.pids()
    with neo4j.GraphDatabase.driver(server.address, auth=("neo4j", server.password)) as driver:
        large = _made_up(scale)
        rows = _rows_of(engine, large)
        who = {
            "ours": writers.ours(engine, large),
            "raw UNWIND": writers.raw_bolt(driver, rows),
            "py2neo bulk": writers.py2neo(server, rows),
        }
        _table("Neo4j", rows, _run(engine, who, rounds, pids))
        small = _made_up(min(scale, SMALL))
        rows = _rows_of(engine, small)
        who = {
            "ours": writers.ours(engine, small),
            "raw UNWIND": writers.raw_bolt(driver, rows),
            "LangChain": writers.langchain(server, rows),
            "neo4j-graphrag": writers.graphrag(driver, rows),
            "LangChain, text by text": writers.langchain_text_by_text(server, rows),
            "neo4j-graphrag, text by text": writers.graphrag_text_by_text(driver, rows),
        }
        _table("Neo4j, small enough for the slower peers", rows, _run(engine, who, rounds, pids))
    engine.close()


def _on_embedded(engine: Engine, large: list[Load], rounds: int) -> None:
    rows = _rows_of(engine, large)
    pids = (os.getpid(),)
    who = {"ours": writers.ours(engine, large), "raw UNWIND": writers.raw_embedded(engine, rows)}
    _table("embedded", rows, _run(engine, who, rounds, pids))


def _rows_of(engine: Engine, large: list[Load]) -> Rows:
    """What the loads come to; reading them warms the engine up as well."""
    write = writers.ours(engine, large)
    clear(engine)
    write()
    return read(engine)


def _run(engine: Engine, who: Mapping[str, writers.Write], rounds: int, pids: Sequence[int]) -> Runs:
    runs: Runs = {name: [] for name in who}
    for _ in range(rounds):
        for name, write in who.items():
            clear(engine)
            seconds, processor = time.perf_counter(), _processor(pids)
            write()
            seconds, processor = time.perf_counter() - seconds, _processor(pids) - processor
            runs[name].append(Run(sum(count(engine)), seconds, processor))
    return runs


def _processor(pids: Sequence[int]) -> float:
    return sum(processor_seconds(pid) for pid in pids)


def _table(where: str, rows: Rows, runs: Runs) -> None:
    nodes, relationships = rows.counts
    print(f"\n{where}: {nodes:,} nodes and {relationships:,} relationships")
    heads = ("rows there", 11), ("seconds", 8), ("rows/s", 8), ("ours is", 8), ("processor s", 11), ("ours is", 8)
    print(" " * 28, *(f"{head:>{width}}" for head, width in heads), " each round by the clock")
    for name, found in runs.items():
        clock = _ratios(runs["ours"], found, lambda run: run.seconds)
        work = _ratios(runs["ours"], found, lambda run: run.processor)
        seconds, processor = (
            median(values) for values in zip(*((run.seconds, run.processor) for run in found), strict=True)
        )
        speed = median(run.rows / run.seconds for run in found)
        print(
            f"{name:28} {found[-1].rows:>11,} {seconds:>8.2f} {speed:>8,.0f} {median(clock):>7.2f}x"
            f" {processor:>11.2f} {median(work):>7.2f}x  {' '.join(f'{ratio:.2f}' for ratio in clock)}",
            flush=True,
        )


def _ratios(ours: Sequence[Run], other: Sequence[Run], cost: Callable[[Run], float]) -> list[float]:
    """How many rows ours writes at the cost at which the other writes one, round by round."""
    return [mine.rows / cost(mine) / (its.rows / cost(its)) for mine, its in zip(ours, other, strict=True)]
