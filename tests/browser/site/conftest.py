"""The whole course as a service for the tests of its pages: one for each file, warm from the start."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from kommune3.register.store import FILE
from serving import Running, running

Start = Callable[..., AbstractContextManager[Running]]


@pytest.fixture(scope="session")
def start(warm: Path) -> Start:
    """Starts services: ``with start(tmp_path, *options, **environment) as service``."""

    @contextmanager
    def starting(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
        if not (folder / "data").exists():
            shutil.copytree(warm, folder / "data")
        with running(folder, *options, **environment) as service:
            yield service

    return starting


@pytest.fixture(scope="session")
def reading(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The course for tests that only look at it; they must leave nothing behind in its register."""
    with start(tmp_path_factory.mktemp("reading")) as made:
        yield made


class OfFile:
    """The course for the tests of one file; a test that is tried again finds what it found at first."""

    def __init__(self, start: Start, folder: Path, *options: str) -> None:
        self.start, self.folder, self.options = start, folder, options
        self.process = ExitStack()
        self.service = self._started()

    def _started(self) -> Running:
        return self.process.enter_context(self.start(self.folder, *self.options))

    def before(self, again: bool) -> Running:
        """The service for a test that is tried for the first time, or ``again``."""
        register, kept = self.folder / "data" / FILE, self.folder / "before.sqlite"
        if not (again and kept.exists()):  # after the last test of a file all is made anew by itself
            copy(register, kept)
            return self.service
        self.process.close()
        for file in register.parent.glob(f"{FILE}*"):
            file.unlink()
        shutil.copy(kept, register)
        self.service = self._started()
        return self.service


def copy(register: Path, to: Path) -> None:
    """Copy a register that a service writes to meanwhile."""
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(register)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)


@pytest.fixture(scope="module")
def of_file(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfFile]:
    """The course for one file."""
    made = OfFile(start, tmp_path_factory.mktemp("service"))
    with made.process:
        yield made


@pytest.fixture
def service(of_file: OfFile, request: pytest.FixtureRequest) -> Running:
    """The course, whose one person the tests of a file share."""
    return of_file.before(getattr(request.node, "execution_count", 1) > 1)
