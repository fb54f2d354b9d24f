"""A Neo4j of the measurement's own, with the APOC procedures that some peers write through."""

import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests import neo4j_server

APOC = "5.26.19"  # the newest for 5.26 that Maven Central has
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
# All of APOC wants libraries that Maven Central does not bring with it, so only this is offered as procedures.
MERGE = "apoc/merge/Merge.class"
PROJECT = f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>guanxi.bench</groupId><artifactId>apoc</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j.procedure</groupId><artifactId>apoc-core</artifactId><version>{APOC}</version></dependency>
    <dependency><groupId>org.neo4j.procedure</groupId><artifactId>apoc-common</artifactId><version>{APOC}</version></dependency>
  </dependencies>
</project>
"""


@dataclass
class LargeServer(neo4j_server.Server):
    """The server of the tests with room for a larger graph."""

    own = MappingProxyType(
        {
            "server.memory.pagecache.size": "256m",
            "db.memory.transaction.max": "0",  # what Neo4j comes with; the tests keep it small on purpose
        }
    )

    def start(self) -> None:
        """Start it with a heap for a larger graph and with the whole compiler; these options win over the tests'."""
        os.environ["_JAVA_OPTIONS"] = "-Xmx1g -XX:TieredStopAtLevel=4"
        try:
            super().start()
        finally:
            del os.environ["_JAVA_OPTIONS"]

    def pids(self) -> tuple[int, int]:
        """The processes whose work counts: this one and the server."""
        if self.process is None:
            raise RuntimeError("the server is not running")
        return os.getpid(), self.process.pid

    def _write_settings(self) -> None:
        super()._write_settings()
        settings = self.home / "conf" / "neo4j.conf"
        lines = settings.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.partition("=")[0] not in self.own]
        settings.write_text("\n".join([*kept, *(f"{name}={value}" for name, value in self.own.items()), ""]), "utf-8")


@dataclass
class ServerWithApoc(LargeServer):
    """One with APOC on its class path."""

    own = MappingProxyType({**LargeServer.own, "dbms.security.procedures.unrestricted": "apoc.*"})

    def _write_settings(self) -> None:
        super()._write_settings()
        with zipfile.ZipFile(self.home / "plugins" / "apoc-merge.jar", "w") as jar, zipfile.ZipFile(_core()) as core:
            jar.writestr(MERGE, core.read(MERGE))


def with_apoc(home: Path) -> ServerWithApoc:
    """A server in a folder, not started yet; Maven fetches what is not there."""
    version = f"{neo4j_server.DEFAULT_VERSION}+apoc"
    note = neo4j_server.cache() / f"neo4j-{version}" / "classpath.txt"
    note.parent.mkdir(parents=True, exist_ok=True)
    known = neo4j_server.fetch(neo4j_server.DEFAULT_VERSION)
    note.write_text(os.pathsep.join([known, *map(str, _apoc())]), encoding="utf-8")
    return ServerWithApoc(version, home)


def _apoc() -> list[Path]:
    """The jars of APOC and what it needs."""
    folder = neo4j_server.cache() / f"apoc-{APOC}"
    jars = folder / "jars"
    if not list(jars.glob("apoc-core-*.jar")):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pom.xml").write_text(PROJECT, encoding="utf-8")
        command = ["mvn", "-B", "-q", "-f", str(folder / "pom.xml"), f"-DoutputDirectory={jars}", COPY]
        command += ["-DexcludeArtifactIds=slf4j-api,asm"]
        fetched = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if fetched.returncode:
            raise neo4j_server.Missing(f"APOC {APOC}, which Maven could not fetch: {fetched.stdout[-500:]}")
    return sorted(jars.glob("*.jar"))


def _core() -> Path:
    return next(jar for jar in _apoc() if jar.name.startswith("apoc-core-"))
