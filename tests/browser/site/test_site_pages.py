"""Every page: WCAG 2.2 AA in light and dark, 320 pixels, twice the text size, wider spacing; its weight."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

import patient
from browser.chromium import Visitors, Watch
from browser.looking import WIDE, look
from browser.playing import QUIZ, SCENARIO
from kommune3.content.places import base_root
from serving import Running

pytestmark = pytest.mark.browser
BUDGET = 150_000
"""Bytes of a module page's first load, compressed, beside its pictures."""
PICTURES = ("image",)


def module_ids() -> list[str]:
    """Every module of the course, read without loading it."""
    manifest = (base_root() / "course" / "course.toml").read_text(encoding="utf-8")
    return [module["id"] for module in tomllib.loads(manifest)["modules"]]


PLAIN = {
    "role-employee": "roles/employee",
    "role-leader": "roles/leader",
    "role-politician": "roles/politician",
    "start": "start/employee",
    "start-leader": "start/leader",
    "start-politician": "start/politician",
    **{module: f"modules/{module}" for module in module_ids()},
    "common-01-on-a-path": "modules/common-01?role=employee",
    "about": "about",
    "local": "local",
    "hr-certificates": "hr/certificates",
    "hr-certificate-missing": "hr/certificates?number=FINDES22IKKE",
    "hr": "hr",
    "hr-page-2": "hr?page=2",
    "hr-filtered": "hr?role=employee&status=completed",
    "hr-nobody": "hr?search=findes-ikke",
    "hr-roster": "hr/roster",
    "hr-roster-done": "hr/roster?done=1",
    "hr-me": "hr/people/local",
}
MISSING = ("findes-ikke", "modules/findes-ikke", "roles/findes-ikke", "hr/people/findes-ikke")
COLUMNS = "id;name;email;unit;role;manager;start_date;deadline\n"
ROSTER = (
    COLUMNS + "anna;Anna Ankjær;anna@example.org;Skole;employee;;2026-08-01;2026-12-01\n"
    "bo;Bo Bang med et navn så langt at det må brydes et sted;;Ældre og omsorg i distrikt nord;leader;;;\n"
)
BROKEN = (
    COLUMNS + "anna;Anna;;Skole;employee;;i morgen;\nanna;Anna;;Skole;chef;;;\n0101011234;Bo;;;employee;;;\n"
)


@pytest.fixture
def page(visitors: Visitors) -> Page:
    return visitors.context(viewport=WIDE).new_page()


def test_home_before_and_after_choosing_a_role(page: Page, service: Running) -> None:
    page.goto(service.address)
    look(page, "home-first")
    page.locator('form:has(input[value="employee"]) button').click()
    page.wait_for_url("**/start/employee")
    page.locator('button[value="care"]').click()
    page.wait_for_url("**/roles/employee")
    expect(page.get_by_role("heading", name="Dit fagområde")).to_be_visible()
    look(page, "role-with-a-field")
    page.goto(service.address)
    expect(page.locator("#now")).to_be_visible()
    look(page, "home-on-the-way")


@pytest.fixture(scope="module")
def tour(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """One visitor who goes from page to page: a window of its own for each takes longer than the page."""
    visitors = Visitors(browser)
    yield visitors.context(viewport=WIDE).new_page(), visitors.watch
    visitors.close()


@pytest.mark.parametrize("name", PLAIN)
def test_page(tour: tuple[Page, Watch], service: Running, name: str) -> None:
    page, watch = tour
    watch.requests.clear()
    watch.found.clear()  # what a page before did wrong has failed there
    page.set_viewport_size(WIDE)
    if name in module_ids():  # as heavy as at a first visit
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(service.address + PLAIN[name])
    for mount in page.locator(".k3-mount").all():
        expect(mount).to_have_attribute("data-ready", "")
    if name in module_ids():
        page.wait_for_load_state("networkidle")
        keeps_to_its_weight(watch.requests)
    look(page, name)
    watch.nothing_found()


@pytest.mark.parametrize("place", ["", QUIZ])
def test_the_first_exercise_does_not_wait_for_the_page_below_it(
    visitors: Visitors, service: Running, place: str
) -> None:
    context = visitors.context()
    held: list[Route] = []
    context.route("**/modules/employee-02", slow)
    context.route("**/held.js", lambda route: held.append(route))
    page = context.new_page()
    page.goto(f"{service.address}modules/employee-02{place}", wait_until="commit")
    page.locator(f"{SCENARIO} .k3-choice").first.click()
    expect(page.locator(f"{SCENARIO} .k3-scene h4")).to_be_focused()
    expect(page.locator(QUIZ)).to_have_count(0)
    # who follows a link to a place further down has the whole page laid out at once
    expect(page.locator("html[data-opening]")).to_have_count(0 if place else 1)
    held.pop().fulfill(body="", content_type="text/javascript")
    expect(page.locator(f"{QUIZ} .k3-option").first).to_be_visible()
    expect(page.locator("html[data-opening]")).to_have_count(0)


def slow(route: Route) -> None:
    """Answer with the page and, after its first exercise, a script that the browser must have to read on."""
    response = route.fetch()
    upper, mount, below = response.text().partition('<section class="k3-mount" id="foraeldreraad"')
    inside, end, rest = below.partition("</script></section>")
    assert end
    body = f'{upper}{mount}{inside}{end}\n<script src="/held.js"></script>{rest}'
    route.fulfill(response=response, body=body)


def keeps_to_its_weight(requests: list[Request]) -> None:
    """Fail where a first load, of all kinds, is heavier than it may be."""
    loaded = [request for request in requests if request.resource_type not in PICTURES]
    kinds = {request.resource_type for request in loaded}
    assert {"document", "stylesheet", "script", "font", "fetch"} <= kinds
    sizes = {request.url: transferred(request) for request in loaded}
    assert sum(sizes.values()) <= BUDGET, sizes


def transferred(request: Request) -> int:
    """Bytes that came over the network; none from the browser's own memory."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_a_second_visit_asks_for_no_script_style_or_font_again(
    page: Page, service: Running, visitors: Visitors
) -> None:
    page.goto(f"{service.address}modules/employee-02")
    page.wait_for_load_state("networkidle")
    before = len(visitors.watch.requests)
    page.goto(f"{service.address}modules/common-01")
    page.wait_for_load_state("networkidle")
    again = [request for request in visitors.watch.requests[before:] if "/static/" in request.url]
    sent = [request.url for request in again if transferred(request) > 0 and "sorter" not in request.url]
    assert [url for url in sent if not url.endswith("/table.js")] == []


def test_every_page_has_a_title_of_its_own(service: Running) -> None:
    same = {"common-01-on-a-path", "hr-page-2", "hr-filtered", "hr-nobody", "hr-roster-done"}
    titles = {}
    with patient.client(base_url=service.address) as client:
        for name, path in PLAIN.items():
            if name not in same | {"hr-certificate-missing"}:
                found = re.search(
                    r"<title>(.+?)</title>", client.get(path).raise_for_status().text, re.DOTALL
                )
                titles[name] = html.unescape(found[1]).strip() if found else ""
    assert "" not in titles.values()
    assert len(set(titles.values())) == len(titles), titles


def test_one_of_the_sample_people(page: Page, service: Running) -> None:
    page.goto(service.address + "hr?status=completed")
    page.locator(".k3-people tbody a").first.click()
    page.wait_for_url("**/hr/people/**")
    look(page, "hr-person")


def test_the_staff_list_before_it_is_imported(page: Page, service: Running, tmp_path: Path) -> None:
    upload(page, service, tmp_path, ROSTER)
    expect(page.locator("#preview")).to_be_visible()
    for fold in page.locator("main details summary").all():
        fold.click()
    look(page, "hr-roster-preview")


def test_a_staff_list_with_mistakes(page: Page, service: Running, tmp_path: Path, visitors: Visitors) -> None:
    visitors.watch.expected.append("422")
    upload(page, service, tmp_path, BROKEN)
    assert page.locator("[role=alert] li").count() >= 3
    look(page, "hr-roster-mistakes")


def upload(page: Page, service: Running, tmp_path: Path, text: str) -> None:
    file = tmp_path / "medarbejdere.csv"
    file.write_text(text, encoding="utf-8")
    page.goto(service.address + "hr/roster")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("path", MISSING)
def test_there_is_nothing_at_this_address(
    page: Page, service: Running, visitors: Visitors, path: str
) -> None:
    visitors.watch.expected.append("404")
    answer = page.goto(service.address + path)
    assert answer is not None
    assert answer.status == 404
    look(page, "error-404")


def test_a_form_on_another_site_is_refused(page: Page, service: Running, visitors: Visitors) -> None:
    visitors.watch.expected.append("403")
    elsewhere = f'<form method="post" action="{service.address}me/role"><button name="role" value="leader">'
    page.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body=elsewhere, content_type="text/html"))
    page.goto("http://127.0.0.1:9/")
    page.locator("button").click()
    page.wait_for_url("**/me/role")
    look(page, "error-403")


def test_another_site_keeps_no_hold_on_the_window_that_it_opens(
    page: Page, service: Running, visitors: Visitors
) -> None:
    visitors.watch.expected.append("asked another host: http://localhost:9/")
    page.route("http://localhost:9/**", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto("http://localhost:9/")
    with page.expect_popup() as opened:
        page.evaluate("address => { globalThis.held = open(address); }", service.address)
    ours = opened.value
    for address in ("roles/employee", "modules/employee-02"):  # links of ours, which carry no such header
        page.wait_for_function("held.closed")
        assert ours.evaluate("opener") is None
        with ours.expect_navigation(url=service.address + address):
            ours.evaluate("address => { location = address; }", service.address + address)
    assert page.evaluate("held.closed")
    assert ours.evaluate("opener") is None


def test_a_staff_list_that_was_shown_too_long_ago(page: Page, service: Running, visitors: Visitors) -> None:
    visitors.watch.expected.append("409")
    page.goto(service.address + "hr/roster")
    page.evaluate(
        """() => {
          const form = document.querySelector("main form").cloneNode();
          form.action = form.action.replace(/roster$/, "roster/confirm");
          form.enctype = "application/x-www-form-urlencoded";
          const token = Object.assign(document.createElement("input"), { name: "token", value: "gammel" });
          form.append(token);
          document.body.append(form);
          form.submit();
        }"""
    )
    page.wait_for_url("**/confirm")
    look(page, "error-409")


def test_a_list_with_nobody_in_it_and_back(page: Page, service: Running) -> None:
    page.goto(service.address + "hr")
    page.locator('form:has(input[value="remove"]) button').click()
    page.wait_for_url("**/hr?done=samples-removed")
    look(page, "hr-samples-removed")
    page.goto(service.address + "hr?search=")
    expect(page.locator(".k3-people tbody tr, .k3-empty")).not_to_have_count(0)
    page.goto(service.address + "hr?done=samples-removed&role=leader")
    expect(page.locator(".k3-empty")).to_be_visible()
