"""The course's files as validated models, and every repository rule."""

from .course import Course
from .load import load_course
from .manifest import Info, Module, Municipality, Role, Source
from .notebook import Call, Cell, Import, Notebook
from .problem import ContentError, Problem

__all__ = [
    "Call",
    "Cell",
    "ContentError",
    "Course",
    "Import",
    "Info",
    "Module",
    "Municipality",
    "Notebook",
    "Problem",
    "Role",
    "Source",
    "load_course",
]
