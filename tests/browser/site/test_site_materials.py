"""What trainers take into the room: the pages looked at, a handout on one sheet of paper."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from browser.chromium import Visitors
from browser.looking import WIDE, look, settle
from kommune3.content import Course
from serving import Running

from .test_site_print import PALE, words

pytestmark = pytest.mark.browser


def test_the_materials_are_found_from_the_trainers_page_and_from_a_module(
    visitors: Visitors, reading: Running
) -> None:
    page = visitors.page(f"{reading.address}trainer", viewport=WIDE)
    page.get_by_role("link", name="Det, du tager med ind i lokalet").click()
    page.wait_for_url("**/trainer/materials")
    look(page, "materials")
    page.get_by_role("link", name="Køreplan for medarbejdere").click()
    page.wait_for_url("**/trainer/materials/*")
    look(page, "material-run-sheet")
    page.goto(f"{reading.address}modules/employee-02")
    page.get_by_role("link", name="Underviserens noter").click()
    page.wait_for_url("**/trainer/materials/*")
    look(page, "material-notes")
    page.get_by_role("link", name="Fra forældreråd til støttegruppe", exact=True).click()
    expect(page).to_have_url(f"{reading.address}modules/employee-02")


def test_handouts_and_cards_are_one_sheet_each_in_black_on_white_without_navigation(
    visitors: Visitors, reading: Running, shipped: Course
) -> None:
    page = visitors.context(viewport=WIDE, color_scheme="dark").new_page()
    for material in (one for one in shipped.materials if one.kind in ("handout", "cards")):
        page.goto(f"{reading.address}trainer/materials/{material.id}")
        reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        box, text = reader.pages[0].mediabox, words(reader)
        assert (material.id, len(reader.pages)) == (material.id, 1)
        assert (round(box.width), round(box.height)) == (595, 842)
        assert material.title in text
        assert "Underviser" not in text
        page.emulate_media(media="print")
        settle(page)
        assert page.evaluate(PALE) == []
        page.emulate_media(media="null")
    look(page, "material-cards")
    expect(page.get_by_role("button", name="Udskriv")).to_be_visible()
