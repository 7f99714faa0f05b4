"""What stands between a page and JupyterLab: waiting, trouble, and a trainer's choice of cohort.

The pages are the real ones; JupyterLab itself is not started, so that looking at them costs little.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.axe import asked, violations
from browser.chromium import Visitors
from browser.keys import Keyboard
from browser.looking import enlarged, look, on_a_phone, picture, spaced_out
from kommune3.lab import running, set_up
from kommune3.service.labs import LEARNER
from serving import Running

from .conftest import Start

pytestmark = pytest.mark.browser
NOTEBOOK = "modules/employee-02/notebook"


class Installing:
    """A course that runs while its set-up installs JupyterLab, and the file that tells how far that is."""

    def __init__(self, service: Running, folder: Path) -> None:
        self.service, self.data, self.told = service, folder / "data", folder / "told.json"

    def tell(self, state: str, done: int = 0, total: int = 0) -> None:
        """What the set-up writes."""
        self.told.write_text(json.dumps({"state": state, "done": done, "total": total}), encoding="utf-8")


@pytest.fixture(scope="module")
def installing(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installing]:
    folder = tmp_path_factory.mktemp("installing")
    with start(folder, **{set_up.VARIABLE: str(folder / "told.json")}) as service:
        yield Installing(service, folder)


@pytest.mark.parametrize("told", [(0, 0), (30, 120), (120, 120)])
def test_the_waiting_page(installing: Installing, visitors: Visitors, told: tuple[int, int]) -> None:
    installing.tell("installing", *told)
    page = visitors.page(installing.service.address + NOTEBOOK)
    expect(page.get_by_role("heading", level=1)).to_have_text("JupyterLab bliver åbnet")
    assert page.get_by_role("progressbar").count() == (1 if told[1] else 0)
    look(page, f"waiting-{bool(told[1])}")  # how full the bar is makes no other page
    Keyboard(page).press("main a")
    page.wait_for_url("**/modules/employee-02")


def test_the_page_goes_on_by_itself_and_leaves_the_focus_where_it_is(
    installing: Installing, visitors: Visitors
) -> None:
    visitors.watch.expected.append("503")
    installing.tell("installing", 30, 120)
    page = visitors.page(installing.service.address + NOTEBOOK)
    keys = Keyboard(page)
    keys.tab_to("main a")
    installing.tell("installing", 60, 120)
    expect(page.get_by_role("progressbar", name="50 procent er klar")).to_have_attribute("value", "60")
    expect(page.locator("main a")).to_be_focused()
    installing.tell("failed")
    expect(page.get_by_role("heading", level=1)).to_have_text("JupyterLab kunne ikke åbnes")


def test_without_scripts_the_page_loads_itself_anew(installing: Installing, visitors: Visitors) -> None:
    installing.tell("installing", 30, 120)
    page = visitors.page(installing.service.address + NOTEBOOK, java_script_enabled=False)
    installing.tell("installing", 60, 120)
    expect(page.locator("progress[value='60']")).to_be_visible()


def test_what_is_ready_is_gone_to(installing: Installing, visitors: Visitors) -> None:
    installing.tell("installing", 119, 120)
    page = visitors.page(installing.service.address + NOTEBOOK)
    there = "http://127.0.0.1:9988/"  # where nobody is: the page went there, which is all that is asked
    visitors.watch.expected.append("ERR_CONNECTION_REFUSED")
    with running.announced(installing.data, LEARNER, address=there, token="abc"):
        page.wait_for_event("request", lambda request: request.url.startswith(f"{there}lab"))


def test_trouble_is_told_and_can_be_tried_again(installing: Installing, visitors: Visitors) -> None:
    visitors.watch.expected.append("503")
    installing.tell("failed")
    page = visitors.page(installing.service.address + NOTEBOOK)
    expect(page.get_by_role("heading", level=1)).to_have_text("JupyterLab kunne ikke åbnes")
    look(page, "failed")
    keys = Keyboard(page)
    keys.tab_to("main a.ds-button")
    installing.tell("installing", 1, 4)  # somebody has started the set-up again
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.wait_for_load_state()
    keys.press("main a")
    page.wait_for_url("**/modules/employee-02")


@pytest.mark.lab
@pytest.mark.parametrize("shown", ["several", "none", "notice"])
def test_the_choice_of_cohort(visitors: Visitors, shown: str) -> None:
    from kommune3.lab import formgrader_front, formgrader_safety

    policy = {"Content-Security-Policy": formgrader_front.POLICY.format(nonce=formgrader_safety.new_nonce())}
    out = formgrader_front.Out("http://127.0.0.1:1/trainer")
    doors = [
        ("/cohorts/a/formgrader/", "Dagplejen, Vest"),
        ("/cohorts/b/formgrader/", "Ældreområdet " + "x" * 60),
    ]
    pages = {
        "several": formgrader_front.page(doors, out),
        "none": formgrader_front.page([]),
        "notice": formgrader_front.page(
            [], out, title="Formgrader", empty="Karakterbogen er ved at blive lavet. Siden viser den om lidt."
        ),
    }
    page = visitors.context().new_page()
    page.route(
        "http://127.0.0.1:1/**",
        lambda route: route.fulfill(
            body=pages[shown], content_type="text/html; charset=utf-8", headers=policy
        ),
    )
    leave = Path(formgrader_front.__file__).with_name("static") / "leave.js"
    page.route("**/leave.js", lambda route: route.fulfill(path=leave))
    page.goto("http://127.0.0.1:1/formgrader")
    picture(page, f"cohorts-{shown}")
    found = (
        violations(page) + asked(page, "byHand", "") + on_a_phone(page) + enlarged(page) + spaced_out(page)
    )
    page.emulate_media(color_scheme="dark")
    assert found + violations(page, "", "color-contrast") == []
    if shown == "several":
        keys = Keyboard(page)
        keys.tab_to('a[href*="/a/"]')
        page.keyboard.press("Tab")
        keys.press('a[href*="/b/"]')
        page.wait_for_url("**/cohorts/b/formgrader/")
