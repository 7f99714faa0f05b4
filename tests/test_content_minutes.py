"""How long things take: words at a reader's pace, and what is to be done."""

from __future__ import annotations

import pytest

from kommune3.content import Course
from kommune3.content.minutes import SECONDS, WORDS_A_MINUTE, minutes, of_activity
from kommune3.engine.exercises import CitizenMap
from kommune3.engine.models import Quiz, Scenario


def words(n: int) -> str:
    return " ".join(["ord"] * n)


def quiz(questions: int, answer: int) -> Quiz:
    """Each question has two words, and two options of one word with so many words of feedback."""
    options = [
        {"id": name, "text": "svar", "feedback": words(answer), "correct": name == "a"} for name in "ab"
    ]
    asked = [{"id": f"q{n}", "text": words(2), "options": options} for n in range(questions)]
    return Quiz.model_validate({"id": "q", "title": "Quiz", "intro": words(3), "questions": asked})


def test_a_quiz_is_read_with_one_answer_to_each_question() -> None:
    read = 3 + 5 * (2 + 2) + 5 * 10
    expected = 60 * read / WORDS_A_MINUTE + 5 * SECONDS["question"]
    assert of_activity(quiz(5, 10)) == pytest.approx(expected)


@pytest.mark.parametrize(("people", "counted"), [(3, 3), (8, 8), (15, 8)])
def test_a_map_counts_the_people_who_must_be_placed(people: int, counted: int) -> None:
    arenas = [{"id": name, "name": "sted", "meaning": "der"} for name in ("inde", "ude")]
    one = {"name": "navn", "text": words(4), "arena": "inde", "why": words(5)}
    everybody = [{**one, "id": f"p{at}"} for at in range(people)]
    placed = CitizenMap.model_validate(
        {"id": "m", "title": "M", "intro": words(3), "arenas": arenas, "people": everybody}
    )
    expected = 60 * (3 + counted * 10) / WORDS_A_MINUTE + counted * SECONDS["statement"]
    assert of_activity(placed) == pytest.approx(expected)


def test_a_scenario_takes_the_mean_of_its_paths() -> None:
    """One choice leads to the end at once, the other through one more situation: half of it counts."""

    def choice(name: str, to: str) -> dict[str, object]:
        return {"id": name, "text": "valg", "to": to, "feedback": words(4)}

    voices = [{"who": who, "name": "N", "text": words(5)} for who in ("citizen", "colleague", "law")]
    scenario = Scenario.model_validate(
        {
            "id": "s",
            "role": "employee",
            "title": "S",
            "intro": words(2),
            "minutes": 1,
            "indicators": [{"id": "i", "name": "I", "meaning": "m", "levels": ["lav", "høj"]}],
            "nodes": [
                {"id": "a", "text": words(10), "choices": [choice("kort", "slut"), choice("lang", "b")]},
                {"id": "b", "text": words(20), "choices": [choice("videre", "slut")]},
            ],
            "endings": [{"id": "slut", "title": "Slut", "text": words(6), "debrief": voices}],
        }
    )
    read = 2 + (10 + 2) + 4 + 0.5 * ((20 + 1) + 4) + (6 + 15)
    assert of_activity(scenario) == pytest.approx(60 * read / WORDS_A_MINUTE + 1.5 * SECONDS["choice"])


def test_what_is_not_required_does_not_count(mini_course: Course) -> None:
    module = mini_course.module("employee-01")
    takes = minutes(mini_course, "employee-01")
    reflection = of_activity(mini_course.activities["baenk-refleksion"])
    assert "baenk-refleksion" not in module.required
    assert 60 * takes < 120 + reflection
    assert 1 <= takes <= module.minutes


@pytest.mark.parametrize("kind", ["sorter", "table", "timeline", "reflection"])
def test_every_kind_takes_some_time(kind: str, mini_course: Course) -> None:
    found = [one for one in mini_course.activities.values() if one.kind == kind]
    assert all(of_activity(one) > 0 for one in found)
    assert found
