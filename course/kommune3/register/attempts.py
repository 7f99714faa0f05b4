"""Attempts: judged here, stored once, and completing a module when they are the last it needed.

A commit waits for the disk, so attempts that come in meanwhile are stored together: see ``record_all``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.exercises import Assessment, CitizenMap, Comparison, Plan
from kommune3.engine.judge import Outcome, judge
from kommune3.engine.judge import version as version_of
from kommune3.engine.models import Activity, Quiz, Scenario, Sorter
from kommune3.engine.scenario import ImpossiblePath
from kommune3.i18n import gettext as _

from . import completing
from .errors import InvalidAttempt, KeyReused, RegisterError, UnknownActivity, UnknownPerson, VersionChanged
from .store import Register
from .tables import AttemptRow, CompletionRow

MOST_CHOICES = 100
LONGEST_CHOICE = 64
_ATTEMPTS, _PEOPLE = (AttemptRow.metadata.tables[name] for name in ("attempts", "people"))
# put together once, and of tables rather than entities: this is what every step of every learner asks
_KNOWN = (
    select(_PEOPLE.c.standing, _ATTEMPTS.c.id)
    .outerjoin_from(
        _PEOPLE, _ATTEMPTS, (_ATTEMPTS.c.person_id == _PEOPLE.c.id) & (_ATTEMPTS.c.key == bindparam("key"))
    )
    .where(_PEOPLE.c.id == bindparam("person"))
)
_INSERT = _ATTEMPTS.insert()
_RECORDED = Scenario | Quiz | Sorter | CitizenMap | Comparison | Assessment | Plan
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Recorded(BaseModel):
    """A stored attempt, as the service answers it. ``completed``: module ids newly complete by it."""

    model_config = ConfigDict(frozen=True)

    id: int
    activity: str
    version: str
    key: str
    choices: tuple[str, ...]
    recorded: Literal[True] = True
    recorded_at: datetime
    outcome: Outcome
    completed: tuple[str, ...] = ()
    created: bool = Field(default=False, exclude=True)
    """False where the key was stored before."""


@dataclass(frozen=True)
class Attempt:
    """What somebody says they did, not yet judged. ``at`` is UTC.

    ``key`` is a UUID made by whoever made the choices: the same key with the same choices gives what
    was stored the first time. ``version`` is that of the activity the choices were made in, None for
    the one now.
    """

    person: str
    activity: str
    key: str
    choices: tuple[str, ...]
    at: datetime = field(default_factory=clock.now)
    version: str | None = None


def record(
    register: Register,
    course: Course,
    person_id: str,
    activity_id: str,
    key: str,
    choices: Sequence[str],
    version: str | None = None,
) -> Recorded:
    """Judge one attempt and store it; on the disk when this returns. The arguments are Attempt's.

    Raises ImpossiblePath, InvalidAttempt, VersionChanged, KeyReused, UnknownActivity, UnknownPerson, and
    what ``Register.write`` raises.
    """
    attempt = Attempt(person_id, activity_id, key.lower(), tuple(choices), version=version)
    (told,) = record_all(register, course, [attempt])
    if isinstance(told, Exception):
        raise told
    return told


def record_all(register: Register, course: Course, together: Sequence[Attempt]) -> list[Recorded | Exception]:
    """Judge attempts and store them in one transaction; on the disk when this returns.

    For each of them, in their order, what ``record`` returns or the error that it raises.
    """
    try:
        with register.write() as session:
            return [_told(session, course, attempt) for attempt in together]
    except RegisterError as error:  # no room, or another program writes: so it is for all of them
        return [error for _attempt in together]
    except Exception as error:
        if len(together) == 1:
            return [error]
        return [told for attempt in together for told in record_all(register, course, [attempt])]


def _told(session: Session, course: Course, attempt: Attempt) -> Recorded | Exception:
    try:
        _check_limits(attempt)
        if isinstance(course.activities.get(attempt.activity), Plan):  # what is written decides: see plans
            raise UnknownActivity(_("A plan is finished where it is written."))
        return store(session, course, attempt)
    except (RegisterError, ImpossiblePath) as error:  # refused before any of it was written
        return error


def store(session: Session, course: Course, attempt: Attempt) -> Recorded:
    """Judge and store an attempt in the caller's transaction. Returns and raises as ``record`` does."""
    standing, number = _known(session, attempt)
    if number is not None:
        return _again(session, course, attempt, number)
    activity = _activity(course, attempt.activity)
    current = version_of(activity)
    if attempt.version not in (None, current):
        raise VersionChanged(_("The exercise has changed since the page was opened. Load the page again."))
    outcome = judge(activity, attempt.choices, course.info.pass_mark)
    row = _row(course, attempt, current, outcome)
    number = _insert(session, row)
    completed = (
        completing.complete(session, course, attempt.person, attempt.activity, attempt.at, number)
        if outcome.passed
        else ()
    )
    completing.advance(session, attempt.person, standing, row["module"], completed)
    return Recorded(
        id=number,
        activity=attempt.activity,
        version=current,
        key=attempt.key,
        choices=attempt.choices,
        recorded_at=attempt.at,
        outcome=outcome,
        completed=completed,
        created=True,
    )


def newest(register: Register, course: Course, person_id: str, activity_id: str) -> Recorded | None:
    """The person's newest attempt in the activity, or None.

    Where the activity has changed since, ``version`` is the old one and the outcome has no results.
    """
    with register.read() as session:
        row = session.scalar(
            select(AttemptRow)
            .where(AttemptRow.person_id == person_id, AttemptRow.activity == activity_id)
            .order_by(AttemptRow.id.desc())
            .limit(1)
        )
        return _recorded(row, course) if row else None


def check_key(key: str) -> None:
    """Raises InvalidAttempt where the key is not a UUID in lower case."""
    if not _KEY.fullmatch(key):
        raise InvalidAttempt(_("The attempt's key is not a UUID."))


def _check_limits(attempt: Attempt) -> None:
    check_key(attempt.key)
    if len(attempt.choices) > MOST_CHOICES or any(len(c) > LONGEST_CHOICE for c in attempt.choices):
        raise InvalidAttempt(
            _("An attempt has at most {most} choices of {long} characters.").format(
                most=MOST_CHOICES, long=LONGEST_CHOICE
            )
        )


def _activity(course: Course, activity_id: str) -> Activity:
    activity = course.activities.get(activity_id)
    if not isinstance(activity, _RECORDED):
        raise UnknownActivity(_("The course has no such exercise, or nothing in it to record."))
    return activity


def _known(session: Session, attempt: Attempt) -> tuple[str, int | None]:
    """The person's standing, and the number of the attempt stored with the same key before."""
    found = session.connection().execute(_KNOWN, {"person": attempt.person, "key": attempt.key}).first()
    if found is None:
        raise UnknownPerson(_("The register holds nobody with that id."))
    return found[0], found[1]


def _again(session: Session, course: Course, attempt: Attempt, number: int) -> Recorded:
    row = session.get_one(AttemptRow, number)
    if row.activity != attempt.activity or tuple(row.choices) != attempt.choices:
        raise KeyReused(_("The key was used for other choices already."))
    completed = select(CompletionRow.module).where(CompletionRow.attempt_id == number)
    modules = tuple(session.scalars(completed.order_by(CompletionRow.id)))
    return _recorded(row, course).model_copy(update={"completed": modules})


def _recorded(row: AttemptRow, course: Course) -> Recorded:
    outcome = Outcome.model_validate(row.outcome)
    activity = course.activities.get(row.activity)
    if activity is not None and version_of(activity) == row.version:
        results = judge(activity, row.choices, course.info.pass_mark).results
        outcome = outcome.model_copy(update={"results": results})
    return Recorded(
        id=row.id,
        activity=row.activity,
        version=row.version,
        key=row.key,
        choices=tuple(row.choices),
        recorded_at=row.recorded_at,
        outcome=outcome,
    )


def _row(course: Course, attempt: Attempt, version: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "person_id": attempt.person,
        "module": course.module_of(attempt.activity).id,
        "activity": attempt.activity,
        "version": version,
        "course_version": course.version,
        "key": attempt.key,
        "choices": list(attempt.choices),
        "outcome": outcome.model_dump(mode="json", exclude={"results"}),
        "passed": outcome.passed,
        "recorded_at": attempt.at,
    }


def _insert(session: Session, row: dict[str, Any]) -> int:
    (number,) = session.connection().execute(_INSERT, row).inserted_primary_key  # type: ignore[misc]
    return int(number)
