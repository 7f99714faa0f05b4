"""Every state of every exercise on its real page: WCAG 2.2 AA in light and dark, and whole at 320 pixels."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser import playing
from browser.chromium import Visitors
from browser.looking import WIDE, look
from browser.playing import COMMON_QUIZ, QUIZ, SCENARIO, SORTER, TABLE, TIMELINE
from kommune3.content import Course
from serving import Running

pytestmark = pytest.mark.browser
MAP, COMPARISON, ASSESSMENT = "#medborgerkort", "#kilderne", "#fem-forventninger"


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.context(viewport=WIDE).new_page()


def opened(page: Page, service: Running, module: str, widget: str) -> None:
    page.goto(f"{service.address}modules/{module}?role=employee")
    expect(page.locator(widget)).to_have_attribute("data-ready", "")


def test_scenario(page: Page, service: Running) -> None:
    opened(page, service, "employee-02", SCENARIO)
    scene = page.locator(f"{SCENARIO} .k3-scene")
    page.locator(f"{SCENARIO} .k3-standing summary").click()
    look(page, "scenario-begin", SCENARIO)
    playing.choose(page)
    look(page, "scenario-happens", SCENARIO)
    playing.go_on(page)
    page.locator(playing.CHOICES).first.click()
    scene.locator(".k3-primary").click()  # without a prediction
    expect(scene.locator(".k3-error")).to_be_visible()
    look(page, "scenario-predict", SCENARIO)
    scene.locator("input").first.check()
    scene.locator(".k3-primary").click()
    expect(scene.locator(".k3-expected")).to_be_visible()
    look(page, "scenario-expected", SCENARIO)
    playing.go_on(page)
    playing.make_choices(page, 1)
    for fold in page.locator(f"{SCENARIO} .k3-folds summary").all():
        fold.click()
    look(page, "scenario-way", SCENARIO)
    page.locator(f"{SCENARIO} .k3-toolbar button").last.click()
    expect(page.locator(f"{SCENARIO} .k3-confirm")).to_be_visible()
    look(page, "scenario-start-over", SCENARIO)
    page.keyboard.press("Escape")
    while not page.locator(f"{SCENARIO} .k3-voices").count():
        playing.make_choices(page, 1)
    for fold in page.locator(f"{SCENARIO} .k3-scene summary").all():
        fold.click()
    playing.stored(page)
    look(page, "scenario-ending", SCENARIO)
    page.reload()
    expect(page.locator(f"{SCENARIO} .k3-notice")).to_be_visible()
    look(page, "scenario-resumed", SCENARIO)


def test_quiz(page: Page, service: Running, shipped: Course) -> None:
    opened(page, service, "employee-02", QUIZ)
    page.locator(f"{QUIZ} .k3-primary").click()  # without an answer
    expect(page.locator(f"{QUIZ} .k3-error")).to_be_visible()
    look(page, "quiz-question", QUIZ)
    wrong = playing.wrong_answers(shipped, QUIZ)
    playing.answer(page, QUIZ, wrong[0])
    look(page, "quiz-wrong", QUIZ)
    page.locator(f"{QUIZ} .k3-primary").click()
    playing.take_quiz(page, QUIZ, wrong[1:])
    look(page, "quiz-failed", QUIZ)
    page.locator(f"{QUIZ} .k3-buttons button").click()
    right = playing.right_answers(shipped, QUIZ)
    playing.answer(page, QUIZ, right[0])
    look(page, "quiz-right", QUIZ)
    page.locator(f"{QUIZ} .k3-primary").click()
    playing.take_quiz(page, QUIZ, right[1:])
    look(page, "quiz-passed", QUIZ)


def test_sorter(page: Page, service: Running, shipped: Course) -> None:
    opened(page, service, "common-01", SORTER)
    look(page, "sorter-empty", SORTER)
    page.locator(f"{SORTER} .k3-put").first.click()
    page.locator(f"{SORTER} .k3-lying").click()
    look(page, "sorter-taken-up-again", SORTER)
    right = playing.right_piles(shipped)
    playing.sort_all(page, [(pile + at % 2) % 3 for at, pile in enumerate(right)])
    look(page, "sorter-some-wrong", SORTER)
    playing.sort_all(page, right)
    expect(page.locator(f'{SORTER} [data-correct="true"].k3-card')).to_have_count(len(right))
    look(page, "sorter-all-right", SORTER)


def test_table_and_timeline(page: Page, service: Running) -> None:
    opened(page, service, "common-01", TABLE)
    look(page, "table-closed", TABLE)
    page.locator(f"{TABLE} .k3-row-button").first.click()
    expect(page.locator(f"{TABLE} .k3-row-button").first).to_have_attribute("aria-expanded", "true")
    look(page, "table-row-open", TABLE)
    expect(page.locator(f"{TIMELINE} table")).to_be_visible()
    look(page, "timeline", TIMELINE)


def test_map(page: Page, service: Running) -> None:
    opened(page, service, "common-03", MAP)
    look(page, "map-nobody-placed", MAP)
    place = page.locator(f"{MAP} .k3-put")
    for at in range(8):
        place.nth(at % 3).click()
    page.locator(f"{MAP} .k3-band .k3-inhabitant").first.click()  # somebody to move
    look(page, "map-eight-placed", MAP)
    page.locator(f"{MAP} .k3-primary").click()
    expect(page.locator(f"{MAP} .k3-map-drawing")).to_have_count(2)
    page.locator(f"{MAP} summary").click()
    look(page, "map-beside-ours", MAP)
    page.get_by_role("button", name="Sæt også de sidste 7").click()
    for at in range(7):
        place.nth(at % 6).click()
    look(page, "map-all-placed", MAP)


def test_comparison(page: Page, service: Running) -> None:
    opened(page, service, "common-02", COMPARISON)
    on = page.locator(f"{COMPARISON} .k3-scene .k3-primary")
    on.click()  # without a stand
    expect(page.locator(f"{COMPARISON} .k3-error")).to_be_visible()
    look(page, "comparison-stand", COMPARISON)
    page.locator(f"{COMPARISON} input").first.check()
    on.click()
    look(page, "comparison-topic", COMPARISON)
    while page.locator(f"{COMPARISON} .k3-positions").count():
        on.click()
    page.locator(f"{COMPARISON} input").last.check()
    look(page, "comparison-stand-again", COMPARISON)
    on.click()
    for fold in page.locator(f"{COMPARISON} summary").all():
        fold.click()
    look(page, "comparison-before-and-now", COMPARISON)
    page.evaluate("localStorage.setItem('kommune3:somebody-else:kilderne:own', '{}')")
    page.reload()
    expect(page.locator(f"{COMPARISON} .k3-scale")).to_be_visible()
    left = page.evaluate("Object.keys(localStorage).filter((key) => key.endsWith(':own'))")
    assert [key.split(":")[2:] for key in left] == [["kilderne", "own"]], (
        "another account's stand goes, hers stays"
    )


def test_assessment(page: Page, service: Running) -> None:
    opened(page, service, "employee-04", ASSESSMENT)
    page.locator(f"{ASSESSMENT} .k3-card").first.locator("input").first.check()
    page.locator(f"{ASSESSMENT} .k3-primary").click()
    expect(page.locator(f"{ASSESSMENT} .k3-error")).to_be_visible()
    look(page, "assessment-half-done", ASSESSMENT)
    for at, card in enumerate(page.locator(f"{ASSESSMENT} .k3-card").all()):
        card.locator("input").nth(at % 3).check()
    page.locator(f"{ASSESSMENT} .k3-primary").click()
    look(page, "assessment-profile", ASSESSMENT)
    page.locator(f"{ASSESSMENT} .k3-toolbar button").click()
    look(page, "assessment-delete", ASSESSMENT)


def test_a_completed_module(page: Page, service: Running, shipped: Course) -> None:
    opened(page, service, "common-01", COMMON_QUIZ)
    playing.sort_all(page, playing.right_piles(shipped))
    playing.take_quiz(page, COMMON_QUIZ, playing.right_answers(shipped, COMMON_QUIZ))
    expect(page.locator('[data-module] [data-when="completed"]')).to_be_visible()
    look(page, "module-completed")
    page.goto(service.address + "roles/leader")
    look(page, "role-completed")
