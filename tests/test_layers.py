"""Who may import whom: no ring between rooms or inside one, and drivers stay behind graph/engines."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED: dict[str, set[str]] = {
    "graph": set(),
    "loaders": {"graph"},
    "questions": {"graph"},
    "api": {"graph", "loaders", "questions"},
    "guanxi": {"graph", "loaders", "questions", "api"},
}
DRIVERS = {"neo4j", "arcadedb_embedded", "jpype"}
Imports = dict[str, set[str]]


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def runtime_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that may run: what stands under TYPE_CHECKING is left out, its else branch is not."""
    for child in ast.iter_child_nodes(tree):
        if is_type_checking(child):
            assert isinstance(child, ast.If)
            for line in child.orelse:
                yield line
                yield from runtime_nodes(line)
        else:
            yield child
            yield from runtime_nodes(child)


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path, root: Path) -> Iterator[str]:
    """Dotted names that a file imports while it runs; `from a import b` gives `a.b`."""
    package = path.relative_to(root).parent.parts
    for node in runtime_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{prefix}.{alias.name}" for alias in node.names)


def read_imports(root: Path) -> Imports:
    """Module -> the dotted names it imports, for every module of every room."""
    files = [path for room in ALLOWED for path in sorted((root / room).rglob("*.py"))]
    return {module_name(path, root): set(imported_names(path, root)) for path in files}


def known_module(name: str, modules: set[str]) -> str | None:
    """The longest beginning of a dotted name that is a module of ours."""
    parts = name.split(".")
    ends = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((end for end in ends if end in modules), None)


def ring(arrows: Imports) -> list[str]:
    """One ring of names, or nothing."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def module_rings(imports: Imports) -> list[str]:
    modules = set(imports)
    arrows = {
        module: {found for name in names if (found := known_module(name, modules)) and found != module}
        for module, names in imports.items()
    }
    return ring(arrows)


def room_arrows(imports: Imports) -> Imports:
    arrows: Imports = {room: set() for room in ALLOWED}
    for module, names in imports.items():
        room = module.split(".")[0]
        arrows[room] |= {name.split(".")[0] for name in names} & set(ALLOWED) - {room}
    return arrows


def driver_users(imports: Imports) -> set[str]:
    return {module for module, names in imports.items() if {name.split(".")[0] for name in names} & DRIVERS}


OURS = read_imports(ROOT)


def test_every_room_was_read() -> None:
    assert {module.split(".")[0] for module in OURS} == set(ALLOWED)


@pytest.mark.parametrize("room", ALLOWED)
def test_room_imports_only_what_it_may(room: str) -> None:
    assert room_arrows(OURS)[room] <= ALLOWED[room]


def test_no_ring_between_rooms() -> None:
    assert ring(room_arrows(OURS)) == []


def test_no_ring_of_modules() -> None:
    assert module_rings(OURS) == []


def test_only_engines_know_a_driver() -> None:
    assert {module for module in driver_users(OURS) if not module.startswith("graph.engines")} == set()


def write_tree(root: Path, files: dict[str, str]) -> Imports:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_imports(root)


def test_a_ring_of_modules_is_seen(tmp_path: Path) -> None:
    imports = write_tree(
        tmp_path,
        {"graph/a.py": "from graph import b\n", "graph/b.py": "def late() -> None:\n    from .a import thing\n"},
    )
    assert set(module_rings(imports)) == {"graph.a", "graph.b"}


def test_a_ring_of_rooms_and_a_stray_driver_are_seen(tmp_path: Path) -> None:
    imports = write_tree(tmp_path, {"graph/a.py": "import loaders.x\n", "loaders/x.py": "import graph.a, neo4j\n"})
    assert set(ring(room_arrows(imports))) == {"graph", "loaders"}
    assert driver_users(imports) == {"loaders.x"}


def test_imports_for_types_alone_do_not_count(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from graph import b\n"
    imports = write_tree(tmp_path, {"graph/a.py": text, "graph/b.py": "import graph.a\n"})
    assert module_rings(imports) == []
