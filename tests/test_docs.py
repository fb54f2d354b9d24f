"""The documentation tells of every command, setting, route and predicate, and of none that is not there."""

import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from graph.engines import open_engine
from graph.ontology import load_ontology
from graph.settings import Settings
from graph.store import Store

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS, ROOT / "seeds" / "README.md"]
HELPS: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "helps.py"))
METHODS = {"get", "post", "put", "patch", "delete"}
# A setting of the tests alone, or of the page's own server while it is being written.
NOT_FOR_USERS = re.compile(r"GUANXI_TEST_\w+|GUANXI_SERVICE")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(text: str) -> set[str]:
    """What stands in backquotes in the first column of the tables."""
    return set(re.findall(r"^\| `([^`]+)`", text, flags=re.MULTILINE))


def test_every_command_has_its_help_on_the_page() -> None:
    shown = re.findall(r"<!-- help: ([a-z -]+) -->", page("commands.md"))
    assert sorted(shown) == sorted(HELPS["command_names"]())


def test_help_on_the_page_is_what_the_program_says() -> None:
    assert page("commands.md") == HELPS["filled"](page("commands.md")), "stale: run `make docs`"


def read_settings() -> set[str]:
    """GUANXI_* names that the code reads."""
    sources = [
        path for room in ("graph", "loaders", "questions", "api", "guanxi") for path in (ROOT / room).rglob("*.py")
    ]
    names = {name for path in sources for name in re.findall(r"GUANXI_[A-Z0-9_]+", path.read_text(encoding="utf-8"))}
    return {name for name in names if not NOT_FOR_USERS.fullmatch(name)}


def test_settings_page_has_a_row_for_each_setting_and_no_other() -> None:
    assert rows(page("settings.md")) == read_settings()


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[str]]:
    engine = open_engine(Settings(graph=str(tmp_path_factory.mktemp("routes") / "graph")))
    paths: dict[str, Any] = create_app(Store(engine, load_ontology())).openapi()["paths"]
    yield {f"{verb.upper()} {path}" for path, verbs in paths.items() for verb in set(verbs) & METHODS}
    engine.close()


def test_http_page_has_a_row_for_each_route_and_no_other(routes: set[str]) -> None:
    assert rows(page("http.md")) == routes


def test_graph_page_has_a_row_for_each_predicate_and_no_other() -> None:
    ontology = tomllib.loads((ROOT / "graph" / "ontology.toml").read_text(encoding="utf-8"))
    described = {name for name in rows(page("graph.md")) if name.isupper()}
    assert described == set(ontology["predicates"])
    assert all(f"`{kind}`" in page("graph.md") or f":{kind}" in page("graph.md") for kind in ontology["kinds"])


def anchors(text: str) -> set[str]:
    """The fragments by which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = path.parent / name if name else path
        if not target.exists() or (fragment and fragment not in anchors(target.read_text(encoding="utf-8"))):
            dead.append(link)
    return dead


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert dead_links(path) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_of_ours_that_are_named_exist(path: Path) -> None:
    named = re.findall(
        r"`((?:graph|loaders|questions|api|guanxi|tests|docs|seeds|requirements|bench)/[\w./-]+\.\w+)`",
        path.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_index_lists_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", page("index.md")))
    assert linked == {path.name for path in DOCS} - {"index.md"}
