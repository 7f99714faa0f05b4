"""The shape of a plan's text, and when it is finished."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine import plans
from kommune3.engine.exercises import Plan, PlanColumn, PlanQuestion
from kommune3.engine.scenario import ImpossiblePath

QUESTIONS = tuple(PlanQuestion(id=name, title=f"Spørgsmål {name}") for name in ("hvad", "hvem", "nej"))
COLUMNS = (PlanColumn(id="hvem", name="Hvem"), PlanColumn(id="hvad", name="Hvad"))
PLAIN = Plan(id="plan", title="Plan", intro="Skriv.", questions=QUESTIONS)
TABLE = PLAIN.model_copy(update={"columns": COLUMNS, "rows": 2})
SHAPES = st.sampled_from([PLAIN, TABLE])


def test_an_answer_for_each_question_and_whole_rows() -> None:
    assert plans.fits(PLAIN, [""] * 3)
    assert not plans.fits(PLAIN, [""] * 4)
    assert not plans.fits(PLAIN, [""] * 2)
    assert plans.fits(TABLE, [""] * 3)
    assert plans.fits(TABLE, [""] * 5)
    assert not plans.fits(TABLE, [""] * 4)
    assert not plans.fits(TABLE, [""] * 2)
    assert plans.fits(TABLE, [""] * (3 + 2 * plans.MOST_ROWS))
    assert not plans.fits(TABLE, [""] * (5 + 2 * plans.MOST_ROWS))


@given(SHAPES, st.lists(st.sampled_from(["", "a", "b c"]), max_size=100))
def test_what_was_written_in_another_shape_fits_and_nothing_is_lost(plan: Plan, answers: list[str]) -> None:
    made = plans.fitted(plan, answers)
    assert plans.fits(plan, made)
    assert plans.fitted(plan, made) == made
    assert " ".join(made).split().__len__() == " ".join(answers).split().__len__()
    if plans.fits(plan, answers):
        assert made == answers


def test_a_plan_is_finished_once_every_question_has_two_words() -> None:
    assert [one.prompt for one in plans.unanswered(TABLE, ["Male bænken", "ja", " 12 ! "])] == [1, 2]
    assert plans.unanswered(TABLE, ["Male bænken", "Jeg selv", "Nej tak"]) == ()
    assert [one.prompt for one in plans.unanswered(PLAIN, [])] == [0, 1, 2]
    found = plans.unanswered(TABLE, ["Hemmelig", "Jeg selv", "Nej tak", "to ord", "to ord"])
    assert [one.prompt for one in found] == [0]
    assert "Hemmelig" not in found[0].text


def test_the_attempt_says_only_that_it_was_finished(mini_course: Course) -> None:
    done = plans.plan_outcome(PLAIN, ("hvad", "hvem", "nej"))
    assert (done.finished, done.passed, done.results, done.values) == (True, True, (), None)
    assert not plans.plan_outcome(PLAIN, ()).finished
    for wrong in (("hvad",), ("hvem", "hvad", "nej"), ("hvad", "hvem", "nej", "nej"), ("Male bænken",) * 3):
        with pytest.raises(ImpossiblePath):
            plans.plan_outcome(PLAIN, wrong)
