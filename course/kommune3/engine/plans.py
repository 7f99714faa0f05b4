"""A plan's text: its questions' answers first, then the table row by row. Nobody judges what is planned."""

from __future__ import annotations

from collections.abc import Sequence

from kommune3.i18n import gettext as _

from .exercises import Plan
from .form import Finding, word_count
from .outcome import Outcome
from .scenario import ImpossiblePath

FEWEST_WORDS = 2
"""What each question's answer must hold before the plan is finished; the table may be empty."""

MOST_ROWS = 40
"""Rows that a plan's table may have."""


def fits(plan: Plan, answers: Sequence[str]) -> bool:
    """Whether there is an answer for each question, and whole rows after them."""
    cells = len(answers) - len(plan.questions)
    if not plan.columns:
        return cells == 0
    return cells >= 0 and cells % len(plan.columns) == 0 and cells <= MOST_ROWS * len(plan.columns)


def fitted(plan: Plan, answers: Sequence[str]) -> list[str]:
    """Answers that fit, also where they were written when the plan had another shape. Nothing is lost."""
    count, columns = len(plan.questions), len(plan.columns)
    first, cells = list(answers[:count]), list(answers[count:])
    first += [""] * (count - len(first))
    most = MOST_ROWS * columns
    left = [text for text in cells[most:] if text]
    if left:
        first[-1] = "\n\n".join(filter(None, (first[-1], *left)))
    cells = cells[:most]
    return [*first, *cells, *[""] * (-len(cells) % columns if columns else 0)]


def unanswered(plan: Plan, answers: Sequence[str]) -> tuple[Finding, ...]:
    """The questions with fewer words than FEWEST_WORDS, in words for the plan's author."""
    told = _("You have not answered “{prompt}” yet. A few words are enough.")
    return tuple(
        Finding(code="empty", prompt=at, text=told.format(prompt=question.title))
        for at, (question, answer) in enumerate(zip(plan.questions, fitted(plan, answers), strict=False))
        if word_count(answer) < FEWEST_WORDS
    )


def finished(plan: Plan) -> tuple[str, ...]:
    """The choices of the attempt that says that the plan was finished, and nothing of what it says."""
    return tuple(question.id for question in plan.questions)


def plan_outcome(plan: Plan, choices: Sequence[str]) -> Outcome:
    """Finished where every question's id is there in order; begun where none is."""
    wanted = finished(plan)
    for step, choice in enumerate(choices):
        if len(choices) != len(wanted) or choice != wanted[step]:
            raise ImpossiblePath(step, choice, "is not a plan that was finished")
    done = bool(choices)
    return Outcome(finished=done, passed=done)
