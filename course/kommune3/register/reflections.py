"""Reflections: written, sent, replaced and withdrawn by their author. Stored before anything is acknowledged.

No error and no line of the log repeats what was written.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.form import Findings
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from . import drafts, submissions
from .attempts import check_key
from .delivery import Delivered, Delivery, deliver
from .drafts import DraftChanged
from .errors import AlreadyMarked, KeyReused, NothingSent, ReflectionRefused
from .receipts import Receipt, let_go, receipts_of, refuse
from .reflection_state import Feedback, RubricLine, State, state_of
from .reflection_tables import SubmissionRow
from .store import Register
from .submissions import is_marked
from .tables import PersonRow

__all__ = [
    "Delivered",
    "Delivery",
    "DraftChanged",
    "Feedback",
    "NotReady",
    "Receipt",
    "RubricLine",
    "State",
    "deliver",
    "discard_draft",
    "let_go",
    "of",
    "receipts_of",
    "refuse",
    "save_draft",
    "submit",
    "withdraw",
]


class NotReady(ReflectionRefused):
    """The form is not there yet; ``findings`` say what to mend. Nothing was stored, the draft stays."""

    def __init__(self, findings: Findings, told: str = "") -> None:
        super().__init__(told or _("Your reflection is not ready to be sent yet. See what to mend."))
        self.findings = findings


def of(register: Register, course: Course, person_id: str, activity_id: str) -> State:
    """How the reflection stands. Raises UnknownActivity and UnknownPerson, as all that follow do."""
    reflection = submissions.reflection_of(course, activity_id)
    with register.read() as session:
        return state_of(session, course, submissions.person_of(session, person_id), reflection)


def save_draft(
    register: Register,
    course: Course,
    person_id: str,
    activity_id: str,
    answers: Sequence[str],
    revision: int,
    version: str | None = None,
) -> State:
    """Store what is being written; ``revision`` is that of the state which it goes on from.

    Saving the same again changes nothing, whatever the revision, so that a request may be sent twice.
    Raises DraftChanged, AlreadyMarked, VersionChanged, InvalidAnswers, TooLong, HoldsCpr.
    """
    reflection = submissions.reflection_of(course, activity_id)
    tidied = submissions.checked(reflection, answers, version)
    with register.write() as session:
        person = submissions.person_of(session, person_id)
        _refuse_marked(session, person_id, activity_id)
        if not drafts.save(session, course, person, reflection, tidied, revision):
            raise DraftChanged(state_of(session, course, person, reflection))
        return state_of(session, course, person, reflection)


def submit(
    register: Register,
    course: Course,
    person_id: str,
    activity_id: str,
    key: str,
    answers: Sequence[str],
    *,
    share: bool = False,
    way: str = "page",
    version: str | None = None,
    revision: int | None = None,
) -> State:
    """Send a reflection, in place of one sent before; on the disk when this returns.

    ``key`` is a UUID: the same key with the same answers stores nothing more, nor does what was sent already
    with another key. ``share`` matters where the author's role keeps reflections to itself. The draft is
    emptied, except where ``revision`` is given and another draft was saved since: that one is kept beside.
    Raises NotReady, AlreadyMarked, KeyReused, VersionChanged, InvalidAnswers, InvalidAttempt, TooLong and
    HoldsCpr.
    """
    reflection, key = submissions.reflection_of(course, activity_id), key.lower()
    check_key(key)
    tidied = submissions.checked(reflection, answers, version)
    with register.read() as session:  # the check takes its time, so not while others wait to write
        name = submissions.person_of(session, person_id).name
    found = submissions.findings_of(course, reflection, tidied, name)
    with register.write() as session:
        person = submissions.person_of(session, person_id)
        if before := submissions.by_key(session, person_id, activity_id, key):
            return _again(session, course, person, reflection, before, tidied)
        if not found.passed:
            raise NotReady(found)
        shared = share or not submissions.is_private(course, person.role)
        done: tuple[str, ...] = ()
        if not _sent_already(session, person_id, reflection, tidied, shared):
            _refuse_marked(session, person_id, activity_id)
            done = submissions.append(
                session, course, person, reflection, tidied,
                key=key, way=way, shared=shared, passed=True, at=clock.now(),
            )  # fmt: skip
        _empty_draft(session, person_id, activity_id, tidied, revision)
        return state_of(session, course, person, reflection, done)


def withdraw(register: Register, course: Course, person_id: str, activity_id: str) -> State:
    """Take back all that was sent of it; its text leaves the submissions and is a draft again.

    A draft that was begun since stays as it is. Modules that it completed stay complete: completions are only
    ever appended. Raises NothingSent, AlreadyMarked.
    """
    reflection = submissions.reflection_of(course, activity_id)
    with register.write() as session:
        person = submissions.person_of(session, person_id)
        found = submissions.newest(session, person_id, activity_id)
        if found is None:
            raise NothingSent(_("There is nothing to withdraw."))
        _refuse_marked(session, person_id, activity_id)
        row, at = found[0], clock.now()
        draft = drafts.held(session, person_id, activity_id)
        if draft is None or draft.saved_at is None:
            drafts.put(session, person, activity_id, row.module, row.version, list(row.answers), at)
        submissions.empty(session, person_id, activity_id, at)
        return state_of(session, course, person, reflection)


def discard_draft(register: Register, course: Course, person_id: str, activity_id: str) -> State:
    """Empty the draft; what was sent stays."""
    reflection = submissions.reflection_of(course, activity_id)
    with register.write() as session:
        person = submissions.person_of(session, person_id)
        drafts.clear(session, person_id, activity_id)
        return state_of(session, course, person, reflection)


def _refuse_marked(session: Session, person_id: str, activity_id: str) -> None:
    found = submissions.newest(session, person_id, activity_id)
    if found and is_marked(found[1]):
        raise AlreadyMarked(_("Your trainer has read this reflection already, so it cannot be changed."))


def _again(
    session: Session,
    course: Course,
    person: PersonRow,
    reflection: Reflection,
    before: SubmissionRow,
    answers: list[str],
) -> State:
    """The state after a request that comes for the second time; what was withdrawn cannot be compared."""
    if before.withdrawn_at is None and list(before.answers) != answers:
        raise KeyReused(_("The key was used for another text already."))
    completed = submissions.completed_at(session, person.id, before.submitted_at)
    return state_of(session, course, person, reflection, completed)


def _sent_already(
    session: Session, person_id: str, reflection: Reflection, answers: list[str], shared: bool
) -> bool:
    found = submissions.newest(session, person_id, reflection.id)
    if found is None:
        return False
    row = found[0]
    return submissions.same(row, reflection, answers) and row.shared == shared and row.passed


def _empty_draft(
    session: Session, person_id: str, activity_id: str, sent: list[str], revision: int | None
) -> None:
    row = drafts.held(session, person_id, activity_id)
    if row is None or (revision not in (None, row.revision) and list(row.answers) != sent):
        return
    drafts.clear(session, person_id, activity_id)
