"""The walker against brute force: every path listed one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3.content import load_course
from kommune3.engine import scenario as play
from kommune3.engine.models import Scenario
from kommune3.engine.moves import Circular, ordered
from kommune3.engine.scenario import State
from kommune3.engine.walk import TooManyStates, walk
from strategies import scenarios


def every_state(scenario: Scenario) -> list[State]:
    """Each state of each path, by brute force."""
    found, todo = [], [play.start(scenario)]
    while todo:
        state = todo.pop()
        found.append(state)
        todo += [play.next_state(scenario, state, c.id) for c in play.open_choices(scenario, state)]
    return found


@given(scenarios(max_nodes=6))
@settings(max_examples=150, deadline=None)
def test_walk_agrees_with_brute_force(scenario: Scenario) -> None:
    states = every_state(scenario)
    ends = [state for state in states if play.ended(scenario, state)]
    walked = walk(scenario)
    assert walked.nodes == {state.node for state in states}
    assert walked.choices == {choice for state in states for choice in state.path}
    assert walked.paths == len(ends)
    assert walked.endings == {n: sum(e.node == n for e in ends) for n in {e.node for e in ends}}
    stuck = [s for s in states if not play.ended(scenario, s) and not play.open_choices(scenario, s)]
    assert set(walked.dead_ends) == {state.node for state in stuck}
    lengths = [len(state.path) for state in ends] or [0]
    assert (len(walked.shortest), len(walked.longest)) == (min(lengths), max(lengths))


@given(scenarios())
@settings(deadline=None)
def test_the_paths_that_are_shown_are_real(scenario: Scenario) -> None:
    walked = walk(scenario)
    for node, path in walked.dead_ends.items():
        last = play.replay(scenario, path)[-1]
        assert last.node == node
        assert not play.open_choices(scenario, last)
    if walked.paths:
        for path in (walked.shortest, walked.longest):
            assert play.ended(scenario, play.replay(scenario, path)[-1])


@given(scenarios())
def test_order_puts_each_node_before_those_it_leads_to(scenario: Scenario) -> None:
    order = ordered(scenario)
    assert sorted(order) == sorted(scenario.nodes_by_id)
    for node in scenario.nodes:
        for choice in node.choices:
            if choice.to in scenario.nodes_by_id:
                assert order.index(node.id) < order.index(choice.to)


@given(st.data(), scenarios(max_nodes=5))
def test_a_way_back_is_found_as_a_circle(data: st.DataObject, scenario: Scenario) -> None:
    """Turn one choice back to a node from which it can be reached."""
    node = data.draw(st.sampled_from(scenario.nodes))
    back = node.choices[0].model_copy(update={"to": node.id})
    bent = node.model_copy(update={"choices": (back, *node.choices[1:])})
    nodes = tuple(bent if one.id == node.id else one for one in scenario.nodes)
    with pytest.raises(Circular) as caught:
        walk(scenario.model_copy(update={"nodes": nodes}))
    assert caught.value.circle == (node.id, node.id)


def test_a_circle_of_several_nodes_is_told_in_order() -> None:
    scenario = load_scenario()
    last = scenario.nodes[-1]
    back = last.choices[0].model_copy(update={"to": scenario.nodes[0].id})
    nodes = (*scenario.nodes[:-1], last.model_copy(update={"choices": (back,)}))
    with pytest.raises(Circular) as caught:
        ordered(scenario.model_copy(update={"nodes": nodes}))
    circle = caught.value.circle
    assert circle[0] == circle[-1]
    assert len(circle) > 2


def test_the_limit_stops_the_walk() -> None:
    scenario = load_scenario()
    states = walk(scenario).states
    with pytest.raises(TooManyStates):
        walk(scenario, limit=states // 2)


def load_scenario() -> Scenario:
    """The course's own first scenario."""
    scenario = load_course().activities["foraeldreraad"]
    assert isinstance(scenario, Scenario)
    return scenario
