"""How long things may be. One table, so that a bar is changed in one place."""

from __future__ import annotations

from dataclasses import dataclass

WORDS_PER_NODE = 60
SHORTEST, LONGEST = 6, 8
"""Choices on a path through a scenario."""

MODULE_MINUTES = 12
"""The most that a module on a path may take."""
CORE_MINUTES = 30
"""The most that the common modules of a path may take together."""
COMMON = "common"
"""The folder of the modules that all roles share."""

LIX = 38
LIX_OF_FOLDER = {"leader": 42, "politician": 42}
"""The highest LIX of a module, by its folder under ``modules/``."""


@dataclass(frozen=True)
class Limits:
    """The least that an activity must hold."""

    nodes: int = 14
    endings: int = 4
    path: int = SHORTEST
    questions: int = 5


MINIATURE = Limits(nodes=1, endings=1, path=1, questions=1)
"""For a course that is marked ``miniature``."""


def limits(miniature: bool) -> Limits:
    """The limits that hold for a course."""
    return MINIATURE if miniature else Limits()


def highest_lix(file: str) -> int:
    """The highest LIX for the module in this file, relative to the course."""
    folders = file.split("/")[1:2]
    return LIX_OF_FOLDER.get(folders[0], LIX) if folders else LIX
