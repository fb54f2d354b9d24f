"""How long a question takes beside the plain Cypher its answer ran, on the seeds and among 100,000 more entities."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import questions
from bench.made_up import loads as made_up
from graph.settings import Settings
from graph.store import Store
from tests.graph.seeds import seeds

CASES = Path(__file__).parents[1] / "tests" / "cases" / "questions" / "held.json"
ENTITIES, CLAIMS_EACH = 100_000, 100


def measure(scale: float, rounds: int) -> None:
    """Print the 50th and 95th percentile of both in milliseconds, and the ratio of the two, for both graphs; `scale`
    is that of the larger one.
    """
    with tempfile.TemporaryDirectory() as folder, Store.open(Settings(graph=str(Path(folder) / "graph"))) as store:
        store.add(*seeds())
        _asked(store, rounds)
        # A claim has two ends, drawn among as many numbers of each kind as there are claims: most are drawn once.
        store.add(made_up(int(ENTITIES * scale / CLAIMS_EACH), CLAIMS_EACH, int(ENTITIES * scale)))
        _asked(store, rounds)


def _asked(store: Store, rounds: int) -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    wordings = [wording for case in cases for wording in case["wordings"]]
    statements = {wording: questions.answer(store, wording).cypher for wording in wordings}
    asked, ran = [], []
    for _round in range(rounds):
        for wording in wordings:
            asked.append(_seconds(lambda wording=wording: questions.answer(store, wording)))
            ran.append(_seconds(lambda statement=statements[wording]: store.rows(statement)))
    held = store.rows("MATCH (e:Entity) RETURN count(e)")[0][0]
    print(f"\n{len(wordings)} questions, {rounds} rounds, among {held:,} entities")
    for share in (50, 95):
        whole, plain = (sorted(times)[len(times) * share // 100] * 1000 for times in (asked, ran))
        print(f"p{share}: {whole:.1f} ms a question, {plain:.1f} ms its plain Cypher, ratio {whole / plain:.1f}")


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
