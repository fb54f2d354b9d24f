"""The Java runtime that comes with the embedded engine: started once a process, when a graph is first opened."""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import jpype

from graph.errors import EngineUnavailable

# An object or class of Java's: its methods are known only while the program runs.
Java: TypeAlias = Any

# What Java need not find out of its classes again: made by graph.javacache.py, one for each installation.
CACHE = Path(sys.prefix) / "share" / "guanxi" / "java.aot"
_start = Lock()
_started_by: list[int] = []


@cache
def java(name: str) -> Java:
    """A Java class by its full name; the runtime must be up."""
    return jpype.JClass(name)


def start(heap: str, *, record: Path | None = None) -> None:
    """Start Java with at most `heap` memory (such as 384m). Later calls do nothing: one process has one Java.

    With `record` what Java learns of its classes is written to that file when the process ends, for later starts.
    Raises EngineUnavailable in a child of a process that had Java running: a fork leaves it without its threads.
    """
    with _start:
        if _started_by and _started_by[0] != os.getpid():
            raise EngineUnavailable("a forked process cannot use the graph its parent opened; start a new process")
        if jpype.isJVMStarted():
            return
        _started_by.append(os.getpid())
        # Java does not end before the thread that started it has: this one is over at once, whoever called.
        with ThreadPoolExecutor(1, "java") as thread:
            thread.submit(_begin, [*_arguments(heap), *_cache(record)]).result()
        atexit.register(_close_databases)


def _begin(arguments: list[str]) -> None:
    library, jars = _bundled()
    try:
        jpype.startJVM(library, *arguments, classpath=jars, interrupt=False)
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineUnavailable(f"the Java runtime of the embedded engine does not start: {error}") from error
    try:
        _quiet()
    finally:
        java("java.lang.Thread").detach()


def _bundled() -> tuple[str, list[str]]:
    """The Java library and the jars that the engine's package brings. Importing the package would bring numpy along."""
    found = find_spec("arcadedb_embedded")
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise EngineUnavailable("the embedded engine is not installed: pip install arcadedb-embedded")
    folder = Path(folders[0])
    libraries = (folder / "jre" / "bin" / "server" / "jvm.dll", *(folder / "jre" / "lib" / "server").glob("libjvm.*"))
    library = next((path for path in libraries if path.is_file()), None)
    if library is None:
        raise EngineUnavailable(f"the embedded engine's package has no Java for this machine in {folder / 'jre'}")
    return str(library), [str(jar) for jar in sorted((folder / "jars").glob("*.jar"))]


def _arguments(heap: str) -> list[str]:
    crash_file = Path(tempfile.gettempdir()) / "guanxi-java-%p.log"
    return [
        "-Xrs",  # signals stay Python's: without it SIGTERM ends the process in the middle of Java
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",  # the smallest footprint; one process serves one graph
        "-XX:+UseCompactObjectHeaders",
        f"-XX:ErrorFile={crash_file}",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
        "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
    ]


def _cache(record: Path | None) -> list[str]:
    if record is not None:
        return [f"-XX:AOTCacheOutput={record}"]
    # A cache of another Java, or of other jars, is left unread; no word of that belongs on the terminal.
    return [f"-XX:AOTCache={CACHE}", "-Xlog:aot*=off"] if CACHE.is_file() else []


def _quiet() -> None:
    """Java's log stays off the terminal; what matters reaches the caller as an error."""
    # The engine's own logger puts a handler of its own on the terminal; this one uses Java's, of which none is left.
    java("com.arcadedb.log.LogManager").instance().setLogger(java("com.arcadedb.log.Slf4jLogger")())
    java("java.util.logging.LogManager").getLogManager().reset()
    nowhere = java("java.io.OutputStream").nullOutputStream()
    java("java.lang.System").setOut(java("java.io.PrintStream")(nowhere))  # the backup tool chats there


def _close_databases() -> None:
    if jpype.isJVMStarted() and _started_by[0] == os.getpid():
        for database in list(java("com.arcadedb.database.DatabaseFactory").getActiveDatabaseInstances()):
            database.close()
