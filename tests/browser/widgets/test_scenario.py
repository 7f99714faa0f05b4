"""The scenario in a real browser: by keyboard alone, back and over again, seen from every side."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.looking import settle
from browser.widgets.hands import Held, focused, overflow, press, tab_to, violations
from browser.widgets.harness import Harness

pytestmark = pytest.mark.browser

LONG_WAY = ["sporg", "del", "faelles"]


def choose(page: Page, text: str, expect_: str | None = None) -> None:
    page.get_by_role("button", name=text).click()
    if expect_:
        page.get_by_label(expect_).check()
        page.get_by_role("button", name="Se, hvad der sker").click()


def play_long_way(page: Page) -> None:
    choose(page, "Spørg, hvem der ellers bruger bænken.", "Hun bliver vred.")
    page.get_by_role("button", name="Videre").click()
    choose(page, "Foreslå, at I mødes ved søen")
    page.get_by_role("button", name="Videre").click()
    choose(page, "Lad dem selv sætte bænken op")
    page.get_by_role("button", name="Se, hvordan det endte").click()


def saved(page: Page) -> None:
    expect(page.locator(".k3-status-text")).to_have_text("Gemt")


def test_played_to_the_end_by_keyboard_alone(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    press(page, "Spørg, hvem der ellers")
    assert focused(page) == "Før du ser, hvad der sker"
    tab_to(page, "Hun bliver glad.")
    page.keyboard.press("ArrowDown")
    press(page, "Se, hvad der sker")
    assert focused(page) == "Det sker der"
    expect(page.get_by_text("Du forventede: Hun bliver vred. Det skete: Hun bliver glad.")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text="Tillid steg 15 til 65 (midt imellem)")
    ).to_be_visible()
    press(page, "Videre")
    assert focused(page) == "Valg 2 af 3–4"
    press(page, "Foreslå")
    press(page, "Videre", "Space")
    assert focused(page) == "Valg 3 af 3"
    press(page, "Lad dem selv")
    press(page, "Se, hvordan det endte")
    assert focused(page) == "En bænk med fem navne"
    saved(page)
    assert harness.paths()[-1] == LONG_WAY
    expect(page.locator("#completed")).to_have_text("m-1")
    for who in ("Gerda", "Poul fra Vej og Park", "Loven"):
        expect(page.locator("figcaption").filter(has_text=who)).to_be_visible()
    press(page, "Prøv en anden vej")
    assert focused(page).startswith("Valg 1 af")
    saved(page)
    assert harness.paths()[-1] == []


def test_a_prediction_is_asked_for_kindly_and_may_be_left(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    press(page, "Noter klagen")
    press(page, "Se, hvad der sker")
    expect(page.get_by_text("Vælg først, hvad du forventer.").first).to_be_visible()
    assert focused(page) == "Hun bliver glad."
    press(page, "Vælg noget andet")
    assert focused(page).startswith("Valg 1 af")
    assert harness.paths() == []


def test_a_step_back_is_stored_and_starting_over_asks_first(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    play_long_way(page)
    page.get_by_role("button", name="Et skridt tilbage").click()
    assert focused(page) == "Valg 3 af 3"
    saved(page)
    assert harness.paths()[-1] == LONG_WAY[:-1]
    choose(page, "Tak for hjælpen")
    press(page, "Begynd forfra")
    assert focused(page) == "Nej, bliv her"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert focused(page) == "Begynd forfra"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ja, begynd forfra").click()
    saved(page)
    assert harness.paths()[-1] == []


def test_a_choice_opens_and_closes_with_the_indicators(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    choose(page, "Sig, at bænke hører", "Hun tier.")
    page.get_by_role("button", name="Videre").click()
    expect(page.get_by_role("button", name="Lad den vente")).to_be_visible()
    expect(page.get_by_role("button", name="Ring til Gerda")).to_have_count(0)


def test_the_way_and_the_chart_tell_the_same(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    play_long_way(page)
    page.get_by_text("Se hvert valg").click()
    steps = page.locator(".k3-path > li")
    expect(steps).to_have_count(3)
    expect(steps.nth(0)).to_contain_text("Noter klagen, og lov et svar.")
    expect(steps.nth(0).locator("strong")).to_have_text("Spørg, hvem der ellers bruger bænken.")
    page.get_by_text("Diagrammet som tabel").click()
    last = page.locator(".k3-plot tbody tr").last
    assert last.locator("td").all_inner_texts() == ["100", "20"]
    expect(page.locator(".k3-plot-drawing [class^=k3-series] .k3-marker")).to_have_count(8)


def test_resumes_after_a_reload_and_on_another_device(
    page: Page, context: BrowserContext, harness: Harness
) -> None:
    page.goto(harness.url("opkaldet"))
    choose(page, "Noter klagen", "Hun tier.")
    saved(page)
    page.reload()
    expect(page.get_by_text("Du fortsætter, hvor du slap.").first).to_be_visible()
    expect(page.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    browser = context.browser
    assert browser
    device = browser.new_context()
    other = device.new_page()
    other.goto(harness.url("opkaldet"))
    expect(other.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    device.close()


def test_one_quicker_than_the_network_may_still_go_on_where_they_left_off(
    page: Page, context: BrowserContext, harness: Harness
) -> None:
    page.goto(harness.url("opkaldet"))
    choose(page, "Noter klagen", "Hun tier.")
    saved(page)
    browser = context.browser
    assert browser
    device = browser.new_context()
    other = device.new_page()
    held = Held(other, "**/api/v1/attempts/opkaldet")
    other.goto(harness.url("opkaldet"))
    other.get_by_role("button", name="Spørg, hvem der ellers bruger bænken.").click()
    held.let_go()
    other.get_by_role("button", name="Fortsæt, hvor jeg slap").click()
    expect(other.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    assert other.evaluate("document.activeElement.closest('.k3-scene') !== null")
    saved(other)
    assert harness.paths()[-1] == harness.paths()[0]
    device.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_offer_to_go_on_stands_until_it_is_taken(page: Page, harness: Harness, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(harness.url("opkaldet"))
    choose(page, "Noter klagen", "Hun tier.")
    saved(page)
    held = Held(page, "**/api/v1/attempts/opkaldet")
    page.reload()
    choose(page, "Spørg, hvem der ellers bruger bænken.", "Hun bliver glad.")
    page.get_by_role("button", name="Videre").click()
    assert harness.paths() == [["noter"]]  # the new way is not the newest before the old one is known
    held.let_go()
    offer = page.get_by_role("button", name="Fortsæt, hvor jeg slap")
    expect(offer).to_be_in_viewport()  # though the learner is far below the place it stands in
    assert violations(page) == []
    assert overflow(page) <= 0
    saved(page)
    page.get_by_role("button", name="Foreslå, at I mødes ved søen").click()
    expect(page.get_by_text("Gerda skriver tidspunktet ned.")).to_be_visible()
    saved(page)
    offer.click()
    expect(page.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    expect(offer).to_have_count(0)
    saved(page)
    assert harness.paths()[-1] == ["noter"]


def test_every_state_is_accessible_and_fits(page: Page, harness: Harness) -> None:
    def look() -> None:
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast") == [], "nothing else differs in the dark"
        page.emulate_media(color_scheme="light")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)  # the chart draws itself anew
            measured()

    def measured() -> None:
        assert overflow(page) <= 0
        small = page.evaluate(
            "[...document.querySelectorAll('.k3 *')]"
            ".filter(e => parseFloat(getComputedStyle(e).fontSize) < 16).length"
        )
        assert small == 0
        low = page.evaluate(
            "[...document.querySelectorAll('.k3 button, .k3 summary, .k3 label')]"
            ".filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.textContent)"
        )
        assert low == []

    page.goto(harness.url("opkaldet"))
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()
    look()
    page.get_by_role("button", name="Noter klagen").click()
    look()
    page.get_by_role("button", name="Se, hvad der sker").click()
    look()
    page.get_by_label("Hun tier.").check()
    page.get_by_role("button", name="Se, hvad der sker").click()
    look()
    page.get_by_role("button", name="Videre").click()
    page.get_by_text("Din vej indtil nu").click()
    page.get_by_text("Hvad betyder de?").click()
    look()
    choose(page, "Lad den vente")
    page.get_by_role("button", name="Se, hvordan det endte").click()
    page.get_by_text("Diagrammet som tabel").click()
    look()


def test_a_double_click_makes_one_choice_and_skips_nothing(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    page.get_by_role("button", name="Noter klagen").dblclick()
    page.get_by_label("Hun tier.").check()
    page.get_by_role("button", name="Se, hvad der sker").dblclick()
    expect(page.get_by_role("heading", name="Det sker der")).to_be_visible()
    page.get_by_role("button", name="Videre").dblclick()
    expect(page.get_by_role("heading", name="Valg 2 af")).to_be_visible()
    saved(page)
    assert harness.paths() == [["noter"]]


def test_steps_back_may_be_taken_in_quick_succession(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    play_long_way(page)
    for clicks in (1, 2):  # as a mouse counts clicks that come quickly
        back = page.get_by_role("button", name="Et skridt tilbage")
        back.dispatch_event("click", {"detail": clicks})
    expect(page.get_by_role("heading", name="Valg 2 af")).to_be_visible()


def test_a_browser_without_the_newest_signals_saves(page: Page, harness: Harness) -> None:
    page.add_init_script("delete AbortSignal.any; delete AbortSignal.timeout;")
    page.goto(harness.url("opkaldet"))
    choose(page, "Spørg, hvem der ellers", "Hun bliver vred.")
    saved(page)
    assert harness.paths()[-1] == ["sporg"]
