"""The course as ``kommune3 start`` and ``kommune3 lab`` bring it, side by side on the same data."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grading
import patient
from browser.lab.classroom import made_cohort
from forking import Program
from kommune3.content import Course
from kommune3.grading.collect import Collector
from kommune3.lab import server, workspace
from kommune3.register import open_register
from serving import BASE, Running, environment, running

EXERCISE, EXERCISED = "exercises/employee/01_hvem_ejer_sagen.ipynb", "employee-01-refleksion"
WORDS = (
    "En far ringede og ville selv køre sin datter til lægen, og jeg lod ham gøre det, selv om det tog "
    "længere tid at forklare end at gøre. Næste gang spørger jeg først, hvis telefonen ikke kimer."
)
FEW = "Det ved jeg ikke endnu."
WAYS = {
    ("local", EXERCISED): "fra JupyterLab",
    ("local", "employee-04-refleksion"): "på siden",
    ("anna", EXERCISED): "med mail",
}
"""Who hands in what, and the words for how."""


@dataclass(frozen=True)
class Both:
    """The course as pages and in JupyterLab, on the same data."""

    course: Running
    lab: str
    """JupyterLab's address, ending in a slash."""
    token: str
    data: Path
    cohort: str
    """Of a learner who is the trainer, too, and of Anna."""

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
    cohort = made_cohort(place / "data")
    with running(place) as course:
        patient.put(f"{course.address}api/v1/me/role", json={"role": "employee"}).raise_for_status()
        data = place / "data"
        told, errors = place / "lab-said.txt", place / "lab.txt"
        command = ["lab", "--no-browser", "--port", "0"]
        process = Program(command, told, errors, env=environment(place, KOMMUNE3_DATA=str(data)))
        try:
            assert process.line_with(BASE), errors.read_text(encoding="utf-8")
            found = json.loads((data / "run" / "lab.json").read_text(encoding="utf-8"))
            yield Both(course, found["address"], found["token"], data, cohort)
        finally:
            process.terminate()
            assert process.wait(180) == 0
        assert not (data / "run" / "lab.json").exists()


def answers(both: Both) -> str:
    """The answer cell, each stub replaced."""
    notebook = json.loads((both.data / "lab" / "local" / both.path(EXERCISE)).read_text(encoding="utf-8"))
    (cell,) = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    stub = "Skriv dit svar her."
    return "".join(cell["source"]).replace(stub, WORDS, 1).replace(stub, FEW)


def mailed(both: Both, course: Course, folder: Path) -> None:
    """Anna's exercise, in a zip that the trainer collects."""
    notebook = json.loads(course.exercise(EXERCISED).read_text(encoding="utf-8"))
    (cell,) = (c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("solution"))
    cell["source"] = answers(both)
    with zipfile.ZipFile(folder / "anna.zip", "w") as packed:
        packed.writestr(course.exercise(EXERCISED).name, json.dumps(notebook))
    register = open_register(both.data)
    (line,) = Collector(register, course, both.cohort).collect([folder])
    register.close()
    assert line.person == "anna"


def marked(both: Both, course: Course) -> None:
    """Each of them gets points and a comment, as formgrader writes them."""
    register = open_register(both.data)
    worker, where = grading.worker(register, course), grading.place(register, both.cohort)
    worker.once(only=both.cohort)
    for (person, activity), way in WAYS.items():
        notebook = course.exercise(activity).stem
        grading.mark(where, person, 5.0, f"Godt set: {way}.", activity, notebook)
    (done,) = worker.once(only=both.cohort)
    register.close()
    assert (done.marked, done.trouble) == (3, "")
