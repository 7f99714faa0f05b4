"""What choices led to: the shapes that judging answers with."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Result(BaseModel):
    """The answer to one question, or the placing of one statement or person."""

    model_config = ConfigDict(frozen=True)

    id: str
    choice: str
    correct: bool | None = None
    """None where there is no right answer."""
    ours: str | None = None
    """Where the authors would place it, where there is no right answer."""
    feedback: str


class Outcome(BaseModel):
    """What the choices led to. ``score`` is a whole per cent of right answers, set once finished."""

    model_config = ConfigDict(frozen=True)

    finished: bool
    passed: bool
    """Finished, and at or above the pass mark where the activity is scored."""
    ending: str | None = None
    values: dict[str, int] | None = None
    score: int | None = None
    results: tuple[Result, ...] = ()
