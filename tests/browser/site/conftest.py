"""The whole course as a service for the tests of its pages: one for each file, warm from the start."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

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


@pytest.fixture(scope="module")
def service(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The course, started for the tests of one file; they share its one person."""
    with start(tmp_path_factory.mktemp("service")) as made:
        yield made
