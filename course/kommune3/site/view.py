"""What a page shows of a person's way through the course: who looks, steps, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ..content import Course, Module
from ..content.manifest import WorkField
from ..i18n import N_
from ..i18n import gettext as _

if TYPE_CHECKING:
    from ..register.progress import ModuleProgress

STATUS = {
    "not_started": N_("Not started"),
    "started": N_("In progress"),
    "completed": N_("Completed"),
    "overdue": N_("Overdue"),
    "left": N_("Has left"),
}
FIELDS = {
    "name": N_("Name"),
    "email": N_("E-mail"),
    "unit": N_("Unit"),
    "role": N_("Role"),
    "work_field": N_("Field of work"),
    "manager": N_("Manager"),
    "start": N_("First day"),
    "deadline": N_("Deadline"),
    "left": N_("Left"),
}
EVIDENCE = {"server_checked": N_("Checked by the course"), "approved": N_("Approved by the trainer")}


@dataclass(frozen=True)
class Opening:
    """How far a JupyterLab is that somebody wants to open; ``done`` of ``total`` packages are installed."""

    state: Literal["ready", "starting", "installing", "failed"]
    reason: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Me:
    """Who looks at a page: what they may do here (``roles``), and the course role they chose."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    role: str | None = None
    progress: Mapping[str, ModuleProgress] = field(default_factory=dict)
    work_field: str = ""

    @property
    def sees_hr(self) -> bool:
        """Whether HR's list is theirs to open."""
        return "hr" in self.roles

    @property
    def trains(self) -> bool:
        """Whether the trainer's pages are theirs to open."""
        return "trainer" in self.roles


@dataclass(frozen=True)
class Step:
    """A module on somebody's path."""

    number: int
    module: Module
    status: str
    passed: tuple[str, ...] = ()
    version: str = ""
    """The course version that it was completed in, where that is another than today's."""

    @property
    def done(self) -> bool:
        """Whether the module is completed."""
        return self.status == "completed"

    @property
    def label(self) -> str:
        """The status in words, with the version of the course where that has changed since."""
        words = status_label(self.status)
        if not self.version:
            return words
        return _("{status} in version {version}").format(status=words, version=self.version)


@dataclass(frozen=True)
class Path:
    """A role's modules as one person meets them."""

    role_id: str
    title: str
    steps: tuple[Step, ...]
    beside: tuple[Step, ...] = ()
    """Modules that are offered beside the path and never required."""

    @property
    def done(self) -> int:
        """How many modules are completed."""
        return sum(step.done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first module that is not completed, one that was begun before one that was not."""
        waiting = [step for step in self.steps if not step.done]
        begun = [step for step in waiting if step.status == "started"]
        return next(iter(begun or waiting), None)

    def find(self, module_id: str) -> Step | None:
        """The module's step; None where it is beside the path."""
        return next((step for step in self.steps if step.module.id == module_id), None)

    @property
    def minutes_left(self) -> int:
        """Minutes that the modules not completed take together."""
        return sum(step.module.minutes for step in self.steps if not step.done)

    def after(self, module_id: str) -> Step | None:
        """What to go on with after a module: the next one not completed, at first further down the path."""
        at = next((n for n, step in enumerate(self.steps) if step.module.id == module_id), -1)
        rest = (*self.steps[at + 1 :], *self.steps[: max(at, 0)])
        return next((step for step in rest if not step.done), None)


def path(course: Course, role_id: str, me: Me) -> Path:
    """The role's path, as one's field opens it, with one's standing. KeyError for an unknown role."""
    made = path_of_modules(course.modules_of(role_id, me.work_field), me.progress, course.version)
    beside = path_of_modules(course.modules_beside(role_id, me.work_field), me.progress, course.version)
    return Path(role_id, course.role(role_id).title, made.steps, beside.steps)


def chosen_field(course: Course, role_id: str, me: Me) -> WorkField | None:
    """The field that who looks has chosen within the role, if any."""
    return next((one for one in course.role(role_id).fields if one.id == me.work_field), None)


def path_of_modules(modules: Iterable[Module], progress: Mapping[str, ModuleProgress], version: str) -> Path:
    """The modules as a path of no role; ``version`` is the course's today."""
    steps = []
    for number, module in enumerate(modules, start=1):
        known = progress.get(module.id)
        status, passed = (known.status, known.passed) if known else ("not_started", ())
        then = known.version if known and known.version != version else ""
        steps.append(Step(number, module, status, passed, then))
    return Path("", "", tuple(steps))


def role_for(course: Course, me: Me, module_id: str, asked: str | None) -> str | None:
    """The role whose path a module page stands in: the one asked for, else my own, else any that has it."""
    able = [r.id for r in course.roles if module_id in {m.id for m in course.modules_offered(r.id)}]
    return next((name for name in (asked, me.role, *able) if name in able), None)


def status_label(status: str) -> str:
    """A status in words; as it is where it is unknown."""
    return _(STATUS[status]) if status in STATUS else status


def evidence_label(evidence: str) -> str:
    """The kind of evidence in words; as it is where it is unknown."""
    return _(EVIDENCE[evidence]) if evidence in EVIDENCE else evidence


def field_label(name: str) -> str:
    """A person's field in words; as it is where it is unknown."""
    return _(FIELDS[name]) if name in FIELDS else name
