"""What a browser kept unsent: it is sent another day, and buries nobody's newer way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.widgets.calling import first_choice, second_choice, status
from browser.widgets.hands import BY_HAND, violations
from browser.widgets.harness import Harness

pytestmark = pytest.mark.browser


def elsewhere(browser: Browser, harness: Harness) -> None:
    """Start over on another device, and go another way."""
    device = browser.new_context()
    other = device.new_page()
    other.goto(harness.url("opkaldet"))
    other.get_by_role("button", name="Begynd forfra").click()
    first_choice(other, "Spørg, hvem der ellers bruger bænken")
    status(other, "Gemt")
    device.close()
    assert harness.paths()[-1] == ["sporg"]


def test_what_is_unsent_survives_a_reload(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    harness.trouble = 503
    first_choice(page)
    status(page, "Serveren kan ikke gemme noget lige nu.")
    page.add_init_script(BY_HAND)
    page.reload()
    expect(page.get_by_text("Sagen ligger på dit bord.")).to_be_visible()
    status(page, "Serveren kan ikke gemme noget lige nu.")  # it was tried once, and is not tried again
    assert harness.paths() == []
    harness.trouble = 0
    page.get_by_role("button", name="Prøv igen").click()
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]


def test_starting_over_unsent_stays_so_after_a_reload(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    page.route("**/api/v1/attempts", lambda route: route.abort())
    page.get_by_role("button", name="Begynd forfra").click()
    status(page, "Ikke gemt endnu")
    page.reload(wait_until="networkidle")
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()
    page.unroute("**/api/v1/attempts")
    status(page, "Gemt")
    assert harness.paths() == [["noter"], []]


def test_a_draft_of_an_older_version_is_not_played_on(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()  # drafts were looked for
    page.evaluate(
        "localStorage.setItem('kommune3:tester:opkaldet',"
        " JSON.stringify({version: 'old', queue: [{key: 'k', choices: ['noter']}]}))"
    )
    page.reload()
    expect(page.locator(".k3-notice")).to_contain_text("så du begynder forfra")
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()


@pytest.mark.parametrize("rubbish", ["{", "[]", '{"queue": [{"key": "k", "choices": ["findes-ikke"]}]}'])
def test_a_broken_draft_is_put_aside(page: Page, harness: Harness, rubbish: str) -> None:
    page.goto(harness.url("opkaldet"))
    page.evaluate("text => localStorage.setItem('kommune3:tester:opkaldet', text)", rubbish)
    page.reload()
    first_choice(page)
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]


@pytest.mark.parametrize(
    ("trouble", "said", "wake"),
    [
        (503, "Serveren kan ikke gemme noget lige nu.", "press"),
        (502, "Ikke gemt endnu", "online"),
        (401, "Du er blevet logget ud.", "press"),
    ],
)
def test_a_step_made_before_the_stored_way_could_be_had_waits_for_it(
    page: Page, harness: Harness, trouble: int, said: str, wake: str
) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    with page.expect_response("**/api/v1/attempts"):
        second_choice(page)
    status(page, "Gemt")
    stored = harness.paths()
    harness.trouble = trouble
    page.add_init_script(BY_HAND)
    page.reload()
    first_choice(page)
    status(page, said)
    harness.trouble = 0
    if wake == "press":
        page.get_by_role("button", name="Prøv igen").click()
    else:
        page.evaluate("dispatchEvent(new Event('online'))")
    offer = page.get_by_role("button", name="Fortsæt, hvor jeg slap")
    expect(offer).to_be_visible()
    status(page, "Gemt")
    offer.click()
    expect(page.locator(".k3-notice")).to_contain_text("Du fortsætter, hvor du slap.")
    status(page, "Gemt")
    assert harness.paths()[-1] == stored[-1]


@pytest.mark.parametrize("queue", ["[null]", '[{"key": 5}]', '[{"key": "a", "choices": [1]}]', '["x", {}]'])
def test_a_broken_draft_keeps_nothing_from_being_saved(page: Page, harness: Harness, queue: str) -> None:
    version = harness.version("opkaldet")
    draft = f'{{"version": "{version}", "queue": {queue}, "local": 7, "placing": null}}'
    page.add_init_script(f"localStorage.setItem('kommune3:tester:opkaldet', {draft!r})")
    errors: list[Exception] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    assert harness.paths() == [["noter"]]
    assert errors == []


def test_what_was_done_elsewhere_since_is_offered_to_whoever_has_unsent_steps(
    page: Page, browser: Browser, harness: Harness
) -> None:
    page.goto(harness.url("opkaldet"))
    first_choice(page)
    status(page, "Gemt")
    page.route("**/api/v1/attempts", lambda route: route.abort())
    second_choice(page)
    status(page, "Ikke gemt endnu")
    elsewhere(browser, harness)
    page.unroute("**/api/v1/attempts")
    page.reload()
    expect(page.locator(".k3-notice")).to_contain_text("Din vej derfra er gemt.")
    status(page, "Gemt")
    assert harness.paths()[-1] == ["noter", "ring"], "what waited is stored"
    assert violations(page) == []
    page.get_by_role("button", name="Fortsæt, hvor jeg slap").click()
    expect(page.locator(".k3-notice")).to_contain_text("Du fortsætter, hvor du slap.")
    status(page, "Gemt")
    assert harness.paths()[-1] == ["sporg"]


def test_nothing_is_offered_of_what_this_browser_did_itself(page: Page, harness: Harness) -> None:
    page.goto(harness.url("opkaldet"))

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/attempts", lose)
    first_choice(page)
    status(page, "Ikke gemt endnu")  # it is stored, and the answer was lost
    page.get_by_role("button", name="Begynd forfra").click()
    with page.expect_response("**/api/v1/attempts/opkaldet"):
        page.reload()
    page.unroute("**/api/v1/attempts")
    status(page, "Gemt")
    assert harness.paths()[-1] == []
    expect(page.get_by_role("button", name="Noter klagen")).to_be_visible()
    expect(page.locator(".k3-notice")).to_be_hidden()


def test_a_tab_left_open_asks_again_before_it_sends_what_waited(
    page: Page, browser: Browser, harness: Harness
) -> None:
    page.goto(harness.url("opkaldet"))
    page.evaluate(BY_HAND)
    first_choice(page)
    status(page, "Gemt")
    page.context.set_offline(True)
    second_choice(page)
    status(page, "Ingen forbindelse")
    elsewhere(browser, harness)
    page.context.set_offline(False)
    expect(page.locator(".k3-notice")).to_contain_text("Din vej derfra er gemt.")
    status(page, "Gemt")
    assert harness.paths()[-2:] == [["sporg"], ["noter", "ring"]]
    page.get_by_role("button", name="Fortsæt, hvor jeg slap").click()
    status(page, "Gemt")
    expect(page.locator(".k3-notice")).to_contain_text("Du fortsætter, hvor du slap.")
    assert harness.paths()[-1] == ["sporg"]
