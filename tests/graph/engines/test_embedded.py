"""The embedded engine: one process a folder, copies, and a clean end."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from graph.engines import Engine, FulltextIndex, Schema, jvm, open_engine
from graph.engines.embedded import restore
from graph.errors import BadInput, Conflict, EngineUnavailable, NotFound
from graph.settings import Settings
from tests.conftest import lacking

ROOT = Path(__file__).parents[3]
OPEN = "from graph.engines import open_engine; from graph.settings import Settings; import sys; "


def python(code: str, *arguments: str, java: str = "") -> subprocess.CompletedProcess[str]:
    """Run the code in a process of its own, with these options of Java and not those of the tests."""
    environ = {name: value for name, value in os.environ.items() if name != "JAVA_TOOL_OPTIONS"}
    if java:
        environ["JAVA_TOOL_OPTIONS"] = java
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=240, check=False)


def test_importing_it_starts_no_java() -> None:
    done = python("import graph.engines, graph.store, sys; sys.exit('jpype' in sys.modules or 'neo4j' in sys.modules)")
    assert done.returncode == 0, done.stderr


def test_a_folder_is_kept_between_openings(tmp_path: Path) -> None:
    settings = Settings(graph=str(tmp_path / "deep" / "graph"))
    for number in range(3):
        engine = open_engine(settings)
        engine.write(lambda tx: tx.run("CREATE (:A)"))
        with engine.read("MATCH (a:A) RETURN count(a) AS n") as rows:
            assert list(rows) == [(number + 1,)]
        engine.close()


def test_a_second_opening_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    settings = Settings(graph=str(tmp_path / "graph"))
    engine = open_engine(settings)
    with pytest.raises(Conflict, match="already open in this process"):
        open_engine(settings)
    other = python(OPEN + "open_engine(Settings(graph=sys.argv[1]))", settings.graph)
    assert "in use by another process" in other.stderr.splitlines()[-1]
    assert other.stderr.splitlines()[-1].startswith("graph.errors.Conflict")
    engine.close()


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises((Conflict, EngineUnavailable), match=tmp_path.name):
        open_engine(Settings(graph=str(tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EngineUnavailable, match="cannot be opened"):
        open_engine(Settings(graph=str(tmp_path / "file" / "graph")))


def test_a_copy_is_whole_and_makes_a_graph_again(embedded: Engine, tmp_path: Path) -> None:
    embedded.ensure_schema(Schema(1, unique=(("A", "id"),), fulltext=(FulltextIndex("texts", ("A",), ("text",)),)))
    embedded.write(
        lambda tx: tx.run("UNWIND range(1, 50) AS i CREATE (:A {id: toString(i), text: '文字 ' + i})-[:R]->(:B)")
    )
    target = tmp_path / "copies" / "graph.zip"
    embedded.backup(target)
    assert zipfile.is_zipfile(target)
    with pytest.raises(Conflict, match="already there"):
        embedded.backup(target)
    settings = Settings(graph=str(tmp_path / "again"))
    (tmp_path / "again").mkdir()  # empty, as one that a container mounts is
    for name, bad in made_bad(target.read_bytes()).items():
        (tmp_path / name).write_bytes(bad)
        with pytest.raises(BadInput, match=name):
            restore(tmp_path / name, settings)
    restore(target, settings)
    engine = open_engine(settings)
    with engine.read("MATCH (a:A)-[:R]->(b:B) RETURN count(*) AS n") as rows:
        assert list(rows) == [(50,)]
    assert len(engine.fulltext("texts", "文字", 100)) == 50
    engine.close()
    with pytest.raises(Conflict, match="not empty"):
        restore(target, settings)
    with pytest.raises(NotFound):
        restore(tmp_path / "none.zip", Settings(graph=str(tmp_path / "third")))


def test_sigterm_ends_the_process_cleanly(tmp_path: Path) -> None:
    code = OPEN + (
        "import signal, threading; done = threading.Event(); "
        "signal.signal(signal.SIGTERM, lambda *_: done.set()); "
        "e = open_engine(Settings(graph=sys.argv[1])); "
        "e.write(lambda tx: tx.run('CREATE (:A)')); print('ready', flush=True); done.wait(60); e.close(); sys.exit(7)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "graph")], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 7
    process.stdout.close()


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    code = OPEN + (
        "e = open_engine(Settings(graph=sys.argv[1]))\n"
        "for i in range(100000):\n"
        "    e.write(lambda tx: [tx.run('CREATE (:A {i: $i})', {'i': i}), tx.run('CREATE (:B {i: $i})', {'i': i})])\n"
        "    print(i, flush=True)\n"
    )
    graph = str(tmp_path / "graph")
    process = subprocess.Popen([sys.executable, "-c", code, graph], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    time.sleep(1.5)
    process.kill()
    told = 0
    for line in process.stdout:
        told = int(line) if line.endswith(b"\n") else told
    process.stdout.close()
    process.wait()
    engine = open_engine(Settings(graph=graph))
    with engine.read("MATCH (a:A) RETURN collect(a.i) AS a") as rows:
        [(first,)] = rows
    with engine.read("MATCH (b:B) RETURN collect(b.i) AS b") as rows:
        [(second,)] = rows
    engine.close()
    assert sorted(first) == sorted(second)
    assert set(range(told + 1)) <= set(first)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_is_told_to_start_anew(embedded: Engine, tmp_path: Path) -> None:
    done = python(
        OPEN + "import os, warnings; warnings.simplefilter('ignore'); e = open_engine(Settings(graph=sys.argv[1]))\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    try:\n"
        "        open_engine(Settings(graph=sys.argv[1] + '2'))\n"
        "    except Exception as error:\n"
        "        os.write(1, f'{type(error).__name__}: {error}'.encode())\n"
        "    os._exit(0)\n"
        "os.waitpid(pid, 0); e.close()",
        str(tmp_path / "graph"),
    )
    assert done.stdout.startswith("EngineUnavailable: a forked process"), done.stderr


def test_nothing_is_written_to_the_terminal(tmp_path: Path) -> None:
    done = python(
        OPEN + "e = open_engine(Settings(graph=sys.argv[1])); e.write(lambda tx: tx.run('CREATE (:A)')); e.close()",
        str(tmp_path / "graph"),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_cache_that_java_cannot_use_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "java.aot").write_bytes(b"no cache")
    code = "from graph.engines import jvm; from pathlib import Path; jvm.CACHE = Path(sys.argv[2]); "
    code = OPEN + code + "open_engine(Settings(graph=sys.argv[1])).close()"
    done = python(code, str(tmp_path / "graph"), str(tmp_path / "java.aot"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_java_starts_from_the_cache_that_installing_made(tmp_path: Path) -> None:
    if not jvm.CACHE.is_file():
        lacking("the cache of Java's classes: python -m graph.javacache")
    code = OPEN + "open_engine(Settings(graph=sys.argv[1])).close(); print('opened')"
    done = python(code, str(tmp_path / "graph"), java="-XX:AOTMode=on")  # then a cache that it cannot use ends it
    assert done.stdout == "opened\n", done.stderr


def test_bytes_are_no_parameter(embedded: Engine) -> None:
    with pytest.raises(BadInput, match="base64"):
        embedded.read("RETURN $b AS b", {"b": b"x"})


def test_files_and_addresses_are_not_read(embedded: Engine) -> None:
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/x.csv"):
        with (
            pytest.raises(Exception, match="LOAD CSV"),
            embedded.read("LOAD CSV FROM $a AS line RETURN line", {"a": address}) as rows,
        ):
            list(rows)


def made_bad(backup: bytes) -> dict[str, bytes]:
    """Files that are no backup, and backups that were damaged on their way."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as zipped:
        zipped.writestr("hello.txt", "hello")
    flipped = bytearray(backup)
    flipped[len(backup) // 3] ^= 0xFF
    return {
        "text.zip": b"hello",
        "empty.zip": b"",
        "half.zip": backup[: len(backup) // 2],
        "other.zip": other.getvalue(),
        "flipped.zip": bytes(flipped),
    }
