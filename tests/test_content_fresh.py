"""A program that goes on for days follows the course's files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kommune3.content import ContentError, Fresh, load_course


@pytest.fixture
def root(mini_root: Path, tmp_path: Path) -> Path:
    """A copy of the miniature course, to change."""
    return shutil.copytree(mini_root, tmp_path / "kursus")


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_is_read_once_and_when_it_is_whole(root: Path) -> None:
    fresh = Fresh(load_course(root=root))
    assert [fresh.look() for _again in range(3)] == [None] * 3
    manifest = root / "course" / "course.toml"
    change(manifest, 'title = "', 'title = "Nyt: ')
    assert fresh.look() is None, "it may still be written"
    found = fresh.look()
    assert found is not None
    assert found.info.title.startswith("Nyt: ")
    assert [fresh.look() for _again in range(2)] == [None] * 2


def test_files_that_cannot_be_used_are_told_once_and_then_waited_for(root: Path) -> None:
    manifest = root / "course" / "course.toml"
    whole = manifest.read_bytes()
    fresh = Fresh(load_course(root=root))
    manifest.write_bytes(b"[course")
    fresh.look()
    with pytest.raises(ContentError):
        fresh.look()
    assert fresh.look() is None
    manifest.write_bytes(whole)
    os.utime(manifest, ns=(1, 1))
    assert fresh.look() is None
    assert fresh.look() is not None


def test_an_overlay_s_files_and_new_ones_count(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "egen"
    own.mkdir()
    (own / "course.toml").write_text('[municipality]\nname = "Lilleby"\n', encoding="utf-8")
    fresh = Fresh(load_course(own, root=root))
    change(own / "course.toml", "Lilleby", "Den store by")  # its size tells, within one tick of the clock too
    fresh.look()
    found = fresh.look()
    assert found is not None
    assert found.municipality.name == "Den store by"
    (own / "modules").mkdir()
    (own / "modules" / "ny.txt").write_bytes(b"")
    fresh.look()
    assert fresh.look() is not None
    words = own / "locale/da/LC_MESSAGES/kommune3.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "Back"\nmsgstr "Retur"\n', encoding="utf-8")
    fresh.look()
    assert fresh.look() is not None
