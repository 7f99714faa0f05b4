"""The source comparison in a real browser: a stand before and after, which stays in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import BY_HAND, focused, press, tab_to, violations
from browser.widgets.harness import Harness
from browser.widgets.opinions import Sent, grew, kept

pytestmark = pytest.mark.browser
COMPARISON = "baenk-kilder"
WHOLE = ["before", "penge", "hvem", "after"]
NEVER = {"uenig", "midt", "enig"}
"""The ids of the stands."""


def pick(page: Page, step: str) -> None:
    page.get_by_label(step, exact=True).check()


def go_on(page: Page) -> None:
    page.locator(".k3-scene .k3-primary").click()


def through(page: Page, harness: Harness, before: str, now: str) -> None:
    """All the way, as far as the look back, and stored."""
    page.goto(harness.url(COMPARISON))
    pick(page, before)
    for _ in range(3):
        go_on(page)
    pick(page, now)
    go_on(page)
    expect(page.get_by_role("heading", name="Før og nu")).to_be_visible()
    expect(page.locator("#completed")).to_have_text("m-1")


def stored(page: Page) -> None:
    expect(page.locator(".k3-status-text")).to_have_text("Det er gemt, hvor langt du er")


def test_by_keyboard_alone_and_no_stand_leaves_the_browser(page: Page, harness: Harness) -> None:
    sent = Sent(page)
    page.goto(harness.url(COMPARISON))
    expect(page.locator(".k3-readers")).to_contain_text("bliver i denne browser")
    press(page, "Gå videre til kilderne")
    expect(page.locator(".k3-error")).to_have_text("Vælg først, hvor du står.")
    assert focused(page) == "Uenig"
    assert violations(page) == []
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    press(page, "Gå videre til kilderne")
    assert focused(page) == "Hvad koster den?"
    expect(page.locator(".k3-position").first).to_contain_text("Lilleby Kommune: Notat om bænke (2020)")
    expect(page.locator(".k3-position").nth(1)).to_contain_text("En journalist fortæller.")
    expect(page.locator(".k3-chosen")).to_contain_text("Ingen af dem viser en regning.")
    assert violations(page) == []
    press(page, "Næste emne")
    press(page, "Gå videre til det, kilderne ikke viser")
    assert focused(page) == "Det, kilderne ikke viser"
    expect(page.get_by_text("Ingen af kilderne har spurgt dem, der sidder på bænken.")).to_be_visible()
    assert violations(page) == []
    tab_to(page, "Uenig")
    page.keyboard.press("Space")
    press(page, "Se før og nu")
    assert focused(page) == "Før og nu"
    expect(page.get_by_text("Før sagde du: Midt imellem. Nu siger du: Uenig.")).to_be_visible()
    expect(page.get_by_text("Du har flyttet dig. Det er lige så godt som at blive stående.")).to_be_visible()
    expect(page.locator("#completed")).to_have_text("m-1")
    assert violations(page) == []
    assert grew(sent.choices(), WHOLE)
    assert not sent.words() & NEVER
    assert kept(page, COMPARISON) == {"before": "midt", "after": "uenig"}


def test_staying_is_said_to_be_as_good(page: Page, harness: Harness) -> None:
    through(page, harness, "Enig", "Enig")
    expect(page.get_by_text("Du står, hvor du stod. Det er lige så godt som at flytte sig.")).to_be_visible()
    expect(page.locator('.k3-scale [data-stand="now"] .k3-tag')).to_have_text(["Før", "Nu"])


def test_goes_on_at_the_next_topic_with_the_stand_that_was_taken(page: Page, harness: Harness) -> None:
    page.goto(harness.url(COMPARISON))
    pick(page, "Enig")
    go_on(page)
    go_on(page)
    stored(page)
    page.reload()
    expect(page.get_by_role("heading", name="Hvem skal passe den?")).to_be_visible()
    expect(page.get_by_text("Du fortsætter, hvor du slap.").first).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="Forrige").click()
    expect(page.get_by_label("Enig", exact=True)).to_be_checked()
    assert harness.paths()[-1] == ["before", "penge"], "looking back is no step"


def test_on_another_device_the_missing_stands_are_told_kindly(page: Page, harness: Harness) -> None:
    through(page, harness, "Uenig", "Enig")
    device = page.context.browser.new_context() if page.context.browser else None
    assert device
    other = device.new_page()
    other.goto(harness.url(COMPARISON))
    expect(other.get_by_text("Du har været igennem alle emnerne.")).to_be_visible()
    expect(other.locator(".k3-scale")).to_have_count(0)
    other.get_by_role("button", name="Svar igen på, hvor du står nu").click()
    pick(other, "Midt imellem")
    go_on(other)
    expect(other.get_by_text("Nu siger du: Midt imellem. Dit svar fra før er ikke her.")).to_be_visible()
    assert violations(other) == []
    assert harness.paths()[-1] == WHOLE
    device.close()


def test_her_answers_are_deleted_where_she_says_so(page: Page, harness: Harness) -> None:
    through(page, harness, "Uenig", "Enig")
    page.get_by_role("button", name="Slet mine svar, og begynd forfra").click()
    expect(page.get_by_role("heading", name="Først: Hvor står du?")).to_be_focused()
    assert kept(page, COMPARISON) == {}
    expect(page.locator("input:checked")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Først: Hvor står du?")).to_be_visible()


def test_without_storage_it_says_so_and_still_knows_until_the_page_is_left(
    page: Page, harness: Harness
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('blocked'); };")
    page.goto(harness.url(COMPARISON))
    pick(page, "Uenig")
    expect(page.locator(".k3-notice")).to_contain_text("Browseren lader os ikke gemme dit svar")
    for _ in range(3):
        go_on(page)
    pick(page, "Enig")
    go_on(page)
    expect(page.get_by_text("Før sagde du: Uenig. Nu siger du: Enig.")).to_be_visible()


def test_steps_taken_offline_are_sent_when_the_service_is_back(page: Page, harness: Harness) -> None:
    page.goto(harness.url(COMPARISON))
    page.evaluate(BY_HAND)
    harness.trouble = 503
    pick(page, "Uenig")
    go_on(page)
    go_on(page)
    expect(page.locator(".k3-status")).to_contain_text("Serveren kan ikke gemme")
    harness.trouble = 0
    page.locator(".k3-status").get_by_role("button", name="Prøv igen").click()
    stored(page)
    assert harness.paths()[-1] == ["before", "penge"]
