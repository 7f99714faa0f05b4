"""The widgets that show an activity. Each names it, its bundle and the style sheet, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kommune3.engine import exercises, models
from kommune3.engine.form import CourseText

from .checking import check_form, check_letter, check_plan
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


class CitizenMap(Exercise):
    """People to place on the map of active citizenship."""

    kind = exercises.CitizenMap
    _esm = bundle("citizen_map")
    _css = style_sheet()


class Comparison(Exercise):
    """Sources side by side, between a stand before and one after."""

    kind = exercises.Comparison
    _esm = bundle("comparison")
    _css = style_sheet()


class Assessment(Exercise):
    """Statements to place oneself on."""

    kind = exercises.Assessment
    _esm = bundle("assessment")
    _css = style_sheet()


class Language(Exercise):
    """A check of a letter's words. The kernel forgets the letter as the service does."""

    kind = exercises.Language
    _esm = bundle("language")
    _css = style_sheet()

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any] | None:
        if message.get("ask") != "language" or not isinstance(self._judged, exercises.Language):
            return None
        return check_letter(self._judged, message)


class Plan(Exercise):
    """Questions to answer in a plan of one's own."""

    kind = exercises.Plan
    _esm = bundle("plan")
    _css = style_sheet()

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any] | None:
        if message.get("ask") != "plan" or not isinstance(self._judged, exercises.Plan):
            return None
        return check_plan(self._judged, message)


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
