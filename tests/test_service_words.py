"""A municipality's own words through HTTP: on pages and in widgets, and nobody else's after a change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kommune3 import i18n
from kommune3.service.settings import Settings
from markup import Page
from serving import ANNA, BASE, Factory

SWEDISH = """
msgid "Where you are in this module"
msgstr "Var du är i modulen"

msgid "Saved"
msgstr "Sparat"

msgid "about {n} minute"
msgid_plural "about {n} minutes"
msgstr[0] "{n} minut"
msgstr[1] "{n} minuter"
"""


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    i18n.use("da")


def overlay(tmp_path: Path, language: str, words: str) -> Path:
    folder = tmp_path / "vores"
    file = folder / i18n.place(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(words, encoding="utf-8")
    (folder / "course.toml").write_text(f'[course]\nlanguage = "{language}"\n', encoding="utf-8")
    return folder


def module(make_app: Factory, settings: Settings, course_dir: Path) -> str:
    client = TestClient(make_app(replace(settings, course_dir=course_dir)), base_url=BASE)
    page = client.get("/modules/common-01?role=employee", headers=ANNA)
    assert page.status_code == 200
    return page.text


def traits(page: str) -> dict[str, Any]:
    """Those of the page's quiz."""
    scripts = [json.loads(one.text) for one in Page(page).all("script") if "baenk-quiz" in one.text]
    found: dict[str, Any] = scripts[0]
    return found


def test_an_overlay_speaks_swedish_on_pages_and_in_widgets_and_else_danish(
    make_app: Factory, settings: Settings, tmp_path: Path
) -> None:
    page = module(make_app, settings, overlay(tmp_path, "sv", SWEDISH))
    assert '<html lang="sv"' in page
    assert "Var du är i modulen" in page
    assert " minuter" in page
    assert "Tilgængelighedserklæring" in page
    assert traits(page)["strings"]["saved"] == "Sparat"
    assert traits(page)["language"] == "da"  # what is asked there is not translated yet
    assert traits(page)["strings"]["try_again"] == "Prøv igen"


def test_single_words_change_in_danish_and_the_rest_stays(
    make_app: Factory, settings: Settings, tmp_path: Path
) -> None:
    words = 'msgid "Saved"\nmsgstr "Vi har det"\n'
    page = module(make_app, settings, overlay(tmp_path, "da", words))
    assert '<html lang="da"' in page
    assert "Tilgængelighedserklæring" in page
    assert traits(page)["strings"]["saved"] == "Vi har det"
    assert traits(page)["strings"]["try_again"] == "Prøv igen"


def test_other_words_are_on_the_next_page_and_not_those_that_were_kept(
    make_app: Factory, settings: Settings, tmp_path: Path
) -> None:
    folder = overlay(tmp_path, "sv", SWEDISH)
    assert traits(module(make_app, settings, folder))["strings"]["saved"] == "Sparat"
    overlay(tmp_path, "sv", SWEDISH.replace("Sparat", "Lagrat"))
    assert traits(module(make_app, settings, folder))["strings"]["saved"] == "Lagrat"


def test_whatever_the_words_are_they_are_text(make_app: Factory, settings: Settings, tmp_path: Path) -> None:
    """A quotation mark ends no attribute, and an ampersand is one."""
    words = 'msgid "Where you are in this module"\nmsgstr "R & D \\"\' onclick=x"\n\n'
    words += 'msgid "Saved"\nmsgstr "\\\\u003c/script\\\\u003e \\"&"\n'
    page = module(make_app, settings, overlay(tmp_path, "sv", words))
    assert "R &amp; D &#34;&#39; onclick=x" in page
    assert traits(page)["strings"]["saved"] == '\\u003c/script\\u003e "&'
