"""The calls that a notebook cell may make. Each shows one of the course's activities, by its id.

``KOMMUNE3_COURSE`` names a municipality's own folder. A page is built from the same calls without
running them (:mod:`kommune3.site.body`); a wrong id is a KeyError that says which ids there are.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from . import i18n
from .engine.models import KINDS
from .i18n import gettext as _

if TYPE_CHECKING:
    from .charts import Chart
    from .content import Course
    from .widgets import Exercise, Quiz, Scenario, Sorter, Table

CALLS = KINDS
"""The names of the functions below; a cell may call no other."""

__all__ = ["CALLS", "quiz", "scenario", "sorter", "table", "timeline"]

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

    return charts.timeline(_activity(activity_id, Timeline))


@lru_cache
def _course() -> Course:
    from .content import load_course

    overlay = os.environ.get("KOMMUNE3_COURSE")
    course = load_course(Path(overlay).expanduser() if overlay else None)
    i18n.use(course.info.language)
    return course


def _activity(activity_id: str, kind: type[Found]) -> Found:
    known = _course().activities
    found = known.get(activity_id)
    if isinstance(found, kind):
        return found
    ids = ", ".join(sorted(name for name, one in known.items() if isinstance(one, kind)))
    words = _('there is no {kind} "{id}" in the course; there is: {ids}')
    raise KeyError(words.format(kind=kind.__name__.lower(), id=activity_id, ids=ids or "–"))


def _shown(widget: type[Shown], activity_id: str) -> Shown:
    course = _course()
    activity = _activity(activity_id, widget.kind)
    info = course.info
    return widget.of(activity, language=info.language, pass_mark=info.pass_mark, sources=course.sources)
