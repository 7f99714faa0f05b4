"""Where the paths of a scenario end: for each ending, how high and how low each indicator is there.

Exact: every path is walked, none is drawn at random, and each counts once. States that differ only in what
no later condition asks about have the same future (:mod:`.walk`); how many paths brought which value is
kept beside them, one indicator at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .models import Scenario
from .moves import Move, moves_of
from .scenario import clamp
from .walk import LIMIT, Key, TooManyStates, after

Brought = list[dict[int, int]]
"""For each indicator, the values that paths bring and the number of these paths."""


@dataclass(frozen=True)
class Spread:
    """The values of an indicator, 0 to 100, over the paths to an ending; each path counts once."""

    lowest: int
    low: int
    """A quarter of the paths bring this or less."""
    mean: float
    high: int
    """A quarter of the paths bring this or more."""
    highest: int


@dataclass(frozen=True)
class Arrivals:
    """The paths that come to an ending: how many, and what they bring, by indicator id."""

    paths: int
    values: Mapping[str, Spread]


def spreads(scenario: Scenario, limit: int = LIMIT) -> dict[str, Arrivals]:
    """What each ending that can be reached is reached with, in the order of the file.

    Needs every target to exist and choice ids to be unique. Raises moves.Circular, and TooManyStates
    beyond ``limit`` states.
    """
    ends = _walked(scenario, limit)
    names = [indicator.id for indicator in scenario.indicators]
    return {
        ending.id: _arrivals(names, brought) for ending in scenario.endings if (brought := ends[ending.id])
    }


def _arrivals(names: Sequence[str], brought: list[Counter[int]]) -> Arrivals:
    return Arrivals(brought[0].total(), dict(zip(names, map(spread, brought), strict=True)))


def spread(values: Counter[int]) -> Spread:
    """The spread of values that each stand for so many paths, at least one."""
    paths, ordered = values.total(), sorted(values)
    mean = sum(value * values[value] for value in ordered) / paths
    return Spread(ordered[0], _reached(values, 1), mean, _reached(values, 3), ordered[-1])


def _reached(values: Counter[int], quarters: int) -> int:
    """The value that so many quarters of the paths come to: none beyond it is needed for them."""
    counted = 0
    for value in sorted(values):
        counted += values[value]
        if 4 * counted >= quarters * values.total():
            break
    return value


def _walked(scenario: Scenario, limit: int) -> dict[str, list[Counter[int]]]:
    """What the paths bring to each ending; nothing where none leads."""
    start = moves_of(scenario)
    waiting: dict[str, dict[Key, Brought]] = {name: {} for name in (*start.moves, *scenario.endings_by_id)}
    waiting[start.node][(start.values, frozenset())] = [{one.start: 1} for one in scenario.indicators]
    seen = 0
    for name, moves in start.moves.items():
        states = waiting.pop(name)
        seen += len(states)
        if seen > limit:
            raise TooManyStates(f"more than {limit} states")
        for (values, taken), brought in states.items():
            for move in moves:
                if move.open(values, taken):
                    _bring(waiting[move.to], after(move, values, taken), brought, move)
    return {name: _together(states.values()) for name, states in waiting.items()}


def _bring(states: dict[Key, Brought], key: Key, brought: Brought, move: Move) -> None:
    """Add the paths that a choice leads on to the state behind it."""
    there = states.get(key)
    if there is None:
        there = states[key] = [{} for _one in brought]
    for values, effect, into in zip(brought, move.effects, there, strict=True):
        for value, paths in values.items():
            then = value + effect
            if not 0 <= then <= 100:
                then = clamp(then)  # asked seldom: this is the innermost of all loops
            into[then] = into.get(then, 0) + paths


def _together(states: Iterable[Brought]) -> list[Counter[int]]:
    together = []
    for each in zip(*states, strict=True):
        together.append(Counter[int]())
        for values in each:
            together[-1].update(values)
    return together
