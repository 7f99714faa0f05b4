"""Texts that are easy to read: LIX per module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from ..limits import highest_lix
from ..notebook import Notebook
from ..problem import Problem
from ..summary import readability

if TYPE_CHECKING:
    from ..course import Course


def reading_problems(course: Course) -> list[Problem]:
    """Modules whose text, with that of their activities, has too high a LIX."""
    problems = []
    for module in course.modules:
        notebook = course.notebooks.get(module.file)
        if notebook is not None:
            problems += too_hard(readability(course, module.id).lix, notebook)
    return problems


def too_hard(lix: float, text: Notebook) -> list[Problem]:
    """A problem where the LIX is higher than the text's folder allows."""
    most = highest_lix(text.path)
    if lix <= most:
        return []
    what = _("the text is hard to read: LIX {lix}, at most {most}")
    hint = _("Write shorter sentences and shorter words")
    return [Problem(text.file, None, what.format(lix=f"{lix:.1f}", most=most), hint)]
