"""Plans: written for their author alone and kept while they are written; that one is finished is an attempt.

Nobody else reads a plan: no trainer, not HR. No error and no line of the log repeats what was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import form, plans
from kommune3.engine.exercises import Plan
from kommune3.engine.form import Findings
from kommune3.engine.judge import version as version_of
from kommune3.i18n import gettext as _

from . import drafts
from .attempts import Attempt, store
from .drafts import DraftChanged, Stored
from .errors import InvalidAnswers, UnknownActivity
from .reflections import NotReady
from .store import Register
from .submissions import person_of
from .tables import AttemptRow, PersonRow


class PlanState(Stored):
    """A plan as its author sees it. ``answers`` are its questions', then the table's cells row by row."""

    finished_at: datetime | None = None
    """When the author said that the plan was finished, in any version of it; it can still be changed."""
    current: bool = False
    """Whether that was this version of the plan in this version of the course."""


def of(register: Register, course: Course, person_id: str, activity_id: str) -> PlanState:
    """How the plan stands. Raises UnknownActivity and UnknownPerson, as all that follow do."""
    plan = plan_of(course, activity_id)
    with register.read() as session:
        return _state(session, course, person_of(session, person_id), plan)


def save_draft(
    register: Register,
    course: Course,
    person_id: str,
    activity_id: str,
    answers: Sequence[str],
    revision: int,
    version: str | None = None,
) -> PlanState:
    """Store what is written; ``revision`` is that of the state which it goes on from.

    Saving the same again changes nothing. Raises DraftChanged, VersionChanged, InvalidAnswers, TooLong and
    HoldsCpr.
    """
    plan = plan_of(course, activity_id)
    drafts.current(plan, version)
    if not plans.fits(plan, answers):
        raise InvalidAnswers(_("The plan has another number of fields than there are answers."))
    kept = drafts.tidied(answers)
    with register.write() as session:
        person = person_of(session, person_id)
        if not drafts.save(session, course, person, plan, kept, revision):
            raise DraftChanged(_state(session, course, person, plan))
        return _state(session, course, person, plan)


def discard_draft(register: Register, course: Course, person_id: str, activity_id: str) -> PlanState:
    """Delete the plan's text. That it was finished stays."""
    plan = plan_of(course, activity_id)
    with register.write() as session:
        person = person_of(session, person_id)
        drafts.clear(session, person_id, activity_id)
        return _state(session, course, person, plan)


def finish(
    register: Register, course: Course, person_id: str, activity_id: str, version: str | None = None
) -> PlanState:
    """Record that the plan as it is stored is finished; on the disk when this returns.

    Finished already in this version, nothing more is recorded. Raises VersionChanged, and NotReady where a
    question is not answered.
    """
    plan = plan_of(course, activity_id)
    drafts.current(plan, version)
    with register.write() as session:
        person = person_of(session, person_id)
        state = _state(session, course, person, plan)
        if missing := plans.unanswered(plan, state.answers):
            told = _("The plan is not finished yet. See which questions are left.")
            raise NotReady(Findings(findings=missing), told)
        if state.current:
            return state
        attempt = Attempt(person_id, activity_id, str(uuid4()), plans.finished(plan))
        done = store(session, course, attempt).completed
        return _state(session, course, person, plan).model_copy(update={"completed": done})


def plan_of(course: Course, activity_id: str) -> Plan:
    """The plan. Raises UnknownActivity."""
    found = course.activities.get(activity_id)
    if not isinstance(found, Plan):
        raise UnknownActivity(_("The course has no such plan."))
    return found


def _state(session: Session, course: Course, person: PersonRow, plan: Plan) -> PlanState:
    row = drafts.held(session, person.id, plan.id)
    now, written = version_of(plan), row is not None and row.saved_at is not None
    answers = plans.fitted(plan, row.answers if row and written else ())
    finished = _finished(session, person.id, plan.id)
    return PlanState(
        activity=plan.id,
        version=now,
        answers=tuple(answers),
        written=row.version if row and written else now,
        revision=row.revision if row else 0,
        saved_at=row.saved_at if row else None,
        warnings=form.named(answers[: len(plan.questions)], course.own_text, known_names=(person.name,)),
        finished_at=finished.recorded_at if finished else None,
        current=finished is not None and (finished.version, finished.course_version) == (now, course.version),
    )


def _finished(session: Session, person_id: str, activity_id: str) -> AttemptRow | None:
    """The newest attempt that says that the plan was finished."""
    own = (AttemptRow.person_id == person_id, AttemptRow.activity == activity_id, AttemptRow.passed)
    return session.scalar(select(AttemptRow).where(*own).order_by(AttemptRow.id.desc()).limit(1))
