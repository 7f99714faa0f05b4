"""A learner in their own JupyterLab: live without running a cell, and the same progress as on the pages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import patient
from browser import axe, playing
from browser.chromium import INSPECT
from browser.widgets.hands import watched
from kommune3.content import Course
from kommune3.lab import server, workspace
from serving import Running, environment, find_address, running

pytestmark = [pytest.mark.lab, pytest.mark.timeout(300)]

MODULE = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
SORTING = "modules/common/01_hvad_er_kommunen_3.ipynb"
EXERCISE = "exercises/employee/01_hvem_ejer_sagen.ipynb"
WORDS = (
    "En far ringede og ville selv køre sin datter til lægen, og jeg lod ham gøre det, selv om det tog "
    "længere tid at forklare end at gøre. Næste gang spørger jeg først, hvis telefonen ikke kimer."
)
FEW = "Det ved jeg ikke endnu."


COUNTS = """[...jupyterapp.shell.currentWidget.content.widgets]
    .filter(cell => cell.model.type === "code").map(cell => cell.model.executionCount)"""
"""How often each code cell was run, as JupyterLab counts."""
GIVE_UP = """async () => {
    const areas = jupyterapp.shell.currentWidget.content.widgets.flatMap(cell => cell.outputArea ?? []);
    const shown = areas.flatMap(area => area.widgets.map((one, at) => (
        { output: area.model.get(at), part: [one, ...one.widgets ?? []].find(part => part.renderModel) })));
    const { part, output } = shown.find(({ part }) => part?.node.querySelector(".k3-sorter"));
    (await part._manager.promise)._models = {};
    part.widgets.forEach(widget => { widget.parent = null; });
    await part.renderModel(output);
    return part.node.textContent;
}"""
"""Let the widgets extension believe that the notebook is restored, while the widgets are not there yet."""


@dataclass(frozen=True)
class Both:
    """The course as pages and in JupyterLab, on the same data."""

    course: Running
    lab: str
    """JupyterLab's address, ending in a slash."""
    token: str
    data: Path

    def page(self, path: str) -> str:
        """A page of the course."""
        return f"{self.course.address}{path}"

    def notebook(self, source: str = "") -> str:
        """The learner's copy of a notebook, in JupyterLab."""
        return server.link(self.lab, self.token, self.path(source))

    def path(self, source: str) -> str:
        """Where the learner has it."""
        return workspace.path_of(self.data, "local", source) or "missing"

    def api(self, path: str) -> Any:
        """What the course says."""
        return patient.get(f"{self.course.address}api/v1/{path}").raise_for_status().json()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Both]:
    """``kommune3 start`` and ``kommune3 lab``, as a learner starts them."""
    place = tmp_path_factory.mktemp("both")
    shutil.copytree(warm, place / "data")
    with running(place) as course:
        command = [sys.executable, "-m", "kommune3", "lab", "--no-browser", "--port", "0"]
        data = place / "data"
        with (
            (place / "lab.txt").open("w", encoding="utf-8") as errors,
            subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=environment(place, KOMMUNE3_DATA=str(data)),
            ) as process,
        ):
            try:
                find_address(process, place)
                told = json.loads((data / "run" / "lab.json").read_text(encoding="utf-8"))
                yield Both(course, told["address"], told["token"], data)
            finally:
                process.terminate()
                assert process.wait(60) == 0
        assert not (data / "run" / "lab.json").exists()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A learner's browser, which remembers what it was signed in to, and JupyterLab's scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.add_init_script(INSPECT)
    context.set_default_timeout(120_000)  # a cold start on a busy machine
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab that fails its test when a request leaves the machine; Jupyter has script errors of its own."""
    tab = context.new_page()
    wrong = watched(tab, errors=False)
    yield tab
    tab.close()
    assert not wrong


def test_begun_on_a_page_gone_on_in_jupyterlab_and_finished_on_the_page(
    both: Both, tab: Page, shipped: Course
) -> None:
    steps = len(playing.a_way(playing.scenario(shipped))) - 1
    tab.goto(both.page("modules/employee-02"))
    playing.make_choices(tab, 2)
    playing.stored(tab)
    tab.goto(both.notebook(MODULE))
    scenario = tab.locator(".k3-scenario")
    scenario.locator(".k3-notice", has_text="Du fortsætter, hvor du slap.").wait_for()
    no_cell_was_run(tab)
    for _ in range(2):
        go_on_in_jupyterlab(tab)
    scenario.locator(playing.STORED).wait_for()
    stored = both.api("attempts/foraeldreraad")["attempt"]
    assert len(stored["choices"]) == 4
    tab.goto(both.page("modules/employee-02"))
    resumed = tab.locator(f"{playing.SCENARIO} .k3-notice", has_text="Du fortsætter, hvor du slap.")
    resumed.wait_for()
    playing.make_choices(tab, steps - 4)
    expect(tab.locator(f"{playing.SCENARIO} .k3-voice")).to_have_count(3)
    playing.stored(tab)
    module = next(one for one in both.api("me")["modules"] if one["module"] == "employee-02")
    assert "foraeldreraad" in module["passed"]


def no_cell_was_run(tab: Page) -> None:
    """Every code cell still waits to be run."""
    counts = tab.evaluate(COUNTS)
    assert counts
    assert set(counts) == {None}


def go_on_in_jupyterlab(tab: Page) -> None:
    """One choice, its prediction included."""
    scenario = tab.locator(".k3-scenario")
    scenario.locator(".k3-choice").first.click()
    if scenario.locator(".k3-option").count():
        scenario.locator(".k3-option").first.click()
        scenario.get_by_role("button", name="Se, hvad der sker").click()
    scenario.locator(".k3-scene .k3-primary").press("Enter")  # which the notebook would like for itself


def test_a_learner_sees_danish_names_few_menus_and_no_code(both: Both, tab: Page) -> None:
    tab.goto(both.notebook())
    tab.locator(".jp-SideBar [data-id=filebrowser]").click()  # closed at first, so that there is room to read
    names = tab.locator(".jp-DirListing-item .jp-DirListing-itemName")
    names.filter(has_text="Moduler").wait_for()
    names.filter(has_text="Øvelser").wait_for()
    tab.get_by_role("link", name="1 Fra forældreråd til støttegruppe").click()
    tab.locator(".k3-scenario .k3-choice, .k3-scenario .k3-voice").first.wait_for()
    names.filter(has_text="1 Fra forældreråd").wait_for()
    assert tab.locator(".jp-CodeCell .cm-content:visible").count() == 0
    assert tab.get_by_text("from kommune3").locator("visible=true").count() == 0
    assert tab.locator("#jp-MainMenu .lm-MenuBar-itemLabel").all_inner_texts() == ["Fil", "Redigér"]
    expect(tab.locator("html")).to_have_attribute("lang", "da")
    tab.get_by_role("button", name="Gem (Ctrl+S)").wait_for()
    assert tab.locator("#jp-main-statusbar:visible").count() == 0
    for gone in ("Terminal", "Console", "Extension"):
        assert tab.get_by_text(gone).locator("visible=true").count() == 0
    expect(tab.get_by_role("link", name="Åbn det her som side i kurset").first).to_have_attribute(
        "href", both.page("modules/employee-02")
    )
    assert axe.violations(tab) == []
    expect(tab.locator("#jp-skiplink a")).to_have_text("Gå til indholdet")
    assert tab.get_by_label("Cell Content").count() == 0, "JupyterLab asks for its words without a language"
    tab.set_viewport_size({"width": 320, "height": 900})
    names.first.wait_for(state="hidden")  # the text has the width


def test_the_whole_notebook_run_and_saved_is_live_the_next_time_too(both: Both, tab: Page) -> None:
    tab.goto(both.notebook(SORTING))
    tab.locator(".k3-sorter .k3-card").first.wait_for()
    tab.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    tab.wait_for_function(f"{COUNTS}.every(count => count !== null)")
    tab.locator(".k3-sorter .k3-card").first.wait_for()
    tab.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    sessions = patient.get(f"{both.lab}api/sessions?token={both.token}").json()
    for one in sessions:
        patient.delete(f"{both.lab}api/sessions/{one['id']}?token={both.token}")
    tab.reload()
    tab.locator(".k3-sorter .k3-card").first.wait_for()
    tab.evaluate(GIVE_UP)
    tab.locator(".k3-sorter .k3-card").first.wait_for()
    assert tab.url == both.notebook(SORTING).partition("?")[0], "the notebook, not its folder"
    assert tab.evaluate(COUNTS).count(None) == 3, "the table, the sorter and the quiz stand as they were made"


def test_a_reflection_is_written_in_jupyterlab_and_read_on_the_page(both: Both, tab: Page) -> None:
    tab.goto(both.notebook(MODULE))
    reflection = tab.locator(".k3-reflection")
    boxes = reflection.locator("textarea")
    boxes.first.wait_for()
    for at in range(boxes.count()):
        boxes.nth(at).fill(FEW if at else WORDS)
    reflection.locator(playing.STORED).wait_for()
    reflection.get_by_role("button", name="Send refleksionen").click()
    reflection.locator(".k3-reading").wait_for()
    assert both.api("reflections/employee-02-refleksion")["status"] == "sent"
    tab.goto(both.page("modules/employee-02"))
    tab.locator("#employee-02-refleksion").locator(".k3-reading").wait_for()


def test_an_exercise_is_filled_in_by_hand_and_handed_in(both: Both, tab: Page) -> None:
    tab.goto(both.notebook(EXERCISE))
    button = tab.locator(".k3-hand-in").get_by_role("button", name="Send notesbogen")
    button.wait_for()
    cell = tab.locator(".jp-MarkdownCell").filter(has_text="Skriv dit svar her.").first
    cell.dblclick()
    editor = cell.locator(".cm-content")
    editor.click()
    tab.keyboard.press("Control+a")
    tab.keyboard.insert_text(answers(both))
    tab.keyboard.press("Shift+Enter")
    button.click()
    tab.locator(".k3-hand-in .k3-handed h4", has_text="Notesbogen er sendt").wait_for()
    state = both.api("reflections/employee-01-refleksion")
    assert state["status"] == "sent"
    assert state["answers"][0] == WORDS


def answers(both: Both) -> str:
    """The answer cell, each stub replaced."""
    notebook = json.loads((both.data / "lab" / "local" / both.path(EXERCISE)).read_text(encoding="utf-8"))
    (cell,) = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    stub = "Skriv dit svar her."
    return "".join(cell["source"]).replace(stub, WORDS, 1).replace(stub, FEW)
