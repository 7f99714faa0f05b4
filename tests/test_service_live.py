"""The real process on a real port: started, killed, restarted, stopped, and asked by many at once."""

from __future__ import annotations

import itertools
import random
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

import patient
from kommune3.content import Course
from kommune3.engine.models import Scenario
from kommune3.grading.locks import alone
from kommune3.register import open_register, people
from kommune3.service.app import BUILD_AFTER
from serving import a_path, attempt, running

ROUNDS = 3


@pytest.fixture
def begun(warm: Path, tmp_path: Path) -> Path:
    """A folder whose course was started before: its pages need not be built while it is asked."""
    shutil.copytree(warm, tmp_path / "data")
    return tmp_path


def steps(course: Course) -> Iterator[list[str]]:
    """Ever longer paths through the shipped scenario, over and over."""
    scenario = course.activities["foraeldreraad"]
    assert isinstance(scenario, Scenario)
    path = a_path(scenario)
    return itertools.cycle([path[:n] for n in range(len(path) + 1)])


def stored_keys(data: Path) -> set[str]:
    register = open_register(data)
    try:
        return {row["key"] for row in people.export(register, "local")["attempts"]}
    finally:
        register.close()


def record_until_it_dies(address: str, course: Course, acknowledged: list[str]) -> None:
    """Send attempts one after the other, and note each that the service says is recorded."""
    with patient.client(base_url=address) as client:
        for path in steps(course):
            sent = attempt(course, "foraeldreraad", path)
            try:
                answer = client.post("/api/v1/attempts", json=sent)
            except httpx2.TransportError:
                return
            assert answer.status_code == 201
            assert answer.json()["recorded"] is True
            acknowledged.append(sent["key"])


@pytest.mark.slow
def test_every_acknowledged_attempt_survives_being_killed(begun: Path, shipped: Course) -> None:
    chance = random.Random(3)
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        with running(begun) as service:
            learners = [
                threading.Thread(target=record_until_it_dies, args=(service.address, shipped, acknowledged))
                for _ in range(4)
            ]
            before = len(acknowledged)
            for learner in learners:
                learner.start()
            while len(acknowledged) < before + chance.randint(1, 40):
                time.sleep(0.001)
            service.process.kill()
            for learner in learners:
                learner.join(patient.SECONDS)
        held = stored_keys(begun / "data")
        assert set(acknowledged) <= held
    assert len(acknowledged) >= ROUNDS


@pytest.mark.slow
def test_a_restart_loses_nothing_that_a_page_retries(begun: Path, shipped: Course) -> None:
    """The page keeps sending the same step with the same key until it is told that it is stored."""
    made = [attempt(shipped, "foraeldreraad", path) for path in itertools.islice(steps(shipped), 40)]
    answers: list[dict[str, Any]] = []
    address = ""

    def page() -> None:
        for sent in made:
            while True:
                try:
                    answer = patient.post(f"{address}api/v1/attempts", json=sent)
                except httpx2.TransportError:
                    time.sleep(0.05)
                    continue
                assert answer.status_code in (200, 201)
                answers.append(answer.json())
                break
            time.sleep(0.02)

    with running(begun) as service:
        address, port = service.address, service.port
        playing = threading.Thread(target=page)
        playing.start()
        time.sleep(0.3)
        assert service.stop() == 0
    with running(begun, "--port", str(port)):
        playing.join(2 * patient.SECONDS)
        assert not playing.is_alive()
    assert [answer["key"] for answer in answers] == [sent["key"] for sent in made]
    register = open_register(begun / "data")
    kept = [row["key"] for row in people.export(register, "local")["attempts"]]
    register.close()
    assert kept == [sent["key"] for sent in made]


def wait_for_gradebook(data: Path) -> None:
    """The worker, which begins a little after the course, has begun on the sample cohort."""
    for _ in range(1500):
        if list(data.glob("nbgrader/*/gradebook.db")):
            return
        time.sleep(0.1)
    raise AssertionError("nobody graded")


@pytest.mark.slow
def test_a_session_from_start_to_stop(begun: Path, shipped: Course) -> None:
    with running(begun, grading=True) as service:
        with patient.client(base_url=service.address) as client:
            home = client.get("/")
            assert home.status_code == 200
            assert "server" not in home.headers
            me = client.get("/api/v1/me").json()
            assert (me["id"], me["roles"]) == ("local", ["admin", "hr", "learner", "trainer"])
            assert "(eksempel)" in client.get("/hr").text
            assert client.put("/api/v1/me/role", json={"role": "leader"}).json()["role"] == "leader"
            assert client.put("/api/v1/me/role", json={"role": "employee"}).json()["role"] == "employee"
            for module in shipped.modules:
                assert client.get(f"/modules/{module.id}").status_code == 200
            assert client.get("/", headers={"host": "evil.example"}).status_code == 421
            huge = client.post("/hr/roster", files={"file": ("x.csv", b"x" * 21_000_000, "text/csv")})
            assert huge.status_code == 413
            chunks = (b" " * 1000 for _ in range(200))
            streamed = client.post(
                "/api/v1/attempts", content=chunks, headers={"content-type": "application/json"}
            )
            assert streamed.status_code == 413
            # another browser tab, and another process on the same data
            with running(begun) as second:
                assert second.port != service.port
                sent = attempt(shipped, "foraeldreraad", [])
                assert patient.post(f"{second.address}api/v1/attempts", json=sent).status_code == 201
                newest = client.get("/api/v1/attempts/foraeldreraad").json()["attempt"]
                assert newest["key"] == sent["key"]
            wait_for_gradebook(begun / "data")
            client.post("/hr/samples", data={"action": "remove"})
        assert service.stop() == 0
    with alone(begun / "data"):  # the worker that it ran is gone with it
        pass
    assert (begun / "stderr.txt").read_text(encoding="utf-8") == ""
    with running(begun, "--root-path", "/kursus") as again:
        assert again.address.endswith("/kursus/")
        assert patient.get(again.address).status_code == 200
        assert "(eksempel)" not in patient.get(f"{again.address}hr").text


def first_line(port: int, request: bytes, seconds: float) -> bytes:
    """How the service begins its answer to these very bytes; nothing where it waits for more, or hangs up."""
    with socket.create_connection(("127.0.0.1", port), patient.SECONDS) as connection:
        connection.settimeout(seconds)
        try:
            connection.sendall(request)
            return connection.recv(65536).split(b"\r\n")[0]
        except (TimeoutError, ConnectionError):
            return b""


@pytest.mark.slow
def test_bytes_that_no_browser_sends(begun: Path) -> None:
    host = b"Host: 127.0.0.1\r\n"
    record = b"POST /api/v1/attempts HTTP/1.1\r\n" + host + b"Content-Type: application/json\r\n"
    requests = {
        b"GET / HTTP/1.1\r\n\r\n": b"421",
        b"GET //evil.example/ HTTP/1.1\r\n" + host + b"\r\n": b"404",
        b"GET /static/../../i18n.py HTTP/1.1\r\n" + host + b"\r\n": b"404",
        b"GET /static/..%5c..%5ci18n.py HTTP/1.1\r\n" + host + b"\r\n": b"404",
        b"GET /\xff\xfe HTTP/1.1\r\n" + host + b"\r\n": b"40",
        b"GET /modules/%ff HTTP/1.1\r\n" + host + b"\r\n": b"404",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n": b"421",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03": b"400",
        record + b"Content-Length: 5\r\n\r\n{": b"",
        record + b"Content-Length: 99999999\r\n\r\n": b"413",
        b"GET / HTTP/1.1\r\n" + host + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n": b"200",
    }
    with running(begun) as service:
        for request, status in requests.items():
            first = first_line(service.port, request, patient.SECONDS if status else 2)
            assert status in first, (request, first)
            assert patient.get(f"{service.address}healthz").json() == {"status": "ok"}
        assert service.stop() == 0


def test_a_first_start_ends_cleanly_while_its_pages_are_being_built(tmp_path: Path) -> None:
    """A thread that was still drawing when Python ended brought the whole process down with an error."""
    nothing_kept = str(tmp_path / "kept")  # else there might be no figure left to draw
    with running(tmp_path, "--no-lab", KOMMUNE3_CACHE=nothing_kept) as service:
        time.sleep(BUILD_AFTER + 1)  # by then pages are being built
        assert service.stop() == 0
    assert "Traceback" not in (tmp_path / "stderr.txt").read_text(encoding="utf-8")
