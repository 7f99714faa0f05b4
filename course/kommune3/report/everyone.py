"""All who match a query, as an export needs them: what many people have in common is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import progress
from kommune3.register.people import TABLE
from kommune3.register.progress import ModuleDay

from . import groups as grouped
from .groups import Paths
from .listing import matching
from .query import PersonStatus, Query

CHUNK = 2000
"""People read at once."""

Alike = tuple[str, str, str, str, int, int]
"""Unit, role, manager, status, modules completed, modules on the path: many people have these in common."""
Days = tuple[date | None, date | None, date | None]
"""The newest completion, the deadline, the day they left."""


class Standing(NamedTuple):
    """What an export tells of a person but for their own id, name and e-mail."""

    alike: Alike
    days: Days
    modules: Sequence[ModuleDay]


class Chunk(NamedTuple):
    """Some thousand people in the order of the list: their own texts, and how each of them stands."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    standings: Iterator[Standing]
    """One at a time: what is made for one person and let go costs less than what piles up."""


_ASKED = ("id", "name", "email", "unit", "role", "manager", "deadline", "left_on", "work_field", "standing")


def everyone(session: Session, course: Course, query: Query) -> Iterator[Chunk]:
    """All who match, whatever the page, in the order of the list."""
    paths, today = Paths(course), clock.today()
    found = select(*(TABLE.c[name] for name in _ASKED)).where(*_match(session, paths, query, today))
    # on the connection itself: columns are asked for, no entities, and a session looks at each row for those
    rows = session.connection().execute(
        found.order_by(TABLE.c.sort, TABLE.c.id), execution_options={"yield_per": CHUNK}
    )
    kept = _kept(paths)
    for chunk in rows.partitions():
        ids, names, emails, *rest = zip(*chunk, strict=True)
        completed = progress.days(session, ids)
        yield Chunk(ids, names, emails, _standings(zip(ids, *rest, strict=True), completed, kept, today))


Kept = Callable[[str, str, str, bool], tuple[PersonStatus, int, int, Sequence[ModuleDay]]]


def _standings(
    rows: Iterable[Any], completed: Mapping[str, dict[str, ModuleDay]], kept: Kept, today: date
) -> Iterator[Standing]:
    for own, unit, role, manager, deadline, left, work_field, text in rows:
        late = left is None and deadline is not None and deadline < today
        status, done, required, modules = kept(role, work_field, text, late)
        last = None
        if own in completed:
            known = completed[own]
            modules = [known.get(module.module, module) for module in modules]
            last = max([module.day for module in modules if module.day], default=None)
        alike = (unit, role, manager, "left" if left else status, done, required)
        yield Standing(alike, (last, deadline, left), modules)


def roles_of(session: Session, course: Course, query: Query) -> dict[tuple[str, str], int]:
    """How many people of each role and field match the query."""
    match = _match(session, Paths(course), query, clock.today())
    alike = (TABLE.c.role, TABLE.c.work_field)
    rows = session.execute(select(*alike, func.count()).where(*match).group_by(*alike))
    return {(role, work_field): people for role, work_field, people in rows}


def _match(session: Session, paths: Paths, query: Query, today: date) -> list[ColumnElement[bool]]:
    # only a status asks which groups there are
    groups = grouped.read(session, paths.roles, today) if query.status else []
    return matching(query, paths, grouped.chosen(groups, query), today)


def _kept(paths: Paths) -> Kept:
    """For role, field, standing and lateness: status, modules completed, required, and all without days."""

    @lru_cache(maxsize=20_000)
    def kept(role: str, work_field: str, text: str, late: bool) -> Any:
        status, done, required, modules = paths.stand(role, work_field, text, late)
        return status, done, required, [ModuleDay(one.module, one.status) for one in modules]

    return kept
