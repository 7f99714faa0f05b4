"""Which cohorts a trainer's JupyterLab shows: those that are the trainer's own, right now."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kommune3.grading.course_dir import home
from kommune3.register import Register, cohorts, open_register

from . import running

DATA, PERSON = "KOMMUNE3_DATA", "KOMMUNE3_PERSON"
"""The environment of a trainer's Jupyter server: the data folder, and the trainer's id."""


class OwnCohorts:
    """One trainer's cohorts; each has an nbgrader course folder once the worker has made it."""

    def __init__(self, register: Register, home: Path, trainer: str) -> None:
        self.register, self.home, self.trainer = register, home, trainer

    def titles(self) -> dict[str, str]:
        """Each own cohort's id and title."""
        return {one.id: one.title for one in cohorts.of_trainer(self.register, self.trainer)}

    def page(self, cohort: str = "") -> str:
        """The address of the cohort's page in the course, or of the trainers'; empty where none runs."""
        told = running.find(self.home.parent, "service") or {}
        address = str(told.get("address", ""))
        place = f"trainer/cohorts/{cohort}" if cohort else "trainer"
        return f"{address}{place}" if address.startswith("http://127.0.0.1:") else ""

    def owns(self, cohort: str) -> bool:
        """Whether the trainer reads that cohort."""
        return cohort in self.titles()


def from_environment(environment: Mapping[str, str] = os.environ) -> OwnCohorts:
    """The cohorts of the trainer whom this server serves. Raises KeyError, RegisterError."""
    data = Path(environment[DATA])
    return OwnCohorts(open_register(data), home(data), environment[PERSON])
