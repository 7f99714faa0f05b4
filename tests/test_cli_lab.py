"""``kommune3 lab`` where it cannot do what it should: plain words, and nothing left behind."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from kommune3.cli import lab, main, places
from kommune3.content import Course
from kommune3.lab import running, server


def test_a_missing_jupyterlab_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "installed", lambda: False)
    assert main(["lab", "--no-browser", "--data", str(tmp_path)]) == 1
    assert 'pip install "kommune3[lab]"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("options", "name"), [([], "lab"), (["--trainer"], "trainer")])
def test_one_that_runs_already_is_shown_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    name: str,
) -> None:
    monkeypatch.setattr(running, "answers", lambda url: url == "http://127.0.0.1:1/api")
    monkeypatch.setenv("KOMMUNE3_DATA", str(tmp_path))  # the command sets it, too
    where = {"address": "http://127.0.0.1:1/", "token": "abc"}
    with running.turn(tmp_path, name, 0, print), running.announced(tmp_path, name, **where):
        assert main(["lab", "--no-browser", *options, "--data", str(tmp_path)]) == 0
    (told,) = capsys.readouterr().out.splitlines()  # and not that it has stopped
    assert "http://127.0.0.1:1/lab" in told
    assert "token=abc" in told


def test_one_that_does_not_get_anywhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab, "TURN_WITHIN", -1.0)
    monkeypatch.setenv("KOMMUNE3_DATA", str(tmp_path))
    with running.turn(tmp_path, "lab", 0, print):
        assert main(["lab", "--no-browser", "--data", str(tmp_path)]) == 1
    assert "kommune3 lab" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.lab
def test_a_jupyterlab_that_ends_is_told_with_where_its_words_are(
    tmp_path: Path,
    warm: Path,
    mini_course: Course,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What it copies meanwhile is the miniature course: the real one's notebooks take seconds to draw."""
    monkeypatch.setattr(places, "course", lambda _arguments: mini_course)
    data = tmp_path / "data"
    shutil.copytree(warm, data)
    log = data / "jupyter" / "local" / "jupyterlab.log"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["lab", "--no-browser", "--port", port, "--data", str(data)]) == 1
    assert str(log) in capsys.readouterr().err
    assert running.find(data, "service") is None
