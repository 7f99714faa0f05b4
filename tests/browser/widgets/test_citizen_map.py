"""The map of active citizenship in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import focused, press, violations
from browser.widgets.harness import Harness

pytestmark = pytest.mark.browser
MAP = "baenk-kort"
NAMES = ("Åse", "Bent", "Carla")


def place_by_keyboard(page: Page, places: list[int]) -> None:
    """Place the people, from the one in focus on; a number is the arena's place in the row."""
    for at, where in enumerate(places):
        page.keyboard.press("Space")
        for _ in range(where):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".k3-card").nth(at).locator("input").nth(where)).to_be_checked()
        page.keyboard.press("Tab")


def names_in(page: Page, drawing: int) -> list[list[str]]:
    """The names in each arena of a drawn map, innermost arena first."""
    bands = page.locator(".k3-map-drawing").nth(drawing).locator(".k3-band").all()
    return [band.locator("> ul > li").all_inner_texts() for band in reversed(bands)]


def test_by_keyboard_alone_as_far_as_our_map_beside_hers(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    press(page, "Se vores bud")
    expect(page.locator(".k3-error")).to_have_text("Mennesker, der mangler en plads: 3")
    assert focused(page) == "Eget liv", "the first person without a place"
    assert violations(page) == []
    assert "Turen er hendes egen." not in page.content()
    place_by_keyboard(page, [1, 1, 2])
    assert names_in(page, 0) == [[], ["Åse", "Bent"], ["Carla"]]
    press(page, "Se vores bud")
    expect(page.locator(".k3-outcome h4")).to_be_focused()
    expect(page.locator(".k3-outcome")).to_contain_text("Der findes ikke et rigtigt kort.")
    assert names_in(page, 1) == [["Åse"], ["Bent"], ["Carla"]]
    expect(page.locator(".k3-result").first).to_have_text("Vores bud: Eget livTuren er hendes egen.")
    expect(page.locator(".k3-result").nth(1)).to_contain_text("Vi har sat personen samme sted.")
    expect(page.locator("[data-correct]")).to_have_count(0)  # neither right nor wrong
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.paths() == [["naboer", "naboer", "kommunen"]]
    assert violations(page) == []


def test_both_maps_are_told_in_a_table_too(page: Page, harness: Harness) -> None:
    placed(page, harness)
    press(page, "De to kort som tabel")
    rows = page.locator("tbody tr")
    expect(rows).to_have_text(["ÅseKommunenEget liv", "BentKommunenNaboer", "CarlaKommunenKommunen"])
    assert violations(page) == []


def placed(page: Page, harness: Harness) -> None:
    """Everybody is in the outermost arena, and our map is shown."""
    page.goto(harness.url(MAP))
    for card in page.locator(".k3-card").all():
        card.get_by_label("Kommunen").check()
    page.get_by_role("button", name="Se vores bud").click()
    expect(page.locator(".k3-outcome h4")).to_be_visible()


def test_she_may_change_her_mind_and_compare_again(page: Page, harness: Harness) -> None:
    placed(page, harness)
    page.locator(".k3-card").first.get_by_label("Eget liv").check()
    expect(page.locator(".k3-result").first).to_be_empty()
    page.get_by_role("button", name="Sammenlign igen").click()
    expect(page.locator(".k3-result").first).to_contain_text("Vi har sat personen samme sted.")
    assert harness.paths()[-1] == ["eget-liv", "kommunen", "kommunen"]
    page.get_by_role("button", name="Begynd forfra").click()
    expect(page.locator(".k3-card input:checked")).to_have_count(0)
    expect(page.locator(".k3-map-drawing")).to_have_count(1)
    assert focused(page) == "Eget liv"


def test_a_half_placed_map_and_a_finished_one_are_there_again(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    page.locator(".k3-card").first.get_by_label("Naboer").check()
    page.reload()
    expect(page.locator(".k3-card").first.locator("input:checked")).to_have_value("naboer")
    assert names_in(page, 0) == [[], ["Åse"], []]
    expect(page.locator(".k3-body")).to_contain_text("Mennesker, der mangler en plads: 2")
    placed(page, harness)
    page.reload()
    expect(page.get_by_text("Du fortsætter, hvor du slap.").first).to_be_visible()
    assert names_in(page, 1) == [["Åse"], ["Bent"], ["Carla"]]


def test_a_card_is_dragged_into_the_band_and_not_the_one_around_it(page: Page, harness: Harness) -> None:
    page.goto(harness.url(MAP))
    grip, band = page.locator(".k3-grip").first.bounding_box(), page.locator(".k3-band").last.bounding_box()
    assert grip
    assert band
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(band["x"] + 20, band["y"] + 20, steps=5)
    expect(page.locator(".k3-over")).to_have_count(1)
    page.mouse.up()
    expect(page.locator(".k3-card").first.locator("input:checked")).to_have_value("eget-liv")
