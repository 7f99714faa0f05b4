"""``exercises/`` from ``solutions/``, by nbgrader's own generate_assignment; and whether they are in step.

Only here and inside functions is nbgrader imported: it takes seconds, and a server does without it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kommune3.content import Course, Problem
from kommune3.content.graded import EXERCISES, SOLUTIONS
from kommune3.engine.answers import STUB
from kommune3.i18n import gettext as _

if TYPE_CHECKING:
    from traitlets.config import Config


class ReleaseError(Exception):
    """The exercises cannot be made; the message says why and what to do."""


def installed() -> bool:
    """Whether nbgrader is there."""
    return find_spec("nbgrader") is not None


def configure(config: Config, root: str | Path = ".") -> None:
    """Let nbgrader read and write a course's own folders, and keep no gradebook of what it writes."""
    from nbgrader.converters import GenerateAssignment  # type: ignore[import-untyped]
    from nbgrader.preprocessors import SaveCells  # type: ignore[import-untyped]

    steps = GenerateAssignment.preprocessors.default_args[0]
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.source_directory = SOLUTIONS
    config.CourseDirectory.release_directory = EXERCISES
    config.NbGrader.logfile = ""
    config.ClearSolutions.text_stub = STUB
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.preprocessors = [step for step in steps if step is not SaveCells]


def release(course: Course) -> list[str]:
    """Write what has changed; returns its paths in the course. Raises ReleaseError, ContentError."""
    changed = []
    for relative, made in _made(course):
        path = course.places.find(relative.replace(EXERCISES, SOLUTIONS, 1))
        assert path is not None  # noqa: S101  it was just read
        target = _beside(path[0], relative)
        if not target.is_file() or target.read_bytes() != made:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made)
            changed.append(relative)
    return changed


def compare(course: Course) -> list[Problem]:
    """The exercises that are not what nbgrader makes of their sources; none where there are no reflections.

    Raises ReleaseError where nbgrader is not installed.
    """
    problems = []
    for relative, made in _made(course):
        found = course.places.find(relative)
        if found is None or found[0].read_bytes().replace(b"\r\n", b"\n") != made:
            what = _("differs from what nbgrader makes of {file}")
            what = what.format(file=relative.replace(EXERCISES, SOLUTIONS, 1))
            problems.append(Problem(relative, None, what, _("Run: kommune3 release")))
    return problems


def _made(course: Course) -> Iterator[tuple[str, bytes]]:
    """Path and content of each exercise as nbgrader makes it, in order."""
    if not course.reflection_files:
        return
    if not installed():
        raise ReleaseError(_('nbgrader is not installed here. Install it with: pip install "kommune3[lab]"'))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()  # nbgrader compares paths, and some systems' own is a link
        for relative in course.reflection_files:
            source = relative.replace(EXERCISES, SOLUTIONS, 1)
            (root / source).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(course.file(source), root / source)
        for assignment in sorted({Path(relative).parent.name for relative in course.reflection_files}):
            _generate(root, assignment)
        for relative in course.reflection_files:
            yield relative, _normal((root / relative).read_text(encoding="utf-8"))


def _generate(root: Path, assignment: str) -> None:
    from nbgrader.apps import NbGraderAPI  # type: ignore[import-untyped]
    from traitlets.config import Config

    config: Any = Config()
    configure(config, root)
    done = NbGraderAPI(config=config).generate_assignment(assignment)
    if not done["success"]:
        raise ReleaseError(
            _("nbgrader could not make assignment {name}:\n{log}").format(
                name=f'"{assignment}"', log=done.get("log") or done.get("error")
            )
        )


def _normal(text: str) -> bytes:
    """The file as it is kept: one line break at its end, the same on every system."""
    return (text.replace("\r\n", "\n").rstrip("\n") + "\n").encode()


def _beside(source: Path, relative: str) -> Path:
    """The exercise's path in the same course or overlay as its source."""
    return source.parents[2] / relative
