"""Noticing that a course's files have changed, for programs that go on for days."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .course import Course
from .load import OVERLAID, load_course
from .places import Places


class Fresh:
    """A course that is read anew when its files have changed and are left alone again."""

    def __init__(self, course: Course) -> None:
        self._places = course.places
        self._read = self._last = stamp(self._places)

    def look(self) -> Course | None:
        """The course as its files have it now; None while nothing changed since the last one.

        Files that still change between two looks are being written: they are waited for. Raises ContentError
        where they cannot be used, once for each change.
        """
        now = stamp(self._places)
        settled, self._last = now == self._last, now
        if now == self._read or not settled:
            return None
        self._read = now
        return load_course(self._places.overlay, root=self._places.root)


def stamp(places: Places) -> int:
    """Differs when any file of the course does, by name, size or time; a few milliseconds."""
    return hash(tuple(sorted(_files(places))))


def _files(places: Places) -> Iterator[tuple[str, int, int]]:
    for root, own in places.roots():
        for name in OVERLAID:
            top = root / name if own or "." not in name else root / "course" / name
            yield from _inside(top) if top.is_dir() else _one(top)


def _inside(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path, _folders, names in os.walk(folder):
        for name in names:
            yield from _one(Path(path, name))


def _one(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        found = path.stat()
    except OSError:  # it is not there, or goes just now
        return
    yield str(path), found.st_mtime_ns, found.st_size
