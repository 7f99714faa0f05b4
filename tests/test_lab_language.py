"""JupyterLab's words in Danish, as the pack that JupyterLab finds."""

from __future__ import annotations

import gettext
import json
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kommune3 import i18n
from kommune3.cli import lab
from kommune3.lab import language, settings
from kommune3.service.settings import Settings


def test_jupyterlab_finds_the_pack_by_its_entry_point_and_reads_the_words(tmp_path: Path) -> None:
    assert language.write(tmp_path, "da")
    (pack,) = distributions(path=[str(tmp_path)])
    (entry,) = pack.entry_points.select(group="jupyterlab.languagepack")
    assert (entry.name, entry.value) == ("da", "jupyterlab_language_pack_da")
    words = tmp_path / entry.value / "locale"
    table = json.loads((words / "da/LC_MESSAGES/jupyterlab.json").read_text(encoding="utf-8"))
    assert table["menu\x04File"] == ["Fil"]
    assert table["Delete Cell"] == ["Slet celle", "Slet celler"]
    assert table[""]["plural_forms"] == "nplurals=2; plural=(n != 1);"
    compiled = gettext.translation("jupyterlab", words, ["da"])
    assert compiled.pgettext("menu", "Edit") == "Redigér"


def test_jupyter_does_not_make_a_parser_that_it_has_no_use_for(tmp_path: Path) -> None:
    settings.prepare(tmp_path, {})
    asked = "import sys, jsonschema; print('validators' in dir(jsonschema), 'lark' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=settings.environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["True", "False"]


def test_both_servers_speak_as_the_command_that_started_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They load no course, so they are told."""
    file = tmp_path / "vores" / i18n.place("sv")
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Untitled"\nmsgstr "Namnlös"\n', encoding="utf-8")
    (tmp_path / "vores" / "course.toml").write_text('[course]\nlanguage = "sv"\n', encoding="utf-8")
    monkeypatch.setenv("KOMMUNE3_COURSE", "x")
    try:
        lab.hand_on(Settings(data_dir=tmp_path, course_dir=tmp_path / "vores"))
        env = settings.environment(tmp_path / "home")
        found = settings.server(tmp_path, None)["ContentsManager"]
    finally:
        i18n.use("da")
    assert found["untitled_notebook"] == "Namnlös"
    assert env["KOMMUNE3_COURSE"] == str((tmp_path / "vores").resolve())
    asked = "from kommune3 import i18n; i18n.inherit(); print(i18n.gettext('Untitled'), i18n.gettext('Back'))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env=env | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout.split() == ["Namnlös", "Tilbage"]


def test_there_is_no_pack_where_there_are_no_words(tmp_path: Path) -> None:
    assert not language.write(tmp_path, "en")
    assert list(tmp_path.iterdir()) == []


def test_each_word_is_translated_and_keeps_what_is_filled_in() -> None:
    with language.source("da").open("rb") as file:
        catalog = read_po(file, locale="da")
    for message in catalog:
        for said in language.forms(message) if message.id else ():
            assert said
            assert {part for part in ("%1", "%2") if part in said} <= {
                part for part in ("%1", "%2") if part in str(message.id)
            }
