"""What one submission is in nbgrader's tables, written as ``nbgrader autograde`` fills them.

The caller commits. Points and comments that a trainer gave are never touched by grading again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import case, delete, false, null, select, text, true, update
from sqlalchemy.dialects.sqlite import insert

from .gradebook import ident
from .source import Source

UNDER_WAY = 0
"""In place of a submission's id while its files are being written."""


@dataclass(frozen=True)
class Row:
    """What is to stand in the gradebook for one reflection of somebody."""

    person: str
    source: Source
    submission: int
    fingerprint: str
    """Of the source that it was graded by."""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    comments: Mapping[str, str | None] = field(default_factory=dict)
    reason: str = ""
    """Why it could not be checked."""
    again: bool = False
    """The same text graded anew: what a trainer has settled stays settled."""


@dataclass(frozen=True)
class Had:
    """What the gradebook says was written for one reflection of somebody."""

    person: str
    activity: str
    assignment: str
    notebook: str
    submission: int
    fingerprint: str


class Rows:
    """The rows of one open gradebook, whose assignments are registered."""

    def __init__(self, gradebook: Any) -> None:
        from nbgrader import api  # type: ignore[import-untyped]

        self.db, self.api = gradebook.db, api

    @cached_property
    def assignments(self) -> dict[str, tuple[str, datetime | None]]:
        """Id and due date (UTC, without a zone) by name."""
        table = self.api.Assignment
        found = self.db.execute(select(table.name, table.id, table.duedate))
        return {name: (key, due) for name, key, due in found}

    @cached_property
    def cells(self) -> dict[tuple[str, str, str, str], str]:
        """The ids of the cells by assignment, notebook, kind and name."""
        cell, book = self.api.BaseCell.__table__, self.api.Notebook.__table__
        names = {key: name for name, (key, _due) in self.assignments.items()}
        query = select(book.c.assignment_id, book.c.name, cell.c.type, cell.c.name, cell.c.id)
        found = self.db.execute(query.where(cell.c.notebook_id == book.c.id))
        return {(names[of], notebook, kind, name): key for of, notebook, kind, name, key in found}

    @cached_property
    def notebooks(self) -> dict[tuple[str, str], str]:
        """The ids of the notebooks by assignment and name."""
        book = self.api.Notebook
        names = {key: name for name, (key, _due) in self.assignments.items()}
        found = self.db.execute(select(book.assignment_id, book.name, book.id))
        return {(names[of], name): key for of, name, key in found}

    def had(self) -> dict[tuple[str, str], Had]:
        """What was written, by person and activity; not what formgrader's user has since deleted."""
        query = """SELECT p.person, p.activity, p.assignment, p.notebook_id, p.submission, p.source
            FROM kommune3_projected p LEFT JOIN submitted_notebook n ON n.id = p.notebook_id
            WHERE n.id IS NOT NULL OR p.submission = 0"""
        return {(row[0], row[1]): Had(*row) for row in self.db.execute(text(query))}

    def students(self, names: Mapping[str, tuple[str, str, str]]) -> None:
        """Add people, with first name, last name and e-mail address, or change these."""
        rows = [
            {"id": person, "first_name": first, "last_name": last, "email": email}
            for person, (first, last, email) in names.items()
        ]
        statement = insert(self.api.Student.__table__)
        changes = {name: statement.excluded[name] for name in ("first_name", "last_name", "email")}
        if rows:
            self.db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changes), rows)

    def begin(self, rows: Iterable[Row]) -> None:
        """Say that these are under way, so that files of a killed worker are found again."""
        self._projected([(row, UNDER_WAY, _notebook(row)) for row in rows])

    def submissions(
        self, handed_in: Iterable[tuple[str, str, datetime]], sources: Mapping[str, Sequence[Source]]
    ) -> dict[tuple[str, str, str], str]:
        """People's submissions of assignments, with all their notebooks.

        Returns the notebooks' ids by person, assignment and notebook.
        """
        rows = list(handed_in)
        keys = self._submissions(rows)
        notebooks = {
            (person, assignment, source.name): {
                "id": ident("submitted", assignment, person, source.name),
                "notebook_id": self.notebooks[assignment, source.name],
                "assignment_id": keys[person, self.assignments[assignment][0]],
                "flagged": False,
            }
            for person, assignment, _at in rows
            for source in sources[assignment]
        }
        book = self.api.SubmittedNotebook.__table__
        self.db.execute(insert(book).on_conflict_do_nothing(), list(notebooks.values()))
        query = select(book.c.assignment_id, book.c.notebook_id, book.c.id)
        found = self.db.execute(query.where(book.c.assignment_id.in_(keys.values())))
        there = {(submission, of): key for submission, of, key in found}
        return {name: there[row["assignment_id"], row["notebook_id"]] for name, row in notebooks.items()}

    def _submissions(self, rows: Sequence[tuple[str, str, datetime]]) -> dict[tuple[str, str], str]:
        """Their ids by person and assignment's id."""
        sent = self.api.SubmittedAssignment.__table__
        values = [
            {
                "id": ident("submission", assignment, person),
                "assignment_id": self.assignments[assignment][0],
                "student_id": person,
                "timestamp": at,
            }
            for person, assignment, at in rows
        ]
        statement, unique = insert(sent), ["assignment_id", "student_id"]
        changes = {"timestamp": statement.excluded.timestamp}
        self.db.execute(statement.on_conflict_do_update(index_elements=unique, set_=changes), values)
        people = [person for person, _assignment, _at in rows]
        query = select(sent.c.student_id, sent.c.assignment_id, sent.c.id)
        found = self.db.execute(query.where(sent.c.student_id.in_(people)))
        return {(person, of): key for person, of, key in found}

    def grade(self, rows: Iterable[tuple[Row, str]], absent: Iterable[tuple[Source, str]]) -> None:
        """Write points and comments of notebooks, and that they are done; both with the notebook's id.

        What is ``absent`` was not handed in: nothing for it, as stock nbgrader has it.
        """
        done, missing, table = list(rows), list(absent), self.api.Grade.__table__
        for again, settled in ((False, true()), (True, table.c.needs_manual_grade)):
            some = [(row, notebook) for row, notebook in done if row.again is again]
            scores = [
                self._grade(row.source, notebook, name, score, row.submission)
                for row, notebook in some
                for name, score in row.scores.items()
            ]
            self._grades(scores, settled)
        asked = [(source, notebook, cell) for source, notebook in missing for cell in source.cells]
        nothing = [
            self._grade(source, book, cell.grade_id, 0.0) for source, book, cell in asked if cell.grade
        ]
        self._grades(nothing, false())
        comments = [
            self._comment(row.source, notebook, name, comment, row.submission)
            for row, notebook in done
            for name, comment in row.comments.items()
        ]
        comments += [
            self._comment(source, book, cell.grade_id, None) for source, book, cell in asked if cell.solution
        ]
        self._comments(comments)
        self._projected([(row, row.submission, notebook) for row, notebook in done])

    def _grade(
        self, source: Source, notebook: str, name: str, score: float | None, submission: int = UNDER_WAY
    ) -> dict[str, Any]:
        """Another id for another text: a page of formgrader that was left open cannot mark the new one."""
        return {
            "id": ident("grade", notebook, name, str(submission)),
            "cell_id": self.cell(source, "GradeCell", name),
            "notebook_id": notebook,
            "auto_score": score,
            "needs_manual_grade": score is None,
        }

    def _grades(self, values: list[dict[str, Any]], settled: Any) -> None:
        """``settled``: whether a grade that has a trainer's points has to be looked at again."""
        table = self.api.Grade.__table__
        statement, unique = insert(table), ["cell_id", "notebook_id"]
        new = statement.excluded
        needs = case((table.c.manual_score.is_not(None), settled), else_=new.needs_manual_grade)
        changes = {"id": new.id, "auto_score": new.auto_score, "needs_manual_grade": needs}
        if values:
            self.db.execute(statement.on_conflict_do_update(index_elements=unique, set_=changes), values)

    def _comment(
        self, source: Source, notebook: str, name: str, comment: str | None, submission: int = UNDER_WAY
    ) -> dict[str, Any]:
        return {
            "id": ident("comment", notebook, name, str(submission)),
            "cell_id": self.cell(source, "SolutionCell", name),
            "notebook_id": notebook,
            "auto_comment": comment,
        }

    def _comments(self, values: list[dict[str, Any]]) -> None:
        statement, unique = insert(self.api.Comment.__table__), ["cell_id", "notebook_id"]
        changes = {"id": statement.excluded.id, "auto_comment": statement.excluded.auto_comment}
        if values:
            self.db.execute(statement.on_conflict_do_update(index_elements=unique, set_=changes), values)

    def failed(self, row: Row, notebook: str, reason: str) -> None:
        """Say why a notebook that was written could not be graded to its end."""
        self._projected([(replace(row, reason=reason), row.submission, notebook)])

    def forget(self, had: Had) -> None:
        """Take what was graded for one reflection out: its author took it back."""
        for model in (self.api.Grade, self.api.Comment):
            table = model.__table__
            self.db.execute(delete(table).where(table.c.notebook_id == had.notebook))
        self.db.execute(
            update(self.api.SubmittedNotebook.__table__)
            .where(self.api.SubmittedNotebook.__table__.c.id == had.notebook)
            .values(late_submission_penalty=null(), flagged=False)
        )
        self.db.execute(
            text("DELETE FROM kommune3_projected WHERE person = :person AND activity = :activity"),
            {"person": had.person, "activity": had.activity},
        )

    def forget_submission(self, person: str, assignment: str) -> None:
        """Take the whole submission out, when nothing of it is left."""
        submission, book = self.api.SubmittedAssignment.__table__, self.api.SubmittedNotebook.__table__
        which = (
            submission.c.student_id == person,
            submission.c.assignment_id == self.assignments[assignment][0],
        )
        keys = list(self.db.scalars(select(submission.c.id).where(*which)))
        books = list(self.db.scalars(select(book.c.id).where(book.c.assignment_id.in_(keys))))
        for model in (self.api.Grade, self.api.Comment):
            self.db.execute(delete(model.__table__).where(model.__table__.c.notebook_id.in_(books)))
        self.db.execute(delete(book).where(book.c.id.in_(books)))
        self.db.execute(delete(submission).where(submission.c.id.in_(keys)))

    def forget_students(self, people: Iterable[str]) -> None:
        """Take out the names of people of whom nothing is left here."""
        student, submission = self.api.Student.__table__, self.api.SubmittedAssignment.__table__
        left = select(submission.c.student_id).where(submission.c.student_id.is_not(None))
        self.db.execute(delete(student).where(student.c.id.in_(list(people)), student.c.id.not_in(left)))

    def cell(self, source: Source, kind: str, name: str) -> str:
        """The id of a notebook's cell."""
        return self.cells[source.assignment, source.name, kind, name]

    def _projected(self, rows: Sequence[tuple[Row, int, str]]) -> None:
        statement = text(
            """INSERT INTO kommune3_projected VALUES
            (:person, :activity, :assignment, :notebook, :submission, :source, :reason)
            ON CONFLICT (person, activity) DO UPDATE SET notebook_id = excluded.notebook_id,
            submission = excluded.submission, source = excluded.source, reason = excluded.reason"""
        )
        values = [
            {
                "person": row.person,
                "activity": row.source.activity,
                "assignment": row.source.assignment,
                "notebook": notebook,
                "submission": submission,
                "source": row.fingerprint,
                "reason": row.reason,
            }
            for row, submission, notebook in rows
        ]
        if values:
            self.db.execute(statement, values)


def _notebook(row: Row) -> str:
    return ident("submitted", row.source.assignment, row.person, row.source.name)
