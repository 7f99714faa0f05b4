"""What graders need and what they bring back: texts to grade, marks, and feedback to return.

nbgrader's files and gradebook are worked out from here and may be lost; what counts is here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from . import audit, completing, progress
from .cohort_rows import cohort_row
from .errors import InvalidMark
from .reflection_tables import MarkRow, MemberRow, SubmissionRow
from .store import Register
from .submissions import fitted, is_marked, newest_of
from .tables import PersonRow

AT_ONCE = 10_000
"""Submissions asked for in one statement."""
STATES = ("checked", "not_passed", "could_not_check")


@dataclass(frozen=True)
class Submitted:
    """What somebody shared of an assignment, to be graded. ``at`` (UTC) is when the newest of it came.

    ``answers`` has one text for each question the reflection has now; ``stamp`` changes when anything does.
    """

    cohort: str
    person: str
    assignment: str
    answers: dict[str, list[str]]
    submissions: dict[str, int]
    at: datetime
    stamp: str


@dataclass(frozen=True)
class Mark:
    """What grading made of a submission. ``auto`` is the check's point, ``manual`` the trainer's points."""

    submission: int
    state: Literal["checked", "not_passed", "could_not_check"]
    reason: str = ""
    auto: float | None = None
    manual: float | None = None
    comment: str = ""
    needs_manual: bool = True
    flagged: bool = False
    check_given: float | None = None
    """A trainer's own points in the check's place; they are in ``auto``, too."""
    extension: int | None = None
    """Seconds after the deadline."""
    settled: bool = field(default=True, compare=False)
    """False where ``manual`` and ``comment`` are not confirmed: they may be of a text before this one."""


def wanted(register: Register, course: Course, cohort_id: str) -> list[Submitted]:
    """All that the cohort's members share, by person and assignment. Raises UnknownCohort."""
    with register.read() as session:
        cohort_row(session, cohort_id)
        rows = [row for row, _mark in newest_of(session, _members(cohort_id))]
    together: dict[tuple[str, str], list[SubmissionRow]] = {}
    for row in rows:
        reflection = course.activities.get(row.activity)
        if isinstance(reflection, Reflection):
            together.setdefault((row.person_id, reflection.assignment), []).append(row)
    return [_submitted(course, cohort_id, *whose, own) for whose, own in together.items()]


def kept(register: Register, cohort_id: str) -> dict[tuple[str, str], Mark]:
    """The marks of what the cohort's members share, by person and reflection. Raises UnknownCohort."""
    with register.read() as session:
        cohort_row(session, cohort_id)
        return {
            (row.person_id, row.activity): _mark(mark)
            for row, mark in newest_of(session, _members(cohort_id))
            if mark is not None
        }


def write(register: Register, course: Course, marks: Sequence[Mark]) -> int:
    """Store marks in one transaction, and complete the modules that they approve; returns how many changed.

    Writing the same again changes nothing. Submissions that are gone or withdrawn are passed over. Feedback
    that was returned stays so: its points may change and not go away. Raises InvalidMark.
    """
    for mark in marks:
        _check(mark)
    with register.write() as session:
        return put(session, course, marks)


def put(session: Session, course: Course, marks: Sequence[Mark]) -> int:
    """As ``write``, in the caller's transaction."""
    before = _rows(session, [mark.submission for mark in marks])
    changed = [mark for mark in marks if mark.submission in before and _store(session, mark, before)]
    session.flush()
    for mark in changed:
        _approve(session, course, before[mark.submission][0], mark)
    return len(changed)


def give_back(register: Register, course: Course, cohort_id: str, by: str) -> int:
    """Return the feedback of all that is marked and not yet returned; says how many. Raises UnknownCohort."""
    with register.write() as session:
        cohort_row(session, cohort_id)
        ready = [
            mark.submission_id
            for row, mark in newest_of(session, _members(cohort_id))
            if row.activity in course.activities
            and mark is not None
            and is_marked(mark)
            and mark.returned_at is None
        ]
        at = clock.now()
        for start in range(0, len(ready), AT_ONCE):
            some = MarkRow.submission_id.in_(ready[start : start + AT_ONCE])
            session.execute(update(MarkRow).where(some).values(returned_at=at))
        if ready:
            detail = {"cohort": cohort_id, "reflections": len(ready)}
            audit.note(session, "feedback_returned", by=by, detail=detail)
    return len(ready)


def _members(cohort_id: str) -> Any:
    return select(MemberRow.person_id).where(MemberRow.cohort_id == cohort_id)


def _submitted(
    course: Course, cohort: str, person: str, assignment: str, rows: Sequence[SubmissionRow]
) -> Submitted:
    reflections = {row.activity: course.activities[row.activity] for row in rows}
    return Submitted(
        cohort=cohort,
        person=person,
        assignment=assignment,
        answers={
            row.activity: fitted(reflection, row.answers)
            for row in rows
            if isinstance(reflection := reflections[row.activity], Reflection)
        },
        submissions={row.activity: row.id for row in rows},
        at=max(row.submitted_at for row in rows),
        stamp=".".join(str(row.id) for row in rows),
    )


def _mark(row: MarkRow) -> Mark:
    return Mark(
        submission=row.submission_id,
        state=row.state,  # type: ignore[arg-type]
        reason=row.reason,
        auto=row.auto,
        manual=row.manual,
        comment=row.comment,
        needs_manual=row.needs_manual,
        flagged=row.flagged,
        check_given=row.check_given,
        extension=row.extension,
    )


def _check(mark: Mark) -> None:
    figures = [figure for figure in (mark.auto, mark.manual, mark.check_given) if figure is not None]
    if mark.state not in STATES or not all(math.isfinite(figure) for figure in figures):
        raise InvalidMark(_("A mark has an unknown state or points that are no number."))


def _rows(session: Session, numbers: Sequence[int]) -> dict[int, tuple[SubmissionRow, MarkRow | None]]:
    found: dict[int, tuple[SubmissionRow, MarkRow | None]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = session.execute(
            select(SubmissionRow, MarkRow)
            .outerjoin(MarkRow, MarkRow.submission_id == SubmissionRow.id)
            .where(
                SubmissionRow.id.in_(numbers[start : start + AT_ONCE]), SubmissionRow.withdrawn_at.is_(None)
            )
        )
        found |= {row[0].id: (row[0], row[1]) for row in rows}
    return found


def _store(session: Session, mark: Mark, before: dict[int, tuple[SubmissionRow, MarkRow | None]]) -> bool:
    """Whether it changed anything."""
    submission, row = before[mark.submission]
    if not mark.settled and not is_marked(row):
        mark = replace(mark, manual=None, comment="")
    if row is None:
        row = MarkRow(submission_id=mark.submission, marked_at=clock.now())
        session.add(row)
        before[mark.submission] = (submission, row)
    elif _mark(row) == mark or (row.returned_at is not None and mark.manual is None):
        return False
    row.state, row.reason, row.auto = mark.state, mark.reason[:500], mark.auto
    row.manual, row.comment, row.needs_manual = mark.manual, mark.comment, mark.needs_manual
    row.flagged, row.check_given, row.extension = mark.flagged, mark.check_given, mark.extension
    row.marked_at = clock.now()
    return True


def _approve(session: Session, course: Course, row: SubmissionRow, mark: Mark) -> None:
    if mark.needs_manual or not progress.approves(course, row.activity, mark.manual):
        return
    done = completing.complete(session, course, row.person_id, row.activity, clock.now())
    person = session.get_one(PersonRow, row.person_id)
    completing.advance(session, person.id, person.standing, "", done)
    session.expire(person, ["standing"])
