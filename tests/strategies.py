"""Random scenarios and paths through them, for properties of the engine and of its JavaScript twin.

The scenarios are acyclic and well formed, with conditions, effects that reach beyond 0 and 100, and
predictions; they may hold dead ends and unreachable parts, which only ``content.check`` refuses.
"""

from __future__ import annotations

from collections.abc import Sequence

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

values = st.integers(0, 100)
effects = st.integers(-100, 100)


@st.composite
def conditions(draw: st.DrawFn, indicators: Sequence[str], choices: Sequence[str]) -> Condition:
    """A condition on some of the indicators and choices."""
    bounds = st.dictionaries(st.sampled_from(indicators), values, max_size=len(indicators))
    chose = st.lists(st.sampled_from(choices), max_size=3, unique=True)
    return Condition(at_least=draw(bounds), at_most=draw(bounds), chose=tuple(draw(chose)))


@st.composite
def scenarios(draw: st.DrawFn, max_nodes: int = 7) -> Scenario:
    """An acyclic scenario: a choice leads to a later node or to an ending."""
    indicators = INDICATORS[: draw(st.integers(1, len(INDICATORS)))]
    nodes = [f"n{i}" for i in range(draw(st.integers(1, max_nodes)))]
    endings = [f"e{i}" for i in range(draw(st.integers(1, 3)))]
    counts = [draw(st.integers(1, 3)) for _ in nodes]
    ids = [[f"{node}-{k}" for k in range(count)] for node, count in zip(nodes, counts, strict=True)]
    every = [choice for some in ids for choice in some]
    return Scenario(
        id="tilfaeldig",
        role="employee",
        title="Tilfældig",
        intro="Et tilfældigt forløb.",
        minutes=5,
        indicators=tuple(draw(_indicator(name)) for name in indicators),
        nodes=tuple(
            draw(_node(node, ids[i], [*nodes[i + 1 :], *endings], indicators, every))
            for i, node in enumerate(nodes)
        ),
        endings=tuple(_ending(ending) for ending in endings),
    )


@st.composite
def _indicator(draw: st.DrawFn, name: str) -> Indicator:
    words = tuple(f"trin {i}" for i in range(draw(st.integers(2, 7))))
    return Indicator(id=name, name=name, meaning="Et mål.", start=draw(values), levels=words)


@st.composite
def _node(
    draw: st.DrawFn,
    node: str,
    ids: Sequence[str],
    targets: Sequence[str],
    indicators: Sequence[str],
    every: Sequence[str],
) -> Node:
    predict = draw(st.booleans())
    question = Predict(question="Hvad nu?", reactions=tuple(Reaction(id=r, text=r) for r in REACTIONS))
    return Node(
        id=node,
        text=f"Situation {node}",
        predict=question if predict else None,
        choices=tuple(
            Choice(
                id=choice,
                text=f"Valg {choice}",
                to=draw(st.sampled_from(targets)),
                feedback="Så skete det.",
                effects=draw(st.dictionaries(st.sampled_from(indicators), effects)),
                reaction=draw(st.sampled_from(REACTIONS)) if predict else None,
                when=draw(st.none() | conditions(indicators, every)),
            )
            for choice in ids
        ),
    )


def _ending(ending: str) -> Ending:
    voices = tuple(Voice(who=who, name=who, text="Et blik.") for who in ("citizen", "colleague", "law"))
    return Ending(id=ending, title=ending, text="Slut.", debrief=voices)


@st.composite
def attempts(draw: st.DrawFn, scenario: Scenario) -> list[str]:
    """Choice ids in some order: mostly not a possible path, so that refusals are met."""
    every = [choice.id for node in scenario.nodes for choice in node.choices]
    return draw(st.lists(st.sampled_from([*every, "findes-ikke"]), max_size=6))
