"""Random scenarios and paths through them, for properties of the engine and of its JavaScript twin.

The scenarios are acyclic and well formed, with conditions, effects that reach beyond 0 and 100, and
predictions; they may hold dead ends and unreachable parts, which only ``content.check`` refuses.
A scenario is built from one draw of bytes: drawing each number by itself takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from kommune3.engine.models import (
    Choice,
    Condition,
    Ending,
    Indicator,
    Node,
    Predict,
    Reaction,
    Scenario,
    Voice,
)

INDICATORS = ("tillid", "tid", "faglighed")
REACTIONS = ("glad", "vred")
VOICES = tuple(Voice(who=who, name=who, text="Et blik.") for who in ("citizen", "colleague", "law"))
QUESTION = Predict(question="Hvad nu?", reactions=tuple(Reaction(id=r, text=r) for r in REACTIONS))

Some = TypeVar("Some")


class Numbers:
    """Whole numbers read from bytes; zeros, the plainest there is, once these are used up."""

    def __init__(self, raw: bytes) -> None:
        self._rest = iter(raw)

    def below(self, count: int) -> int:
        """A number from 0 to count - 1; count is at most 256."""
        return next(self._rest, 0) % count

    def between(self, least: int, most: int) -> int:
        """A number from least to most."""
        return least + self.below(most - least + 1)

    def one_of(self, things: Sequence[Some]) -> Some:
        """One of the things."""
        return things[self.below(len(things))]

    def some_of(self, things: Sequence[Some], one_in: int) -> list[Some]:
        """Each of the things with a chance of one in so many."""
        return [thing for thing in things if self.below(one_in) == one_in - 1]


def scenarios(max_nodes: int = 9) -> st.SearchStrategy[Scenario]:
    """Acyclic scenarios: a choice leads to a later node or to an ending."""
    return st.binary(min_size=300, max_size=300).map(lambda raw: _scenario(Numbers(raw), max_nodes))


def _scenario(numbers: Numbers, max_nodes: int) -> Scenario:
    indicators = INDICATORS[: numbers.between(1, len(INDICATORS))]
    nodes = [f"n{i}" for i in range(numbers.between(1, max_nodes))]
    endings = [f"e{i}" for i in range(numbers.between(1, 3))]
    ids = [[f"{node}-{k}" for k in range(numbers.between(1, 3))] for node in nodes]
    every = [choice for some in ids for choice in some]
    return Scenario(
        id="tilfaeldig",
        role="employee",
        title="Tilfældig",
        intro="Et tilfældigt forløb.",
        minutes=5,
        indicators=tuple(_indicator(numbers, name) for name in indicators),
        nodes=tuple(
            _node(
                numbers,
                node,
                ids[i],
                [*nodes[i + 1 : i + 3] * 2, *nodes[i + 3 :], *endings],
                indicators,
                every,
            )
            for i, node in enumerate(nodes)
        ),
        endings=tuple(Ending(id=name, title=name, text="Slut.", debrief=VOICES) for name in endings),
    )


def _indicator(numbers: Numbers, name: str) -> Indicator:
    words = tuple(f"trin {i}" for i in range(numbers.between(2, 7)))
    return Indicator(id=name, name=name, meaning="Et mål.", start=numbers.between(0, 100), levels=words)


def _node(
    numbers: Numbers,
    node: str,
    ids: Sequence[str],
    targets: Sequence[str],
    indicators: Sequence[str],
    every: Sequence[str],
) -> Node:
    predict = QUESTION if numbers.below(3) == 2 else None
    return Node(
        id=node,
        text=f"Situation {node}",
        predict=predict,
        choices=tuple(
            Choice(
                id=choice,
                text=f"Valg {choice}",
                to=numbers.one_of(targets),
                feedback="Så skete det.",
                effects={name: numbers.between(-100, 100) for name in numbers.some_of(indicators, 2)},
                reaction=numbers.one_of(REACTIONS) if predict else None,
                when=_condition(numbers, indicators, every) if numbers.below(4) == 3 else None,
            )
            for choice in ids
        ),
    )


def _condition(numbers: Numbers, indicators: Sequence[str], choices: Sequence[str]) -> Condition:
    return Condition(
        at_least={name: numbers.between(0, 100) for name in numbers.some_of(indicators, 4)},
        at_most={name: numbers.between(0, 100) for name in numbers.some_of(indicators, 4)},
        chose=tuple(dict.fromkeys(numbers.one_of(choices) for _time in range(numbers.below(4)))),
    )


@st.composite
def attempts(draw: st.DrawFn, scenario: Scenario) -> list[str]:
    """Choice ids in some order: mostly not a possible path, so that refusals are met."""
    every = [choice.id for node in scenario.nodes for choice in node.choices]
    return draw(st.lists(st.sampled_from([*every, "findes-ikke"]), max_size=6))
