"""Slides in a browser, opened from a folder: nothing is cut off, the room plays, the trainer has notes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader

from browser.axe import asked, violations
from browser.chromium import Visitors
from browser.looking import SHOTS
from kommune3 import i18n, slides
from kommune3.content import Course
from kommune3.engine.models import Scenario
from kommune3.engine.scenario import State, ended, next_state, open_choices, start

pytestmark = pytest.mark.browser

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
LEAST = 24
"""CSS pixels of the smallest letter at 1280 × 720."""

CUT_OFF = """(least) => {
  const root = document.documentElement;
  root.classList.add("k3-measuring");
  const found = [];
  const clipped = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
  for (const slide of document.querySelectorAll(".slides section[id]")) {
    const boxes = [slide.querySelector(".k3-slide"), slide.querySelector(".k3-body")];
    if (slide.querySelector(".k3-overfull") || boxes.some(clipped)) found.push(`${slide.id} is cut off`);
    const texts = document.createTreeWalker(boxes[0], NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (!text.data.trim() || text.parentElement.closest("title, desc")) continue;
      const scale = text.parentElement.getScreenCTM?.().a ?? 1;
      const size = parseFloat(getComputedStyle(text.parentElement).fontSize) * scale;
      if (size < least - 0.5) found.push(`${slide.id}: ${size.toFixed(1)} px: ${text.data.slice(0, 30)}`);
    }
  }
  root.classList.remove("k3-measuring");
  return found;
}"""
NOW_CUT_OFF = """() => [...Reveal.getCurrentSlide().querySelectorAll(".k3-body")]
  .filter((box) => box.scrollHeight > box.clientHeight + 1).map(() => Reveal.getCurrentSlide().id)"""

GO = "(id) => { const { h, v } = Reveal.getIndices(document.getElementById(id)); Reveal.slide(h, v); }"
"""Goes to a slide; not by the address, which reveal.js may write once more for the slide before."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, shipped: Course) -> Path:
    i18n.use("da")
    out = tmp_path_factory.mktemp("slides") / "dias"
    slides.write(shipped, out)
    return out


def opened(visitors: Visitors, file: Path, query: str = "") -> Page:
    page = visitors.context(viewport=PROJECTOR).new_page()
    page.goto(f"{file.as_uri()}{query}")
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait for reveal.js; not by a function, which the page's policy would not let a string become."""
    expect(page.locator(".reveal.ready")).to_have_count(1)


def picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"slide-{name}.png")


def here(page: Page) -> str:
    name: str = page.evaluate("Reveal.getCurrentSlide().id")
    return name


def test_nothing_of_any_slide_is_cut_off_or_too_small(
    visitors: Visitors, folder: Path, shipped: Course
) -> None:
    page = visitors.context(viewport=PROJECTOR).new_page()
    found = []
    for module in shipped.modules:
        page.goto((folder / f"{module.id}.html").as_uri())
        ready(page)
        found += [f"{module.id}: {line}" for line in page.evaluate(CUT_OFF, LEAST)]
    assert found == []
    assert {urlsplit(request.url).scheme for request in visitors.watch.requests} <= {"file", "data"}


def test_every_slide_is_shown_as_it_was_measured(visitors: Visitors, folder: Path) -> None:
    page = opened(visitors, folder / "common-01.html")
    count = page.evaluate("Reveal.getHorizontalSlides().length")
    for number in range(count):
        page.evaluate("(h) => { Reveal.slide(h, 0); while (Reveal.nextFragment()); }", number)
        assert page.evaluate(NOW_CUT_OFF) == []
        picture(page, f"common-01-{number + 1}")
    assert page.locator(".slide-number").inner_text().split() == [str(count), "/", str(count)]


def test_the_room_plays_a_story_and_only_open_choices_show(
    visitors: Visitors, folder: Path, shipped: Course
) -> None:
    """The last open choice each time, by keyboard; the engine says which are open and where they lead."""
    scenario = shipped.activities["klagemoedet"]
    assert isinstance(scenario, Scenario)
    page = opened(visitors, folder / "politician-03.html", "#/klagemoedet")
    page.keyboard.press("ArrowRight")
    state = start(scenario)
    while not ended(scenario, state):
        assert here(page) == f"klagemoedet.{state.node}"
        state = chosen(page, scenario, state)
    assert here(page) == f"klagemoedet.{state.node}"
    first = scenario.indicators[0]
    expect(page.locator("section[id].present .k3-standing li").first).to_contain_text(
        f"{first.name}: nu {state.values[first.id]}"
    )
    picture(page, "ending")
    for _voice in range(4):
        page.keyboard.press("ArrowRight")
    assert not here(page).startswith("klagemoedet.")


def chosen(page: Page, scenario: Scenario, state: State) -> State:
    """Choose the last open choice, and go on past what came of it."""
    choices = open_choices(scenario, state)
    items = page.locator("section[id].present .k3-choices li:visible")
    shown = items.evaluate_all("(all) => all.map((one) => one.dataset.choice)")
    assert shown == [choice.id for choice in choices]
    page.keyboard.press("PageDown")  # nobody clicks past a choice
    numbers = ", ".join(str(n + 1) for n in range(len(choices)))
    expect(page.locator(".k3-told")).to_have_text(f"Tryk på valgets tal: {numbers}.")
    page.keyboard.press(str(len(choices)))
    after = next_state(scenario, state, choices[-1].id)
    if here(page).endswith(".gaet"):
        page.keyboard.press("ArrowRight")
    assert here(page).endswith(choices[-1].id)
    moved = [name for name, effect in choices[-1].effects.items() if effect]
    for name in moved:
        place = page.locator(f"section[id].present [data-indicator={name}] .k3-now")
        expect(place).to_contain_text(f"nu {after.values[name]}, ")
    assert page.evaluate(NOW_CUT_OFF) == []
    page.keyboard.press("ArrowRight")
    return after


def test_back_goes_the_way_one_came_and_e_leaves(visitors: Visitors, folder: Path) -> None:
    page = opened(visitors, folder / "employee-05.html", "#/langsiden")
    came = [here(page)]
    for key in ("ArrowRight", "1", "ArrowRight"):
        page.keyboard.press(key)
        came.append(here(page))
    assert len(set(came)) == 4
    for before in reversed(came[:-1]):
        page.keyboard.press("ArrowLeft")
        assert here(page) == before
    page.keyboard.press("e")
    assert not here(page).startswith("langsiden.")


def test_whoever_comes_by_another_way_sees_every_choice_and_what_it_depends_on(
    visitors: Visitors, folder: Path, shipped: Course
) -> None:
    scenario = shipped.activities["klagemoedet"]
    assert isinstance(scenario, Scenario)
    node = next(n for n in scenario.nodes if any(choice.when for choice in n.choices))
    page = opened(visitors, folder / "politician-03.html", f"#/klagemoedet.{node.id}")
    expect(page.locator("section[id].present .k3-choices li:visible")).to_have_count(len(node.choices))
    expect(page.locator("section[id].present .k3-needs").first).to_contain_text("Kun hvis")


def test_the_trainers_notes_follow_in_a_window_of_their_own(visitors: Visitors, folder: Path) -> None:
    page = opened(visitors, folder / "employee-02.html")
    with page.expect_popup() as opening:
        page.keyboard.press("s")
    notes = opening.value
    expect(notes.get_by_role("heading", level=1)).to_have_text("Fra forældreråd til støttegruppe")
    expect(notes.locator("#notes")).to_contain_text("Minut for minut")
    expect(notes.locator("#place")).to_contain_text("Dias 1 af")
    notes.get_by_role("button", name="Videre").click()
    expect(notes.locator("#place")).to_contain_text("Dias 2 af")
    assert page.evaluate("Reveal.getIndices().h") == 1
    notes.get_by_text("Noterne til hele modulet").click()
    expect(notes.locator("#module-notes")).to_contain_text("Minut for minut")
    assert violations(notes) == []
    picture(notes, "notes")


def printed(page: Page) -> PdfReader:
    """The open deck on paper: a sheet for each slide."""
    page.wait_for_selector(".pdf-page")
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(reader.pages) == page.locator("section[id]").count()
    box = reader.pages[0].mediabox
    assert round(box.width / box.height, 2) == round(1280 / 720, 2)
    return reader


def test_a_story_of_the_course_can_be_printed(visitors: Visitors, folder: Path) -> None:
    assert len(printed(opened(visitors, folder / "employee-06.html", "?print-pdf")).pages) > 100


def test_a_deck_can_be_printed(visitors: Visitors, tmp_path: Path, mini_course: Course) -> None:
    """The miniature course's: its story has every kind of slide, and pypdf reads a page in 50 ms."""
    i18n.use("da")
    slides.write(mini_course, tmp_path)
    page = opened(visitors, tmp_path / "employee-01.html", "?print-pdf")
    reader = printed(page)
    texts = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    assert sum("(side " in text for text in texts) >= 25
    told = [int(number) for text in texts for number in re.findall(r"\(side (\d+)\)", text)]
    assert len(told) >= 30
    assert set(told) <= set(range(1, len(reader.pages) + 1))


def test_a_deck_is_accessible_in_light_and_dark(visitors: Visitors, folder: Path) -> None:
    page = opened(visitors, folder / "employee-02.html")
    assert page.locator("html").get_attribute("lang") == "da"
    looked = ("titel", "employee-02-quiz", "foraeldreraad.mailen", "foraeldreraad-endings", "kilder")
    found = []
    for dark in (False, True):
        if dark:
            page.keyboard.press("d")
            expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
        for name in looked:
            page.evaluate(GO, name)
            expect(page.locator(f"section.present[id='{name}']")).to_be_visible()
            page.evaluate("() => { while (Reveal.nextFragment()); }")
            expect(page.locator("section[id].present .k3-head h2")).to_be_visible()
            picture(page, f"{name}-{'dark' if dark else 'light'}")
            shown = "section[id].present"  # the rest of the deck is the same each time
            lines = asked(page, "pale", shown) if dark else violations(page, "" if name == "titel" else shown)
            found += [f"{name}: {line}" for line in lines]
    assert found == []


def test_the_list_of_decks_leads_to_them(visitors: Visitors, folder: Path, shipped: Course) -> None:
    page = visitors.page((folder / "index.html").as_uri())
    assert violations(page) == []
    page.get_by_role("link", name=shipped.module("common-03").title, exact=True).click()
    ready(page)
    assert here(page) == "titel"
