"""Reflections: one in a module, made from a source that passes, and released without its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.engine import form
from kommune3.engine.answers import parse
from kommune3.engine.models import Reflection
from kommune3.i18n import gettext as _

from ..graded import as_document, graded, source_of
from ..notebook import Notebook, read_notebook
from ..problem import ContentError, Problem
from ..validate import validated
from .graded_cells import cell_problems
from .markdown import markdown_problems
from .notebooks import format_problems, notebook_problems

if TYPE_CHECKING:
    from ..course import Course

KEPT_BACK = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS")
"""What marks that a cell holds something which learners do not get."""


def reflection_problems(course: Course) -> list[Problem]:
    """What is wrong with reflections: in modules, in sources and in what is released."""
    problems = _modules(course)
    for name, exercise in course.exercises.items():
        if name in course.activities:
            problems += _pair(course, course.reflection(name), exercise)
    return problems


def _modules(course: Course) -> list[Problem]:
    document = course.documents["course.toml"]
    problems = []
    for i, module in enumerate(course.modules):
        called = course.notebooks[module.file].activity_ids if module.file in course.notebooks else ()
        reflections = [name for name in called if name in course.reflections]
        if len(reflections) > 1:
            what = _('module "{id}" has more than one reflection: {names}')
            what = what.format(id=module.id, names=", ".join(reflections))
            problems.append(document.problem(("modules", i), what, _("Move one of them to another module")))
        if module.approval and not set(module.required) & set(course.reflections):
            what = _('module "{id}" asks for approval, but requires no reflection').format(id=module.id)
            hint = _("Add a reflection to its required, or delete approval")
            problems.append(document.problem(("modules", i, "approval"), what, hint))
    return problems


def _pair(course: Course, released: Reflection, exercise: Notebook) -> list[Problem]:
    """A source and its exercise. Whether they differ is asked once both are right by themselves."""
    problems = _exercise(course, released, exercise)
    source = _source(course, exercise, problems)
    if source is None:
        return problems
    found = format_problems(source) or [
        *notebook_problems(course, source),
        *markdown_problems(course, source),
        *cell_problems(source, released.id, released.assignment),
    ]
    problems += found or _solution(course, source, released.id)
    if not problems and _said(source, released.id) != _said(exercise, released.id):
        what = _("says something else than its source {file}").format(file=source.file)
        problems.append(Problem(exercise.file, None, what, _("Run: kommune3 release")))
    return problems


def _said(notebook: Notebook, name: str) -> object:
    document, _wrong = as_document(notebook, name)
    return document and document.data


def _source(course: Course, exercise: Notebook, problems: list[Problem]) -> Notebook | None:
    relative = source_of(exercise.path)
    try:
        found = course.places.find(relative)
        if found is not None:
            return read_notebook(found[0], relative, found[1])
    except ContentError as error:
        problems += error.problems
        return None
    what = _("has no source: there is no {file}").format(file=course.places.shown(relative))
    problems.append(Problem(exercise.file, None, what, _("Write the source, and run: kommune3 release")))
    return None


def _exercise(course: Course, released: Reflection, exercise: Notebook) -> list[Problem]:
    """What learners get holds no answer and no hidden test: an unsolved exercise must fail."""
    if invalid := format_problems(exercise):
        return invalid
    problems = notebook_problems(course, exercise)
    cells = dict(graded(exercise))
    check = cells.get(f"{released.id}-check")
    kept = [cell for cell in exercise.cells if any(mark in cell.source for mark in KEPT_BACK)]
    kept += [check] if check is not None and check.source.strip() else []
    if any(parse(released.prompts, cells[released.id].source)):
        kept.append(cells[released.id])
    for cell in dict.fromkeys(kept):
        what = _('cell "{id}" still holds an answer or a test, which learners must not get').format(
            id=cell.id
        )
        problems.append(Problem(exercise.file, cell.line, what, _("Run: kommune3 release")))
    return problems


def _solution(course: Course, source: Notebook, name: str) -> list[Problem]:
    """The model answer passes its own check."""
    document, wrong = as_document(source, name)
    if document is None or wrong:
        return wrong
    authored, wrong = validated(Reflection, document)
    if authored is None:
        return wrong
    best = sum(max(level.points for level in criterion.levels) for criterion in authored.rubric)
    if best != authored.points:
        what = _("the best levels of the rubric give {best} points, but the answer's cell gives {points}")
        what = what.format(best=best, points=authored.points)
        return [document.problem(("points",), what, _("Let them be the same"))]
    answer = dict(graded(source))[name]
    found = form.check(authored, parse(authored.prompts, answer.source), course.own_text)
    what = _("the model answer does not pass its own check")
    stops = [finding.text for finding in found.findings if finding.stops]
    return [Problem(source.file, answer.line, what, text) for text in stops]
