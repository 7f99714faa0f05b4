"""The cells of an export, in the course's language: what a spreadsheet and a CSV file both hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.i18n import gettext as _
from kommune3.register.progress import ModuleProgress

from .query import STATUSES, PersonLine

Cell = str | int | date | None


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
    """The words of an export, looked up once; ids where the course knows a role or module no longer."""

    def __init__(self, course: Course) -> None:
        self.statuses = {status: status_word(status) for status in STATUSES}
        self.roles = {role.id: role.title for role in course.roles}
        self.modules = {module.id: module.title for module in course.modules}

    def role(self, role_id: str) -> str:
        """The role's title."""
        return self.roles.get(role_id, role_id)

    def module(self, module_id: str) -> str:
        """The module's title."""
        return self.modules.get(module_id, module_id)


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
    return [
        person.id,
        person.name,
        person.email,
        person.unit,
        labels.role(person.role),
        person.manager,
        labels.statuses[line.status],
        line.done,
        line.required,
        clock.today(line.last) if line.last else None,
        person.deadline,
        person.left,
    ]


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
    late = person_status == "overdue" and module.status != "completed"
    return (
        labels.module(module.module),
        labels.statuses["overdue" if late else module.status],
        clock.today(module.at) if module.at else None,
        module.version,
        evidence_word(module.evidence) if module.evidence else None,
    )
