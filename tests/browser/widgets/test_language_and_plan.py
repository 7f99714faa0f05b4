"""The language check and the plan in a real browser and the real service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, Request, Route, expect

from browser.chromium import Visitors
from browser.keys import Keyboard
from browser.looking import WIDE, look
from browser.widgets.hands import Held
from browser.widgets.reflecting import Reflecting, field, opened, running, saved
from kommune3.register import attempts, plans

pytestmark = pytest.mark.browser
LANGUAGE, PLAN = "baenk-sprog", "baenk-plan"
CPR = "010190-1234"
SECRET = "Kanariefugl"


@pytest.fixture(scope="module")
def running_service(tmp_path_factory: pytest.TempPathFactory, mini_root: Path) -> Iterator[Reflecting]:
    with running(tmp_path_factory.mktemp("writing") / "data", mini_root) as service:
        yield service


@pytest.fixture
def service(running_service: Reflecting) -> Reflecting:
    """The service as a learner meets it who has never been there."""
    running_service.newcomer()
    return running_service


@pytest.fixture
def guests(visitors: Visitors) -> Visitors:
    visitors.watch.expected.append("Failed to load resource")  # what a refusal that a test brings about logs
    return visitors


@pytest.fixture
def page(guests: Visitors) -> Page:
    return guests.context(viewport=WIDE, accept_downloads=True).new_page()


def show(page: Page, service: Reflecting, activity: str) -> Locator:
    return opened(page, service, activity, "common-01")


def press(widget: Locator, name: str) -> None:
    widget.get_by_role("button", name=name, exact=True).click()


def state(service: Reflecting) -> plans.PlanState:
    parts = service.services
    return plans.of(parts.register, parts.course, service.person, PLAN)


def stored(page: Page) -> str:
    return str(page.evaluate("JSON.stringify([localStorage, sessionStorage])"))


def test_a_letter_is_checked_by_keyboard_alone(page: Page, service: Reflecting) -> None:
    widget, keys = show(page, service, LANGUAGE), Keyboard(page)
    keys.press(f"#{LANGUAGE} .k3-primary")
    expect(widget.locator(".k3-error")).to_have_text(
        "Der er ingen tekst at tjekke endnu. Skriv den, eller sæt den ind først."
    )
    expect(field(widget)).to_be_focused()
    page.keyboard.type("Kære kunde. Vores \U0001f600 kunder får god service af Borgerservice.")
    keys.press(f"#{LANGUAGE} .k3-primary")
    expect(widget.get_by_role("heading", name="3 steder at se på")).to_be_focused()
    expect(widget.locator("mark")).to_have_text(["kunde", "kunder", "service"])
    keys.press(f"#{LANGUAGE} .k3-word")
    expect(widget.get_by_role("heading", name="kunde, kunder (2 gange)")).to_be_focused()
    keys.press(f"#{LANGUAGE} .k3-words button")
    expect(widget.locator(".k3-word").first).to_be_focused()
    look(page, "language-found", f"#{LANGUAGE}")


def test_the_example_never_takes_the_place_of_a_text_unasked(page: Page, service: Reflecting) -> None:
    widget = show(page, service, LANGUAGE)
    press(widget, "Prøv med et eksempel")
    press(widget, "Tjek brevet")
    expect(widget.locator("mark")).to_have_text(["kunde", "service", "kundecenter"])
    field(widget).fill("Mit eget brev")
    expect(widget.get_by_text("Du har rettet i brevet siden.")).to_be_visible()
    press(widget, "Prøv med et eksempel")
    press(widget, "Nej, behold min")
    expect(field(widget)).to_have_value("Mit eget brev")
    press(widget, "Tjek brevet")
    expect(widget.get_by_role("heading", name="Ingen af de ord")).to_be_focused()
    expect(widget.get_by_text("Brevet har 3 ord.")).to_be_visible()


def test_a_letter_is_kept_nowhere_and_a_cpr_number_never_leaves(page: Page, service: Reflecting) -> None:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if request.method != "GET" else None)
    widget = show(page, service, LANGUAGE)
    field(widget).fill(f"{SECRET} {CPR}")
    press(widget, "Tjek brevet")
    expect(widget.locator(".k3-error")).to_contain_text("CPR-nummer")
    assert asked == []
    field(widget).fill("kunde " * 3_334)
    press(widget, "Tjek brevet")
    expect(widget.locator(".k3-error")).to_contain_text("20000")
    assert asked == []
    field(widget).fill(f"{SECRET} <img src=x onerror=alert(1)> kunde <b>service</b>")
    press(widget, "Tjek brevet")
    expect(widget.locator("mark")).to_have_text(["kunde", "service"])
    expect(widget.locator(".k3-letter")).to_contain_text("<img src=x onerror=alert(1)>")
    assert [request.method for request in asked] == ["POST"]
    assert SECRET not in stored(page)
    page.reload()
    expect(field(widget)).to_have_value("")


def test_a_letter_stays_where_the_service_is_away(page: Page, service: Reflecting) -> None:
    widget = show(page, service, LANGUAGE)
    service.trouble = 503
    field(widget).fill("Kære kunde")
    press(widget, "Tjek brevet")
    expect(widget.locator(".k3-told")).to_contain_text("Ikke tjekket")
    expect(field(widget)).to_have_value("Kære kunde")
    look(page, "language-trouble", f"#{LANGUAGE}")
    service.trouble = 0
    press(widget, "Tjek brevet")
    expect(widget.locator("mark")).to_have_text(["kunde"])


def test_a_plan_by_keyboard_alone_until_it_is_finished(page: Page, service: Reflecting) -> None:
    widget, keys = show(page, service, PLAN), Keyboard(page)
    keys.press(f"#{PLAN} .k3-primary")
    expect(widget.get_by_role("heading", name="Der mangler noget")).to_be_focused()
    look(page, "plan-not-finished", f"#{PLAN}")
    keys.press(f"#{PLAN} .k3-refusal button")
    expect(field(widget)).to_be_focused()
    page.keyboard.type(f"Male {SECRET} bænken")
    page.keyboard.press("Tab")
    page.keyboard.type("Regn og blæst")
    page.keyboard.press("Tab")
    page.keyboard.type("Naboen <b>Bo</b>")
    keys.press(f"#{PLAN} .k3-table-of-plan > .k3-buttons button")
    expect(widget.get_by_role("group", name="Aftale 3")).to_be_visible()
    page.keyboard.type("Mig selv")
    keys.press(f"#{PLAN} .k3-primary")
    expect(widget.locator("p[tabindex]", has_text="Du gjorde planen færdig")).to_be_focused()
    now = state(service)
    assert now.answers == (
        f"Male {SECRET} bænken",
        "Regn og blæst",
        "Naboen <b>Bo</b>",
        "",
        "",
        "",
        "Mig selv",
        "",
    )
    assert now.current
    parts = service.services
    newest = attempts.newest(parts.register, parts.course, service.person, PLAN)
    assert newest is not None
    assert newest.choices == ("hvad", "hindring")
    look(page, "plan-finished", f"#{PLAN}")
    page.reload()
    expect(field(widget)).to_have_value(f"Male {SECRET} bænken")
    expect(widget.locator(".k3-badge")).to_have_text("Færdig")
    press(widget, "Fjern aftale 1")
    saved(widget)
    assert state(service).answers[2:] == ("", "", "Mig selv", "")


def test_a_cpr_number_in_a_plan_is_kept_nowhere(page: Page, service: Reflecting) -> None:
    widget = show(page, service, PLAN)
    field(widget, 2).fill(CPR)
    expect(widget.locator(".k3-error")).to_have_count(1)
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_contain_text("CPR")
    page.reload()
    expect(field(widget, 2)).to_have_value("")
    assert CPR not in stored(page)
    assert service.sent == []


def test_two_tabs_keep_both_plans(page: Page, service: Reflecting) -> None:
    widget = show(page, service, PLAN)
    other = page.context.new_page()
    second = show(other, service, PLAN)
    field(widget).fill("Male den blå")
    saved(widget)
    field(second).fill("Male den rød")
    field(second, 2).fill("Bo")
    expect(second.locator(".k3-notice")).to_contain_text("ændret i en anden fane")
    press(second, "Se begge tekster")
    look(other, "plan-two", f"#{PLAN}")
    press(second, "Behold begge, den ene efter den anden")
    saved(second)
    assert state(service).answers[0].split() == ["Male", "den", "rød", "Male", "den", "blå"]
    assert state(service).answers[2] == "Bo"


def test_a_plan_written_offline_is_kept_and_sent_later(page: Page, service: Reflecting) -> None:
    widget = show(page, service, PLAN)
    page.context.set_offline(True)
    field(widget).fill("Skrevet uden net")
    expect(widget.locator('.k3-status[data-state="trouble"]')).to_be_visible()
    press(widget, "Planen er færdig")
    expect(widget.locator(".k3-told").first).to_contain_text("ikke gemt endnu")
    look(page, "plan-offline", f"#{PLAN}")
    page.context.set_offline(False)
    saved(widget)
    assert state(service).answers[0] == "Skrevet uden net"
    assert "Skrevet" not in stored(page)


def taken(page: Page, widget: Locator, name: str) -> tuple[str, bytes]:
    with page.expect_download() as found:
        press(widget, name)
    download: Download = found.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def test_a_plan_is_taken_along_and_deleted(page: Page, service: Reflecting) -> None:
    page.add_init_script("window.print = () => { window.printed = document.documentElement.className; };")
    widget = show(page, service, PLAN)
    field(widget).fill("=1+1 <script>alert(1)</script>\nog mere")
    field(widget, 2).fill("Bo")
    name, text = taken(page, widget, "Hent som tekst")
    assert name == "baenk-plan.txt"
    assert text.startswith(b"\xef\xbb\xbfEn plan for b")
    assert b"=1+1 <script>alert(1)</script>\r\nog mere\r\n" in text
    assert b"\n" not in text.replace(b"\r\n", b"")
    name, calendar = taken(page, widget, "Hent en påmindelse til min kalender")
    assert name == "baenk-plan.ics"
    assert b"DTSTART;VALUE=DATE:" in calendar
    press(widget, "Udskriv")
    assert "k3-printing" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".k3-sheet")).to_be_visible()
    expect(page.locator(".k3-sheet h1")).to_have_text("En plan for bænken")
    expect(page.locator("main")).not_to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".k3-sheet")).to_have_count(0)
    press(widget, "Slet planen")
    press(widget, "Ja, slet det")
    expect(field(widget)).to_have_value("")
    assert state(service).answers == ("", "")


@pytest.mark.parametrize("written", ["", "Skrevet imens"], ids=["nothing", "something"])
def test_while_a_plan_is_being_deleted_focus_stays_and_so_does_what_is_written(
    page: Page, service: Reflecting, written: str
) -> None:
    widget = show(page, service, PLAN)
    field(widget).fill("Male bænken")
    saved(widget)
    press(widget, "Slet planen")
    held = Held(page, "**/draft")
    press(widget, "Ja, slet det")
    held.wait()
    yes = widget.get_by_role("button", name="Ja, slet det")
    expect(yes).to_be_focused()
    expect(yes).to_have_attribute("aria-disabled", "true")
    if written:
        field(widget, 1).fill(written)
    held.let_go()
    expect(widget.get_by_role("button", name="Planen er færdig")).to_be_visible()
    expect(field(widget, 1 if written else 0)).to_be_focused()
    if written:
        saved(widget)
    assert state(service).answers[:2] == (("Male bænken", written) if written else ("", ""))


def test_a_plan_that_is_finished_before_the_stored_one_has_come_waits_for_it(
    page: Page, service: Reflecting
) -> None:
    held: list[Route] = []
    page.route(f"**/plans/{PLAN}", lambda route: held.append(route))
    page.goto(f"http://127.0.0.1:{service.port}/modules/common-01")
    widget = page.locator(f"#{PLAN}")
    field(widget).fill("Male bænken")
    field(widget, 1).fill("Regn og blæst")
    press(widget, "Planen er færdig")
    expect(widget.locator(".k3-primary")).to_have_attribute("aria-disabled", "true")
    held.pop().continue_()
    expect(widget.locator("p[tabindex]", has_text="Du gjorde planen færdig")).to_be_focused()
    assert state(service).current
