"""Quiz, sorter and table in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from browser.widgets.hands import focused, overflow, press, tab_to, violations
from browser.widgets.harness import Harness
from kommune3.content import Course
from kommune3.engine.models import Quiz, Sorter

pytestmark = pytest.mark.browser
NO_RETRY = "const wait = setTimeout; window.setTimeout = (f, ms, ...a) => (ms < 700 ? wait(f, ms, ...a) : 0);"
"""Keeps a page from trying again by itself, so that only the learner's press can."""


def quiz_of(course: Course) -> Quiz:
    return next(each for each in course.activities.values() if isinstance(each, Quiz))


def sorter_of(course: Course) -> Sorter:
    return next(each for each in course.activities.values() if isinstance(each, Sorter))


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
    page.add_init_script(NO_RETRY)
    page.goto(harness.url(quiz.id))
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
    harness.slow = 2
    other.goto(harness.url(quiz.id))
    other.get_by_label(quiz.questions[0].options[1].text).check()
    other.get_by_role("button", name="Svar", exact=True).click()
    other.get_by_role("button", name="Fortsæt, hvor jeg slap").click(timeout=20_000)
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
    expect(page.get_by_role("heading", name="Spørgsmål 2 af 5")).to_be_visible()
    assert harness.paths() == [[quiz.questions[0].options[0].id]]


def place_by_keyboard(page: Page, places: list[int]) -> None:
    """Go through the statements from the one in focus, and put each into its bucket's place in the row."""
    for at, where in enumerate(places):
        page.keyboard.press("Space")
        for _ in range(where):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".k3-card").nth(at).locator("input").nth(where)).to_be_checked()
        page.keyboard.press("Tab")


def test_sorter_by_keyboard_alone_wrong_moved_and_right(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    order = [bucket.id for bucket in sorter.buckets]
    right = [order.index(item.bucket) for item in sorter.items]
    page.goto(harness.url(sorter.id))
    press(page, "Tjek")
    expect(page.locator(".k3-error")).to_have_text(f"Udsagn, der mangler en plads: {len(sorter.items)}")
    place_by_keyboard(page, [2 - right[0], *right[1:]])
    press(page, "Tjek")
    expect(page.locator(".k3-outcome h4")).to_have_text(f"3 af {len(sorter.items)} ligger rigtigt")
    assert focused(page).endswith("ligger rigtigt")
    expect(page.locator('.k3-card[data-correct="false"]')).to_have_count(1)
    expect(page.locator(".k3-result").nth(1)).to_contain_text(sorter.items[1].feedback)
    expect(page.locator("#completed")).to_be_empty()
    assert violations(page) == []
    tab_to(page, sorter.buckets[2 - right[0]].name)
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".k3-result").first).to_be_empty()
    press(page, "Tjek igen")
    expect(page.get_by_text("Det er 100 procent. Du har bestået")).to_be_visible()
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.paths()[-1] == [item.bucket for item in sorter.items]


def test_going_back_by_keyboard_the_focus_is_not_under_the_piles(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    page.set_viewport_size({"width": 1280, "height": 480})
    page.goto(harness.url(sorter.id))
    page.get_by_role("button", name="Tjek").focus()
    for _ in sorter.items:
        page.keyboard.press("Shift+Tab")
        piles, top = page.evaluate(
            "[document.querySelector('.k3-piles').getBoundingClientRect().bottom,"
            " document.activeElement.getBoundingClientRect().top]"
        )
        assert top >= piles


def test_sorter_by_dragging(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    page.goto(harness.url(sorter.id))
    grip, pile = page.locator(".k3-grip").first.bounding_box(), page.locator(".k3-pile").nth(1).bounding_box()
    assert grip
    assert pile
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(pile["x"] + 20, pile["y"] + 20, steps=5)
    expect(page.locator(".k3-pile").nth(1)).to_have_class("k3-pile k3-over")
    page.mouse.up()
    checked = page.locator(".k3-card").first.locator("input:checked")
    expect(checked).to_have_value(sorter.buckets[1].id)
    expect(page.locator(".k3-held").nth(1)).to_have_text("1 udsagn")


def test_placings_that_are_not_checked_survive_a_reload(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    page.goto(harness.url(sorter.id))
    page.locator(".k3-card").first.get_by_label(sorter.buckets[1].name).check()
    page.reload()
    expect(page.locator(".k3-card").first.locator("input:checked")).to_have_value(sorter.buckets[1].id)


def test_a_statement_moved_meanwhile_gets_no_verdict(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    held: list[Route] = []
    page.route("**/api/v1/attempts", lambda route: held.append(route))
    page.goto(harness.url(sorter.id))
    wrong = next(bucket for bucket in sorter.buckets if bucket.id != sorter.items[0].bucket)
    places = [wrong.id, *(item.bucket for item in sorter.items[1:])]
    for card, place in zip(page.locator(".k3-card").all(), places, strict=True):
        card.locator(f"input[value={place}]").check()
    page.get_by_role("button", name="Tjek").click()
    page.locator(".k3-card").first.locator(f"input[value={sorter.items[0].bucket}]").check()
    held[0].continue_()
    expect(page.locator('.k3-card[data-correct="true"]')).to_have_count(len(sorter.items) - 1)
    expect(page.locator(".k3-result").first).to_be_empty()


def test_moves_that_are_not_checked_outlast_what_is_stored(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    page.goto(harness.url(sorter.id))
    for card in page.locator(".k3-card").all():
        card.get_by_label(sorter.buckets[0].name).check()
    page.get_by_role("button", name="Tjek").click()
    expect(page.locator(".k3-outcome h4")).to_be_visible()
    page.locator(".k3-card").first.get_by_label(sorter.buckets[1].name).check()
    page.reload(wait_until="networkidle")
    with page.expect_response(f"**/api/v1/attempts/{sorter.id}"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(page.locator(".k3-notice")).to_have_count(0)
    expect(page.locator(".k3-card").first.locator("input:checked")).to_have_value(sorter.buckets[1].id)


def test_a_late_verdict_leaves_the_focus_where_the_learner_works(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    held: list[Route] = []
    page.route("**/api/v1/attempts", lambda route: held.append(route))
    page.goto(harness.url(quiz.id))
    page.get_by_label(quiz.questions[0].options[0].text).check()
    page.get_by_role("button", name="Svar", exact=True).click()
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    held[0].continue_()
    expect(page.locator(".k3-verdict")).to_be_visible()
    expect(page.locator("textarea")).to_be_focused()


def test_table_shows_a_row_s_question_and_on_a_phone_one_row(page: Page, harness: Harness) -> None:
    table = next(each for each in harness.course.activities.values() if each.kind == "table")
    page.goto(harness.url(table.id))
    row = table.rows[0]
    press(page, row.name)
    expect(page.locator(".k3-whole").get_by_text(row.note)).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    expect(page.locator(".k3-whole")).to_be_hidden()
    expect(page.locator(".k3-row-view").get_by_text(row.note)).to_be_visible()
    press(page, "Næste")
    assert focused(page) == table.rows[1].name
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("kind", ["quiz", "sorter"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(page: Page, harness: Harness, kind: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 700})
    activity = next(each for each in harness.course.activities.values() if each.kind == kind)
    page.goto(harness.url(activity.id))
    expect(page.locator(".k3-title[id]")).to_be_visible()
    assert overflow(page) <= 0
    assert violations(page) == []
