"""Every repository rule, run over everything that can be loaded."""

from __future__ import annotations

from pathlib import Path

from kommune3.engine.models import Scenario

from .course import Course
from .limits import limits
from .load import attempt, places
from .problem import ContentError, Problem
from .rules.citations import citation_problems
from .rules.code import code_problems, required_problems
from .rules.files import file_problems
from .rules.markdown import markdown_problems
from .rules.materials import material_problems
from .rules.notebooks import format_problems, notebook_problems
from .rules.parts import part_problems
from .rules.paths import path_problems
from .rules.reading import reading_problems
from .rules.reflections import reflection_problems
from .rules.scenario import length_problems, reference_problems
from .rules.teaching import teaching_problems
from .rules.words import interface_problems


def check(root: Path | None = None, overlay: Path | None = None) -> list[Problem]:
    """What is wrong with a course; an empty list when all is well.

    What could not be read comes first, since other problems may follow from it; then by file and line.
    ``root`` holds ``course/`` and ``modules/``, by default those that came with the program.
    """
    try:
        course, problems = attempt(places(overlay, root))
    except ContentError as error:
        return list(error.problems)
    first = set(problems)
    if course is not None:
        problems += file_problems(course) + required_problems(course) + citation_problems(course)
        problems += _activities(course) + _notebooks(course) + teaching_problems(course)
        problems += material_problems(course) + reflection_problems(course) + reading_problems(course)
        problems += interface_problems(course)
    return sorted(
        dict.fromkeys(problems), key=lambda one: (one not in first, one.file, one.line or 0, one.what)
    )


def _activities(course: Course) -> list[Problem]:
    least = limits(course.info.miniature)
    problems = []
    for name, activity in course.activities.items():
        document = course.documents[name]
        if not isinstance(activity, Scenario):
            problems += part_problems(activity, document, least)
            continue
        problems += length_problems(activity, document, least)
        unknown = reference_problems(activity, document)
        problems += unknown or path_problems(activity, document, least)
    return problems


def _notebooks(course: Course) -> list[Problem]:
    problems = []
    for notebook in course.notebooks.values():
        invalid = format_problems(notebook)
        problems += invalid or [
            *notebook_problems(course, notebook),
            *code_problems(course, notebook),
            *markdown_problems(course, notebook),
        ]
    return problems
