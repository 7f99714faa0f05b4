"""One look at what is on screen: accessible in light and dark, whole on a phone, enlarged, and spaced out."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from browser.axe import asked, in_light_and_dark, whole_page

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
SHOTS = os.environ.get("KOMMUNE3_SHOTS", "")
"""A folder for a picture of everything that is looked at, at both widths, light and dark."""

TOLD = 12
"""How many findings a failure lists."""

LOOKED: set[str] = set()
"""The names of what was looked at and found well: the same state again tells nothing new."""

SPACED = """(on) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = on ? [sheet] : [];
}"""


def look(page: Page, name: str, inside: str = "") -> None:
    """Fail where anything is wrong with the page, or the part that ``inside`` names; once for each name."""
    if name in LOOKED:
        return
    all_there(page, inside)
    picture(page, name, inside)
    found = in_light_and_dark(page, inside) if inside else whole_page(page)
    found += [f"320 px: {line}" for line in on_a_phone(page)]
    if not inside:
        found += [f"enlarged: {line}" for line in enlarged(page)]
        found += [f"spaced out: {line}" for line in spaced_out(page)]
    if found:
        more = [f"… and {len(found) - TOLD} more"] if len(found) > TOLD else []
        raise AssertionError("\n".join([f"{name}:", *found[:TOLD], *more]))
    LOOKED.add(name)


def all_there(page: Page, inside: str = "") -> None:
    """Wait until the page has come, is laid out and has drawn its exercises and what was written in them."""
    page.wait_for_load_state()  # a click returns as soon as the next page begins to come
    expect(page.locator("html[data-opening]")).to_have_count(0)
    if not inside:
        expect(page.locator(".k3-mount:not([data-ready])")).to_have_count(0)
    expect(page.locator(f"{inside} [aria-busy=true]")).to_have_count(0)


def on_a_phone(page: Page) -> list[str]:
    """What does not fit into 320 CSS pixels."""
    page.set_viewport_size(PHONE)
    settle(page)
    found = asked(page, "tooWide")
    page.set_viewport_size(WIDE)
    settle(page)
    return found


def enlarged(page: Page) -> list[str]:
    """What does not fit where the browser is set to letters twice as large."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    settle(page)
    found = asked(page, "tooWide")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    session.detach()
    return found


def spaced_out(page: Page) -> list[str]:
    """What does not fit with the letters and lines set wider, as WCAG 1.4.12 has it."""
    page.evaluate(SPACED, True)
    found = asked(page, "tooWide")
    page.evaluate(SPACED, False)
    return found


def settle(page: Page) -> None:
    """Wait until what measures itself has drawn itself anew."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def picture(page: Page, name: str, inside: str = "") -> None:
    """Take pictures, where somebody asked for them."""
    if not SHOTS:
        return
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            settle(page)
            file = Path(SHOTS) / f"{name}-{size['width']}-{scheme}.png"
            if inside:
                page.locator(inside).screenshot(path=file)
            else:
                page.screenshot(path=file, full_page=True)
    page.set_viewport_size(WIDE)
