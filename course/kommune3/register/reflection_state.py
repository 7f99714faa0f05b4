"""How a reflection stands for its author: what was written, sent, read and given back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.form import Finding
from kommune3.engine.judge import version as version_of
from kommune3.engine.models import Reflection

from . import progress
from .drafts import Stored
from .reflection_tables import CohortRow, DraftRow, MarkRow, MemberRow, SubmissionRow, TrainerRow
from .submissions import findings_of, fitted, is_marked, is_private, newest
from .tables import PersonRow

Status = Literal["none", "draft", "sent", "read", "done", "talk"]
"""``read``: marked and not returned; ``done`` and ``talk``: returned."""


class RubricLine(BaseModel):
    """A criterion as learners see it: described levels from lowest to highest, without points."""

    model_config = ConfigDict(frozen=True)

    name: str
    levels: tuple[str, ...]


class Feedback(BaseModel):
    """What the trainer gave back."""

    model_config = ConfigDict(frozen=True)

    verdict: Literal["done", "talk"]
    comment: str
    rubric: tuple[RubricLine, ...]
    returned_at: datetime


class State(Stored):
    """A reflection as its author sees it. ``answers`` are the draft, else what was sent, else empty."""

    status: Status
    sent: tuple[str, ...] | None = None
    """What was sent and counts, also while a draft to replace it is being written."""
    submitted_at: datetime | None = None
    submission: int | None = None
    shared: bool
    """Whether the author's trainers may read what was sent; before that, whether they will."""
    private: bool
    """The author's role keeps reflections to itself: ``share`` has to be said with each submission."""
    late: bool = False
    passed: bool = False
    """What was sent has its form; only what came in as a notebook may lack it."""
    findings: tuple[Finding, ...] = ()
    """About the form of what was sent."""
    feedback: Feedback | None = None
    trainer_names: tuple[str, ...] = ()


def state_of(
    session: Session,
    course: Course,
    person: PersonRow,
    reflection: Reflection,
    completed: tuple[str, ...] = (),
) -> State:
    """The state as the session sees it."""
    deadline, trainers = _cohort(session, person.id)
    draft = session.get(DraftRow, (person.id, reflection.id), populate_existing=True)
    current, private = version_of(reflection), is_private(course, person.role)
    state = State(
        activity=reflection.id,
        version=current,
        status="none",
        answers=("",) * len(reflection.prompts),
        written=current,
        revision=draft.revision if draft else 0,
        shared=not private,
        private=private,
        completed=completed,
        trainer_names=trainers,
    )
    if found := newest(session, person.id, reflection.id):
        state = state.model_copy(update=_sent(course, person, reflection, *found, deadline))
    if draft is None or draft.saved_at is None:
        return state
    answers = tuple(fitted(reflection, draft.answers))
    found_now = findings_of(course, reflection, answers, person.name).findings
    written = {
        "answers": answers,
        "warnings": tuple(finding for finding in found_now if not finding.stops),
        "written": draft.version,
        "saved_at": draft.saved_at,
    }
    return state.model_copy(update=written | ({} if found else {"status": "draft"}))


def is_late(deadline: date | None, at: datetime) -> bool:
    """Whether it came after the deadline's day, on the course's clock."""
    return deadline is not None and clock.today(at) > deadline


def _cohort(session: Session, person_id: str) -> tuple[date | None, tuple[str, ...]]:
    """The deadline of the person's cohort, and its trainers' names."""
    rows = session.execute(
        select(CohortRow.deadline, PersonRow.name)
        .join(MemberRow, MemberRow.cohort_id == CohortRow.id)
        .outerjoin(TrainerRow, TrainerRow.cohort_id == CohortRow.id)
        .outerjoin(PersonRow, PersonRow.id == TrainerRow.person_id)
        .where(MemberRow.person_id == person_id)
        .order_by(PersonRow.sort)
    ).all()
    return (rows[0][0] if rows else None), tuple(name for _deadline, name in rows if name is not None)


def _sent(
    course: Course,
    person: PersonRow,
    reflection: Reflection,
    row: SubmissionRow,
    mark: MarkRow | None,
    deadline: date | None,
) -> dict[str, object]:
    answers = tuple(fitted(reflection, row.answers))
    feedback = _feedback(course, reflection, mark)
    status = feedback.verdict if feedback else "read" if is_marked(mark) else "sent"
    return {
        "status": status,
        "answers": answers,
        "written": row.version,
        "sent": answers,
        "submitted_at": row.submitted_at,
        "submission": row.id,
        "shared": row.shared,
        "late": is_late(deadline, row.submitted_at),
        "passed": row.passed,
        "findings": findings_of(course, reflection, answers, person.name).findings,
        "feedback": feedback,
    }


def _feedback(course: Course, reflection: Reflection, mark: MarkRow | None) -> Feedback | None:
    if mark is None or mark.returned_at is None:
        return None
    return Feedback(
        verdict="done" if progress.approves(course, reflection.id, mark.manual) else "talk",
        comment=mark.comment,
        rubric=tuple(
            RubricLine(name=criterion.name, levels=tuple(level.text for level in criterion.levels))
            for criterion in reflection.rubric
        ),
        returned_at=mark.returned_at,
    )
