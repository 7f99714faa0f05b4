"""A new employee's first hour, by keyboard alone, and what HR sees of it."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect

import patient
from browser.chromium import Visitors
from browser.keys import Keyboard
from browser.playing import (
    COMMON_QUIZ,
    QUIZ,
    REFLECTION,
    SCENARIO,
    SORTER,
    WRITTEN,
    right_answers,
    right_piles,
    stored,
)
from kommune3.content import Course
from serving import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visitors: Visitors, service: Running) -> Page:
    return visitors.page(service.address)


def module_status(service: Running, module: str) -> dict[str, object]:
    found = patient.get(service.address + "api/v1/me").json()["modules"]
    mine: dict[str, object] = next(each for each in found if each["module"] == module)
    return mine


def play_to_the_end(page: Page, keyboard: Keyboard) -> int:
    """Play the scenario with the keys alone; returns how many choices it took."""
    made = 0
    while not page.locator(f"{SCENARIO} .k3-voices").count():
        keyboard.press(f"{SCENARIO} .k3-choice")
        keyboard.not_lost()
        if page.locator(f"{SCENARIO} fieldset").count():
            keyboard.press(f"{SCENARIO} input[type=radio]", "Space")
            page.keyboard.press("ArrowDown")
            keyboard.press(f"{SCENARIO} .k3-primary")
            keyboard.not_lost()
        keyboard.press(f"{SCENARIO} .k3-primary", "Space" if made % 2 else "Enter")
        keyboard.not_lost()
        made += 1
    return made


def answer_all(page: Page, keyboard: Keyboard, quiz: str, options: list[int]) -> None:
    """Take the quiz with the keys alone."""
    for option in options:
        keyboard.tab_to(f"{quiz} input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(option):
            page.keyboard.press("ArrowDown")
        keyboard.press(f"{quiz} .k3-primary")
        expect(page.locator(f"{quiz} .k3-scene-title:has(.k3-verdict)")).to_be_focused()
        keyboard.press(f"{quiz} .k3-primary")
        keyboard.not_lost()


def reflect(page: Page, keyboard: Keyboard, course: Course) -> None:
    """Write and send the reflection with the keys alone."""
    for at, words in enumerate(WRITTEN):
        keyboard.tab_to(f"{REFLECTION} .k3-prompt:nth-child({at + 1} of .k3-prompt) textarea")
        page.keyboard.insert_text(words)
    assert len(WRITTEN) == len(course.reflection(REFLECTION[1:]).prompts)
    keyboard.press(f"{REFLECTION} .k3-primary")
    expect(page.locator(f"{REFLECTION} .k3-reading")).to_be_visible()
    expect(page.locator(f"{REFLECTION} .k3-badge")).to_have_text("Sendt")
    keyboard.not_lost()


def test_a_new_employee_completes_the_path_by_keyboard(page: Page, service: Running, shipped: Course) -> None:
    keyboard = Keyboard(page)
    employee = 'form:has(input[value="employee"]) button'
    keyboard.press(employee)
    page.wait_for_url("**/start/employee")
    keyboard.press('button[name="work_field"][value="school"]')
    page.wait_for_url("**/roles/employee")
    keyboard.press('main .k3-actions a[href*="/modules/employee-02"]')
    page.wait_for_url("**/modules/employee-02?role=employee")
    page.locator(f"{SCENARIO}[data-ready]").wait_for()

    made = play_to_the_end(page, keyboard)
    assert 6 <= made <= 8
    stored(page, SCENARIO)
    assert module_status(service, "employee-02")["status"] == "started"
    answer_all(page, keyboard, QUIZ, right_answers(shipped, QUIZ))
    stored(page, QUIZ)
    reflect(page, keyboard, shipped)

    finish = page.locator('[data-module="employee-02"] [data-when="completed"]')
    expect(finish).to_be_visible()
    expect(page.locator("[data-module] [data-announce]")).not_to_be_empty()
    assert module_status(service, "employee-02")["status"] == "completed"

    page.goto(service.address)
    expect(page.locator("#now")).to_have_text(shipped.module("common-01").title)
    expect(page.locator('.k3-step[data-status="completed"] h3')).to_have_text(
        shipped.module("employee-02").title
    )


def test_the_sorter_and_the_last_module_by_keyboard(page: Page, service: Running, shipped: Course) -> None:
    page.goto(f"{service.address}modules/common-01?role=employee")
    page.locator(f"{SORTER}[data-ready]").wait_for()
    keyboard = Keyboard(page)
    for pile in right_piles(shipped):
        keyboard.press(f"{SORTER} .k3-puts li:nth-child({pile + 1}) .k3-put")
        expect(page.locator(f"{SORTER} .k3-one h4")).to_be_focused()
    keyboard.press(f"{SORTER} .k3-offer .k3-primary")
    expect(page.locator(f"{SORTER} .k3-outcome .k3-scene-title")).to_be_focused()
    stored(page, SORTER)
    answer_all(page, keyboard, COMMON_QUIZ, right_answers(shipped, COMMON_QUIZ))
    expect(page.locator('[data-module="common-01"] [data-when="completed"]')).to_be_visible()
    assert module_status(service, "common-01")["status"] == "completed"


def test_hr_sees_the_completion_and_the_api_agrees(page: Page, service: Running, shipped: Course) -> None:
    mine = module_status(service, "employee-02")
    assert (mine["status"], mine["evidence"], mine["version"]) == (
        "completed",
        "server_checked",
        shipped.version,
    )
    page.goto(f"{service.address}hr/people/local")
    row = page.locator("tr", has_text=shipped.module("employee-02").title)
    expect(row.locator('[data-status="completed"]').first).to_be_visible()
    expect(row).to_contain_text(shipped.version)
    evidence = row.locator("td").last.inner_text().strip()
    assert evidence not in ("", "–")
    answered = patient.get(f"{service.address}api/v1/completions", params={"search": "local"}).json()
    line = next(each for each in answered["lines"] if each["id"] == "local")
    assert (line["status"], line["done"], line["required"]) == (
        "started",
        2,
        len(shipped.modules_of("employee")),
    )
    assert [each["evidence"] for each in line["modules"]].count("server_checked") == 2
    page.goto(f"{service.address}hr?search=local")
    expect(page.locator('.k3-people a[href$="/hr/people/local"]')).to_be_visible()
    assert "rasmus" not in page.content()


FORGED = """async (body) => {
  const traits = JSON.parse(document.querySelector("#foraeldreraad script").textContent);
  const answer = await fetch("/api/v1/attempts", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, version: traits.version }),
  });
  return [answer.status, await answer.text()];
}"""


@pytest.mark.parametrize(
    ("forged", "answered"),
    [
        ({"choices": [], "completed": ["employee-02"], "outcome": {"finished": True, "passed": True}}, 422),
        ({"choices": ["gennem_dig"]}, 422),
        ({"choices": ["skabelonen", "skabelonen"]}, 422),
    ],
    ids=["claims to be completed", "jumps to an ending", "goes where no way leads"],
)
def test_a_forged_completion_is_refused(
    visitors: Visitors, service: Running, forged: dict[str, object], answered: int
) -> None:
    visitors.watch.expected.append("422")
    # without JavaScript's widgets the traits stand in the page as the server wrote them
    context = visitors.context()
    for script in ("exercises.js", "host.js"):
        context.route(f"**/{script}", lambda route: route.abort())
        visitors.watch.expected.append(script)
    page = context.new_page()
    page.goto(f"{service.address}modules/employee-02")
    before = patient.get(service.address + "api/v1/attempts/foraeldreraad").json()
    body = {"activity": "foraeldreraad", "key": str(uuid.uuid4())} | forged
    status, text = page.evaluate(FORGED, body)
    assert status == answered, text
    assert patient.get(service.address + "api/v1/attempts/foraeldreraad").json() == before
