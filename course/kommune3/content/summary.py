"""A module in figures, for authors: minutes, words, LIX, and what its scenarios hold."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kommune3.engine.models import Scenario
from kommune3.engine.moves import Circular
from kommune3.engine.walk import TooManyStates, Walk, walk
from kommune3.i18n import gettext as _

from . import lix, prose
from .course import Course
from .limits import highest_lix
from .minutes import minutes


@dataclass(frozen=True)
class ScenarioSummary:
    """A scenario's size. Lengths are in choices; all are 0 where it cannot be walked."""

    id: str
    title: str
    minutes: int
    nodes: int
    endings: int
    states: int
    paths: int
    shortest: int
    longest: int

    def __str__(self) -> str:
        line = _(
            "{id}: {nodes} situations, {endings} endings, {paths} paths of {shortest} to {longest} choices"
        )
        return line.format(**asdict(self))


@dataclass(frozen=True)
class ModuleSummary:
    """A module's size; ``lix`` is over its text and its activities' texts, ``highest_lix`` the bar."""

    id: str
    title: str
    minutes: int
    """As worked out from words and exercises."""
    said: int
    """As the course says to its learners."""
    words: int
    lix: float
    highest_lix: int
    scenarios: tuple[ScenarioSummary, ...]
    teaches: tuple[str, ...] = ()
    aims: tuple[tuple[str, str], ...] = ()
    """Each aim with the title of its exercise."""

    def __str__(self) -> str:
        line = _("{id} ({title}): {minutes} minutes (says {said}), {words} words, LIX {lix} of {highest_lix}")
        told = [line.format(**asdict(self)), *map(str, self.scenarios)]
        if self.teaches:
            told.append(_("teaches: {rows}").format(rows=", ".join(self.teaches)))
        told += [f"{aim} → {exercise}" for aim, exercise in self.aims]
        return "\n    ".join(told)


def report(course: Course) -> list[ModuleSummary]:
    """Each module in figures, in the manifest's order."""
    return [_module(course, module.id) for module in course.modules]


def readability(course: Course, module_id: str) -> lix.Readability:
    """The counts over all that a learner may read in the module."""
    pieces = list(prose.of_notebook(course.notebook(module_id)))
    for activity in course.activities_of(module_id):
        pieces += [text for _place, text in prose.of_activity(activity)]
    return lix.measure(pieces)


def _module(course: Course, module_id: str) -> ModuleSummary:
    module, read = course.module(module_id), readability(course, module_id)
    return ModuleSummary(
        id=module.id,
        title=module.title,
        minutes=minutes(course, module_id),
        said=module.minutes,
        teaches=module.teaches,
        aims=tuple((aim.text, _exercise(course, aim.exercise)) for aim in module.aims),
        words=read.words,
        lix=round(read.lix, 1),
        highest_lix=highest_lix(module.file),
        scenarios=tuple(
            _scenario(activity)
            for activity in course.activities_of(module_id)
            if isinstance(activity, Scenario)
        ),
    )


def _exercise(course: Course, name: str | None) -> str:
    return course.activities[name].title if name and name in course.activities else "–"


def _scenario(scenario: Scenario) -> ScenarioSummary:
    try:
        walked = walk(scenario)
    except (Circular, TooManyStates, KeyError):  # the last for a target or an indicator that is not there
        walked = Walk(0, 0, frozenset(), frozenset(), {}, {})
    return ScenarioSummary(
        id=scenario.id,
        title=scenario.title,
        minutes=scenario.minutes,
        nodes=len(scenario.nodes),
        endings=len(scenario.endings),
        states=walked.states,
        paths=walked.paths,
        shortest=len(walked.shortest),
        longest=len(walked.longest),
    )
