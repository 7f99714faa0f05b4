"""Light and dark, and a municipality's own name, logo, colour and contact, whatever is written in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.axe import violations
from browser.chromium import Visitors
from serving import Running

from .conftest import Start

pytestmark = pytest.mark.browser
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>'
HOSTILE = '<script>document.title = "overtaget"</script>'
OWN = """
[municipality]
name = "Storby Kommune {more}"
logo = "logo.svg"
colour = "{colour}"
contact = "Kursusteamet {more}"
contact_url = "https://example.org/kursus"
"""


LONG = "sundhedsplejerskeordningerne"
LENGTHEN = """(word) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    if (text.parentElement.closest("script, noscript, template")) continue;
    text.textContent = text.textContent.replace(/\\p{L}{4,}/u, word);
  }
}"""
"""Puts the word in the place of the first of every text."""


def own_folder(folder: Path, colour: str, more: str = "") -> Path:
    own = folder / "storby"
    own.mkdir()
    text = OWN.format(colour=colour, more=more.replace('"', '\\"'))
    (own / "course.toml").write_text(text, encoding="utf-8")
    (own / "logo.svg").write_text(LOGO, encoding="utf-8")
    return own


def ground(page: Page) -> str:
    page.wait_for_load_state()
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_the_switch_between_light_and_dark_is_remembered(visitors: Visitors, reading: Running) -> None:
    page = visitors.page(reading.address, color_scheme="light")
    switch = page.locator(".k3-scheme")
    light, said = ground(page), switch.inner_text()
    switch.click()
    dark = ground(page)
    assert dark != light
    assert switch.inner_text() != said
    page.reload()
    assert ground(page) == dark
    page.goto(reading.address + "about")
    assert ground(page) == dark
    page.locator(".k3-scheme").press("Enter")
    assert ground(page) == light
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert ground(page) == light  # what was chosen here outlasts what the machine prefers


def test_without_a_choice_the_page_follows_the_machine(visitors: Visitors, reading: Running) -> None:
    light = ground(visitors.page(reading.address, color_scheme="light"))
    dark = ground(visitors.page(reading.address, color_scheme="dark"))
    assert light != dark


def test_a_municipality_shows_its_own_name_logo_colour_and_contact(
    start: Start, tmp_path: Path, visitors: Visitors
) -> None:
    own = own_folder(tmp_path, "#7a1f3d")
    with start(tmp_path, "--course", str(own)) as service:
        page = visitors.context(viewport={"width": 320, "height": 640}).new_page()
        page.goto(service.address)
        expect(page.locator(".k3-brand-owner")).to_have_text("Storby Kommune")
        assert page.locator(".k3-logo").evaluate("(logo) => logo.complete && logo.naturalWidth > 0")
        expect(page.locator("footer a[href='https://example.org/kursus']")).to_have_text("Kursusteamet")
        assert "Storby Kommune" in page.title()
        page.locator('form:has(input[value="leader"]) button').click()
        page.wait_for_url("**/roles/leader")
        button = page.locator(".k3-actions .ds-button").first
        assert button.evaluate("(each) => getComputedStyle(each).backgroundColor") == "rgb(122, 31, 61)"
        assert violations(page, "", "color-contrast") == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, "", "color-contrast") == []


def test_a_hostile_name_is_only_a_name(start: Start, tmp_path: Path, visitors: Visitors) -> None:
    own = own_folder(tmp_path, "#ffee00", HOSTILE)
    with start(tmp_path, "--course", str(own)) as service:
        page = visitors.context().new_page()
        for path in ("", "modules/employee-02", "hr", "about"):
            page.goto(service.address + path)
            expect(page.locator(".k3-brand-owner")).to_have_text(f"Storby Kommune {HOSTILE}")
            assert HOSTILE in page.title()  # a script would have put another title there


@pytest.mark.parametrize("path", ["", "roles/leader", "trainer", "modules/common-01", "modules/employee-02"])
def test_a_long_word_makes_no_page_wider(visitors: Visitors, reading: Running, path: str) -> None:
    page = visitors.context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(reading.address + path)
    expect(page.locator(".k3-mount:not([data-ready])")).to_have_count(0)
    page.evaluate(LENGTHEN, LONG)
    expect(page.get_by_text(LONG).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
