"""Playing a scenario: ``(scenario, state, choice) -> state``. Twin of ``widgets/js/engine.js``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .models import Choice, Condition, Scenario


class ImpossiblePath(ValueError):
    """A path that the scenario does not allow; ``step`` is the 0-based place of the refused choice."""

    def __init__(self, step: int, choice: str, reason: str) -> None:
        super().__init__(f"step {step + 1}: choice {choice!r} {reason}")
        self.step, self.choice, self.reason = step, choice, reason


@dataclass(frozen=True)
class State:
    """Where a learner stands: a node or ending id, indicator values (0-100), the choice ids taken."""

    node: str
    values: Mapping[str, int]
    path: tuple[str, ...]


def start(scenario: Scenario) -> State:
    """The state before the first choice."""
    values = {indicator.id: indicator.start for indicator in scenario.indicators}
    return State(scenario.nodes[0].id, values, ())


def holds(condition: Condition | None, state: State) -> bool:
    """Whether every part of the condition is met in this state; no condition always holds.

    An indicator that the scenario does not have counts as 0, here as on the page; ``check`` tells of it.
    """
    if condition is None:
        return True
    return (
        all(state.values.get(name, 0) >= bound for name, bound in condition.at_least.items())
        and all(state.values.get(name, 0) <= bound for name, bound in condition.at_most.items())
        and (not condition.chose or any(choice in state.path for choice in condition.chose))
    )


def open_choices(scenario: Scenario, state: State) -> tuple[Choice, ...]:
    """The choices that may be made now, in the file's order; none at an ending."""
    node = scenario.nodes_by_id.get(state.node)
    return () if node is None else tuple(c for c in node.choices if holds(c.when, state))


def next_state(scenario: Scenario, state: State, choice_id: str) -> State:
    """The state after a choice. Raises ImpossiblePath if the choice is not open."""
    node = scenario.nodes_by_id.get(state.node)
    for choice in node.choices if node else ():
        if choice.id == choice_id and holds(choice.when, state):
            values = {k: clamp(v + choice.effects.get(k, 0)) for k, v in state.values.items()}
            return State(choice.to, values, (*state.path, choice_id))
    why = "comes after the ending" if ended(scenario, state) else f"is not open at {state.node!r}"
    raise ImpossiblePath(len(state.path), choice_id, why)


def replay(scenario: Scenario, choices: Iterable[str]) -> tuple[State, ...]:
    """Every state along the path, the start first. Raises ImpossiblePath."""
    states = [start(scenario)]
    for choice in choices:
        states.append(next_state(scenario, states[-1], choice))
    return tuple(states)


def ended(scenario: Scenario, state: State) -> bool:
    """Whether the state is an ending."""
    return state.node in scenario.endings_by_id


def clamp(value: int) -> int:
    """The value kept within 0 to 100."""
    return max(0, min(100, value))


def level(levels: tuple[str, ...], value: int) -> str:
    """The word for a value: the scale 0-100 cut into equal parts, one per word."""
    return levels[min(len(levels) - 1, value * len(levels) // 100)]
