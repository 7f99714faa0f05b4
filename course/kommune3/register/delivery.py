"""Reflections that come in as notebooks, from JupyterLab or by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.form import Findings
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from . import drafts, submissions
from .attempts import check_key
from .errors import KeyReused, UnknownActivity
from .reflection_tables import ReceiptRow
from .store import Register
from .tables import PersonRow

What = Literal["stored", "unchanged", "older", "marked", "withdrawn"]
"""Stored; or skipped since it is the same as what counts, came before that, was marked, or was withdrawn."""


@dataclass(frozen=True)
class Delivery:
    """The answers of one person's notebooks of an assignment, by reflection; ``at`` (UTC) is when it came.

    ``key`` is a UUID, another one for each handing in. ``share`` as in ``reflections.submit``.
    """

    person: str
    assignment: str
    answers: Mapping[str, Sequence[str]]
    way: str
    at: datetime = field(default_factory=clock.now)
    key: str = ""
    share: bool = False


class Delivered(NamedTuple):
    """What became of one reflection of a delivery."""

    state: Literal["checked", "not_passed"]
    """Of what counts now, that of the delivery or not."""
    what: What
    findings: Findings
    """About the form of what was delivered."""
    completed: tuple[str, ...] = ()
    """Modules newly complete by it."""


def deliver(register: Register, course: Course, delivery: Delivery) -> dict[str, Delivered]:
    """Store what the notebooks hold, whether or not its form passes; on the disk when this returns.

    Reflections without any answer are left out. All or nothing: raises UnknownActivity, UnknownPerson,
    InvalidAnswers, InvalidAttempt, KeyReused, TooLong and HoldsCpr, and nothing was stored then.
    """
    key = delivery.key.lower()
    check_key(key)
    ready = _ready(course, delivery)
    with register.write() as session:
        person = submissions.person_of(session, delivery.person)
        return {
            reflection.id: _deliver(session, course, person, reflection, answers, delivery, key)
            for reflection, answers in ready
        }


def _ready(course: Course, delivery: Delivery) -> list[tuple[Reflection, list[str]]]:
    ready = []
    for name, answers in delivery.answers.items():
        reflection = submissions.reflection_of(course, name)
        if reflection.assignment != delivery.assignment:
            raise UnknownActivity(_("The course has no such reflection."))
        tidied = submissions.checked(reflection, answers)
        if any(tidied):
            ready.append((reflection, tidied))
    return ready


def _deliver(
    session: Session,
    course: Course,
    person: PersonRow,
    reflection: Reflection,
    answers: list[str],
    delivery: Delivery,
    key: str,
) -> Delivered:
    findings = submissions.findings_of(course, reflection, answers, person.name)
    shared = delivery.share or not submissions.is_private(course, person.role)
    found = submissions.newest(session, person.id, reflection.id)
    what = _skipped(session, person.id, reflection, answers, shared, delivery, key)
    if what != "stored":
        counts = found[0].passed if found else findings.passed
        return Delivered("checked" if counts else "not_passed", what, findings)
    done = submissions.append(
        session, course, person, reflection, answers,
        key=key, way=delivery.way, shared=shared, passed=findings.passed, at=delivery.at,
    )  # fmt: skip
    _settle(session, person.id, reflection.id)
    draft = drafts.held(session, person.id, reflection.id)
    if draft is not None and list(draft.answers) == answers:
        drafts.clear(session, person.id, reflection.id)
    return Delivered("checked" if findings.passed else "not_passed", "stored", findings, done)


def _settle(session: Session, person_id: str, activity_id: str) -> None:
    """Forget what could not be read of it before: by mail, the good copy may be the older."""
    own = (ReceiptRow.person_id == person_id) & (ReceiptRow.activity == activity_id)
    session.execute(delete(ReceiptRow).where(own))


def _skipped(
    session: Session,
    person_id: str,
    reflection: Reflection,
    answers: list[str],
    shared: bool,
    delivery: Delivery,
    key: str,
) -> What:
    """Why it is not stored, or "stored" where it is to be."""
    before = submissions.by_key(session, person_id, reflection.id, key)
    if before is not None and before.withdrawn_at is None and list(before.answers) != answers:
        raise KeyReused(_("The key was used for another text already."))
    if before is not None:
        return "unchanged" if before.withdrawn_at is None else "withdrawn"
    found = submissions.newest(session, person_id, reflection.id)
    if found is None:
        return "stored"
    row, mark = found
    if submissions.same(row, reflection, answers) and (row.shared or not shared):
        return "unchanged"
    if submissions.is_marked(mark):
        return "marked"
    if delivery.way != "mail" or delivery.at >= row.submitted_at:
        return "stored"  # whoever hands it in now means this one, whatever a clock said before
    # that its author has since sent one to themselves alone is nobody else's to know
    return "older" if row.shared else "withdrawn"
