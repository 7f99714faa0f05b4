"""A scenario as a graph, under its conditions and exactly: nothing unreachable, no dead end, right length."""

from __future__ import annotations

from collections.abc import Sequence

from kommune3.engine.models import Scenario
from kommune3.engine.moves import Circular
from kommune3.engine.walk import LIMIT, TooManyStates, Walk, walk
from kommune3.i18n import gettext as _

from ..document import Document
from ..limits import LONGEST, Limits
from ..problem import Problem
from .scenario import choices


def path_problems(scenario: Scenario, document: Document, least: Limits, limit: int = LIMIT) -> list[Problem]:
    """What is wrong with the ways through a scenario whose references are all known."""
    try:
        walked = walk(scenario, limit)
    except Circular as error:
        place = ("nodes", [node.id for node in scenario.nodes].index(error.circle[0]))
        what = _("the scenario leads in a circle: {circle}").format(circle=" → ".join(error.circle))
        hint = _("Learners step back with undo; let the choice lead on")
        return [document.problem(place, what, hint)]
    except TooManyStates:
        what = _("the scenario has more than {limit} states, too many to check").format(limit=limit)
        return [document.problem(("nodes",), what, _("Let fewer conditions depend on indicators"))]
    problems = _dead_ends(scenario, document, walked) + _unreached(scenario, document, walked)
    return problems + _lengths(document, walked, least)


def _dead_ends(scenario: Scenario, document: Document, walked: Walk) -> list[Problem]:
    problems = []
    for i, node in enumerate(scenario.nodes):
        if node.id in walked.dead_ends:
            what = _('node "{id}" is a dead end: no choice is open after {path}')
            what = what.format(id=node.id, path=_path(walked.dead_ends[node.id]))
            hint = _("Let one choice have no condition")
            problems.append(document.problem(("nodes", i), what, hint))
    return problems


def _unreached(scenario: Scenario, document: Document, walked: Walk) -> list[Problem]:
    problems = []
    for kind, key, names in (
        (_("node"), "nodes", [node.id for node in scenario.nodes]),
        (_("ending"), "endings", [ending.id for ending in scenario.endings]),
    ):
        for i, name in enumerate(names):
            if name not in walked.nodes:
                what = _('{kind} "{id}" cannot be reached').format(kind=kind, id=name)
                hint = _("Let a choice lead to it, under conditions that can hold, or delete it")
                problems.append(document.problem((key, i), what, hint))
    for place, node, choice in choices(scenario):
        if node.id in walked.nodes and choice.id not in walked.choices:
            what = _('choice "{id}" can never be made: its condition never holds').format(id=choice.id)
            hint = _("Compare it with the values and choices that lead here")
            problems.append(document.problem((*place, "when"), what, hint))
    return problems


def _lengths(document: Document, walked: Walk, least: Limits) -> list[Problem]:
    problems = []
    hint = _("A play-through is {least} to {most} choices").format(least=least.path, most=LONGEST)
    for wrong, path in (
        (walked.paths > 0 and len(walked.shortest) < least.path, walked.shortest),
        (len(walked.longest) > LONGEST, walked.longest),
    ):
        if wrong:
            what = _("a path has {count} choices: {path}").format(count=len(path), path=_path(path))
            problems.append(document.problem(("nodes",), what, hint))
    return problems


def _path(path: Sequence[str]) -> str:
    return ", ".join(path) if path else _("the start")
