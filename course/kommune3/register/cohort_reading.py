"""What a trainer sees of a cohort: who has sent what, and one reflection at a time, which is audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine.form import Finding
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from . import audit, submissions
from .cohort_rows import cohort_row
from .errors import NotYours
from .people import COLUMNS, Person
from .reflection_state import is_late
from .reflection_tables import CohortRow, MarkRow, MemberRow, ReceiptRow, SubmissionRow, TrainerRow
from .store import Register
from .tables import PersonRow

State = Literal["checked", "not_passed", "not_submitted", "could_not_check"]


class Cell(NamedTuple):
    """One person's reflection as the trainer's list has it. ``at`` is UTC."""

    state: State = "not_submitted"
    at: datetime | None = None
    late: bool = False
    waiting: bool = False
    """For the trainer's points."""
    marked: bool = False
    returned: bool = False
    reason: str = ""
    """Why it could not be checked."""
    submission: int | None = None


class CohortLine(NamedTuple):
    """A member, and the reflections on their role's path or sent by them, by id, in the course's order."""

    person: Person
    cells: dict[str, Cell]
    private: bool
    """Their role keeps reflections to itself: "not submitted" may be "not shared"."""


@dataclass(frozen=True)
class Read:
    """One reflection, for the trainer alone."""

    person: Person
    activity: str
    answers: tuple[str, ...]
    way: str
    findings: tuple[Finding, ...]
    cell: Cell
    manual: float | None
    """The trainer's points."""
    comment: str
    returned_at: datetime | None


def reads(register: Register, trainer: str, person: str) -> bool:
    """Whether somebody may read what this person shares: they train the person's cohort."""
    with register.read() as session:
        return _reads(session, trainer, person)


def lines(register: Register, course: Course, cohort_id: str) -> list[CohortLine]:
    """One line for each member, by name. Raises UnknownCohort."""
    with register.read() as session:
        cohort = cohort_row(session, cohort_id)
        members = select(MemberRow.person_id).where(MemberRow.cohort_id == cohort_id)
        people = [
            Person(*row)
            for row in session.execute(
                select(*COLUMNS).where(PersonRow.id.in_(members)).order_by(PersonRow.sort, PersonRow.id)
            )
        ]
        sent: dict[str, dict[str, Cell]] = {}
        for row, mark in submissions.newest_of(session, members):
            sent.setdefault(row.person_id, {})[row.activity] = _cell(row, mark, cohort.deadline)
        refused: dict[str, list[ReceiptRow]] = {}
        for receipt in session.scalars(_newest_receipts(members)):
            refused.setdefault(receipt.person_id or "", []).append(receipt)
    return [
        CohortLine(
            person,
            _cells(course, person, sent.get(person.id, {}), refused.get(person.id, [])),
            submissions.is_private(course, person.role),
        )
        for person in people
    ]


def text(register: Register, course: Course, trainer: str, person_id: str, activity_id: str) -> Read:
    """What the person shared with their trainer; that it was read is written in the audit log.

    Raises NotYours, the same whether it is somebody else's, kept by its author, or not there.
    """
    reflection = course.activities.get(activity_id)
    with register.write() as session:
        row = session.execute(select(*COLUMNS).where(PersonRow.id == person_id)).first()
        found = submissions.newest(session, person_id, activity_id)
        may = row and found and found[0].shared and _reads(session, trainer, person_id)
        if not row or not found or not may or not isinstance(reflection, Reflection):
            raise NotYours(_("There is no reflection here that you may read."))
        person = Person(*row)
        pseudonym = session.scalar(select(PersonRow.pseudonym).where(PersonRow.id == person_id)) or ""
        audit.note(
            session, "reflection_read", subject=pseudonym, by=trainer, detail={"activity": activity_id}
        )
        return _read(course, person, reflection, *found, _deadline(session, person_id))


def _reads(session: Session, trainer: str, person: str) -> bool:
    found = (
        select(TrainerRow.person_id)
        .join(MemberRow, MemberRow.cohort_id == TrainerRow.cohort_id)
        .where(MemberRow.person_id == person, TrainerRow.person_id == trainer)
    )
    return session.scalar(found) is not None


def _deadline(session: Session, person_id: str) -> date | None:
    found = select(CohortRow.deadline).join(MemberRow, MemberRow.cohort_id == CohortRow.id)
    return session.scalar(found.where(MemberRow.person_id == person_id))


def _read(
    course: Course,
    person: Person,
    reflection: Reflection,
    row: SubmissionRow,
    mark: MarkRow | None,
    deadline: date | None,
) -> Read:
    answers = submissions.fitted(reflection, row.answers)
    return Read(
        person=person,
        activity=reflection.id,
        answers=tuple(answers),
        way=row.way,
        findings=submissions.findings_of(course, reflection, answers, person.name).findings,
        cell=_cell(row, mark, deadline),
        manual=mark.manual if mark else None,
        comment=mark.comment if mark else "",
        returned_at=mark.returned_at if mark else None,
    )


def _cell(row: SubmissionRow, mark: MarkRow | None, deadline: date | None) -> Cell:
    formed: State = "checked" if row.passed else "not_passed"
    state: State = mark.state if mark else formed  # type: ignore[assignment]
    marked = submissions.is_marked(mark)
    return Cell(
        state=state,
        at=row.submitted_at,
        late=is_late(deadline, row.submitted_at),
        waiting=not marked and state != "could_not_check",
        marked=marked,
        returned=mark is not None and mark.returned_at is not None,
        reason=mark.reason if mark else "",
        submission=row.id,
    )


def _newest_receipts(members: Select[str]) -> Select[ReceiptRow]:
    last = (
        select(func.max(ReceiptRow.id))
        .where(ReceiptRow.person_id.in_(members))
        .group_by(ReceiptRow.person_id, ReceiptRow.assignment, ReceiptRow.activity)
    )
    return select(ReceiptRow).where(ReceiptRow.id.in_(last)).order_by(ReceiptRow.at)


def _cells(
    course: Course, person: Person, sent: Mapping[str, Cell], receipts: list[ReceiptRow]
) -> dict[str, Cell]:
    """The person's cells; a receipt that is newer than what was sent says why there is nothing newer."""
    private = submissions.is_private(course, person.role)
    cells = {}
    asked = _asked(course, person)
    for reflection in course.activities.values():
        if not isinstance(reflection, Reflection):
            continue
        cell = sent.get(reflection.id, Cell())
        for receipt in receipts:
            # what somebody handed in to themselves only is no business of the trainer's
            if _concerns(receipt, reflection, cell) and not (private and receipt.way != "mail"):
                cell = cell._replace(state="could_not_check", reason=receipt.reason)
                cell = cell._replace(at=cell.at or receipt.at)
        if reflection.id in asked or cell != Cell():
            cells[reflection.id] = cell
    return cells


def _concerns(receipt: ReceiptRow, reflection: Reflection, cell: Cell) -> bool:
    if receipt.assignment != reflection.assignment or receipt.activity not in ("", reflection.id):
        return False
    return cell.at is None or receipt.at > cell.at


def _asked(course: Course, person: Person) -> set[str]:
    """The reflections on a person's path; all of them where the role is not known."""
    known = any(one.id == person.role for one in course.roles)
    modules = course.modules_of(person.role, person.work_field) if known else course.modules
    return {activity.id for module in modules for activity in course.activities_of(module.id)}
