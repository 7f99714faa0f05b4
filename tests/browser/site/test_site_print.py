"""On paper: the whole text, none of the page's furniture, dark ink also where the screen is dark."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.chromium import Visitors
from browser.looking import SHOTS, settle
from kommune3.content import Course
from serving import Running

pytestmark = pytest.mark.browser
SHEET = {"format": "A4", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "15mm")}
PALE = """() => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const found = [];
  for (const each of document.querySelectorAll("main :is(p, li, h1, h2, h3, td, th)")) {
    if (!each.checkVisibility() || each.closest(".k3-button, .ds-button")) continue;
    context.fillStyle = getComputedStyle(each).color;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    if (0.299 * red + 0.587 * green + 0.114 * blue > 140) found.push(each.textContent.trim().slice(0, 40));
  }
  return found;
}"""


def printed(page: Page, name: str) -> PdfReader:
    """The page as it comes out of the printer."""
    file = page.pdf(**SHEET)  # type: ignore[arg-type]
    if SHOTS:
        (Path(SHOTS) / f"{name}.pdf").write_bytes(file)
    return PdfReader(io.BytesIO(file))


def words(reader: PdfReader) -> str:
    """Its text, spaces and line breaks alike."""
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in reader.pages))


def test_a_module_on_paper(visitors: Visitors, reading: Running, shipped: Course) -> None:
    page = visitors.page(f"{reading.address}modules/common-01?role=employee", color_scheme="dark")
    for mount in page.locator(".k3-mount").all():
        expect(mount).to_have_attribute("data-ready", "")
    prose = [each.inner_text() for each in page.locator("article > p").all()]
    menu = page.locator(".k3-nav a").last.inner_text()
    reader = printed(page, "common-01")
    text = words(reader)
    assert shipped.module("common-01").title in text
    for paragraph in prose:
        opening = " ".join(re.sub(r"\d", " ", paragraph).split()[:5])
        assert opening in re.sub(r"\s+", " ", re.sub(r"\d", " ", text)), opening
    table = shipped.activities["paradigmer"]
    assert all(row.name in text for row in table.rows)  # type: ignore[union-attr]
    assert menu not in text
    assert len(reader.pages) <= 12  # an exercise may go on overleaf; it leaves no empty sheet behind


@pytest.mark.parametrize("chosen", [True, False], ids=["the learner chose dark", "the machine prefers dark"])
def test_ink_is_dark_also_where_the_screen_is_dark(
    visitors: Visitors, reading: Running, chosen: bool
) -> None:
    page = visitors.page(f"{reading.address}modules/common-01", color_scheme="light" if chosen else "dark")
    if chosen:
        page.locator(".k3-scheme").click()
        expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    assert page.evaluate(PALE) != []
    page.emulate_media(media="print")
    settle(page)
    assert page.evaluate(PALE) == []
    page.emulate_media(media="screen")
    settle(page)
    assert page.evaluate(PALE) != []


def test_hr_list_on_paper(visitors: Visitors, reading: Running) -> None:
    page = visitors.page(f"{reading.address}hr?status=completed")
    names = [each.inner_text() for each in page.locator(".k3-people tbody th").all()]
    assert names
    text = words(printed(page, "hr"))
    assert all(name in text for name in names)
    assert page.locator(".k3-filters button").inner_text() not in text
