from __future__ import annotations

import json
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine.judge import judge, public, version
from kommune3.engine.models import Quiz, Scenario, Sorter
from kommune3.engine.scenario import ImpossiblePath
from strategies import attempts, scenarios

RIGHT = ["kommunen", "sporgsmaal", "ens", "respekt", "tid"]
PLACES = ["myndighed", "service", "faellesskab", "myndighed"]


def quiz(course: Course) -> Quiz:
    return cast(Quiz, course.activities["baenk-quiz"])


def sorter(course: Course) -> Sorter:
    return cast(Sorter, course.activities["baenk-sorter"])


def test_scenario_is_passed_at_an_ending(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    under_way = judge(scenario, ["sporg"], 80)
    assert (under_way.finished, under_way.passed, under_way.ending) == (False, False, None)
    assert under_way.values == {"tillid": 65, "tid": 70}
    done = judge(scenario, ["sporg", "del", "faelles"], 80)
    assert (done.finished, done.passed, done.ending, done.score) == (True, True, "baenk", None)
    assert done.values == {"tillid": 100, "tid": 20}


def test_quiz_counts_right_answers(mini_course: Course) -> None:
    assert judge(quiz(mini_course), [], 80).results == ()
    part = judge(quiz(mini_course), RIGHT[:2], 80)
    assert (part.finished, part.score, [result.correct for result in part.results]) == (
        False,
        None,
        [True, True],
    )
    full = judge(quiz(mini_course), RIGHT, 80)
    assert (full.finished, full.passed, full.score) == (True, True, 100)


@pytest.mark.parametrize(("wrong", "score", "passed"), [(1, 80, True), (2, 60, False)])
def test_pass_mark_is_reached_at_exactly_the_mark(
    wrong: int, score: int, passed: bool, mini_course: Course
) -> None:
    answers = ["borgerne", "loefte"][:wrong] + RIGHT[wrong:]
    outcome = judge(quiz(mini_course), answers, 80)
    assert (outcome.score, outcome.passed) == (score, passed)


def test_sorter_is_judged_whole(mini_course: Course) -> None:
    assert judge(sorter(mini_course), [], 80).finished is False
    full = judge(sorter(mini_course), PLACES, 80)
    assert (full.passed, full.score) == (True, 100)
    part = judge(sorter(mini_course), ["service", *PLACES[1:]], 80)
    assert (part.finished, part.passed, part.score) == (True, False, 75)
    assert [result.correct for result in part.results] == [False, True, True, True]


@pytest.mark.parametrize(
    ("activity", "choices", "step"),
    [
        ("opkaldet", ["findes-ikke"], 0),
        ("opkaldet", ["sporg", "vent"], 1),
        ("opkaldet", ["noter", "vent", "vent"], 2),
        ("baenk-quiz", ["kommunen", "kommunen"], 1),
        ("baenk-quiz", [*RIGHT, "tid"], 5),
        ("baenk-sorter", PLACES[:3], 2),
        ("baenk-sorter", [*PLACES, "service"], 3),
        ("baenk-sorter", ["service", "service", "service", "skuffe"], 3),
        ("baenk-tabel", ["borger"], 0),
        ("baenk-tid", ["nu"], 0),
    ],
)
def test_impossible_choices_are_refused_at_their_step(
    activity: str, choices: list[str], step: int, mini_course: Course
) -> None:
    with pytest.raises(ImpossiblePath) as caught:
        judge(mini_course.activities[activity], choices, 80)
    assert caught.value.step == step
    assert caught.value.choice == choices[step]


def test_there_is_nothing_to_judge_in_a_table(mini_course: Course) -> None:
    outcome = judge(mini_course.activities["baenk-tabel"], [], 80)
    assert (outcome.finished, outcome.passed) == (False, False)


@given(st.data(), scenarios())
def test_only_an_ending_passes_a_scenario(data: st.DataObject, scenario: Scenario) -> None:
    try:
        outcome = judge(scenario, data.draw(attempts(scenario)), 80)
    except ImpossiblePath:
        return
    assert outcome.passed == outcome.finished == (outcome.ending in scenario.endings_by_id)


def test_keys_stay_behind(mini_course: Course) -> None:
    """Neither which option is right, nor its feedback, nor where a statement belongs."""
    for activity in (quiz(mini_course), sorter(mini_course)):
        shown = json.dumps(public(activity), ensure_ascii=False)
        assert '"correct"' not in shown
        assert '"feedback"' not in shown
        assert '"bucket"' not in shown
    reflection = public(mini_course.activities["baenk-refleksion"])
    assert '"points"' not in json.dumps(reflection), "a learner reads levels, not figures"
    assert reflection["rubric"][0]["levels"][2] == {"text": "Vi forstår, hvem der ville hvad."}
    assert "Hun bliver glad." in json.dumps(public(mini_course.activities["opkaldet"]), ensure_ascii=False)


def test_version_changes_with_any_text(mini_course: Course) -> None:
    first = quiz(mini_course)
    content = first.model_dump()
    assert version(first) == version(Quiz.model_validate(content))
    assert version(first) != version(Quiz.model_validate({**content, "title": "En anden"}))
    activities = mini_course.activities.values()
    assert len({version(activity) for activity in activities}) == len(activities)


@given(scenarios(max_nodes=3))
def test_version_is_twelve_hex_digits(scenario: Scenario) -> None:
    assert len(version(scenario)) == 12
    assert int(version(scenario), 16) >= 0
