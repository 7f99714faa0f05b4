"""The course's files as validated models, and every repository rule."""

from .check import check
from .course import Course
from .fresh import Fresh
from .load import load_course
from .manifest import Info, Module, Municipality, Role, Source
from .notebook import Call, Cell, Import, Notebook
from .problem import ContentError, Problem
from .rules.words import still_to_translate
from .summary import ModuleSummary, ScenarioSummary, report

__all__ = [
    "Call",
    "Cell",
    "ContentError",
    "Course",
    "Fresh",
    "Import",
    "Info",
    "Module",
    "ModuleSummary",
    "Municipality",
    "Notebook",
    "Problem",
    "Role",
    "ScenarioSummary",
    "Source",
    "check",
    "load_course",
    "report",
    "still_to_translate",
]
