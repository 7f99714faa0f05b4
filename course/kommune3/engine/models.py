"""The shapes of the course's activities: scenario, quiz, sorter, table, timeline and reflection; the rest
are in :mod:`kommune3.engine.exercises`.

Instances are frozen. Ids are unique inside their activity and match ``ID``; indicator values are
whole numbers from 0 to 100; ``minutes`` are minutes. Only form is checked here; what needs the
whole activity (targets, reachability) is checked by :mod:`kommune3.content.rules`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, model_validator

from .exercises import Assessment, CitizenMap, Comparison, Language, Plan
from .parts import ID, Id, Identified, Part, Text, by_id

__all__ = [
    "DRAWINGS",
    "ID",
    "KINDS",
    "Activity",
    "Id",
    "Identified",
    "Kind",
    "Part",
    "Text",
    "Written",
    "by_id",
]

Value = Annotated[int, Field(strict=True, ge=0, le=100)]
Effect = Annotated[int, Field(strict=True, ge=-100, le=100)]


class Indicator(Part):
    """A quantity the scenario follows, for example trust; an estimate by the authors."""

    id: Id
    name: Text
    meaning: Text
    start: Value = 50
    levels: Annotated[tuple[Text, ...], Field(min_length=2, max_length=7)]
    """Words for the value, from lowest to highest; each covers an equal part of 0 to 100."""


class Condition(Part):
    """When a choice is open. Every given part must hold; ``chose`` holds if any of its ids was taken."""

    at_least: dict[Id, Value] = Field(default={})
    at_most: dict[Id, Value] = Field(default={})
    chose: tuple[Id, ...] = ()


class Reaction(Part):
    """One of the reactions a learner may predict before seeing what happens."""

    id: Id
    text: Text


class Predict(Part):
    """The question asked between a choice and its consequence."""

    question: Text
    reactions: Annotated[tuple[Reaction, ...], Field(min_length=2, max_length=5)]


class Choice(Part):
    """Something the learner may do at a node."""

    id: Id
    text: Text
    to: Id
    feedback: Text
    effects: dict[Id, Effect] = Field(default={})
    reaction: Id | None = None
    """Which of the node's predictable reactions this choice meets."""
    when: Condition | None = None


class Node(Part):
    """A situation: who speaks, what happens, what one may do."""

    id: Id
    text: Text
    speaker: Text | None = None
    predict: Predict | None = None
    choices: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=6)]


class Voice(Part):
    """One of the three who look back in the debrief."""

    who: Literal["citizen", "colleague", "law"]
    name: Text
    text: Text
    sources: tuple[Id, ...] = ()


class Ending(Part):
    """Where a path stops: what happened, and three voices that look back."""

    id: Id
    title: Text
    text: Text
    debrief: Annotated[tuple[Voice, ...], Field(min_length=3, max_length=3)]


class Scenario(Part):
    """A branching, acyclic story. It starts at its first node."""

    id: Id
    kind: Literal["scenario"] = "scenario"
    role: Id
    title: Text
    intro: Text
    minutes: Annotated[int, Field(strict=True, ge=1, le=30)]
    sources: tuple[Id, ...] = ()
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=6)]
    nodes: Annotated[tuple[Node, ...], Field(min_length=1, max_length=60)]
    endings: Annotated[tuple[Ending, ...], Field(min_length=1, max_length=12)]

    @cached_property
    def nodes_by_id(self) -> dict[str, Node]:
        """The nodes by id."""
        return by_id(self.nodes)

    @cached_property
    def endings_by_id(self) -> dict[str, Ending]:
        """The endings by id."""
        return by_id(self.endings)


class Option(Part):
    """An answer to a quiz question, with what to say to the one who picks it."""

    id: Id
    text: Text
    feedback: Text
    correct: Annotated[bool, Field(strict=True)] = False


class Question(Part):
    """A quiz question; exactly one option is correct."""

    id: Id
    text: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=6)]


class Quiz(Part):
    """Choice questions answered one after the other, in order."""

    id: Id
    kind: Literal["quiz"] = "quiz"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=20)]


class Bucket(Part):
    """A pile that statements are sorted into."""

    id: Id
    name: Text
    meaning: Text


class Item(Part):
    """A statement to sort, where it belongs, and why."""

    id: Id
    text: Text
    bucket: Id
    feedback: Text


class Sorter(Part):
    """Statements to place in buckets."""

    id: Id
    kind: Literal["sorter"] = "sorter"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    buckets: Annotated[tuple[Bucket, ...], Field(min_length=2, max_length=5)]
    items: Annotated[tuple[Item, ...], Field(min_length=2, max_length=30)]


class Column(Part):
    """A column of a table to explore."""

    id: Id
    name: Text
    meaning: Text


class Row(Part):
    """A row: what is compared, one cell per column, and a question to think about."""

    id: Id
    name: Text
    cells: Annotated[tuple[Text, ...], Field(min_length=1, max_length=5)]
    note: Text


class Table(Part):
    """A comparison to explore; nothing to answer, so nothing is recorded."""

    id: Id
    kind: Literal["table"] = "table"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=5)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=30)]


Year = Annotated[int, Field(strict=True, ge=1000, le=2999)]


class Period(Part):
    """A stretch of time; no start or no end means that it is open that way."""

    id: Id
    name: Text
    start: Year | None = None
    end: Year | None = None
    when: Text | None = None
    """The years in words, where the figures say too much: "until about 1970"."""
    text: Text


class Timeline(Part):
    """Periods drawn as a figure, oldest first; nothing to answer, so nothing is recorded."""

    id: Id
    kind: Literal["timeline"] = "timeline"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    periods: Annotated[tuple[Period, ...], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _in_order(self) -> Timeline:
        """Each period ends after it starts, none begins before the last one ended, only the ends are open."""
        years = [year for period in self.periods for year in (period.start, period.end)]
        if any(year is None for year in years[1:-1]):
            raise ValueError("only the first period may lack a start and only the last an end")
        known = [year for year in years if year is not None]
        if known != sorted(known) or any(p.start == p.end for p in self.periods):
            raise ValueError("the periods are not in order of time")
        return self


class Prompt(Part):
    """One of the parts that a reflection's answer has, each with a heading of its own."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n#*_`<>\[\]\\]{1,200}$")]
    """Plain text: it stands as a heading in the notebook and as a label on the page."""


class Level(Part):
    """How far a criterion is met, in words, and what that is worth to the trainer."""

    points: Annotated[int, Field(strict=True, ge=0, le=100)]
    text: Text


class Criterion(Part):
    """What the trainer looks for in a reflection, from the lowest level to the highest."""

    name: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=6)]


class Reflection(Part):
    """A question to answer in one's own words, read by the author's trainer and by nobody else."""

    id: Id
    kind: Literal["reflection"] = "reflection"
    title: Text
    question: Text
    """The question and its guidance: Markdown with paragraphs, lists and emphasis."""
    assignment: Id
    """The folder that holds its notebook: nbgrader's name for what is handed in together."""
    prompts: Annotated[tuple[Prompt, ...], Field(min_length=1, max_length=6)]
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=8)]
    points: Annotated[int, Field(strict=True, ge=1, le=100)]
    """The most that the rubric can give; form is worth one point more in nbgrader."""
    sources: tuple[Id, ...] = ()


Written = Scenario | Quiz | Sorter | Table | Timeline | CitizenMap | Comparison | Assessment | Language | Plan
"""What is written in a file of its own; a reflection is part of a notebook."""

Activity = Written | Reflection

Kind = Literal[
    "scenario",
    "quiz",
    "sorter",
    "table",
    "timeline",
    "citizen_map",
    "comparison",
    "assessment",
    "language",
    "plan",
    "reflection",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of activity, each also the name of the call that puts one into a notebook."""

DRAWINGS = {"endings": "scenario", "arenas": "citizen_map", "profile": "assessment"}
"""The calls that draw an exercise of the same module beside it, and the kind that each draws."""
