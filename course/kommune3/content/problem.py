"""What is wrong with a course's files, told so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from kommune3.i18n import gettext as _


@dataclass(frozen=True)
class Problem:
    """One thing to mend. ``file`` is relative to the course, ``line`` counts from 1."""

    file: str
    line: int | None
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {_sentence(self.what)} {_sentence(self.hint)}".rstrip()


class ContentError(Exception):
    """The course cannot be used as it is; ``problems`` says why, never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(wrong: str, known: Iterable[str], alike: float = 0.6) -> str:
    """A question that names the closest known word, or nothing where none is close: ``alike``, of 1."""
    close = get_close_matches(wrong, list(known), n=1, cutoff=alike)
    return _('Did you mean "{name}"?').format(name=close[0]) if close else ""


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else text + "."
