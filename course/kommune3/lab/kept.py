"""Built notebooks kept on disk, so that a second start imports neither matplotlib nor the widgets."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kommune3.site.cache import code_key, key

from . import plan
from .running import write_private

if TYPE_CHECKING:
    from kommune3.content import Course

SHAPES = ("lab/*.py", "widgets/dist/*", "widgets/*.css")
"""What decides how a learner's notebook looks, beside what decides it for a page."""


class Kept:
    """The notebooks of one learner's folder: built where the course, the code or an address changed."""

    def __init__(self, course: Course, folder: Path, *, api: str, pages: str) -> None:
        self.course, self.folder, self.api, self.pages = course, folder, api, pages
        self.entries = plan.entries(course)
        self._used: set[str] = set()

    def notebook(self, entry: plan.Entry) -> dict[str, Any]:
        """The entry's notebook as nbformat JSON."""
        file = self.folder / f"{self._key(entry)}.json"
        self._used.add(file.name)
        try:
            found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = plan.notebook(self.course, entry, self.entries, api=self.api, pages=self.pages)
            with suppress(OSError):  # then it is built again next time
                write_private(file, json.dumps(found))
        return found

    def tidy(self) -> None:
        """Remove what was not asked for."""
        for file in self.folder.glob("*.json"):
            if file.name not in self._used:
                file.unlink(missing_ok=True)

    def _key(self, entry: plan.Entry) -> str:
        titles = {name: [one.title for one in all_] for name, all_ in self.course.assignments.items()}
        words = [entry, self.entries, self.api, self.pages, titles, self.course.info.title, code_key(SHAPES)]
        source = plan.source_of(self.course, entry) or next(iter(self.course.notebooks.values()))
        return key(self.course, source, *words)
