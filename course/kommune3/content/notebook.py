"""A notebook as the course uses it: Markdown cells, one import, and calls with literal arguments.

Read from its JSON alone; ``check`` holds it against the notebook format as well.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kommune3.engine.models import DRAWINGS
from kommune3.i18n import gettext as _

from .document import CONTROL, control_fault, fault, read_text

MAX_BYTES = 2_000_000
LIBRARY = "kommune3.notebook"

Argument = str | int | float | bool | None


@dataclass(frozen=True)
class Call:
    """One call in a code cell, for example ``scenario("foraeldreraad")``."""

    function: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Import:
    """The names that a cell takes from ``kommune3.notebook``."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A cell; ``line`` is where its id stands in the file. ``code`` is none where the rules refuse it."""

    id: str
    kind: Literal["markdown", "code", "raw"]
    source: str
    line: int
    code: Call | Import | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def call(self) -> Call | None:
        """The cell's call, if it is one."""
        return self.code if isinstance(self.code, Call) else None


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells in order. ``path`` is relative to the course, ``file`` names it in messages."""

    path: str
    file: str
    cells: tuple[Cell, ...]
    raw: Mapping[str, Any] = field(repr=False, compare=False)
    lines: tuple[str, ...] = field(repr=False, compare=False)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call, in order."""
        return tuple(cell.call for cell in self.cells if cell.call)

    @property
    def activity_ids(self) -> tuple[str, ...]:
        """The ids of the activities that the calls put into the notebook, in order; drawings put none."""
        return _named(call for call in self.calls if call.function not in DRAWINGS)

    @property
    def shown_ids(self) -> tuple[str, ...]:
        """The ids of the activities that the notebook shows in any way, in order."""
        return _named(self.calls)

    def line_of(self, text: str, cell: Cell) -> int:
        """The line that holds the text, from the cell on; the cell's own where it is not found."""
        written = json.dumps(text, ensure_ascii=False)[1:-1]
        for number, line in enumerate(self.lines[cell.line - 1 :], start=cell.line):
            if written in line:
                return number
        return cell.line


def _named(calls: Iterable[Call]) -> tuple[str, ...]:
    first = (call.arguments[0] for call in calls if call.arguments)
    return tuple(dict.fromkeys(name for name in first if isinstance(name, str)))


def read_notebook(path: Path, relative: str, file: str) -> Notebook:
    """The notebook in a file. Raises ContentError where it is not one."""
    text = read_text(path, file, MAX_BYTES)
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        what = _("is not a valid notebook: {why}").format(why=error.msg)
        raise fault(file, error.lineno, what, _("Open and save it in JupyterLab")) from error
    except (RecursionError, ValueError) as error:
        raise fault(file, None, _("is not a valid notebook: {why}").format(why="JSON")) from error
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        what = _("is not a valid notebook: {why}").format(why=_("it has no cells"))
        raise fault(file, 1, what, _("Open and save it in JupyterLab"))
    lines = tuple(text.split("\n"))
    return Notebook(relative, file, _cells(raw["cells"], lines, file), raw, lines)


def _cells(cells: list[Any], lines: tuple[str, ...], file: str) -> tuple[Cell, ...]:
    read, line = [], 1
    for number, raw in enumerate(cells, start=1):
        cell = _cell(raw)
        if cell is None:
            what = _("cell {number} is not a valid cell").format(number=number)
            raise fault(file, line, what, _("Open and save it in JupyterLab"))
        line = _line_of_id(cell.id, lines, line)
        if control := CONTROL.search(cell.source):
            raise control_fault(control, file, line)
        code = parse_code(cell.source) if cell.kind == "code" else None
        read.append(Cell(cell.id, cell.kind, cell.source, line, code, raw))
    return tuple(read)


def _cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict) or raw.get("cell_type") not in ("markdown", "code", "raw"):
        return None
    source, name = raw.get("source"), raw.get("id", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(name, str):
        return None
    return Cell(name, raw["cell_type"], source, 1)


def _line_of_id(name: str, lines: tuple[str, ...], start: int) -> int:
    wanted = f'"id": {json.dumps(name, ensure_ascii=False)}'
    for number, line in enumerate(lines[start:], start=start + 1):
        if wanted in line:
            return number
    return start


def parse_code(source: str) -> Call | Import | None:
    """The one import or call that a code cell holds; none where it holds anything else."""
    try:
        with warnings.catch_warnings(action="ignore"):
            body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    match body:
        case [ast.ImportFrom(module="kommune3.notebook", names=names, level=0)]:
            plain = all(name.asname is None and name.name != "*" for name in names)
            return Import(tuple(name.name for name in names)) if plain else None
        case [ast.Expr(ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]))]:
            literal = [one.value for one in arguments if isinstance(one, ast.Constant)]
            values = [one for one in literal if isinstance(one, str | int | float | None)]
            return Call(function, tuple(values)) if len(values) == len(arguments) else None
    return None
