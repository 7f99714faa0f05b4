"""Who runs where: told while it runs, never believed afterwards, readable by the owner alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import patient
import serving
from kommune3.lab import running
from kommune3.lab.lock import Taken, only_one, taken

HOLDER = """
import sys, time
from pathlib import Path
from kommune3.lab import running
with running.announced(Path(sys.argv[1]), "service", address="http://127.0.0.1:1/"):
    print("there", flush=True)
    time.sleep(600)
"""


@contextmanager
def announcing(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that says it is the service."""
    command = [sys.executable, "-c", HOLDER, str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "there"
            yield process
        finally:
            process.kill()
            process.wait(20)


def test_told_while_it_runs_and_gone_afterwards(tmp_path: Path) -> None:
    with running.announced(tmp_path, "lab", address="http://127.0.0.1:2/", token="secret") as told:
        assert told
        assert running.find(tmp_path, "lab") == {
            "address": "http://127.0.0.1:2/",
            "token": "secret",
            "pid": os.getpid(),
        }
    assert running.find(tmp_path, "lab") is None
    assert not (tmp_path / "run" / "lab.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folder from others by itself")
def test_the_owner_alone_reads_it(tmp_path: Path) -> None:
    with running.announced(tmp_path, "lab", token="secret"):
        assert (tmp_path / "run" / "lab.json").stat().st_mode & 0o077 == 0


def test_a_killed_program_is_not_believed(tmp_path: Path) -> None:
    with announcing(tmp_path) as process:
        assert running.find(tmp_path, "service") is not None
        process.kill()
        process.wait(20)
        assert (tmp_path / "run" / "service.json").exists()
        assert running.find(tmp_path, "service") is None


def test_the_second_of_two_is_not_told(tmp_path: Path) -> None:
    with announcing(tmp_path):
        with running.announced(tmp_path, "service", address="http://127.0.0.1:3/") as told:
            assert not told
        found = running.find(tmp_path, "service")
    assert found is not None
    assert found["address"] == "http://127.0.0.1:1/"


def test_whoever_asks_who_runs_keeps_nobody_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ASKED", patient.SECONDS)
    held = threading.Event()

    def ask() -> None:
        with only_one(tmp_path / "run" / "service.lock"):
            held.set()
            time.sleep(0.2)

    thread = threading.Thread(target=ask)
    thread.start()
    assert held.wait(patient.SECONDS)
    with running.announced(tmp_path, "service", address="http://127.0.0.1:3/") as told:
        assert told
    thread.join()


def test_one_that_starts_or_ends_is_waited_for(tmp_path: Path) -> None:
    first, said = ExitStack(), []

    def waiting() -> None:
        said.append("waiting")
        first.close()  # now it is gone

    assert first.enter_context(running.turn(tmp_path, "lab", 0, waiting)) is None
    with running.turn(tmp_path, "lab", 60, waiting) as already:
        assert already is None
        with pytest.raises(Taken), running.turn(tmp_path, "lab", -1, waiting):
            pass
    assert said == ["waiting"]


@pytest.mark.parametrize("text", ["", "{", "[]", "\udce6"])
def test_a_broken_file_is_no_program(tmp_path: Path, text: str) -> None:
    with only_one(tmp_path / "run" / "lab.lock"):
        (tmp_path / "run" / "lab.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        assert running.find(tmp_path, "lab") is None


def test_a_service_that_does_not_answer_is_none(tmp_path: Path) -> None:
    with announcing(tmp_path):
        assert running.service(tmp_path) is None


class Healthy(BaseHTTPRequestHandler):
    """Answers every request with success."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_service_that_answers_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr(running, "ANSWERS_WITHIN", patient.SECONDS)
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        with running.announced(tmp_path, "service", address=address):
            assert running.service(tmp_path) == address
        server.shutdown()
        thread.join()


def test_a_lock_that_is_held_is_not_given_twice(tmp_path: Path) -> None:
    file = tmp_path / "one.lock"
    assert not taken(file)
    with only_one(file):
        assert taken(file)
        with pytest.raises(Taken), only_one(file):
            pass
    assert not taken(file)


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running.write_private(tmp_path / "a.json", "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        running.write_private(tmp_path / "a.json", "new")
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "old"


@pytest.mark.slow
def test_the_course_says_where_it_is_until_it_stops(
    tmp_path: Path, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ANSWERS_WITHIN", patient.SECONDS)
    data = tmp_path / "data"
    shutil.copytree(warm, data)
    with serving.running(tmp_path) as course:
        assert running.service(data) == course.address
        found = running.find(data, "service")
        assert found is not None
        assert found["pid"] == course.process.pid
        assert course.stop() == 0
        assert not (data / "run" / "service.json").exists()
