"""Commands against a service that holds the graph: what they print where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.settings import Settings
from guanxi import output
from guanxi.cli import main
from guanxi.servernote import Server, announced
from tests.api.conftest import serving
from tests.guanxi_server import GUANXI
from tests.guanxi_server import run as command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.store import Store

TOKEN = "of the machine"
MOST_BYTES = 10_000
WRITES = "CREATE (n:Note {one: 'a'}) RETURN n.one AS one, 2 AS two"


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found


@pytest.fixture(scope="module")
def folder(seeded: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What stands for the folder of a graph that a server holds."""
    folder = tmp_path_factory.mktemp("held") / "graph"
    settings = Settings(graph=str(folder))
    app = create_app(seeded, service=ServiceSettings(page=None, body_bytes=MOST_BYTES), token=TOKEN)
    with serving(app) as address, announced(settings, Server(address, os.getpid(), TOKEN)):
        yield folder


@pytest.fixture
def run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    def run(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["guanxi", "--graph", str(folder), *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsysbinary.readouterr()
        return Done(int(ended.value.code or 0), told.out, told.err.decode())

    return run


@pytest.mark.parametrize(
    "words", [["search", "Bosch", "--json"], ["documents"], ["conflicts"], ["query", "RETURN 1 AS one", "--json"]]
)
def test_a_command_says_that_it_works_through_a_server(run: Callable[..., Done], words: list[str]) -> None:
    done = run(*words)
    assert done.code == 0
    assert "a server holds this graph; working through http://127.0.0.1:" in done.err


def test_conflicts_show_each_side_with_its_quotes(run: Callable[..., Done]) -> None:
    whole = run("conflicts", "--json").json["items"]
    assert isinstance(whole, list)
    shown = run("conflicts").out.decode()
    for conflict in whole:
        for side in conflict["sides"]:
            assert side["says"] in shown
            assert all(claim["quote"].split("\n")[0] in shown for claim in side["claims"])
    one = run("conflicts", "--limit", "1", "--json").json
    assert (one["items"], one["total"]) == (whole[:1], len(whole))


def test_export_writes_to_standard_output_or_a_file(run: Callable[..., Done], tmp_path: Path) -> None:
    graphml = run("export", "--format", "graphml", "--entity", "博世")
    assert graphml.code == 0
    assert {node.get("id") for node in ET.fromstring(graphml.out).findall(".//{*}node")} >= {
        "bosch",
        "alibaba",
    }
    owned = [json.loads(line) for line in run("export", "--format", "jsonl", "--predicate", "OWNS").out.splitlines()]
    assert {line["claim"]["predicate"] for line in owned if "claim" in line} == {"OWNS"}
    file = tmp_path / "tables.zip"
    done = run("export", "--format", "csv", "--output", str(file))
    assert (done.code, done.out) == (0, b"")
    assert "entities.csv" in zipfile.ZipFile(io.BytesIO(file.read_bytes())).namelist()


@pytest.mark.parametrize(
    "words",
    [
        ["search", ""],
        ["search", "Bosch", "--kind", "dragon"],
        ["entity", "Alibaba", "--predicate", "EATS"],
        ["entity", "Alibaba", "--as-of", "2024-02-30"],
        ["connections", "Bosch", "博世"],
        ["claims", "--status", "odd"],
        ["query", ""],
        ["ask", ""],
        ["export", "--format", "xml"],
        ["export"],
    ],
)
def test_a_command_that_is_called_wrongly_ends_with_2(run: Callable[..., Done], words: list[str]) -> None:
    done = run(*words)
    assert (done.code, done.out) == (2, b"")
    assert done.err


@pytest.mark.parametrize("name", ["nobody at all", "bosch/timeline", "bosch?zzqqxxwwkk=1", "bosch#zzqqxxwwkk"])
def test_a_name_is_taken_as_it_is_written(run: Callable[..., Done], name: str) -> None:
    done = run("entity", name, "--json")
    assert (done.code, done.out) == (1, b"")
    assert f"guanxi: the graph holds nothing called {name!r}" in done.err


def test_claims_of_a_document_are_found_by_its_name(run: Callable[..., Done]) -> None:
    assert run("claims", "--document", "roles.csv", "--limit", "1", "--json").json["total"] == 29
    assert run("claims", "--document", "no-such.csv").code == 1


@pytest.mark.parametrize("command", ["claims", "documents", "conflicts", "query"])
def test_a_reader_who_goes_away_is_no_failure(folder: Path, command: str) -> None:
    unread, written = os.pipe()
    os.close(unread)
    words = ["query", "UNWIND range(1, 900) AS n RETURN n"] if command == "query" else [command]
    with os.fdopen(written, "wb") as output:
        done = subprocess.run(
            [*GUANXI, "--graph", str(folder), *words], check=False, stdout=output, stderr=subprocess.PIPE
        )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_what_a_server_refuses_does_not_stop_the_rest(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * (MOST_BYTES // 5))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("A short note.")
    done = run("load", str(tmp_path), "--dry-run", "--json")
    assert done.code == 1
    skipped = done.json["skipped"]
    assert isinstance(skipped, list)
    assert [(one["file"], one["reason"][:7]) for one in skipped] == [("a.txt", "refused")]
    assert done.json["documents"] == 1


@pytest.mark.parametrize(("name", "code"), [("b.doc", 0), ("b.txt", 1)])
def test_a_load_that_could_not_read_a_file_ends_with_1(
    run: Callable[..., Done], tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "a.txt").write_text("A short note.")
    (tmp_path / name).write_bytes(b"\xff\xfe\xff")
    done = run("load", str(tmp_path), "--dry-run", "--json")
    assert (done.code, done.json["documents"]) == (code, 1)
    assert name in str(done.json["skipped"])
    if code == 0:
        assert run("load", str(tmp_path / "a.txt"), str(tmp_path / name), "--dry-run").code == 1


def test_a_bad_record_is_no_bad_file(run: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "stakes.csv").write_text("subject,predicate,object\nTim Cook,HOLDS_ROLE_AT,Apple\nA,OWNZ,B\n")
    done = run("load", str(tmp_path), "--dry-run", "--json")
    assert (done.code, done.json["claims"]) == (0, 1)
    assert "stakes.csv" in str(done.json["skipped"])


def test_rows_that_were_cut_are_told_in_every_form(run: Callable[..., Done]) -> None:
    for form in ("table", "json", "ndjson", "csv"):
        whole = run("query", "UNWIND [1, 2] AS x RETURN x", "--limit", "2", "--format", form)
        cut = run("query", "UNWIND [1, 2] AS x RETURN x", "--limit", "1", "--format", form)
        assert (whole.code, cut.code) == (0, 0)
        told = b'"truncated": true' in cut.out if form == "json" else "more rows" in cut.err
        assert told, form
        assert "more rows" not in whole.err
    rows = "UNWIND range(1, 1001) AS x RETURN x"
    assert "more rows" in run("query", rows, "--format", "csv").err


@pytest.mark.parametrize("form", ["table", "json", "ndjson", "csv"])
def test_a_statement_that_breaks_ends_with_1(run: Callable[..., Done], form: str) -> None:
    done = run("query", "UNWIND range(1, 3000) AS x RETURN 1 / (2500 - x)", "--limit", "5000", "--format", form)
    assert done.code == 1
    assert "zero" in done.err
    assert "Traceback" not in done.err


def test_csv_holds_what_the_service_gives(run: Callable[..., Done]) -> None:
    statement = "RETURN 'a,\"b' AS text, null AS nothing, [1, 'x'] AS list, {a: 1} AS map, true AS yes, 1.5 AS real"
    lines = list(csv.reader(io.StringIO(run("query", statement, "--format", "csv").out.decode())))
    assert lines == [
        ["text", "nothing", "list", "map", "yes", "real"],
        ['a,"b', "", '[1,"x"]', '{"a":1}', "true", "1.5"],
    ]


def test_limits_are_no_part_of_writing(run: Callable[..., Done]) -> None:
    assert run("query", "CREATE (n:Note) RETURN n", "--write", "--limit", "1").code == 2


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "table"])
def test_what_a_statement_that_writes_returns_is_printed(tmp_path: Path, form: str) -> None:
    done = command(Settings(graph=str(tmp_path / "own")), "query", WRITES, "--write", "--format", form)
    assert done.returncode == 0, done.stderr
    told = done.stdout.replace("\n", "").replace(" ", "")
    assert (
        told
        == {
            "json": '{"columns":["one","two"],"rows":[["a",2]],"truncated":false}',
            "ndjson": '{"columns":["one","two"]}["a",2]{"end":true,"rows":1,"truncated":false}',
            "csv": "one,twoa,2",
            "table": "onetwoa2",
        }[form]
    )


def test_answers_of_a_file_are_lines_of_json_whatever_stands_in_them(run: Callable[..., Done], tmp_path: Path) -> None:
    file = tmp_path / "questions.json"
    asked = [{"id": "A1", "question": "Who owns Zorbly Quxtable?"}, {"question": "谁创立了阿里巴巴？"}]
    file.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8-sig")
    done = run("ask", "--file", str(file))
    first, second = (json.loads(line) for line in done.out.decode().splitlines())
    assert (done.code, first["id"], first["answered"]) == (0, "A1", False)
    assert (second["id"], second["answered"]) == ("2", True)
    assert {"answer", "entities", "value", "claims", "cypher"} <= second.keys()


def test_quotes_are_printed_letter_by_letter(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.json_line({"quote": "a :apple: [b]x[/b] 𠮷"})
    assert json.loads(capsysbinary.readouterr().out) == {"quote": "a :apple: [b]x[/b] 𠮷"}


@pytest.mark.parametrize("words", [["keys", "add", "x", "--role", "king"], ["keys", "add", ""]])
def test_a_key_that_cannot_be_made_is_wrong_usage(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    monkeypatch.setenv("GUANXI_KEYS", str(tmp_path / "keys"))
    assert run(*words).code == 2
    assert not (tmp_path / "keys").exists()


def test_a_judgement_that_contradicts_another_says_so(run: Callable[..., Done]) -> None:
    kept = run("resolve", "not-same", "Bosch", "Apple", "--reason", "a test")
    made = kept.out.decode().split()[1]
    try:
        done = run("resolve", "same", "博世", "苹果", "--dry-run")
    finally:
        assert run("resolve", "take-back", made).code == 0
    assert f"contradicts {made}, not_same" in done.err
    assert "contradicts" not in run("resolve", "same", "博世", "苹果", "--dry-run").err
