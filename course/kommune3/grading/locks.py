"""Who may work on nbgrader's files: locks that end with the process that holds them, on every system."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kommune3.i18n import gettext as _

WAIT = 60.0
"""Seconds to wait for whoever writes nbgrader's files."""


class AlreadyRunning(Exception):
    """Another process grades here; the message says so."""


class FilesBusy(Exception):
    """Another process writes nbgrader's files, and went on doing so; nothing was changed."""


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Hold the one place of a worker. Raises AlreadyRunning where another process has it."""
    with held(data_dir, "grade.lock", patience=0.0) as mine:
        if not mine:
            raise AlreadyRunning(_("Another kommune3 grade runs already, perhaps in kommune3 start."))
        yield


@contextmanager
def projecting(data_dir: Path) -> Iterator[None]:
    """Hold nbgrader's files: nobody is erased while somebody else writes them. Raises FilesBusy."""
    with held(data_dir, "nbgrader.lock", patience=WAIT) as mine:
        if not mine:
            raise FilesBusy(_("Another program is writing nbgrader's files; it is tried again."))
        yield


@contextmanager
def held(data_dir: Path, name: str, patience: float) -> Iterator[bool]:
    """A lock, after ``patience`` seconds at most: SQLite's own. False where it is taken."""
    folder = data_dir / "run"
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / name, timeout=patience, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
    finally:
        connection.close()
