"""The cells of an export, in the course's language: what a spreadsheet and a CSV file both hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.register.progress import ModuleProgress, Status

from .query import STATUSES, PersonLine, PersonStatus

Cell = str | int | date | None

_day = lru_cache(maxsize=64)(clock.today)
"""The day of a moment; a person's newest completion is asked for again with its module."""


def status_word(status: str) -> str:
    """The status as people say it."""
    words = {
        "not_started": _("not started"),
        "started": _("started"),
        "completed": _("completed"),
        "overdue": _("overdue"),
        "left": _("has left"),
    }
    return words.get(status, status)


def evidence_word(evidence: str) -> str:
    """The kind of evidence as people say it; unknown kinds as they are."""
    words = {"server_checked": _("checked by the course"), "approved": _("approved by the trainer")}
    return words.get(evidence, evidence)


class Labels:
    """The words of an export, looked up once; ids where the course knows a role or module no longer.

    Many people are alike in all but their names, and many modules completed on the same day: what such lines
    share is put together once.
    """

    def __init__(self, course: Course) -> None:
        self.statuses = {status: status_word(status) for status in STATUSES}
        self.roles = {role.id: role.title for role in course.roles}
        self.modules = {module.id: module.title for module in course.modules}
        self.standing = lru_cache(maxsize=20_000)(self._standing)
        self.module_cells = lru_cache(maxsize=20_000)(self._module_cells)

    def role(self, role_id: str) -> str:
        """The role's title."""
        return self.roles.get(role_id, role_id)

    def module(self, module_id: str) -> str:
        """The module's title."""
        return self.modules.get(module_id, module_id)

    def _standing(
        self, unit: str, role: str, manager: str, status: PersonStatus, done: int, required: int
    ) -> tuple[Cell, ...]:
        return unit, self.role(role), manager, self.statuses[status], done, required

    def _module_cells(
        self, module: str, status: Status, day: date | None, version: str, evidence: str, overdue: bool
    ) -> tuple[Cell, ...]:
        word = self.statuses["overdue" if overdue and status != "completed" else status]
        return self.module(module), word, day, version, evidence_word(evidence) if evidence else None


def person_headings() -> list[str]:
    """The headings of ``person_row``."""
    return [
        _("Id"),
        _("Name"),
        _("E-mail"),
        _("Unit"),
        _("Role"),
        _("Manager"),
        _("Status"),
        _("Modules completed"),
        _("Modules on the path"),
        _("Newest completion"),
        _("Deadline"),
        _("Left"),
    ]


def person_row(line: PersonLine, labels: Labels) -> list[Cell]:
    """One line per person: progress over the role's path."""
    person = line.person
    names: tuple[Cell, ...] = (person.id, person.name, person.email)
    return [*names, *person_standing(line, labels), *person_days(line)]


def person_standing(line: PersonLine, labels: Labels) -> tuple[Cell, ...]:
    """The middle of ``person_row``, which many people have in common."""
    return labels.standing(*standing_of(line))


def standing_of(line: PersonLine) -> tuple[str, str, str, PersonStatus, int, int]:
    """What ``Labels.standing`` takes."""
    person = line.person
    return person.unit, person.role, person.manager, line.status, line.done, line.required


def person_days(line: PersonLine) -> tuple[date | None, date | None, date | None]:
    """The end of ``person_row``: newest completion, deadline, left."""
    return _day(line.last) if line.last else None, line.person.deadline, line.person.left


def module_headings() -> list[str]:
    """The headings of ``module_rows``."""
    return [
        _("Id"),
        _("Name"),
        _("Unit"),
        _("Role"),
        _("Module"),
        _("Status"),
        _("Completed on"),
        _("Course version"),
        _("Evidence"),
    ]


def module_rows(line: PersonLine, labels: Labels) -> Iterator[list[Cell]]:
    """One line per person and module on the path."""
    start = module_start(line, labels)
    for module in line.modules:
        yield [*start, *module_cells(module, line.status, labels)]


def module_start(line: PersonLine, labels: Labels) -> list[Cell]:
    """What the person's lines in ``module_rows`` have in common."""
    person = line.person
    return [person.id, person.name, person.unit, labels.role(person.role)]


def module_cells(module: ModuleProgress, person_status: str, labels: Labels) -> tuple[Cell, ...]:
    """The rest of a line in ``module_rows``."""
    return labels.module_cells(*module_of(module, person_status))


def module_of(module: ModuleProgress, person_status: str) -> tuple[str, Status, date | None, str, str, bool]:
    """What ``Labels.module_cells`` takes."""
    name, status, at, version, evidence, _passed = module
    return name, status, _day(at) if at else None, version, evidence, person_status == "overdue"
