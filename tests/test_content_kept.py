"""What is kept of parsed files: the same as parsing, and never in the way."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kommune3.content import ContentError, kept
from kommune3.content.places import base_root
from kommune3.content.yaml_source import read_yaml

LONG = "a: 1\nb: [x, 1.5, true, null]\nc:\n  - d: »æ«\n    e: 2\n" + f"f: {'ord ' * kept.SMALLEST}\n"


@pytest.fixture(autouse=True)
def folder(kept_apart: Path) -> Path:
    return kept_apart


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


@pytest.mark.parametrize(
    "path", sorted((base_root() / "modules").rglob("scenarios/*.yml")), ids=lambda p: p.name
)
def test_what_is_kept_is_what_was_parsed(path: Path, folder: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parsed = read_yaml(text, "x.yml")
    for _time in range(2):
        found = kept.read(text, "x.yml")
        assert (found.file, found.data, dict(found.lines)) == (parsed.file, parsed.data, dict(parsed.lines))
    assert len(files(folder)) == 1


def test_it_is_not_parsed_again_and_knows_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    kept.read(LONG, "a.yml")
    monkeypatch.setattr(kept, "read_yaml", lambda *_: pytest.fail("parsed again"))
    found = kept.read(LONG, "b.yml")
    assert (found.file, found.where(("c", 0, "e"))) == ("b.yml", ("b.yml", 5))


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}", b"[1]", b'{"data": 1}', b'{"data": 1, "lines": [[1, 2]]}', b"\xff"]
)
def test_a_spoilt_file_is_made_anew(spoilt: bytes, folder: Path) -> None:
    kept.read(LONG, "a.yml")
    (place,) = files(folder)
    place.write_bytes(spoilt)
    assert kept.read(LONG, "a.yml").data == read_yaml(LONG, "a.yml").data
    assert place.read_bytes() != spoilt


def test_a_changed_text_or_reader_is_parsed_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.read(LONG, "a.yml")
    kept.read(LONG + "g: 1\n", "a.yml")
    monkeypatch.setattr(kept, "_reader", lambda: "another")
    kept.read(LONG, "a.yml")
    assert len(files(folder)) == 3


def test_errors_are_not_kept(folder: Path) -> None:
    for _time in range(2):
        with pytest.raises(ContentError):
            kept.read(LONG + "a: 2\n", "a.yml")
    assert files(folder) == []


def test_a_folder_that_cannot_be_made_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("KOMMUNE3_CACHE", str(tmp_path / "file" / "kept"))
    kept.folder.cache_clear()
    assert kept.read(LONG, "a.yml").data["a"] == 1


def test_only_so_many_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(6):
        kept.read(LONG + f"g: {number}\n", "a.yml")
    assert len(files(folder)) == 3


def test_files_of_others_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names a folder that is in use loses nothing there."""
    monkeypatch.setattr(kept, "MOST", 2)
    folder.mkdir(mode=0o700)
    others = [folder / name for name in ("letter.docx", "a" * 40, "b.json", f"{'c' * 40}.txt")]
    for each in others:
        each.write_text("mine", encoding="utf-8")
        os.utime(each, (0, 0))
    for number in range(5):
        kept.read(LONG + f"g: {number}\n", "a.yml")
    assert [each.read_text(encoding="utf-8") for each in others] == ["mine"] * 4
    assert len(files(folder)) == 4 + 2


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights as POSIX has them")
def test_a_folder_that_others_can_write_to_is_not_believed(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    kept.read(LONG, "a.yml")
    assert files(folder) == []


def test_two_that_start_at_once_leave_one_whole_file(folder: Path) -> None:
    wanted, found = read_yaml(LONG, "a.yml").data, []
    threads = [
        threading.Thread(target=lambda: found.append(kept.read(LONG, "a.yml").data)) for _ in "12345678"
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [wanted] * 8
    assert [each.suffix for each in files(folder)] == [".json"]


def test_a_write_that_fails_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert kept.read(LONG, "a.yml").data["a"] == 1
    assert files(folder) == []
