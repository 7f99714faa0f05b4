"""The code cells: one import, then one call each, of activities that exist; the code itself hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.engine.models import DRAWINGS, KINDS
from kommune3.i18n import gettext as _

from ..notebook import LIBRARY, Call, Cell, Import, Notebook
from ..problem import Problem, did_you_mean

if TYPE_CHECKING:
    from ..course import Course

NAMES = (*KINDS, *DRAWINGS)
"""What a module's notebook may import and call."""


def code_problems(course: Course, notebook: Notebook) -> list[Problem]:
    """What is wrong with the notebook's code cells."""
    problems: list[Problem] = []
    imported: set[str] | None = None
    called = set[tuple[str, str]]()
    for cell in (cell for cell in notebook.cells if cell.kind == "code"):
        problems += hidden_problems(notebook, cell)
        if cell.code is None:
            problems.append(_refused(notebook, cell))
        elif isinstance(cell.code, Import):
            problems += _import(notebook, cell, cell.code, second=imported is not None)
            imported = {*(imported or ()), *cell.code.names}
        else:
            problems += _call(course, notebook, cell, cell.code, imported or set())
            problems += _too_soon(notebook, cell, cell.code, called)
            problems += _again(notebook, cell, cell.code, called)
    return problems + _idle(notebook, imported or set())


def calls_are_known(course: Course, notebook: Notebook) -> bool:
    """Whether each code cell says what it calls; else what seems to be called nowhere may be meant there."""
    known = {entry.id for entry in course.manifest.activities}
    for cell in (cell for cell in notebook.cells if cell.kind == "code"):
        named = cell.code is not None and (cell.call is None or cell.call.function in NAMES)
        if not named or (cell.call and not set(cell.call.arguments[:1]) & known):
            return False
    return True


def required_problems(course: Course) -> list[Problem]:
    """Required activities that the module's notebook does not call, or that nobody can complete."""
    document = course.documents["course.toml"]
    kinds = {entry.id: entry.kind for entry in course.manifest.activities}
    problems = []
    for i, module in enumerate(course.modules):
        notebook = course.notebooks.get(module.file)
        for k, name in enumerate(module.required):
            place = ("modules", i, "required", k)
            if kinds.get(name) in ("table", "timeline", "language"):
                what = _('"{id}" is a {kind}, which nobody can complete').format(id=name, kind=kinds[name])
                hint = _("Require a scenario, a quiz, a sorter or a reflection")
                problems.append(document.problem(place, what, hint))
            sure = notebook is not None and calls_are_known(course, notebook)
            if notebook is not None and sure and name in kinds and name not in notebook.activity_ids:
                what = _('module "{id}" requires "{name}", but its notebook does not call it')
                call, file = f'{kinds[name]}("{name}")', course.places.shown(notebook.path)
                hint = _("Write {call} in a code cell of {file}").format(call=call, file=file)
                problems.append(document.problem(place, what.format(id=module.id, name=name), hint))
    return problems


def hidden_problems(notebook: Notebook, cell: Cell) -> list[Problem]:
    """A code cell that learners would see as code."""
    jupyter = cell.raw.get("metadata", {}).get("jupyter", {})
    if isinstance(jupyter, dict) and jupyter.get("source_hidden") is True:
        return []
    what = _('the code of cell "{id}" is not hidden from learners').format(id=cell.id)
    hint = _('Give the cell the metadata {"jupyter": {"source_hidden": true}}')
    return [Problem(notebook.file, cell.line, what, hint)]


def _refused(notebook: Notebook, cell: Cell) -> Problem:
    what = _('cell "{id}" holds more than one import or one call with plain values').format(id=cell.id)
    hint = _("Write one line, such as {call}").format(call='scenario("…")')
    return Problem(notebook.file, cell.line, what, hint)


def _import(notebook: Notebook, cell: Cell, code: Import, second: bool) -> list[Problem]:
    problems = []
    if second:
        what = _('cell "{id}" is a second import').format(id=cell.id)
        problems.append(Problem(notebook.file, cell.line, what, _("Import all names in one cell")))
    for name in code.names:
        if name not in NAMES:
            what = _('{library} has no "{name}"').format(library=LIBRARY, name=name)
            line = notebook.line_of(name, cell)
            problems.append(Problem(notebook.file, line, what, did_you_mean(name, NAMES)))
    return problems


def _call(course: Course, notebook: Notebook, cell: Cell, call: Call, imported: set[str]) -> list[Problem]:
    line = notebook.line_of(cell.source.strip(), cell)
    if call.function not in NAMES:
        what = _('{library} has no "{name}"').format(library=LIBRARY, name=call.function)
        return [Problem(notebook.file, line, what, did_you_mean(call.function, NAMES))]
    problems = []
    if call.function not in imported:
        what = _('"{name}" is called before it is imported').format(name=call.function)
        hint = _("Write {line} in a cell above").format(line=f"from {LIBRARY} import {call.function}")
        problems.append(Problem(notebook.file, line, what, hint))
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], str):
        what = _("{name}(…) takes the id of one activity, in quotes").format(name=call.function)
        return [*problems, Problem(notebook.file, line, what)]
    return problems + _activity(course, notebook, line, call.function, call.arguments[0])


def _again(notebook: Notebook, cell: Cell, call: Call, called: set[tuple[str, str]]) -> list[Problem]:
    """An exercise that is in the module already would share its draft and its address on the page.

    A drawing of it may stand beside it, once as well. ``called`` takes the call up.
    """
    name = str(next(iter(call.arguments), ""))
    this = (call.function if call.function in DRAWINGS else "", name)
    if call.function not in NAMES or not name or this not in called:
        called.add(this)
        return []
    what = _('cell "{id}" calls "{name}" a second time').format(id=cell.id, name=name)
    return [Problem(notebook.file, cell.line, what, _("Delete one of them"))]


def _too_soon(notebook: Notebook, cell: Cell, call: Call, called: set[tuple[str, str]]) -> list[Problem]:
    """A drawing of all endings that somebody would meet before the story itself."""
    name = str(next(iter(call.arguments), ""))
    if call.function != "endings" or not name or ("", name) in called:
        return []
    what = _('the endings of "{name}" stand before the scenario').format(name=name)
    hint = _("Put the cell below {call}").format(call=f'scenario("{name}")')
    return [Problem(notebook.file, notebook.line_of(cell.source.strip(), cell), what, hint)]


def _activity(course: Course, notebook: Notebook, line: int, kind: str, name: str) -> list[Problem]:
    kinds = {entry.id: entry.kind for entry in course.manifest.activities}
    if name not in kinds:
        what = _('there is no {kind} "{id}"').format(kind=_("activity"), id=name)
        hint = did_you_mean(name, kinds) or _("Name it in course.toml")
        return [Problem(notebook.file, line, what, hint)]
    if kind in DRAWINGS and kinds[name] != DRAWINGS[kind]:
        what = _('{name}(…) draws a {kind}, and "{id}" is a {other}')
        what = what.format(name=kind, kind=DRAWINGS[kind], id=name, other=kinds[name])
        ids = [one for one, other in kinds.items() if other == DRAWINGS[kind]]
        return [Problem(notebook.file, line, what, did_you_mean(name, ids))]
    if kind in KINDS and kinds[name] != kind:
        what = _('"{id}" is a {kind}, not a {called}').format(id=name, kind=kinds[name], called=kind)
        hint = _("Write {call}").format(call=f'{kinds[name]}("{name}")')
        return [Problem(notebook.file, line, what, hint)]
    return []


def _idle(notebook: Notebook, imported: set[str]) -> list[Problem]:
    called = {call.function for call in notebook.calls}
    problems: list[Problem] = []
    refused = any(cell.kind == "code" and cell.code is None for cell in notebook.cells)
    if refused or called - set(NAMES):
        return problems  # the name may be called in a cell that has a problem of its own
    for cell in notebook.cells:
        for name in cell.code.names if isinstance(cell.code, Import) else ():
            if name in imported & set(NAMES) and name not in called:
                what = _('"{name}" is imported, but never called').format(name=name)
                line = notebook.line_of(name, cell)
                problems.append(Problem(notebook.file, line, what, _("Delete it from the import")))
    return problems
