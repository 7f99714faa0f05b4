"""A trainer marks in nbgrader's formgrader, opened from the course's pages, and the learner sees it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

import patient
from browser.looking import picture
from browser.widgets.hands import overflow, violations, watched
from kommune3.content import Course, load_course
from kommune3.engine.judge import version
from kommune3.register import Person, cohorts, open_register, people
from serving import Running, environment, running

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]

REFLECTION, MODULE = "employee-02-refleksion", "employee-02"
OVERLAY = f'[[modules]]\nid = "{MODULE}"\napproval = true\nrequired = ["{REFLECTION}"]\n'
EVIL = (
    "<script>window.evil = 1</script><img src=x onerror='window.evil = 2'> [x](javascript:window.evil=3) $x$"
)
WORDS = (
    "En far ringede og ville selv køre sin datter til lægen, og jeg lod ham gøre det, selv om det tog "
    "længere tid at forklare end at gøre. Næste gang spørger jeg først, hvis telefonen ikke kimer."
)
NOTEBOOK = "employee/02_raad_eller_gruppe"
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
FORMULAS = r"""

Af $a_1$ forældre kom `$ingen$`:

$$\frac{a^2}{b} \href{javascript:window.evil=4}{c}$$
"""


class Classroom:
    """A running course with a cohort whose trainer sits at the machine and is a member too."""

    def __init__(self, course: Running, cohort: str, content: Course) -> None:
        self.course, self.cohort, self.content = course, cohort, content

    @property
    def page(self) -> str:
        """The cohort's page."""
        return f"{self.course.address}trainer/cohorts/{self.cohort}"

    def api(self, path: str) -> Any:
        """What the course says."""
        return patient.get(f"{self.course.address}api/v1/{path}").raise_for_status().json()


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory, shipped: Course, warm: Path) -> Iterator[Classroom]:
    """Two reflections have come in: one from a page, one in a zip by mail; both try to run a script."""
    home = tmp_path_factory.mktemp("classroom")
    (home / "own").mkdir()
    (home / "own" / "course.toml").write_text(OVERLAY, encoding="utf-8")
    for file in (shipped.exercise(REFLECTION), shipped.solution(REFLECTION)):
        with_formulas(file, home / "own" / file.relative_to(file.parents[2]))
    own = load_course(overlay=home / "own")
    shutil.copytree(warm / "cache", home / "data" / "cache")
    cohort = made_cohort(home / "data")
    with running(home, "--course", str(home / "own"), grading=True) as course:
        room = Classroom(course, cohort, own)
        sent_from_a_page(room)
        sent_by_mail(home, own, cohort)
        yield room
        assert course.stop() == 0


def with_formulas(notebook: Path, copy: Path) -> None:
    """The municipality's own copy of an exercise, whose question holds formulas."""
    made = json.loads(notebook.read_text(encoding="utf-8"))
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in made["cells"]]
    question = made["cells"][ids.index(f"{REFLECTION}-question")]
    question["source"] = "".join(question["source"]) + FORMULAS
    copy.parent.mkdir(parents=True)
    copy.write_text(json.dumps(made), encoding="utf-8")


def made_cohort(data: Path) -> str:
    register = open_register(data)
    people.ensure_local(register)
    with register.write() as session:
        people.add(session, [Person("anna", "Anna <b>Ankjær</b>", role="employee")], "roster")
    made = cohorts.make(register, "Hold A", ["local", "anna"], ["local"], "local", made_from="list")
    register.close()
    return made.id


def sent_from_a_page(room: Classroom, last: str = "at vi er for få") -> None:
    me = patient.put(f"{room.course.address}api/v1/me/role", json={"role": "employee"})
    assert me.is_success, "one without a role keeps reflections to oneself"
    reflection = room.content.activities[REFLECTION]
    body = {
        "version": version(reflection),
        "key": str(uuid.uuid4()),
        "answers": [WORDS, EVIL, "i morgen tidlig", last],
    }
    address = f"{room.course.address}api/v1/reflections/{REFLECTION}/submissions"
    assert patient.post(address, json=body).status_code == 201


def sent_by_mail(home: Path, course: Course, cohort: str) -> None:
    notebook = json.loads(course.exercise(REFLECTION).read_text(encoding="utf-8"))
    answer = next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == REFLECTION
    )
    source = "".join(answer["source"])
    for text in (f"{WORDS} mail", EVIL, "på fredag", "travlhed"):
        source = source.replace("Skriv dit svar her.", text, 1)
    answer["source"] = source
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "x1",
            "metadata": {},
            "source": "open('canary', 'w')",
            "outputs": [],
            "execution_count": None,
        }
    )
    (home / "mail").mkdir()
    with zipfile.ZipFile(home / "mail" / "anna.zip", "w") as packed:
        packed.writestr(course.exercise(REFLECTION).name, json.dumps(notebook))
    command = [sys.executable, "-m", "kommune3", "collect", "--cohort", cohort, str(home / "mail")]
    env = environment(home, KOMMUNE3_DATA=str(home / "data"), KOMMUNE3_COURSE=str(home / "own"))
    ran = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", cwd=home)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not (home / "canary").exists()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab that fails its test when a request leaves the machine, or a script fails or is refused."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.set_default_timeout(60_000)
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
    """Reload until the page shows it: the worker looks every few seconds."""
    for _ in range(90):
        page.wait_for_timeout(1000)
        if shown():
            return
        page.reload()
    raise AssertionError(f"never shown: {page.inner_text('body')}")


def test_marks_and_comments_flow_back_and_complete_the_module(page: Page, classroom: Classroom) -> None:
    formgrader = into_formgrader(page, classroom)
    notebooks = page.locator("#main-table a", has_text="employee")
    notebooks.click()
    page.locator("#main-table a", has_text="02_").click()
    until(page, lambda: page.locator("#main-table tr").count() == 2)
    a_name_is_shown_by_keyboard(page)
    found = page.request.get(f"{formgrader}/api/submitted_notebooks/{NOTEBOOK}").json()
    every_page_is_for_everybody(page, formgrader, found[0]["id"])
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
        with page.expect_response(saved("grade")):
            page.keyboard.type("5")
            to_by_tab(page, comment)
        with page.expect_response(saved("comment")):
            page.keyboard.type("Godt set: du lod ham gøre det.")
            page.keyboard.press("Escape")
        expect(page.get_by_role("status").filter(has_text="Gemt")).to_have_count(1)
    assert sorted(one["student"] for one in found) == ["anna", "local"]

    page.goto(classroom.page)
    ready = page.get_by_role("button", name="Send feedback").or_(page.locator(".k3-return button"))
    until(page, lambda: ready.count() and "2" in page.locator("#return").inner_text())
    ready.click()
    state = classroom.api(f"reflections/{REFLECTION}")
    assert state["status"] == "done"
    assert state["feedback"]["comment"] == "Godt set: du lod ham gøre det."
    done = {one["id"]: one["done"] for one in classroom.api("completions")["lines"]}
    assert (done["anna"], done["local"]) == (1, 1), "HR's list has both"
    page.goto(f"{classroom.course.address}modules/{MODULE}")
    expect(page.get_by_text("Modulet er gennemført.").first).to_be_visible()
    expect(page.get_by_text("Godt set: du lod ham gøre det.")).to_be_visible()


def saved(kind: str) -> Callable[[Response], bool]:
    """Whether an answer is that to a grade or a comment being saved."""
    return lambda answer: f"/api/{kind}/" in answer.url and answer.request.method == "PUT"


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


def every_page_is_for_everybody(page: Page, formgrader: str, submission: str) -> None:
    """No page breaks WCAG 2.2 AA, is wider than a phone or speaks English."""
    page.set_viewport_size({"width": 320, "height": 640})
    for path in (*LISTS, f"submissions/{submission}/"):
        page.goto(f"{formgrader}/{path}")
        drawn = "models.loaded" if path in LISTS else "formgrader.comments?.loaded"
        page.wait_for_function(f"() => {drawn} === true")
        assert violations(page) == [], path
        assert overflow(page) <= 0, path
        assert ENGLISH.findall(page.evaluate(HEARD)) == [], path
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
    before = page.request.get(grades).text()
    sent_from_a_page(room, last="at bilen skal på værksted")
    for _ in range(90):
        page.wait_for_timeout(1000)
        if page.request.get(grades).text() != before:
            break
    expect(told).to_have_count(0)
    score.fill("3")
    score.blur()
    expect(told).to_contain_text("er ikke gemt")
    expect(told).to_contain_text("sendt igen")
    picture(page, "formgrader-not-saved")
    told.get_by_role("button", name="Genindlæs siden").click()
    expect(page.locator(".nbgrader_cell").first).to_contain_text("at bilen skal på værksted")
    expect(told).to_have_count(0)
    missing = page.request.get(f"{formgrader}/submissions/{'0' * 32}/")
    assert missing.status == 404
    assert "findes ikke længere" in missing.text()


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
    expect(frame.get_by_role("heading", name="Vurdering")).to_be_visible(timeout=60_000)
    expect(page.locator(".jp-DirListing-item")).to_have_count(1)
    assert page.request.get(f"{lab}api/kernelspecs").json()["kernelspecs"] == {}
    files = page.request.get(f"{lab}api/contents/..%2F..%2F").status
    assert files >= 400
    terminals = page.request.get(f"{lab}api/terminals").status
    assert terminals == 404
