"""What a roster would change, shown first and then done in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kommune3.engine import clock
from kommune3.i18n import gettext as _

from . import audit, people
from .csv_file import RosterProblem
from .errors import RosterStale
from .people import Person
from .store import Register
from .tables import PersonRow

if TYPE_CHECKING:
    from .roster import Roster

COMPARED = tuple(field.name for field in fields(Person) if field.name not in ("id", "left", "sample"))
MANY = 20
"""Per cent of the staff that may leave at once before the preview warns."""

Shown = str | date | None


@dataclass(frozen=True)
class Change:
    """A person as the roster has them, and each field that differs: what it was, what it becomes."""

    person: Person
    fields: Mapping[str, tuple[Shown, Shown]]


@dataclass(frozen=True)
class Preview:
    """What applying a roster would do. ``token`` stands for the register that it was worked out from."""

    new: tuple[Person, ...]
    changed: tuple[Change, ...]
    returning: tuple[Person, ...]
    leaving: tuple[Person, ...]
    unchanged: int
    warnings: tuple[RosterProblem, ...]
    token: str


def preview(register: Register, roster: Roster) -> Preview:
    """What the roster would change; changes nothing. Local and sample people are left alone."""
    with register.read() as session:
        staff = _staff(session)
    listed = {person.id: _with_field(person, staff.get(person.id)) for person in roster.people}
    known = [(staff[name], person) for name, person in listed.items() if name in staff]
    changes = [Change(new, _differences(old, new)) for old, new in known]
    leaving = tuple(p for p in staff.values() if p.id not in listed and p.left is None)
    back = tuple(new for old, new in known if old.left is not None)
    returned = {person.id for person in back}
    changed = tuple(c for c in changes if c.fields and c.person.id not in returned)
    return Preview(
        new=tuple(person for person in listed.values() if person.id not in staff),
        changed=changed,
        returning=back,
        leaving=leaving,
        unchanged=len(known) - len(changed) - len(back),
        warnings=(*_mass_leave(leaving, staff), *roster.warnings),
        token=_token(staff.values()),
    )


def apply(register: Register, preview: Preview, by: str = "") -> None:
    """Do what the preview shows, all or nothing. Raises RosterStale where the staff changed since."""
    with register.write() as session:
        if _token(_staff(session).values()) != preview.token:
            raise RosterStale(_("The register changed since this preview. Upload the file again."))
        people.add(session, preview.new, "roster")
        _update(session, [change.person for change in preview.changed])
        _update(session, preview.returning)
        _update(session, [replace(person, left=clock.today()) for person in preview.leaving])
        audit.note(session, "roster_imported", by=by, detail=_counts(preview))


def _counts(preview: Preview) -> dict[str, int]:
    names = ("new", "changed", "returning", "leaving")
    return {name: len(getattr(preview, name)) for name in names} | {"unchanged": preview.unchanged}


def _staff(session: Session) -> dict[str, Person]:
    rows = session.execute(select(*people.COLUMNS).where(PersonRow.origin == "roster").order_by(PersonRow.id))
    return {row[0]: Person(*row) for row in rows}


def _with_field(new: Person, old: Person | None) -> Person:
    """The person with the field that they chose themselves, where the roster says none."""
    return new if new.work_field or old is None else replace(new, work_field=old.work_field)


def _differences(old: Person, new: Person) -> dict[str, tuple[Shown, Shown]]:
    if old == new:
        return {}
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in COMPARED)
    return {name: (before, after) for name, before, after in pairs if before != after}


def _update(session: Session, changed: Iterable[Person]) -> None:
    rows = [people.columns(person) | {"id": person.id} for person in changed]
    if rows:
        session.execute(update(PersonRow), rows)


def _token(staff: Iterable[Person]) -> str:
    digest = hashlib.sha256()
    for person in staff:
        digest.update(repr(person).encode())
    return digest.hexdigest()


def _mass_leave(leaving: tuple[Person, ...], staff: Mapping[str, Person]) -> list[RosterProblem]:
    present = sum(person.left is None for person in staff.values())
    if 100 * len(leaving) <= MANY * present or len(leaving) < 5:
        return []
    what = _("{n} of {all} people are not in the file and would be marked as having left.")
    return [RosterProblem(None, what.format(n=len(leaving), all=present), _("Is the file complete?"))]
