"""Sources are cited by ids that sources.toml knows: ``[@faq-2014]``, ``sources: [faq-2014]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kommune3.engine.exercises import Comparison, Language
from kommune3.engine.models import Activity, Reflection, Scenario
from kommune3.i18n import gettext as _

from ..document import Document, Place
from ..problem import Problem, did_you_mean
from ..prose import of_activity
from .references import unknown

if TYPE_CHECKING:
    from ..course import Course

CITATION = re.compile(r"\[@([^\]]*)\]")
SEPARATOR = re.compile(r"\s*[;,]\s*@")
"""As the page reads them (``site/markdown.py``): what it would show as it is written must be a problem."""


def citation_problems(course: Course) -> list[Problem]:
    """Citations of sources that do not exist, in notebooks, trainers' materials and activities."""
    problems = []
    for notebook in (*course.notebooks.values(), *course.papers.values()):
        for cell in notebook.cells:
            for wrong in _wrong(cell.source, course) if cell.kind == "markdown" else ():
                line = notebook.line_of(f"@{wrong}", cell)
                problems.append(Problem(notebook.file, line, _what(wrong), _hint(wrong, course)))
    for name, activity in course.activities.items():
        problems += _in_activity(activity, course.documents[name], course)
    return problems


def cited(text: str) -> Iterator[str]:
    """The ids that a text cites; several may share brackets: ``[@one; @two]``."""
    for citation in CITATION.findall(text):
        yield from SEPARATOR.split(citation)


def _wrong(text: str, course: Course) -> list[str]:
    return [name for name in cited(text) if name not in course.sources]


def _in_activity(activity: Activity, document: Document, course: Course) -> list[Problem]:
    problems = []
    if not isinstance(activity, Reflection):  # its sources are those that its text cites
        problems += unknown(activity.sources, course.sources, ("sources",), document, _("source"))
    if isinstance(activity, Scenario):
        for i, ending in enumerate(activity.endings):
            for k, voice in enumerate(ending.debrief):
                at = ("endings", i, "debrief", k, "sources")
                problems += unknown(voice.sources, course.sources, at, document, _("source"))
    for where, named in _elsewhere(activity):
        problems += unknown(named, course.sources, where, document, _("source"))
    for place, text in of_activity(activity):
        problems += [document.problem(place, _what(w), _hint(w, course)) for w in _wrong(text, course)]
    return problems


def _elsewhere(activity: Activity) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """The sources that a part of an exercise names, and where."""
    if isinstance(activity, Comparison):
        for i, topic in enumerate(activity.topics):
            yield ("topics", i, "positions"), tuple(position.source for position in topic.positions)
    if isinstance(activity, Language):
        for i, term in enumerate(activity.terms):
            yield ("terms", i, "sources"), term.sources


def _what(name: str) -> str:
    return _('there is no {kind} "{id}"').format(kind=_("source"), id=name[:60])


def _hint(name: str, course: Course) -> str:
    file = course.places.writable("sources.toml")
    return did_you_mean(name, course.sources) or _("Add it to {file}").format(file=file)
