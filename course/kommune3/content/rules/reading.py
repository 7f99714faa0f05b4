"""Texts that are easy to read: LIX per module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from ..limits import highest_lix
from ..problem import Problem
from ..summary import readability

if TYPE_CHECKING:
    from ..course import Course


def reading_problems(course: Course) -> list[Problem]:
    """Modules whose text, with that of their activities, has too high a LIX."""
    problems = []
    for module in course.modules:
        notebook = course.notebooks.get(module.file)
        if notebook is None:
            continue
        found, most = readability(course, module.id).lix, highest_lix(module.file)
        if found > most:
            what = _("the text is hard to read: LIX {lix}, at most {most}")
            hint = _("Write shorter sentences and shorter words")
            what = what.format(lix=f"{found:.1f}", most=most)
            problems.append(Problem(notebook.file, None, what, hint))
    return problems
