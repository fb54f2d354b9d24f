"""A real Neo4j Community server for the tests, from its Maven artifacts; nothing but Java and Maven is needed.

Run it to fetch the server beforehand:  python tests/neo4j_server.py 5.26.30
The jars are kept by Maven; what this file notes about them is under GUANXI_TEST_CACHE (default ~/.cache/guanxi).
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import neo4j

DEFAULT_VERSION = "5.26.30"
BOOT_SECONDS = 240.0  # a busy machine takes minutes over what is usually 7 s
DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
PROJECT = """<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>guanxi.tests</groupId><artifactId>neo4j</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""
JAVA_OPTIONS = (
    "-Xms256m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # a test server lives for minutes: quick to start beats quick to run
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
    "-Dlog4j2.disable.jmx=true",
)


class Missing(Exception):
    """Something this machine lacks; the text says which command brings it."""


@dataclass
class Server:
    """One server of a test run, in a folder of its own, with a password nobody else knows."""

    version: str
    home: Path
    password: str = field(default_factory=lambda: secrets.token_hex(12))
    port: int = 0
    http_port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it and wait until it speaks Bolt."""
        self._write_settings()
        self._launch()
        self._set_password()

    def restart(self) -> None:
        """Start it again after `stop`, at the same address and with what was in it."""
        self._launch()

    def _launch(self) -> None:
        classpath = fetch(self.version)
        java = find_java(self.version)
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = [java, *JAVA_OPTIONS, "-cp", classpath, entry_point(classpath)]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with (self.home / "console.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._wait()

    def _set_password(self) -> None:
        """Take the place of the password that every new server has; the admin tool would take another Java to start."""
        with (
            neo4j.GraphDatabase.driver(self.address, auth=("neo4j", "neo4j")) as driver,
            driver.session(database="system") as session,
        ):
            session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password", password=self.password).consume()

    def _write_settings(self) -> None:
        self.port, self.http_port = free_port(), free_port()
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.listen_address": f"127.0.0.1:{self.http_port}",
            "server.https.enabled": "false",
            "dbms.usage_report.enabled": "false",
            "dbms.security.auth_lock_time": "0s",
            "server.memory.pagecache.size": "64m",
            "db.memory.transaction.max": "64m",
            "db.tx_log.preallocate": "false",
        }
        for folder in ("conf", "data", "logs", "run", "import", "plugins"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (self.home / "conf" / "neo4j.conf").write_text(lines, encoding="utf-8")

    def _wait(self) -> None:
        assert self.process
        until = time.monotonic() + BOOT_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                log = (self.home / "console.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"Neo4j {self.version} stopped while starting:\n{log[-3000:]}")
            if speaks_bolt(self.port):
                return
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"Neo4j {self.version} did not answer within {BOOT_SECONDS:g} s")

    def stop(self) -> None:
        """Kill the server: going in peace takes it ten seconds, and what was committed outlives this too."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def cache() -> Path:
    return Path(os.environ.get("GUANXI_TEST_CACHE", Path.home() / ".cache" / "guanxi"))


def fetch(version: str) -> str:
    """The server's class path; Maven fetches what is not there yet (about 130 MB the first time)."""
    folder = cache() / f"neo4j-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:  # several test processes may ask at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _fetch(version, folder)


def _fetch(version: str, folder: Path) -> str:
    note = folder / "classpath.txt"
    if note.exists():
        known = note.read_text(encoding="utf-8")
        if all(Path(jar).exists() for jar in known.split(os.pathsep)):
            return known
    if not shutil.which("mvn"):
        raise Missing("Maven, which fetches Neo4j: apt-get install maven")
    (folder / "pom.xml").write_text(PROJECT.format(version=version), encoding="utf-8")
    fetched = subprocess.run(
        ["mvn", "-B", "-q", "-f", str(folder / "pom.xml"), "-DincludeScope=runtime", f"-Dmdep.outputFile={note}",
         DEPENDENCY_PLUGIN], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if fetched.returncode:
        raise Missing(f"Neo4j {version}, which Maven could not fetch: {(fetched.stdout + fetched.stderr)[-500:]}")
    return note.read_text(encoding="utf-8")


def find_java(version: str) -> str:
    """A Java that runs this version: 17 to 21 for 5.26, 21 or newer for later ones."""
    oldest, newest = (17, 21) if version.startswith("5.") else (21, 99)
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    on_path = shutil.which("java")
    homes += [Path(on_path).resolve().parents[1]] if on_path else []
    found = {java_version(home): home for home in homes}
    fitting = sorted(number for number in found if oldest <= number <= newest)
    if not fitting:
        package = f"openjdk-{oldest}-jre-headless"
        raise Missing(f"a Java runtime of {oldest} or newer for Neo4j {version}: apt-get install {package}")
    return str(found[fitting[0]] / "bin" / "java")


def java_version(home: Path) -> int:
    try:
        found = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found[1]) if found else 0


def entry_point(classpath: str) -> str:
    """The class that starts the server; the jar names its own, and it differs between versions."""
    for jar in classpath.split(os.pathsep):
        if re.fullmatch(r"neo4j-\d.*\.jar", Path(jar).name):
            with zipfile.ZipFile(jar) as archive:
                text = archive.read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode()
            return next(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    raise Missing("the jar named neo4j-<version>.jar among what Maven fetched")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def speaks_bolt(port: int) -> bool:
    """True once the port answers a Bolt handshake; that it is open is not enough."""
    magic, versions = b"\x60\x60\xb0\x17", b"\x00\x04\x04\x05" + bytes(12)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(magic + versions)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


if __name__ == "__main__":
    try:
        for wanted in sys.argv[1:] or [DEFAULT_VERSION]:
            print(f"Neo4j {wanted}: {len(fetch(wanted).split(os.pathsep))} jars, Java {find_java(wanted)}")
    except Missing as lack:
        sys.exit(f"this machine lacks {lack}")
