"""One person in nbgrader's files and gradebooks and in JupyterLab's folders: export and erasure.

nbgrader is not asked: it takes seconds to import, and need not be installed where its files lie.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .course_dir import STEPS, CourseDir, all_of, take_away
from .gradebook import plainly
from .locks import projecting

HOMES = ("lab", "jupyter")
"""Folders of the data directory that JupyterLab uses, with a folder for each person."""
PATIENCE = 15.0
"""Seconds to wait for somebody who writes in a gradebook."""

_SUBMISSIONS = "SELECT id FROM submitted_assignment WHERE student_id = :person"
_NOTEBOOKS = f"SELECT id FROM submitted_notebook WHERE assignment_id IN ({_SUBMISSIONS})"  # noqa: S608
ERASE = (
    f"DELETE FROM comment WHERE notebook_id IN ({_NOTEBOOKS})",  # noqa: S608
    f"DELETE FROM grade WHERE notebook_id IN ({_NOTEBOOKS})",  # noqa: S608
    f"DELETE FROM submitted_notebook WHERE assignment_id IN ({_SUBMISSIONS})",  # noqa: S608
    "DELETE FROM submitted_assignment WHERE student_id = :person",
    "DELETE FROM student WHERE id = :person",
    "DELETE FROM kommune3_projected WHERE person = :person",
)
"""As ``nbgrader.api.Gradebook.remove_student``, and our own table."""
GRADES = f"""SELECT a.name AS assignment, b.name AS notebook, c.name AS cell, s.timestamp AS submitted,
    g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, NULL AS comment
    FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id
    JOIN notebook b ON b.id = n.notebook_id WHERE n.id IN ({_NOTEBOOKS})
    UNION ALL
    SELECT a.name, b.name, c.name, s.timestamp, NULL, NULL, NULL, NULL,
    coalesce(m.manual_comment, m.auto_comment)
    FROM comment m JOIN base_cell c ON c.id = m.cell_id JOIN submitted_notebook n ON n.id = m.notebook_id
    JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id
    JOIN notebook b ON b.id = n.notebook_id WHERE n.id IN ({_NOTEBOOKS})"""  # noqa: S608


def export(data_dir: Path, person: str) -> dict[str, Any]:
    """What lies there, ready for JSON: files by path below the data directory, and gradebooks by cohort.

    A file that is no text is named with its size alone. Raises GradebookError.
    """
    files = {}
    for folder in _folders(data_dir, person):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                files[path.relative_to(data_dir).as_posix()] = _content(path)
    books = {place.cohort: _rows(place, person) for place in all_of(data_dir)}
    return {"files": files, "gradebooks": {cohort: rows for cohort, rows in books.items() if rows}}


@contextmanager
def erasing(data_dir: Path, person: str) -> Iterator[None]:
    """Remove all of it, then let the block erase the register; nothing is written anew meanwhile.

    Raises FilesBusy, GradebookError or OSError before the block, where something is in use: then whoever
    asked can ask again, as the register still has the person.
    """
    with projecting(data_dir):
        for place in all_of(data_dir):
            _erase(place, person)
        for folder in _folders(data_dir, person):
            take_away(folder)
        yield


def _folders(data_dir: Path, person: str) -> list[Path]:
    folders = [place.folder(step, person) for place in all_of(data_dir) for step in STEPS]
    folders += [data_dir / home / person for home in HOMES]
    return [folder for folder in folders if folder.is_dir()]


def _erase(place: CourseDir, person: str) -> None:
    """Out of the gradebook, and out of the pages of its file that are no longer used."""
    with plainly(place), _opened(place) as connection:
        if connection is None:
            return
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        for statement in ERASE:
            connection.execute(statement, {"person": person})
        connection.execute("COMMIT")
        connection.execute("VACUUM")  # what formgrader changed before may lie in free pages


def _rows(place: CourseDir, person: str) -> list[dict[str, Any]]:
    with plainly(place), _opened(place) as connection:
        if connection is None:
            return []
        connection.row_factory = sqlite3.Row
        who = connection.execute("SELECT * FROM student WHERE id = :person", {"person": person})
        what = connection.execute(GRADES, {"person": person})
        return [dict(row) for row in (*who, *what)]


@contextmanager
def _opened(place: CourseDir) -> Iterator[sqlite3.Connection | None]:
    """The gradebook; None where there is none, or none whose tables are whole yet."""
    if not place.gradebook.is_file():
        yield None
        return
    connection = sqlite3.connect(place.gradebook, timeout=PATIENCE, isolation_level=None)
    try:
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kommune3_projected'").fetchone()
        yield connection if there else None
    finally:
        connection.close()


def _content(path: Path) -> Any:
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return {"bytes": path.stat().st_size}
