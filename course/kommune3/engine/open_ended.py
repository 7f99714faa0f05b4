"""What was done in exercises without a right answer: each step, and never what somebody thinks.

A stand and a self-assessment are opinions, so their values are no choices: a step is all that can be told.
"""

from __future__ import annotations

from collections.abc import Sequence

from .exercises import Assessment, CitizenMap, Comparison
from .outcome import Outcome, Result
from .parts import Identified, by_id
from .scenario import ImpossiblePath

BEFORE, AFTER = "before", "after"
"""The steps of a comparison in which a stand is taken; the others are its topics' ids."""

UNPLACED = "-"
"""The choice for somebody who is not on the map; no arena can have it as its id."""
ENOUGH = 8
"""So many people on the map are enough to compare it with the authors'."""


def map_outcome(activity: CitizenMap, choices: Sequence[str]) -> Outcome:
    """The people placed, with the authors' own placing and why, once they are enough.

    Choices are arena ids in the order of the people, ``UNPLACED`` for those left out; or none at all.
    """
    all_at_once(choices, activity.people)
    known = {UNPLACED, *by_id(activity.arenas)}
    for step, choice in enumerate(choices):
        if choice not in known:
            raise ImpossiblePath(step, choice, "is not an arena")
    results = tuple(
        Result(id=person.id, choice=choice, ours=person.arena, feedback=person.why)
        for person, choice in zip(activity.people, choices, strict=False)
        if choice != UNPLACED
    )
    if len(results) < enough(activity):
        return Outcome(finished=False, passed=False)
    return Outcome(finished=True, passed=True, results=results)


def enough(activity: CitizenMap) -> int:
    """How many people must be placed before the authors' own map is shown: all, where there are few."""
    return min(ENOUGH, len(activity.people))


def comparison_outcome(activity: Comparison, choices: Sequence[str]) -> Outcome:
    """How far somebody is: ``BEFORE`` first, each topic once in any order, ``AFTER`` when all are read."""
    left = {topic.id for topic in activity.topics}
    for step, choice in enumerate(choices):
        if step == 0 and choice == BEFORE:
            continue
        if step and choice == AFTER and not left and step == len(activity.topics) + 1:
            continue
        if not step or choice not in left:
            raise ImpossiblePath(step, choice, "is not a step that can be taken now")
        left.remove(choice)
    done = len(choices) == len(activity.topics) + 2
    return Outcome(finished=done, passed=done)


def assessment_outcome(activity: Assessment, choices: Sequence[str]) -> Outcome:
    """Which statements are rated: their ids, each once, in the order of the activity."""
    order = [statement.id for statement in activity.statements]
    at = -1
    for step, choice in enumerate(choices):
        if choice not in order[at + 1 :]:
            raise ImpossiblePath(step, choice, "is unknown, rated before, or out of order")
        at = order.index(choice)
    done = len(choices) == len(order)
    return Outcome(finished=done, passed=done)


def all_at_once(choices: Sequence[str], things: Sequence[Identified]) -> None:
    """Raises ImpossiblePath where there are choices for some of the things and none for others."""
    if choices and len(choices) != len(things):
        step = min(len(choices), len(things)) - 1
        raise ImpossiblePath(step, choices[step], f"is one of {len(choices)}, not {len(things)}")
