"""Arrows point down only: no room of docs/architecture.md imports one above it."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "course" / "kommune3"
FREE = {"kommune3", "kommune3.__main__"}  # the package itself, and the door to the command line
BARE = {"kommune3", "kommune3.__version__"}  # names, not rooms


def rooms() -> list[str]:
    """The rooms from top to bottom, read from the table in the document."""
    document = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = document.split("## Rooms", 1)[1].split("## ", 1)[0]
    return [
        name.removesuffix("/").removesuffix(".py") for name in re.findall(r"^    (\S+)", table, re.MULTILINE)
    ]


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Each kommune3 module that a file imports, with the line; ``from . import x`` resolved."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (
                (node.lineno, alias.name) for alias in node.names if alias.name.startswith("kommune3")
            )
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            if base == "kommune3":
                yield from ((node.lineno, f"kommune3.{alias.name}") for alias in node.names)
            elif base.startswith("kommune3."):
                yield node.lineno, base


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def upward(path: Path, order: list[str]) -> list[str]:
    """The imports of a file that point up, or to a room that the document does not know."""
    name = module_name(path)
    if name in FREE:
        return []
    own = order.index(room(name))
    return [
        f"{path.relative_to(ROOT)}:{line}: {room(name)} imports {target}"
        for line, target in imported(path)
        if target not in BARE and (room(target) not in order or order.index(room(target)) < own)
    ]


FILES = sorted(PACKAGE.rglob("*.py"))


def test_the_document_names_every_room_and_no_other() -> None:
    there = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert set(rooms()) == there - {"__init__", "__main__"}


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(PACKAGE)) for path in FILES])
def test_imports_point_down(path: Path) -> None:
    assert upward(path, rooms()) == []


def test_an_import_that_points_up_is_found() -> None:
    order = rooms()
    turned = order[::-1]
    assert any(upward(path, turned) for path in FILES), "with the order turned round, most imports point up"


def test_the_engine_is_pure() -> None:
    """The core reads no file, opens no socket, and knows no web, widget or database."""
    refused = {
        "os",
        "pathlib",
        "io",
        "sys",
        "socket",
        "sqlite3",
        "subprocess",
        "urllib",
        "http",
        "asyncio",
        "random",
    }
    # snowballstemmer makes a stem of a word and does nothing else: no file, no net, no state beyond the word
    allowed = {"pydantic", "snowballstemmer", "kommune3"}
    for path in sorted((PACKAGE / "engine").glob("*.py")):
        for line, name in outside(path):
            pure = name in sys.stdlib_module_names and name not in refused
            assert pure or name in allowed, f"{path.name}:{line}: imports {name}"


def outside(path: Path) -> Iterator[tuple[int, str]]:
    """Each top-level package that a file imports, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.lineno, node.module.split(".")[0]


def test_the_web_process_never_imports_nbgrader() -> None:
    """Nor inside a function of anything that the service leads to: it takes seconds, and a worker has it."""
    leads = {module_name(path): set(named(path)) for path in FILES}
    service = {name for name in leads if room(name) == "service"}
    assert "kommune3.grading.reading" in reached(leads, service), "notebooks are read in the request"
    assert "nbgrader" not in reached(leads, service)
    assert "nbgrader" in reached(leads, {"kommune3.grading.worker"}), "the test would not have noticed"


def test_a_learners_jupyterlab_starts_without_the_register_and_the_course() -> None:
    """Loading them took a third of its start; what is saved needs a little of it, later."""
    leads = {module_name(path): set(named(path, at_once=True)) for path in FILES}
    assert not {"sqlalchemy", "pydantic"} & reached(leads, {"kommune3.lab.extension"})
    assert {"sqlalchemy", "pydantic"} <= reached(leads, {"kommune3.lab.formgrader"})


def named(path: Path, *, at_once: bool = False) -> Iterator[str]:
    """Every module that a file may import, wherever it does, and the packages around each; ``at_once``: those
    that it imports as it is loaded."""
    name = module_name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_once else ast.walk(tree):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            found = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        for one in found:
            parts = one.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def reached(leads: dict[str, set[str]], begin: set[str]) -> set[str]:
    """All that is imported from there on, at once or later."""
    seen, ahead = set(begin), list(begin)
    while ahead:
        new = leads.get(ahead.pop(), set()) - seen
        seen |= new
        ahead += new
    return seen
