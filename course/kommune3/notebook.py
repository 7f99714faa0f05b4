"""The calls that a notebook cell may make. Each shows one of the course's activities, by its id.

``KOMMUNE3_COURSE`` names a municipality's own folder, ``KOMMUNE3_ROOT`` another course altogether,
``KOMMUNE3_API`` where the service is reached; without it the kernel answers. A page is built from the same
calls without running them (:mod:`kommune3.site.body`); a wrong id is a KeyError that says which there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import i18n
from .engine.models import DRAWINGS, KINDS
from .i18n import gettext as _

if TYPE_CHECKING:
    from .charts import Chart
    from .content import Course
    from .engine import models
    from .widgets import (
        Assessment,
        CitizenMap,
        Comparison,
        Exercise,
        HandIn,
        Language,
        Plan,
        Quiz,
        Reflection,
        Scenario,
        Sorter,
        Table,
    )

CALLS = (*KINDS, *DRAWINGS, "check_form", "hand_in")
"""The names of the functions below; a cell may call no other. The last two are for exercises alone."""

__all__ = [
    "CALLS",
    "arenas",
    "assessment",
    "check_form",
    "citizen_map",
    "comparison",
    "endings",
    "hand_in",
    "language",
    "plan",
    "profile",
    "quiz",
    "reflection",
    "scenario",
    "sorter",
    "table",
    "timeline",
]

Found = TypeVar("Found")
Shown = TypeVar("Shown", bound="Exercise")


def scenario(activity_id: str) -> Scenario:
    """A story to play, choice by choice."""
    from .widgets import Scenario

    return _shown(Scenario, activity_id)


def quiz(activity_id: str) -> Quiz:
    """Questions to answer, one at a time."""
    from .widgets import Quiz

    return _shown(Quiz, activity_id)


def sorter(activity_id: str) -> Sorter:
    """Statements to sort into piles."""
    from .widgets import Sorter

    return _shown(Sorter, activity_id)


def table(activity_id: str) -> Table:
    """A comparison to explore."""
    from .widgets import Table

    return _shown(Table, activity_id)


def timeline(activity_id: str) -> Chart:
    """Periods drawn along the years."""
    from . import charts
    from .engine.models import Timeline

    return charts.kept.chart(charts.timeline, _activity(activity_id, Timeline))


def citizen_map(activity_id: str) -> CitizenMap:
    """People to place on the map of active citizenship."""
    from .widgets import CitizenMap

    return _shown(CitizenMap, activity_id)


def comparison(activity_id: str) -> Comparison:
    """Sources side by side, between a stand before and one after."""
    from .widgets import Comparison

    return _shown(Comparison, activity_id)


def assessment(activity_id: str) -> Assessment:
    """Statements to place oneself on."""
    from .widgets import Assessment

    return _shown(Assessment, activity_id)


def language(activity_id: str) -> Language:
    """A check of a letter's words."""
    from .widgets import Language

    return _shown(Language, activity_id)


def plan(activity_id: str) -> Plan:
    """Questions to answer in a plan of one's own."""
    from .widgets import Plan

    return _shown(Plan, activity_id)


def reflection(activity_id: str) -> Reflection:
    """A question to answer in one's own words, for one's trainer to read."""
    from .widgets import Reflection

    shown = _shown(Reflection, activity_id)
    shown.course_text = lambda: _course().own_text  # read when the form is first checked
    return shown


def endings(scenario_id: str) -> Chart:
    """How the scenario may end, drawn from all its paths."""
    from . import charts
    from .engine.models import Scenario

    return charts.kept.chart(charts.endings, _activity(scenario_id, Scenario))


def arenas(map_id: str) -> Chart:
    """The places of the map of active citizenship, drawn with nobody in them."""
    from . import charts
    from .engine.exercises import CitizenMap

    return charts.kept.chart(charts.arenas, _activity(map_id, CitizenMap))


def profile(assessment_id: str) -> Chart:
    """The self-assessment as an empty form for a pen."""
    from . import charts
    from .engine.exercises import Assessment

    return charts.kept.chart(charts.profile, _activity(assessment_id, Assessment))


def hand_in(assignment: str) -> HandIn:
    """A button that hands the notebook in, which holds a reflection of the assignment."""
    from .widgets import HandIn

    course = _course()
    if assignment not in course.assignments:
        raise _unknown("assignment", assignment, course.assignments)
    titles = {one.id: one.title for one in course.assignments[assignment]}
    return HandIn.of(assignment, titles=titles, api=_api(), language=course.info.language)


def check_form(activity_id: str) -> float:
    """1.0 where the answers in the notebook beside this kernel have their form, else 0.0.

    It stands hidden in nbgrader's test cells and prints what is missing. What a learner wrote is read, never
    run or repeated.
    """
    from .engine import form
    from .engine.models import Reflection

    asked = _activity(activity_id, Reflection)
    answers = _written(asked)
    if answers is None:
        print(_("No notebook here holds an answer to this reflection."))  # noqa: T201  the output of a cell
        return 0.0
    found = form.check(asked, answers, _course().own_text)
    for finding in found.findings:
        print(finding.text)  # noqa: T201
    return 1.0 if found.passed else 0.0


def _written(asked: models.Reflection) -> list[str] | None:
    """The answers in the newest notebook of the working directory that has their cell."""
    from .content import ContentError
    from .content.graded import graded
    from .content.notebook import read_notebook
    from .engine.answers import parse

    for path in sorted(Path.cwd().glob("*.ipynb"), key=lambda one: one.stat().st_mtime, reverse=True):
        try:
            cells = dict(graded(read_notebook(path, path.name, path.name)))
        except ContentError:  # another file, which is not asked for here
            continue
        if asked.id in cells:
            return parse(asked.prompts, cells[asked.id].source)
    return None


@lru_cache
def _course() -> Course:
    from .content import load_course

    overlay, root = (os.environ.get(f"KOMMUNE3_{name}") for name in ("COURSE", "ROOT"))
    course = load_course(
        Path(overlay).expanduser() if overlay else None, root=Path(root).expanduser() if root else None
    )
    i18n.use(course.info.language, course.places.overlay)
    return course


def _api() -> str:
    return os.environ.get("KOMMUNE3_API", "")


def _activity(activity_id: str, kind: type[Found]) -> Found:
    known = _course().activities
    found = known.get(activity_id)
    if isinstance(found, kind):
        return found
    ids = (name for name, one in known.items() if isinstance(one, kind))
    raise _unknown(kind.__name__.lower(), activity_id, ids)


def _unknown(kind: str, name: str, known: Iterable[str]) -> KeyError:
    words = _('there is no {kind} "{id}" in the course; there is: {ids}')
    return KeyError(words.format(kind=kind, id=name, ids=", ".join(sorted(known)) or "–"))


def _shown(widget: type[Shown], activity_id: str) -> Shown:
    course = _course()
    activity = _activity(activity_id, widget.kind)
    language, pass_mark = course.language_of_activity(activity_id), course.info.pass_mark
    return widget.of(activity, api=_api(), language=language, pass_mark=pass_mark, sources=course.sources)
