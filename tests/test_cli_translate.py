"""``kommune3 translate`` makes the file, keeps what is translated, and never spoils one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommune3 import i18n
from kommune3.cli import main
from kommune3.grading import release
from kommune3.i18n import place, strings

TOTAL = len(strings.strings())


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("KOMMUNE3_COURSE", raising=False)
    yield
    i18n.use("da")


def translate(language: str, folder: Path) -> int:
    return main(["translate", language, "--course", str(folder)])


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "fi", "en"])
def test_a_file_is_made_and_then_stays_as_it_is(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert translate(language, tmp_path / "vores") == 0
    file = tmp_path / "vores" / place(language)
    told = capsys.readouterr().out
    assert f"{file.resolve()} er skrevet." in told
    assert f"0 af {TOTAL} tekster er oversat, {TOTAL} mangler." in told
    first, when = file.read_bytes(), file.stat().st_mtime_ns
    assert f'"Language: {language}\\n"'.encode() in first
    assert b"#. Danish: Tilbage\nmsgid" in first
    assert translate(language, tmp_path / "vores") == 0
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (first, when)
    assert [one.name for one in file.parent.iterdir()] == ["kommune3.po"]


def test_what_is_translated_is_kept_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / place("sv")
    file.parent.mkdir(parents=True)
    file.write_bytes(b'\xef\xbb\xbfmsgid "Back"\r\nmsgstr "Tillbaka"\r\n')
    assert translate("sv", tmp_path) == 0
    assert f"1 af {TOTAL} tekster er oversat, {TOTAL - 1} mangler." in capsys.readouterr().out
    assert 'msgid "Back"\nmsgstr "Tillbaka"\n' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["xx", "svenska", "SV", "../da", ""])
def test_an_unknown_language_is_told(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translate(code, tmp_path) == 1
    assert f'"{code}" er ikke koden for et sprog.' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("broken", [b"hov\n", b'msgid "\xe5"\n', b'msgid "a"\nmsgstr "b\n'])
def test_a_broken_file_is_told_and_left(
    broken: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / place("sv")
    file.parent.mkdir(parents=True)
    file.write_bytes(broken)
    assert translate("sv", tmp_path) == 1
    assert f"{tmp_path.name}/{place('sv')}:" in capsys.readouterr().err
    assert file.read_bytes() == broken


def test_a_folder_must_be_named_and_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "sv"]) == 1
    assert "Sig, hvilken mappe jeres egne filer ligger i: --course MAPPE." in capsys.readouterr().err
    (tmp_path / "fil").touch()
    assert translate("sv", tmp_path / "fil") == 1
    assert "er en fil. Giv en mappe med --course." in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert translate("sv", tmp_path) == 1
    assert "Du må ikke læse eller skrive" in capsys.readouterr().err
    tmp_path.chmod(0o700)


def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / place("sv")
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Back"\nmsgstr "Tillbaka"\n', encoding="utf-8")

    def full(_self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", full)
    assert translate("sv", tmp_path) == 1
    assert "Du må ikke læse eller skrive" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == 'msgid "Back"\nmsgstr "Tillbaka"\n'
    assert [one.name for one in file.parent.iterdir()] == ["kommune3.po"]


def test_the_check_tells_what_is_left_and_lets_the_course_pass(
    mini_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOMMUNE3_ROOT", str(mini_root))
    monkeypatch.setattr(release, "installed", lambda: False)  # loading nbgrader is what takes long
    (tmp_path / "course.toml").write_text('[course]\nlanguage = "sv"\n', encoding="utf-8")
    assert translate("sv", tmp_path) == 0
    assert main(["check", "--course", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert f"{TOTAL} tekster på knapper og i beskeder er ikke oversat" in told
    assert "minutter" in told, "a translator needs the modules' figures, too"
    assert told.endswith("Kurset overholder alle regler.\n")
