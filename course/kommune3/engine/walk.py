"""Every way through a scenario at once: what can be reached, how many paths there are, how long.

Two states that differ only in what no later condition asks about have the same future, so they are
counted as one. That keeps the walk exact and small; paths are counted, never listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .models import Scenario
from .moves import Move, Start, moves_of
from .scenario import clamp

LIMIT = 200_000

Key = tuple[tuple[int, ...], frozenset[str]]
"""What later conditions may ask about: indicator values (0 where none asks) and choices taken."""

Trail = tuple["Trail", str] | None
"""A path from its end: the trail before, and the last choice."""


class TooManyStates(ValueError):
    """The scenario has more states than the walk looks at."""


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


@dataclass(slots=True)
class Way:
    """How one state is reached: the number of paths, and a shortest and a longest of them."""

    paths: int = 0
    least: int = 1_000_000
    most: int = -1
    short: Trail = None
    long: Trail = None

    def add(self, before: Way, choice: str) -> None:
        """Count the paths that come here from another state by a choice."""
        self.paths += before.paths
        if before.least + 1 < self.least:
            self.least, self.short = before.least + 1, (before.short, choice)
        if before.most + 1 > self.most:
            self.most, self.long = before.most + 1, (before.long, choice)


@dataclass
class _Found:
    states: int = 0
    choices: set[str] = field(default_factory=set)
    dead_ends: dict[str, tuple[str, ...]] = field(default_factory=dict)


def walk(scenario: Scenario, limit: int = LIMIT) -> Walk:
    """Everything that a learner can meet, under the conditions.

    Needs every target to exist and choice ids to be unique. Raises moves.Circular, and TooManyStates
    beyond ``limit`` states.
    """
    start: Start = moves_of(scenario)
    waiting: dict[str, dict[Key, Way]] = {name: {} for name in (*start.moves, *scenario.endings_by_id)}
    waiting[start.node][(start.values, frozenset())] = Way(paths=1, least=0, most=0)
    found, reached = _Found(), set[str]()
    for name, moves in start.moves.items():
        states = waiting.pop(name)
        found.states += len(states)
        if found.states > limit:
            raise TooManyStates(f"more than {limit} states")
        reached |= {name} if states else set()
        for key, way in states.items():
            _step(name, key, way, moves, waiting, found)
    ends = {name: list(ways.values()) for name, ways in waiting.items() if ways}
    return _result(found, reached, ends)


def _result(found: _Found, reached: set[str], ends: dict[str, list[Way]]) -> Walk:
    every = [way for ways in ends.values() for way in ways]
    shortest = min(every, key=lambda way: way.least, default=None)
    longest = max(every, key=lambda way: way.most, default=None)
    return Walk(
        states=found.states + len(every),
        paths=sum(way.paths for way in every),
        nodes=frozenset(reached | set(ends)),
        choices=frozenset(found.choices),
        dead_ends=found.dead_ends,
        endings={name: sum(way.paths for way in ways) for name, ways in ends.items()},
        shortest=_path(shortest.short) if shortest else (),
        longest=_path(longest.long) if longest else (),
    )


def _step(
    name: str,
    key: Key,
    way: Way,
    moves: tuple[Move, ...],
    waiting: Mapping[str, dict[Key, Way]],
    found: _Found,
) -> None:
    """Hand a state's paths on to every state that follows it."""
    values, taken = key
    stuck = True
    for move in moves:
        if not move.open(values, taken):
            continue
        stuck = False
        found.choices.add(move.id)
        then, ways = after(move, values, taken), waiting[move.to]
        if then not in ways:
            ways[then] = Way()
        ways[then].add(way, move.id)
    if stuck:
        found.dead_ends.setdefault(name, _path(way.short))


def after(move: Move, values: tuple[int, ...], taken: frozenset[str]) -> Key:
    """The state behind a choice: what later conditions may ask about."""
    then = tuple(
        clamp(value + effect) if asked else 0
        for value, effect, asked in zip(values, move.effects, move.asked, strict=True)
    )
    if move.id in move.remembered:
        return then, (taken | {move.id}) & move.remembered
    return then, taken if taken <= move.remembered else taken & move.remembered


def _path(trail: Trail) -> tuple[str, ...]:
    choices = []
    while trail is not None:
        trail, choice = trail
        choices.append(choice)
    return tuple(reversed(choices))
