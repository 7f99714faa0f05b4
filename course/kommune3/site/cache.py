"""Built bodies kept on disk, so that a second start imports neither matplotlib nor the widgets."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from .. import i18n
from ..content import Course, Notebook
from ..engine import judge
from .assets import PACKAGE
from .body import Body
from .pictures import digests

SHAPES = (
    "engine/*.py",
    "charts/*.py",
    "content/notebook.py",
    "content/rules/markdown.py",
    "widgets/*.py",
    "site/*.py",
    "i18n/*.py",
    "locale/*/*/*.po",
)
"""The code that decides what a body looks like."""


@lru_cache
def code_key(shapes: tuple[str, ...] = SHAPES) -> str:
    """A hash of the package's files that match the patterns."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in shapes for file in PACKAGE.glob(pattern)):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def key(course: Course, notebook: Notebook, *words: object) -> str:
    """What a body depends on, as 32 hex digits."""
    activities = {
        a: judge.version(course.activities[a]) for a in notebook.shown_ids if a in course.activities
    }
    sources = [source.model_dump(mode="json") for source in course.sources.values()]
    pages = [(module.id, module.file) for module in course.modules]
    pages += [(role.id, role.start or "") for role in course.roles]
    pages += [(material.id, material.file) for material in course.materials]
    parts: list[object] = [
        code_key(),
        i18n.edition(),
        notebook.path,
        dict(notebook.raw),
        activities,
        sources,
        pages,
    ]
    parts += [
        course.info.language,
        course.base_language,
        {a: course.language_of_activity(a) for a in activities},
    ]
    parts += [course.info.pass_mark, digests(course, notebook), *words]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]


class Cache:
    """Bodies in memory, and in a folder where there is one that can be written to."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._known: dict[str, Body] = {}
        self._building = threading.Lock()

    def body(self, name: str, build: Callable[[], Body]) -> Body:
        """The body of that key, built if nobody has built it before."""
        if found := self._known.get(name):
            return found
        with self._building:  # one builds, the others wait for it: building is slow and not for many threads
            found = self._known.get(name) or self._read(name)
            if found is None:
                found = build()
                self._write(name, found)
            self._known[name] = found
        return found

    def _file(self, name: str) -> Path | None:
        return None if self.folder is None else self.folder / f"{name}.json"

    def _read(self, name: str) -> Body | None:
        file = self._file(name)
        if file is None:
            return None
        with suppress(OSError, ValueError, LookupError, TypeError):
            return Body.from_json(file.read_text(encoding="utf-8"))
        return None

    def _write(self, name: str, body: Body) -> None:
        """A full or read-only disk only costs the next start some time."""
        file = self._file(name)
        if file is None:
            return
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(body.to_json())
            Path(part).replace(file)
