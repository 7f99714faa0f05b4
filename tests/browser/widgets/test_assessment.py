"""The self-assessment in a real browser: ratings that stay in it, a profile without a verdict."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.hands import Held, focused, press, tab_to, violations
from browser.widgets.harness import Harness
from browser.widgets.opinions import Sent, grew, kept

pytestmark = pytest.mark.browser
OWN = "baenk-selv"
WHOLE = ["lytte", "slippe", "sige-nej"]
NEVER = {"sjaeldent", "tit", "altid"}
"""The ids of the levels."""


def rate(page: Page, card: int, level: str) -> None:
    page.locator(".k3-card").nth(card).get_by_label(level, exact=True).check()


def rate_all(page: Page, *levels: str) -> None:
    for card, level in enumerate(levels):
        rate(page, card, level)


def see(page: Page) -> None:
    page.get_by_role("button", name="Se din profil").click()


def test_by_keyboard_alone_half_done_then_whole_and_no_rating_leaves(page: Page, harness: Harness) -> None:
    sent = Sent(page)
    page.goto(harness.url(OWN))
    tab_to(page, "Sjældent")
    page.keyboard.press("Space")
    press(page, "Se din profil")
    expect(page.locator(".k3-error")).to_contain_text("Udsagn, du mangler at svare på: 2.")
    assert focused(page) == "Sjældent", "the first statement without an answer"
    assert page.locator(".k3-card:focus-within legend").inner_text() == "At give slip"
    assert violations(page) == []
    for moves in (1, 2):
        page.keyboard.press("Space")
        for _ in range(moves):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    press(page, "Se din profil")
    expect(page.locator(".k3-own-profile h4")).to_be_focused()
    rows = page.locator(".k3-profile tbody tr")
    expect(rows).to_have_text(["At lytteSjældent", "At give slipTit", "At sige nejNæsten altid"])
    assert [row.locator(".k3-filled").count() for row in rows.all()] == [1, 2, 3]
    thoughts = page.locator(".k3-thought")
    expect(thoughts).to_have_text(
        ["At lytteHvem kunne du spørge i morgen?", "At sige nejHvem har lige fået nej af dig?"]
    )
    expect(page.locator("#completed")).to_have_text("m-1")
    assert violations(page) == []
    assert grew(sent.choices(), WHOLE)
    assert not sent.words() & NEVER
    assert kept(page, OWN) == {"lytte": "sjaeldent", "slippe": "tit", "sige-nej": "altid"}


def test_half_done_it_goes_on_where_it_was_left(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate(page, 2, "Tit")
    expect(page.locator(".k3-status-text")).to_have_text("Det er gemt, hvor langt du er")
    page.reload()
    expect(page.locator(".k3-card").nth(2).get_by_label("Tit", exact=True)).to_be_checked()
    expect(page.locator(".k3-body")).to_contain_text("Udsagn, du mangler at svare på: 2.")
    rate(page, 0, "Tit")
    rate(page, 1, "Tit")
    see(page)
    expect(page.locator(".k3-own-profile")).to_contain_text("Du har svaret det samme på dem alle.")
    expect(page.locator(".k3-thought")).to_have_count(3)
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.paths()[0] == ["sige-nej"]
    assert harness.paths()[-1] == WHOLE


def test_changing_an_answer_changes_the_profile_and_sends_nothing(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit", "Sjældent")
    see(page)
    expect(page.locator("#completed")).to_have_text("m-1")
    sent = Sent(page)
    rate(page, 2, "Næsten altid")
    expect(page.locator(".k3-profile tbody tr").nth(2)).to_have_text("At sige nejNæsten altid")
    assert sent.requests == []
    page.reload()
    expect(page.locator(".k3-profile tbody tr").nth(2)).to_have_text("At sige nejNæsten altid")


def test_on_another_device_the_answers_are_not_there_and_nothing_is_lost(
    page: Page, harness: Harness
) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit", "Sjældent")
    expect(page.locator("#completed")).to_have_text("m-1")
    device = page.context.browser.new_context() if page.context.browser else None
    assert device
    other = device.new_page()
    other.goto(harness.url(OWN))
    expect(other.locator(".k3-body")).to_contain_text(
        "Du har svaret på 3 af de 3 før, men ikke i denne browser."
    )
    expect(other.locator("input:checked")).to_have_count(0)
    assert violations(other) == []
    rate(other, 1, "Sjældent")
    expect(other.locator(".k3-body")).to_contain_text("Du har svaret på 2 af de 3 før")
    other.wait_for_load_state("networkidle")
    assert harness.paths()[-1] == WHOLE, "what was done elsewhere stays done"
    device.close()


def test_answers_given_before_the_stored_way_came_are_joined_to_it(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit")
    expect(page.locator(".k3-status-text")).to_have_text("Det er gemt, hvor langt du er")
    device = page.context.browser.new_context() if page.context.browser else None
    assert device
    other = device.new_page()
    held = Held(other, "**/api/v1/attempts/*")
    other.goto(harness.url(OWN))
    rate(other, 2, "Tit")
    held.let_go()
    expect(other.locator("#completed")).to_have_text("m-1")
    assert harness.paths()[-1] == WHOLE
    device.close()


def test_answers_to_a_version_before_are_looked_at_again_and_count(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit", "Sjældent")
    expect(page.locator("#completed")).to_have_text("m-1")
    harness.versions[OWN] = "f" * 12
    page.reload()
    expect(page.locator(".k3-notices")).to_contain_text("Se dine svar igennem.")
    expect(page.locator(".k3-card input:checked")).to_have_count(3)
    expect(page.locator("#completed")).to_have_text("m-1")
    assert harness.attempts[-1]["version"] == "f" * 12


def test_her_answers_are_deleted_when_she_has_said_yes(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit", "Sjældent")
    page.get_by_role("button", name="Slet mine svar").click()
    assert focused(page) == "Nej, behold dem"
    page.keyboard.press("Enter")
    assert focused(page) == "Slet mine svar"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ja, slet dem").click()
    expect(page.locator("input:checked")).to_have_count(0)
    assert kept(page, OWN) == {}
    assert focused(page) == "Sjældent"


def test_the_profile_is_printed(page: Page, harness: Harness) -> None:
    page.goto(harness.url(OWN))
    rate_all(page, "Tit", "Tit", "Sjældent")
    see(page)
    page.emulate_media(media="print")
    expect(page.locator(".k3-profile")).to_be_visible()
    expect(page.locator(".k3-level-bar").first).to_be_visible()
    expect(page.get_by_role("button", name="Slet mine svar")).to_be_hidden()
