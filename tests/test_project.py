"""The files around the code: versions agree, nothing of one machine is kept, the containers are described rightly."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LONGEST_FILE = 400

# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile("|".join(["/" + "root/", "/" + "work/(?!flows)", "/" + r"home/[a-z]", "/" + r"Users/[a-z]"]))
REGISTRY = re.compile(
    "|".join([r"pypi\." + r"org", "files." + r"pythonhosted", "registry." + r"npmjs", "repo[0-9]?." + r"maven"])
)


def tracked_texts() -> dict[str, str]:
    """Path -> text of every tracked file that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in data:
            texts[name] = data.decode("utf-8")
    return texts


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_changelog_names_the_version_first() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, flags=re.MULTILINE)
    assert versions[0] == PROJECT["project"]["version"]


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_address_of_a_package_registry() -> None:
    assert lines_with(REGISTRY) == []


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_short(room: str) -> None:
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / room).rglob("*.py")
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    assert entries
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def locked_versions(lock: Path) -> set[str]:
    return set(re.findall(r"^[a-z0-9][a-z0-9._-]*==[^ \\]+", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_tests_run_what_users_install() -> None:
    run, test = (locked_versions(ROOT / "requirements" / name) for name in ("run.txt", "test.txt"))
    assert run - test == set()


@pytest.mark.parametrize("lock", ["run.txt", "test.txt"])
def test_lock_holds_every_declared_dependency(lock: str) -> None:
    declared = list(PROJECT["project"]["dependencies"])
    if lock == "test.txt":
        extras = PROJECT["project"]["optional-dependencies"]
        declared += extras["test"] + extras["dev"] + extras["py2neo"]
    names = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in declared}
    locked = {entry.split("==")[0] for entry in locked_versions(ROOT / "requirements" / lock)}
    assert names - locked == set()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """docker-compose.yml as docker-compose itself understands it, with what .env.example says."""
    program = shutil.which("docker-compose")
    if program is None:
        message = "docker-compose is not installed: apt-get install docker-compose"
        assert "CI" not in os.environ, message
        pytest.skip(message)
    command = [program, "--env-file", ".env.example", "config"]
    settings = {**os.environ, "GUANXI_PASSWORD": "of-the-test-alone"}
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = yaml.safe_load(done.stdout)
    return read


def test_containers_are_published_on_this_machine_alone(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    hosts = [port["host_ip"] if isinstance(port, dict) else port.split(":")[0] for port in ports]
    assert hosts == ["127.0.0.1"] * 2


def test_service_waits_for_a_healthy_database(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["guanxi"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert all(service["healthcheck"]["test"] for service in services.values())
    assert services["guanxi"]["environment"]["GUANXI_GRAPH"] == "bolt://neo4j:7687"


def test_database_is_pinned_and_its_data_outlives_it(compose: dict[str, Any]) -> None:
    assert re.fullmatch(r"neo4j:5\.26\.\d+-community", compose["services"]["neo4j"]["image"])
    assert {"neo4j-data", "guanxi-data"} <= set(compose["volumes"])


def test_no_password_stands_in_a_file() -> None:
    assert "GUANXI_PASSWORD=\n" in (ROOT / ".env.example").read_text(encoding="utf-8")
    assert "${GUANXI_PASSWORD:?" in (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


def test_image_runs_as_a_user_of_its_own_from_hashed_packages() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER (?!root)", dockerfile, flags=re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", dockerfile, flags=re.MULTILINE)
    assert "--require-hashes -r requirements/run.txt" in dockerfile
    copied = set(re.findall(r"^COPY (\w+) \1$", dockerfile, flags=re.MULTILINE))
    assert copied == set(ROOMS)
