"""Ten minutes of mixed requests by eight callers: that no answer fails, and that memory, files and threads stay flat.

The embedded service and one on Neo4j, each over the seeds: names are searched, relations, ways, statements and
questions are asked for, and a document is loaded and withdrawn again and again.
"""

import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from statistics import median

import httpx

from bench.processes import resident_megabytes
from graph.settings import Settings
from tests import neo4j_server
from tests.guanxi_server import run, serving

CALLERS, LOOKS = 8, 20
READS = (
    ("GET", "/v1/search?q=阿里巴巴", None),
    ("GET", "/v1/entities/alibaba/relations", None),
    ("GET", "/v1/entities/alibaba/graph?depth=1", None),
    ("GET", "/v1/connections?from=alibaba&to=apple", None),
    ("GET", "/v1/claims?limit=20", None),
    ("POST", "/v1/cypher", {"statement": "MATCH (c:Company)-[r]->(o) RETURN c.name, type(r), o.name LIMIT 100"}),
    ("POST", "/v1/ask", {"question": "Who founded Alibaba?"}),
    ("POST", "/v1/ask", {"question": "谁持有NBA中国的股份？"}),
)
QUOTE = "Soak Works is a partner of Lather Foods."
TEXT = {"text": QUOTE, "name": "soak.txt", "language": "en", "read": False}


@dataclass(frozen=True, slots=True)
class Look:
    """What the service's process held at one moment."""

    megabytes: float
    files: int
    threads: int

    @classmethod
    def at(cls, pid: int) -> "Look":
        """Read it from the process table."""
        count = {what: len(list(Path(f"/proc/{pid}/{what}").iterdir())) for what in ("fd", "task")}
        return cls(resident_megabytes(pid), count["fd"], count["task"])


def measure(_: float, _rounds: int, seconds: float = 600.0) -> None:
    """Measure and print; `seconds` is how long the callers go on, on each engine."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        _soaked("embedded", Settings(graph=str(Path(folder) / "graph")), seconds)
        server = neo4j_server.Server(neo4j_server.DEFAULT_VERSION, Path(folder) / "neo4j")
        server.start()
        try:
            _soaked("Neo4j", Settings(graph=server.address, password=server.password), seconds)
        finally:
            server.stop()


def _soaked(engine: str, settings: Settings, seconds: float) -> None:
    run(settings, "load", "seeds").check_returncode()
    with serving(settings) as (process, port):
        looks, answers, failures = _called(process.pid, port, seconds)
    print(f"\n{engine}: {answers:,} answers in {seconds:g} s to {CALLERS} callers, {len(failures)} failures")
    for failure in failures[:5]:
        print(f"  {failure}")
    # The first quarter is for warming up: caches fill, code is compiled.
    quarters = [looks[start : start + LOOKS // 4] for start in range(0, LOOKS, LOOKS // 4)]
    for name in ("megabytes", "files", "threads"):
        print(f"  {name:9} by quarter of the time:", *(f"{median(getattr(k, name) for k in q):7.0f}" for q in quarters))


def _called(pid: int, port: int, seconds: float) -> tuple[list[Look], int, list[str]]:
    """What the process held at each look, how many answers came, and what failed."""
    address, until = f"http://127.0.0.1:{port}", time.monotonic() + seconds
    counts, failures = [0] * CALLERS, []

    def call(number: int, requests: Iterator[tuple[str, str, object]]) -> None:
        with httpx.Client(base_url=address, timeout=seconds) as client:
            for method, path, body in requests:
                if time.monotonic() > until:
                    return
                answer = client.request(method, path, json=body)
                counts[number] += 1
                if not answer.is_success:
                    failures.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")

    each = [cycle(READS[number:] + READS[:number]) for number in range(CALLERS - 1)]
    threads = [
        threading.Thread(target=call, args=(n, requests)) for n, requests in enumerate([*each, _writes(address)])
    ]
    for thread in threads:
        thread.start()
    looks = []
    for at in range(LOOKS):
        time.sleep(max(0.0, until - seconds + (at + 1) * seconds / LOOKS - time.monotonic()))
        looks.append(Look.at(pid))
    for thread in threads:
        thread.join()
    return looks, sum(counts), failures


def _writes(address: str) -> Iterator[tuple[str, str, object]]:
    """Load a document, and withdraw it."""
    dry = httpx.post(f"{address}/v1/documents?dry_run=true", json=TEXT, timeout=60).raise_for_status()
    id_ = dry.json()["documents"][0]["id"]
    yield from cycle((("POST", "/v1/documents", TEXT), ("DELETE", f"/v1/documents/{id_}", None)))
