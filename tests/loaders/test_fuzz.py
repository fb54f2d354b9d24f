"""Thousands of broken records among good ones, loaded end to end: each is reported or read, and no good one is lost."""

from __future__ import annotations

import csv
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

from graph.ontology import load_ontology
from graph.store import Store
from loaders.load import Material, Report, Wanted, load
from tests.graph.seeds import SEEDS, seeds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graph.engines.engine import Engine

CLAIMS, ROWS, TEXTS = 3000, 1500, 60
ODD: Sequence[Any] = (
    None, True, -1, 0, 3.5, 10**30, 1e308, "", " ", "阿里巴巴", "𠮷" * 400, "x" * 700, "\0", "\u202e", "\ud800",
    [], [[]], {}, {"id": None}, [None], ["a", 1], "2025-02-30", "9999", "rumoured", "PARTNERS_WITH", "company",
    "../../etc/passwd", "=1+1", "NaN", "1,000,000", "一百亿", "$5bn",
)  # fmt: skip
BYTES = (b"\x00", b"\xff\xfe", b"\xe9\x98", b"\r", b"\x1a", b"\xef\xbb\xbf", b'"', b"{", b"]", b"\n", b",", b"---\n")


def test_broken_lines_among_the_seeds_lose_no_good_one(embedded: Engine, tmp_path: Path) -> None:
    chance = random.Random(311)
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    good = (folder / "claims.jsonl").read_bytes().splitlines()
    lines = [broken_line(chance.choice(good), chance) for _ in range(CLAIMS)] + good
    chance.shuffle(lines)
    (folder / "claims.jsonl").write_bytes(b"\n".join(lines))
    store = Store(embedded, load_ontology())
    store.prepare()
    report = load(store, Wanted((folder,)))
    assert len(report.refused) > CLAIMS / 2
    for problem in report.problems:
        assert problem.reason
        assert problem.file
        assert problem.line or problem.file != "claims.jsonl"
    held = {row[0] for row in store.rows("MATCH (c:Claim) RETURN c.id")}
    given = {claim.id for load_ in seeds()[0] for claim in load_.claims}
    assert given <= held


def test_broken_tables_and_texts_are_reported(tmp_path: Path) -> None:
    chance = random.Random(313)
    tables = tmp_path / "tables"
    shutil.copytree(SEEDS / "tables", tables)
    with (tables / "roles.csv").open(encoding="utf-8", newline="") as file:
        header, *good = list(csv.reader(file))
    rows = [broken_row(chance.choice(good), chance) for _ in range(ROWS)]
    with (tables / "roles.csv").open("w", encoding="utf-8", errors="ignore", newline="") as file:
        csv.writer(file).writerows([header, *rows, *good])
    texts = [path.read_bytes() for path in sorted((SEEDS / "documents").glob("*.md"))]
    (tmp_path / "documents").mkdir()
    for number in range(TEXTS):
        broken = broken_bytes(chance.choice(texts), chance)
        (tmp_path / "documents" / f"{number}.md").write_bytes(broken)
    report = Report()
    loads = list(Material(Wanted((tmp_path,)), load_ontology(), report).loads())
    for problem in report.problems:
        assert problem.reason
        assert problem.file
    read = report.files["documents"] + len({p.file for p in report.refused if p.file.endswith(".md")})
    assert read == TEXTS
    clean = Report()
    wanted = Wanted((SEEDS / "tables" / "roles.csv",))
    quotes = {c.quote for load_ in Material(wanted, load_ontology(), clean).loads() for c in load_.claims}
    assert quotes
    assert quotes <= {claim.quote for load_ in loads for claim in load_.claims}


def broken_line(line: bytes, chance: random.Random) -> bytes:
    """The line with a value put in the wrong place, a field gone, or bytes cut, doubled or put in."""
    if chance.random() < 0.4:
        return broken_bytes(line, chance).replace(b"\n", b" ")
    record = json.loads(line)
    place = record
    while True:
        name = chance.choice(list(place))
        if not isinstance(place[name], dict) or not place[name] or chance.random() < 0.4:
            break
        place = place[name]
    if chance.random() < 0.3:
        del place[name]
    else:
        place[name] = chance.choice(ODD)
    return json.dumps(record, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def broken_row(row: Sequence[str], chance: random.Random) -> list[str]:
    """The row with a cell replaced, left out or added."""
    cells = list(row)
    place = chance.randrange(len(cells))
    how = chance.random()
    if how < 0.15:
        del cells[place]
    elif how < 0.3:
        cells.insert(place, odd_cell(chance))
    else:
        cells[place] = odd_cell(chance)
    return cells


def odd_cell(chance: random.Random) -> str:
    """A value as a cell."""
    return str(chance.choice(ODD))


def broken_bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a stretch cut out or doubled, or odd bytes put in."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 60))
    middle = chance.choice((b"", data[start:end] * 2, chance.choice(BYTES)))
    return data[:start] + middle + data[end:]
