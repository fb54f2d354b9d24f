"""How long a question takes beside the plain Cypher that its answer ran, on the seeds."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import questions
from graph.settings import Settings
from graph.store import Store
from tests.graph.seeds import seeds

CASES = Path(__file__).parents[1] / "tests" / "cases" / "questions" / "held.json"


def measure(_: float, rounds: int) -> None:
    """Print the 50th and 95th percentile of both in milliseconds, and the ratio of the two."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    wordings = [wording for case in cases for wording in case["wordings"]]
    with tempfile.TemporaryDirectory() as folder, Store.open(Settings(graph=str(Path(folder) / "graph"))) as store:
        loads, judgements = seeds()
        store.add(loads, judgements)
        statements = {wording: questions.answer(store, wording).cypher for wording in wordings}
        asked, ran = [], []
        for _round in range(rounds):
            for wording in wordings:
                asked.append(_seconds(lambda wording=wording: questions.answer(store, wording)))
                ran.append(_seconds(lambda statement=statements[wording]: store.rows(statement)))
    print(f"{len(wordings)} questions, {rounds} rounds, on the seeds")
    for share in (50, 95):
        whole, plain = (sorted(times)[len(times) * share // 100] * 1000 for times in (asked, ran))
        print(f"p{share}: {whole:.1f} ms a question, {plain:.1f} ms its plain Cypher, ratio {whole / plain:.1f}")


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
