"""Exercises without a right answer: what counts as done, and that what somebody thinks is no choice."""

from __future__ import annotations

import json
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kommune3.content import Course
from kommune3.engine.exercises import (
    Arena,
    Assessment,
    CitizenMap,
    Comparison,
    Position,
    Resident,
    Statement,
    Step,
    Topic,
)
from kommune3.engine.judge import judge, public
from kommune3.engine.open_ended import UNPLACED, enough
from kommune3.engine.scenario import ImpossiblePath

IDS = ("a", "b", "c", "d")
STEPS = tuple(Step(id=name, name=name) for name in ("lidt", "noget", "meget"))


def a_map(course: Course) -> CitizenMap:
    return cast(CitizenMap, course.activities["baenk-kort"])


def a_comparison(count: int = 3) -> Comparison:
    said = (Position(source="kilde", text="Det siger den."),)
    topics = tuple(Topic(id=name, question="Hvad så?", positions=said) for name in IDS[:count])
    return Comparison(
        id="k", title="K", intro="K.", statement="Ja.", scale=STEPS, topics=topics, own_voice="Ingen ved det."
    )


def an_assessment(count: int = 3) -> Assessment:
    statements = tuple(
        Statement(id=name, name=name, text="Jeg.", low="L.", high="H.") for name in IDS[:count]
    )
    return Assessment(id="s", title="S", intro="S.", levels=STEPS, statements=statements)


def many(count: int) -> CitizenMap:
    """A map of two arenas and so many people."""
    arenas = tuple(Arena(id=name, name=name, meaning="Der.") for name in ("inde", "ude"))
    people = tuple(
        Resident(id=f"p{at}", name=f"P{at}", text="T.", arena="inde", why=f"Fordi {at}.")
        for at in range(count)
    )
    return CitizenMap(id="m", title="M", intro="M.", arenas=arenas, people=people)


def test_a_map_brings_the_authors_placing_once_all_are_placed(mini_course: Course) -> None:
    nothing = judge(a_map(mini_course), [], 80)
    assert (nothing.finished, nothing.results) == (False, ())
    placed = judge(a_map(mini_course), ["naboer", "naboer", "kommunen"], 80)
    assert (placed.finished, placed.passed, placed.score) == (True, True, None)
    assert [result.ours for result in placed.results] == ["eget-liv", "naboer", "kommunen"]
    assert [result.correct for result in placed.results] == [None, None, None], "nothing is right or wrong"
    assert placed.results[0].feedback == "Turen er hendes egen."


@pytest.mark.parametrize(("count", "least"), [(2, 2), (7, 7), (8, 8), (9, 8), (15, 8), (20, 8)])
def test_eight_on_the_map_are_enough_or_all_where_there_are_fewer(count: int, least: int) -> None:
    placed = many(count)
    assert enough(placed) == least
    for on_it in range(count + 1):
        outcome = judge(placed, ["ude"] * on_it + [UNPLACED] * (count - on_it), 80)
        assert outcome.finished == outcome.passed == (on_it >= least)
        assert len(outcome.results) == (on_it if on_it >= least else 0), "nothing is told before"


def test_whoever_was_left_out_is_not_told_of() -> None:
    choices = ["ude", UNPLACED] * 8
    outcome = judge(many(16), choices, 80)
    assert outcome.passed
    assert [result.id for result in outcome.results] == [f"p{at}" for at in range(0, 16, 2)]
    assert "Fordi 1." not in outcome.model_dump_json()
    with pytest.raises(ValidationError):
        Arena(id=UNPLACED, name="Ingen", meaning="Ingen.")


@given(st.integers(2, 20), st.lists(st.sampled_from(["inde", "ude", UNPLACED, "maane"]), max_size=21))
def test_a_map_passes_where_enough_of_the_right_number_have_a_place(count: int, choices: list[str]) -> None:
    fits = not choices or (len(choices) == count and "maane" not in choices)
    try:
        outcome = judge(many(count), choices, 80)
    except ImpossiblePath:
        assert not fits
        return
    assert fits
    on_it = [choice for choice in choices if choice != UNPLACED]
    assert outcome.passed == (len(on_it) >= min(8, count))


def test_the_authors_placing_is_hidden_until_then(mini_course: Course) -> None:
    shown = json.dumps(public(a_map(mini_course)), ensure_ascii=False)
    assert '"arena"' not in shown
    assert "Turen er hendes egen." not in shown


@pytest.mark.parametrize(
    ("choices", "step"),
    [
        (["naboer"], 0),
        ([UNPLACED], 0),
        (["naboer", "naboer"], 1),
        (["naboer"] * 4, 2),
        (["naboer", "maane", "naboer"], 1),
        (["naboer", "", "naboer"], 1),
    ],
)
def test_an_impossible_map_is_refused(mini_course: Course, choices: list[str], step: int) -> None:
    with pytest.raises(ImpossiblePath) as caught:
        judge(a_map(mini_course), choices, 80)
    assert (caught.value.step, caught.value.choice) == (step, choices[step])


def test_a_comparison_is_finished_when_every_step_is_taken() -> None:
    whole = ["before", "c", "a", "b", "after"]
    for length in range(len(whole)):
        under_way = judge(a_comparison(), whole[:length], 80)
        assert (under_way.finished, under_way.passed) == (False, False)
    done = judge(a_comparison(), whole, 80)
    assert (done.finished, done.passed, done.score, done.results) == (True, True, None, ())


@pytest.mark.parametrize(
    ("choices", "step"),
    [
        (["a"], 0),
        (["after"], 0),
        (["before", "before"], 1),
        (["before", "after"], 1),
        (["before", "a", "a"], 2),
        (["before", "a", "b", "after"], 3),
        (["before", "meget"], 1),
        (["before", "a", "b", "c", "after", "after"], 5),
    ],
)
def test_a_comparison_refuses_other_steps_and_any_stand(choices: list[str], step: int) -> None:
    with pytest.raises(ImpossiblePath) as caught:
        judge(a_comparison(), choices, 80)
    assert caught.value.step == step


def test_an_assessment_may_be_left_half_done() -> None:
    assert not judge(an_assessment(), ["b"], 80).finished
    assert not judge(an_assessment(), ["a", "c"], 80).passed
    done = judge(an_assessment(), ["a", "b", "c"], 80)
    assert (done.finished, done.passed, done.score, done.values) == (True, True, None, None)


@pytest.mark.parametrize(
    ("choices", "step"), [(["b", "a"], 1), (["a", "a"], 1), (["meget"], 0), (["a", "b", "c", "d"], 3)]
)
def test_an_assessment_refuses_other_orders_and_any_level(choices: list[str], step: int) -> None:
    with pytest.raises(ImpossiblePath) as caught:
        judge(an_assessment(), choices, 80)
    assert caught.value.step == step


@given(st.integers(2, 4), st.lists(st.sampled_from([*IDS, "before", "after", "meget"]), max_size=7))
def test_only_all_the_steps_pass_a_comparison(count: int, choices: list[str]) -> None:
    try:
        outcome = judge(a_comparison(count), choices, 80)
    except ImpossiblePath:
        return
    middle = choices[1:-1]
    whole = choices[:1] == ["before"] and choices[-1:] == ["after"] and sorted(middle) == list(IDS[:count])
    assert outcome.passed == outcome.finished == whole


@given(st.integers(2, 4), st.lists(st.sampled_from([*IDS, "meget"]), max_size=5))
def test_what_an_assessment_takes_are_its_statements_in_order(count: int, choices: list[str]) -> None:
    try:
        outcome = judge(an_assessment(count), choices, 80)
    except ImpossiblePath:
        assert choices != sorted(set(choices)) or not set(choices) <= set(IDS[:count])
        return
    assert choices == sorted(set(choices))
    assert outcome.passed == (choices == list(IDS[:count]))
