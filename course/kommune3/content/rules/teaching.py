"""What modules promise: aims that are practised, parts of the sources that are taught, minutes that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from ..limits import COMMON, CORE_MINUTES, MODULE_MINUTES
from ..minutes import minutes
from ..problem import Problem
from .code import calls_are_known
from .references import doubles, unknown

if TYPE_CHECKING:
    from ..course import Course

MAP = "content-map.toml"


def teaching_problems(course: Course) -> list[Problem]:
    """Aims without an exercise, parts of the sources that nothing teaches, modules that take too long."""
    problems = _map(course) + _not_taught(course) + _minutes(course) + _core(course)
    for i in range(len(course.modules)):
        problems += _aims(course, i) + _teaches(course, i)
    return problems


def _map(course: Course) -> list[Problem]:
    document = course.documents[MAP]
    problems = doubles(course.content_map.rows, ("rows",), document)
    for i, row in enumerate(course.content_map.rows):
        problems += unknown(row.sources, course.sources, ("rows", i, "sources"), document, _("source"))
    return problems


def _aims(course: Course, i: int) -> list[Problem]:
    module, document = course.modules[i], course.documents["course.toml"]
    notebook = course.notebooks.get(module.file)
    if notebook is None:  # which has a problem of its own
        return []
    problems = []
    for k, aim in enumerate(module.aims):
        place = ("modules", i, "aims", k)
        if aim.exercise is None:
            what = _("the aim has no exercise")
            hint = _('Write {text = "…", exercise = "…"}, with an activity of the module')
            problems.append(document.problem(place, what, hint))
        elif aim.exercise not in notebook.activity_ids and calls_are_known(course, notebook):
            what = _("the aim's exercise \"{id}\" is not in the module's notebook").format(id=aim.exercise)
            problems.append(document.problem(place, what, _("Name an activity that the notebook calls")))
    return problems


def _teaches(course: Course, i: int) -> list[Problem]:
    rows = [row.id for row in course.content_map.rows]
    document = course.documents["course.toml"]
    return unknown(
        course.modules[i].teaches, rows, ("modules", i, "teaches"), document, _("row of the content map")
    )


def _not_taught(course: Course) -> list[Problem]:
    """Only whoever has the map answers for it: a municipality may leave modules out."""
    document = course.documents[MAP]
    problems = []
    if course.places.overlay is not None and document.file != course.places.shown(MAP):
        return []
    for i, row in enumerate(course.content_map.rows):
        there = {_folder(module.file) for module in course.modules if row.id in module.teaches}
        for folder in row.taught:
            if folder not in there:
                what = _('no module in modules/{folder} teaches "{id}"').format(folder=folder, id=row.id)
                hint = _("Teach it, and write the row's id in the module's teaches")
                problems.append(document.problem(("rows", i), what, hint))
    return problems


def _folder(file: str) -> str:
    return file.split("/")[1] if file.count("/") > 1 else ""


def _minutes(course: Course) -> list[Problem]:
    document = course.documents["course.toml"]
    openings = {field.opening for role in course.roles for field in role.fields}
    walked = openings.union(*(role.modules for role in course.roles))
    problems = []
    for i, module in enumerate(course.modules):
        if module.file not in course.notebooks:
            continue
        takes = minutes(course, module.id)
        if takes > module.minutes + 1:
            what = _('module "{id}" takes {takes} minutes, but says {said}')
            what = what.format(id=module.id, takes=takes, said=module.minutes)
            problems.append(document.problem(("modules", i, "minutes"), what, _("Correct one of them")))
        if module.id in walked and max(takes, module.minutes) > MODULE_MINUTES:
            what = _('module "{id}" takes more than {most} minutes').format(id=module.id, most=MODULE_MINUTES)
            hint = _("Shorten it, make an exercise optional, or divide it")
            problems.append(document.problem(("modules", i, "minutes"), what, hint))
    return problems


def _core(course: Course) -> list[Problem]:
    """The modules that all roles share must leave time for the rest."""
    problems = []
    for i, role in enumerate(course.roles):
        core = [m for m in course.modules if m.id in role.modules and _folder(m.file) == COMMON]
        total = sum(module.minutes for module in core)
        if total > CORE_MINUTES:
            what = _("the common modules of the path take {total} minutes, at most {most}")
            what = what.format(total=total, most=CORE_MINUTES)
            hint = _("Shorten them, or offer one beside the path")
            problems.append(course.documents["course.toml"].problem(("roles", i, "modules"), what, hint))
    return problems
