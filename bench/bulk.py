"""Large and many inputs: a text of 20 MB, a PDF of 1,000 pages, 10,000 small files, a DOCX that unpacks without end.

Each is given to `guanxi load` on the embedded engine, which reads it with every model on or says why it does not; what
is told is the time it took and the most memory the process held. The texts are those of seeds/, again and again.
"""

import os
import subprocess
import tempfile
import time
import zipfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from graph.settings import Settings
from tests.guanxi_server import GUANXI, ROOT, environ
from tests.loaders.conftest import pdf_bytes

TEXT_BYTES, PAGES, FILES, BOMB_BYTES = 20 * 10**6, 1000, 10_000, 10**9
LINES = 30  # of a page


@dataclass(frozen=True, slots=True)
class Run:
    """What a load took: seconds by the clock, the most memory it held, the first line it said."""

    seconds: float
    megabytes: float
    said: str


def measure(scale: float, _rounds: int) -> None:
    """Measure and print; at scale 1 it goes on for hours, because that is how long 20 MB take to read."""
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as folder:
        for name, make in INPUTS.items():
            place = Path(folder) / name.replace(" ", "-")
            place.mkdir()
            size = make(place, scale)
            done = _loaded(place, Settings(graph=str(Path(folder) / f"graph-{place.name}")))
            rate = f"{size / done.seconds:9,.0f} characters a second" if size else " " * 29
            print(f"{name:20} {done.seconds:8.1f} s {rate} {done.megabytes:7.0f} MB at most  {done.said}", flush=True)


def _loaded(place: Path, settings: Settings) -> Run:
    begun = time.monotonic()
    with (place.parent / f"{place.name}.log").open("w+", encoding="utf-8") as log:
        command = [*GUANXI, "load", str(place)]
        process = subprocess.Popen(command, cwd=ROOT, env=environ(settings), stdout=log, stderr=log)
        _, process.returncode, used = os.wait4(process.pid, 0)
        log.seek(0)
        said = [line for line in log.read().splitlines() if line.strip()]
    return Run(time.monotonic() - begun, used.ru_maxrss / 1024, said[0] if said else "")


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds" / "documents").iterdir())]


def _one_text(place: Path, scale: float) -> int:
    texts = _texts()
    rounds = int(TEXT_BYTES * scale / sum(len(text.encode()) for text in texts)) + 1
    whole = "\n\n".join(texts * rounds)
    (place / "text.txt").write_text(whole, encoding="utf-8")
    return len(whole)


def _one_pdf(place: Path, scale: float) -> int:
    lines = [
        line[start : start + 60] for text in _texts() for line in text.splitlines() for start in range(0, len(line), 60)
    ]
    going = cycle(lines)
    pages = tuple(list(islice(going, LINES)) for _ in range(max(int(PAGES * scale), 1)))
    (place / "pages.pdf").write_bytes(pdf_bytes(pages, encrypted=False))
    return sum(len(line) for page in pages for line in page)


def _many_files(place: Path, scale: float) -> int:
    size = 0
    for number in range(int(FILES * scale)):
        text = f"Firm {number} is a partner of Alibaba. 第{number}号公司是阿里巴巴的合作伙伴。"
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def _bomb(place: Path, _: float) -> int:
    with zipfile.ZipFile(place / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("word/document.xml", "w") as inside:
            for _ in range(BOMB_BYTES // 10**6):
                inside.write(b" " * 10**6)
    return 0


INPUTS = {"a text": _one_text, "a PDF": _one_pdf, "many files": _many_files, "a DOCX bomb": _bomb}
