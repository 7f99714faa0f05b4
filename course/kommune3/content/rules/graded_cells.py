"""The cells of a reflection's source, as nbgrader and the graders need them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from kommune3.engine.answers import STUB, compose
from kommune3.engine.models import Prompt
from kommune3.i18n import gettext as _

from ..graded import PROMPT, cell_ids, graded, settings
from ..notebook import Call, Cell, Import, Notebook
from ..problem import Problem
from .code import hidden_problems

CALLS = ("check_form", "hand_in")
"""What the code cells of an exercise import."""

SOLUTION = re.compile(r"^### BEGIN SOLUTION\n.*?^### END SOLUTION$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Wanted:
    """How a cell must be set up; ``name`` is what nbgrader's sidebar in JupyterLab calls it."""

    name: str
    kind: str
    grade: bool
    solution: bool
    locked: bool


READ_ONLY = Wanted("Read-only", "markdown", grade=False, solution=False, locked=True)
ANSWER = Wanted("Manually graded answer", "markdown", grade=True, solution=True, locked=False)
TESTS = Wanted("Autograder tests", "code", grade=True, solution=False, locked=True)


def cell_problems(source: Notebook, name: str, assignment: str) -> list[Problem]:
    """What is wrong with the cells of the source that has the reflection of this name."""
    problems = _ids(source, name)
    if problems:
        return problems
    cells = dict(graded(source))
    question, answer, rubric, check = (cells[one] for one in cell_ids(name))
    for cell, wanted in ((question, READ_ONLY), (answer, ANSWER), (rubric, READ_ONLY), (check, TESTS)):
        problems += _set_up(source, cell, wanted)
    problems += _prompts(source, answer) + _check(source, check, name)
    problems += _code(source, name, assignment)
    return problems or _order(source, name, assignment)


def _ids(source: Notebook, name: str) -> list[Problem]:
    """Each of the reflection's cells once, and no other that nbgrader knows."""
    problems = []
    found = list(graded(source))
    times = Counter(grade_id for grade_id, _cell in found)
    for wanted in cell_ids(name):
        if wanted not in times:
            what = _('has no cell with the grade_id "{id}"').format(id=wanted)
            hint = _("docs/authors.md shows the cells of a reflection")
            problems.append(Problem(source.file, 1, what, hint))
    for grade_id, cell in found:
        if times[grade_id] > 1:
            times[grade_id] = 0  # told once
            what = _('the grade_id "{id}" is used {count} times').format(
                id=grade_id[:60], count=sum(grade_id == other for other, _cell in found)
            )
            problems.append(
                Problem(source.file, cell.line, what, _("Delete the copy, or give it another id"))
            )
        elif grade_id not in cell_ids(name):
            what = _('the grade_id "{id}" is none of reflection "{name}"').format(id=grade_id[:60], name=name)
            hint = _("A notebook holds one reflection: {ids}").format(ids=", ".join(cell_ids(name)))
            problems.append(Problem(source.file, cell.line, what, hint))
    return problems


def _set_up(source: Notebook, cell: Cell, wanted: Wanted) -> list[Problem]:
    found = settings(cell)
    as_wanted: dict[str, Any] = {
        "grade": wanted.grade,
        "solution": wanted.solution,
        "locked": wanted.locked,
        "schema_version": 3,
    }
    right = cell.kind == wanted.kind and all(found.get(key) == value for key, value in as_wanted.items())
    if right and not found.get("task", False):
        return []
    what = _('cell "{id}" is not set up as "{name}"').format(id=cell.id, name=wanted.name)
    hint = _('Choose it in JupyterLab under "Create Assignment"; the cell is {kind}').format(kind=wanted.kind)
    return [Problem(source.file, cell.line, what, hint)]


def _prompts(source: Notebook, answer: Cell) -> list[Problem]:
    """Each prompt once, with one model answer, and nothing that would be left in the exercise."""
    titles = PROMPT.findall(answer.source)
    double = [title for title, times in Counter(titles).items() if times > 1]
    if double:
        what = _('the prompt "{title}" is there twice').format(title=double[0][:60])
        return [Problem(source.file, source.line_of(double[0], answer), what, _("Change one of them"))]
    released = SOLUTION.sub(STUB, answer.source).strip()
    plain = [Prompt.model_construct(title=title) for title in titles]
    if titles and released == compose(plain, [""] * len(titles)):
        return []
    what = _('cell "{id}" is not one model answer under each heading').format(id=answer.id)
    hint = _("Write #### and the question, an empty line, ### BEGIN SOLUTION, the answer, ### END SOLUTION")
    return [Problem(source.file, answer.line, what, hint)]


def _check(source: Notebook, check: Cell, name: str) -> list[Problem]:
    problems = []
    call = f'### BEGIN HIDDEN TESTS\ncheck_form("{name}")\n### END HIDDEN TESTS'
    if check.source.strip() != call:
        what = _('cell "{id}" is not the one hidden check').format(id=check.id)
        hint = _("Write these three lines: {lines}").format(lines=call.replace("\n", " / "))
        problems.append(Problem(source.file, check.line, what, hint))
    if settings(check).get("points") != 1:
        what = _('cell "{id}" must give 1 point').format(id=check.id)
        problems.append(Problem(source.file, check.line, what, _("The form is right or it is not")))
    return problems


def _code(source: Notebook, name: str, assignment: str) -> list[Problem]:
    """No code but the import, the check, and the button that hands the notebook in; all hidden."""
    problems = []
    for cell in (cell for cell in source.cells if cell.kind == "code"):
        problems += hidden_problems(source, cell)
        if cell.code not in _allowed(name, assignment) and not settings(cell):
            what = _('cell "{id}" is code that an exercise does not have').format(id=cell.id)
            hint = _('It has: from kommune3.notebook import check_form, hand_in; hand_in("{assignment}")')
            problems.append(Problem(source.file, cell.line, what, hint.format(assignment=assignment)))
    return problems


def _order(source: Notebook, name: str, assignment: str) -> list[Problem]:
    """The import, the check and the button in this order, each once."""
    cells = [cell for cell in source.cells if cell.kind == "code"]
    if [cell.code for cell in cells] == _allowed(name, assignment):
        return []
    what = _("the import, the check and the button do not stand in this order, each once")
    hint = _('It has: from kommune3.notebook import check_form, hand_in; hand_in("{assignment}")')
    return [Problem(source.file, cells[0].line, what, hint.format(assignment=assignment))]


def _allowed(name: str, assignment: str) -> list[Call | Import]:
    return [Import(CALLS), Call("check_form", (name,)), Call("hand_in", (assignment,))]
