"""Notebooks as files in git: valid, with stable cell ids, no outputs, and made for Python 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kommune3.i18n import gettext as _

from ..notebook import Cell, Notebook
from ..notebook_format import breach
from ..problem import Problem

if TYPE_CHECKING:
    from ..course import Course


def notebook_problems(course: Course, notebook: Notebook) -> list[Problem]:
    """What is wrong with a valid notebook as a file; its text and its code have rules of their own."""
    problems = _metadata(course, notebook) + _ids(notebook)
    for cell in notebook.cells:
        problems += _stored(notebook, cell)
        if cell.kind == "raw":
            what = _('cell "{id}" is a raw cell').format(id=cell.id)
            problems.append(Problem(notebook.file, cell.line, what, _("Make it a Markdown cell")))
    return problems


def format_problems(notebook: Notebook) -> list[Problem]:
    """Where the file first breaks the notebook format 4.5."""
    version = (notebook.raw.get("nbformat"), notebook.raw.get("nbformat_minor"))
    if version != (4, 5):
        what = _("is in notebook format {version}, not 4.5").format(version=".".join(map(str, version)))
        return [Problem(notebook.file, 1, what, _("Open and save it in JupyterLab"))]
    if (found := breach(notebook.raw)) is None:
        return []
    why, cell = found
    line = 1 if cell is None else notebook.cells[cell].line
    what = _("is not a valid notebook: {why}").format(why=why)
    return [Problem(notebook.file, line, what, _("Open and save it in JupyterLab"))]


def _metadata(course: Course, notebook: Notebook) -> list[Problem]:
    metadata: Mapping[str, Any] = notebook.raw["metadata"]
    problems = []
    kernel = metadata.get("kernelspec", {}).get("name")
    language = metadata.get("language_info", {}).get("name")
    if kernel != "python3" or language != "python":
        what = _("is not made for Python 3: its kernel is {kernel}, its language {language}")
        hint = _("Choose the kernel Python 3 in JupyterLab and save")
        what = what.format(kernel=f'"{kernel}"', language=f'"{language}"')
        problems.append(Problem(notebook.file, _line(notebook, '"metadata": {', last=True), what, hint))
    if "widgets" in metadata:
        what = _("holds the saved state of widgets")
        hint = _("Delete metadata.widgets; the page and JupyterLab make their own")
        problems.append(Problem(notebook.file, _line(notebook, '"widgets"'), what, hint))
    own = metadata.get("kommune3")
    said = own.get("module") if isinstance(own, dict) else None
    owners = [module.id for module in course.modules if module.file == notebook.path]
    if said is not None and said not in owners:
        what = _('says that it is module "{said}", but course.toml says "{owner}"')
        what = what.format(said=said, owner=", ".join(owners) or "-")
        problems.append(Problem(notebook.file, _line(notebook, '"module"'), what, _("Correct one of them")))
    return problems


def _line(notebook: Notebook, text: str, last: bool = False) -> int:
    """The first or last line that holds the text."""
    found = [number for number, line in enumerate(notebook.lines, start=1) if text in line]
    return found[-1 if last else 0] if found else 1


def _ids(notebook: Notebook) -> list[Problem]:
    count = Counter(cell.id for cell in notebook.cells)
    problems = []
    for name in (name for name, times in count.items() if times > 1):
        line = [cell.line for cell in notebook.cells if cell.id == name][1]
        what = _('the cell id "{id}" is used twice').format(id=name)
        problems.append(Problem(notebook.file, line, what, _("Give one of them another id")))
    return problems


def _stored(notebook: Notebook, cell: Cell) -> list[Problem]:
    problems = []
    if cell.raw.get("outputs"):
        what = _('cell "{id}" has stored outputs').format(id=cell.id)
        hint = _("Clear all outputs in JupyterLab and save")
        problems.append(Problem(notebook.file, cell.line, what, hint))
    if cell.raw.get("execution_count") is not None:
        what = _('cell "{id}" has an execution count').format(id=cell.id)
        hint = _("Clear all outputs in JupyterLab and save")
        problems.append(Problem(notebook.file, cell.line, what, hint))
    if cell.raw.get("attachments"):
        what = _('cell "{id}" has a file attached').format(id=cell.id)
        hint = _("Put the picture in the folder and link it")
        problems.append(Problem(notebook.file, cell.line, what, hint))
    return problems
