"""Statements a second over HTTP: ours on Neo4j and embedded, beside the Query API of the same Neo4j server.

Each door in turn is asked the same questions about the same graph by 1, 8 and 32 clients in closed loops, and each
answer is looked at; what counts is the median of the ratios, round by round.
"""

import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.callers import Connection, Door, Request, Tally, WrongAnswer, basic, closed_loop
from bench.servers import LargeServer
from bench.trade import Trade, fill
from graph.settings import Settings
from tests.guanxi_server import serving
from tests.neo4j_server import DEFAULT_VERSION

CLIENTS = (1, 8, 32)
QUERY_API = "Neo4j's Query API"
POINT = "MATCH (c:Firm {id: $id}) RETURN c.id, c.name, c.founded"
AROUND = "MATCH (c:Firm {id: $id})-[r:TRADES_WITH]->(o:Firm) RETURN o.id, o.name, r.since, r.status, r.documents"
LONGEST = 6
PATH = (
    f"MATCH (a:Firm {{id: $from}}), (b:Firm {{id: $to}}), p = shortestPath((a)-[:TRADES_WITH*..{LONGEST}]-(b)) "
    "RETURN length(p), [n IN nodes(p) | n.id]"
)
STREAM = "MATCH (a:Firm)-[r:TRADES_WITH]->(b:Firm) RETURN a.id, b.id, r.since, r.status, r.documents LIMIT 100000"
FLOORS = {  # with 8 clients, against the Query API; the stream is how many times as long it may take
    "point": {"neo4j": 1.0, "embedded": 2.5},
    "100 rows": {"neo4j": 0.5, "embedded": 0.5},
    "path": {"neo4j": 1.0},
    "stream": {"neo4j": 2.0},
}
Times = dict[tuple[str, int, str], list[Tally]]  # (question, clients, door) -> what each round came to


@dataclass(frozen=True, slots=True)
class Service:
    """A service of ours and the engine it stands on."""

    engine: str
    port: int
    processes: tuple[int, ...]


def measure(scale: float, rounds: int, seconds: float = 60.0) -> None:
    """Measure and print; `seconds` is how long each loop runs."""
    trade = Trade.of(scale)
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        server = LargeServer(DEFAULT_VERSION, Path(folder) / "neo4j")
        server.start()
        try:
            on_neo4j = Settings(graph=server.address, password=server.password)
            embedded = Settings(graph=str(Path(folder) / "graph"))
            for settings in (on_neo4j, embedded):
                _filled(settings, trade)
            assert server.process is not None
            java = (server.process.pid,)
            who = basic("neo4j", server.password)
            with serving(on_neo4j) as (ours, port), serving(embedded) as (inside, other):
                query_api = Door(QUERY_API, server.http_port, "/db/neo4j/query/v2", java, who)
                services = Service("neo4j", port, (ours.pid, *java)), Service("embedded", other, (inside.pid,))
                doors = [query_api, *(door for one in services for door in _doors(one))]
                _report(_loops(doors, trade, rounds, seconds), _streams(doors, trade, rounds), seconds)
        finally:
            server.stop()


def _filled(settings: Settings, trade: Trade) -> None:
    """Fill the graph in a process of its own: a folder is open in one process at a time."""
    process = multiprocessing.get_context("spawn").Process(target=fill, args=(settings, trade))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{settings.graph} could not be filled")


def _doors(service: Service) -> list[Door]:
    return [
        Door(f"{service.engine} /v1/cypher", service.port, "/v1/cypher", service.processes),
        Door(f"{service.engine} /db/../query/v2", service.port, "/db/neo4j/query/v2", service.processes),
    ]


def _loops(doors: Sequence[Door], trade: Trade, rounds: int, seconds: float) -> Times:
    found: Times = {}
    for name, requests in _questions(trade).items():
        for door in doors:
            closed_loop(door, requests, 8, min(seconds, 5))  # warm: plans are made, code is compiled
        for clients in CLIENTS:
            for _ in range(rounds):
                for door in doors:
                    run = closed_loop(door, requests, clients, seconds)
                    found.setdefault((name, clients, door.name), []).append(run)
    return found


def _questions(trade: Trade) -> dict[str, list[Request]]:
    """The questions, each about many companies in an order of chance, with what each answer must hold."""
    chance = random.Random(7)
    ids = [chance.randrange(trade.companies) for _ in range(2000)]
    hubs = [chance.randrange(trade.hubs) for _ in range(400)]
    pairs = [(chance.randrange(trade.companies), chance.randrange(trade.companies)) for _ in range(1000)]
    return {
        "point": [_request(POINT, {"id": trade.id(n)}, f'[["{trade.id(n)}","{trade.name(n)}",') for n in ids],
        "100 rows": [_request(AROUND, {"id": trade.id(n)}, f'["{trade.id(trade.last_partner(n))}","') for n in hubs],
        "path": [
            _request(PATH, {"from": trade.id(a), "to": trade.id(b)}, f'[[{hops},["{trade.id(a)}",')
            for a, b in pairs
            if (hops := trade.hops(a, b)) and hops <= LONGEST
        ],
    }


def _request(statement: str, parameters: dict[str, str], holds: str) -> Request:
    return Request(json.dumps({"statement": statement, "parameters": parameters}).encode(), holds.encode())


def _streams(doors: Sequence[Door], trade: Trade, rounds: int) -> dict[str, list[float]]:
    """Seconds to the last byte of all trades, up to 100,000 of them; every row is looked at afterwards."""
    found: dict[str, list[float]] = {door.name: [] for door in doors}
    plain = {"statement": STREAM}
    ours = plain | {"limit": 100_000, "timeout_s": 60}  # whose default is a thousand rows
    whole = min(len(trade.trades), 100_000)
    for turn in range(rounds + 1):
        for door in doors:
            own = door.path.startswith("/v1/")
            asked = Door(door.name, door.port, door.path, headers=NDJSON) if own else door
            body = json.dumps(ours if own else plain).encode()
            connection = Connection(door.port)
            started = time.perf_counter()
            answer = connection.ask(asked.message(body))
            took = time.perf_counter() - started
            connection.close()
            if len(set(_rows(answer))) != whole:
                raise WrongAnswer(f"{door.name} gave {len(set(_rows(answer)))} of {whole} rows")
            if turn:  # the first is for warming up
                found[door.name].append(took)
    return found


NDJSON = "Accept: application/x-ndjson\r\n"


def _rows(answer: bytes) -> list[tuple[str, ...]]:
    if answer.startswith(b'{"data"'):
        return [tuple(map(str, row)) for row in json.loads(answer)["data"]["values"]]
    _, *rows, last = answer.splitlines()
    if not json.loads(last).get("end"):
        raise WrongAnswer(f"the stream ended with {last!r}")
    return [tuple(map(str, json.loads(row))) for row in rows]


def _report(loops: Times, streams: dict[str, list[float]], seconds: float) -> None:
    print(f"\nanswers a second beside {QUERY_API}, loops of {seconds:g} s (median of the ratios)")
    for (name, clients, door), runs in loops.items():
        peers = loops[name, clients, QUERY_API]
        ratio = median(run.rate / peer.rate for run, peer in zip(runs, peers, strict=True))
        rate, p50, p99 = (median(getattr(run, what) for run in runs) for what in ("rate", "p50_ms", "p99_ms"))
        cost = median(run.processor_ms for run in runs)
        cheaper = median(peer.processor_ms / run.processor_ms for run, peer in zip(runs, peers, strict=True))
        told = f"{rate:7.0f}/s p50 {p50:7.2f} p99 {p99:8.2f} ms, processor {cost:6.2f} ms {cheaper:5.2f}"
        print(f"{name:9}{clients:3} clients {door:28}{told}  {ratio:5.2f}{_verdict(name, clients, door, ratio)}")
    peer = median(streams[QUERY_API])
    for door, times in streams.items():
        ratio = median(times) / peer
        print(
            f"stream of 100,000 rows  {door:28}{median(times):6.2f} s  {ratio:5.2f}{_verdict('stream', 8, door, ratio)}"
        )


def _verdict(name: str, clients: int, door: str, ratio: float) -> str:
    floor = FLOORS[name].get(door.partition(" ")[0]) if clients == 8 else None
    if floor is None:
        return ""
    met = ratio <= floor if name == "stream" else ratio >= floor
    return f"  (floor {floor:g}: {'met' if met else 'MISSED'})"
