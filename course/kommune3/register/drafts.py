"""What somebody is writing, in the caller's transaction: a reflection or a plan.

A draft's revision only grows, also past sending.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.answers import MOST_CHARACTERS, tidy
from kommune3.engine.cpr import cpr_places
from kommune3.engine.form import Finding
from kommune3.engine.judge import version as version_of
from kommune3.engine.models import Activity
from kommune3.i18n import gettext as _

from . import completing
from .errors import HoldsCpr, ReflectionRefused, TooLong, VersionChanged
from .reflection_tables import DraftRow
from .tables import PersonRow


class Stored(BaseModel):
    """A text as its author sees it; ``model_dump(mode="json")`` is the API's answer. Times are UTC."""

    model_config = ConfigDict(frozen=True)

    activity: str
    version: str
    """Of the activity now."""
    answers: tuple[str, ...]
    """One for each of its fields."""
    written: str
    """The version of the activity that ``answers`` were written in."""
    revision: int
    """What the next ``save_draft`` has to name. It only grows."""
    saved_at: datetime | None = None
    """When the draft was saved; None where there is none."""
    warnings: tuple[Finding, ...] = ()
    """About the draft: what its author may look at. Nothing of it stops the text."""
    completed: tuple[str, ...] = ()
    """Modules that are newly complete by the call that gave this state."""


class DraftChanged(ReflectionRefused):
    """Somebody saved or sent since; ``state`` is how it stands now. Nothing was stored."""

    def __init__(self, state: Stored) -> None:
        super().__init__(_("This was changed in another window or on another device. Choose which to keep."))
        self.state = state


def current(activity: Activity, version: str | None) -> None:
    """Raises VersionChanged where the text was written in another version of the activity."""
    if version not in (None, version_of(activity)):
        raise VersionChanged(_("The exercise has changed since the page was opened. Load the page again."))


def tidied(answers: Sequence[str]) -> list[str]:
    """The answers as they are kept. Raises TooLong and HoldsCpr, in that order."""
    if sum(map(len, answers)) > MOST_CHARACTERS:
        told = _("Your text is longer than {most} characters. Shorten it, and nothing is lost.")
        raise TooLong(told.format(most=MOST_CHARACTERS))
    kept = [tidy(answer) for answer in answers]
    if cpr_places(answers) or cpr_places(kept):
        raise HoldsCpr(_("This looks like a CPR number. Delete it: such numbers are never stored here."))
    return kept


def save(
    session: Session, course: Course, person: PersonRow, activity: Activity, answers: list[str], revision: int
) -> bool:
    """Store tidied answers that go on from ``revision``; whether they are stored when this returns.

    The same again changes nothing, whatever the revision, so that a request may be sent twice.
    """
    row = held(session, person.id, activity.id)
    stored = (row.answers, row.version) if row is not None and row.saved_at is not None else None
    if stored == (answers, version_of(activity)):
        return True
    if revision != (row.revision if row else 0):
        return False
    module = module_of(course, activity.id)
    put(session, person, activity.id, module, version_of(activity), answers, clock.now())
    return True


def module_of(course: Course, activity_id: str) -> str:
    """The module that the activity belongs to, "" where no notebook calls it."""
    try:
        return course.module_of(activity_id).id
    except KeyError:
        return ""


def held(session: Session, person_id: str, activity_id: str) -> DraftRow | None:
    """The row, which may be empty."""
    return session.get(DraftRow, (person_id, activity_id), populate_existing=True)


def put(
    session: Session,
    person: PersonRow,
    activity_id: str,
    module: str,
    version: str,
    answers: list[str],
    at: datetime,
) -> None:
    """Store the answers as the person's draft, and the module as started."""
    row = held(session, person.id, activity_id)
    if row is None:
        row = DraftRow(person_id=person.id, activity=activity_id, revision=0)
        session.add(row)
    row.module, row.version, row.answers, row.saved_at = module, version, answers, at
    row.revision += 1
    session.flush()
    completing.advance(session, person.id, person.standing, module, ())
    session.expire(person, ["standing"])


def clear(session: Session, person_id: str, activity_id: str) -> None:
    """Empty the draft, where there is one."""
    row = held(session, person_id, activity_id)
    if row is not None and row.saved_at is not None:
        row.answers, row.saved_at = [], None
        row.revision += 1
        session.flush()
