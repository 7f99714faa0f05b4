"""The widgets that show an activity. Each names it, its bundle and the style sheet, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kommune3.engine import models
from kommune3.engine.form import CourseText

from .checking import check_form
from .exercise import Exercise
from .files import bundle, style_sheet


class Scenario(Exercise):
    """A branching story, played choice by choice."""

    kind = models.Scenario
    _esm = bundle("scenario")
    _css = style_sheet()


class Quiz(Exercise):
    """Choice questions, one at a time."""

    kind = models.Quiz
    _esm = bundle("quiz")
    _css = style_sheet()


class Sorter(Exercise):
    """Statements to sort into piles."""

    kind = models.Sorter
    _esm = bundle("sorter")
    _css = style_sheet()


class Table(Exercise):
    """A comparison to explore."""

    kind = models.Table
    _esm = bundle("table")
    _css = style_sheet()


class Reflection(Exercise):
    """A question to answer in one's own words."""

    kind = models.Reflection
    _esm = bundle("reflection")
    _css = style_sheet()
    course_text: Callable[[], CourseText] = CourseText
    """The course's own texts, which a reflection must not repeat; asked for when the form is checked."""

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any] | None:
        if message.get("ask") != "reflection" or not isinstance(self._judged, models.Reflection):
            return None
        return check_form(self._judged, message, self.course_text())
