"""What a reflection's source notebook asks for: its cells by ``grade_id``, points, and trusted check calls.

Read from the JSON in solutions/ and exercises/ alone; nbgrader is not needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from kommune3.content import Course
from kommune3.content.notebook import parse_code
from kommune3.engine.models import Reflection, by_id

CHECK = "check_form"
"""The one call that a test cell may hold."""


@dataclass(frozen=True)
class SourceCell:
    """A cell that nbgrader knows. ``source`` is what its gradebook keeps: stub answers, hidden tests."""

    grade_id: str
    cell_type: Literal["markdown", "code"]
    source: str
    grade: bool
    solution: bool
    locked: bool
    points: float | None
    """Of a cell that is graded."""

    @property
    def check(self) -> str | None:
        """The reflection whose form a test cell checks."""
        return check_of(self.source) if self.cell_type == "code" and self.grade else None

    @property
    def checksum(self) -> str:
        """As ``nbgrader.utils.compute_checksum`` gives it."""
        parts = [self.source, self.cell_type, str(self.grade), str(self.solution), str(self.locked)]
        parts += [self.grade_id, *([str(self.points)] if self.grade else [])]
        return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Source:
    """One notebook of an assignment, as authored and as released; it holds one reflection."""

    reflection: Reflection
    name: str
    """The notebook's name without ``.ipynb``; it is nbgrader's name for it."""
    cells: tuple[SourceCell, ...]
    """Those that nbgrader knows, in order."""
    released: Mapping[str, Any] = field(repr=False, compare=False)
    """The released notebook's JSON; not to be changed."""

    @property
    def assignment(self) -> str:
        """The assignment's id."""
        return self.reflection.assignment

    @property
    def activity(self) -> str:
        """The reflection's id, which is the answer cell's ``grade_id``."""
        return self.reflection.id

    @cached_property
    def by_id(self) -> dict[str, SourceCell]:
        """The cells by ``grade_id``."""
        return {cell.grade_id: cell for cell in self.cells}

    @property
    def answer(self) -> SourceCell:
        """The cell that the learner writes in."""
        return self.by_id[self.activity]

    @property
    def tests(self) -> tuple[SourceCell, ...]:
        """The test cells, whose call is trusted."""
        return tuple(cell for cell in self.cells if cell.check is not None)


def source_of(course: Course, activity: str) -> Source:
    """The source notebook of a reflection. Raises KeyError for another id, ValueError for a bad file."""
    reflection = by_id(one for several in course.assignments.values() for one in several)[activity]
    solution, exercise = course.solution(activity), course.exercise(activity)
    authored = {cell.grade_id: cell for cell in _graded(read_json(solution))}
    released = read_json(exercise)
    cells = (_kept(cell, authored.get(cell.grade_id)) for cell in _graded(released))
    return Source(reflection, exercise.stem, tuple(cells), released)


def sources(course: Course, assignment: str) -> tuple[Source, ...]:
    """The source notebooks of an assignment. Raises KeyError for an unknown one."""
    return tuple(source_of(course, one.id) for one in course.assignments[assignment])


def grade_id_of(cell: Mapping[str, Any]) -> str | None:
    """The ``grade_id`` that a raw cell claims."""
    metadata = cell.get("metadata")
    known = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = known.get("grade_id") if isinstance(known, dict) else None
    return name if isinstance(name, str) else None


def text_of(cell: Mapping[str, Any]) -> str:
    """A raw cell's source as one text; empty where it is neither text nor lines."""
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else ""


def check_of(code: str) -> str | None:
    """The id in the one call ``check_form("<id>")`` that the code is; None for any other code."""
    call = parse_code(code)
    match getattr(call, "function", None), getattr(call, "arguments", ()):
        case "check_form", (str(name),):
            return name
    return None


def read_json(path: Path) -> dict[str, Any]:
    """The notebook in a file of the course."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise ValueError(f"{path.name} is not a notebook")
    return found


def _graded(notebook: Mapping[str, Any]) -> list[SourceCell]:
    cells = []
    for raw in notebook["cells"]:
        name = grade_id_of(raw)
        if name is not None:
            cells.append(_cell(name, raw))
    return cells


def _cell(name: str, raw: Mapping[str, Any]) -> SourceCell:
    known = raw["metadata"]["nbgrader"]
    grade, solution = bool(known.get("grade")), bool(known.get("solution"))
    # as nbgrader.utils.is_locked: a graded cell that nobody answers in is locked whatever it says
    locked = not solution and (grade or bool(known.get("locked")))
    points = float(known["points"]) if grade else None
    return SourceCell(name, raw["cell_type"], text_of(raw), grade, solution, locked, points)


def _kept(released: SourceCell, authored: SourceCell | None) -> SourceCell:
    """Locked cells as authored, since releasing takes their hidden tests out; the rest as released."""
    return authored if authored is not None and authored.locked else released
