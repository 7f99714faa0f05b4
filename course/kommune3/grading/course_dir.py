"""One cohort's nbgrader course directory: where its files lie, and what is copied into it from the course.

``KOMMUNE3_DATA/nbgrader/<cohort>/`` holds source/, release/, submitted/, autograded/, feedback/ and
gradebook.db, as every nbgrader command expects them.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from kommune3.content import Course
from kommune3.content.places import base_root
from kommune3.engine.answers import STUB

from .source import sources

FOLDER = "nbgrader"
STEPS = ("submitted", "autograded", "feedback")
"""nbgrader's folders that hold what people wrote; below each a folder per person."""
OWN_CONFIG = "own_config.py"
"""A trainer's own nbgrader settings, for example a late penalty; read after ours, never written by us."""

_ID = re.compile(r"[a-z0-9_-]{1,64}")


@dataclass(frozen=True)
class CourseDir:
    """The folder of one cohort. Nothing is made before it is written."""

    root: Path
    cohort: str

    @property
    def gradebook(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def folder(self, step: str, person: str, assignment: str = "") -> Path:
        """Where a step keeps what somebody handed in. Raises ValueError for an id that is none."""
        return self.root / step / _checked(person) / assignment


def home(data_dir: Path) -> Path:
    """The folder of all cohorts."""
    return data_dir / FOLDER


def of(data_dir: Path, cohort: str) -> CourseDir:
    """The cohort's folder. Raises ValueError for an id that is none."""
    return CourseDir(home(data_dir) / _checked(cohort), cohort)


def all_of(data_dir: Path) -> list[CourseDir]:
    """The folders that are there, also those of cohorts that are gone."""
    if not home(data_dir).is_dir():
        return []
    there = sorted(path for path in home(data_dir).iterdir() if path.is_dir() and _ID.fullmatch(path.name))
    return [CourseDir(path, path.name) for path in there]


def is_ours(place: CourseDir) -> bool:
    """Whether the course made the folder: nobody else's is ever taken away."""
    config = place.root / "nbgrader_config.py"
    return config.is_file() and config.read_bytes().startswith(OURS.encode())


def prepare(place: CourseDir, course: Course) -> None:
    """Write settings, source/ and release/ as the course now has them; what is the same stays untouched."""
    place.root.mkdir(parents=True, exist_ok=True)
    place.root.parent.chmod(0o700)  # reflections lie below, for the owner alone
    wanted = {Path("nbgrader_config.py"): _config(place, course).encode()}
    for assignment in course.assignments:
        for source in sources(course, assignment):
            name = Path(assignment, f"{source.name}.ipynb")
            wanted["source" / name] = course.solution(source.activity).read_bytes()
            wanted["release" / name] = course.exercise(source.activity).read_bytes()
    for path, content in wanted.items():
        put(place.root / path, content)
    for step in ("source", "release"):
        for path in (place.root / step).rglob("*.ipynb"):
            if path.relative_to(place.root) not in wanted:
                path.unlink()


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only where it is not already so."""
    beside = path.with_name(f".{path.name}.new")
    try:
        if path.read_bytes() == content:
            beside.unlink(missing_ok=True)  # a killed worker's
            return
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    beside.replace(path)


def take_away(folder: Path) -> None:
    """Remove a folder with all that it holds; a link is removed, not followed."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _checked(name: str) -> str:
    if not _ID.fullmatch(name):
        raise ValueError("an id is 1 to 64 of the characters a-z, 0-9, _ and -")
    return name


def _config(place: CourseDir, course: Course) -> str:
    overlay, root = course.places.overlay, course.places.root
    return CONFIG.format(
        ours=OURS,
        stub=STUB,
        cohort=place.cohort,
        own=OWN_CONFIG,
        overlay=None if overlay is None else str(overlay),
        base=None if root == base_root() else str(root.resolve()),
    )


OURS = "# Written by kommune3"
CONFIG = """\
{ours}, and written anew: put settings of your own into {own} beside this file.
# ruff: noqa
from pathlib import Path

from kommune3.grading.preprocessors import autograde_config

c = get_config()
c.CourseDirectory.course_id = {cohort!r}
c.NbGrader.logfile = ""  # a log would name people
c.ClearSolutions.text_stub = {stub!r}
c.merge(autograde_config(course_dir={overlay!r}, course_root={base!r}))  # no learner's code is run
c.HTMLExporter.sanitize_html = True
c.GenerateFeedback.force = True

if Path({own!r}).is_file():
    load_subconfig({own!r})
"""
