"""A cohort's gradebook.db through ``nbgrader.api``: opening it, and what the assignments ask for.

Every id is worked out from names, so that a gradebook made anew keeps the addresses that formgrader shows.
One table of our own says which submission each notebook in it came from.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, OperationalError

from kommune3.i18n import gettext as _

from .course_dir import CourseDir
from .source import Source, SourceCell

PATIENCE = 2.0
"""Seconds to wait for formgrader to finish writing before the cohort is left for later."""

PROJECTED = """
CREATE TABLE IF NOT EXISTS kommune3_projected (
    person VARCHAR(64) NOT NULL, activity VARCHAR(64) NOT NULL, assignment VARCHAR(64) NOT NULL,
    notebook_id VARCHAR(32) NOT NULL, submission INTEGER NOT NULL, source VARCHAR(32) NOT NULL,
    reason TEXT NOT NULL, PRIMARY KEY (person, activity))
"""
THERE = "SELECT count(*) FROM sqlite_master WHERE name = 'kommune3_projected'"


class GradebookError(Exception):
    """A gradebook that cannot be used now; the message says why and what to do."""


class GradebookBusy(GradebookError):
    """Somebody else writes in it; nothing was changed, and it is tried again."""


@contextmanager
def opened(place: CourseDir) -> Iterator[Any]:
    """The cohort's ``nbgrader.api.Gradebook``, made where there is none. Raises GradebookError."""
    from nbgrader.api import Gradebook  # type: ignore[import-untyped]

    with plainly(place):
        _create(place)
        with Gradebook(_url(place.gradebook), place.cohort) as gradebook:
            gradebook.db.execute(text("PRAGMA secure_delete = ON"))
            try:
                yield gradebook
            finally:
                gradebook.db.rollback()


def write_anew(place: CourseDir, person: str, assignment: str) -> None:
    """Have the worker write somebody's files and grades of an assignment anew, if the gradebook lets us."""
    told = "UPDATE kommune3_projected SET source = '' WHERE person = ? AND assignment = ?"
    where = f"{place.gradebook.absolute().as_uri()}?mode=rw"
    with suppress(sqlite3.Error), closing(sqlite3.connect(where, uri=True)) as connection, connection:
        connection.execute(told, (person, assignment))


@contextmanager
def plainly(place: CourseDir) -> Iterator[None]:
    """Turn what SQLite says into what a trainer can act on."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            told = _("The gradebook of {cohort} is in use by another program; it is tried again.")
            raise GradebookBusy(told.format(cohort=place.cohort)) from None
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            told = _(
                "The gradebook of {cohort} is damaged. Close formgrader, and make it anew with "
                "kommune3 grade --rebuild --cohort {cohort}; marks that the register has are kept."
            )
            raise GradebookError(told.format(cohort=place.cohort)) from None
        if isinstance(error, OperationalError | sqlite3.OperationalError):
            told = _("The gradebook of {cohort} cannot be read or written. Perhaps the disk is full.")
            raise GradebookError(told.format(cohort=place.cohort)) from None
        raise


def ident(*names: str) -> str:
    """The id of what has these names: 32 hex digits, always the same."""
    return hashlib.md5("\0".join(names).encode(), usedforsecurity=False).hexdigest()


def _create(place: CourseDir) -> None:
    """The file and its tables, whole or not at all: formgrader opens it as soon as it is there."""
    if place.gradebook.exists():  # perhaps nbgrader's own, without our table
        _complete(place.gradebook, place.cohort)
        return
    made = place.gradebook.with_name(f".{place.gradebook.name}.new")
    for left in (made, made.with_name(f"{made.name}-journal")):  # a killed worker's
        left.unlink(missing_ok=True)
    _complete(made, place.cohort)
    made.replace(place.gradebook)


def _complete(file: Path, course: str) -> None:
    """What is missing. nbgrader itself would start a program named alembic, which need not be on the path."""
    from alembic.script import ScriptDirectory
    from nbgrader import api  # type: ignore[import-untyped]
    from nbgrader.dbutil import ALEMBIC_DIR  # type: ignore[import-untyped]
    from sqlalchemy import create_engine

    engine = create_engine(_url(file))
    try:
        with engine.begin() as connection:
            if connection.scalar(text(THERE)):
                return
            api.Base.metadata.create_all(connection)
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
            )
            if not connection.scalar(text("SELECT count(*) FROM alembic_version")):
                head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
                connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})
            connection.execute(insert(api.Course).values(id=course).on_conflict_do_nothing())
            connection.execute(text(PROJECTED))  # last: it says that the rest is there
    finally:
        engine.dispose()


def _url(file: Path) -> URL:
    return URL.create("sqlite", database=str(file), query={"timeout": str(PATIENCE)})


def ask_for(gradebook: Any, sources: dict[str, tuple[Source, ...]], due: datetime | None) -> None:
    """Let the gradebook ask for these assignments, as ``nbgrader generate_assignment`` does; not committed.

    What an assignment no longer asks for goes, with what was graded for it.
    """
    from nbgrader import api

    db = gradebook.db
    for name, notebooks in sources.items():
        _upsert(db, api.Assignment, ["name"], [
            {"id": ident("assignment", name), "name": name, "course_id": gradebook.course_id, "duedate": due}
        ], ["duedate"])  # fmt: skip
        assignment = db.scalar(select(api.Assignment.id).where(api.Assignment.name == name))
        for source in notebooks:
            _notebook(db, source, assignment)
        gone = select(api.Notebook.id).where(
            api.Notebook.assignment_id == assignment,
            api.Notebook.name.not_in([source.name for source in notebooks]),
        )
        _drop_notebooks(db, list(db.scalars(gone)))


def _notebook(db: Any, source: Source, assignment: str) -> None:
    from nbgrader import api

    kernel = json.dumps(source.released.get("metadata", {}).get("kernelspec", {}))
    notebook = ident("notebook", source.assignment, source.name)
    row = {"id": notebook, "name": source.name, "assignment_id": assignment, "kernelspec": kernel}
    _upsert(db, api.Notebook, ["name", "assignment_id"], [row], ["kernelspec"])
    notebook = db.scalar(
        select(api.Notebook.id).where(
            api.Notebook.name == source.name, api.Notebook.assignment_id == assignment
        )
    )
    names = [cell.grade_id for cell in source.cells]
    db.execute(
        delete(api.SourceCell).where(
            api.SourceCell.notebook_id == notebook, api.SourceCell.name.not_in(names)
        )
    )
    _upsert(
        db,
        api.SourceCell,
        ["name", "notebook_id"],
        [_source_row(cell, notebook) for cell in source.cells],
        ["cell_type", "locked", "source", "checksum"],
    )
    _cells(db, source, notebook)


def _cells(db: Any, source: Source, notebook: str) -> None:
    """The cells that points are given for, and those that comments are written to."""
    from nbgrader import api

    wanted = {("GradeCell", cell.grade_id): cell for cell in source.cells if cell.grade}
    wanted |= {("SolutionCell", cell.grade_id): cell for cell in source.cells if cell.solution}
    base = api.BaseCell.__table__
    there = {
        (kind, name): key
        for key, name, kind in db.execute(
            select(base.c.id, base.c.name, base.c.type).where(base.c.notebook_id == notebook)
        )
    }
    _drop_cells(db, [key for what, key in there.items() if what not in wanted])
    for (kind, name), cell in wanted.items():
        key = there.get((kind, name), ident(kind, notebook, name))
        if (kind, name) not in there:
            db.execute(base.insert(), {"id": key, "name": name, "notebook_id": notebook, "type": kind})
        if kind == "SolutionCell":
            table, values = api.SolutionCell.__table__, {}
        else:
            values = {"max_score": cell.points, "cell_type": cell.cell_type}
            table = api.GradeCell.__table__
        if (kind, name) not in there:
            db.execute(table.insert(), {"id": key, **values})
        elif values:
            db.execute(update(table).where(table.c.id == key).values(values))


def _source_row(cell: SourceCell, notebook: str) -> dict[str, Any]:
    return {
        "id": ident("source", notebook, cell.grade_id),
        "name": cell.grade_id,
        "notebook_id": notebook,
        "cell_type": cell.cell_type,
        "locked": cell.locked,
        "source": cell.source,
        "checksum": cell.checksum,
    }


def _upsert(
    db: Any, model: Any, unique: Sequence[str], rows: Sequence[dict[str, Any]], changing: Iterable[str]
) -> None:
    """Insert rows, or change those columns of the rows that are there."""
    statement = insert(model.__table__)
    changes = {name: statement.excluded[name] for name in changing}
    db.execute(statement.on_conflict_do_update(index_elements=list(unique), set_=changes), list(rows))


def _drop_cells(db: Any, keys: Sequence[str]) -> None:
    from nbgrader import api

    for model in (api.Grade, api.Comment):
        db.execute(delete(model.__table__).where(model.__table__.c.cell_id.in_(keys)))
    for model in (api.GradeCell, api.SolutionCell, api.TaskCell, api.BaseCell):
        db.execute(delete(model.__table__).where(model.__table__.c.id.in_(keys)))


def _drop_notebooks(db: Any, keys: Sequence[str]) -> None:
    from nbgrader import api

    base = api.BaseCell.__table__
    _drop_cells(db, list(db.scalars(select(base.c.id).where(base.c.notebook_id.in_(keys)))))
    for model in (api.SourceCell, api.SubmittedNotebook):
        db.execute(delete(model.__table__).where(model.__table__.c.notebook_id.in_(keys)))
    db.execute(delete(api.Notebook.__table__).where(api.Notebook.__table__.c.id.in_(keys)))
