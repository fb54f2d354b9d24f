import json
import os
from pathlib import Path

import pytest

from graph.model import Document
from loaders.documents import read_document
from loaders.folder import Shelf, plan
from loaders.problems import Problem

CLAIM = {"document": "a.txt", "quote": "text", "predicate": "OWNS"}


def put(root: Path, *names: str, text: str = "text") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def kinds(*paths: Path) -> list[tuple[str, str]]:
    return [(source.kind, source.name) for source in plan(paths).sources]


def test_a_folder_as_the_seeds_are(tmp_path: Path) -> None:
    put(tmp_path, "documents/b.md", "documents/a.txt", "documents/sub/c.pdf", "README.md", "LICENSE", ".hidden/x.txt")
    put(tmp_path, "tables/t.csv", "tables/t.mapping.toml", "claims.jsonl", "judgements.jsonl", "~$lock.docx", ".x.txt")
    found = plan([tmp_path])
    assert found.problems == ()
    assert [(source.kind, source.name) for source in found.sources] == [
        ("document", "a.txt"),
        ("document", "b.md"),
        ("document", "sub/c.pdf"),
        ("table", "t.csv"),
        ("claims", "claims.jsonl"),
        ("judgements", "judgements.jsonl"),
    ]
    assert found.of("table")[0].mapping == tmp_path / "tables" / "t.mapping.toml"
    assert found.of("claims")[0].texts == (tmp_path / "documents", tmp_path)


def test_order_does_not_depend_on_the_arguments(tmp_path: Path) -> None:
    put(tmp_path, "x/a.txt", "y/b.txt", "y/c.csv", "z.md")
    paths = [tmp_path / "x", tmp_path / "y", tmp_path / "z.md", tmp_path / "y" / "b.txt"]
    assert plan(paths) == plan(paths[::-1])
    assert kinds(*paths) == [("document", "a.txt"), ("document", "b.txt"), ("document", "z.md"), ("table", "c.csv")]


def test_names_are_paths_below_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "2024/a.txt", "2025/a.txt", "2025/docs/b.txt")
    assert kinds(tmp_path) == [("document", "2024/a.txt"), ("document", "2025/a.txt"), ("document", "b.txt")]


def test_what_is_not_read_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.doc", "gold.json", "lost.mapping.toml", "noext")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = plan([tmp_path, tmp_path / "missing"])
    assert [source.name for source in found.sources] == ["a.txt"]
    reasons = {Path(problem.file).name: problem.reason for problem in found.problems}
    assert reasons["missing"] == "there is no such file"
    assert reasons["gone.txt"] == "there is no such file"
    assert reasons["pipe.txt"] == "not a regular file"
    assert reasons["lost.mapping.toml"] == "a mapping without its table"
    assert reasons["b.doc"].startswith("unknown type .doc: read are .txt, .text, .md")
    assert set(reasons) == {"missing", "gone.txt", "pipe.txt", "lost.mapping.toml", "b.doc", "gold.json", "noext"}


def test_a_link_back_is_not_followed_and_a_file_is_taken_once(tmp_path: Path) -> None:
    put(tmp_path, "a/b/c.txt")
    (tmp_path / "a" / "b" / "loop").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "twin.txt").symlink_to(tmp_path / "a" / "b" / "c.txt")
    found = plan([tmp_path])
    assert len(found.sources) == 1
    assert [problem.reason.split(",")[0] for problem in found.problems] == ["leads back to a folder above it"]


@pytest.mark.skipif(os.geteuid() == 0, reason="this user may read every folder")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    put(tmp_path, "shut/a.txt", "b.txt")
    (tmp_path / "shut").chmod(0)
    found = plan([tmp_path])
    (tmp_path / "shut").chmod(0o700)
    assert [source.name for source in found.sources] == ["b.txt"]
    assert "cannot be read" in found.problems[0].reason


def test_a_leaflet_that_is_named_is_read(tmp_path: Path) -> None:
    put(tmp_path, "README.md")
    assert kinds(tmp_path) == []
    assert kinds(tmp_path / "README.md") == [("document", "README.md")]


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("claims.jsonl", "", "claims"),
        ("x.claims.jsonl", "", "claims"),
        ("judgements.jsonl", "", "judgements"),
        ("gold.jsonl", "\ufeff" + json.dumps(CLAIM), "claims"),
        ("gold.jsonl", "not json\n\n" + json.dumps(CLAIM), "claims"),
        ("x.jsonl", json.dumps({"verdict": "same", "names": ["a", "b"]}), "judgements"),
        ("x.jsonl", json.dumps({"subject": "a", "predicate": "OWNS", "object": "b"}), "table"),
        ("x.ndjson", "", "table"),
    ],
)
def test_what_the_lines_of_a_file_are(tmp_path: Path, name: str, first: str, kind: str) -> None:
    put(tmp_path, name, text=first)
    assert kinds(tmp_path) == [(kind, name)]


def test_texts_and_mapping_that_are_given(tmp_path: Path) -> None:
    put(tmp_path, "c.claims.jsonl", "t.csv", "other.mapping.toml", "texts/a.txt")
    given = plan([tmp_path / "c.claims.jsonl", tmp_path / "t.csv"], tmp_path / "texts", tmp_path / "other.mapping.toml")
    assert given.of("claims")[0].texts == (tmp_path / "texts",)
    assert given.of("table")[0].mapping == tmp_path / "other.mapping.toml"


def test_the_shelf_finds_documents_below_its_folders_only(tmp_path: Path) -> None:
    put(tmp_path, "docs/a.txt", "docs/sub/b.txt", "outside.txt", "docs/c.json")
    (tmp_path / "docs" / "bad.txt").write_bytes(b"\xff")
    shelf = Shelf([tmp_path / "docs"])
    found = shelf.document("sub/b.txt")
    assert isinstance(found, Document)
    assert found.name == "sub/b.txt"
    assert shelf.document("a.txt") == shelf.read("a.txt")
    for name in (
        "../outside.txt",
        str(tmp_path / "outside.txt"),
        "none.txt",
        "c.json",
        "bad.txt",
        "",
        "\0.txt",
        "x" * 5000 + ".txt",
    ):
        assert shelf.document(name) is None, name
    problem = shelf.read("bad.txt")
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("not UTF-8")


def test_a_name_that_is_no_utf_8_is_shown_as_text(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe9.exe"):
        try:
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("A note.", encoding="utf-8")
        except OSError:
            pytest.skip("this file system keeps no such name")
    found = plan([tmp_path])
    told = [source.name for source in found.sources] + [problem.file for problem in found.problems]
    assert [Path(name).name for name in told] == ["caf\ufffd.txt", "caf\ufffd.exe"]
    assert "\n".join(told).encode()
    document = read_document(found.sources[0].path)
    assert isinstance(document, Document)
    assert document.name == "caf\ufffd.txt"


@pytest.mark.parametrize("name", ["out.jsonl", "claims.jsonl", "judgements.ndjson"])
def test_an_export_is_known_by_its_first_line_however_long(tmp_path: Path, name: str) -> None:
    first = {"document": {"name": "a.txt", "text": "long " * 50_000}}
    (tmp_path / name).write_text(json.dumps(first) + "\n", encoding="utf-8")
    assert kinds(tmp_path) == [("export", name)]
