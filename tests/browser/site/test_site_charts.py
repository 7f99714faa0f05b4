"""The figures on their pages: no letter too small, none in another's way, from a phone to a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.chromium import Visitors
from browser.looking import WIDE, look, settle
from kommune3.content import Course
from kommune3.engine.models import DRAWINGS
from serving import Running

pytestmark = pytest.mark.browser

WIDTHS = (320, 700, 780, 1280)
"""A phone, a small tablet with the phone's shape, the narrowest with the desk's, and a desk."""

CROWDED = """() => {
  const found = [];
  for (const svg of document.querySelectorAll(".k3-chart svg")) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const scale = frame.width / svg.viewBox.baseVal.width;
    const words = [...svg.querySelectorAll("text")].map((text) => {
      const box = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < 11) found.push(`${size.toFixed(1)} px: ${text.textContent}`);
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 2)
        found.push(`outside: ${text.textContent}`);
      // The room of a line is taller than its letters, which are what must not meet.
      const [up, down] = [box.bottom - size * 1.05, box.bottom - size * 0.25];
      return { said: text.textContent, left: box.left + 1, right: box.right, up, down };
    });
    words.forEach((one, at) => {
      for (const other of words.slice(at + 1))
        if (one.left < other.right && other.left < one.right && one.up < other.down && other.up < one.down)
          found.push(`in each other's way: ${one.said} / ${other.said}`);
    });
    found.drawn = (found.drawn ?? 0) + words.length;
  }
  return [found.drawn ?? 0, found];
}"""


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.context(viewport=WIDE).new_page()


def drawings(course: Course) -> dict[str, list[str]]:
    """The modules that draw something, with the addresses of their drawings."""
    found: dict[str, list[str]] = {}
    for module in course.modules:
        for call in course.notebook(module.id).calls:
            if call.function in DRAWINGS:
                found.setdefault(module.id, []).append(f'[id="{call.arguments[0]}.{call.function}"]')
    return found


def opened(page: Page, service: Running, module: str, places: list[str]) -> None:
    page.goto(f"{service.address}modules/{module}")
    for place in places:
        if (fold := page.locator(f"{place} > .k3-chart-fold")).count():
            expect(page.locator(f"{place} .k3-chart")).to_be_hidden()
            fold.locator("> summary").press("Enter")
        expect(page.locator(f"{place} .k3-chart")).to_be_visible()


def test_every_drawing_is_legible_at_every_width(page: Page, reading: Running, shipped: Course) -> None:
    wrong = []
    for module, places in drawings(shipped).items():
        opened(page, reading, module, places)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            drawn, found = page.evaluate(CROWDED)
            assert drawn, f"{module} shows no figure at {width} pixels"
            wrong += [f"{module} at {width}: {line}" for line in found]
        page.set_viewport_size(WIDE)
    assert wrong == []


@pytest.mark.parametrize("function", DRAWINGS)
def test_a_drawing_of_each_kind_looks_right(
    function: str, page: Page, reading: Running, shipped: Course
) -> None:
    module, place = next(
        (module, place)
        for module, places in drawings(shipped).items()
        for place in places
        if place.endswith(f'.{function}"]')
    )
    opened(page, reading, module, [place])
    page.locator(f"{place} figure summary").click()
    expect(page.locator(f"{place} table")).to_be_visible()
    look(page, f"drawing-{function}", place)
    page.emulate_media(media="print")
    expect(page.locator(f"{place} .k3-chart")).to_be_visible()
    expect(page.locator(f"{place} .k3-chart-wide")).to_be_visible()
