"""A learner in their own JupyterLab: live without running a cell, and the same progress as on the pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import patient
from browser import axe, playing
from browser.chromium import INSPECT, STILL
from browser.lab.both import EXERCISE, EXERCISED, FEW, WAYS, WORDS, Both, answers, mailed, marked, started
from browser.looking import WIDE
from browser.widgets.hands import watched
from kommune3.content import Course
from serving import attempt

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

MODULE = "modules/employee/02_fra_foraeldreraad_til_stoettegruppe.ipynb"
SORTING = "modules/common/01_hvad_er_kommunen_3.ipynb"


OPEN = "path => { jupyterapp.commands.execute('docmanager:open', { path }); }"
SHOWS = "path => globalThis.jupyterapp?.shell.currentWidget?.context?.path === path"
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
"""One notebook at a time: the others that were opened are still there, out of sight."""
COUNTS = """[...jupyterapp.shell.currentWidget.content.widgets]
    .filter(cell => cell.model.type === "code").map(cell => cell.model.executionCount)"""
"""How often each code cell was run, as JupyterLab counts."""
TWICE = """async () => {
    const { context } = jupyterapp.shell.currentWidget;
    const { contents } = jupyterapp.serviceManager;
    const learners = new Promise((save) => {
        const written = () => {
            contents.fileChanged.disconnect(written);
            save(jupyterapp.commands.execute("docmanager:save"));
        };
        contents.fileChanged.connect(written);
    });
    let saved = false;
    const both = Promise.all([context.save(), learners]).then(() => { saved = true; });
    const asked = () => document.querySelector(".jp-Dialog")?.textContent ?? "";
    while (!saved && !asked()) await Promise.race([both, new Promise((done) => setTimeout(done, 100))]);
    return asked();
}"""
"""A learner saves just when JupyterLab has written the notebook by itself, and not heard of it."""
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


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Both]:
    """Both of them, started once."""
    place = tmp_path_factory.mktemp("both")
    shutil.copytree(warm, place / "data")
    with started(place) as both:
        yield both


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[Callable[[], Page]]:
    """New tabs of a learner's browser, which remembers what it was signed in to.

    They fail the last test when a request has left the machine; Jupyter has script errors of its own.
    """
    context = browser.new_context(viewport=WIDE, locale="da-DK")
    context.add_init_script(INSPECT)
    context.add_init_script(STILL)
    context.set_default_timeout(120_000)  # a cold start on a busy machine
    wrong: list[list[str]] = []

    def new() -> Page:
        tab = context.new_page()
        wrong.append(watched(tab, errors=False))
        return tab

    yield new
    context.close()
    assert not any(wrong)


@pytest.fixture
def page(tabs: Callable[[], Page]) -> Iterator[Page]:
    """A tab for the course's pages."""
    tab = tabs()
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def lab(tabs: Callable[[], Page]) -> Page:
    """The tab with JupyterLab, where one notebook is opened after the other: it takes long to load."""
    return tabs()


def opened(lab: Page, both: Both, source: str = "") -> Locator:
    """Show the learner's copy of a notebook; returns it."""
    lab.set_viewport_size(WIDE)
    if lab.url == "about:blank":
        lab.goto(both.notebook(source))
    else:
        lab.evaluate(OPEN, both.path(source))
    lab.wait_for_function(SHOWS, arg=both.path(source))
    return lab.locator(SHOWN)


def test_begun_on_a_page_gone_on_in_jupyterlab_and_finished_on_the_page(
    both: Both, page: Page, lab: Page, shipped: Course
) -> None:
    steps = len(playing.a_way(playing.scenario(shipped))) - 1
    nothing = attempt(shipped, "foraeldreraad", [])  # also where the first try of this test went further
    patient.post(both.page("api/v1/attempts"), json=nothing).raise_for_status()
    page.goto(both.page("modules/employee-02"))
    playing.make_choices(page, 2)
    playing.stored(page)
    lab.goto(both.notebook(MODULE))
    scenario = lab.locator(".k3-scenario")
    scenario.locator(".k3-notice", has_text="Du fortsætter, hvor du slap.").wait_for()
    no_cell_was_run(lab)
    for _ in range(2):
        go_on_in_jupyterlab(scenario)
    scenario.locator(playing.STORED).wait_for()
    stored = both.api("attempts/foraeldreraad")["attempt"]
    assert len(stored["choices"]) == 4
    page.goto(both.page("modules/employee-02"))
    resumed = page.locator(f"{playing.SCENARIO} .k3-notice", has_text="Du fortsætter, hvor du slap.")
    resumed.wait_for()
    playing.make_choices(page, steps - 4)
    expect(page.locator(f"{playing.SCENARIO} .k3-voice")).to_have_count(3)
    playing.stored(page)
    module = next(one for one in both.api("me")["modules"] if one["module"] == "employee-02")
    assert "foraeldreraad" in module["passed"]


def no_cell_was_run(lab: Page) -> None:
    """Every code cell still waits to be run."""
    counts = lab.evaluate(COUNTS)
    assert counts
    assert set(counts) == {None}


def go_on_in_jupyterlab(scenario: Locator) -> None:
    """One choice, its prediction included."""
    scenario.locator(".k3-choice").first.click()
    if scenario.locator(".k3-option").count():
        scenario.locator(".k3-option").first.click()
        scenario.get_by_role("button", name="Se, hvad der sker").click()
    scenario.locator(".k3-scene .k3-primary").press("Enter")  # which the notebook would like for itself


def test_a_learner_sees_danish_names_few_menus_and_no_code(both: Both, lab: Page) -> None:
    opened(lab, both)
    names = lab.locator(".jp-DirListing-item .jp-DirListing-itemName")
    if not names.first.is_visible():  # closed at first, so that there is room to read
        lab.locator(".jp-SideBar [data-id=filebrowser]").click()
    names.filter(has_text="Moduler").wait_for()
    names.filter(has_text="Øvelser").wait_for()
    lab.get_by_role("link", name="1 Fra forældreråd til støttegruppe").click()
    lab.wait_for_function(SHOWS, arg=both.path(MODULE))
    lab.locator(f"{SHOWN} .k3-scenario").locator(".k3-choice, .k3-voice").first.wait_for()
    names.filter(has_text="1 Fra forældreråd").wait_for()
    assert lab.locator(".jp-CodeCell .cm-content:visible").count() == 0
    assert lab.get_by_text("from kommune3").locator("visible=true").count() == 0
    assert lab.locator("#jp-MainMenu .lm-MenuBar-itemLabel").all_inner_texts() == ["Fil", "Redigér"]
    expect(lab.locator("html")).to_have_attribute("lang", "da")
    lab.get_by_role("button", name="Gem (Ctrl+S)").wait_for()
    assert lab.locator("#jp-main-statusbar:visible").count() == 0
    for gone in ("Terminal", "Console", "Extension"):
        assert lab.get_by_text(gone).locator("visible=true").count() == 0
    expect(lab.get_by_role("link", name="Åbn det her som side i kurset").first).to_have_attribute(
        "href", both.page("modules/employee-02")
    )
    assert axe.violations(lab) == []
    expect(lab.locator("#jp-skiplink a")).to_have_text("Gå til indholdet")
    assert lab.get_by_label("Cell Content").count() == 0, "JupyterLab asks for its words without a language"
    lab.set_viewport_size({"width": 320, "height": 900})
    names.first.wait_for(state="hidden")  # the text has the width
    lab.set_viewport_size(WIDE)


def test_a_reflection_is_written_in_jupyterlab_and_read_on_the_page(
    both: Both, page: Page, lab: Page
) -> None:
    reflection = opened(lab, both, MODULE).locator(".k3-reflection")
    boxes = reflection.locator("textarea")
    boxes.first.wait_for()
    for at in range(boxes.count()):
        boxes.nth(at).fill(FEW if at else WORDS)
    reflection.locator(playing.STORED).wait_for()
    reflection.get_by_role("button", name="Send refleksionen").click()
    reflection.locator(".k3-reading").wait_for()
    assert both.api("reflections/employee-02-refleksion")["status"] == "sent"
    page.goto(both.page("modules/employee-02"))
    page.locator("#employee-02-refleksion").locator(".k3-reading").wait_for()


def test_a_page_a_notebook_in_jupyterlab_and_a_mailed_zip_reach_the_same_trainer(
    both: Both, page: Page, lab: Page, shipped: Course, tmp_path: Path
) -> None:
    filled_in_by_hand(both, lab)
    page.goto(both.page("modules/employee-04"))
    page.locator("#employee-04-refleksion textarea").first.wait_for()
    playing.reflect(page, "#employee-04-refleksion")
    mailed(both, shipped, tmp_path)
    for (person, activity), way in WAYS.items():
        assert way in reading(both, person, activity)
    marked(both, shipped)
    page.goto(both.page(f"trainer/cohorts/{both.cohort}"))
    page.locator(".k3-return button").click()
    page.get_by_text("3 svar er sendt.").wait_for()
    assert "Godt set: med mail." in reading(both, "anna", EXERCISED)
    for module, way in (("employee-01", "fra JupyterLab"), ("employee-04", "på siden")):
        page.goto(both.page(f"modules/{module}"))
        page.get_by_text(f"Godt set: {way}.").wait_for()


def reading(both: Both, person: str, activity: str) -> str:
    """The trainer's page with somebody's reflection."""
    place = both.page(f"trainer/cohorts/{both.cohort}/people/{person}/{activity}")
    return patient.get(place).raise_for_status().text


def filled_in_by_hand(both: Both, lab: Page) -> None:
    """Without the widget: in the notebook's own cell, and sent by its button."""
    exercise = opened(lab, both, EXERCISE)
    button = exercise.locator(".k3-hand-in").get_by_role("button", name="Send notesbogen")
    button.wait_for()
    cell = exercise.locator(".jp-MarkdownCell").filter(has_text="Skriv dit svar her.").first
    cell.dblclick()
    cell.locator(".cm-content").click()
    lab.keyboard.press("Control+a")
    lab.keyboard.insert_text(answers(both))
    lab.keyboard.press("Shift+Enter")
    button.click()
    exercise.locator(".k3-hand-in .k3-handed h4", has_text="Notesbogen er sendt").wait_for()
    state = both.api(f"reflections/{EXERCISED}")
    assert state["status"] == "sent"
    assert state["answers"][0] == WORDS


def test_the_whole_notebook_run_and_saved_is_live_the_next_time_too(both: Both, lab: Page) -> None:
    sorter = opened(lab, both, SORTING).locator(".k3-sorter .k3-card").first
    sorter.wait_for()
    lab.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    lab.wait_for_function(f"{COUNTS}.every(count => count !== null)")
    sorter.wait_for()
    assert lab.evaluate(TWICE) == "", "nobody is asked which of the two to keep"
    sessions = patient.get(f"{both.lab}api/sessions?token={both.token}").json()
    for one in sessions:
        patient.delete(f"{both.lab}api/sessions/{one['id']}?token={both.token}")
    lab.reload()
    sorter.wait_for()
    lab.evaluate(GIVE_UP)
    sorter.wait_for()
    expect(lab).to_have_url(both.notebook(SORTING).partition("?")[0])  # the notebook, not its folder
    assert lab.evaluate(COUNTS).count(None) == 3, "the table, the sorter and the quiz stand as they were made"
