"""The four widgets. Each names its activity, its bundle and the style sheet, and nothing else."""

from __future__ import annotations

from kommune3.engine import models

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
