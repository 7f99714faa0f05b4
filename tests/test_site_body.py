"""Notebook cells as the inside of a page, and the cache that keeps them."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommune3.content import Course, load_course
from kommune3.engine.models import Quiz, Scenario
from kommune3.register.progress import ModuleProgress
from kommune3.site import Me, Site
from kommune3.site import body as bodies
from kommune3.site.body import Body, script_json
from kommune3.site.cache import Cache, key
from kommune3.widgets.first_scene import first_scene_html
from markup import Page


def built(course: Course, module: str = "common-01", base: str = "") -> Body:
    return bodies.build(course, course.notebook(module), base, without_title=True)


def test_a_mount_holds_the_fallback_and_the_traits(mini_course: Course) -> None:
    page = Page("<h1>x</h1><h2>y</h2>" + built(mini_course).html)
    mounts = {mount.attrs["data-activity"]: mount for mount in page.with_class("k3-mount")}
    ids = ["tabel", "kort", "kilder", "selv", "sorter", "quiz", "sprog", "plan"]
    assert list(mounts) == [f"baenk-{name}" for name in ids]
    assert "Lilleby Kommune: Notat om bænke (2020)" in mounts["baenk-kilder"].text, "read without JavaScript"
    assert "Turen er hendes egen." not in mounts["baenk-kort"].text, "our placing comes after the learner's"
    traits = json.loads(next(e.text for e in page.all("script") if "baenk-quiz" in e.text))
    assert traits["pass_mark"] == 80
    assert traits["api"] == ""
    assert traits["strings"]["saved"] == "Gemt"
    question = mini_course.activities["baenk-quiz"].questions[0]  # type: ignore[union-attr]
    assert question.text in mounts["baenk-quiz"].text


@pytest.fixture
def beginning(shipped: Course) -> Body:
    """A page that begins with a scenario."""
    return built(shipped, "employee-02")


def test_a_page_that_begins_with_a_scenario_has_its_first_scene_to_play(
    beginning: Body, shipped: Course
) -> None:
    page = Page(f"<h1>x</h1><h2>y</h2>{beginning.played()}")
    scenario = shipped.activities["foraeldreraad"]
    assert isinstance(scenario, Scenario)
    choices = [each.text for each in page.with_class("k3-choice")]
    assert choices == [choice.text for choice in scenario.nodes[0].choices]
    assert [each.attrs["width"] for each in page.with_class("k3-meter-bar")] == [
        str(indicator.start) for indicator in scenario.indicators
    ]
    assert "k3-choice" not in beginning.html, "who has begun is drawn where they are"
    assert beginning.played().replace(*reversed(beginning.first_scene)) == beginning.html
    assert Body.from_json(beginning.to_json()) == beginning


def test_a_page_that_begins_with_another_exercise_has_none(mini_course: Course) -> None:
    found = built(mini_course)
    assert found.first_scene == ("", "")
    assert found.played() == found.html


def test_the_first_scene_is_played_by_who_has_not_begun(shipped: Course) -> None:
    site = Site(shipped)
    begun = {"employee-02": ModuleProgress("employee-02", "started")}
    late = re.compile(r'<link rel="preload" href="(/static/\w+)/exercises\.js" as="script"')
    newcomer, other = (site.module(me, "employee-02") for me in (Me("x", "X"), Me("x", "X", progress=begun)))
    assert Page(newcomer).wrong == []
    assert "k3-choice" in newcomer
    found = late.search(newcomer)
    assert found
    assert f'data-static="{found[1]}"' in newcomer, "early.js asks for the same address"
    assert "exercises.js" not in newcomer.replace(found[0], "")
    assert "k3-choice" not in other
    assert "data-first-scene" not in other
    assert not late.search(other)
    assert '/exercises.js" async' in other


def test_the_first_scene_escapes(shipped: Course) -> None:
    scenario = shipped.activities["foraeldreraad"]
    assert isinstance(scenario, Scenario)
    text = '"><script>alert(1)</script>&'
    node = scenario.nodes[0]
    choices = tuple(choice.model_copy(update={"text": text}) for choice in node.choices)
    indicators = tuple(
        each.model_copy(update={"name": text, "meaning": text, "levels": (text,)})
        for each in scenario.indicators
    )
    first = node.model_copy(update={"text": text, "speaker": text, "choices": choices})
    parts = {"title": text, "intro": text, "indicators": indicators, "nodes": (first, *scenario.nodes[1:])}
    found = first_scene_html(
        Scenario(**{**scenario.model_dump(exclude={"nodes", "indicators"}), **parts}),
        language="da",
        lengths=[],
    )
    assert "<script" not in found
    assert found.count("&lt;script&gt;") == 4 + 2 * len(choices) + 4 * len(indicators)
    assert ">Valg 1<" in found, "no number is told where there is no telling"


def test_the_key_never_reaches_the_page(mini_course: Course) -> None:
    html = built(mini_course).html
    quiz = mini_course.activities["baenk-quiz"]
    feedback = [option.feedback for question in quiz.questions for option in question.options]  # type: ignore[union-attr]
    assert feedback
    assert not [text for text in feedback if text in html]
    assert '"correct"' not in html


def test_code_is_not_shown_and_not_run(mini_course: Course) -> None:
    html = built(mini_course).html
    assert "kommune3.notebook" not in html
    assert "quiz(" not in html


def test_links_between_notebooks_lead_to_pages(mini_course: Course) -> None:
    assert 'href="/k/modules/common-01"' in built(mini_course, "employee-01", "/k").html


def test_links_with_spaces_and_letters_of_our_own_lead_to_pages(mini_course: Course) -> None:
    notebook = mini_course.notebook("employee-01")
    module = mini_course.module("common-01").model_copy(update={"file": "modules/common/Bænken i går.ipynb"})
    moved = replace(mini_course, manifest=mini_course.manifest.model_copy(update={"modules": (module,)}))
    link = bodies._links(moved, notebook, "/k")
    for target in ("../common/B%C3%A6nken%20i%20g%C3%A5r.ipynb", "../common/Bænken i går.ipynb"):
        assert link(f"{target}#side-2") == "/k/modules/common-01#side-2"


def test_no_heading_takes_an_id_that_the_page_has(mini_course: Course) -> None:
    notebook = mini_course.notebook("employee-01")
    first = replace(notebook.cells[0], source="# T\n\n## Opkaldet\n\n## Sources")
    own = replace(notebook, cells=(first, *notebook.cells[1:]))
    page = Page("<h1>x</h1>" + bodies.build(mini_course, own, "", without_title=True).html)
    assert page.wrong == []
    assert [e.attrs["id"] for e in page.all("h2")] == ["opkaldet-2", "sources-2"]


@pytest.mark.parametrize("name", ["circle", "target_unknown", "condition_unknown_indicator"])
def test_a_scenario_that_cannot_be_walked_is_still_a_page(name: str, mini_root: Path) -> None:
    course = load_course(mini_root.parent / "bad_content" / name, root=mini_root)
    assert '"lengths":[]' in built(course, "employee-01").html


def test_an_activity_that_is_gone_leaves_a_message(mini_course: Course) -> None:
    less = replace(mini_course, activities={})
    assert "Øvelsen mangler." in built(less).html


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
)
def test_json_in_a_page_is_the_same_json_and_cannot_end_its_element(value: object) -> None:
    text = script_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def test_a_body_survives_the_cache(mini_course: Course) -> None:
    body = built(mini_course)
    assert Body.from_json(body.to_json()) == body


def test_what_is_cached_is_not_built_again(tmp_path: Path) -> None:
    made: list[int] = []

    def build() -> Body:
        made.append(1)
        return Body("<p>x</p>")

    for _again in range(2):
        cache = Cache(tmp_path / "pages")
        assert cache.body("a", build) == cache.body("a", build) == Body("<p>x</p>")
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "pages").iterdir()] == ["a.json"]


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"html": 1}', "null", "\x00"])
def test_a_damaged_cache_is_built_anew(tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.json").write_text(broken, encoding="utf-8")
    assert Cache(tmp_path).body("a", lambda: Body("ny")) == Body("ny")
    assert Cache(tmp_path).body("a", lambda: Body("aldrig")) == Body("ny")


def test_a_cache_that_cannot_be_written_still_builds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert Cache(tmp_path / "file").body("a", lambda: Body("x")) == Body("x")
    assert Cache(None).body("a", lambda: Body("x")) == Body("x")


def test_the_key_changes_with_what_a_body_shows(mini_course: Course) -> None:
    notebook = mini_course.notebook("common-01")
    said = mini_course.activities["baenk-quiz"].model_dump() | {"title": "Ny"}
    quiz = Quiz.model_validate(said)
    keys = {
        key(mini_course, notebook),
        key(mini_course, notebook, "/prefix"),
        key(mini_course, mini_course.notebook("employee-01")),
        key(replace(mini_course, activities={**mini_course.activities, "baenk-quiz": quiz}), notebook),
        key(replace(mini_course, sources={}), notebook),
    }
    assert len(keys) == 5
    assert key(mini_course, notebook) in keys


def test_pages_from_the_cache_import_neither_matplotlib_nor_anywidget(
    mini_course: Course, mini_root: Path, tmp_path: Path
) -> None:
    Site(mini_course, cache=tmp_path).module(Me("x", "X"), "common-01")
    program = (
        "import sys; from pathlib import Path; from kommune3.content import load_course;"
        "from kommune3.site import Me, Site;"
        f"site = Site(load_course(root=Path({str(mini_root)!r})), cache=Path({str(tmp_path)!r}));"
        "page = site.module(Me('x', 'X'), 'common-01');"
        "assert 'k3-mount' in page and 'k3-chart' in page;"
        "print([m for m in ('matplotlib', 'anywidget', 'IPython') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def illustrated(mini_root: Path, overlay: Path, picture: bytes) -> Course:
    """The miniature course with a picture in a module of the municipality's own."""
    folder = overlay / "modules/employee"
    folder.mkdir(parents=True, exist_ok=True)
    name = "modules/employee/01_opkaldet.ipynb"
    raw = json.loads((mini_root / name).read_text(encoding="utf-8"))
    text = (
        "![En bænk <ved> søen](baenk.png)\n\n![Langt væk](https://example.org/x.png) ![Ude](../../../x.png)"
    )
    raw["cells"].append({"cell_type": "markdown", "id": "billede", "metadata": {}, "source": text})
    (overlay / name).write_text(json.dumps(raw), encoding="utf-8")
    (folder / "baenk.png").write_bytes(picture)
    return load_course(overlay, root=mini_root)


def test_pictures_are_in_the_page_and_others_are_told_in_words(mini_root: Path, tmp_path: Path) -> None:
    course = illustrated(mini_root, tmp_path, b"\x89PNG one")
    images = Page("<h1>x</h1>" + built(course, "employee-01").html).all("img")
    assert len(images) == 1
    assert images[0].attrs["src"] == "data:image/png;base64," + base64.b64encode(b"\x89PNG one").decode()
    assert images[0].attrs["alt"] == "En bænk <ved> søen"
    assert "Langt væk Ude" in built(course, "employee-01").html


def test_a_new_picture_is_a_new_page(mini_root: Path, tmp_path: Path) -> None:
    keys = set()
    for picture in (b"one", b"two"):
        course = illustrated(mini_root, tmp_path, picture)
        keys.add(key(course, course.notebook("employee-01")))
    assert len(keys) == 2
