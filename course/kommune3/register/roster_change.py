"""What a roster would change, shown first and then done in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from . import audit, people
from .csv_file import RosterProblem
from .errors import RosterStale
from .people import Person
from .roster_columns import label
from .store import Register
from .tables import PersonRow

if TYPE_CHECKING:
    from .roster import Roster

COMPARED = tuple(field.name for field in fields(Person) if field.name not in ("id", "left", "sample"))
MANY = 20
"""Per cent of the staff that may leave at once before the preview warns."""
OWN = "work_field"
"""What people choose themselves, at any time."""

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
    absent = set(COMPARED) - roster.columns
    listed = {person.id: _with_known(person, staff.get(person.id), absent) for person in roster.people}
    known = [(staff[name], person) for name, person in listed.items() if name in staff]
    changes = [Change(new, _differences(old, new)) for old, new in known]
    leaving = tuple(p for p in staff.values() if p.id not in listed and p.left is None)
    back = tuple(new for old, new in known if old.left is not None)
    returned = {person.id for person in back}
    changed = tuple(c for c in changes if c.fields and c.person.id not in returned)
    new = tuple(person for person in listed.values() if person.id not in staff)
    return Preview(
        new=new,
        changed=changed,
        returning=back,
        leaving=leaving,
        unchanged=len(known) - len(changed) - len(back),
        warnings=(
            *_mass_leave(leaving, staff),
            *_new_number(new, leaving),
            *_left_alone(known, absent),
            *roster.warnings,
        ),
        token=_token(staff.values()),
    )


def apply(register: Register, preview: Preview, by: str = "") -> None:
    """Do what the preview shows, all or nothing. Raises RosterStale where the staff changed since."""
    with register.write() as session:
        staff = _staff(session)
        if _token(staff.values()) != preview.token:
            raise RosterStale(_("The register changed since this preview. Upload the file again."))
        people.add(session, preview.new, "roster")
        _update(session, [_with_own(change, staff) for change in preview.changed])
        _update(session, preview.returning)
        _update(session, [replace(staff[person.id], left=clock.today()) for person in preview.leaving])
        audit.note(session, "roster_imported", by=by, detail=_counts(preview))


def _counts(preview: Preview) -> dict[str, int]:
    names = ("new", "changed", "returning", "leaving")
    return {name: len(getattr(preview, name)) for name in names} | {"unchanged": preview.unchanged}


def _staff(session: Session) -> dict[str, Person]:
    rows = session.execute(select(*people.COLUMNS).where(PersonRow.origin == "roster").order_by(PersonRow.id))
    return {row[0]: Person(*row) for row in rows}


def _with_known(new: Person, old: Person | None, absent: Collection[str]) -> Person:
    """The person with what the roster has no column for, and the field that they chose where it says none."""
    if old is None:
        return new
    names = set(absent) if new.work_field else {*absent, OWN}
    return replace(new, **{name: getattr(old, name) for name in names})


def _with_own(change: Change, staff: Mapping[str, Person]) -> Person:
    """The changed person with the field that they may have chosen since, where the roster says none."""
    if OWN in change.fields:
        return change.person
    return replace(change.person, work_field=staff[change.person.id].work_field)


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
    """Stands for all that a roster decides; what people choose meanwhile makes no preview stale."""
    digest = hashlib.sha256()
    for person in staff:
        digest.update(repr(replace(person, work_field="")).encode())
    return digest.hexdigest()


def _mass_leave(leaving: tuple[Person, ...], staff: Mapping[str, Person]) -> list[RosterProblem]:
    present = sum(person.left is None for person in staff.values())
    if 100 * len(leaving) <= MANY * present or len(leaving) < 5:
        return []
    what = _("{n} of {all} people are not in the file and would be marked as having left.")
    return [RosterProblem(None, what.format(n=len(leaving), all=present), _("Is the file complete?"))]


def _new_number(new: Iterable[Person], leaving: Iterable[Person]) -> list[RosterProblem]:
    """People who would leave under one id and begin anew under another: a spreadsheet takes zeros away."""
    numbers = {person.id.lstrip("0"): person for person in leaving}
    mails = {_mail(person): person for person in leaving if person.email}
    pairs = [
        (old, person)
        for person in new
        if (old := numbers.get(person.id.lstrip("0")) or mails.get(_mail(person)))
    ]
    if not pairs:
        return []
    old, person = pairs[0]
    what = ngettext(
        "{n} person leaves under one id and begins anew under another: “{old}” as “{new}”.",
        "{n} people leave under one id and begin anew under another, for example “{old}” as “{new}”.",
        len(pairs),
    )
    hint = _("What they completed stays with the old one.") + " "
    hint += _("If a spreadsheet took zeros away, store the column as text. Else go on with the old id here.")
    return [RosterProblem(None, what.format(n=len(pairs), old=old.id, new=person.id), hint)]


def _mail(person: Person) -> tuple[str, str]:
    return person.email.casefold(), person.name.casefold()


def _left_alone(known: Iterable[tuple[Person, Person]], absent: Collection[str]) -> Iterator[RosterProblem]:
    """What the register holds and the file has no column for."""
    for name in sorted(absent):
        kept = sum(bool(getattr(old, name)) for old, _new in known)
        if kept and name != OWN:
            what = ngettext(
                "The file has no column “{column}”: what is known of {n} person stays.",
                "The file has no column “{column}”: what is known of {n} people stays.",
                kept,
            )
            yield RosterProblem(None, what.format(column=label(name), n=kept))
