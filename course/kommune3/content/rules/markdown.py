"""The Markdown cells: no HTML, links and pictures that lead somewhere, pictures with a description."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.token import Token

from kommune3.i18n import gettext as _

from ..notebook import Cell, Notebook
from ..problem import ContentError, Problem, did_you_mean
from ..prose import parser

if TYPE_CHECKING:
    from ..course import Course

PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
"""The pictures that a page can show: how their names end, and their media types."""
NO_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)?|\]\(")
"""What a text holds no more where it was read as a link or a picture."""
ELSEWHERE = ("https://", "http://", "mailto:", "tel:", "#")


def markdown_problems(course: Course, notebook: Notebook) -> list[Problem]:
    """What is wrong with the notebook's Markdown."""
    problems = []
    for cell in notebook.cells:
        for token in tokens(cell):
            problems += _html(notebook, cell, token) + _no_link(notebook, cell, token)
            problems += _target(course, notebook, cell, token)
    return problems


def tokens(cell: Cell) -> Iterator[Token]:
    """The cell's tokens, those inside paragraphs included; none for a code cell."""
    for token in parser().parse(cell.source) if cell.kind == "markdown" else ():
        yield token
        yield from token.children or ()


def linked_files(notebook: Notebook) -> set[str]:
    """The course's files that the notebook links or shows, relative to the course."""
    targets = (_goes_to(token) for cell in notebook.cells for token in tokens(cell))
    return {resolved(notebook, target) for target in targets if target and not target.startswith(ELSEWHERE)}


def resolved(notebook: Notebook, target: str) -> str:
    """A link's target, which is relative to its notebook, as a path relative to the course."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(notebook.path), path))


def _goes_to(token: Token) -> str:
    value = token.attrGet("href") if token.type == "link_open" else None
    return str(value or (token.attrGet("src") if token.type == "image" else None) or "")


def _html(notebook: Notebook, cell: Cell, token: Token) -> list[Problem]:
    if token.type not in ("html_block", "html_inline") or token.content.startswith("</"):
        return []
    first = token.content.strip().split("\n")[0][:60]
    line = notebook.line_of(first, cell)
    hint = _("Write Markdown; a sign < of its own is written &lt;")
    return [Problem(notebook.file, line, _("there is HTML in the text: {html}").format(html=first), hint)]


def _no_link(notebook: Notebook, cell: Cell, token: Token) -> list[Problem]:
    """What was meant as a link or a picture, and stands in the text as it is written, or leads nowhere."""
    if token.type == "link_open" and not token.attrGet("href"):
        hint = _("Write an address between the parentheses, or delete the link")
        line = notebook.line_of("]()", cell)
        return [Problem(notebook.file, line, _("a link leads nowhere: its address is empty"), hint)]
    found = NO_LINK.findall(token.content) if token.type == "text" else []
    what = _("this is no link and no picture, but is shown as it is written: {text}")
    hint = _("Write an address with spaces as <my bench.jpg>; one on the web begins with https://")
    return [
        Problem(notebook.file, notebook.line_of(text, cell), what.format(text=text[:80]), hint)
        for text in found
    ]


def _target(course: Course, notebook: Notebook, cell: Cell, token: Token) -> list[Problem]:
    target = _goes_to(token)
    if token.type == "image" and (wrong := _picture(notebook, target, token.content)):
        return [Problem(notebook.file, _line_of_target(notebook, cell, target), *wrong)]
    if not target or target.startswith(ELSEWHERE):
        return []
    found, written = resolved(notebook, target), unquote(target)
    line = _line_of_target(notebook, cell, target)
    if _exists(course, found):
        if token.type == "image" or found.endswith(".ipynb") or _among_materials(course, notebook, found):
            return []
        what = _('a link leads to the file "{target}", which has no address on a page').format(target=written)
        hint = _("Say in the text what it holds, show a picture with ![…](…), or link to a web address")
        return [Problem(notebook.file, line, what, hint)]
    what = _('a link leads to "{target}", which does not exist').format(target=written)
    folder = posixpath.dirname(notebook.path)
    known = [posixpath.relpath(path, folder) for path in course.notebook_paths]
    hint = did_you_mean(written, known)
    return [Problem(notebook.file, line, what, hint)]


def _line_of_target(notebook: Notebook, cell: Cell, target: str) -> int:
    """Where the target stands, as people write it or in the per cent code of addresses."""
    lines = {notebook.line_of(written, cell) for written in (unquote(target), target)}
    return min(lines - {cell.line}, default=cell.line)


def _among_materials(course: Course, text: Notebook, found: str) -> bool:
    """Whether one of the trainers' materials leads to another; learners cannot open them."""
    files = {material.file for material in course.materials}
    return text.path in files and found in files


def _picture(notebook: Notebook, target: str, description: str) -> tuple[str, str] | None:
    """What is wrong with a picture, whether or not its file is there, and what to do about it."""
    if not description.strip():
        hint = _("Describe it between the brackets: ![A bench by a lake](bench.jpg)")
        return _("a picture has no description"), hint
    ending = posixpath.splitext(resolved(notebook, target))[1].lower()
    if target.startswith(ELSEWHERE) or ending not in PICTURES:
        what = _('the picture "{target}" is none that a page can show').format(target=unquote(target)[:60])
        hint = _("Put it in the folder, as a file that ends in one of these: {kinds}")
        return what, hint.format(kinds=", ".join(PICTURES))
    return None


def _exists(course: Course, relative: str) -> bool:
    if relative.endswith(".ipynb"):
        return relative in course.notebook_paths
    try:
        return relative.startswith("modules/") and course.places.find(relative) is not None
    except ContentError:
        return False
