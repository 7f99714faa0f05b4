"""Sorter and table in a real browser, and how quiz and sorter fit a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import Held, focused, overflow, press, violations
from browser.widgets.harness import Harness, running
from kommune3.content import Course
from kommune3.engine.models import Quiz, Sorter

pytestmark = pytest.mark.browser


def quiz_of(course: Course) -> Quiz:
    return next(each for each in course.activities.values() if isinstance(each, Quiz))


def sorter_of(course: Course) -> Sorter:
    return next(each for each in course.activities.values() if isinstance(each, Sorter))


def put(page: Page, *places: int) -> None:
    """Put as many statements into piles, from the one that is asked about on; a number is a pile."""
    for where in places:
        page.locator(".k3-put").nth(where).click()


def places_of(sorter: Sorter) -> list[int]:
    """The place of the right pile of each statement."""
    order = [bucket.id for bucket in sorter.buckets]
    return [order.index(item.bucket) for item in sorter.items]


def lying(page: Page) -> list[list[str]]:
    """The statements in each pile."""
    return [pile.locator(".k3-lying").all_inner_texts() for pile in page.locator(".k3-pile").all()]


def checked(page: Page, name: str = "Tjek") -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".k3-outcome h4")).to_be_focused()


def test_sorter_by_keyboard_alone_wrong_moved_and_right(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    names, right = [bucket.name for bucket in sorter.buckets], places_of(sorter)
    page.goto(harness.url(sorter.id))
    expect(page.get_by_role("button", name="Tjek")).to_be_hidden()
    expect(page.locator(".k3-asking")).to_contain_text("Når alle udsagn har en plads, kan du tjekke.")
    first = 2 - right[0]
    for at, where in enumerate([first, *right[1:]]):
        expect(page.locator(".k3-asked-about")).to_contain_text(f"{at + 1} af {len(right)}")
        press(page, names[where], "Space" if at else "Enter")
        said = page.locator(".k3 [aria-live]").inner_text().strip()
        left = len(right) - at - 1
        tail = f"{left} tilbage." if left else "Der er ikke flere."
        assert said == f"Ligger nu her: {names[where]}. {tail}"
        assert focused(page) == (sorter.items[at + 1].text if left else "Alle udsagn har en plads")
    assert violations(page) == []
    assert sorter.items[0].feedback not in page.content()
    press(page, "Tjek")
    expect(page.locator(".k3-outcome h4")).to_be_focused()
    assert focused(page) == f"{len(right) - 1} af {len(right)} ligger rigtigt"
    wrong = page.locator('.k3-card[data-correct="false"]')
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text(sorter.items[0].feedback)
    expect(page.locator("#completed")).to_be_empty()
    press(page, f"Ligger rigtigt: {len(right) - 1}")
    expect(page.get_by_text(sorter.items[1].feedback)).to_be_visible()
    assert violations(page) == []
    press(page, "Flyt dem")
    assert focused(page) == sorter.items[0].text
    expect(page.locator(".k3-about")).to_have_text(sorter.items[0].feedback)
    expect(page.locator(".k3-put[aria-current]")).to_contain_text(names[first])
    press(page, names[right[0]])
    assert focused(page) == "Alle udsagn har en plads", "nothing else lies wrong"
    press(page, "Tjek igen")
    expect(page.get_by_text("Det er 100 procent. Du har bestået")).to_be_visible()
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.paths()[-1] == [item.bucket for item in sorter.items]


def test_a_statement_is_skipped_taken_up_from_its_pile_and_put_elsewhere(
    page: Page, harness: Harness
) -> None:
    sorter = sorter_of(harness.course)
    texts = [item.text for item in sorter.items]
    page.goto(harness.url(sorter.id))
    press(page, "Spring over")
    assert focused(page) == texts[1]
    put(page, 1, *[0] * (len(texts) - 2))
    assert focused(page) == texts[0], "what was skipped comes again"
    put(page, 2)
    page.locator(".k3-lying", has_text=texts[1]).click()
    assert focused(page) == texts[1]
    press(page, "Forrige")
    assert focused(page) == texts[0]
    put(page, 1)
    assert lying(page) == [texts[2:], texts[:2], []]
    page.reload()
    expect(page.locator(".k3-lying")).to_have_count(len(texts))
    assert lying(page) == [texts[2:], texts[:2], []]
    assert harness.paths() == [], "nothing is handed in before she asks"


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
    assert lying(page)[1] == [sorter.items[0].text]
    expect(page.locator(".k3-held").nth(1)).to_have_text("1 udsagn")


def test_a_statement_moved_meanwhile_is_not_pulled_away(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    held = Held(page, "**/api/v1/attempts")
    page.goto(harness.url(sorter.id))
    right = places_of(sorter)
    put(page, 2 - right[0], *right[1:])
    page.get_by_role("button", name="Tjek").click()
    page.locator(".k3-lying", has_text=sorter.items[0].text).click()
    put(page, right[0])
    held.let_go()
    expect(page.get_by_role("button", name="Tjek igen")).to_be_visible()
    expect(page.locator("[data-correct]")).to_have_count(0)
    assert lying(page)[right[0]].count(sorter.items[0].text) == 1
    checked(page, "Tjek igen")
    assert harness.paths()[-1] == [item.bucket for item in sorter.items]


def test_moves_that_are_not_checked_outlast_what_is_stored(page: Page, harness: Harness) -> None:
    sorter = sorter_of(harness.course)
    page.goto(harness.url(sorter.id))
    put(page, *[0] * len(sorter.items))
    checked(page)
    page.get_by_role("button", name="Flyt dem", exact=True).click()
    moved = page.locator(".k3-one h4").inner_text()
    put(page, 1)
    page.reload(wait_until="networkidle")
    with page.expect_response(f"**/api/v1/attempts/{sorter.id}"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(page.locator(".k3-notice")).to_have_count(0)
    assert lying(page)[1] == [moved]


def test_placings_stay_when_the_sorter_was_handed_in_elsewhere_meanwhile(
    page: Page, harness: Harness
) -> None:
    sorter = sorter_of(harness.course)
    right = places_of(sorter)
    page.goto(harness.url(sorter.id))
    put(page, 2 - right[0])
    device = page.context.browser.new_context() if page.context.browser else None
    assert device
    other = device.new_page()
    other.goto(harness.url(sorter.id))
    put(other, *right)
    checked(other)
    device.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    take = page.get_by_role("button", name="Fortsæt, hvor jeg slap")
    expect(take).to_be_visible()
    assert lying(page)[2 - right[0]] == [sorter.items[0].text]
    take.click()
    expect(page.locator(".k3-outcome h4")).to_be_visible()
    assert harness.paths()[-1] == [item.bucket for item in sorter.items]


def test_moves_that_cannot_be_kept_are_told_once(page: Page, harness: Harness) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.goto(harness.url(sorter_of(harness.course).id))
    put(page, 0)
    expect(page.locator(".k3-notice")).to_contain_text("Browseren lader os ikke gemme")
    assert violations(page) == []
    page.evaluate("document.querySelector('.k3-notice').remove()")
    put(page, 0)
    expect(page.locator(".k3-notice")).to_have_count(0)


def test_a_late_verdict_leaves_the_focus_where_the_learner_works(page: Page, harness: Harness) -> None:
    quiz = quiz_of(harness.course)
    held = Held(page, "**/api/v1/attempts")
    page.goto(harness.url(quiz.id))
    page.get_by_label(quiz.questions[0].options[0].text).check()
    page.get_by_role("button", name="Svar", exact=True).click()
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    page.locator("textarea").focus()
    held.let_go()
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


SCREEN = 740
"""How high a small phone's screen is, in CSS pixels."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_longest_sorter_is_three_screens_of_a_phone_while_one_sorts(
    page: Page, shipped: Course, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": SCREEN})
    sorters = [each for each in shipped.activities.values() if isinstance(each, Sorter)]
    sorter = max(sorters, key=lambda each: sum(len(item.text) for item in each.items))
    with running(Harness(shipped)) as harness:
        page.goto(harness.url(sorter.id))
        tops = set()
        for at, _ in enumerate(sorter.items):
            card, widget = page.locator(".k3-one").bounding_box(), page.locator(".k3").bounding_box()
            first, last = (
                page.locator(".k3-put").first.bounding_box(),
                page.locator(".k3-put").last.bounding_box(),
            )
            assert card
            assert widget
            assert first
            assert last
            shown = last["y"] + last["height"] - card["y"]
            assert shown <= SCREEN, "a statement and all the piles are on screen at once"
            assert widget["height"] <= 3 * SCREEN
            tops.add(first["y"] - card["y"])
            put(page, at % len(sorter.buckets))
        assert len(tops) == 1, f"the first pile moves: {tops}"
        assert overflow(page) <= 0
        assert violations(page) == []
        checked(page)
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
