"""How soon the embedded service answers after a start with the seeds in it, and the memory it holds then."""

import tempfile
import time
from pathlib import Path
from statistics import median

import httpx

from bench.processes import processor_seconds, resident_megabytes
from graph.settings import Settings
from tests.guanxi_server import PATIENCE_S, run, serving

ASKED = ("/v1/search?q=Alibaba", "/v1/entities/alibaba/relations", "/v1/connections?from=alibaba&to=apple")


def measure(_scale: float, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        settings = Settings(graph=str(Path(folder) / "graph"))
        run(settings, "load", "seeds").check_returncode()
        found = [_serve(settings) for _ in range(rounds)]
    print("\nthe embedded service with the seeds in it (median)")
    print(f"first answer after {median(seconds for seconds, _, _ in found):.1f} s", end="; ")
    print(f"processor time until then {median(cpu for _, cpu, _ in found):.1f} s", end="; ")
    print(f"memory after {len(ASKED) * 20} requests {median(memory for _, _, memory in found):.0f} MB")


def _serve(settings: Settings) -> tuple[float, float, float]:
    """Seconds and processor seconds until the service is ready, and its resident memory in MB after some requests."""
    started = time.perf_counter()
    with serving(settings) as (process, port):
        seconds, cpu = time.perf_counter() - started, processor_seconds(process.pid)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client:
            for _ in range(20):
                for path in ASKED:
                    client.get(path).raise_for_status()
        return seconds, cpu, resident_megabytes(process.pid)
