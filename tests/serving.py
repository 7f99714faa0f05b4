"""The service for tests: in-process with any identity, and as a real process on the loopback address."""

from __future__ import annotations

import json
import os
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal

import patient
from forking import Program
from kommune3.content import Course, load_course
from kommune3.engine import scenario as play
from kommune3.engine.judge import version
from kommune3.engine.models import Scenario
from kommune3.register import Person, open_register, people
from kommune3.register.store import FILE
from kommune3.service.identity import Identity, Role
from kommune3.service.settings import Settings
from registering import lay

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import HTTPConnection
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1"
PEOPLE = (
    Person("anna", "Anna Ankjær", unit="Skole", role="employee"),
    Person("bo", "Bo Bang", unit="Skole", role="employee"),
    Person("troels", "Troels Træner", unit="HR", role="employee"),
    Person("hanne", "Hanne Hansen", unit="HR", role="employee"),
    Person("aksel", "Aksel Admin", unit="IT", role="employee"),
    Person("pia", "Pia Politiker", unit="Byrådet", role="politician"),
)
SIGNED_IN: dict[str, Role] = {"anna": "learner", "troels": "trainer", "hanne": "hr", "aksel": "admin"}


async def by_header(connection: HTTPConnection) -> Identity | None:
    """An authenticator that believes two headers, for tests alone."""
    person = connection.headers.get("x-person")
    roles = connection.headers.get("x-roles", "").split()
    return Identity(person, frozenset(roles)) if person else None  # type: ignore[arg-type]


def login(person: str, *roles: str) -> dict[str, str]:
    """The headers that sign a person in."""
    return {"x-person": person, "x-roles": " ".join(roles)}


ANNA = login("anna", "learner")
BO = login("bo", "learner")
HANNE = login("hanne", "hr")


@pytest.fixture
def settings(tmp_path: Path, mini_root: Path) -> Settings:
    """An empty data folder and the miniature course."""
    return Settings(data_dir=tmp_path / "data", course_root=mini_root)


Factory = Callable[..., "FastAPI"]


@pytest.fixture(scope="session")
def peopled(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with PEOPLE in it."""
    folder = tmp_path_factory.mktemp("peopled")
    lay(blank, folder)
    register = open_register(folder)
    with register.write() as session:
        people.add(session, PEOPLE, "roster")
    register.close()
    return folder / FILE


@pytest.fixture
def make_app(
    settings: Settings,
    peopled: Path,
    mini_root: Path,
    mini_course: Course,
    one_loop: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Factory]:
    """Makes the app, with PEOPLE in a new register; closes the register afterwards."""
    from kommune3.service import app as service  # not every test needs the service

    made: list[FastAPI] = []

    def loaded(overlay: Path | None, *, root: Path | None) -> Course:
        """The miniature course is the same for all, so it is loaded once."""
        same = overlay is None and root == mini_root
        return mini_course if same else load_course(overlay, root=root)

    monkeypatch.setattr(service, "load_course", loaded)

    def make(chosen: Settings = settings) -> FastAPI:
        lay(peopled, chosen.data_dir)
        made.append(service.create_app(chosen, by_header))
        return made[-1]

    yield make
    for app in made:
        app.state.services.register.close()


@pytest.fixture(scope="session")
def one_loop() -> Iterator[None]:
    """One event loop and its threads for all requests, as in the service: none has to make its own."""
    from starlette.testclient import TestClient

    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield


@pytest.fixture
def app(make_app: Factory) -> FastAPI:
    """The app over the miniature course."""
    return make_app()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """Asks the app as a browser on this machine would; sign in with ``headers=ANNA``."""
    from starlette.testclient import TestClient

    return TestClient(app, base_url=BASE, raise_server_exceptions=True, follow_redirects=False)


def a_path(scenario: Scenario) -> list[str]:
    """Choice ids from the start to an ending."""
    state, choices = play.start(scenario), []
    while not play.ended(scenario, state):
        choice = play.open_choices(scenario, state)[0].id
        state, choices = play.next_state(scenario, state, choice), [*choices, choice]
    return choices


def attempt(course: Course, activity: str, choices: Sequence[str], **changes: Any) -> dict[str, Any]:
    """The JSON of an attempt with a new key."""
    made = version(course.activities[activity])
    body = {"activity": activity, "version": made, "key": str(uuid.uuid4()), "choices": list(choices)}
    return body | changes


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """An environment without the developer's own settings, with a home of its own."""
    own = ("KOMMUNE3_CACHE",)  # shared by all: it holds what is parsed from the course's files
    kept = {k: v for k, v in os.environ.items() if k in own or not k.startswith(("KOMMUNE3", "XDG"))}
    return kept | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)} | more


class Running:
    """A ``kommune3 start`` process and its address."""

    def __init__(self, process: Program, address: str) -> None:
        self.process, self.address = process, address

    @property
    def port(self) -> int:
        """The port it listens on."""
        return httpx2.URL(self.address).port or 80

    def stop(self) -> int:
        """Ask it to end; returns its exit code."""
        self.process.terminate()
        return self.process.wait(patient.SECONDS)


@contextmanager
def running(tmp_path: Path, *options: str, grading: bool = False, **more: str) -> Iterator[Running]:
    """Start the real thing on the loopback address; it is gone when the block ends.

    Without ``grading`` its worker does not take the machine from the tests that need none.
    """
    options += () if grading else ("--no-grading",)
    port = () if "--port" in options else ("--port", "0")
    env = environment(tmp_path, KOMMUNE3_DATA=str(tmp_path / "data")) | more
    said, errors = tmp_path / f"said-{uuid.uuid4().hex[:8]}.txt", tmp_path / "stderr.txt"
    process = Program(["start", "--no-browser", *port, *options], said, errors, env=env)
    try:
        yield Running(process, address_in(process.line_with(BASE), errors))
    finally:
        process.kill()
        process.wait(patient.SECONDS)


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it, with every page: no service need build them again.

    Made once for all workers, by the one who comes first; by the next who asks where that one failed.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "warm"
    while not (folder / "made").exists():
        try:
            folder.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            build_all(folder)
        except BaseException:
            folder.rename(folder.with_name(f"failed-{uuid.uuid4().hex}"))
            raise
        (folder / "made").touch()
    return folder / "data"


def build_all(folder: Path) -> None:
    """Start the course and open each of its pages."""
    course = load_course()
    with running(folder) as service, patient.client(base_url=service.address) as client:
        starts = [f"start/{role.id}" for role in course.roles if role.start]
        for place in [*starts, *(f"modules/{module.id}" for module in course.modules)]:
            client.get(place).raise_for_status()
        service.stop()


def find_address(process: subprocess.Popen[str], tmp_path: Path) -> str:
    """The address that the process prints once it is ready."""
    assert process.stdout is not None
    said = next((line for line in process.stdout if BASE in line), "")
    return address_in(said, tmp_path / "stderr.txt")


def address_in(said: str, errors: Path) -> str:
    """The address in a line that says it; fails with the process's own words where there is none."""
    found = [word for word in said.split() if word.startswith(f"{BASE}:")]
    assert found, f"never ready: {errors.read_text(encoding='utf-8') if errors.exists() else ''}"
    return found[0]


@pytest.fixture(scope="session")
def shipped() -> Course:
    """The course that is shipped."""
    return load_course()


def problem(response: httpx2.Response, status: int, kind: str) -> dict[str, Any]:
    """The problem of an answer, after checking that it is the expected one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(response.content)
    assert found["type"] == f"urn:kommune3:{kind}"
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    return found
