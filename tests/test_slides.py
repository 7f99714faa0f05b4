"""Slides as HTML: what stands on them and what does not, stories whose links hold, a folder that is ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kommune3.cli import main
from kommune3.content import Course
from kommune3.engine.models import Condition, Quiz, Scenario
from kommune3.slides import Deck, SlidesError, build, write
from kommune3.slides.folder import page, policy
from kommune3.slides.pieces import CAPACITY, Piece, pages, pieces
from kommune3.slides.slide import Slide, Story
from kommune3.slides.story import needs
from kommune3.slides.text import SlideText, chosen, sections
from markup import Page

MODULES = ("common-01", "employee-01")


def flat(deck: Deck) -> Iterator[Slide]:
    """The deck's slides, those of its stories too."""
    for one in deck.slides:
        yield from one.slides if isinstance(one, Story) else (one,)


def shown(deck: Deck) -> str:
    return "\n".join(f"{slide.eyebrow} {slide.heading} {slide.body}" for slide in flat(deck))


def noted(deck: Deck) -> str:
    return "\n".join(slide.notes for slide in flat(deck))


@pytest.fixture
def text(mini_course: Course) -> SlideText:
    return SlideText(mini_course, mini_course.notebook("common-01"))


@pytest.mark.parametrize("name", MODULES)
def test_a_deck_is_a_sound_page(mini_course: Course, name: str) -> None:
    html = page(mini_course, build(mini_course, name))
    links = "link to #/"  # reveal.js's addresses; the next test follows them
    assert [line for line in Page(html).wrong if not line.startswith(links)] == []
    assert '<html lang="da"' in html
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", html)
    assert "http" not in "".join(re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', html))


@pytest.mark.parametrize("name", MODULES)
def test_ids_are_unique_and_links_lead_to_slides(mini_course: Course, name: str) -> None:
    deck = build(mini_course, name)
    ids = [slide.id for slide in flat(deck)]
    assert len(ids) == len(set(ids))
    targets = re.findall(r'href="#/([^"]*)"', shown(deck))
    assert targets
    assert set(targets) <= {*ids, ""}


def test_the_deck_begins_with_the_aims_and_ends_with_the_sources(mini_course: Course) -> None:
    deck = build(mini_course, "common-01")
    first, *_between, last = flat(deck)
    assert first.heading == "Bænken i parken"
    assert mini_course.module("common-01").aims[0].text in first.body
    assert last.id == "kilder"
    assert "Notat om bænke" in last.body


def test_the_trainers_notes_are_for_the_trainer_alone(mini_course: Course) -> None:
    deck = build(mini_course, "common-01")
    words = "Hvem passer på bænken, når det er mørkt?"
    assert words in noted(deck)
    assert words not in shown(deck)


def test_a_question_holds_its_answer_back(mini_course: Course) -> None:
    quiz = mini_course.activities["baenk-quiz"]
    assert isinstance(quiz, Quiz)
    found = [slide for slide in flat(build(mini_course, "common-01")) if slide.look == "question"]
    asked = next(slide for slide in found if slide.heading == quiz.questions[0].text)
    right = next(option for option in quiz.questions[0].options if option.correct)
    wrong = next(option for option in quiz.questions[0].options if not option.correct)
    assert re.search(rf'<p class="fragment[^>]*>.*{re.escape(str(right.feedback)[:20])}', asked.body)
    assert wrong.text in asked.body
    assert wrong.feedback not in asked.body
    assert wrong.feedback in asked.notes


def test_model_answers_never_get_in(mini_course: Course, mini_root: Path, tmp_path: Path) -> None:
    write(mini_course, tmp_path / "slides")
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "slides").glob("*.html"))
    answers = []
    for file in (mini_root / "solutions").rglob("*.ipynb"):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells)
        answers += re.findall(r"### BEGIN SOLUTION\s*(.+?)\s*### END SOLUTION", source, re.DOTALL)
    assert answers
    assert [answer for answer in answers if answer[:40] in written] == []


def test_a_story_shows_every_situation_choice_and_voice(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    deck = build(mini_course, "employee-01")
    ids = {slide.id for slide in flat(deck)}
    for node in scenario.nodes:
        assert f"opkaldet.{node.id}" in ids
        for choice in node.choices:
            assert f"opkaldet.{node.id}.{choice.id}" in ids
            assert (f"opkaldet.{node.id}.{choice.id}.gaet" in ids) == (node.predict is not None)
    for ending in scenario.endings:
        assert {f"opkaldet.{ending.id}.{voice.who}" for voice in ending.debrief} <= ids
    (story,) = (one for one in deck.slides if isinstance(one, Story))
    assert json.loads(story.content)["id"] == "opkaldet"


def test_a_choice_says_what_it_depends_on(mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    choice, indicator = scenario.nodes[0].choices[0], scenario.indicators[0]
    told = needs(scenario, Condition(chose=(choice.id,), at_least={indicator.id: 40}))
    assert told.startswith("(Kun hvis I valgte »")
    assert f"{indicator.name} er mindst 40" in told
    assert needs(scenario, None) == ""


def test_what_a_room_needs_stays_and_the_rest_becomes_notes(text: SlideText) -> None:
    long = "Det er en lang tekst, som ingen vil læse på et lærred. " * 5
    source = f"## En overskrift\n\nFørst.\n\n{long}\n\n- et punkt\n\n**Pointen** er her.\n\nSådan:\n\n1. ja"
    (section,) = sections(text.parsed(source))
    assert section.heading == "En overskrift"
    kept, rest = chosen(pieces(section.tokens, text.rendered))
    assert [piece.text for piece in kept] == ["Først.", "et punkt", "Pointen er her.", "Sådan:", "ja"]
    assert [piece.text for piece in rest] == [long.strip()]


def test_a_short_section_stays_whole(text: SlideText) -> None:
    (section,) = sections(text.parsed("## Kort\n\nÉn ting.\n\nOg en til."))
    assert chosen(pieces(section.tokens, text.rendered))[1] == []


def test_long_lists_and_tables_are_divided_and_stay_lists_and_tables(mini_course: Course) -> None:
    text = SlideText(mini_course, mini_course.notebook("common-01"))
    items = "\n".join(f"{n}. Punkt nummer {n} med nogle ord" for n in range(1, 31))
    rows = "\n".join(f"| {n} | noget |" for n in range(1, 31))
    found = pieces(text.parsed(f"{items}\n\n| a | b |\n|---|---|\n{rows}\n"), text.rendered)
    made = pages(found)
    assert len(made) > 2
    assert [piece for one in made for piece in one] == found
    assert all(sum(piece.lines for piece in one) <= CAPACITY * 1.2 for one in made)


def test_a_heading_is_never_left_behind() -> None:
    found = [Piece("", CAPACITY - 2), Piece("", 1.8, "heading"), Piece("", 3)]
    assert [[piece.kind for piece in one] for one in pages(found)] == [
        ["paragraph"],
        ["heading", "paragraph"],
    ]


def test_an_unknown_source_stays_as_it_was_written(text: SlideText) -> None:
    assert "[@ukendt-1]" in text.rendered(text.parsed("Tekst [@ukendt-1]."))


def test_hostile_titles_are_text(mini_course: Course) -> None:
    title = "<script>alert(1)</script>"
    module = mini_course.module("common-01").model_copy(update={"title": title})
    others = [one for one in mini_course.modules if one.id != "common-01"]
    changed = mini_course.manifest.model_copy(update={"modules": (module, *others)})
    course = replace(mini_course, manifest=changed)
    assert title not in page(course, build(course, "common-01"))


def test_the_policy_allows_no_inline_code_and_no_other_host() -> None:
    assert "unsafe" not in policy()
    assert "http" not in policy()
    assert "default-src 'none'" in policy()


def test_a_folder_of_somebody_else_is_left_as_it_is(mini_course: Course, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("Mit.", encoding="utf-8")
    with pytest.raises(SlidesError, match="noget andet"):
        write(mini_course, tmp_path)
    with pytest.raises(SlidesError, match="er en fil"):
        write(mini_course, tmp_path / "index.html")
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]


def test_the_command_writes_a_folder_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "dias"
    assert main(["slides", "common-04", "common-01", "--out", str(out)]) == 0
    assert "2 sæt dias er lavet." in capsys.readouterr().out
    assert main(["slides", "employee-01", "--out", str(out)]) == 0
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}.html"' in index for name in ("common-01", "common-04", "employee-01"))
    assert Page(index).wrong == []
    assert {file.name for file in (out / "assets").iterdir()} >= {
        "reveal.js",
        "reveal-LICENSE.txt",
        "deck.js",
    }


def test_the_command_refuses_a_module_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["slides", "employee-O1", "--out", str(tmp_path / "dias")]) == 1
    told = capsys.readouterr().err
    assert 'intet modul "employee-O1"' in told
    assert 'Mente du "employee-01"' in told
    assert not (tmp_path / "dias").exists()
