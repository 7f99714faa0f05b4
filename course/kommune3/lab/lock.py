"""A lock that ends with the process that holds it, on every system: SQLite's, on an empty file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class Taken(Exception):
    """Another process holds the lock."""


@contextmanager
def only_one(file: Path, patience: float = 0) -> Iterator[None]:
    """Hold the lock inside the block; wait for it at most ``patience`` seconds. Raises Taken."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Taken(file.name) from error
        yield


def taken(file: Path) -> bool:
    """Whether some process holds the lock."""
    if not file.exists():
        return False
    try:
        with only_one(file):
            return False
    except Taken:
        return True
