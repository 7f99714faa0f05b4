"""A learner walks each role's whole path, exercise by exercise, to the certificate that HR may look up.

The same learner changes roles: what was completed in one counts in the next, and is not done again.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.chromium import Visitors
from browser.walking import do
from browser.widgets.hands import overflow, watched
from kommune3.content import Course
from serving import Running

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
FIELDS = {"employee": "care"}
SIZES = {"employee": (320, 740), "leader": (1280, 900), "politician": (820, 1180)}
"""A phone, a PC and a tablet."""


def number_of(page: Page) -> str:
    return page.locator(".k3-facts dd").first.inner_text()


@pytest.fixture(scope="module")
def completed() -> dict[str, set[str]]:
    """The modules that the learner has completed, by the role that it was in."""
    return {}


@pytest.mark.parametrize("role", ["employee", "leader", "politician"])
def test_from_the_first_click_to_the_certificate(
    role: str, service: Running, visitors: Visitors, shipped: Course, completed: dict[str, set[str]]
) -> None:
    width, height = SIZES[role]
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
    expect(page.locator("h1")).to_have_text(path[0].title)
    done = set().union(*(modules for other, modules in completed.items() if other != role))
    if path[0].id in done:  # the way on leads past what is completed
        page.locator("a.k3-next").click()
    completed[role] = set()
    left = [module for module in path if module.id not in done]
    for module in left:
        expect(page.locator("h1")).to_have_text(module.title)
        for activity in module.required:
            do(page, shipped, shipped.activities[activity])
        expect(page.locator('[data-when="completed"]')).to_be_visible()
        assert overflow(page) <= 0
        completed[role].add(module.id)
        if module != left[-1]:
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
