"""The trainers' materials as pages: ordered, sound, with lines to write on and the sources they cite."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kommune3.content import Course
from kommune3.site import Me, Site
from kommune3.site.materials import groups, of_module
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
