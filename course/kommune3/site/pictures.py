"""A notebook's pictures, written into the page itself, so that nothing of a course needs an address."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from ..content import ContentError, Course, Notebook
from ..content.rules.markdown import PICTURES, linked_files, resolved


def pictures(course: Course, notebook: Notebook) -> Callable[[str], str | None]:
    """A function from a picture's target to what an img element shows; None where it is no file of ours."""

    def shown(target: str) -> str | None:
        file = _file(course, resolved(notebook, target))
        if file is None:
            return None
        data = base64.b64encode(file.read_bytes()).decode()
        return f"data:{PICTURES[file.suffix.lower()]};base64,{data}"

    return shown


def digests(course: Course, notebook: Notebook) -> dict[str, str]:
    """What the notebook's pictures hold, so that a cached page is not older than they are."""
    files = {name: _file(course, name) for name in sorted(linked_files(notebook))}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items() if file}


def _file(course: Course, relative: str) -> Path | None:
    if PurePosixPath(relative).suffix.lower() not in PICTURES or not relative.startswith("modules/"):
        return None
    try:
        return course.file(relative)
    except ContentError:
        return None
