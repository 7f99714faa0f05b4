"""What still works where JavaScript or the browser's storage is blocked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser import playing
from browser.axe import violations
from browser.chromium import Visitors
from browser.playing import COMMON_QUIZ, QUIZ, SCENARIO, SORTER, TABLE, TIMELINE
from kommune3.content import Course
from serving import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def without_javascript(visitors: Visitors) -> Page:
    return visitors.context(java_script_enabled=False).new_page()


@pytest.fixture
def without_storage(visitors: Visitors) -> Page:
    return visitors.context(storage=False).new_page()


def test_choosing_a_role_without_javascript(without_javascript: Page, service: Running) -> None:
    page = without_javascript
    page.goto(service.address)
    page.locator('form:has(input[value="leader"]) button').click()
    page.wait_for_url("**/roles/leader")
    page.goto(service.address)
    expect(page.locator("#now")).to_be_visible()
    expect(page.locator(".k3-scheme")).to_be_hidden()


def test_reading_a_module_without_javascript(
    without_javascript: Page, service: Running, shipped: Course
) -> None:
    page = without_javascript
    page.goto(f"{service.address}modules/common-01")
    assert len(page.locator("article").inner_text().split()) > 500
    table = page.locator(f"{TABLE} table")
    for row in shipped.activities["paradigmer"].rows:  # type: ignore[union-attr]
        expect(table).to_contain_text(row.name)
        for cell in row.cells:
            expect(table).to_contain_text(cell)
    for period in shipped.activities["paradigmer-tid"].periods:  # type: ignore[union-attr]
        expect(page.locator(TIMELINE).get_by_text(period.text)).to_be_visible()
    for widget in (SORTER, COMMON_QUIZ):
        expect(page.locator(f"{widget} .k3-notice")).to_contain_text("JavaScript")
    expect(page.locator("noscript p, main > p.ds-alert").last).to_contain_text("JavaScript")


@pytest.mark.parametrize("missing", [("exercises.js", "scenario.js"), ("exercises.js",)], ids=len)
def test_a_widget_whose_script_does_not_come_leaves_the_others_alone(
    visitors: Visitors, service: Running, missing: tuple[str, ...]
) -> None:
    context = visitors.context()
    visitors.watch.expected += missing
    for script in missing:
        context.route(f"**/{script}", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{service.address}modules/employee-02")
    expect(page.locator(f"{QUIZ} .k3-option").first).to_be_visible()
    if "scenario.js" in missing:
        sorry = page.locator(f"{SCENARIO} .k3-sorry")
        expect(sorry).to_be_visible()
        expect(page.locator(f"{SCENARIO} .k3-speaker").first).to_be_visible()
        assert violations(page, SCENARIO) == []
        for script in missing:
            context.unroute(f"**/{script}")
        sorry.get_by_role("button").click()
    expect(page.locator(f"{SCENARIO}[data-ready]")).to_be_attached()
    expect(page.locator(f"{SCENARIO} .k3-choice").first).to_be_enabled()


def test_a_scenario_without_javascript_says_so(without_javascript: Page, service: Running) -> None:
    page = without_javascript
    page.goto(f"{service.address}modules/employee-02")
    expect(page.locator(f"{SCENARIO} .k3-notice")).to_contain_text("JavaScript")
    expect(page.locator(f"{SCENARIO} .k3-speaker").first).to_be_visible()
    expect(page.locator(f"{SCENARIO} button:visible")).to_have_count(0)


def test_everything_is_played_without_storage(
    without_storage: Page, service: Running, shipped: Course
) -> None:
    page = without_storage
    page.goto(f"{service.address}modules/employee-02")
    while not page.locator(f"{SCENARIO} .k3-voices").count():
        playing.make_choices(page, 1)
    playing.stored(page)
    playing.take_quiz(page, QUIZ, playing.right_answers(shipped, QUIZ))
    playing.reflect(page)
    expect(page.locator('[data-module] [data-when="completed"]')).to_be_visible()
    page.goto(f"{service.address}modules/common-01")
    playing.sort_all(page, playing.right_piles(shipped))
    playing.stored(page, SORTER)


def test_without_storage_a_lost_connection_is_told_with_what_it_costs(
    without_storage: Page, service: Running, visitors: Visitors
) -> None:
    page = without_storage
    visitors.watch.expected.append("ERR_INTERNET_DISCONNECTED")
    page.goto(f"{service.address}modules/common-01")
    expect(page.locator(COMMON_QUIZ)).to_have_attribute("data-ready", "")
    page.context.set_offline(True)
    page.locator(f"{COMMON_QUIZ} input").first.check()
    page.locator(f"{COMMON_QUIZ} .k3-primary").click()
    trouble = page.locator(f'{COMMON_QUIZ} .k3-status[data-state="trouble"]')
    expect(trouble).to_contain_text("åben")  # leave the page open: no copy can be kept
    page.context.set_offline(False)
    playing.stored(page, COMMON_QUIZ)


def test_the_theme_lasts_as_long_as_the_page_without_storage(without_storage: Page, service: Running) -> None:
    page = without_storage
    page.goto(service.address)
    page.locator(".k3-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
