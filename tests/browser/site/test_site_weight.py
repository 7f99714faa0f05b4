"""What a first visit to a module page loads: compressed at most 150 kB beside pictures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from browser.chromium import Visitors
from serving import Running

from .test_site_pages import module_ids

pytestmark = pytest.mark.browser
BUDGET = 150_000
PICTURES = ("image",)


def transferred(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.parametrize("module", module_ids())
def test_the_first_load_of_a_module_page(visitors: Visitors, reading: Running, module: str) -> None:
    page = visitors.page(f"{reading.address}modules/{module}")
    for mount in page.locator(".k3-mount").all():
        expect(mount).to_have_attribute("data-ready", "")
    page.wait_for_load_state("networkidle")
    loaded = [request for request in visitors.watch.requests if request.resource_type not in PICTURES]
    kinds = {request.resource_type for request in loaded}
    assert {"document", "stylesheet", "script", "font", "fetch"} <= kinds
    sizes = {request.url: transferred(request) for request in loaded}
    assert sum(sizes.values()) <= BUDGET, sizes


def test_a_second_visit_asks_for_no_script_style_or_font_again(visitors: Visitors, reading: Running) -> None:
    page = visitors.page(f"{reading.address}modules/employee-02")
    page.wait_for_load_state("networkidle")
    before = len(visitors.watch.requests)
    page.goto(f"{reading.address}modules/common-01")
    page.wait_for_load_state("networkidle")
    again = [request for request in visitors.watch.requests[before:] if "/static/" in request.url]
    sent = [request.url for request in again if transferred(request) > 0 and "sorter" not in request.url]
    assert [url for url in sent if not url.endswith("/table.js")] == []
