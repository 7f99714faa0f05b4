"""What every module and scenario of the shipped course holds, beyond what ``check`` asks of any course."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommune3.content import Course
from kommune3.engine.models import Quiz, Reflection, Scenario

MANIFEST = tomllib.loads((Path(__file__).parents[1] / "course/course.toml").read_text(encoding="utf-8"))
MODULES = [module["id"] for module in MANIFEST["modules"]]
SCENARIOS = [one["id"] for one in MANIFEST["activities"] if one["kind"] == "scenario"]
TALK = "common-05"
"""The team's talk: its quiz is for whoever leads it, and nobody must take it."""


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_two_or_three_aims_a_quiz_and_at_most_one_reflection(
    module: str, shipped: Course
) -> None:
    assert 2 <= len(shipped.module(module).aims) <= 3
    activities = shipped.activities_of(module)
    assert sum(isinstance(one, Reflection) for one in activities) <= 1
    quizzes = [one for one in activities if isinstance(one, Quiz)]
    assert len(quizzes) == 1
    assert (quizzes[0].id in shipped.module(module).required) == (module != TALK)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_keeps_the_design(name: str, shipped: Course) -> None:
    scenario = shipped.activities[name]
    assert isinstance(scenario, Scenario)
    assert len(scenario.nodes) >= 14
    assert len(scenario.endings) >= 4
    assert 3 <= len(scenario.indicators) <= 5
    followed = " ".join(f"{one.name} {one.meaning}".casefold() for one in scenario.indicators)
    assert "fag" in followed, "professional quality"
    assert "lige" in followed or "ens" in followed, "equal treatment"
    choices = [choice for node in scenario.nodes for choice in node.choices]
    assert any(choice.when and choice.when.chose for choice in choices), "an earlier choice decides"
    assert any(node.predict for node in scenario.nodes), "a reaction to predict"


def test_eight_scenarios_and_an_assignment_for_each_role(shipped: Course) -> None:
    assert len(SCENARIOS) == 8
    assert set(shipped.assignments) == {role.id for role in shipped.roles}


@pytest.mark.parametrize("role", ["employee", "leader", "politician"])
def test_a_path_opens_with_a_scenario(role: str, shipped: Course) -> None:
    for work_field in [one.id for one in shipped.role(role).fields] or [""]:
        first = shipped.modules_of(role, work_field)[0]
        assert any(isinstance(one, Scenario) for one in shipped.activities_of(first.id))


QUIZZES = [one["id"] for one in MANIFEST["activities"] if one["kind"] == "quiz"]


@pytest.mark.parametrize("name", QUIZZES)
def test_no_quiz_is_passed_by_the_length_or_the_place_of_its_answers(name: str, shipped: Course) -> None:
    """Whoever always takes the longest, the middle, the shortest or one place stays below the pass mark."""
    quiz = shipped.activities[name]
    assert isinstance(quiz, Quiz)
    places = [[option.correct for option in question.options].index(True) for question in quiz.questions]
    for habit in (Counter(length_ranks(quiz)), Counter(places)):
        assert 100 * max(habit.values()) < shipped.info.pass_mark * len(quiz.questions), habit


def test_the_length_of_an_answer_tells_nothing_about_it(shipped: Course) -> None:
    """Over all quizzes the right answer is the shortest, the middle and the longest about as often."""
    quizzes = [shipped.activities[name] for name in QUIZZES]
    ranks = Counter(rank for quiz in quizzes if isinstance(quiz, Quiz) for rank in length_ranks(quiz))
    share = {rank: times / ranks.total() for rank, times in sorted(ranks.items())}
    assert list(share) == [0, 1, 2]
    assert all(0.22 <= one <= 0.45 for one in share.values()), share


def length_ranks(quiz: Quiz) -> Iterator[int]:
    """Of each question, how many of the other answers are shorter than the right one."""
    for question in quiz.questions:
        by_length = sorted(question.options, key=lambda option: len(option.text))
        yield [option.correct for option in by_length].index(True)


RECALL = re.compile(
    r"\b(hvad|hvor meget|hvem) (siger|står|skriver|svarer|glemmer|kalder)\b.*"
    r"\b(kild|tekst|oplæg|indlæg|referat|artikel|lov|Skanderborg)"
    r"|\bifølge\b|\bhvilket år\b|\bhvornår (begyndte|kom)\b",
    re.IGNORECASE,
)
"""What a question asks when the answer is a word, a year or a list to remember."""


@pytest.mark.parametrize("name", QUIZZES)
def test_a_quiz_asks_for_judgement_and_tells_about_every_answer(name: str, shipped: Course) -> None:
    quiz = shipped.activities[name]
    assert isinstance(quiz, Quiz)
    assert len(quiz.questions) >= 5
    for question in quiz.questions:
        assert not RECALL.search(question.text), question.id
        assert all(option.feedback for option in question.options), question.id


BINDING = re.compile(r"^(lov|gdpr)-")
"""The ids of laws in ``course/sources.toml``."""


def test_a_law_that_is_named_by_paragraph_can_be_read(shipped: Course) -> None:
    """A law is a source like any other: it has a date and an address, and a voice cites it."""
    for name, source in shipped.sources.items():
        if BINDING.match(name):
            assert source.url, name
            assert re.search(r"\d{4}$", source.date), name
    for name in SCENARIOS:
        scenario = shipped.activities[name]
        assert isinstance(scenario, Scenario)
        for ending in scenario.endings:
            for voice in ending.debrief:
                named = re.search(r"§|artikel \d", voice.text)
                assert not named or any(BINDING.match(one) for one in voice.sources), (name, ending.id)
