"""A slide, and a story of slides that the room finds its way through."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

EMPTY = Markup()


@dataclass(frozen=True)
class Slide:
    """What is shown, and in ``notes`` what only the trainer reads. ``look`` is a class of the style sheet."""

    id: str
    heading: str
    body: Markup = EMPTY
    notes: Markup = EMPTY
    eyebrow: str = ""
    look: str = "text"
    part: tuple[int, int] | None = None
    """Which of how many, where a section takes several slides."""
    data: dict[str, str] = field(default_factory=dict)
    """For ``data-`` attributes."""


@dataclass(frozen=True)
class Story:
    """A scenario's slides: links lead from one to the next. ``content`` is the scenario as JSON."""

    activity: str
    slides: tuple[Slide, ...]
    content: Markup
