"""nbgrader's cells in a notebook, and the reflection that they make up.

The cells and their ``grade_id`` are described in docs/architecture.md. Read from the JSON
alone, without nbgrader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kommune3.engine.answers import LEVEL
from kommune3.engine.models import ID
from kommune3.i18n import gettext as _

from .document import Document, Place
from .notebook import Cell, Notebook
from .problem import Problem
from .prose import parser
from .rules.citations import cited

PARTS = ("question", "rubric", "check")
"""What stands beside the answer's cell; their ids are its own with ``-question`` and so on."""

EXERCISES, SOLUTIONS = "exercises", "solutions"
"""The folders of what learners get, and of what it is made from."""

PROMPT = re.compile(rf"^#{{{LEVEL}}}[ \t]+(\S.*?)[ \t#]*$", re.MULTILINE)
TITLE = re.compile(r"\s*#{1,3}[ \t]+(\S[^\n]*)\n?")
POINTS = re.compile(r"\s*([0-9]{1,3})\b")


def settings(cell: Cell) -> Mapping[str, Any]:
    """nbgrader's settings of a cell; empty where it is an ordinary one."""
    metadata = cell.raw.get("metadata", {})
    found = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else {}
    return found if isinstance(found, dict) else {}


def graded(notebook: Notebook) -> Iterator[tuple[str, Cell]]:
    """The cells that nbgrader knows, in order, each with its ``grade_id``."""
    for cell in notebook.cells:
        if name := settings(cell).get("grade_id"):
            yield str(name), cell


def cell_ids(name: str) -> tuple[str, ...]:
    """The ``grade_id`` of each cell of a reflection: the answer's own, and the parts beside it."""
    return (f"{name}-question", name, *(f"{name}-{part}" for part in PARTS[1:]))


def source_of(file: str) -> str:
    """Where the source of an exercise is, relative to the course."""
    return f"{SOLUTIONS}/{file.partition('/')[2]}"


def as_document(notebook: Notebook, name: str) -> tuple[Document | None, list[Problem]]:
    """The fields of the reflection in a notebook; none, and what is missing, where it lacks a cell."""
    cells = dict(graded(notebook))
    missing = [one for one in cell_ids(name)[:3] if one not in cells]
    if missing:
        return None, [_missing(notebook, one) for one in missing]
    question, answer, rubric = (cells[one] for one in cell_ids(name)[:3])
    title = TITLE.match(question.source)
    text = question.source[title.end() :] if title else question.source
    data = {
        "id": name,
        "title": title[1].strip() if title else "",
        "question": text.strip(),
        "assignment": notebook.path.split("/")[1],
        "prompts": [{"title": prompt} for prompt in PROMPT.findall(answer.source)],
        "rubric": _rubric(rubric.source),
        "points": settings(answer).get("points"),
        "sources": list(dict.fromkeys(one for one in cited(text) if re.fullmatch(ID, one))),
    }
    document = Document(notebook.file, data, _lines(notebook, data, question, answer, rubric))
    return document, _without_points(document)


def _missing(notebook: Notebook, name: str) -> Problem:
    what = _('has no cell with the grade_id "{id}"').format(id=name)
    return Problem(notebook.file, 1, what, _("docs/authors.md shows the cells of a reflection"))


def _without_points(document: Document) -> list[Problem]:
    """Columns of the rubric whose heading is no number of points; the first row has all columns."""
    for row in document.data["rubric"][:1]:
        if any(level["points"] is None for level in row["levels"]):
            what = _("a column of the rubric does not begin with its points")
            return [
                document.problem(
                    ("rubric",), what, _('Write "0 point", "1 point" and so on above the levels')
                )
            ]
    return []


def _rubric(source: str) -> list[dict[str, Any]]:
    """The rows of the table: a criterion, and how it is met for the points that stand above."""
    rows: list[list[str]] = []
    for token in parser().parse(source):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(token.content)
    if not rows:
        return []
    points = [int(found[1]) if (found := POINTS.match(cell)) else None for cell in rows[0][1:]]
    return [
        {
            "name": row[0],
            "levels": [{"points": p, "text": text} for p, text in zip(points, row[1:], strict=False)],
        }
        for row in rows[1:]
    ]


def _lines(
    notebook: Notebook, data: dict[str, Any], question: Cell, answer: Cell, rubric: Cell
) -> dict[Place, tuple[str, int]]:
    """Where each part stands."""
    lines: dict[Place, int] = {
        (): 1,
        ("title",): question.line,
        ("question",): question.line,
        ("sources",): question.line,
        ("prompts",): answer.line,
        ("points",): answer.line,
        ("rubric",): rubric.line,
    }
    lines |= {("prompts", i): notebook.line_of(p["title"], answer) for i, p in enumerate(data["prompts"])}
    lines |= {("rubric", i): notebook.line_of(c["name"], rubric) for i, c in enumerate(data["rubric"])}
    return {place: (notebook.file, line) for place, line in lines.items()}
