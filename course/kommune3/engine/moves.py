"""A scenario made ready for walking: nodes in order, and each choice with what it needs and does.

The conditions and effects are those of :mod:`.scenario`, written as indexes and sets so that hundreds of
thousands of states can be looked at; a property-based test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Choice, Condition, Scenario


class Circular(ValueError):
    """The scenario leads back to where it has been; ``circle`` holds the node ids, first = last."""

    def __init__(self, circle: tuple[str, ...]) -> None:
        super().__init__(" -> ".join(circle))
        self.circle = circle


@dataclass(frozen=True, slots=True)
class Move:
    """A choice; indicators are meant by their index, values are 0 to 100."""

    id: str
    to: str
    effects: tuple[int, ...]
    at_least: tuple[tuple[int, int], ...]
    at_most: tuple[tuple[int, int], ...]
    chose: frozenset[str]
    asked: tuple[bool, ...]
    """For each indicator, whether a condition asks about it from the target on."""
    remembered: frozenset[str]
    """The choices that conditions ask about from the target on."""

    def open(self, values: tuple[int, ...], taken: frozenset[str]) -> bool:
        """Whether the choice's condition holds."""
        for index, bound in self.at_least:
            if values[index] < bound:
                return False
        for index, bound in self.at_most:
            if values[index] > bound:
                return False
        return not self.chose or not self.chose.isdisjoint(taken)


@dataclass(frozen=True)
class Start:
    """Where a walk begins, and the moves of each node, a node before those it leads to."""

    node: str
    values: tuple[int, ...]
    moves: dict[str, tuple[Move, ...]]


def moves_of(scenario: Scenario) -> Start:
    """The scenario's moves. Raises Circular."""
    order = ordered(scenario)
    asked = _asked_later(scenario, order)
    moves = {
        name: tuple(
            _move(scenario, choice, asked.get(choice.to, frozenset()))
            for choice in scenario.nodes_by_id[name].choices
        )
        for name in order
    }
    first = scenario.nodes[0].id
    values = tuple(one.start if f"i:{one.id}" in asked[first] else 0 for one in scenario.indicators)
    return Start(first, values, moves)


def _move(scenario: Scenario, choice: Choice, asked: frozenset[str]) -> Move:
    when = choice.when or Condition()
    index = {indicator.id: i for i, indicator in enumerate(scenario.indicators)}
    return Move(
        id=choice.id,
        to=choice.to,
        effects=tuple(choice.effects.get(name, 0) for name in index),
        at_least=tuple((index[name], bound) for name, bound in when.at_least.items()),
        at_most=tuple((index[name], bound) for name, bound in when.at_most.items()),
        chose=frozenset(when.chose),
        asked=tuple(f"i:{name}" in asked for name in index),
        remembered=frozenset(name[2:] for name in asked if name.startswith("c:")),
    )


def _asked_later(scenario: Scenario, order: Iterable[str]) -> dict[str, frozenset[str]]:
    """What conditions ask about at each node or after it: ``i:`` indicators, ``c:`` choices."""
    asked: dict[str, frozenset[str]] = {}
    for name in reversed(list(order)):
        here: set[str] = set()
        for choice in scenario.nodes_by_id[name].choices:
            when = choice.when or Condition()
            here |= asked.get(choice.to, frozenset())
            here |= {f"i:{one}" for one in (*when.at_least, *when.at_most)}
            here |= {f"c:{one}" for one in when.chose}
        asked[name] = frozenset(here)
    return asked


def ordered(scenario: Scenario) -> tuple[str, ...]:
    """The node ids, each before those it leads to. Raises Circular. Unknown targets are passed over."""
    done: dict[str, None] = {}
    trail: list[str] = []
    todo = [(node.id, False) for node in reversed(scenario.nodes)]
    while todo:
        name, leaving = todo.pop()
        if leaving:
            done[trail.pop()] = None
        elif name in trail:
            raise Circular((*trail[trail.index(name) :], name))
        elif name not in done and name in scenario.nodes_by_id:
            trail.append(name)
            todo.append((name, True))
            todo.extend((choice.to, False) for choice in reversed(scenario.nodes_by_id[name].choices))
    return tuple(reversed(done))
