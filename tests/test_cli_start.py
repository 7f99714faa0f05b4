"""``kommune3 start``: what it refuses, and how it finds a port and a browser."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommune3.cli import main, start
from kommune3.service import server
from serving import environment


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KOMMUNE3_COURSE", "KOMMUNE3_ROOT_PATH", "KOMMUNE3_ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KOMMUNE3_DATA", str(tmp_path / "data"))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def refused(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What it says on stderr when it does not start."""
    given = () if "--port" in options else ("--port", "0")
    assert main(["start", "--no-browser", *given, *options]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Traceback" not in told.err
    return told.err


def test_a_taken_port_is_told_with_what_to_do(taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    told = refused(capsys, "--port", str(taken))
    assert str(taken) in told
    assert "--port" in told


def test_without_a_port_the_first_free_one_is_used(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(server, "FIRST_PORT", taken)  # other tests' services come and go from 8000 on
    with server.listen(None) as first, server.listen(None) as second:
        ports = [found.getsockname()[1] for found in (first, second)]
        assert taken < ports[0] < ports[1] < taken + server.PORTS
        assert first.getsockname()[0] == "127.0.0.1"


def test_no_free_port_is_told(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setattr(server, "FIRST_PORT", taken)
    monkeypatch.setattr(server, "PORTS", 1)
    with pytest.raises(server.PortError, match=str(taken)):
        server.listen(None)


@pytest.mark.parametrize("port", ["x", "-1", "65536", "8000.5", "²", ""])
def test_a_port_that_is_no_port(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["start", "--port", port])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_others_on_the_network_are_never_let_in(capsys: pytest.CaptureFixture[str], host: str) -> None:
    assert host in refused(capsys, "--host", host)


def test_a_data_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    assert "fil" in refused(capsys, "--data", str(tmp_path / "fil"))
    assert "fil" in refused(capsys, "--data", str(tmp_path / "fil" / "under"))


def test_a_data_folder_that_holds_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gammel").mkdir()
    (tmp_path / "gammel" / "register.sqlite3").write_bytes(b"not a database at all" * 100)
    assert "register.sqlite3" in refused(capsys, "--data", str(tmp_path / "gammel"))


def test_a_course_folder_that_is_not_there_or_broken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "findes-ikke" in refused(capsys, "--course", str(tmp_path / "findes-ikke"))
    (tmp_path / "egen").mkdir()
    (tmp_path / "egen" / "course.toml").write_text("[course\n", encoding="utf-8")
    assert "course.toml:1" in refused(capsys, "--course", str(tmp_path / "egen"))


def test_a_prefix_that_cannot_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert "/hr" in refused(capsys, "--root-path", "/hr")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_data_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "laast"
    folder.mkdir()
    folder.chmod(0o555)
    told = subprocess.run(
        [sys.executable, "-m", "kommune3", "start", "--no-browser", "--port", "0", "--data", str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path),
        timeout=60,
        preexec_fn=obey_permissions,
    )
    assert told.returncode == 1
    assert str(folder) in told.stderr
    assert "Traceback" not in told.stderr


def obey_permissions() -> None:
    """Take from the new process root's power to write anywhere, in case the tests run as root."""
    import ctypes
    import os

    drop_from_bounding_set, dac_override = 24, 1
    if os.geteuid() == 0:
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0) == 0


def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not start.has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.has_screen()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("DISPLAY")
    assert start.has_screen()


def test_a_browser_that_does_not_open_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_address: str) -> bool:
        raise OSError("no browser")

    monkeypatch.setattr("webbrowser.open", fail)
    start._try_browser("http://127.0.0.1:8000/")
    assert capsys.readouterr().out
