"""A cohort that hands in, an assignment of two notebooks, and a trainer at formgrader's gradebook."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from kommune3.content import Course, load_course
from kommune3.grading import course_dir
from kommune3.grading.course_dir import CourseDir
from kommune3.grading.source import _cell
from kommune3.grading.worker import Worker
from kommune3.register import Register

SECOND = "vej-refleksion"
"""The reflection of the assignment's second notebook."""


def two_notebooks(mini_root: Path, folder: Path) -> Course:
    """The miniature course with a second notebook in its assignment."""
    root = folder / "two"
    shutil.copytree(mini_root, root)
    for step in ("solutions", "exercises"):
        first = root / step / "employee" / "01_baenken.ipynb"
        notebook = json.loads(first.read_text(encoding="utf-8").replace("baenk-refleksion", SECOND))
        for cell in notebook["cells"]:
            known = cell["metadata"].get("nbgrader", {})
            if "checksum" in known:
                known["checksum"] = _cell(known["grade_id"], cell).checksum
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
        first.with_name("02_vejen.ipynb").write_text(text, encoding="utf-8")
    manifest = root / "course" / "course.toml"
    entry = f'\n[[activities]]\nid = "{SECOND}"\nkind = "reflection"\n'
    entry += 'file = "exercises/employee/02_vejen.ipynb"\n'
    manifest.write_text(manifest.read_text(encoding="utf-8") + entry, encoding="utf-8")
    return load_course(root=root)


def worker(register: Register, course: Course) -> Worker:
    """A worker on the register's own data directory."""
    return Worker(register, course, register.path.parent)


def place(register: Register, cohort: str) -> CourseDir:
    """The cohort's course directory."""
    return course_dir.of(register.path.parent, cohort)


@contextmanager
def gradebook(where: CourseDir) -> Iterator[Any]:
    """The gradebook as formgrader opens it."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{where.gradebook}", where.cohort) as opened:
        yield opened


def mark(where: CourseDir, person: str, points: float, comment: str, activity: str, notebook: str) -> None:
    """What formgrader does when a trainer gives points and writes a comment."""
    with gradebook(where) as opened:
        grade = opened.find_grade(activity, notebook, "employee", person)
        grade.manual_score, grade.needs_manual_grade = points, False
        opened.find_comment(activity, notebook, "employee", person).manual_comment = comment
        opened.db.commit()


def flag_and_overrule(where: CourseDir, person: str, activity: str, notebook: str) -> None:
    """A trainer flags a reflection, gives no point where the check gave one, and two days more."""
    with gradebook(where) as opened:
        submission = opened.find_submission("employee", person)
        submission.extension = timedelta(days=2)
        opened.find_submission_notebook(notebook, "employee", person).flagged = True
        grade = opened.find_grade(f"{activity}-check", notebook, "employee", person)
        grade.manual_score, grade.needs_manual_grade = 0.0, False
        opened.db.commit()


def content(where: CourseDir) -> dict[str, list[tuple[Any, ...]]]:
    """All that the gradebook says about people, without ids: what two ways of grading must agree on."""
    queries = {
        "students": "SELECT id FROM student",
        "submissions": """SELECT s.student_id, a.name, s.timestamp, a.duedate, s.extension
            FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id""",
        "notebooks": """SELECT s.student_id, b.name, n.late_submission_penalty, n.flagged
            FROM submitted_notebook n JOIN notebook b ON b.id = n.notebook_id
            JOIN submitted_assignment s ON s.id = n.assignment_id""",
        "grades": """SELECT s.student_id, b.name, c.name, c.type, t.max_score, t.cell_type, g.auto_score,
            g.manual_score, g.extra_credit, g.needs_manual_grade
            FROM grade g JOIN base_cell c ON c.id = g.cell_id
            JOIN grade_cells t ON t.id = c.id JOIN submitted_notebook n ON n.id = g.notebook_id
            JOIN notebook b ON b.id = n.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id""",
        "comments": """SELECT s.student_id, b.name, c.name, m.auto_comment, m.manual_comment
            FROM comment m JOIN base_cell c ON c.id = m.cell_id
            JOIN submitted_notebook n ON n.id = m.notebook_id
            JOIN notebook b ON b.id = n.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id""",
        "source": """SELECT b.name, b.kernelspec, c.name, c.cell_type, c.locked, c.source, c.checksum
            FROM source_cell c JOIN notebook b ON b.id = c.notebook_id""",
    }
    connection = sqlite3.connect(where.gradebook)
    try:
        return {name: sorted(connection.execute(query), key=repr) for name, query in queries.items()}
    finally:
        connection.close()


def bytes_with(folder: Path, text: str) -> list[str]:
    """The files below a folder that hold the text, as UTF-8 or as JSON escapes it."""
    wanted = {text.encode(), json.dumps(text)[1:-1].encode()}
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path.name for path in found if any(one in path.read_bytes() for one in wanted)]


def own_settings(root: Path, body: str) -> None:
    """A trainer's own settings with a late penalty."""
    (root / "own_config.py").write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class Own(LateSubmissionPlugin):\n"
        f"    def late_submission_penalty(self, student_id, score, total_seconds_late):\n        {body}\n"
        "c = get_config()\nc.AssignLatePenalties.plugin_class = Own\n",
        encoding="utf-8",
    )
