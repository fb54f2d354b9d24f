"""Rows a second written to Neo4j and to the embedded engine, by ours, by raw statements, and by the peers.

Each writer in turn writes the same graph into an emptied one, several times over; what counts are nodes and
relationships that are really there afterwards, and the median of the ratios, round by round.
"""

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import neo4j

from bench import writers
from bench.made_up import loads
from bench.rows import Rows, clear, count, read
from bench.servers import ServerWithApoc, with_apoc
from graph.engines import open_engine
from graph.engines.engine import Engine
from graph.settings import Settings
from graph.store import Load

DOCUMENTS, CLAIMS_EACH, ENTITIES = 2000, 45, 1500  # comes to about 120,000 nodes and 450,000 relationships
SMALL = 0.02  # LangChain's and neo4j-graphrag's writers are too slow for more
Runs = dict[str, list[tuple[int, float]]]  # writer -> (rows really written, seconds) of each round


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


def _made_up(scale: float) -> list[Load]:
    documents = max(4, round(DOCUMENTS * scale))
    return list(loads(documents, CLAIMS_EACH, max(20, round(ENTITIES * scale))))


def _on_neo4j(server: ServerWithApoc, scale: float, rounds: int) -> None:
    settings = Settings(graph=server.address, password=server.password)
    engine = open_engine(settings)
    with neo4j.GraphDatabase.driver(server.address, auth=("neo4j", server.password)) as driver:
        large = _made_up(scale)
        rows = _rows_of(engine, large)
        who = {
            "ours": writers.ours(engine, large),
            "raw UNWIND": writers.raw_bolt(driver, rows),
            "py2neo bulk": writers.py2neo(server, rows),
        }
        _table("Neo4j", rows, _run(engine, who, rounds))
        small = _made_up(min(scale, SMALL))
        rows = _rows_of(engine, small)
        who = {
            "ours": writers.ours(engine, small),
            "raw UNWIND": writers.raw_bolt(driver, rows),
            "LangChain": writers.langchain(server, rows),
            "neo4j-graphrag": writers.graphrag(driver, rows),
        }
        _table("Neo4j, small enough for the slower peers", rows, _run(engine, who, rounds))
    engine.close()


def _on_embedded(engine: Engine, large: list[Load], rounds: int) -> None:
    rows = _rows_of(engine, large)
    who = {"ours": writers.ours(engine, large), "raw UNWIND": writers.raw_embedded(engine, rows)}
    _table("embedded", rows, _run(engine, who, rounds))


def _rows_of(engine: Engine, large: list[Load]) -> Rows:
    """What the loads come to; reading them warms the engine up as well."""
    write = writers.ours(engine, large)
    clear(engine)
    write()
    return read(engine)


def _run(engine: Engine, who: Mapping[str, writers.Write], rounds: int) -> Runs:
    runs: Runs = {name: [] for name in who}
    for _ in range(rounds):
        for name, write in who.items():
            clear(engine)
            started = time.perf_counter()
            write()
            seconds = time.perf_counter() - started
            runs[name].append((sum(count(engine)), seconds))
    return runs


def _table(where: str, rows: Rows, runs: Runs) -> None:
    nodes, relationships = rows.counts
    print(f"\n{where}: {nodes:,} nodes and {relationships:,} relationships")
    print(f"{'writer':16} {'rows there':>11} {'seconds':>8} {'rows/s':>8} {'ours is':>8}  each round")
    for name, found in runs.items():
        speeds = [written / seconds for written, seconds in found]
        ratios = [mine[0] / mine[1] / speed for mine, speed in zip(runs["ours"], speeds, strict=True)]
        seconds = median(seconds for _, seconds in found)
        each = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"{name:16} {found[-1][0]:>11,} {seconds:>8.2f} {median(speeds):>8,.0f} {median(ratios):>7.2f}x  {each}")
