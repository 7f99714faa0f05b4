"""The button that hands a notebook in, also in states that a healthy JupyterLab seldom shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from browser.chromium import INSPECT
from browser.looking import look
from browser.widgets.harness import LOOK, scripted
from kommune3.widgets.files import style_sheet
from kommune3.widgets.traits import traits_of_hand_in

pytestmark = pytest.mark.browser

ADDRESS = "http://127.0.0.1:9/doc/tree/%C3%98velser/En.ipynb"
HERE = "#hand-in"
REFLECTION = "employee-01-refleksion"
TOO_SHORT = "Du har skrevet 16 af mindst 30 ord. Fortæl lidt mere, gerne med et eksempel."
NAME = "Nævner du en borger ved navn her? Så skriv hellere »en borger« eller et bogstav."
CPR = "Det her ligner et CPR-nummer. Slet det: Den slags numre gemmer vi aldrig her."
JUPYTER = """jupyterapp = {
  commands: { hasCommand: () => true, execute: async () => { await held; } },
  shell: { currentWidget: { context: { model: { dirty: false } } } },
};
held = null;"""


class Bench:
    """A page with the button, and what the course answers."""

    def __init__(self, page: Page) -> None:
        self.page, self.status, self.answer = page, 200, handed("checked")
        self.asked = 0
        page.route("http://127.0.0.1:9/**", self.serve)
        page.add_init_script(JUPYTER + INSPECT)
        page.goto(ADDRESS)

    def serve(self, route: Route) -> None:
        """Every request of the page."""
        path = route.request.url.removeprefix("http://127.0.0.1:9/")
        if path.endswith("/notebook"):
            self.asked += 1
            kind = "application/json"
            route.fulfill(status=self.status, body=json.dumps(self.answer), content_type=kind)
        elif path.endswith(".js"):
            route.fulfill(body=scripted(path.removesuffix(".js")), content_type="text/javascript")
        elif path.endswith(".css"):
            route.fulfill(body=LOOK + style_sheet(), content_type="text/css")
        elif path.endswith(".ipynb"):
            route.fulfill(body=markup(), content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="{}", content_type="application/json")

    def press(self, says: str, name: str) -> None:
        """Hand in; it says so, and looks well."""
        self.page.get_by_role("button", name="Send notesbogen").click()
        expect(self.page.locator(".k3-handed")).to_contain_text(says)
        look(self.page, f"hand-in-{name}", HERE)


def handed(state: str, became: str = "stored", *findings: dict[str, Any]) -> dict[str, Any]:
    """What the course says about a notebook with one answer."""
    what = {REFLECTION: became} if became else {}
    found = {REFLECTION: findings} if became else {}
    return {
        "activities": {REFLECTION: state},
        "became": what,
        "findings": found,
        "notes": [],
        "completed": [],
    }


def refused(kind: str, detail: str) -> dict[str, Any]:
    """A problem as the course tells it."""
    return {"type": f"urn:kommune3:{kind}", "title": "Det gik ikke", "detail": detail}


def markup() -> str:
    """The page around the button, as JupyterLab has it: no API but its own."""
    titles = {REFLECTION: "Hvem ejer sagen hos dig?"}
    traits = traits_of_hand_in("employee", titles=titles, api="/kommune3/api/v1", language="da")
    data = json.dumps(traits).replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="da"><meta name="viewport" content="width=device-width">'
        "<title>Prøve</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/widgets.css"><main><h1>Prøve</h1>'
        f'<h2>Øvelse</h2><section id="hand-in" data-widget="hand_in"><script type="application/json">{data}'
        '</script></section></main><script type="module" src="/host-hand_in.js"></script></html>'
    )


def test_every_state_is_told_and_looks_well(page: Page) -> None:
    bench = Bench(page)
    button = page.get_by_role("button", name="Send notesbogen")
    button.wait_for()
    look(page, "hand-in-not-sent", HERE)
    page.evaluate("void (held = new Promise((done) => { release = done; }))")
    bench.press("Gemmer notesbogen", "saving")
    button.click(force=True)  # again, while it is under way
    page.evaluate("release()")
    expect(page.locator(".k3-handed h4")).to_have_text("Notesbogen er sendt")
    expect(page.locator(".k3-handed h4")).to_be_focused()
    look(page, "hand-in-sent", HERE)
    assert bench.asked == 1
    for state, became, says, found in (
        ("checked", "unchanged", "Der er ikke sendt noget nyt", []),
        ("checked", "marked", "Der er ikke sendt noget nyt", []),
        ("checked", "stored", NAME, [{"code": "name", "prompt": 0, "text": NAME, "stops": False}]),
        ("not_passed", "stored", TOO_SHORT, [{"code": "short", "prompt": None, "text": TOO_SHORT}]),
        ("could_not_check", "stored", "Kunne ikke læses", []),
        ("not_submitted", "", "Der står ikke noget svar i notesbogen endnu.", []),
    ):
        bench.answer = handed(state, became, *found)
        bench.press(says, f"{state}-{became}")


def test_what_is_not_sent_says_so(page: Page) -> None:
    bench = Bench(page)
    for status, answer, says in (
        (422, refused("cpr", CPR), CPR),
        (401, refused("signed-out", "Du er logget ud. Log ind igen."), "Du er logget ud."),
        (503, refused("unreachable", "Kurset kører ikke lige nu."), "Der er ingen forbindelse til kurset"),
        (403, {"message": "Forbidden"}, "Der er ingen forbindelse til kurset"),
    ):
        bench.status, bench.answer = status, answer
        bench.press(says, f"refused-{status}")
        expect(page.locator(".k3-handed h4")).to_have_text("Notesbogen er ikke sendt")
    asked = bench.asked
    page.evaluate("jupyterapp.shell.currentWidget.context.model.dirty = true")  # JupyterLab could not save
    bench.press("Notesbogen kunne ikke gemmes.", "not-saved")
    page.evaluate("void (jupyterapp.commands.execute = async () => { throw new Error('full'); })")
    bench.press("Notesbogen kunne ikke gemmes.", "not-saved")
    assert bench.asked == asked, "what was saved before is not handed in for it"
