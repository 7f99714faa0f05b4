"""Cohorts row by row, in the caller's transaction."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from kommune3.engine import clock
from kommune3.i18n import gettext as _

from .errors import CohortError, UnknownCohort, UnknownPerson
from .people import COLUMNS, Person
from .reflection_tables import CohortRow, MemberRow, TrainerRow
from .tables import PersonRow

AT_ONCE = 10_000
"""Ids asked for in one statement."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


@dataclass(frozen=True)
class Cohort:
    """People trained together. ``deadline`` is the last day that is not late; ids are in order of names."""

    id: str
    title: str
    made_from: str
    deadline: date | None
    trainers: tuple[str, ...]
    members: tuple[str, ...]
    made_at: datetime
    sample: bool = False


def cohort_row(session: Session, cohort_id: str) -> CohortRow:
    """The cohort's row. Raises UnknownCohort."""
    found = session.get(CohortRow, cohort_id)
    if found is None:
        raise UnknownCohort(_("There is no such cohort."))
    return found


def put(
    session: Session,
    title: str,
    members: Sequence[str],
    trainers: Iterable[str],
    *,
    made_from: str,
    deadline: date | None = None,
    sample: bool = False,
) -> Cohort:
    """Store a new cohort. Raises as ``join`` and ``train``."""
    row = CohortRow(
        id=_new_id(title),
        title=title,
        made_from=made_from[:300],
        deadline=deadline,
        sample=sample,
        made_at=clock.now(),
    )
    session.add(row)
    session.flush()
    join(session, row.id, members)
    train(session, row.id, trainers)
    return cohort_of(session, row)


def join(session: Session, cohort_id: str, people: Sequence[str]) -> None:
    """Put people into the cohort. Raises CohortError where one is in a cohort already, UnknownPerson."""
    _known(session, people)
    taken = trained(session)
    if inside := sorted(taken.intersection(people)):
        told = _("Somebody is in another cohort already: {people}.")
        raise CohortError(told.format(people=", ".join(inside[:10])))
    for start in range(0, len(people), AT_ONCE):  # out of a cohort whose trainers are gone
        some = MemberRow.person_id.in_(people[start : start + AT_ONCE])
        session.execute(delete(MemberRow).where(some))
    session.add_all(MemberRow(person_id=person, cohort_id=cohort_id) for person in people)
    session.flush()


def trained(session: Session) -> set[str]:
    """Those in a cohort with a trainer: where all are erased or have left, another may take its people."""
    here = select(TrainerRow.cohort_id).join(PersonRow, PersonRow.id == TrainerRow.person_id)
    found = select(MemberRow.person_id).where(MemberRow.cohort_id.in_(here.where(PersonRow.left.is_(None))))
    return set(session.scalars(found))


def train(session: Session, cohort_id: str, trainers: Iterable[str]) -> int:
    """Make people the cohort's trainers; returns how many. Raises UnknownPerson."""
    names = list(dict.fromkeys(trainers))
    _known(session, names)
    session.add_all(TrainerRow(person_id=name, cohort_id=cohort_id) for name in names)
    session.flush()
    return len(names)


def by_ids(session: Session, ids: Sequence[str]) -> list[Person]:
    """Those with the ids, by name."""
    found = []
    for start in range(0, len(ids), AT_ONCE):
        some = PersonRow.id.in_(ids[start : start + AT_ONCE])
        rows = session.execute(select(*COLUMNS, PersonRow.sort).where(some)).all()
        found += [(row[-1], Person(*row[:-1])) for row in rows]
    return [person for _sort, person in sorted(found, key=lambda one: (one[0], one[1].id))]


def all_of(session: Session, wanted: Select[CohortRow]) -> list[Cohort]:
    """The selected cohorts, newest first."""
    rows = session.scalars(wanted.order_by(CohortRow.made_at.desc(), CohortRow.id))
    return [cohort_of(session, row) for row in rows]


def cohort_of(session: Session, row: CohortRow) -> Cohort:
    """The cohort with its members and trainers."""

    def ids(table: type[MemberRow | TrainerRow]) -> tuple[str, ...]:
        own = select(PersonRow.id).join(table, table.person_id == PersonRow.id)
        ordered = own.where(table.cohort_id == row.id).order_by(PersonRow.sort, PersonRow.id)
        return tuple(session.scalars(ordered))

    return Cohort(
        id=row.id,
        title=row.title,
        made_from=row.made_from,
        deadline=row.deadline,
        trainers=ids(TrainerRow),
        members=ids(MemberRow),
        made_at=row.made_at,
        sample=row.sample,
    )


def _known(session: Session, people: Sequence[str]) -> None:
    if not {person.id for person in by_ids(session, people)}.issuperset(people):
        raise UnknownPerson(_("The register holds nobody with that id."))


def _new_id(title: str) -> str:
    """An id that may name a folder: what is plain of the title, and eight random figures."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return f"{words or 'cohort'}-{secrets.token_hex(4)}"
