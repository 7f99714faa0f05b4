"""A trainer marks in nbgrader's formgrader, opened from the course's pages, and the learner sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

import patient
from browser.lab.classroom import MODULE, REFLECTION, Classroom, opened, sent_from_a_page
from browser.looking import picture
from browser.widgets.hands import overflow, violations, watched
from kommune3.content import Course

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

NOTEBOOK = "employee/02_raad_eller_gruppe"
BACK = "Til holdets side i kurset"
COMMENT = "Godt set: du lod ham gøre det."
LISTS = (
    "manage_assignments",
    "manage_submissions/employee",
    "gradebook",
    "gradebook/employee",
    f"gradebook/{NOTEBOOK}",
    "manage_students",
    "manage_students/anna",
    "manage_students/anna/employee",
)
HEARD = """() => [document.title, document.body.innerText, ...[...document.querySelectorAll("[aria-label]")]
    .filter((each) => each.checkVisibility()).map((each) => each.ariaLabel)].join("\\n")"""
ENGLISH = re.compile(
    r"\b(?:the|and|no|search|name|score|edit|student|submission|assignment|release|loading|none|activate|"
    r"prev|next|remaining|missing|nbgrader)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory, shipped: Course, warm: Path) -> Iterator[Classroom]:
    """Two reflections have come in."""
    with opened(tmp_path_factory.mktemp("classroom"), shipped, warm) as room:
        yield room


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab that fails its test when a request leaves the machine, or a script fails or is refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.set_default_timeout(120_000)
    page = context.new_page()
    wrong = watched(page)
    yield page
    context.close()
    assert wrong == []


def into_formgrader(page: Page, room: Classroom) -> str:
    """Go from the cohort's page into its formgrader; returns the formgrader's address."""
    page.goto(room.page)
    page.get_by_role("link", name=re.compile("formgrader")).first.click()
    page.wait_for_url("**/formgrader/gradebook", timeout=120_000)
    return page.url.removesuffix("/gradebook")


def until(page: Page, shown: Callable[[], Any]) -> None:
    """Look again and again, and reload now and then: the worker looks every few seconds."""
    for look in range(1, 900):
        if shown():
            return
        page.wait_for_timeout(200)
        if look % 25 == 0:
            page.reload()
    raise AssertionError(f"never shown: {page.inner_text('body')}")


def handed_in(page: Page, formgrader: str) -> list[dict[str, Any]]:
    """Both reflections, once the worker has brought them into the gradebook."""
    found: list[dict[str, Any]] = []
    for _ in range(90):
        answer = page.request.get(f"{formgrader}/api/submitted_notebooks/{NOTEBOOK}")
        found = answer.json() if answer.ok else []
        if len(found) == 2:
            break
        page.wait_for_timeout(1000)
    return found


def test_marks_and_comments_flow_back_and_complete_the_module(page: Page, classroom: Classroom) -> None:
    formgrader = into_formgrader(page, classroom)
    notebooks = page.locator("#main-table a", has_text="employee")
    notebooks.click()
    page.locator("#main-table a", has_text="02_").click()
    page.wait_for_url(f"{formgrader}/gradebook/{NOTEBOOK}")
    until(page, lambda: page.locator("#main-table tr").count() == 2)
    a_name_is_shown_by_keyboard(page)
    found = page.request.get(f"{formgrader}/api/submitted_notebooks/{NOTEBOOK}").json()
    every_page_is_for_everybody(page, classroom, formgrader, found[0]["id"])
    replaced_while_it_is_open(page, classroom, formgrader, found)
    for submission in found:
        page.goto(f"{formgrader}/submissions/{submission['id']}/")
        expect(page.locator(".nbgrader_cell").first).to_contain_text("<script>window.evil = 1</script>")
        assert page.evaluate("window.evil") is None
        formulas_are_typeset_in_questions_alone(page)
        score, comment = page.locator(f"#{REFLECTION}"), page.locator(f"#{REFLECTION}-comment")
        expect(score).to_have_class(re.compile("needs_manual_grade"))  # it listens now
        expect(comment).to_have_attribute("placeholder", re.compile("."))
        expect(page.locator("li.next a")).to_be_focused()  # as nbgrader has it
        to_by_tab(page, score)
        if submission is found[0]:
            points_that_cannot_be_given(page, score)
        with page.expect_response(saved("grade")):
            page.keyboard.type("5")
            to_by_tab(page, comment)
        with page.expect_response(saved("comment")):
            page.keyboard.type(COMMENT)
            page.keyboard.press("Escape")
        expect(page.get_by_role("status").filter(has_text="Gemt")).to_have_count(1)
        expect(page.locator(".k3-limited")).to_have_count(0)
    assert sorted(one["student"] for one in found) == ["anna", "local"]

    page.goto(f"{formgrader}/gradebook")
    page.get_by_role("link", name=BACK).press("Enter")
    page.wait_for_url(classroom.page)
    ready = page.get_by_role("button", name="Send feedback").or_(page.locator(".k3-return button"))
    until(page, lambda: brought_back(classroom) and ready.count() and "2" in page.inner_text("#return"))
    ready.click()
    expect(page.locator("#return")).to_have_text("Der er ingen svar at sende lige nu")
    state = classroom.api(f"reflections/{REFLECTION}")
    assert state["status"] == "done"
    assert state["feedback"]["comment"] == COMMENT
    done = {one["id"]: one["done"] for one in classroom.api("completions")["lines"]}
    assert (done["anna"], done["local"]) == (1, 1), "HR's list has both"
    page.goto(f"{classroom.course.address}modules/{MODULE}")
    expect(page.get_by_text("Modulet er gennemført.").first).to_be_visible()
    expect(page.get_by_text(COMMENT)).to_be_visible()


def brought_back(room: Classroom) -> bool:
    """Whether the worker has fetched both comments: perhaps a look later than the points before them."""
    pages = [f"{room.page}/people/{person}/{REFLECTION}" for person in ("anna", "local")]
    return all(COMMENT in patient.get(page).raise_for_status().text for page in pages)


def saved(kind: str) -> Callable[[Response], bool]:
    """Whether an answer is that to a grade or a comment being saved."""
    return lambda answer: f"/api/{kind}/" in answer.url and answer.request.method == "PUT"


def points_that_cannot_be_given(page: Page, score: Locator) -> None:
    """nbgrader puts the fewest or most that can be given there, and we say so, to eyes and to ears."""
    status = page.get_by_role("status").filter(has_text="Gemt")
    for typed, told in (
        ("-3", r"Du skrev -3\. Point kan ikke være under 0, så nu står der 0\."),
        ("99", r"Du skrev 99\. Her kan højst gives (\d+) point, så nu står der \1\."),
    ):
        score.select_text()
        page.keyboard.type(typed)
        with page.expect_response(saved("grade")):
            score.blur()
        expect(page.locator(".k3-limited")).to_have_text(re.compile(told))
        expect(status).to_have_text(re.compile(f"{told} Gemt"))
    assert violations(page, "color-contrast") == []
    picture(page, "formgrader-limited")
    score.select_text()


def to_by_tab(page: Page, there: Locator) -> None:
    """Press Tab until it has the focus, past no more than what a submission has."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if there.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {there}")


def a_name_is_shown_by_keyboard(page: Page) -> None:
    """Names are hidden until a trainer asks for one."""
    first = page.locator("#main-table tr").first
    shown, eye = first.locator("a.name-shown"), first.get_by_role("button")
    expect(shown).to_be_hidden()
    expect(eye).to_have_accessible_name("Vis navnet: Aflevering 1")
    eye.press("Enter")
    expect(shown).to_be_visible()
    expect(eye).to_have_accessible_name("Skjul navnet: Aflevering 1")
    expect(eye).to_be_focused()


def every_page_is_for_everybody(page: Page, room: Classroom, formgrader: str, submission: str) -> None:
    """No page breaks WCAG 2.2 AA, is wider than a phone, speaks English or has no way back to the course."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*LISTS, f"submissions/{submission}/"):
        page.goto(f"{formgrader}/{path}")
        drawn = "models.loaded" if path in LISTS else "formgrader.comments?.loaded"
        page.wait_for_function(f"() => {drawn} === true")
        if path not in LISTS:
            formulas_are_typeset_in_questions_alone(page)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path
        assert ENGLISH.findall(page.evaluate(HEARD)) == [], path
        assert page.get_by_role("link", name=BACK).get_attribute("href") == room.page, path
    assert page.locator("li.previous a").get_attribute("tabindex") is None, "Tab passes no link by"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []
    help_ = page.get_by_role("button", name="Tastaturgenveje")
    help_.press("Enter")
    expect(page.get_by_role("dialog", name="Tastaturgenveje")).to_be_focused()
    page.keyboard.press("Escape")
    expect(help_).to_be_focused()


def replaced_while_it_is_open(
    page: Page, room: Classroom, formgrader: str, found: list[dict[str, Any]]
) -> None:
    """Marks for a text that is there no more are not saved, and the trainer is told."""
    (mine,) = (one["id"] for one in found if one["student"] == "local")
    page.goto(f"{formgrader}/submissions/{mine}/")
    score, told = page.locator(f"#{REFLECTION}"), page.get_by_role("alert")
    expect(score).to_have_class(re.compile("needs_manual_grade"))
    grades = f"{formgrader}/api/grades?submission_id={mine}"
    before = grade_of(page, grades)
    last = f"at bilen skal på værksted {''.join(filter(str.isalpha, uuid4().hex))}"  # at a second try too
    sent_from_a_page(room, last=last)
    for _ in range(180):
        page.wait_for_timeout(500)
        if grade_of(page, grades) not in (before, ""):
            break
    expect(told).to_have_count(0)
    score.fill("3")
    score.blur()
    expect(told).to_contain_text("er ikke gemt")
    expect(told).to_contain_text("sendt igen")
    picture(page, "formgrader-not-saved")
    told.get_by_role("button", name="Genindlæs siden").click()
    expect(page.locator(".nbgrader_cell").first).to_contain_text(last)
    expect(told).to_have_count(0)
    missing = page.request.get(f"{formgrader}/submissions/{'0' * 32}/")
    assert missing.status == 404
    assert "findes ikke længere" in missing.text()
    assert f'<a data-leave href="{room.page}">{BACK}</a>' in missing.text()


def grade_of(page: Page, grades: str) -> str:
    """The id of what the answer is given, another for another text; none while it is being written."""
    answer = page.request.get(grades)
    found = answer.json() if answer.ok else []
    return next((str(one["id"]) for one in found if one["name"] == REFLECTION), "")


def formulas_are_typeset_in_questions_alone(page: Page) -> None:
    question, answer = page.locator(".text_cell_render").first, page.locator(".nbgrader_cell").first
    expect(question.locator("mjx-container svg")).to_have_count(2)
    expect(question.locator("mjx-container[display=true] mjx-assistive-mml mfrac")).to_have_count(1)
    expect(question.get_by_text("$ingen$")).to_be_visible()
    assert page.locator("mjx-container a").count() == 0, "no formula makes a link"
    expect(answer).to_contain_text("\uff04x\uff04")  # the sign that stands in for a learner's own
    assert answer.locator("mjx-container").count() == 0


def test_jupyterlab_shows_formgrader_and_own_files_and_runs_nothing(page: Page, classroom: Classroom) -> None:
    formgrader = into_formgrader(page, classroom)
    lab = formgrader.partition("cohorts/")[0]
    page.goto(f"{lab}lab?formgrader=true")
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_role("heading", name="Vurdering")).to_be_visible(timeout=120_000)
    expect(page.locator(".jp-DirListing-item")).to_have_count(1)
    (submission, _other) = handed_in(page, formgrader)
    inside = page.locator("iframe").first.element_handle().content_frame()
    assert inside
    inside.goto(f"{formgrader}/submissions/{submission['id']}/")
    with page.context.expect_page() as course:  # JupyterLab's frame would neither leave nor open it
        inside.get_by_role("link", name=BACK).click()
    course.value.wait_for_url(classroom.page)
    assert page.request.get(f"{lab}api/kernelspecs").json()["kernelspecs"] == {}
    files = page.request.get(f"{lab}api/contents/..%2F..%2F").status
    assert files >= 400
    terminals = page.request.get(f"{lab}api/terminals").status
    assert terminals == 404
    a_check_that_fails_says_why(page, classroom, formgrader)


def a_check_that_fails_says_why(page: Page, room: Classroom, formgrader: str) -> None:
    """nbgrader's own words are folded; the course writes the file anew."""
    page.goto(f"{formgrader}/manage_submissions/employee")
    (room.data / "nbgrader" / room.cohort / "submitted/anna" / f"{NOTEBOOK}.ipynb").write_bytes(b"{")
    page.get_by_role("link", name=re.compile("Tjek formen: .*Anna")).press("Enter")
    told = page.get_by_role("dialog", name="Fejl")
    expect(told).to_contain_text("Notesbogen er beskadiget", timeout=120_000)  # nbgrader takes its time
    expect(told).to_contain_text("Kurset skriver filen forfra")
    log = told.locator("details pre[lang=en]")
    expect(log).to_be_hidden()
    # once it is open, it takes the focus, and with it a key that is pressed just then
    page.wait_for_function("() => document.activeElement.closest('[role=dialog]')")
    told.get_by_text("Det skrev nbgrader (på engelsk)").press("Enter")
    expect(log).to_be_visible()
