"""The engine in Python and its twin in JavaScript see every random scenario alike, state by state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.models import Scenario
from nodejs import asking
from strategies import attempts, scenarios

Ask = Callable[[Scenario, list[str]], dict[str, Any]]


@pytest.fixture(scope="module")
def twin() -> Iterator[Ask]:
    """Asks one long-lived node process."""
    with asking("tests/engine_twin.mjs") as ask:
        yield lambda scenario, choices: ask(
            {"scenario": scenario.model_dump(mode="json"), "choices": choices}
        )


def python_walk(scenario: Scenario, choices: list[str]) -> tuple[list[play.State], int | None]:
    states = [play.start(scenario)]
    for choice in choices:
        try:
            states.append(play.next_state(scenario, states[-1], choice))
        except play.ImpossiblePath as error:
            return states, error.step
    return states, None


def seen(scenario: Scenario, state: play.State) -> dict[str, Any]:
    return {
        "node": state.node,
        "values": dict(state.values),
        "path": list(state.path),
        "open": [choice.id for choice in play.open_choices(scenario, state)],
        "ended": play.ended(scenario, state),
        "levels": [play.level(each.levels, state.values[each.id]) for each in scenario.indicators],
    }


def agree(twin: Ask, scenario: Scenario, choices: list[str]) -> None:
    states, refused = python_walk(scenario, choices)
    answer = twin(scenario, choices)
    assert answer["states"] == [seen(scenario, state) for state in states]
    assert answer["refused"] == refused


@st.composite
def possible(draw: st.DrawFn, scenario: Scenario) -> list[str]:
    """A path that can be walked, as far as it goes."""
    state = play.start(scenario)
    while open_ := play.open_choices(scenario, state):
        state = play.next_state(scenario, state, draw(st.sampled_from(open_)).id)
    return list(state.path)


TWIN = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@TWIN
@given(data=st.data(), scenario=scenarios())
def test_possible_paths_lead_to_the_same_states(twin: Ask, data: st.DataObject, scenario: Scenario) -> None:
    agree(twin, scenario, data.draw(possible(scenario)))


@TWIN
@given(data=st.data(), scenario=scenarios())
def test_impossible_paths_are_refused_at_the_same_step(
    twin: Ask, data: st.DataObject, scenario: Scenario
) -> None:
    tail = data.draw(attempts(scenario))
    agree(twin, scenario, [*data.draw(possible(scenario) | st.just([])), *tail])


def lengths(scenario: Scenario, state: play.State) -> set[int]:
    """How many choices every way to a stop takes, by trying them all."""
    after = [play.next_state(scenario, state, choice.id) for choice in play.open_choices(scenario, state)]
    return {1 + rest for each in after for rest in lengths(scenario, each)} or {0}


@settings(TWIN, max_examples=60)
@given(scenario=scenarios(max_nodes=4))
def test_the_page_knows_how_many_choices_are_left(twin: Ask, scenario: Scenario) -> None:
    every = lengths(scenario, play.start(scenario))
    assert twin(scenario, [])["left"] == [min(every), max(every)]


def test_the_course_s_own_scenarios_start_alike(twin: Ask, mini_course: Course) -> None:
    for activity in mini_course.activities.values():
        if isinstance(activity, Scenario):
            agree(twin, activity, [])
