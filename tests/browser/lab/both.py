"""The course as ``kommune3 start`` and ``kommune3 lab`` bring it, side by side on the same data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import patient
from forking import Program
from kommune3.lab import server, workspace
from serving import BASE, Running, environment, running


@dataclass(frozen=True)
class Both:
    """The course as pages and in JupyterLab, on the same data."""

    course: Running
    lab: str
    """JupyterLab's address, ending in a slash."""
    token: str
    data: Path

    def page(self, path: str) -> str:
        """A page of the course."""
        return f"{self.course.address}{path}"

    def notebook(self, source: str = "") -> str:
        """The learner's copy of a notebook, in JupyterLab."""
        return server.link(self.lab, self.token, self.path(source))

    def path(self, source: str) -> str:
        """Where the learner has it."""
        return workspace.path_of(self.data, "local", source) or "missing"

    def api(self, path: str) -> Any:
        """What the course says."""
        return patient.get(f"{self.course.address}api/v1/{path}").raise_for_status().json()


@contextmanager
def started(place: Path) -> Iterator[Both]:
    """Start both, as a learner starts them, on the data in a folder; they end with the block."""
    with running(place) as course:
        data = place / "data"
        told, errors = place / "lab-said.txt", place / "lab.txt"
        command = ["lab", "--no-browser", "--port", "0"]
        process = Program(command, told, errors, env=environment(place, KOMMUNE3_DATA=str(data)))
        try:
            assert process.line_with(BASE), errors.read_text(encoding="utf-8")
            found = json.loads((data / "run" / "lab.json").read_text(encoding="utf-8"))
            yield Both(course, found["address"], found["token"], data)
        finally:
            process.terminate()
            assert process.wait(60) == 0
        assert not (data / "run" / "lab.json").exists()
