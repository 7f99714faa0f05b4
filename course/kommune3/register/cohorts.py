"""Cohorts: people who are trained together, and who trains them. Changes are written in the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kommune3.engine.cpr import holds_cpr
from kommune3.i18n import gettext as _

from . import audit
from .cohort_reading import Cell, CohortLine, Read, lines, reads, text
from .cohort_rows import AT_ONCE, Cohort, all_of, by_ids, cohort_of, cohort_row, join, put, train, trained
from .errors import CohortError, LastTrainer
from .people import COLUMNS, Person
from .reflection_tables import CohortRow, MemberRow, TrainerRow
from .store import Register
from .tables import PersonRow

__all__ = [
    "Candidates",
    "Cell",
    "Cohort",
    "CohortLine",
    "Read",
    "add",
    "add_trainer",
    "candidates",
    "drop",
    "drop_trainer",
    "get",
    "lines",
    "listed",
    "make",
    "of_person",
    "of_trainer",
    "reads",
    "remove",
    "set_deadline",
    "text",
    "trainers",
]

LONGEST_TITLE = 200
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Candidates:
    """Who a cohort could be made of: ``people``; those in another cohort already; ids that nobody has."""

    people: tuple[Person, ...]
    taken: tuple[Person, ...] = ()
    unknown: tuple[str, ...] = ()


def candidates(register: Register, *, unit: str = "", month: str = "", ids: Sequence[str] = ()) -> Candidates:
    """Those of a unit, who began in a month ("2026-11"), or with these ids; unit and month may go together.

    Who has left is found by id alone. Raises CohortError where the month is none or nothing is asked for.
    """
    wanted = list(dict.fromkeys(one for name in ids if (one := name.strip().lower())))
    if not (wanted or unit or month):
        raise CohortError(_("Choose a unit, a start month or a list of people."))
    with register.read() as session:
        found = by_ids(session, wanted) if wanted else _by_place(session, unit, month)
        taken = trained(session)
    known = {person.id for person in found}
    return Candidates(
        people=tuple(person for person in found if person.id not in taken),
        taken=tuple(person for person in found if person.id in taken),
        unknown=tuple(name for name in wanted if name not in known),
    )


def make(
    register: Register,
    title: str,
    people: Iterable[str],
    trainers: Iterable[str],
    by: str,
    *,
    made_from: str,
    deadline: date | None = None,
) -> Cohort:
    """A new cohort. Raises CohortError where somebody is in one already, or there is nobody or no title;
    UnknownPerson."""
    members = list(dict.fromkeys(people))
    title = " ".join(title.split())
    _check(title, members)
    with register.write() as session:
        cohort = put(session, title, members, trainers, made_from=made_from, deadline=deadline)
        audit.note(session, "cohort_made", by=by, detail={"cohort": cohort.id, "people": len(members)})
        return cohort


def add(register: Register, cohort_id: str, people: Iterable[str], by: str) -> Cohort:
    """The cohort with these people, too. Raises CohortError where one is in another cohort, UnknownPerson."""
    with register.write() as session:
        row = cohort_row(session, cohort_id)
        mine = set(session.scalars(select(MemberRow.person_id).where(MemberRow.cohort_id == cohort_id)))
        new = [person for person in dict.fromkeys(people) if person not in mine]
        join(session, cohort_id, new)
        if new:
            audit.note(session, "cohort_joined", by=by, detail={"cohort": cohort_id, "people": len(new)})
        return cohort_of(session, row)


def drop(register: Register, cohort_id: str, people: Iterable[str], by: str) -> Cohort:
    """The cohort without these people; what they wrote stays theirs."""
    gone = list(people)
    with register.write() as session:
        row = cohort_row(session, cohort_id)
        for start in range(0, len(gone), AT_ONCE):
            session.execute(
                delete(MemberRow).where(
                    MemberRow.cohort_id == cohort_id, MemberRow.person_id.in_(gone[start : start + AT_ONCE])
                )
            )
        audit.note(session, "cohort_left", by=by, detail={"cohort": cohort_id, "people": len(gone)})
        return cohort_of(session, row)


def set_deadline(register: Register, cohort_id: str, deadline: date | None, by: str) -> Cohort:
    """The cohort with another last day, or none; what is late follows from it."""
    with register.write() as session:
        row = cohort_row(session, cohort_id)
        row.deadline = deadline
        audit.note(session, "cohort_deadline", by=by, detail={"cohort": cohort_id})
        return cohort_of(session, row)


def add_trainer(register: Register, cohort_id: str, person_id: str, by: str) -> Cohort:
    """The cohort with one more trainer; the same again changes nothing. Raises UnknownPerson."""
    with register.write() as session:
        found = cohort_of(session, cohort_row(session, cohort_id))
        if person_id in found.trainers:
            return found
        train(session, cohort_id, [person_id])
        return _trained_anew(session, cohort_id, person_id, "cohort_trainer_added", by)


def drop_trainer(register: Register, cohort_id: str, person_id: str, by: str) -> Cohort:
    """The cohort without this trainer, who can read no more; marks and what was returned stay.

    Whoever is no trainer of it changes nothing. Raises LastTrainer where nobody on the staff would be left.
    """
    with register.write() as session:
        found = cohort_of(session, cohort_row(session, cohort_id))
        if person_id not in found.trainers:
            return found
        others = [one for one in by_ids(session, found.trainers) if one.id != person_id]
        if all(one.left for one in others):
            raise LastTrainer(_("A cohort needs a trainer. Let another in first, or remove the cohort."))
        own = (TrainerRow.cohort_id == cohort_id, TrainerRow.person_id == person_id)
        session.execute(delete(TrainerRow).where(*own))
        return _trained_anew(session, cohort_id, person_id, "cohort_trainer_removed", by)


def _trained_anew(session: Session, cohort_id: str, person_id: str, action: str, by: str) -> Cohort:
    """The cohort as it is now, written in the audit log."""
    pseudonym = session.scalar(select(PersonRow.pseudonym).where(PersonRow.id == person_id)) or ""
    audit.note(session, action, subject=pseudonym, by=by, detail={"cohort": cohort_id})
    return cohort_of(session, cohort_row(session, cohort_id))


def trainers(register: Register, cohort_id: str) -> list[Person]:
    """Who trains the cohort, by name. Raises UnknownCohort."""
    with register.read() as session:
        return by_ids(session, cohort_of(session, cohort_row(session, cohort_id)).trainers)


def remove(register: Register, cohort_id: str, by: str) -> None:
    """Dissolve the cohort. What its members wrote stays theirs, with its marks. Raises UnknownCohort."""
    with register.write() as session:
        cohort_row(session, cohort_id)
        session.execute(delete(CohortRow).where(CohortRow.id == cohort_id))
        audit.note(session, "cohort_removed", by=by, detail={"cohort": cohort_id})


def get(register: Register, cohort_id: str) -> Cohort:
    """The cohort. Raises UnknownCohort."""
    with register.read() as session:
        return cohort_of(session, cohort_row(session, cohort_id))


def of_trainer(register: Register, person_id: str) -> list[Cohort]:
    """The cohorts that somebody trains, newest first."""
    own = select(TrainerRow.cohort_id).where(TrainerRow.person_id == person_id)
    with register.read() as session:
        return all_of(session, select(CohortRow).where(CohortRow.id.in_(own)))


def listed(register: Register) -> list[Cohort]:
    """Every cohort, newest first: for the worker that grades."""
    with register.read() as session:
        return all_of(session, select(CohortRow))


def of_person(register: Register, person_id: str) -> Cohort | None:
    """The cohort that somebody is in."""
    with register.read() as session:
        row = session.scalar(
            select(CohortRow)
            .join(MemberRow, MemberRow.cohort_id == CohortRow.id)
            .where(MemberRow.person_id == person_id)
        )
        return cohort_of(session, row) if row else None


def _check(title: str, members: Sequence[str]) -> None:
    if not title or len(title) > LONGEST_TITLE:
        told = _("Give the cohort a title of at most {most} characters.")
        raise CohortError(told.format(most=LONGEST_TITLE))
    if holds_cpr(title):
        raise CohortError(_("The title looks as if it held a CPR number. Choose another."))
    if not members:
        raise CohortError(_("There is nobody to put into the cohort."))


def _by_place(session: Session, unit: str, month: str) -> list[Person]:
    wanted = select(*COLUMNS).where(PersonRow.left.is_(None)).order_by(PersonRow.sort, PersonRow.id)
    if unit:
        wanted = wanted.where(PersonRow.unit == unit)
    if month:
        first, following = _month(month)
        wanted = wanted.where(PersonRow.start >= first, PersonRow.start < following)
    return [Person(*row) for row in session.execute(wanted)]


def _month(month: str) -> tuple[date, date]:
    """The month's first day, and the next one's."""
    found = _MONTH.fullmatch(month)
    if not found or not 1 <= int(found[1]) < 9999:
        raise CohortError(_("Write the month as year and month, for example 2026-11."))
    year, number = int(found[1]), int(found[2])
    return date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)
