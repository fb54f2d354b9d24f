"""How soon the embedded service answers after a start with the seeds in it, and the memory it holds then."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx

from bench.processes import processor_seconds, resident_megabytes
from tests.neo4j_server import free_port

ROOT = Path(__file__).parents[1]
GUANXI = (sys.executable, "-c", "from guanxi.cli import main; main()")
PATIENCE_S = 120
ASKED = ("/v1/search?q=Alibaba", "/v1/entities/alibaba/relations", "/v1/connections?from=alibaba&to=apple")


def measure(_scale: float, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        environ = os.environ | {"GUANXI_GRAPH": str(Path(folder) / "graph")}
        subprocess.run([*GUANXI, "load", "seeds"], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
        found = [_serve(environ) for _ in range(rounds)]
    print("\nthe embedded service with the seeds in it (median)")
    print(f"first answer after {median(seconds for seconds, _, _ in found):.1f} s", end="; ")
    print(f"processor time until then {median(cpu for _, cpu, _ in found):.1f} s", end="; ")
    print(f"memory after {len(ASKED) * 20} requests {median(memory for _, _, memory in found):.0f} MB")


def _serve(environ: dict[str, str]) -> tuple[float, float, float]:
    """Seconds and processor seconds until the service is ready, and its resident memory in MB after some requests."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [*GUANXI, "serve", "--port", str(port)],
        cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_S) as client:
            _ready(client)
            seconds, cpu = time.perf_counter() - started, processor_seconds(process.pid)
            for _ in range(20):
                for path in ASKED:
                    client.get(path).raise_for_status()
        return seconds, cpu, resident_megabytes(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _ready(client: httpx.Client) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            if client.get("/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise TimeoutError("the service did not start")
