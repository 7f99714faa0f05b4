"""One learner per role walks the whole path, exercise by exercise, to the certificate that HR may look up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.chromium import Visitors
from browser.site.conftest import Start
from browser.walking import do
from browser.widgets.hands import overflow, watched
from kommune3.content import Course

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
FIELDS = {"employee": "care"}
SIZES = {"employee": (320, 740), "leader": (1280, 900), "politician": (820, 1180)}
"""A phone, a PC and a tablet."""


def number_of(page: Page) -> str:
    return page.locator(".k3-facts dd").first.inner_text()


@pytest.mark.parametrize("role", ["employee", "leader", "politician"])
def test_from_the_first_click_to_the_certificate(
    role: str, start: Start, visitors: Visitors, shipped: Course, tmp_path: Path
) -> None:
    width, height = SIZES[role]
    with start(tmp_path) as service:
        page = visitors.page(service.address, viewport={"width": width, "height": height})
        wrong = watched(page)
        title = shipped.role(role).title
        page.get_by_role("button", name=title, exact=True).click()
        if role in FIELDS:  # the second click
            page.locator(f'button[name="work_field"][value="{FIELDS[role]}"]').click()
        expect(page).to_have_url(f"{service.address}roles/{role}")
        path = shipped.modules_of(role, FIELDS.get(role, ""))
        first = page.locator(".k3-step h3 a").first
        expect(first).to_have_text(path[0].title)
        first.click()
        for place, module in enumerate(path):
            expect(page.locator("h1")).to_have_text(module.title)
            for activity in module.required:
                do(page, shipped, shipped.activities[activity])
            expect(page.locator('[data-when="completed"]')).to_be_visible()
            assert overflow(page) <= 0
            if place + 1 < len(path):
                page.locator("a.k3-next").click()
        page.goto(f"{service.address}roles/{role}")
        page.get_by_role("button", name="Hent dit kursusbevis").click()
        expect(page.locator("h1")).to_have_text("Dit kursusbevis")
        number = number_of(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Gem beviset som PDF").click()
        reader = PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
        told = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
        assert number in told
        assert [module.title for module in path if module.title not in told] == []
        page.goto(f"{service.address}hr/certificates?number={number}")
        genuine = page.get_by_text("Beviset er ægte")
        expect(genuine).to_have_count(0 if role == "politician" else 1)
        assert wrong == []
