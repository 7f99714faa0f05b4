"""What a learner's choices in an activity amount to: replayed, never believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import scenario as play
from .exercises import Assessment, CitizenMap, Comparison, Plan
from .models import Activity, Quiz, Reflection, Scenario, Sorter, by_id
from .open_ended import all_at_once, assessment_outcome, comparison_outcome, map_outcome
from .outcome import Outcome, Result
from .plans import plan_outcome
from .scenario import ImpossiblePath

__all__ = ["Outcome", "Result", "judge", "public", "version"]


def judge(activity: Activity, choices: Sequence[str], pass_mark: int) -> Outcome:
    """The outcome of the choices made so far.

    A scenario's choices are the choice ids along the path; a quiz's are option ids in the order of
    its questions; a sorter's are bucket ids in the order of its items, all of them at once or none. Those of
    exercises without a right answer are told in :mod:`.open_ended`.
    Raises ImpossiblePath where the activity does not allow them. A table or a timeline has nothing to judge,
    and a reflection has no choices: :mod:`kommune3.engine.form` looks at its answers.
    """
    match activity:
        case Scenario():
            state = play.replay(activity, choices)[-1]
            done = play.ended(activity, state)
            ending = state.node if done else None
            return Outcome(finished=done, passed=done, ending=ending, values=dict(state.values))
        case Quiz():
            return _scored(_answers(activity, choices), len(activity.questions), pass_mark)
        case Sorter():
            return _scored(_placings(activity, choices), len(activity.items), pass_mark)
        case CitizenMap():
            return map_outcome(activity, choices)
        case Comparison():
            return comparison_outcome(activity, choices)
        case Assessment():
            return assessment_outcome(activity, choices)
        case Plan():
            return plan_outcome(activity, choices)
        case _:
            if choices:
                raise ImpossiblePath(0, choices[0], "is made where there is nothing to choose")
            return Outcome(finished=False, passed=False)


def _answers(quiz: Quiz, choices: Sequence[str]) -> list[Result]:
    results = []
    for step, choice in enumerate(choices):
        if step >= len(quiz.questions):
            raise ImpossiblePath(step, choice, "comes after the last question")
        question = quiz.questions[step]
        option = by_id(question.options).get(choice)
        if option is None:
            raise ImpossiblePath(step, choice, f"is not an answer to {question.id!r}")
        results.append(
            Result(id=question.id, choice=choice, correct=option.correct, feedback=option.feedback)
        )
    return results


def _placings(sorter: Sorter, choices: Sequence[str]) -> list[Result]:
    all_at_once(choices, sorter.items)
    buckets = by_id(sorter.buckets)
    results = []
    for step, (item, choice) in enumerate(zip(sorter.items, choices, strict=True) if choices else ()):
        if choice not in buckets:
            raise ImpossiblePath(step, choice, "is not a bucket")
        right = choice == item.bucket
        results.append(Result(id=item.id, choice=choice, correct=right, feedback=item.feedback))
    return results


def _scored(results: list[Result], total: int, pass_mark: int) -> Outcome:
    if len(results) < total:
        return Outcome(finished=False, passed=False, results=tuple(results))
    score = 100 * sum(bool(result.correct) for result in results) // total
    return Outcome(finished=True, passed=score >= pass_mark, score=score, results=tuple(results))


def public(activity: Activity) -> dict[str, Any]:
    """The activity as JSON for a page: a quiz without its key, a rubric without its points.

    A sorter comes without the right places, a map without the authors' own.
    """
    hidden: dict[str, Any] = {}
    if isinstance(activity, Quiz):
        hidden = {"questions": {"__all__": {"options": {"__all__": {"correct", "feedback"}}}}}
    elif isinstance(activity, Sorter):
        hidden = {"items": {"__all__": {"bucket", "feedback"}}}
    elif isinstance(activity, CitizenMap):
        hidden = {"people": {"__all__": {"arena", "why"}}}
    elif isinstance(activity, Reflection):
        hidden = {"points": True, "rubric": {"__all__": {"levels": {"__all__": {"points"}}}}}
    return activity.model_dump(mode="json", exclude=hidden)


def version(activity: Activity) -> str:
    """Twelve hex digits that change with the activity's content."""
    return activity.fingerprint
