"""People counted by role, unit and standing: a few thousand groups instead of every person.

One pass over an index that holds all of it, so that the totals of a large municipality take a moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.register import standing as standings
from kommune3.register.people import sort_key
from kommune3.register.progress import ModuleProgress, Status, undone
from kommune3.register.tables import PersonRow

from .query import Counts, ModuleTotals, PersonStatus, Query, Totals


class Group(NamedTuple):
    """People of one role, field and unit who stand alike, and how many of them are past their deadline."""

    role: str
    work_field: str
    unit: str
    standing: str
    people: int
    late: int


def module_status(person: PersonStatus, module: Status) -> Status:
    """The module's status as everything for HR has it: what somebody overdue has not completed is overdue."""
    return "overdue" if person == "overdue" and module != "completed" else module


class Path:
    """The modules of a role's field, and where a standing is on it."""

    def __init__(self, course: Course, role: str, work_field: str) -> None:
        modules = course.modules_of(role, work_field)
        self.modules = tuple(module.id for module in modules)
        self.required = frozenset(module.id for module in modules if module.required)
        self.length = len(self.required)
        self.place = lru_cache(maxsize=10_000)(self._place)

    def _place(self, standing: str) -> tuple[int, PersonStatus]:
        """How many required modules are completed, and the status before any deadline is looked at."""
        states = standings.parse(standing)
        done = sum(states.get(module) == standings.COMPLETED for module in self.required)
        if self.required and done == len(self.required):
            return done, "completed"
        return done, "started" if any(module in states for module in self.modules) else "not_started"

    def status(self, standing: str, late: bool) -> PersonStatus:
        """The status of somebody who stands so and whose deadline has passed or not."""
        status = self.place(standing)[1]
        return "overdue" if late and status != "completed" else status


class Paths:
    """The paths of the roles that HR may see."""

    def __init__(self, course: Course) -> None:
        known = {role.id for role in course.roles}
        self.roles = tuple(role for role in course.info.hr_sees_roles if role in known)
        self.modules = tuple(dict.fromkeys(m.id for role in self.roles for m in course.modules_offered(role)))
        self.of = lru_cache(maxsize=1000)(lambda role, work_field: Path(course, role, work_field))
        self.stand = lru_cache(maxsize=10_000)(self._stand)

    def _stand(
        self, role: str, work_field: str, standing: str, late: bool
    ) -> tuple[PersonStatus, int, int, tuple[ModuleProgress, ...]]:
        """The status, modules completed, required, and all of them as they are without completions."""
        path = self.of(role, work_field)
        status = path.status(standing, late)
        modules = tuple(
            one._replace(status=module_status(status, one.status)) for one in undone(path.modules, standing)
        )
        return status, path.place(standing)[0], path.length, modules


def read(session: Session, roles: Iterable[str], today: date) -> list[Group]:
    """Those who have not left, grouped."""
    late = func.sum(case((PersonRow.deadline < today, 1), else_=0))
    alike = (PersonRow.role, PersonRow.work_field, PersonRow.unit, PersonRow.standing)
    rows = session.execute(
        select(*alike, func.count(), late)
        .where(PersonRow.left.is_(None), PersonRow.role.in_(list(roles)))
        .group_by(*alike)
    )
    return [Group(*row) for row in rows]


def units(groups: Iterable[Group]) -> list[str]:
    """The units' names, sorted as Danish sorts them."""
    return sorted({group.unit for group in groups if group.unit}, key=sort_key)


def chosen(groups: Iterable[Group], query: Query) -> list[Group]:
    """The groups of the query's unit and role."""
    return [group for group in groups if query.unit in ("", group.unit) and query.role in ("", group.role)]


def totals(groups: Iterable[Group], paths: Paths) -> Totals:
    """The counts over these groups; modules that are on nobody's path are left out."""
    by_id = {module: ModuleTotals(module) for module in paths.modules}
    totals = Totals()
    for group in groups:
        path = paths.of(group.role, group.work_field)
        for late, people in ((True, group.late), (False, group.people - group.late)):
            if people:
                status = path.status(group.standing, late)
                _count(totals, group, status, people)
                _count_modules(by_id, path, group, status, people)
    totals.modules = [module for module in by_id.values() if module.counts.total]
    return totals


def _count(totals: Totals | ModuleTotals, group: Group, status: str, people: int) -> None:
    overall = totals.people if isinstance(totals, Totals) else totals.counts
    overall.add(status, people)
    totals.roles.setdefault(group.role, Counts()).add(status, people)
    totals.units.setdefault(group.unit, Counts()).add(status, people)


def _count_modules(
    modules: dict[str, ModuleTotals], path: Path, group: Group, status: PersonStatus, people: int
) -> None:
    for one in undone(path.modules, group.standing):
        _count(modules[one.module], group, module_status(status, one.status), people)
