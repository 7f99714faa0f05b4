"""The shipped scenarios are dilemmas: every choice has a price, and no way through is best in everything."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.models import Scenario

MANIFEST = tomllib.loads((Path(__file__).parents[1] / "course/course.toml").read_text(encoding="utf-8"))
SCENARIOS = [one["id"] for one in MANIFEST["activities"] if one["kind"] == "scenario"]
"""From the manifest alone: every process of a test run collects, and the whole course takes seconds."""


End = tuple[str, tuple[int, ...]]
"""An ending's id, and the indicators' values there."""


def finished(scenario: Scenario) -> set[End]:
    """How ways through the scenario may end; what no condition asks about is walked once only."""
    asked = {c for node in scenario.nodes for one in node.choices if one.when for c in one.when.chose}
    ends, seen, waiting = set[End](), set[object](), [play.start(scenario)]
    while waiting:
        state = waiting.pop()
        values = tuple(state.values.values())
        known = (state.node, values, frozenset(asked.intersection(state.path)))
        if known in seen:
            continue
        seen.add(known)
        if play.ended(scenario, state):
            ends.add((state.node, values))
        choices = play.open_choices(scenario, state)
        waiting += [play.next_state(scenario, state, choice.id) for choice in choices]
    return ends


@pytest.fixture(scope="module", params=SCENARIOS)
def scenario(request: pytest.FixtureRequest, shipped: Course) -> Scenario:
    """Each scenario of the course that is shipped."""
    found = shipped.activities[request.param]
    assert isinstance(found, Scenario)
    return found


@pytest.fixture(scope="module")
def ends(scenario: Scenario) -> set[End]:
    return finished(scenario)


def test_every_choice_gives_and_costs(scenario: Scenario) -> None:
    one_sided = [
        choice.id
        for node in scenario.nodes
        for choice in node.choices
        if not (min(choice.effects.values(), default=0) < 0 < max(choice.effects.values(), default=0))
    ]
    assert one_sided == []


def test_no_way_is_best_in_everything(ends: set[End]) -> None:
    reached = {values for _, values in ends}
    best = tuple(max(values) for values in zip(*reached, strict=True))
    assert best not in reached


def unbeaten(reached: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """The results that no other result equals or passes in every indicator."""
    waiting = np.array(sorted(reached, key=sum, reverse=True))  # what beats a result has a higher sum
    front: set[tuple[int, ...]] = set()
    while len(waiting):
        best, waiting = waiting[0], waiting[1:]
        front.add(tuple(map(int, best)))
        waiting = waiting[~(best >= waiting).all(axis=1)]
    return front


def test_every_ending_can_be_somebody_s_best(scenario: Scenario, ends: set[End]) -> None:
    best = unbeaten({values for _, values in ends})
    assert {node for node, values in ends if values in best} == {ending.id for ending in scenario.endings}


def test_a_predicted_reaction_is_never_given_away(scenario: Scenario) -> None:
    """Where reactions are predicted, the choices do not all meet the same one."""
    same = [
        node.id
        for node in scenario.nodes
        if node.predict and len({choice.reaction for choice in node.choices}) < 2
    ]
    assert same == []
