"""A gradebook made anew: what a trainer gave comes back from the register, where the gradebook has nothing.

Points, comments, points in the check's place, flags and more time. The caller commits.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from kommune3.register.marks import Mark

from .rows import Row, Rows


def restore(rows: Rows, row: Row, notebook: str, mark: Mark) -> None:
    """Put back what the register kept for one reflection; ``notebook`` is the submitted one's id."""
    if mark.manual is not None:
        _give(rows, row, notebook, row.source.activity, mark.manual, mark.needs_manual)
    if mark.check_given is not None and len(row.source.tests) == 1:
        _give(rows, row, notebook, row.source.tests[0].grade_id, mark.check_given, False)
    if mark.comment:
        _say(rows, row, notebook, mark.comment)
    if mark.flagged:
        book = rows.api.SubmittedNotebook.__table__
        rows.db.execute(update(book).where(book.c.id == notebook).values(flagged=True))
    if mark.extension is not None:
        _wait(rows, notebook, timedelta(seconds=mark.extension))


def _give(rows: Rows, row: Row, notebook: str, name: str, points: float, needs: bool) -> None:
    table = rows.api.Grade.__table__
    cell = table.c.cell_id == rows.cell(row.source, "GradeCell", name)
    empty = update(table).where(table.c.notebook_id == notebook, cell, table.c.manual_score.is_(None))
    rows.db.execute(empty.values(manual_score=points, needs_manual_grade=needs))


def _say(rows: Rows, row: Row, notebook: str, comment: str) -> None:
    table = rows.api.Comment.__table__
    cell = table.c.cell_id == rows.cell(row.source, "SolutionCell", row.source.activity)
    empty = update(table).where(table.c.notebook_id == notebook, cell, table.c.manual_comment.is_(None))
    rows.db.execute(empty.values(manual_comment=comment))


def _wait(rows: Rows, notebook: str, extension: timedelta) -> None:
    book, submission = rows.api.SubmittedNotebook.__table__, rows.api.SubmittedAssignment.__table__
    whole = select(book.c.assignment_id).where(book.c.id == notebook).scalar_subquery()
    empty = update(submission).where(submission.c.id == whole, submission.c.extension.is_(None))
    rows.db.execute(empty.values(extension=extension))
