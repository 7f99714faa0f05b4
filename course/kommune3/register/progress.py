"""How far a person is, module by module."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, String, bindparam, func, select, text, type_coerce
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.models import Reflection

from . import standing
from .reflection_tables import DraftRow, SubmissionRow
from .store import Register
from .tables import AttemptRow, CompletionRow, PersonRow

Status = Literal["not_started", "started", "completed", "overdue"]
"""Of a module; ``overdue`` only in what HR sees, see ``report.groups.module_status``."""
_STATUS: dict[str, Status] = {standing.STARTED: "started", standing.COMPLETED: "completed"}

_ATTEMPTS = AttemptRow.metadata.tables["attempts"]
_PASSED = (
    select(_ATTEMPTS.c.activity, _ATTEMPTS.c.course_version)
    # as the index has it: SQLite would not find it for "passed = 1", which the column itself becomes
    .where(_ATTEMPTS.c.person_id == bindparam("person"), text("attempts.passed"))
    .distinct()
)

_SUBMISSIONS, _MARKS = (SubmissionRow.metadata.tables[name] for name in ("submissions", "marks"))
_SENT = (
    select(
        _SUBMISSIONS.c.activity,
        _SUBMISSIONS.c.course_version,
        _SUBMISSIONS.c.passed,
        _SUBMISSIONS.c.shared,
        _MARKS.c.manual,
        _MARKS.c.needs_manual,
    )
    .outerjoin_from(_SUBMISSIONS, _MARKS, _MARKS.c.submission_id == _SUBMISSIONS.c.id)
    .where(_SUBMISSIONS.c.person_id == bindparam("person"), _SUBMISSIONS.c.withdrawn_at.is_(None))
)

_COMPLETIONS = CompletionRow.metadata.tables["completions"]
_ASKED = func.json_each(bindparam("people")).table_valued("value")
_HOUR = func.substr(type_coerce(_COMPLETIONS.c.completed_at, String()), 1, 13)
"""The hour of a completion, in UTC, as SQLite stores it; PostgreSQL has to_char for it."""


def _newest(moment: ColumnElement[Any]) -> Select[Any]:
    """The completions of the people asked for, the newest last."""
    own = _COMPLETIONS.c
    # one value however many people: thousands would be put into the statement's text each time
    asked = own.person_id.in_(select(_ASKED.c.value))
    return (
        select(own.person_id, own.module, moment, own.course_version, own.evidence)
        .where(asked)
        .order_by(own.id)
    )


_NEWEST = _newest(_COMPLETIONS.c.completed_at)
_NEWEST_HOURS = _newest(_HOUR)


class ModuleProgress(NamedTuple):
    """A person's standing in one module. ``at`` (UTC), ``version`` and ``evidence`` are the completion's."""

    module: str
    status: Status = "not_started"
    at: datetime | None = None
    version: str = ""
    evidence: str = ""
    passed: tuple[str, ...] = ()
    """Required activities passed, in any version of the course; empty in lists of many people."""


class ModuleDay(NamedTuple):
    """The same for lists of very many people, where a day is enough of a moment."""

    module: str
    status: str = "not_started"
    """A Status."""
    day: date | None = None
    version: str = ""
    evidence: str = ""


class Pass(NamedTuple):
    """An activity that somebody passed, in a version of the course."""

    activity: str
    version: str
    form: bool = True
    """The service found it passed; where not, only a trainer did."""
    approved: bool = False
    """A trainer gave the points that course.toml asks for."""
    settled: bool = True
    """It counts in a module that asks for approval, too."""


def of_person(register: Register, course: Course, person_id: str) -> dict[str, ModuleProgress]:
    """Module id to progress for every module of the course; nothing is started by an unknown person."""
    with register.read() as session:
        known = session.scalar(select(PersonRow.standing).where(PersonRow.id == person_id)) or ""
        done = completions(session, [person_id]).get(person_id, {})
        passed = {one.activity for one in passed_by(session, course, person_id)}
    found = lines((module.id for module in course.modules), known, done)
    required = {module.id: module.required for module in course.modules}
    return {
        line.module: line._replace(passed=tuple(a for a in required[line.module] if a in passed))
        for line in found
    }


def lines(modules: Iterable[str], known: str, done: dict[str, ModuleProgress]) -> list[ModuleProgress]:
    """One line per module, from a person's standing and completions."""
    open_ones = undone(tuple(modules), known)
    return [done.get(one.module) or one for one in open_ones] if done else list(open_ones)


@lru_cache(maxsize=4000)
def undone(modules: tuple[str, ...], known: str) -> tuple[ModuleProgress, ...]:
    """The modules as somebody who stands so has them before any completion is looked at: many stand alike."""
    states = standing.parse(known)
    return tuple(ModuleProgress(one, _STATUS.get(states.get(one, ""), "not_started")) for one in modules)


def completions(session: Session, people: Sequence[str]) -> dict[str, dict[str, ModuleProgress]]:
    """Person id to module id to the newest completion, for people who have any."""
    found: dict[str, dict[str, ModuleProgress]] = {}
    rows = session.connection().execute(_NEWEST, {"people": json.dumps(people)})
    for person, module, at, version, evidence in rows.all():
        found.setdefault(person, {})[module] = ModuleProgress(module, "completed", at, version, evidence)
    return found


def days(session: Session, people: Sequence[str]) -> Mapping[str, dict[str, ModuleDay]]:
    """The same as ``completions`` for lists of very many people."""
    found: defaultdict[str, dict[str, ModuleDay]] = defaultdict(dict)
    rows = session.connection().execute(_NEWEST_HOURS, {"people": json.dumps(people)})
    for person, module, hour, version, evidence in rows.all():
        found[person][module] = _completed(module, hour, version, evidence)
    return found


@lru_cache(maxsize=50_000)
def _completed(module: str, hour: str, version: str, evidence: str) -> ModuleDay:
    """Many complete a module on the same day. The course's clock is whole hours from UTC."""
    day = clock.today(datetime.fromisoformat(hour))
    return ModuleDay(module, "completed", day, version, evidence)


def rebuild(session: Session) -> None:
    """Work out every standing anew from what was done and completed, in the caller's transaction."""
    modules: dict[str, dict[str, str]] = {}
    for person, module in session.execute(select(AttemptRow.person_id, AttemptRow.module).distinct()):
        modules.setdefault(person, {})[module] = standing.STARTED
    for table in (SubmissionRow, DraftRow):
        for person, module in session.execute(select(table.person_id, table.module).distinct()):
            if module:
                modules.setdefault(person, {})[module] = standing.STARTED
    for person, module in session.execute(select(CompletionRow.person_id, CompletionRow.module)):
        modules.setdefault(person, {})[module] = standing.COMPLETED
    for row in session.scalars(select(PersonRow)):
        row.standing = standing.compose(modules.get(row.id, {}))


def passed_by(session: Session, course: Course, person_id: str) -> list[Pass]:
    """What the person passed, in each version of the course it was passed in."""
    tried = session.execute(_PASSED, {"person": person_id})
    sent = session.execute(_SENT, {"person": person_id})
    return [
        *(Pass(activity, version) for activity, version in tried),
        *(one for row in sent if (one := _sent(course, *row))),
    ]


def approves(course: Course, activity_id: str, manual: float | None) -> bool:
    """Whether a trainer's points reach what course.toml asks for."""
    activity = course.activities.get(activity_id)
    if manual is None or not isinstance(activity, Reflection):
        return False
    return 100 * manual >= course.info.talk_below * activity.points


def _sent(
    course: Course,
    activity: str,
    version: str,
    form: bool,
    shared: bool,
    manual: float | None,
    needs_manual: bool | None,
) -> Pass | None:
    approved = not needs_manual and approves(course, activity, manual)
    if not form and not approved:
        return None
    # what its author keeps to themselves no trainer can approve, so that nothing waits for it
    return Pass(activity, version, form, approved, settled=approved or not shared)
