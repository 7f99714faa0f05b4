"""A course in another language, begun: what is the overlay's is marked as such, what is not stays Danish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kommune3.content import Course, load_course
from kommune3.site import Me, Site
from kommune3.slides.deck import build
from kommune3.slides.folder import page
from markup import Page

MODULE, QUIZ = "modules/common/01_baenken.ipynb", "modules/common/quizzes/baenk.yml"
BEGUN = """
[course]
language = "nb"

[[modules]]
id = "common-01"
title = "Benken i parken"
"""


@pytest.fixture(scope="module")
def begun(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The first module and its quiz are the overlay's; its summary, its sorter and the rest are not."""
    overlay = tmp_path_factory.mktemp("begun")
    (overlay / "course.toml").write_text(BEGUN, encoding="utf-8")
    for file in (MODULE, QUIZ):
        (overlay / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(mini_root / file, overlay / file)
    return load_course(overlay, root=mini_root)


def languages(html: str) -> dict[str, str]:
    """The language that each element states, by its id, its class or its name."""
    found = Page(html)
    assert found.wrong == []
    stated = [element for element in found.elements if "lang" in element.attrs]
    return {
        element.attrs.get("id") or element.attrs.get("class") or element.tag: element.attrs["lang"]
        for element in stated
    }


@pytest.fixture
def me() -> Me:
    return Me("local", "Mig", frozenset({"learner", "trainer"}), "employee", {})


def test_a_translated_module_is_in_the_course_s_language_but_for_what_it_takes_over(
    begun: Course, me: Me
) -> None:
    found = languages(Site(begun).module(me, "common-01"))
    assert found["html"] == "nb"
    assert "k3-article" not in found
    assert "ds-heading" not in found
    assert found["k3-lead"] == "da"
    assert (found["baenk-quiz"], found["baenk-sorter"]) == ("nb", "da")


def test_a_module_that_is_not_translated_is_read_in_danish(begun: Course, me: Me) -> None:
    html = Site(begun).module(me, "employee-01")
    found = languages(html)
    assert (found["html"], found["k3-article"], found["ds-heading"]) == ("nb", "da", "da")
    assert found["opkaldet"] == "da"
    assert '"language":"da"' in html


def test_lists_say_which_titles_are_not_translated(begun: Course, me: Me) -> None:
    html = Site(begun).role(me, "employee")
    assert ' lang="da">Et opkald om bænken<' in html
    assert ">Benken i parken<" in html
    assert ' lang="da">Benken' not in html
    assert ' lang="da">Du er lige begyndt i Lilleby.<' in Site(begun).home(me)


def test_trails_and_lists_of_exercises_say_so_too(begun: Course, me: Me) -> None:
    html = Site(begun).module(me, "common-01", "employee")
    assert '<a class="ds-link" href="/roles/employee"><span lang="da">Medarbejder</span></a>' in html
    assert '<span aria-current="page">Benken i parken</span>' in html
    assert '<a class="ds-link" href="#baenk-sorter" lang="da">' in html
    assert '<a class="ds-link" href="#baenk-quiz">' in html


def test_slides_are_in_the_language_of_their_module(begun: Course) -> None:
    assert '<html lang="nb"' in page(begun, build(begun, "common-01"))
    assert '<html lang="da"' in page(begun, build(begun, "employee-01"))


def test_a_course_of_one_language_states_it_once(mini_course: Course, me: Me) -> None:
    found = languages(Site(mini_course).module(me, "common-01"))
    assert found == {"html": "da"}


def test_the_widget_in_a_notebook_speaks_its_own_file_s_language(begun: Course) -> None:
    assert begun.language_of_activity("baenk-quiz") == "nb"
    assert begun.language_of_activity("opkaldet") == "da"


def test_an_overlay_that_keeps_the_language_changes_nothing(mini_root: Path, tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('[municipality]\nname = "Nyby"\n', encoding="utf-8")
    course = load_course(tmp_path, root=mini_root)
    assert course.language_of_activity("opkaldet") == course.language_of("course/course.toml") == "da"
