"""The JSON of the API: what is sent and what is answered. Times are UTC, dates ISO 8601."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kommune3.engine.form import Finding
from kommune3.register.attempts import Recorded
from kommune3.register.delivery import What

Code = Annotated[str, StringConstraints(max_length=64)]
"""An opaque id; longer ones are refused before anything looks at them."""

Status = Literal["not_started", "started", "completed", "overdue"]


class Message(BaseModel):
    """Something the API answers."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Sent(BaseModel):
    """Something sent to the API; fields that it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NewAttempt(Sent):
    """The whole path of choices so far in one activity."""

    activity: Code
    version: Code = Field(description="The version of the activity that the page shows.")
    key: UUID = Field(description="Made by the page; sending the same attempt again stores nothing twice.")
    choices: Annotated[list[Code], Field(max_length=100)]


class NewRole(Sent):
    """The role whose path the learner follows."""

    role: Code
    work_field: Annotated[
        Code | None, Field(description="The field within the role; it stays where none is sent.")
    ] = None


Answers = Annotated[list[str], Field(max_length=20)]
"""One text per prompt, in their order. How long they may be together is the register's to say."""


class NewDraft(Sent):
    """What somebody has written so far in a reflection."""

    version: Code = Field(description="The version of the exercise that the page shows.")
    revision: Annotated[int, Field(ge=0)] = Field(description="The revision that the page began from.")
    answers: Answers


class NewSubmission(Sent):
    """A reflection to hand in."""

    version: Code = Field(description="The version of the reflection that the page shows.")
    key: UUID = Field(description="Made by the page; sending the same text again stores nothing twice.")
    answers: Answers
    share: bool = Field(False, description="Let the trainer read it, where one's role keeps it private.")
    revision: Annotated[int, Field(ge=0)] | None = Field(
        None, description="Of the draft that is sent; one that was saved since is then kept."
    )


class NewPlan(NewDraft):
    """What somebody has written so far in a plan."""

    answers: Annotated[list[str], Field(max_length=250)] = Field(
        description="One text per question, in their order, then the table's cells row by row."
    )


class FinishedPlan(Sent):
    """A plan that is finished as it is stored."""

    version: Code = Field(description="The version of the plan that the page shows.")


class Letter(Sent):
    """A letter whose words are looked at; it is not kept."""

    text: str


class HandedIn(Message):
    """What became of a notebook that was handed in, by reflection. Nothing of the texts is repeated."""

    activities: dict[str, Literal["checked", "not_passed", "not_submitted"]] = Field(
        description="How each reflection of the notebook stands now; not_submitted where nothing is written."
    )
    became: dict[str, What] = Field(
        description="Stored; or skipped: the same as what counts, older, marked already, or withdrawn."
    )
    findings: dict[str, tuple[Finding, ...]] = Field(description="About the form of what was handed in.")
    notes: tuple[str, ...] = Field(description="What was mended while reading it, in words.")
    completed: tuple[str, ...] = Field(description="Modules newly complete by it.")


class NewestAttempt(Message):
    """The newest attempt of the one who asks, or null."""

    attempt: Recorded | None


class ModuleStanding(Message):
    """How far somebody is with a module."""

    module: str
    status: Status
    at: datetime | None
    version: str
    evidence: str
    passed: tuple[str, ...] = Field(description="The module's required activities that are passed.")


class Myself(Message):
    """Who asks, and how far."""

    id: str
    name: str
    roles: list[str]
    role: str = Field(description="The role whose path is followed; empty before one is chosen.")
    work_field: str = Field(description="The field within the role; empty before one is chosen.")
    modules: list[ModuleStanding]


class Line(Message):
    """One person in HR's list."""

    id: str
    name: str
    unit: str
    role: str
    deadline: date | None
    sample: bool
    status: str
    done: int
    required: int
    modules: list[ModuleStanding]


class Completions(Message):
    """A page of HR's list."""

    total: int
    page: int
    pages: int
    lines: list[Line]


class Health(Message):
    """The service answers, and its register can be read."""

    status: Literal["ok"] = "ok"


class Problem(Message):
    """RFC 9457: ``title`` and ``detail`` are in the course's language."""

    type: str
    title: str
    status: int
    detail: str
    step: int | None = Field(None, description="0-based place of the choice that does not fit.")
