"""The examples of the README, run as they stand there against a service that holds the seeds."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import lacking

ROOT = Path(__file__).parents[1]
EXAMPLES = re.findall(
    r"```sh\n(.+?)```\n\n```json\n(.+?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
)
GUANXI = ROOT / ".venv" / "bin" / "guanxi"
START_SECONDS = 60


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a graph that holds the seeds."""
    environ = {**os.environ, "GUANXI_GRAPH": str(tmp_path_factory.mktemp("readme") / "graph")}
    subprocess.run([GUANXI, "load", "seeds", "--if-empty"], cwd=ROOT, env=environ, check=True, capture_output=True)
    return environ


@pytest.fixture(scope="module")
def port(graph: dict[str, str]) -> Iterator[int]:
    """Where a service of that graph listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        chosen: int = free.getsockname()[1]
    server = subprocess.Popen([GUANXI, "serve", "--port", str(chosen)], cwd=ROOT, env=graph, stderr=subprocess.PIPE)
    wait_for(chosen, server)
    yield chosen
    server.send_signal(signal.SIGTERM)
    _, said = server.communicate(timeout=30)
    assert f"http://127.0.0.1:{chosen}" in said.decode()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the service ended at once"
        try:
            urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the service was not ready within {START_SECONDS} s")


def holds(answer: Any, shown: Any) -> bool:
    """True where the answer has all that is shown: objects may have more keys, lists are whole."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(key in answer and holds(answer[key], shown[key]) for key in shown)
    if isinstance(shown, list):
        return isinstance(answer, list) and len(answer) == len(shown) and all(map(holds, answer, shown))
    return bool(answer == shown)


def test_there_are_three_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=["search", "query", "cypher"])
def test_example_answers_as_shown(command: str, shown: str, port: int, graph: dict[str, str]) -> None:
    if command.startswith("curl") and shutil.which("curl") is None:
        lacking("curl: apt-get install curl")
    command = command.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=graph, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert holds(answer, json.loads(shown)), answer
