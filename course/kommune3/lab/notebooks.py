"""A notebook of the course as the learner's own: exercises live, sources readable, links that lead on."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kommune3.content.notebook import Cell, Notebook
from kommune3.content.rules.markdown import resolved
from kommune3.i18n import gettext as _
from kommune3.site.markdown import CITATION
from kommune3.site.pictures import pictures

from . import live
from .edition import BACK

if TYPE_CHECKING:
    from kommune3.content import Course

SOURCES = "kommune3-sources"
TARGET = re.compile(r"(?<=\]\()([^)\s]+)(?=\))")

Json = dict[str, Any]


def learners(course: Course, notebook: Notebook, names: Mapping[str, str], *, api: str, back: str) -> Json:
    """The learner's version of a course notebook as nbformat JSON.

    ``names`` says what each course notebook is called in the learner's folder, ``back`` is the address of the
    page that shows the same.
    """
    cited: dict[str, int] = {}
    rewrite = _rewriter(course, notebook, names, cited)
    models: live.States = {}
    cells = [_back(back, notebook)] if back else []
    for cell in notebook.cells:
        cells.append(_cell(course, cell, rewrite, models, api))
    if cited:
        cells.append(markdown(SOURCES, _source_list(course, cited)))
    return finished(cells, models, notebook.raw.get("metadata", {}))


def finished(cells: list[Json], models: live.States, given: Mapping[str, Any]) -> Json:
    """A notebook of these cells, for a kernel of this Python."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {name: deepcopy(value) for name, value in given.items() if name in ("kommune3", "celltoolbar")}
    metadata |= {"kernelspec": kernel, "language_info": {"name": "python"}}
    if models:
        metadata["widgets"] = live.metadata(models)
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def markdown(name: str, text: str) -> Json:
    """A Markdown cell of ours."""
    return {"cell_type": "markdown", "id": name, "metadata": {"editable": False}, "source": text}


def _back(address: str, notebook: Notebook) -> Json:
    if any(cell.raw.get("metadata", {}).get("nbgrader", {}).get("solution") for cell in notebook.cells):
        text = _(
            "[Open this as a page]({address}). Or write here, in your own notebook: double-click “Write your "
            "answer here”, write, and press Shift and Enter."
        )
    else:
        text = _("[Open this as a page]({address}). This is your own notebook: write in it as you like.")
    return markdown(BACK, f"*{text.format(address=address)}*")


def _cell(course: Course, cell: Cell, rewrite: Callable[[str], str], models: live.States, api: str) -> Json:
    made: Json = {
        "cell_type": cell.kind,
        "id": cell.id,
        "metadata": deepcopy(dict(cell.raw.get("metadata", {}))),
    }
    if cell.kind != "code":
        answer = made["metadata"].get("nbgrader", {}).get("solution")  # stays as it is, to the letter
        return made | {"source": cell.source if answer else rewrite(cell.source)}
    made["metadata"].setdefault("jupyter", {})["source_hidden"] = True
    outputs, behind = live.shown(course, cell.call, api) if cell.call else ([], {})
    models |= behind
    return made | {"source": cell.source, "execution_count": None, "outputs": outputs}


def _rewriter(
    course: Course, notebook: Notebook, names: Mapping[str, str], cited: dict[str, int]
) -> Callable[[str], str]:
    here, picture = posixpath.dirname(names[notebook.path]), pictures(course, notebook)

    def link(found: re.Match[str]) -> str:
        target, hash_, anchor = found[0].partition("#")
        to = names.get(resolved(notebook, target)) if target else None
        if to is not None:
            return quote(posixpath.relpath(to, here or ".")) + hash_ + anchor
        return picture(found[0]) or found[0]

    def cite(found: re.Match[str]) -> str:
        ids = re.findall(r"[a-z0-9_-]+", found[1])
        return "".join(_mark(course, one, cited) for one in ids)

    return lambda text: CITATION.sub(cite, TARGET.sub(link, text))


def _mark(course: Course, source: str, cited: dict[str, int]) -> str:
    if source not in course.sources:
        return f"[@{source}]"
    return f"[[{cited.setdefault(source, len(cited) + 1)}]](#{_('Sources')})"


def _source_list(course: Course, cited: Mapping[str, int]) -> str:
    lines = [f"## {_('Sources')}", ""]
    for name, number in cited.items():
        source = course.sources[name]
        title = f"[{source.title}]({source.url})" if source.url else source.title
        lines.append(f"{number}. {source.author}: {title} ({source.date})")
    return "\n".join(lines)
