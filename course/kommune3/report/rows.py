"""The cells of an export, in the course's language: what a spreadsheet and a CSV file both hold."""

from __future__ import annotations

from datetime import date

from kommune3.content import Course
from kommune3.i18n import gettext as _
from kommune3.register.progress import ModuleDay

from .everyone import Alike
from .query import STATUSES

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
        self.statuses: dict[str, str] = {status: status_word(status) for status in STATUSES}
        self.roles = {role.id: role.title for role in course.roles}
        self.modules = {module.id: module.title for module in course.modules}

    def role(self, role_id: str) -> str:
        """The role's title."""
        return self.roles.get(role_id, role_id)

    def person_cells(self, alike: Alike) -> tuple[Cell, ...]:
        """The middle of a person's row, from the unit on."""
        unit, role, manager, status, done, required = alike
        return unit, self.role(role), manager, self.statuses[status], done, required

    def module_cells(self, state: ModuleDay) -> tuple[Cell, ...]:
        """The end of a row of person and module, from the module on."""
        module, status, day, version, evidence = state
        word = evidence_word(evidence) if evidence else None
        return self.modules.get(module, module), self.statuses[status], day, version, word


def person_headings() -> list[str]:
    """The headings of a person's row: id, name, e-mail, ``person_cells`` and an export's ``Days``."""
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


def module_headings() -> list[str]:
    """The headings of a row of person and module: id, name, unit, role, ``module_cells``."""
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
