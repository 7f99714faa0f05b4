"""Trouble while a learner plays: nothing is lost, and the page says what is the matter."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.widgets.calling import first_choice, second_choice, status
from browser.widgets.hands import BY_HAND, Held, violations, watched
from browser.widgets.harness import Harness

pytestmark = pytest.mark.browser

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); },
});"""


def draft(page: Page) -> str | None:
    found: str | None = page.evaluate("localStorage.getItem('kommune3:tester:opkaldet')")
    return found


def test_a_service_that_is_away_gets_everything_when_it_is_back(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    page.route("**/api/v1/attempts", lambda route: route.abort())
    first_choice(page)
    status(page, "Ikke gemt endnu: Vi prøver igen.")
    assert violations(page) == []
    second_choice(page)
    assert harness.paths() == []
    assert draft(page)
    page.unroute("**/api/v1/attempts")
    status(page, "Gemt")
    assert harness.paths()[-1] == ["noter", "ring"]
    assert draft(page) is None
    assert len({attempt["key"] for attempt in harness.attempts}) == len(harness.attempts)


def test_offline_is_said_and_online_sends(page: Page, context: BrowserContext, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    context.set_offline(True)
    first_choice(page)
    status(page, "Ingen forbindelse")
    context.set_offline(False)
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]


def test_undoing_offline_loses_no_step(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    page.evaluate(BY_HAND)
    harness.trouble = 503
    first_choice(page)
    status(page, "Serveren kan ikke")
    page.get_by_role("button", name="Et skridt tilbage").click()
    status(page, "Serveren kan ikke")  # refused too, before the trouble is over
    harness.trouble = 0
    page.get_by_role("button", name="Prøv igen").click()
    status(page, "Gemt")
    assert harness.paths() == [["noter"], []]


def test_blocked_storage_is_no_hindrance(context: BrowserContext, harness: Harness) -> None:
    context.add_init_script(NO_STORAGE)
    page = context.new_page()
    wrong = watched(page)
    page.goto(harness.url("opkaldet"))
    page.evaluate(BY_HAND)
    harness.trouble = 503
    first_choice(page)
    status(page, "lad siden stå åben")
    harness.trouble = 0
    page.get_by_role("button", name="Prøv igen").click()
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]
    assert not wrong


@pytest.mark.parametrize(
    ("trouble", "said"), [(401, "Du er blevet logget ud."), (403, "Du har ikke adgang til at gemme her.")]
)
def test_signed_out_keeps_the_steps(page: Page, harness: Harness, trouble: int, said: str) -> None:
    page.goto(harness.url("opkaldet"))
    harness.trouble = trouble
    first_choice(page)
    status(page, said)
    second_choice(page)
    status(page, said)  # refused too, before the trouble is over
    harness.trouble = 0
    page.get_by_role("button", name="Prøv igen").click()
    status(page, "Gemt")
    assert harness.paths()[-1] == ["noter", "ring"]


@pytest.mark.parametrize("trouble", [413, 422])
def test_a_refused_step_goes_back_to_what_is_stored(page: Page, harness: Harness, trouble: int) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    problem = {"status": trouble, "type": "urn:kommune3:some-kind"}
    page.route("**/api/v1/attempts", lambda route: route.fulfill(status=trouble, json=problem))
    second_choice(page)
    expect(page.locator(".k3-notice")).to_contain_text("Vi kunne ikke gemme dit sidste skridt.")
    expect(page.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    assert draft(page) is None


@pytest.mark.parametrize("trouble", [404, 405, 421])
def test_what_a_proxy_answers_is_no_refusal(page: Page, harness: Harness, trouble: int) -> None:
    page.goto(harness.url("opkaldet"))
    page.route("**/api/v1/attempts", lambda route: route.fulfill(status=trouble, body="<h1>no backend</h1>"))
    first_choice(page)
    status(page, "Ikke gemt endnu")
    assert draft(page)
    page.unroute("**/api/v1/attempts")
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]


def test_the_same_trouble_is_said_once_unless_asked_for(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    harness.trouble = 503
    first_choice(page)
    status(page, "Serveren kan ikke gemme noget lige nu.")
    page.evaluate(
        "window.said = 0; new MutationObserver(() => window.said++)"
        ".observe(document.querySelector('.k3 > [aria-live]'), {childList: true})"
    )
    with page.expect_response("**/api/v1/attempts/opkaldet"):
        pass  # the page tries again by itself, and asks first what is stored
    with page.expect_response("**/api/v1/attempts/opkaldet"):
        pass
    assert page.evaluate("said") == 0
    page.get_by_role("button", name="Prøv igen").click()
    page.wait_for_function(
        "() => said === 1"
    )  # as a function: the page's policy keeps a text from being asked twice


def test_a_slow_answer_about_elsewhere_pulls_nobody_back(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    held = Held(page, "**/api/v1/attempts/opkaldet")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    held.wait()
    second_choice(page)
    status(page, "Gemt")
    with page.expect_response("**/api/v1/attempts/opkaldet"):
        held.let_go()
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(page.locator(".k3-notice")).to_have_count(0)
    assert harness.paths()[-1] == ["noter", "ring"]
    expect(page.locator(".k3-chosen")).to_contain_text("Ring til Gerda")


def test_a_changed_exercise_asks_for_a_reload(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    harness.versions["opkaldet"] = "0123456789ab"
    second_choice(page)
    expect(page.locator(".k3-notice")).to_contain_text("Øvelsen er blevet ændret")
    assert violations(page) == []
    page.get_by_role("button", name="Genindlæs siden").click()
    expect(page.locator(".k3-notice")).to_contain_text("så du begynder forfra")
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()


def test_a_changed_exercise_goes_on_asking_for_a_reload(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    harness.versions["opkaldet"] = "0123456789ab"
    first_choice(page)
    notice = page.locator(".k3-notice")
    expect(notice).to_contain_text("Øvelsen er blevet ændret")
    first_choice(page)
    expect(page.get_by_role("button", name="Videre")).to_be_visible()
    expect(notice).to_contain_text("Øvelsen er blevet ændret")


@pytest.mark.parametrize("kind", ["quiz", "sorter", "citizen_map"])
def test_where_an_answer_is_needed_a_changed_exercise_leaves_only_the_reload(
    page: Page, harness: Harness, kind: str
) -> None:
    activity = next(each.id for each in harness.course.activities.values() if each.kind == kind)
    page.goto(harness.url(activity))
    harness.versions[activity] = "0123456789ab"
    if kind == "quiz":
        page.locator(".k3-body input").first.check()
    while page.locator(".k3-put:visible").count():
        page.locator(".k3-put").first.click()
    page.locator(".k3-body .k3-primary").click()
    again = page.get_by_role("button", name="Genindlæs siden")
    expect(again).to_be_focused()
    expect(page.locator(".k3-body[inert]")).to_be_visible()
    assert violations(page) == []
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.keyboard.press("Enter")
    expect(page.locator(".k3-body:not([inert])")).to_be_visible()
    expect(page.locator(".k3-notice")).to_have_count(0)


def test_two_tabs_follow_each_other(page: Page, context: BrowserContext, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()
    other = context.new_page()
    other.goto(harness.url("opkaldet"))
    first_choice(other)
    status(other, "Gemt")
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".k3-notice")).to_contain_text("Du er gået videre i en anden fane")
    expect(page.get_by_text("Sagen ligger på dit bord.")).to_be_visible()


def test_a_reply_that_got_lost_is_asked_for_with_the_same_key(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/api/v1/attempts", lose)
    first_choice(page)
    status(page, "Ikke gemt endnu")
    page.unroute("**/api/v1/attempts")
    status(page, "Gemt")
    assert len(harness.attempts) >= 2
    assert len({attempt["key"] for attempt in harness.attempts}) == 1
