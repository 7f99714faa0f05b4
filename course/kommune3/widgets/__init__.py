"""The exercises as anywidgets: a Python class declares state, its JavaScript shows it.

Importing this room is cheap; anywidget itself is imported when a class is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .exercise import Exercise
    from .hand_in import HandIn
    from .kinds import Quiz, Reflection, Scenario, Sorter, Table

_HOMES = {
    "Exercise": "exercise",
    "HandIn": "hand_in",
    "Quiz": "kinds",
    "Reflection": "kinds",
    "Scenario": "kinds",
    "Sorter": "kinds",
    "Table": "kinds",
}

__all__ = ["Exercise", "HandIn", "Quiz", "Reflection", "Scenario", "Sorter", "Table"]


def __getattr__(name: str) -> object:
    """The widget class of that name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
