"""Where a scenario's paths end: the same numbers as going every path, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.models import Scenario
from kommune3.engine.spread import spread, spreads
from kommune3.engine.walk import TooManyStates, walk
from strategies import scenarios


def every_end(scenario: Scenario, state: play.State | None = None) -> Iterator[play.State]:
    """The last state of each path, path after path."""
    here = state or play.start(scenario)
    if play.ended(scenario, here):
        yield here
    for choice in play.open_choices(scenario, here):
        yield from every_end(scenario, play.next_state(scenario, here, choice.id))


@settings(max_examples=150)
@given(scenarios(max_nodes=6))
def test_the_walk_counts_what_going_every_path_finds(scenario: Scenario) -> None:
    found = spreads(scenario)
    by_ending: dict[str, list[play.State]] = {}
    for end in every_end(scenario):
        by_ending.setdefault(end.node, []).append(end)
    assert list(found) == [ending.id for ending in scenario.endings if ending.id in by_ending]
    for name, ends in by_ending.items():
        assert found[name].paths == len(ends)
        for indicator in scenario.indicators:
            values = sorted(end.values[indicator.id] for end in ends)
            here = found[name].values[indicator.id]
            assert (here.lowest, here.highest) == (values[0], values[-1])
            assert here.mean == pytest.approx(sum(values) / len(values))
            assert (here.low, here.high) == (
                values[-(-len(values) // 4) - 1],
                values[-(-3 * len(values) // 4) - 1],
            )


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 10**9), min_size=1))
def test_a_spread_is_in_order_and_within_its_values(values: dict[int, int]) -> None:
    found = spread(Counter(values))
    assert found.lowest <= found.low <= found.high <= found.highest
    assert found.lowest <= found.mean <= found.highest
    assert {found.low, found.high} <= set(values)
    assert sum(n for value, n in values.items() if value <= found.low) * 4 >= sum(values.values())
    assert sum(n for value, n in values.items() if value >= found.high) * 4 >= sum(values.values())


def test_the_courses_own_scenarios_are_counted_as_check_counts_them(shipped: Course) -> None:
    own = [one for one in shipped.activities.values() if isinstance(one, Scenario)]
    assert own
    for scenario in own:
        found = spreads(scenario)
        assert {name: here.paths for name, here in found.items()} == dict(walk(scenario).endings)
        assert list(found) == list(scenario.endings_by_id)


def test_too_many_states_are_told(shipped: Course) -> None:
    scenario = shipped.activities["foraeldreraad"]
    assert isinstance(scenario, Scenario)
    with pytest.raises(TooManyStates):
        spreads(scenario, limit=20)
