"""The list of people: filtered, a page at a time, with totals. Only roles that HR may see are ever read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from unicodedata import normalize

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import Register, progress
from kommune3.register.people import COLUMNS, TABLE, Person
from kommune3.register.progress import ModuleProgress
from kommune3.register.tables import PersonRow

from . import groups as grouped
from .groups import Group, Paths
from .query import STATUSES, Listing, PersonLine, Query


def listing(register: Register, course: Course, query: Query) -> Listing:
    """One page of the people who match; a page past the end is the last one."""
    paths, today = grouped.Paths(course), clock.today()
    with register.read() as session:
        groups = grouped.read(session, paths.roles, today)
        chosen = grouped.chosen(groups, query)
        match = matching(query, paths, chosen, today)
        total = session.scalar(select(func.count()).select_from(PersonRow).where(*match)) or 0
        pages = max(1, -(-total // query.per_page))
        page = min(max(1, query.page), pages)
        rows = session.execute(_people(match).limit(query.per_page).offset((page - 1) * query.per_page))
        found = _lines(session, rows.all(), paths, today)
    return Listing(found, total, page, pages, grouped.units(groups), grouped.totals(chosen, paths))


def line_of(register: Register, course: Course, person_id: str) -> PersonLine | None:
    """The line of one person, also of somebody who has left; None where HR may see nobody with that id."""
    paths = grouped.Paths(course)
    match = [PersonRow.id == person_id, PersonRow.role.in_(paths.roles)]
    with register.read() as session:
        found = _lines(session, session.execute(_people(match)).all(), paths, clock.today())
    return found[0] if found else None


def _people(match: Iterable[ColumnElement[bool]]) -> Select[Any]:
    return select(TABLE.c.standing, *COLUMNS).where(*match).order_by(PersonRow.sort, PersonRow.id)


def matching(query: Query, paths: Paths, groups: Iterable[Group], today: date) -> list[ColumnElement[bool]]:
    """What holds of the rows of people whom the query finds; ``groups`` are those of its unit and role."""
    left = PersonRow.left.is_not(None) if query.status == "left" else PersonRow.left.is_(None)
    match: list[ColumnElement[bool]] = [
        left,
        PersonRow.role.in_([role for role in paths.roles if query.role in ("", role)]),
    ]
    if query.unit:
        match.append(PersonRow.unit == query.unit)
    match += [PersonRow.find.contains(word, autoescape=True) for word in searched(query.search)]
    if query.status and query.status != "left":
        match.append(_has_status(query.status, paths, groups, today))
    return match


def searched(text: str) -> list[str]:
    """The words to look for, as ``people.columns`` stores them; å is one sign, also where a Mac sends two."""
    return normalize("NFC", text).casefold().split()


def _has_status(status: str, paths: Paths, groups: Iterable[Group], today: date) -> ColumnElement[bool]:
    """People with this status: the standings that have it, taken from the groups that there are."""
    if status not in STATUSES:
        return false()
    wanted: dict[tuple[str, str, bool], set[str]] = {}
    for group in groups:
        path = paths.of(group.role, group.work_field)
        for late in (True, False):
            if path.status(group.standing, late) == status:
                wanted.setdefault((group.role, group.work_field, late), set()).add(group.standing)
    past = PersonRow.deadline < today
    return or_(
        false(),
        *(
            and_(
                PersonRow.role == role,
                PersonRow.work_field == work_field,
                PersonRow.standing.in_(sorted(alike)),
                past if late else or_(PersonRow.deadline.is_(None), PersonRow.deadline >= today),
            )
            for (role, work_field, late), alike in wanted.items()
        ),
    )


def _lines(session: Session, rows: Sequence[Any], paths: Paths, today: date) -> list[PersonLine]:
    done = progress.completions(session, [row[1] for row in rows])
    return [_line(row[0], Person(*row[1:]), paths, done.get(row[1], {}), today) for row in rows]


def _line(
    standing: str, person: Person, paths: Paths, done: dict[str, ModuleProgress], today: date
) -> PersonLine:
    late = person.left is None and person.deadline is not None and person.deadline < today
    status, completed, length, undone = paths.stand(person.role, person.work_field, standing, late)
    if person.left:
        status = "left"
    if not done:
        return PersonLine(person, status, completed, length, None, undone)
    modules = [done.get(line.module) or line for line in undone]
    last = max([line.at for line in modules if line.at], default=None)
    return PersonLine(person, status, completed, length, last, modules)
