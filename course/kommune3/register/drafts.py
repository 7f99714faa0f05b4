"""What somebody is writing, in the caller's transaction. A draft's revision only grows, also past sending."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from . import completing
from .reflection_tables import DraftRow
from .tables import PersonRow


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
