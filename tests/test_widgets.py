"""The widgets' Python side: what their models hold, what the kernel answers, the fallback."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kommune3 import i18n, widgets
from kommune3.content import Course
from kommune3.engine import judge
from kommune3.engine.form import CourseText
from kommune3.engine.models import Activity, Quiz, Reflection, Sorter, Table
from kommune3.widgets import checking, exercise, files
from kommune3.widgets.fallback import fallback_html
from kommune3.widgets.strings import hand_in_strings, strings
from kommune3.widgets.traits import traits_of
from nodejs import run

JS = files.HERE / "js"
KEY = re.compile(r'\bt\(\s*"(\w+)"|translator\(\S*model\)\("(\w+)"')


def of_kind(course: Course, kind: str) -> Activity:
    return next(activity for activity in course.activities.values() if activity.kind == kind)


def modules(path: Path) -> Iterator[Path]:
    """A JavaScript file and everything it imports."""
    yield path
    for name in re.findall(r'^import .* from "\./(.+)";$', path.read_text(encoding="utf-8"), re.M):
        yield from modules(path.parent / name)


def test_bundles_match_their_sources() -> None:
    done = run("tools/bundle.mjs", "--check")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", files.BUNDLES)
def test_a_bundle_is_small(kind: str) -> None:
    assert len(gzip.compress(files.bundle(kind).encode())) <= 12_000


@pytest.mark.parametrize("kind", files.KINDS)
def test_every_string_that_a_widget_says_is_there_and_none_too_many(kind: str) -> None:
    used = {
        a or b
        for path in modules(JS / f"{kind}.js")
        for a, b in KEY.findall(path.read_text(encoding="utf-8"))
    }
    known = set(strings(kind))
    assert used == known


@pytest.mark.parametrize("kind", files.KINDS)
def test_the_danish_catalog_has_every_string(kind: str) -> None:
    i18n.use("en")
    english = strings(kind)
    i18n.use("da")
    danish = strings(kind)
    missing = [english[key] for key, text in danish.items() if text == english[key] and key not in SAME]
    assert not missing
    for key, text in danish.items():
        assert set(re.findall(r"\{\w+\}", text)) <= set(re.findall(r"\{\w+\}", english[key])), key


SAME = {"person", "plan"}
"""Keys whose Danish is the same as the English."""


def test_scripts_make_no_markup_out_of_text() -> None:
    for path in JS.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        ), path
        assert '"style"' not in text, path
        assert "style:" not in text, path


@pytest.mark.parametrize("kind", files.KINDS)
def test_a_widget_declares_its_state(mini_course: Course, kind: str) -> None:
    activity = of_kind(mini_course, kind)
    widget = getattr(widgets, widgets.class_name(kind)).of(
        activity, api="/api/v1", sources=mini_course.sources
    )
    state = widget.get_state()
    for name, value in traits_of(activity, api="/api/v1", sources=mini_course.sources).items():
        assert state[name] == value
    assert state["_esm"] == files.bundle(kind)
    assert state["_css"] == files.style_sheet()


def test_the_button_that_hands_in_declares_its_state() -> None:
    widget = widgets.HandIn.of(
        "employee", titles={"r": "Din bænk"}, api="/lab/kommune3/api/v1", language="da"
    )
    state = widget.get_state()
    assert (state["assignment"], state["api"]) == ("employee", "/lab/kommune3/api/v1")
    assert state["content"]["reflections"] == {"r": "Din bænk"}
    assert state["_esm"] == files.bundle("hand_in")


def test_the_button_that_hands_in_says_every_string_and_none_too_many() -> None:
    found = (path.read_text(encoding="utf-8") for path in modules(JS / "hand_in.js"))
    used = {a or b for text in found for a, b in KEY.findall(text)}
    assert used == set(hand_in_strings())


def answered(widget: Any, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """What the kernel says to messages from the page."""
    sent: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(widget, "send", sent.append)
        for number, message in enumerate(messages):
            widget._handle_custom_msg(message | {"id": number}, [])
    return sent


def test_the_kernel_checks_a_letter(mini_course: Course) -> None:
    widget = widgets.Language.of(of_kind(mini_course, "language"))
    letters = ("Kære kunde", "", "Bellis 010190-1234", "Bellis " + "a" * 20_000, None)
    messages = [{"ask": "language", "text": letter} for letter in letters]
    found, *refused = answered(widget, *messages, {"ask": "attempt", "choices": []})
    assert [one["term"] for one in found["reply"]["findings"]] == ["kunde"]
    kinds = [one["problem"]["type"].removeprefix("urn:kommune3:") for one in refused]
    assert kinds == ["empty", "cpr", "too-long", "empty"], "there is nothing to choose"
    assert "Bellis" not in json.dumps(refused)


def test_the_kernel_sees_what_is_left_of_a_plan(mini_course: Course) -> None:
    widget = widgets.Plan.of(of_kind(mini_course, "plan"))
    texts = (["Male bænken", "Regn og blæst"], ["Male bænken", "", "Bo", ""], ["en"], [1, 2], None)
    messages = [{"ask": "plan", "answers": one} for one in texts]
    answers = answered(widget, *messages, {"ask": "attempt", "choices": ["hvad", "hindring"]})
    assert [one["ok"] for one in answers] == [True, True, False, False, False]
    left = [[one["prompt"] for one in answer["reply"]["findings"]] for answer in answers[:2]]
    assert left == [[], [1]]


LONG = (
    "Jeg ringede til borgeren og spurgte, hvad hun selv kunne tænke sig. Det tog ti minutter, og hun "
    "havde en nabo, som gerne ville køre hende derhen om torsdagen. Det havde jeg aldrig gættet."
)


def test_the_kernel_checks_the_form_of_a_reflection(
    mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflection = of_kind(mini_course, "reflection")
    assert isinstance(reflection, Reflection)
    widget = widgets.Reflection.of(reflection)
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(widget, "send", sent.append)
    count = len(reflection.prompts)
    for number, answers in enumerate(
        ([LONG, *["Ja."] * (count - 1)], [""] * count, ["0101901234"] * count, ["en"], [1], None)
    ):
        widget._handle_custom_msg({"ask": "reflection", "id": number, "answers": answers}, [])
    assert [each["answer"] for each in sent] == [0, 1, 2, 3, 4, 5]
    assert [each["ok"] for each in sent] == [True, True, True, False, False, False]
    stops = [[f["code"] for f in each["reply"]["findings"] if f["stops"]] for each in sent[:3]]
    assert stops[0] == []
    assert "empty" in stops[1]
    assert "cpr" in stops[2]
    widget._handle_custom_msg({"ask": "attempt", "id": 9, "choices": []}, [])
    assert len(sent) == 6  # a reflection has no choices


def test_the_kernel_knows_the_course_s_own_text(mini_course: Course) -> None:
    reflection = of_kind(mini_course, "reflection")
    assert isinstance(reflection, Reflection)
    question = {"id": 1, "answers": [LONG] * len(reflection.prompts)}
    assert (
        checking.check_form(reflection, question, CourseText([LONG]))["reply"]["findings"][0]["code"]
        == "copied"
    )


def test_no_points_are_in_a_reflection_s_traits(mini_course: Course) -> None:
    assert "points" not in json.dumps(traits_of(of_kind(mini_course, "reflection")))


def test_a_widget_of_another_kind_is_refused(mini_course: Course) -> None:
    with pytest.raises(TypeError, match="cannot show"):
        widgets.Quiz.of(of_kind(mini_course, "table"))


def test_the_key_is_never_in_the_traits(mini_course: Course) -> None:
    quiz, sorter = of_kind(mini_course, "quiz"), of_kind(mini_course, "sorter")
    assert isinstance(quiz, Quiz)
    assert isinstance(sorter, Sorter)
    text = json.dumps(widgets.Quiz.of(quiz).get_state()["content"], ensure_ascii=False)
    assert "correct" not in text
    assert not any(option.feedback in text for question in quiz.questions for option in question.options)
    text = json.dumps(widgets.Sorter.of(sorter).get_state()["content"], ensure_ascii=False)
    assert not any(item.feedback in text for item in sorter.items)
    assert '"bucket"' not in text


def test_only_cited_sources_are_named(mini_course: Course) -> None:
    scenario = of_kind(mini_course, "scenario")
    named = traits_of(scenario, sources=mini_course.sources)["sources"]
    assert set(named) == {"lilleby-2020", "avisen-2021"}
    assert traits_of(of_kind(mini_course, "sorter"), sources=mini_course.sources)["sources"] == {}


def test_the_kernel_answers_like_the_service(mini_course: Course) -> None:
    quiz = of_kind(mini_course, "quiz")
    assert isinstance(quiz, Quiz)
    right = [next(option.id for option in question.options if option.correct) for question in quiz.questions]
    said = exercise.answer(quiz, {"ask": "attempt", "id": 7, "choices": right}, 80)
    assert said["answer"] == 7
    assert said["ok"]
    reply = said["reply"]
    assert reply["outcome"] == judge.judge(quiz, right, 80).model_dump(mode="json")
    assert reply["outcome"]["passed"]
    assert (reply["recorded"], reply["completed"]) == (False, [])


def test_the_kernel_shows_the_authors_map_once_all_are_placed(mini_course: Course) -> None:
    placed = of_kind(mini_course, "citizen_map")
    widget = widgets.CitizenMap.of(placed)
    assert "eget-liv" not in json.dumps(widget.get_state()["content"]["people"])
    assert widget.lengths == [3], "so many must be placed"
    said = exercise.answer(placed, {"ask": "attempt", "id": 1, "choices": ["naboer"] * 3}, 80)
    assert [result["ours"] for result in said["reply"]["outcome"]["results"]] == [
        "eget-liv",
        "naboer",
        "kommunen",
    ]


@pytest.mark.parametrize(
    ("kind", "steps", "opinion"),
    [
        ("comparison", ["before", "penge", "hvem", "after"], "enig"),
        ("assessment", ["lytte", "slippe", "sige-nej"], "altid"),
    ],
)
def test_the_kernel_takes_steps_and_no_opinion(
    mini_course: Course, kind: str, steps: list[str], opinion: str
) -> None:
    activity = of_kind(mini_course, kind)
    said = exercise.answer(activity, {"ask": "attempt", "id": 1, "choices": steps}, 80)
    assert said["reply"]["outcome"]["passed"]
    refused = exercise.answer(activity, {"ask": "attempt", "id": 2, "choices": [*steps[:-1], opinion]}, 80)
    assert refused["problem"]["status"] == 422


def test_a_comparison_says_whose_interest_each_source_speaks_for(mini_course: Course) -> None:
    named = traits_of(of_kind(mini_course, "comparison"), sources=mini_course.sources)["sources"]
    assert named["avisen-2021"]["interest"] == "En journalist fortæller."
    of_scenario = traits_of(of_kind(mini_course, "scenario"), sources=mini_course.sources)["sources"]
    assert not any("interest" in source for source in of_scenario.values())


@pytest.mark.parametrize("choices", [["findes-ikke"], "kommunen", [1], None])
def test_the_kernel_refuses_what_is_no_path(mini_course: Course, choices: object) -> None:
    said = exercise.answer(of_kind(mini_course, "quiz"), {"id": 1, "choices": choices}, 80)
    assert not said["ok"]
    assert said["problem"]["status"] in {400, 422}
    assert said["problem"]["detail"]


def test_a_message_gets_an_answer(mini_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = widgets.Sorter.of(of_kind(mini_course, "sorter"))
    sent: list[object] = []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg({"ask": "attempt", "id": 1, "choices": []}, [])
    widget._handle_custom_msg({"something": "else"}, [])
    assert [message["answer"] for message in sent if isinstance(message, dict)] == [1]


class Outline(HTMLParser):
    """The tags in order, and whether each that was opened is closed."""

    VOID = frozenset({"br"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("kind", files.KINDS)
def test_the_fallback_is_whole_html(mini_course: Course, kind: str) -> None:
    activity = of_kind(mini_course, kind)
    outline = Outline()
    outline.feed(fallback_html(activity))
    assert not outline.open
    assert "h3" in outline.tags
    assert activity.title in outline.text
    if isinstance(activity, Reflection):
        assert all(prompt.title in outline.text for prompt in activity.prompts)
        assert outline.tags.count("li") >= 2
        assert "[@" not in outline.text
    else:
        assert activity.intro in outline.text
    if isinstance(activity, Table):
        assert outline.tags.count("tr") == len(activity.rows) + 1
        assert all(row.note in outline.text for row in activity.rows)
    else:
        assert "JavaScript" in outline.text


def test_the_fallback_escapes(mini_course: Course) -> None:
    table = of_kind(mini_course, "table")
    hostile = table.model_copy(update={"title": "<script>alert(1)</script>", "intro": "A & B"})
    html = fallback_html(hostile)
    assert "<script" not in html
    assert "A &amp; B" in html


def test_what_has_no_widget_has_no_fallback(mini_course: Course) -> None:
    with pytest.raises(TypeError, match="no widget"):
        fallback_html(of_kind(mini_course, "timeline"))


def test_there_is_no_other_widget() -> None:
    with pytest.raises(AttributeError, match="Kanban"):
        _ = widgets.Kanban


def test_the_widgets_share_no_class_with_the_page() -> None:
    def classes(path: Path) -> set[str]:
        return set(re.findall(r"\.k3-[a-z-]+", path.read_text(encoding="utf-8")))

    site = files.HERE.parent / "site" / "static" / "css"
    page = {name for path in site.glob("*.css") for name in classes(path)}
    assert page
    shared = {".k3-fallback", ".k3-scroll"}  # what stands there before the widget is the page's to style
    assert not (classes(files.HERE / "widgets.css") & page) - shared
