"""Every way through a scenario at once: what can be reached, how many paths there are, how long.

Two states that differ only in what no later condition asks about have the same future, so they are
counted as one. That keeps the walk exact and small; paths are counted, never listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import scenario as play
from .models import Condition, Scenario
from .scenario import State

LIMIT = 200_000

Key = tuple[str, tuple[tuple[str, int], ...], frozenset[str]]
"""A node or ending, and what later conditions may ask about: indicator values and choices taken."""


class TooManyStates(ValueError):
    """The scenario has more states than the walk looks at."""


class Circular(ValueError):
    """The scenario leads back to where it has been; ``circle`` holds the node ids, first = last."""

    def __init__(self, circle: tuple[str, ...]) -> None:
        super().__init__(" -> ".join(circle))
        self.circle = circle


@dataclass
class Way:
    """How one state is reached: the number of paths, and a shortest and a longest of them."""

    paths: int
    short: State
    long: State


@dataclass(frozen=True)
class Walk:
    """What a scenario holds. Lengths are in choices; a path is a tuple of choice ids."""

    states: int
    paths: int
    nodes: frozenset[str]
    """The nodes and endings that can be reached."""
    choices: frozenset[str]
    """The choices that can be made on some path."""
    dead_ends: Mapping[str, tuple[str, ...]]
    """Nodes where a learner may stand with no choice open, and a path that leads there."""
    endings: Mapping[str, int]
    """The number of paths to each ending that can be reached."""
    shortest: tuple[str, ...] = ()
    longest: tuple[str, ...] = ()


@dataclass
class _Found:
    nodes: set[str] = field(default_factory=set)
    choices: set[str] = field(default_factory=set)
    dead_ends: dict[str, tuple[str, ...]] = field(default_factory=dict)
    endings: dict[str, int] = field(default_factory=dict)
    states: int = 0


def walk(scenario: Scenario, limit: int = LIMIT) -> Walk:
    """Everything that a learner can meet, under the conditions.

    Needs every target to exist and choice ids to be unique. Raises Circular, and TooManyStates beyond
    ``limit`` states.
    """
    order = ordered(scenario)
    asked = _asked_later(scenario, order)
    first = play.start(scenario)
    waiting: dict[str, dict[Key, Way]] = {name: {} for name in [*order, *scenario.endings_by_id]}
    waiting[first.node][_key(first, asked)] = Way(1, first, first)
    found = _Found()
    for name in order:
        for way in waiting.pop(name).values():
            _step(scenario, way, asked, waiting, found)
            if found.states > limit:
                raise TooManyStates(f"more than {limit} states")
    ends = [way for ways in waiting.values() for way in ways.values()]
    for way in ends:
        ending = way.short.node
        found.endings[ending] = found.endings.get(ending, 0) + way.paths
    return Walk(
        states=found.states + len(ends),
        paths=sum(found.endings.values()),
        nodes=frozenset(found.nodes | set(found.endings)),
        choices=frozenset(found.choices),
        dead_ends=found.dead_ends,
        endings=found.endings,
        shortest=min((way.short.path for way in ends), key=len, default=()),
        longest=max((way.long.path for way in ends), key=len, default=()),
    )


def _step(
    scenario: Scenario,
    way: Way,
    asked: Mapping[str, frozenset[str]],
    waiting: dict[str, dict[Key, Way]],
    found: _Found,
) -> None:
    """Note a state, and hand its paths on to every state that follows it."""
    found.states += 1
    found.nodes.add(way.short.node)
    choices = play.open_choices(scenario, way.short)
    if not choices:
        found.dead_ends.setdefault(way.short.node, way.short.path)
    for choice in choices:
        found.choices.add(choice.id)
        short = play.next_state(scenario, way.short, choice.id)
        long = play.next_state(scenario, way.long, choice.id)
        ways = waiting[short.node]
        known = ways.setdefault(_key(short, asked), Way(0, short, long))
        known.paths += way.paths
        known.short = min(known.short, short, key=lambda state: len(state.path))
        known.long = max(known.long, long, key=lambda state: len(state.path))


def _key(state: State, asked: Mapping[str, frozenset[str]]) -> Key:
    """What of the state its future depends on."""
    wanted = asked.get(state.node, frozenset())
    values = tuple((name, value) for name, value in state.values.items() if name in wanted)
    return state.node, values, frozenset(state.path) & wanted


def _asked_later(scenario: Scenario, order: Iterable[str]) -> dict[str, frozenset[str]]:
    """Indicator and choice ids that conditions ask about at each node or after it."""
    asked: dict[str, frozenset[str]] = {}
    for name in reversed(list(order)):
        here: set[str] = set()
        for choice in scenario.nodes_by_id[name].choices:
            here |= asked.get(choice.to, frozenset()) | names_in(choice.when)
        asked[name] = frozenset(here)
    return asked


def names_in(condition: Condition | None) -> set[str]:
    """The indicators and choices that a condition asks about."""
    if condition is None:
        return set()
    return {*condition.at_least, *condition.at_most, *condition.chose}


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
