"""The trainers' materials as pages: ordered, sound, with lines to write on and the sources they cite."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kommune3.content import Course
from kommune3.site import Me, Site
from kommune3.site.materials import cards, groups, of_module
from markup import Page

TROELS = Me("troels", "Troels", frozenset({"trainer"}))
ANNA = Me("anna", "Anna", frozenset({"learner"}))


@pytest.fixture(scope="module")
def site(mini_course: Course) -> Site:
    return Site(mini_course)


def test_run_sheets_come_first_then_notes_then_handouts(mini_course: Course) -> None:
    found = {group.title: [one.material.id for one in group.papers] for group in groups(mini_course)}
    assert found == {
        "Medarbejder": ["koereplan", "employee-01-noter", "ark"],
        "Politiker": ["koereplan-byraad"],
        "": ["common-01-noter"],
    }
    assert [one.material.id for one in of_module(mini_course, "employee-01")] == ["employee-01-noter"]


def test_the_list_leads_to_every_material(site: Site) -> None:
    html = site.materials(TROELS)
    assert Page(html).wrong == []
    for material in site.course.materials:
        assert f'href="/trainer/materials/{material.id}"' in html


def test_without_materials_the_list_says_so(mini_course: Course) -> None:
    bare = replace(mini_course, manifest=mini_course.manifest.model_copy(update={"materials": ()}))
    html = Site(bare).materials(TROELS)
    assert Page(html).wrong == []
    assert "Der er ingen materialer endnu." in html
    assert "/trainer/materials" not in Site(bare).trainer(TROELS, [])


@pytest.mark.parametrize("name", ["common-01-noter", "employee-01-noter", "ark", "koereplan"])
def test_a_material_is_a_sound_page(site: Site, name: str) -> None:
    html = site.material(TROELS, name)
    assert Page(html).wrong == []
    assert html.count("<h1") == 1
    assert "____" not in html


def test_a_material_cites_and_links(site: Site) -> None:
    html = Site(site.course, base="/kursus").material(TROELS, "common-01-noter")
    assert 'id="source-lilleby-2020"' in html
    assert 'href="/kursus/modules/employee-01"' in html
    assert 'href="/kursus/trainer/materials/ark"' in html
    assert 'href="/kursus/modules/common-01"' in html


def test_blanks_are_lines_to_write_on(site: Site) -> None:
    html = site.material(TROELS, "ark")
    assert html.count("k3-blank-some") == 1
    assert html.count("k3-blank-rest") == 2
    assert '<li class="k3-box">☐ Jeg har' in html


def test_only_who_trains_is_shown_the_way(site: Site) -> None:
    assert "/trainer/materials/employee-01-noter" in site.module(TROELS, "employee-01")
    assert "/trainer/materials" not in site.module(ANNA, "employee-01")


def test_each_section_is_a_card_and_its_copies_are_for_the_scissors_alone() -> None:
    html = cards('<p>Klip.</p><h2 id="et">Et</h2><p>a</p><h2 id="to">To</h2><ul><li>b</li></ul>', 3)
    assert html.startswith(
        '<p>Klip.</p><div class="k3-cuts k3-cuts-some"><div class="k3-cut"><h2 id="et">Et</h2><p>a</p></div>'
    )
    assert html.count("<p>a</p>") == html.count("<li>b</li>") == 3
    assert html.count('aria-hidden="true"') == 4
    assert html.count('id="et"') == html.count('id="to"') == 1
    assert "k3-cuts-many" in cards("<h2>Et</h2>", 12)
