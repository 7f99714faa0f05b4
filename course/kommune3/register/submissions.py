"""What was sent, row by row, in the caller's transaction: the rules that pages and notebooks share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from kommune3.content import Course
from kommune3.engine import form
from kommune3.engine.form import Findings
from kommune3.engine.judge import version as version_of
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from . import completing, drafts
from .errors import InvalidAnswers, UnknownActivity, UnknownPerson
from .reflection_tables import MarkRow, SubmissionRow
from .tables import CompletionRow, PersonRow


def reflection_of(course: Course, activity_id: str) -> Reflection:
    """The reflection. Raises UnknownActivity."""
    found = course.activities.get(activity_id)
    if not isinstance(found, Reflection):
        raise UnknownActivity(_("The course has no such reflection."))
    return found


def person_of(session: Session, person_id: str) -> PersonRow:
    """The person. Raises UnknownPerson."""
    found = session.get(PersonRow, person_id)
    if found is None:
        raise UnknownPerson(_("The register holds nobody with that id."))
    return found


def is_private(course: Course, role: str) -> bool:
    """Whether somebody with this role keeps reflections to themselves unless they say otherwise."""
    return not role or role in course.info.private_roles


def checked(reflection: Reflection, answers: Sequence[str], version: str | None = None) -> list[str]:
    """The answers tidied. Raises VersionChanged, InvalidAnswers, TooLong and HoldsCpr, in that order."""
    drafts.current(reflection, version)
    if len(answers) != len(reflection.prompts):
        raise InvalidAnswers(_("The reflection has another number of questions than there are answers."))
    return drafts.tidied(answers)


def fitted(reflection: Reflection, answers: Sequence[str]) -> list[str]:
    """One answer for each question, also where they were written when it had another number of them."""
    count = len(reflection.prompts)
    first, rest = list(answers[: count - 1]), answers[count - 1 :]
    return [*first, *[""] * (count - 1 - len(first)), "\n\n".join(filter(None, rest))]


def findings_of(course: Course, reflection: Reflection, answers: Sequence[str], name: str) -> Findings:
    """What the check of form finds; nobody is warned about writing their own ``name``."""
    return form.check(reflection, answers, course.own_text, known_names=(name,))


def newest(session: Session, person_id: str, activity_id: str) -> tuple[SubmissionRow, MarkRow | None] | None:
    """What counts of what the person sent, with its mark."""
    found = session.execute(
        select(SubmissionRow, MarkRow)
        .outerjoin(MarkRow, MarkRow.submission_id == SubmissionRow.id)
        .where(
            SubmissionRow.person_id == person_id,
            SubmissionRow.activity == activity_id,
            SubmissionRow.withdrawn_at.is_(None),
        )
        .order_by(SubmissionRow.id.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def newest_of(session: Session, people: Any) -> Iterable[tuple[SubmissionRow, MarkRow | None]]:
    """What counts of what several people sent and share, with the marks; ``people`` selects their ids."""
    later = aliased(SubmissionRow)
    last = (
        select(func.max(later.id))
        .where(later.person_id.in_(people), later.withdrawn_at.is_(None))
        .group_by(later.person_id, later.activity)
    )
    rows = session.execute(
        select(SubmissionRow, MarkRow)
        .outerjoin(MarkRow, MarkRow.submission_id == SubmissionRow.id)
        .where(and_(SubmissionRow.id.in_(last), SubmissionRow.shared))
        .order_by(SubmissionRow.person_id, SubmissionRow.id)
    )
    return ((row[0], row[1]) for row in rows)


def by_key(session: Session, person_id: str, activity_id: str, key: str) -> SubmissionRow | None:
    """What was sent with this key."""
    return session.scalar(
        select(SubmissionRow).where(
            SubmissionRow.person_id == person_id,
            SubmissionRow.activity == activity_id,
            SubmissionRow.key == key,
        )
    )


def is_marked(mark: MarkRow | None) -> bool:
    """Whether the trainer gave points."""
    return mark is not None and mark.manual is not None


def append(
    session: Session,
    course: Course,
    person: PersonRow,
    reflection: Reflection,
    answers: list[str],
    *,
    key: str,
    way: str,
    shared: bool,
    passed: bool,
    at: datetime,
) -> tuple[str, ...]:
    """Store a submission; returns the modules that are complete by it."""
    module = drafts.module_of(course, reflection.id)
    session.add(
        SubmissionRow(
            person_id=person.id,
            module=module,
            activity=reflection.id,
            assignment=reflection.assignment,
            version=version_of(reflection),
            course_version=course.version,
            key=key,
            way=way,
            answers=answers,
            shared=shared,
            passed=passed,
            submitted_at=at,
        )
    )
    session.flush()
    done = completing.complete(session, course, person.id, reflection.id, at) if passed else ()
    completing.advance(session, person.id, person.standing, module, done)
    session.expire(person, ["standing"])
    return done


def empty(session: Session, person_id: str, activity_id: str, at: datetime) -> None:
    """Withdraw all that was sent of it: neither the texts nor what graders said of them stay."""
    own = (
        SubmissionRow.person_id == person_id,
        SubmissionRow.activity == activity_id,
        SubmissionRow.withdrawn_at.is_(None),
    )
    session.execute(delete(MarkRow).where(MarkRow.submission_id.in_(select(SubmissionRow.id).where(*own))))
    session.execute(update(SubmissionRow).where(*own).values(answers=[], withdrawn_at=at))


def same(row: SubmissionRow, reflection: Reflection, answers: list[str]) -> bool:
    """Whether this very text was sent, to the reflection as it is now."""
    return list(row.answers) == answers and row.version == version_of(reflection)


def completed_at(session: Session, person_id: str, at: datetime) -> tuple[str, ...]:
    """The modules that a submission of this moment completed."""
    found = select(CompletionRow.module).where(
        CompletionRow.person_id == person_id,
        CompletionRow.completed_at == at,
        CompletionRow.attempt_id.is_(None),
    )
    return tuple(session.scalars(found.order_by(CompletionRow.id)))
