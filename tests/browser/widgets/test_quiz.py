"""The quiz in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import BY_HAND, Held, focused, press, tab_to, violations
from browser.widgets.harness import Harness
from kommune3.content import Course
from kommune3.engine.models import Quiz

pytestmark = pytest.mark.browser


def quiz_of(course: Course) -> Quiz:
    return next(each for each in course.activities.values() if isinstance(each, Quiz))


def answer_by_keyboard(page: Page, quiz: Quiz, *, right: bool) -> None:
    for number, question in enumerate(quiz.questions):
        assert focused(page).startswith(f"Spørgsmål {number + 1} af") or number == 0
        at = next(n for n, option in enumerate(question.options) if option.correct is right)
        tab_to(page, question.options[0].text)
        page.keyboard.press("Space")
        for _ in range(at):
            page.keyboard.press("ArrowDown")
        press(page, "Svar")
        expect(page.locator(".k3-verdict")).to_have_text("Rigtigt" if right else "Ikke helt")
        expect(page.locator(".k3-situation")).to_have_text(question.options[at].feedback)
        assert focused(page) == ("Rigtigt" if right else "Ikke helt")
        assert violations(page) == []
        press(page, "Se resultatet" if question is quiz.questions[-1] else "Næste spørgsmål")


def test_quiz_by_keyboard_alone_failed_and_then_passed(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    page.goto(harness.url(quiz.id))
    press(page, "Svar")
    expect(page.get_by_text("Vælg først et svar.").first).to_be_visible()
    answer_by_keyboard(page, quiz, right=False)
    assert focused(page) == f"Du svarede rigtigt på 0 af {len(quiz.questions)}"
    expect(page.get_by_text("Grænsen er 80 procent.")).to_be_visible()
    expect(page.locator("#completed")).to_be_empty()
    assert violations(page) == []
    press(page, "Tag quizzen igen")
    answer_by_keyboard(page, quiz, right=True)
    expect(page.get_by_text("Det er 100 procent. Du har bestået")).to_be_visible()
    expect(page.locator("#completed")).to_have_text("m-1")
    expect(page.locator(".k3-review > li")).to_have_count(len(quiz.questions))


def test_quiz_goes_on_where_it_was_left(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    page.goto(harness.url(quiz.id))
    page.get_by_label(quiz.questions[0].options[0].text).check()
    page.get_by_role("button", name="Svar", exact=True).click()
    expect(page.locator(".k3-verdict")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Du fortsætter, hvor du slap.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Spørgsmål 2 af 5")).to_be_visible()


def test_quiz_waits_for_its_verdict_and_gets_it(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    page.goto(harness.url(quiz.id))
    page.evaluate(BY_HAND)
    harness.trouble = 503
    page.get_by_label(quiz.questions[0].options[0].text).check()
    page.get_by_role("button", name="Svar", exact=True).click()
    again = page.locator(".k3-scene").get_by_role("button", name="Prøv igen")
    expect(again).to_be_visible()
    expect(page.get_by_text("Vi har dit svar.")).to_be_visible()
    assert violations(page) == []
    harness.trouble = 0
    again.click()
    expect(page.locator(".k3-verdict")).to_be_visible()


def test_quiz_takes_over_a_stored_way_that_came_late(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    page.goto(harness.url(quiz.id))
    for question in quiz.questions[:2]:
        page.get_by_label(question.options[0].text).check()
        page.get_by_role("button", name="Svar", exact=True).click()
        page.get_by_role("button", name="Næste spørgsmål").click()
    device = page.context.browser.new_context() if page.context.browser else None
    assert device
    other = device.new_page()
    held = Held(other, f"**/api/v1/attempts/{quiz.id}")
    other.goto(harness.url(quiz.id))
    other.get_by_label(quiz.questions[0].options[1].text).check()
    other.get_by_role("button", name="Svar", exact=True).click()
    held.let_go()
    other.get_by_role("button", name="Fortsæt, hvor jeg slap").click()
    expect(other.get_by_role("heading", name="Spørgsmål 3 af 5")).to_be_visible()
    assert other.evaluate("document.activeElement !== document.body")
    assert harness.paths()[-1] == [question.options[0].id for question in quiz.questions[:2]]
    device.close()


def test_an_answer_without_its_verdict_survives_a_reload(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    page.goto(harness.url(quiz.id))
    harness.trouble = 503
    page.get_by_label(quiz.questions[0].options[0].text).check()
    page.get_by_role("button", name="Svar", exact=True).click()
    expect(page.get_by_text("Vi har dit svar.")).to_be_visible()
    page.reload()
    harness.trouble = 0
    expect(page.locator(".k3-verdict")).to_be_visible()  # nobody has seen it yet
    assert page.evaluate("document.activeElement === document.body"), "a page that opens takes nobody along"
    page.get_by_role("button", name="Næste spørgsmål").click()
    expect(page.get_by_role("heading", name="Spørgsmål 2 af 5")).to_be_visible()
    assert harness.paths() == [[quiz.questions[0].options[0].id]]
