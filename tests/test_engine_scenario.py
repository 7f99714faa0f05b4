"""Properties of play that hold for every scenario."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.models import Choice, Condition, Scenario
from kommune3.engine.scenario import ImpossiblePath, State
from strategies import attempts, scenarios


def walked(data: st.DataObject, scenario: Scenario) -> list[State]:
    """A walk as far as choices are open, each drawn."""
    states = [play.start(scenario)]
    while choices := play.open_choices(scenario, states[-1]):
        choice = data.draw(st.sampled_from([choice.id for choice in choices]))
        states.append(play.next_state(scenario, states[-1], choice))
    return states


@given(st.data(), scenarios())
def test_replay_gives_the_same_states_as_the_walk(data: st.DataObject, scenario: Scenario) -> None:
    states = walked(data, scenario)
    assert list(play.replay(scenario, states[-1].path)) == states


@given(st.data(), scenarios())
def test_undo_is_a_replay_of_one_choice_less(data: st.DataObject, scenario: Scenario) -> None:
    states = walked(data, scenario)
    for before, after in itertools.pairwise(states):
        assert play.replay(scenario, after.path[:-1])[-1] == before


@given(st.data(), scenarios())
def test_values_stay_within_0_and_100_and_move_by_the_effect(data: st.DataObject, scenario: Scenario) -> None:
    choices = {choice.id: choice for node in scenario.nodes for choice in node.choices}
    states = walked(data, scenario)
    for before, after in itertools.pairwise(states):
        for name, value in after.values.items():
            wanted = before.values[name] + choices[after.path[-1]].effects.get(name, 0)
            assert value == min(100, max(0, wanted))


@given(st.data(), scenarios())
def test_a_walk_ends_at_an_ending_or_where_nothing_is_open(data: st.DataObject, scenario: Scenario) -> None:
    last = walked(data, scenario)[-1]
    assert play.ended(scenario, last) or last.node in scenario.nodes_by_id
    assert len(last.path) == len(set(last.path)) <= len(scenario.nodes)
    with pytest.raises(ImpossiblePath) as caught:
        play.next_state(scenario, last, scenario.nodes[0].choices[0].id)
    assert caught.value.step == len(last.path)


@given(st.data(), scenarios())
def test_any_list_of_ids_is_a_path_or_refused_at_its_first_wrong_step(
    data: st.DataObject, scenario: Scenario
) -> None:
    tried = data.draw(attempts(scenario))
    try:
        states = play.replay(scenario, tried)
    except ImpossiblePath as error:
        fine = play.replay(scenario, tried[: error.step])[-1]
        assert tried[error.step] == error.choice  # noqa: PT017
        assert error.choice not in {c.id for c in play.open_choices(scenario, fine)}  # noqa: PT017
    else:
        assert states[-1].path == tuple(tried)


@given(st.integers(-300, 300))
def test_clamp(value: int) -> None:
    assert play.clamp(value) == sorted([0, value, 100])[1]


@given(st.integers(2, 7), st.integers(0, 100))
def test_level_cuts_the_scale_into_equal_parts(count: int, value: int) -> None:
    levels = tuple(str(i) for i in range(count))
    assert play.level(levels, 0) == "0"
    assert play.level(levels, 100) == str(count - 1)
    found = int(play.level(levels, value))
    assert found * 100 <= value * count
    assert found == count - 1 or value * count < (found + 1) * 100


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        (None, True),
        (Condition(), True),
        (Condition(at_least={"tillid": 50}), True),
        (Condition(at_least={"tillid": 51}), False),
        (Condition(at_most={"tillid": 50}), True),
        (Condition(at_most={"tillid": 49}), False),
        (Condition(chose=("a", "x")), True),
        (Condition(chose=("x",)), False),
        (Condition(at_least={"tillid": 50}, chose=("x",)), False),
        (Condition(at_least={"tillid": 20}, at_most={"tid": 10}), True),
        (Condition(at_least={"tillid": 20, "tid": 11}), False),
        (Condition(at_least={"ukendt": 1}), False),
        (Condition(at_most={"ukendt": 0}), True),
    ],
)
def test_condition_holds_when_every_part_does(condition: Condition | None, met: bool) -> None:
    assert play.holds(condition, State("n", {"tillid": 50, "tid": 10}, ("a", "b"))) is met


def test_open_choices_keep_the_order_of_the_file(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    first = play.open_choices(scenario, play.start(scenario))
    assert [choice.id for choice in first] == ["sporg", "noter", "afvis"]
    assert all(isinstance(choice, Choice) for choice in first)


def test_a_condition_closes_a_choice(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    with pytest.raises(ImpossiblePath, match="step 2: choice 'ring' is not open at 'sagen'"):
        play.replay(scenario, ["afvis", "ring"])
    with pytest.raises(ImpossiblePath, match="step 3: choice 'vent' comes after the ending"):
        play.replay(scenario, ["noter", "vent", "vent"])
    assert play.replay(scenario, ["noter", "ring", "faelles"])[-1].node == "baenk"
