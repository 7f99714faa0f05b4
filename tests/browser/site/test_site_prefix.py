"""Behind a path prefix, as a municipality's reverse proxy shows it: pages, exercises, forms, downloads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from browser import playing
from browser.chromium import Visitors
from browser.playing import QUIZ, SCENARIO, SORTER
from kommune3.content import Course
from serving import Running

from .conftest import OfFile, Start

pytestmark = pytest.mark.browser
PREFIX = "/kurser/kommune3"


@pytest.fixture(scope="module")
def of_file(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfFile]:
    made = OfFile(start, tmp_path_factory.mktemp("prefix"), "--root-path", PREFIX)
    with made.process:
        yield made


def test_every_request_stays_under_the_prefix(visitors: Visitors, service: Running, shipped: Course) -> None:
    assert service.address.endswith(f"{PREFIX}/")
    page = visitors.page(service.address)
    page.locator('form:has(input[value="employee"]) button').click()
    page.wait_for_url(f"**{PREFIX}/start/employee")
    page.locator('button[name="work_field"][value="school"]').click()
    page.wait_for_url(f"**{PREFIX}/roles/employee")
    page.locator(".k3-step a").first.click()
    page.wait_for_url(f"**{PREFIX}/modules/employee-02?role=employee")
    playing.make_choices(page, 2)
    playing.stored(page, SCENARIO)
    playing.answer(page, QUIZ, playing.right_answers(shipped, QUIZ)[0])
    page.reload()
    expect(page.locator(f"{SCENARIO} .k3-notice")).to_be_visible()
    page.goto(service.address + "modules/common-01")
    playing.sort_all(page, playing.right_piles(shipped))
    playing.stored(page, SORTER)
    asked = {request.url.split("/", 3)[3] for request in visitors.watch.requests}
    assert {path for path in asked if not f"/{path}".startswith(f"{PREFIX}/")} == set()


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_exports(visitors: Visitors, service: Running, kind: str, begins: bytes) -> None:
    page = visitors.page(service.address + "hr?role=employee")
    with page.expect_download() as downloading:
        page.locator(f'a[href*="export.{kind}"]').click()
    download = downloading.value
    assert download.suggested_filename == f"kommune3.{kind}"
    content = download.path().read_bytes()
    assert content.startswith(begins)
    assert len(content) > 500


def test_the_menu_and_the_filters(visitors: Visitors, service: Running) -> None:
    page = visitors.page(service.address + "about")
    page.locator(".k3-nav a[href$='/hr']").click()
    page.wait_for_url(f"**{PREFIX}/hr")
    page.locator("#f-role").select_option("leader")
    page.locator(".k3-filter-buttons button").click()
    page.wait_for_url(f"**{PREFIX}/hr?*role=leader*")
    expect(page.locator("#f-role")).to_have_value("leader")
    page.locator(".k3-people tbody a").first.click()
    page.wait_for_url(f"**{PREFIX}/hr/people/**")
    page.locator(".k3-brand").click()
    page.wait_for_url(f"**{PREFIX}/")
