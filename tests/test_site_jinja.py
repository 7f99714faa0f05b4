"""Templates that stay compiled: the same pages, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from kommune3.site import jinja


@pytest.fixture(autouse=True)
def folder(kept_apart: Path) -> Path:
    return kept_apart


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text("<b>{{ text }}</b>", encoding="utf-8")
    return tmp_path


def shown(templates: Path) -> str:
    return jinja.reading(templates).get_template("a.html").render(text="æ < ø")


def test_a_template_is_compiled_once(templates: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(templates)
    assert [file.suffix for file in folder.iterdir()] == [".code"]
    monkeypatch.setattr(Environment, "_generate", lambda *_, **_more: pytest.fail("compiled again"))
    assert shown(templates) == first == "<b>æ &lt; ø</b>"


def test_a_changed_template_or_compiler_is_compiled_anew(
    templates: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(templates)
    (templates / "a.html").write_text("<i>{{ text }}</i>", encoding="utf-8")
    assert shown(templates) == "<i>æ &lt; ø</i>"
    monkeypatch.setattr(jinja, "_compiler", lambda: "another")
    assert shown(templates) == "<i>æ &lt; ø</i>"
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("spoilt", [b"", b"j2", b"\xff" * 500])
def test_a_spoilt_file_is_made_anew(templates: Path, folder: Path, spoilt: bytes) -> None:
    shown(templates)
    (file,) = folder.iterdir()
    file.write_bytes(spoilt)
    assert shown(templates) == "<b>æ &lt; ø</b>"
    assert file.read_bytes() != spoilt


def test_what_is_in_the_way_changes_nothing(templates: Path, folder: Path) -> None:
    shown(templates)
    (file,) = folder.iterdir()
    file.unlink()
    file.mkdir()
    assert shown(templates) == "<b>æ &lt; ø</b>"
    file.rmdir()
    environment = jinja.reading(templates)
    folder.rmdir()  # gone while the course runs
    assert environment.get_template("a.html").render(text="") == "<b></b>"
