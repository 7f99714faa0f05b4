"""Going on: after a reload, on another device, in a second tab; one step back; from the start again."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

import patient
from browser.chromium import Visitors
from browser.playing import CHOICES, SCENARIO, a_way, choose, go_on, make_choices, scenario, stored
from kommune3.content import Course
from kommune3.engine import scenario as play
from serving import Running, attempt

pytestmark = pytest.mark.browser
SITUATION = f"{SCENARIO} .k3-scene .k3-situation"


@pytest.fixture(autouse=True)
def from_the_start(service: Running, shipped: Course) -> None:
    """Every test begins where a learner begins who has started over."""
    begin = attempt(shipped, "foraeldreraad", [])
    patient.post(f"{service.address}api/v1/attempts", json=begin).raise_for_status()


def at(service: Running, visitors: Visitors) -> Page:
    """The scenario on a device of its own."""
    page = visitors.page(f"{service.address}modules/employee-02?role=employee")
    expect(page.locator(SCENARIO)).to_have_attribute("data-ready", "")
    return page


def newest(service: Running) -> list[str]:
    found = patient.get(f"{service.address}api/v1/attempts/foraeldreraad").json()["attempt"]
    return list(found["choices"]) if found else []


def stands_at(page: Page, course: Course, state: play.State) -> None:
    """The situation on screen is that of the state, and so are the figures."""
    found = scenario(course)
    expect(page.locator(SITUATION)).to_contain_text(found.nodes_by_id[state.node].text.split("\n")[0][:60])
    for indicator in found.indicators:
        card = page.locator(f"{SCENARIO} .k3-indicator", has_text=indicator.name)
        expect(card.locator(".k3-figure")).to_contain_text(str(state.values[indicator.id]))


def test_after_a_reload_and_on_another_device(service: Running, visitors: Visitors, shipped: Course) -> None:
    way = a_way(scenario(shipped))
    page = at(service, visitors)
    make_choices(page, 2)
    stored(page)
    page.reload()
    expect(page.locator(f"{SCENARIO} .k3-notice")).to_be_visible()
    stands_at(page, shipped, way[2])
    elsewhere = at(service, visitors)
    expect(elsewhere.locator(f"{SCENARIO} .k3-notice")).to_be_visible()
    stands_at(elsewhere, shipped, way[2])
    make_choices(elsewhere, 1)
    stored(elsewhere)
    stands_at(elsewhere, shipped, way[3])
    assert newest(service) == list(way[3].path)


def test_a_reload_right_after_a_choice_loses_nothing(
    service: Running, visitors: Visitors, shipped: Course
) -> None:
    way = a_way(scenario(shipped))
    page = at(service, visitors)
    make_choices(page, 1)
    choose(page)
    page.reload()
    stands_at(page, shipped, way[2])
    stored_now(service, way[2])


def stored_now(service: Running, state: play.State) -> None:
    until = time.monotonic() + patient.SECONDS
    while time.monotonic() < until:
        if newest(service) == list(state.path):
            return
        time.sleep(0.05)
    raise AssertionError(f"{newest(service)} is stored, not {state.path}")


def test_one_step_back_and_from_the_start_again(
    service: Running, visitors: Visitors, shipped: Course
) -> None:
    way = a_way(scenario(shipped))
    page = at(service, visitors)
    make_choices(page, 3)
    toolbar = page.locator(f"{SCENARIO} .k3-toolbar button")
    toolbar.first.click()
    stands_at(page, shipped, way[2])
    stored(page)
    stored_now(service, way[2])
    make_choices(page, 1)
    toolbar.last.click()
    expect(page.locator(f"{SCENARIO} .k3-confirm button").last).to_be_focused()
    page.locator(f"{SCENARIO} .k3-confirm button").first.click()
    stands_at(page, shipped, way[0])
    stored_now(service, way[0])
    page.reload()
    stands_at(page, shipped, way[0])


def test_two_tabs_on_one_scenario(service: Running, visitors: Visitors, shipped: Course) -> None:
    way = a_way(scenario(shipped))
    first = at(service, visitors)
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator(SCENARIO)).to_have_attribute("data-ready", "")
    make_choices(second, 2)
    stored(second)
    stands_at(first, shipped, way[0])
    come_back(first)
    stands_at(first, shipped, way[2])
    make_choices(first, 1)
    stored(first)
    assert newest(service) == list(way[3].path)
    come_back(second)
    stands_at(second, shipped, way[3])


def come_back(page: Page) -> None:
    """A headless browser hides no tab, so the tab is told that it is seen again."""
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_what_is_stored_is_the_way_that_was_played(
    service: Running, visitors: Visitors, shipped: Course
) -> None:
    page = at(service, visitors)
    made = []
    while not page.locator(f"{SCENARIO} .k3-voices").count():
        made.append(page.locator(CHOICES).last.inner_text())
        choose(page, page.locator(CHOICES).count() - 1)
        go_on(page)
    stored(page)
    states = play.replay(scenario(shipped), newest(service))
    assert play.ended(scenario(shipped), states[-1])
    texts = {c.id: c.text for node in scenario(shipped).nodes for c in node.choices}
    assert [texts[choice] for choice in states[-1].path] == made
