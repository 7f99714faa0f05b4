"""What the trainer's pages show besides the lines themselves: states in words, counts, what to filter by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..content import Course
from ..engine.models import Reflection
from ..i18n import N_
from ..i18n import gettext as _

if TYPE_CHECKING:
    from ..register.cohorts import Cell, CohortLine
    from ..register.people import Person

STANDINGS = {
    "not_sent": N_("Not sent"),
    "not_shared": N_("Not sent, or not shared"),
    "waiting": N_("Waits for your marks"),
    "marked": N_("Marked, not returned"),
    "returned": N_("Returned"),
    "not_passed": N_("Sent, but not in form"),
    "could_not_check": N_("Could not be checked"),
}
"""How a reflection stands with its trainer, in words."""
SIGNS = {
    "not_sent": "not_started",
    "not_shared": "not_started",
    "returned": "completed",
    "not_passed": "overdue",
    "could_not_check": "overdue",
}
"""Which sign goes with a standing; for the rest the one of something under way."""
SHOWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": (N_("Everybody"), tuple(STANDINGS)),
    "waiting": (N_("Waiting for marks"), ("waiting", "not_passed")),
    "trouble": (N_("Needs a look"), ("not_passed", "could_not_check")),
    "marked": (N_("Marked, not returned"), ("marked",)),
    "returned": (N_("Returned"), ("returned",)),
    "not_sent": (N_("Not sent"), ("not_sent", "not_shared")),
}
"""What the list of a cohort may be narrowed to: the name in the address, its label, and which standings."""


@dataclass(frozen=True)
class Filter:
    """A way to narrow the list: its name in the address, its label, and how many reflections it shows."""

    name: str
    label: str
    count: int


def standing(cell: Cell, private: bool = False) -> str:
    """One of STANDINGS for a cell of the list; ``private`` as in its line."""
    if cell.state == "could_not_check":
        return "could_not_check"
    if cell.state == "not_submitted":
        return "not_shared" if private else "not_sent"
    if cell.returned or cell.marked:
        return "returned" if cell.returned else "marked"
    return "not_passed" if cell.state == "not_passed" else "waiting"


def a_date(text: str) -> date | None:
    """The day that a form's field holds; None where it is empty. Raises ValueError."""
    return date.fromisoformat(text) if text else None


def verdict(approved: bool) -> str:
    """What a writer is told instead of points."""
    return _("Done") if approved else _("Let us talk")


def way_label(way: str) -> str:
    """How something came in, in words."""
    return {"page": _("on the page"), "notebook": _("from JupyterLab"), "mail": _("collected")}.get(way, way)


def standing_label(name: str) -> str:
    """A standing in words."""
    return _(STANDINGS[name])


def sign(name: str) -> str:
    """The status whose sign goes with a standing."""
    return SIGNS.get(name, "started")


def columns(course: Course, lines: Sequence[CohortLine]) -> list[Reflection]:
    """The reflections that concern somebody in the cohort, in the order in which paths meet them."""
    met = {activity for line in lines for activity in line.cells}
    modules = (module.id for role in course.roles for module in course.modules_offered(role.id))
    on_paths = (activity.id for module in modules for activity in course.activities_of(module))
    return [
        course.reflection(name) for name in dict.fromkeys((*on_paths, *course.reflections)) if name in met
    ]


def counted(line: CohortLine) -> list[Cell]:
    """The cells that the numbers are about: from somebody who has left nothing more is to come."""
    return [cell for cell in line.cells.values() if not line.person.left or cell.state != "not_submitted"]


def counts(lines: Iterable[CohortLine]) -> dict[str, int]:
    """How many reflections stand how; every one of STANDINGS has its number, and ``ready`` to return."""
    found = dict.fromkeys((*STANDINGS, "ready"), 0)
    for line in lines:
        for cell in counted(line):
            found[standing(cell, line.private)] += 1
            found["ready"] += cell.marked and not cell.returned
    return found


def filters(numbers: dict[str, int]) -> list[Filter]:
    """The ways to narrow the list, each with what it would show."""
    return [
        Filter(name, _(label), sum(numbers[state] for state in STANDINGS if state in takes))
        for name, (label, takes) in SHOWS.items()
    ]


def narrowed(lines: Iterable[CohortLine], show: str) -> list[CohortLine]:
    """The lines of those with a reflection that ``show`` asks for."""
    _label, takes = SHOWS[show]
    return [
        line
        for line in lines
        if not show or any(standing(cell, line.private) in takes for cell in counted(line))
    ]


def following(
    course: Course, lines: Sequence[CohortLine], person: str, activity: str
) -> tuple[Person, str] | None:
    """Whose reflection, and which, waits for marks after this one: the same question first, as formgrader
    has it, then round again; None where no other waits."""
    order = [(line, one.id) for one in columns(course, lines) for line in lines]
    here = next(
        (at for at, (line, one) in enumerate(order) if (line.person.id, one) == (person, activity)), -1
    )
    others = [*order[here + 1 :], *order[: max(here, 0)]]
    waits = SHOWS["waiting"][1]
    found = ((line, one) for line, one in others if one in line.cells)
    return next(
        ((line.person, one) for line, one in found if standing(line.cells[one], line.private) in waits), None
    )


def cohort_context(course: Course, lines: Sequence[CohortLine], show: str) -> dict[str, Any]:
    """What the page of a cohort needs."""
    numbers, show = counts(lines), show if show in SHOWS else ""
    total = sum(numbers[state] for state in STANDINGS)
    return {
        "columns": columns(course, lines),
        "numbers": numbers,
        "total": total,
        "sent": sum(cell.submission is not None for line in lines for cell in line.cells.values()),
        "lines": narrowed(lines, show),
        "members": lines,
        "show": show,
        "filters": filters(numbers),
    }
