"""The exercises as anywidgets: a Python class declares state, its JavaScript shows it.

Importing this room is cheap; anywidget itself is imported when a class is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .exercise import Exercise
    from .hand_in import HandIn
    from .kinds import (
        Assessment,
        CitizenMap,
        Comparison,
        Language,
        Plan,
        Quiz,
        Reflection,
        Scenario,
        Sorter,
        Table,
    )

_HOMES = {
    "Assessment": "kinds",
    "CitizenMap": "kinds",
    "Comparison": "kinds",
    "Exercise": "exercise",
    "HandIn": "hand_in",
    "Language": "kinds",
    "Plan": "kinds",
    "Quiz": "kinds",
    "Reflection": "kinds",
    "Scenario": "kinds",
    "Sorter": "kinds",
    "Table": "kinds",
}

__all__ = [
    "Assessment",
    "CitizenMap",
    "Comparison",
    "Exercise",
    "HandIn",
    "Language",
    "Plan",
    "Quiz",
    "Reflection",
    "Scenario",
    "Sorter",
    "Table",
    "class_name",
]


def class_name(kind: str) -> str:
    """The name of the class that shows activities of this kind: ``citizen_map`` gives ``CitizenMap``."""
    return kind.title().replace("_", "")


def __getattr__(name: str) -> object:
    """The widget class of that name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
