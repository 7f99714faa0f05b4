"""What came in and could not be read: told to the trainer, and forgotten once it is read after all."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kommune3.engine import clock
from kommune3.i18n import gettext as _

from .cohort_rows import cohort_row
from .errors import UnknownPerson
from .reflection_tables import ReceiptRow
from .store import Register
from .tables import PersonRow

LONGEST = 500
"""Characters of a reason that are kept."""


@dataclass(frozen=True)
class Receipt:
    """That something came in which could not be read. ``reason`` is for the trainer and holds none of it.

    Without an ``activity`` it goes for all reflections of the assignment. Of what came in together, receipts
    and ``Delivery`` carry the same ``at``. From nobody in particular, ``reason`` begins with the file's name
    and a colon; ``file`` is the SHA-256 of what it holds, where that was read.
    """

    person: str | None
    cohort: str | None
    assignment: str
    reason: str
    way: str
    at: datetime = field(default_factory=clock.now)
    activity: str = ""
    file: str = ""


def refuse(register: Register, receipt: Receipt) -> None:
    """Keep for the trainer that something could not be read. Raises UnknownPerson, UnknownCohort."""
    with register.write() as session:
        if receipt.person is not None and session.get(PersonRow, receipt.person) is None:
            raise UnknownPerson(_("The register holds nobody with that id."))
        if receipt.cohort is not None:
            cohort_row(session, receipt.cohort)
        said = {
            "person_id": receipt.person,
            "cohort_id": receipt.cohort,
            "assignment": receipt.assignment,
            "reason": receipt.reason[:LONGEST],
            "way": receipt.way,
            "at": receipt.at,
            "activity": receipt.activity,
        }
        if receipt.person is None:
            _put_nobodys(session, said | {"activity": receipt.file})
        elif session.scalar(select(ReceiptRow.id).filter_by(**said).limit(1)) is None:  # not told twice
            session.add(ReceiptRow(**said))


def _put_nobodys(session: Session, said: Mapping[str, object]) -> None:
    """One row for a file, however often and whenever it is collected: the first with the same reason."""
    named = _file_of(str(said["reason"]))
    rows = [row for row in session.scalars(_nobodys(said["cohort_id"])) if _file_of(row.reason) == named]
    kept = next((row for row in rows if row.reason == said["reason"]), None)
    for row in rows:
        if row is not kept:
            session.delete(row)
    if kept is None:
        session.add(ReceiptRow(**said))
    else:
        kept.activity, kept.assignment = str(said["activity"]), str(said["assignment"])


def let_go(register: Register, cohort_id: str, files: Set[str]) -> None:
    """Forget what was told of these files, as in ``Receipt.file``: it is known by now whose they are."""
    if not files:
        return
    with register.write() as session:
        for row in session.scalars(_nobodys(cohort_id)).all():
            if row.activity in files:
                session.delete(row)


def receipts_of(register: Register, cohort_id: str) -> list[Receipt]:
    """What came in to the cohort from nobody in particular and could not be read, newest first."""
    with register.read() as session:
        return [
            Receipt(None, row.cohort_id, row.assignment, row.reason, row.way, row.at, file=row.activity)
            for row in reversed(session.scalars(_nobodys(cohort_id)).all())
        ]


def _nobodys(cohort_id: object) -> Select[ReceiptRow]:
    own = (ReceiptRow.cohort_id == cohort_id, ReceiptRow.person_id.is_(None))
    return select(ReceiptRow).where(*own).order_by(ReceiptRow.id)


def _file_of(reason: str) -> str:
    return reason.partition(": ")[0]
