"""Writes the file with which Java starts in about half the time: python -m graph.javacache

Java is used once, in a process of its own, as the program uses it; what it learned of its classes is kept beside the
installation. Without the file everything works as well, only later.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from graph.engines import jvm, open_engine
from graph.errors import EngineUnavailable
from graph.model import Claim, Document, Referent
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.store import Load, Store
from graph.view import View

TEXT = "Joe Tsai is chairman of Alibaba. Alibaba works with Apple."
TSAI = Referent("t", "Person", ("Joe Tsai",))
ALIBABA, APPLE = Referent("a", "Company", ("Alibaba",)), Referent("b", "Company", ("Apple",))


def make(target: Path = jvm.CACHE) -> None:
    """Write the file. Raises EngineUnavailable where Java did not write it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        command = [sys.executable, "-m", "graph.javacache", str(made)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not made.is_file():
            raise EngineUnavailable(f"Java wrote no cache: {(done.stdout + done.stderr)[-500:]}")
        made.replace(target)


def record(target: Path) -> None:
    """Use a graph in this process as the program does; Java writes the file when the process ends."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(graph=str(Path(folder) / "graph"))
        jvm.start(settings.heap, record=target)
        with Store(open_engine(settings), load_ontology()) as store:
            store.prepare()
            document = Document.of("start.txt", TEXT, date="2025-01-01")
            store.add([Load(document, _claims(document))])
            view = View(store.engine, store.ontology)
            view.search("alibaba")
            store.rebuild()
            store.withdraw(document.id)


def _claims(document: Document) -> tuple[Claim, ...]:
    role = Claim(document.id, TSAI, "HOLDS_ROLE_AT", ALIBABA, TEXT[:32], 0, 32, {"role": "chairman", "current": True})
    work = Claim(document.id, ALIBABA, "PARTNERS_WITH", APPLE, TEXT[33:], 33, len(TEXT))
    return role, work


if __name__ == "__main__":
    if sys.argv[1:]:
        record(Path(sys.argv[1]))
    else:
        make()
