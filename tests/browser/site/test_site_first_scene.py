"""The first scene of a scenario: played before its script has come, and taken over by it without a move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser import playing
from browser.chromium import Visitors
from browser.looking import PHONE, WIDE, look
from browser.playing import CHOICES, SCENARIO
from kommune3.content import Course
from kommune3.engine.models import Scenario
from serving import Running

pytestmark = pytest.mark.browser
FIRST = ".k3[data-first-scene]"
MODULES = {
    "foraeldreraad": "employee-02",
    "langsiden": "employee-05",
    "spildevand": "employee-06",
    "infoskranken": "employee-07",
    "faglige-standarder": "leader-02",
    "ikke-alle-enige": "leader-03",
    "paragraf-17-4": "politician-02",
    "klagemoedet": "politician-03",
}
"""The module that begins with each scenario."""
PLAIN = """(root) => {
  const said = (ids) => ids.split(" ").map((id) => document.getElementById(id).textContent);
  const plain = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent;
    const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) =>
      [name, name === "aria-labelledby" ? said(value) : value]));
    delete attributes.id;
    return [node.localName, node.namespaceURI, attributes, [...node.childNodes].map(plain)];
  };
  return plain(root);
}"""
"""An element with all that is in it, without ids, which are another's each time."""
DRAWN = """async (mount) => {
  const traits = JSON.parse(mount.querySelector('script[type="application/json"]').textContent);
  const model = { get: (name) => (name === "api" ? "" : traits[name]), on() {}, off() {}, send() {} };
  const place = document.createElement("div");
  document.body.append(place);
  const widget = await import(`${document.documentElement.dataset.static}/widgets/scenario.js`);
  widget.default.render({ model, el: place });
  place.querySelectorAll(".k3-status, [aria-live]").forEach((each) => each.remove());
  return place.firstElementChild;
}"""
"""The scenario as the widget draws it where nothing is there; without its messages, which are empty."""
OLD_DRAFT = """() => localStorage.setItem(`kommune3:${document.documentElement.dataset.account}:langsiden`,
  JSON.stringify({ version: "old", queue: [{ key: "k", choices: ["x"] }], local: [], placing: {} }))"""
"""A step of an older version of the scenario that was never sent."""
HOLD = """const held = document.currentScript;
held.addEventListener("load", (event) => event.stopImmediatePropagation(), { capture: true });
const script = Object.assign(document.createElement("script"), { src: `${held.src}?` });
globalThis.go = () => document.head.append(script);"""
"""In the place of the exercises' script, as if that were still on its way; ``go`` brings it."""
PLACES = """(mount) => [...mount.querySelectorAll(".k3-header *, .k3-body :not(noscript)")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.localName, x, y + scrollY, width, height];
})"""


@pytest.fixture
def held(visitors: Visitors) -> Page:
    """A page whose exercises begin only when they are let go."""
    context = visitors.context(viewport=WIDE)
    context.route("**/exercises.js", lambda route: route.fulfill(body=HOLD, content_type="text/javascript"))
    return context.new_page()


def let_go(page: Page) -> None:
    """Let the script come."""
    page.wait_for_function("!!globalThis.go")
    page.evaluate("go()")


def test_every_module_that_begins_with_a_scenario_is_known_here(shipped: Course) -> None:
    begun = {
        notebook.shown_ids[0]: module.id
        for module in shipped.modules
        for notebook in [shipped.notebook(module.id)]
        if isinstance(shipped.activities.get(notebook.shown_ids[0]), Scenario)
    }
    assert begun == MODULES


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One visitor who goes from module to module, where nothing is played."""
    visitors = Visitors(browser)
    context = visitors.context(viewport=WIDE)
    context.route("**/exercises.js", lambda route: route.fulfill(body=HOLD, content_type="text/javascript"))
    yield context.new_page()
    visitors.close()


@pytest.mark.parametrize("scenario", MODULES)
def test_the_page_has_the_scene_that_the_widget_draws(reader: Page, reading: Running, scenario: str) -> None:
    reader.goto(f"{reading.address}modules/{MODULES[scenario]}")
    there = reader.locator(f"#{scenario} > {FIRST}")
    for noscript in there.locator("noscript").all():
        noscript.evaluate("(each) => each.remove()")
    drawn = reader.locator(f"#{scenario}").evaluate_handle(DRAWN)
    told = there.evaluate(PLAIN)
    assert told[2].pop("data-first-scene") == ""
    assert told == drawn.evaluate(PLAIN)
    assert len(there.locator(".k3-choice").all()) >= 2


def test_nothing_moves_when_the_script_has_come(held: Page, reading: Running) -> None:
    page = held
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.goto(f"{reading.address}modules/employee-02")
        expect(page.locator("html[data-opening]")).to_have_count(0)
        if size == WIDE:
            look(page, "first-scene", SCENARIO)
        page.locator(CHOICES).nth(1).focus()
        before = page.locator(SCENARIO).evaluate(PLACES)
        assert len(before) > 30
        let_go(page)
        expect(page.locator(f"{SCENARIO}[data-ready]")).to_be_attached()
        expect(page.locator(FIRST)).to_have_count(0)
        assert page.locator(SCENARIO).evaluate(PLACES) == before
        expect(page.locator(CHOICES).nth(1)).to_be_focused()


def test_a_choice_pressed_before_the_script_is_made_by_it(
    held: Page, service: Running, visitors: Visitors
) -> None:
    page = held
    page.goto(f"{service.address}modules/employee-02")
    choices = page.locator(CHOICES)
    choices.nth(1).click()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    choices.nth(2).click()
    expect(page.locator(f"{CHOICES}[aria-pressed]")).to_have_count(1)
    wanted = choices.nth(2).inner_text()
    look(page, "first-scene-pressed", SCENARIO)
    let_go(page)
    expect(page.locator(f"{SCENARIO} .k3-chosen")).to_contain_text(wanted)
    expect(page.locator(f"{SCENARIO} .k3-scene h4")).to_be_focused()
    expect(page.locator(f"{SCENARIO} {playing.STORED}")).to_be_visible()
    # whoever has begun is not shown the first scene before it is known where they are
    address = f"{service.address}modules/employee-02"
    expect(visitors.page(address).locator(f"{SCENARIO} .k3-notice")).to_be_visible()
    assert "data-first-scene" not in page.request.get(address).text()


def test_a_choice_pressed_by_the_keyboard_before_the_script(held: Page, service: Running) -> None:
    page = held
    page.goto(f"{service.address}modules/leader-02")
    choice = page.locator("#faglige-standarder .k3-choice").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if choice.evaluate("(each) => each === document.activeElement"):
            break
    expect(choice).to_be_focused()
    wanted = choice.inner_text()
    page.keyboard.press("Enter")
    expect(choice).to_have_attribute("aria-pressed", "true")
    let_go(page)
    expect(page.locator("#faglige-standarder .k3-chosen")).to_contain_text(wanted)
    expect(page.locator("#faglige-standarder .k3-scene h4")).to_be_focused()


def test_the_scene_comes_to_life_on_a_page_that_is_never_drawn(visitors: Visitors, reading: Running) -> None:
    context = visitors.context()
    context.add_init_script("window.requestAnimationFrame = () => 0;")  # as in a tab that nobody looks at
    page = context.new_page()
    page.goto(f"{reading.address}modules/politician-02")
    expect(page.locator("#paragraf-17-4[data-ready]")).to_be_attached()


def pressed(page: Page, address: str) -> str:
    """Press a choice before the script comes; what it says."""
    page.goto(address)
    choice = page.locator(".k3-choice").last
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    return choice.inner_text()


def test_a_late_script_pulls_nobody_back_who_has_gone_on(held: Page, service: Running) -> None:
    page, scenario = held, "#spildevand"
    wanted = pressed(page, f"{service.address}modules/employee-06")
    further = page.locator(".k3-finish a").first
    further.focus()
    place = page.evaluate("scrollY")
    let_go(page)
    expect(page.locator(f"{scenario} .k3-chosen")).to_contain_text(wanted)
    expect(further).to_be_focused()
    expect(further).to_be_in_viewport()
    assert place > 0


def test_who_has_scrolled_on_meanwhile_stays_there(held: Page, service: Running) -> None:
    page, scenario = held, "#infoskranken"
    wanted = pressed(page, f"{service.address}modules/employee-07")
    expect(page.locator("html[data-opening]")).to_have_count(0)  # until then the page grows as it is seen
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    foot = page.locator(".k3-foot")
    expect(foot).to_be_in_viewport()
    let_go(page)
    expect(page.locator(f"{scenario} .k3-chosen")).to_contain_text(wanted)
    expect(page.locator(f"{scenario} .k3-scene h4")).to_be_focused()
    expect(page.locator(f"{scenario} .k3-scene h4")).not_to_be_in_viewport()


def test_a_press_before_the_script_is_not_made_where_there_is_something_to_read_first(
    held: Page, reading: Running
) -> None:
    page = held
    address = f"{reading.address}modules/employee-05"
    page.goto(address)
    page.evaluate(OLD_DRAFT)
    pressed(page, address)
    let_go(page)
    expect(page.locator("#langsiden .k3-notice")).to_contain_text("Øvelsen er blevet ændret")
    expect(page.locator("#langsiden .k3-choice").last).not_to_have_attribute("aria-pressed", "true")
    expect(page.locator("#langsiden .k3-chosen")).to_have_count(0)


@pytest.mark.parametrize("script", ["", "const a = {", "throw new Error('broken')"])
def test_a_script_that_comes_and_does_nothing_is_made_good(
    visitors: Visitors, reading: Running, script: str
) -> None:
    visitors.watch.expected += ["broken", "Unexpected end of input"]
    context = visitors.context()
    context.route("**/exercises.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page = context.new_page()
    page.goto(f"{reading.address}modules/leader-03")
    expect(page.locator(".k3-mount:not([data-ready])")).to_have_count(0)
    expect(page.locator("#ikke-alle-enige .k3-choice").first).to_be_enabled()


def test_whoever_waits_for_a_script_that_fails_is_told(visitors: Visitors, reading: Running) -> None:
    visitors.watch.expected += ["exercises.js", "host.js", "Failed to fetch dynamically imported module"]
    context = visitors.context(viewport={"width": 390, "height": 700})
    context.route("**/host.js", lambda route: route.abort())
    held: list[Route] = []
    context.route("**/exercises.js", lambda route: held.append(route))
    page = context.new_page()
    page.goto(f"{reading.address}modules/politician-03", wait_until="commit")
    choice = page.locator("#klagemoedet .k3-choice").last
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.abort()
    again = page.locator("#klagemoedet .k3-sorry button")
    expect(again).to_be_focused()
    expect(again).to_be_in_viewport()
    expect(choice).to_be_disabled()
    expect(page.locator("[aria-pressed]")).to_have_count(0)


def test_a_link_to_a_place_below_lands_there_on_a_slow_line(visitors: Visitors, reading: Running) -> None:
    context = visitors.context(viewport={"width": 390, "height": 800}, reduced_motion="no-preference")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
    session.send("Network.emulateNetworkConditions", line)
    page.goto(f"{reading.address}modules/leader-03#finish")
    expect(page.locator(".k3-mount:not([data-ready])")).to_have_count(0)
    expect(page.locator("html[data-landing]")).to_have_count(0)
    assert -5 <= page.locator("#finish").evaluate("(each) => each.getBoundingClientRect().top") <= 100


@pytest.mark.parametrize("other", ["host.js", "page.js"])
def test_a_scene_whose_script_never_comes_says_so(visitors: Visitors, reading: Running, other: str) -> None:
    missing = ("exercises.js", other)
    visitors.watch.expected += [*missing, "Failed to fetch dynamically imported module"]
    context = visitors.context()
    for script in missing:
        context.route(f"**/{script}", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{reading.address}modules/employee-05")
    expect(page.locator("#langsiden .k3-sorry")).to_be_visible()
    for choice in page.locator("#langsiden .k3-choice").all():
        expect(choice).to_be_disabled()
    for script in missing:
        context.unroute(f"**/{script}")
    page.locator("#langsiden .k3-sorry button").click()
    expect(page.locator("#langsiden[data-ready]")).to_be_attached()
    expect(page.locator(".k3-sorry")).to_have_count(0)


def texts(course: Course, name: str) -> list[Any]:
    """What the choices of the first scene say."""
    found = course.activities[name]
    assert isinstance(found, Scenario)
    return [choice.text for choice in found.nodes[0].choices]


def test_without_javascript_the_choices_are_read(
    visitors: Visitors, reading: Running, shipped: Course
) -> None:
    page = visitors.context(java_script_enabled=False).new_page()
    page.goto(f"{reading.address}modules/politician-03")
    mount = page.locator("#klagemoedet")
    for text in texts(shipped, "klagemoedet"):
        expect(mount.get_by_role("listitem").filter(has_text=text)).to_be_visible()
    expect(mount.get_by_role("button")).to_have_count(0)
    expect(mount.locator(".k3-notice")).to_contain_text("JavaScript")
