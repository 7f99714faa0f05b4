"""The shapes of the exercises in which a learner looks around, takes a stand, or plans.

None has a right answer. What a learner thinks or writes in them is never recorded as an attempt: only
that each step was done.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .parts import Id, Part, Text


class Arena(Part):
    """Where somebody takes part, from one's own life outwards to running the municipality."""

    id: Id
    name: Text
    meaning: Text


class Resident(Part):
    """Somebody to place on the map; ``arena`` and ``why`` are the authors' own placing, not a key."""

    id: Id
    name: Text
    text: Text
    arena: Id
    why: Text


class CitizenMap(Part):
    """The map of active citizenship: people to place in arenas, innermost first."""

    id: Id
    kind: Literal["citizen_map"] = "citizen_map"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    arenas: Annotated[tuple[Arena, ...], Field(min_length=2, max_length=8)]
    people: Annotated[tuple[Resident, ...], Field(min_length=2, max_length=20)]


class Step(Part):
    """A step of a scale, lowest or most against first."""

    id: Id
    name: Text


class Position(Part):
    """What one source says about a topic, in the course's own words."""

    source: Id
    text: Text


class Topic(Part):
    """A question on which the sources differ."""

    id: Id
    question: Text
    positions: Annotated[tuple[Position, ...], Field(min_length=1, max_length=6)]
    note: Text | None = None
    """The course's own voice about it."""


class Comparison(Part):
    """Sources side by side, between a stand that is taken before and one after."""

    id: Id
    kind: Literal["comparison"] = "comparison"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    statement: Text
    scale: Annotated[tuple[Step, ...], Field(min_length=3, max_length=7)]
    topics: Annotated[tuple[Topic, ...], Field(min_length=2, max_length=8)]
    own_voice: Text
    """What the sources do not show."""


class Statement(Part):
    """Something to place oneself on, with a thought for whoever is low or high."""

    id: Id
    name: Text
    text: Text
    low: Text
    high: Text


class Assessment(Part):
    """A self-assessment: statements, each rated on the same levels, the lowest first."""

    id: Id
    kind: Literal["assessment"] = "assessment"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    levels: Annotated[tuple[Step, ...], Field(min_length=3, max_length=5)]
    statements: Annotated[tuple[Statement, ...], Field(min_length=2, max_length=10)]


class Term(Part):
    """Words that treat people as customers or subjects, what one might write instead, and why."""

    id: Id
    words: Annotated[tuple[Text, ...], Field(min_length=1, max_length=20)]
    """Words or phrases in any form; inflected ones are found by their stems."""
    instead: Annotated[tuple[Text, ...], Field(max_length=6)] = ()
    reason: Text
    own: Annotated[bool, Field(strict=True)] = True
    """Whether the term is the course's own rather than a source's."""
    sources: tuple[Id, ...] = ()


class Language(Part):
    """A check of a letter's words: nothing to pass, and nothing of the letter is kept."""

    id: Id
    kind: Literal["language"] = "language"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    letter: Annotated[str, Field(min_length=1, max_length=6000)]
    """A letter to try the check on, as municipalities really write them."""
    terms: Annotated[tuple[Term, ...], Field(min_length=1, max_length=100)]
    not_meant: tuple[Text, ...] = ()
    """Words and phrases that hold a term and must not be marked, such as the names of laws."""


class PlanQuestion(Part):
    """A field of the plan."""

    id: Id
    title: Text
    help: Text | None = None


class PlanColumn(Part):
    """A column of the plan's table, such as who, what or when."""

    id: Id
    name: Text


class Reminder(Part):
    """A reminder that many days after the plan was made, with questions that follow up."""

    days: Annotated[int, Field(strict=True, ge=1, le=365)]
    title: Text
    questions: Annotated[tuple[Text, ...], Field(min_length=1, max_length=5)]


class Plan(Part):
    """Questions to answer in writing, with a table of who does what and when where there is one.

    Its text is its author's alone: nobody else reads it, and it is not sent to a trainer.
    """

    id: Id
    kind: Literal["plan"] = "plan"
    title: Text
    intro: Text
    sources: tuple[Id, ...] = ()
    questions: Annotated[tuple[PlanQuestion, ...], Field(min_length=1, max_length=10)]
    columns: Annotated[tuple[PlanColumn, ...], Field(max_length=5)] = ()
    rows: Annotated[int, Field(strict=True, ge=0, le=12)] = 0
    """How many rows the table has to begin with."""
    reminder: Reminder | None = None
