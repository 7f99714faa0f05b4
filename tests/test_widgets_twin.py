"""What the page says of a text is what the service says: CPR numbers, words, and how a text is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommune3.content import Course
from kommune3.engine import plans
from kommune3.engine.answers import tidy
from kommune3.engine.cpr import cpr_places, holds_cpr
from kommune3.engine.exercises import Plan, PlanColumn, PlanQuestion
from kommune3.engine.form import CourseText, check
from kommune3.engine.models import Reflection
from nodejs import asking

Ask = Callable[[Any], dict[str, Any]]
TWIN = settings(max_examples=300, deadline=None)

DIGITS = "0123456789\uff10\uff11\uff19\u00b2\u0663\U0001d7d8"
SEPARATORS = "-\u2010\u2015\u2212_./ \u00a0\u200b\u00ad\n\u0301\ufe0f"
NUMBERS = st.builds(
    lambda day, first, second, sign, around: f"{around}{day:%d%m%y}{first}{sign}{second:04}{around}",
    st.dates(),
    st.sampled_from(["", " ", "-", "\u200b"]),
    st.integers(0, 9999),
    st.sampled_from(["", *SEPARATORS]),
    st.text("abc 19", max_size=3),
)
ALMOST = st.text(DIGITS + SEPARATORS + "ab", max_size=24)
DATES = st.builds(
    lambda label, day, form, sign, last, end: f"{label}{day.strftime(form)}{sign}{last:04}{end}",
    st.sampled_from(["", "CPR ", "cpr-nr. ", "cpr:", "5 ", "5.", "+", "den "]),
    st.dates(),
    st.sampled_from(
        ["%d.%m.%y", "%d/%m-%y", "%d. %m. %Y", "%d-%m-%y", "%d %m %y", "%d%m%Y", "%d%m%y", "%d %m %Y"]
    ),
    st.sampled_from(["-", " ", "\n", "\u2013\n", " - ", "--", "\r\n", ", ", "_", "\u2028", ""]),
    st.integers(0, 9999),
    st.sampled_from(["", " Skanderborg", " 5", ".", "x"]),
)
SIGNS = "aåÅA\u030aéß1٣ _-.,:/’'\t\n\r\v\x1c\x85\u2028\u200b\u200c\u200d\u2066\u0007$\\\uff04\u29f5😀中²"
WRITTEN = st.text(SIGNS, max_size=40) | st.text(
    st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=20
)


@pytest.fixture(scope="module")
def twin() -> Iterator[Ask]:
    """Asks one long-lived node process."""
    with asking("tests/text_twin.mjs") as ask:
        yield ask


@pytest.fixture(scope="module")
def one_prompt(mini_course: Course) -> Reflection:
    """A reflection with one prompt."""
    found = next(one for one in mini_course.activities.values() if isinstance(one, Reflection))
    return found.model_copy(update={"prompts": found.prompts[:1]})


@TWIN
@given(text=NUMBERS | ALMOST | DATES)
def test_a_cpr_number_is_seen_alike(twin: Ask, text: str) -> None:
    assert twin(text)["cpr"] is holds_cpr(text)


@TWIN
@given(
    texts=st.lists(
        DATES | st.sampled_from(["", " ", "010190", "-1234", "1234 ja", "den 01.01.90"]), max_size=5
    )
)
def test_a_cpr_number_over_two_fields_is_seen_alike(twin: Ask, texts: list[str]) -> None:
    assert twin({"texts": texts})["places"] == cpr_places(texts)


@TWIN
@given(text=WRITTEN)
def test_a_text_is_tidied_alike(twin: Ask, text: str) -> None:
    assert twin(text)["tidy"] == tidy(text)


@TWIN
@given(text=WRITTEN)
def test_words_are_counted_alike(twin: Ask, one_prompt: Reflection, text: str) -> None:
    assert twin(text)["words"] == check(one_prompt, [text], CourseText()).words


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0344", "\ufe0f\u0316", "\uff9e\u0316", "\u0f73\u0301"])
def test_many_accents_are_cut_alike(twin: Ask, marks: str) -> None:
    text = f"e{marks * 40}n{marks * 3}"
    assert twin(text)["tidy"] == tidy(text)
    assert len(tidy(text)) < 45


def plan_of(questions: int, columns: int) -> Plan:
    return Plan(
        id="plan",
        title="Plan",
        intro="Skriv.",
        questions=tuple(PlanQuestion(id=f"q{n}", title="?") for n in range(questions)),
        columns=tuple(PlanColumn(id=f"c{n}", name="?") for n in range(columns)),
        rows=int(columns > 0),
    )


PLANS = st.builds(plan_of, st.integers(1, 4), st.integers(0, 3))
TEXTS = st.lists(st.sampled_from(["", "en", "to ord", "tre små ord"]), max_size=130)


@TWIN
@given(plan=PLANS, here=TEXTS, there=TEXTS)
def test_a_plan_is_fitted_alike_and_keeping_both_loses_nothing(
    twin: Ask, plan: Plan, here: list[str], there: list[str]
) -> None:
    found = twin({"plan": plan.model_dump(mode="json"), "here": here, "there": there})
    assert found["fitted"] == plans.fitted(plan, here)
    assert plans.fits(plan, found["both"])
    assert {*" ".join(here).split(), *" ".join(there).split()} == set(" ".join(found["both"]).split())


def test_both_kinds_of_answer_are_met(twin: Ask) -> None:
    assert twin("barnet 010190-1234 ringede")["cpr"] is True
    assert twin("sag 010190123")["cpr"] is False
    assert twin("En, to og 3 (tre)")["words"] == 4
