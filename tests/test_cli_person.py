"""``kommune3 person export -o``: a file with what somebody wrote, for its owner alone."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from kommune3.cli import main
from test_cli import data, staffed

__all__ = ["data"]  # every test here has a data folder of its own


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("before", [None, 0o644])
def test_an_exported_file_is_its_owners_alone(
    before: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staffed(tmp_path)
    file, made = tmp_path / "anna.json", os.open
    modes = []
    if before:
        file.touch()
        file.chmod(before)

    def seen(name: str, flags: int, mode: int = 0o777) -> int:
        if Path(name) == file:
            modes.append(mode)
        return made(name, flags, mode)

    monkeypatch.setattr("os.open", seen)
    umask = os.umask(0)
    try:
        assert main(["person", "export", "anna", "-o", str(file)]) == 0
    finally:
        os.umask(umask)
    assert modes == [0o600], "before anything is in it"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_to_export_into_is_left_as_it_is(tmp_path: Path) -> None:
    staffed(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o644)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["person", "export", "anna", "-o", str(pipe)]) == 0
        assert json.loads(os.read(reader, 65_536))["person"]["id"] == "anna"
    finally:
        os.close(reader)
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o644
