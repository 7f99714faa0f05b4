"""What trainers take into the room: texts that keep the course's rules, and none that is missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from ..lix import measure
from ..problem import Problem, did_you_mean
from ..prose import of_notebook
from .markdown import markdown_problems
from .reading import too_hard

if TYPE_CHECKING:
    from ..course import Course
    from ..manifest import Material
    from ..notebook import Notebook

CARD = re.compile(r"^## ", re.MULTILINE)
"""Where a card begins on its sheet."""


def material_problems(course: Course) -> list[Problem]:
    """Materials of nobody, notes without a module, texts that are hard to read, and what is missing."""
    problems = _missing(course)
    for i, material in enumerate(course.materials):
        problems += _ids(course, i)
        paper = course.papers.get(material.id)
        if paper is not None:
            problems += markdown_problems(course, paper)
            problems += too_hard(measure(of_notebook(paper)).lix, paper)
            problems += _no_cards(material, paper)
    return problems


def _no_cards(material: Material, paper: Notebook) -> list[Problem]:
    if material.kind != "cards" or any(CARD.search(cell.source) for cell in paper.cells):
        return []
    hint = _("Begin each card with a heading: ## Name")
    return [Problem(paper.file, 1, _("there is no card on the sheet"), hint)]


def _ids(course: Course, i: int) -> list[Problem]:
    material, document, problems = course.materials[i], course.documents["course.toml"], []
    known = {"role": [role.id for role in course.roles], "module": [module.id for module in course.modules]}
    words = {"role": _("role"), "module": _("module")}
    for key, ids in known.items():
        asked = getattr(material, key)
        if asked is not None and asked not in ids:
            what = _('there is no {kind} "{id}"').format(kind=words[key], id=asked)
            problems.append(document.problem(("materials", i, key), what, did_you_mean(asked, ids)))
    for kind, key, what in (
        ("notes", "module", _("the notes do not say which module they are for")),
        ("run_sheet", "role", _("the run sheet does not say which role it is for")),
    ):
        if material.kind == kind and getattr(material, key) is None:
            problems.append(document.problem(("materials", i), what, _('Add {key} = "…"').format(key=key)))
    return problems


def _missing(course: Course) -> list[Problem]:
    """Only the base answers for all of them: a municipality may hold its sessions as it likes."""
    document, problems = course.documents["course.toml"], []
    if course.places.overlay is not None:
        return []
    noted = {one.module for one in course.materials if one.kind == "notes"}
    run = {one.role for one in course.materials if one.kind == "run_sheet"}
    hint = _("Write it for the trainers, and name it under [[materials]]")
    for i, module in enumerate(course.modules):
        if module.id not in noted:
            what = _('module "{id}" has no notes for trainers').format(id=module.id)
            problems.append(document.problem(("modules", i), what, hint))
    for i, role in enumerate(course.roles):
        if role.id not in run:
            what = _('role "{id}" has no run sheet').format(id=role.id)
            problems.append(document.problem(("roles", i), what, hint))
    return problems
