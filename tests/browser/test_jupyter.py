"""The same exercises in a real JupyterLab 4.6 and a real Notebook 7: run, and played to the end.

In both the kernel answers, without the course. In Notebook 7 our server
extension sends a reflection, too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import patient
from browser.chromium import STILL
from browser.playing import fields
from browser.stock_jupyter import NOTEBOOK, Jupyter, started
from browser.widgets.hands import watched
from kommune3.lab.settings import API
from serving import Running, running

pytestmark = [pytest.mark.lab, pytest.mark.timeout(600)]

SCENARIO = 'from kommune3.notebook import quiz, scenario\nscenario("foraeldreraad")'
QUIZ = 'from kommune3.notebook import quiz\nquiz("employee-02-quiz")'
REFLECTION = 'from kommune3.notebook import reflection\nreflection("employee-02-refleksion")'
MAP = 'from kommune3.notebook import citizen_map\ncitizen_map("medborgerkort")'
COMPARISON = 'from kommune3.notebook import comparison\ncomparison("kilderne")'
ASSESSMENT = 'from kommune3.notebook import assessment\nassessment("fem-forventninger")'
LANGUAGE = 'from kommune3.notebook import language\nlanguage("sprogtjek")'
PLAN = 'from kommune3.notebook import plan\nplan("teamplan")'
SENT = f"""import os
from kommune3.notebook import reflection
os.environ["KOMMUNE3_API"] = "/{API}"
sent = reflection("employee-02-refleksion")
del os.environ["KOMMUNE3_API"]
sent"""
"""As where Jupyter is started with KOMMUNE3_API set: the service stores what is written."""
CELLS = (SCENARIO, QUIZ, REFLECTION, MAP, COMPARISON, ASSESSMENT, LANGUAGE, PLAN)
KINDS = ("scenario", "quiz", "reflection", "map", "comparison", "assessment", "language", "plan")
WORDS = (
    "Jeg spurgte en borger, hvad hun selv ville, og det tog ti minutter, som jeg ellers ikke havde. "
    "Næste gang ringer jeg om morgenen, når der er ro, og hører, om naboen vil være med til det."
)
PLACES = {"lab": "lab/tree", "notebook": "notebooks"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Running]:
    """The course, for what is sent to it."""
    home = tmp_path_factory.mktemp("course")
    shutil.copytree(warm, home / "data")
    with running(home) as service:
        yield service


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory, course: Running) -> Iterator[Jupyter]:
    """The server, started once."""
    home = tmp_path_factory.mktemp("jupyter")
    with started(home, KOMMUNE3_SERVICE=course.address) as address:
        yield Jupyter(home, address)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab that fails its test when a request leaves the machine; Jupyter has script errors of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="da-DK")
    context.add_init_script(STILL)
    context.set_default_timeout(120_000)  # a cold start on a busy machine
    page = context.new_page()
    wrong = watched(page, errors=False)
    yield page
    context.close()
    assert not wrong


def wait_for_kernel(page: Page, sessions: str) -> None:
    """Return once the notebook's kernel waits for work; a cell that is run before may be forgotten."""
    for _ in range(720):
        mine = [each for each in page.request.get(sessions).json() if each["path"] == NOTEBOOK]
        if mine and mine[0]["kernel"]["connections"] and mine[0]["kernel"]["execution_state"] == "idle":
            return
        page.wait_for_timeout(250)
    raise AssertionError("the kernel never became ready")


def run_all(page: Page) -> None:
    """Run all cells as a learner is told to, and wait for their widgets."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    for kind in KINDS:
        page.locator(f".k3-{kind}").first.wait_for(state="attached")  # outside the window it is not drawn


def play(page: Page) -> int:
    """Take the first choice at every node; returns how many were taken."""
    scenario, made = page.locator(".k3-scenario"), 0
    while not scenario.locator(".k3-voices").count():
        scenario.locator(".k3-choice").first.click()
        if scenario.locator(".k3-option").count():
            scenario.locator(".k3-option").first.click()
            scenario.get_by_role("button", name="Se, hvad der sker").click()
        scenario.locator(".k3-scene .k3-primary").press("Enter")  # which the notebook would like for itself
        made += 1
    return made


@pytest.mark.parametrize("place", PLACES)
def test_every_exercise_works_in_jupyter(page: Page, jupyter: Jupyter, course: Running, place: str) -> None:
    stored = place == "notebook"
    jupyter.lay(*(SENT if stored and cell == REFLECTION else cell for cell in CELLS))
    page.goto(jupyter.address.format(f"{PLACES[place]}/{NOTEBOOK}"))
    wait_for_kernel(page, jupyter.address.format("api/sessions"))
    run_all(page)
    expect(page.locator(".k3-scenario .k3-choice").first).to_be_visible(timeout=120_000)
    expect(page.locator(".jp-Notebook")).to_have_attribute("lang", "da")  # its own texts are Danish too
    assert 6 <= play(page) <= 8
    expect(page.locator(".k3-scenario .k3-voice")).to_have_count(3)
    expect(page.locator(".k3-scenario .k3-status-text")).to_have_text("Gemt, men kun i denne browser")
    quiz = page.locator(".k3-quiz")
    quiz.locator(".k3-option").first.wait_for()
    quiz.locator(".k3-option").first.click()
    quiz.get_by_role("button", name="Svar", exact=True).click()
    expect(quiz.locator(".k3-verdict")).to_have_text(re.compile("Rigtigt|Ikke helt"))
    if stored:
        send(page, course)
    else:
        reflect(page)
    put_on_the_map(page)
    think(page)
    check_a_letter(page)
    write_a_plan(page)


def put_on_the_map(page: Page) -> None:
    """The kernel shows the authors' own map beside hers when eight are placed."""
    placed = page.locator(".k3-map")
    meaning = placed.locator("dd").first.evaluate("(each) => getComputedStyle(each).float")
    assert meaning == "none", "JupyterLab sets a list of meanings in two narrow columns"
    for left in range(14, 6, -1):
        placed.locator(".k3-put").first.press("Enter")  # which the notebook would like for itself
        expect(placed.locator(".k3-asked-about")).to_contain_text(f"{left} mangler en plads")
    placed.get_by_role("button", name="Se vores bud").click()
    expect(placed.locator(".k3-outcome h4")).to_be_focused()
    expect(placed.locator(".k3-map-drawing")).to_have_count(2)
    expect(placed.locator(".k3-bid")).to_have_count(8)
    expect(placed.locator(".k3-ours").first).to_have_text(re.compile("Vores bud|samme sted"))


def think(page: Page) -> None:
    """A stand and a rating stay in the browser, whoever judges the steps."""
    compared, own = page.locator(".k3-comparison"), page.locator(".k3-assessment")
    compared.locator("input").first.check()
    compared.get_by_role("button", name="Gå videre til kilderne").click()
    expect(compared.locator(".k3-position").first).to_be_visible()
    expect(compared.locator(".k3-status-text")).to_have_text("Gemt, men kun i denne browser")
    own.locator(".k3-card").first.scroll_into_view_if_needed()
    for card in own.locator(".k3-card").all():
        card.locator("input").last.check()
    own.get_by_role("button", name="Se din profil").press("Enter")
    expect(own.locator(".k3-own-profile h4")).to_be_focused()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.endsWith(':own')).length") == 2


def check_a_letter(page: Page) -> None:
    """The kernel looks at a letter as the service does."""
    language = page.locator(".k3-language")
    language.locator("textarea").fill("Kære kunde, skriv til Borgerservice.")
    language.get_by_role("button", name="Tjek brevet").click()
    expect(language.locator("mark")).to_have_text(["kunde"])
    assert "Borgerservice" not in page.evaluate("JSON.stringify(localStorage)")


def write_a_plan(page: Page) -> None:
    """A plan stays in the browser; it is printed, and taken along as text and as a reminder."""
    plan = page.locator(".k3-plan")
    expect(plan.locator(".k3-readers")).to_contain_text("kun i denne browser")
    check = plan.get_by_role("button", name="Se, om der mangler noget")
    check.click()
    expect(plan.locator(".k3-refusal")).to_contain_text("Der mangler noget")
    for area in plan.locator(".k3-prompt textarea").all():
        area.fill("Bænken males")
    check.click()
    expect(plan.locator(".k3-told").first).to_have_text("Alle spørgsmål er besvaret.")
    expect(plan.locator(".k3-status-text")).to_have_text("Gemt, men kun i denne browser")
    for name, ending in (("Hent som tekst", ".txt"), ("Hent en påmindelse til min kalender", ".ics")):
        with page.expect_download() as download:
            plan.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"teamplan{ending}"
    page.evaluate("window.print = () => undefined")
    plan.get_by_role("button", name="Udskriv").click()
    page.emulate_media(media="print")
    expect(page.locator(".k3-sheet h1")).to_be_visible()
    expect(plan).not_to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".k3-sheet")).to_have_count(0)


def reflect(page: Page) -> None:
    """Without the course's service the kernel checks the form, and the text stays in the browser."""
    reflection = page.locator(".k3-reflection")
    expect(reflection.locator(".k3-readers")).to_contain_text("ligger kun i denne browser")
    check = reflection.get_by_role("button", name="Tjek teksten")
    check.click()
    expect(reflection.locator(".k3-refusal")).to_contain_text("Teksten kan ikke sendes endnu")
    for at, area in enumerate(reflection.locator("textarea").all()):
        area.fill("Det ved jeg ikke endnu." if at else WORDS)
    reflection.locator("textarea").first.press("End")
    reflection.locator("textarea").first.press("Enter")  # which JupyterLab would like for itself
    assert reflection.locator("textarea").first.input_value() == f"{WORDS}\n"
    check.click()
    expect(reflection.locator(".k3-told")).to_contain_text("Du har svaret på det hele")
    expect(reflection.locator(".k3-status-text")).to_have_text("Gemt, men kun i denne browser")
    assert "spurgte en borger" in page.evaluate("JSON.stringify(localStorage)")
    reflection.locator("textarea").first.fill("Hun har 010190-1234")
    expect(reflection.locator(".k3-status-text")).to_contain_text("Ikke gemt")
    assert "010190" not in page.evaluate("JSON.stringify(localStorage)")


def send(page: Page, course: Running) -> None:
    """With our server extension a reflection reaches the register, its draft before."""
    address = f"{course.address}api/v1/reflections/employee-02-refleksion"
    reflection = page.locator(".k3-reflection")
    for at, area in enumerate(fields(reflection)):
        area.fill("Det ved jeg ikke endnu." if at else WORDS)
    expect(reflection.locator(".k3-status")).to_have_attribute("data-state", "saved")
    assert patient.get(address).json()["answers"][0] == WORDS
    reflection.get_by_role("button", name="Send refleksionen").press("Enter")
    reflection.locator(".k3-reading").wait_for()
    state = patient.get(address).raise_for_status().json()
    assert (state["status"], state["sent"][0]) == ("sent", WORDS)
