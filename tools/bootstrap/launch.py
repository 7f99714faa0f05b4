"""Hands over to the course in its own environment."""

from __future__ import annotations

import os
import subprocess

from bootstrap import beside, environment
from bootstrap.environment import ROOT, python

NO_LAB = "--no-lab"
"""An option of ``kommune3 start`` too, which then shows no link into JupyterLab."""


def start(arguments: list[str]) -> int:
    """Start the course. What JupyterLab needs and is not there yet is installed while the course runs."""
    command = [str(python()), "-m", "kommune3", "start", *arguments]
    asks_only = {"-h", "--help"} & set(arguments)
    if NO_LAB not in arguments and not asks_only and not environment.has("lab"):
        return beside.run(command, course_environment())
    return become(command)


def become(command: list[str]) -> int:
    """Become the course, so that Ctrl-C reaches it alone; on Windows wait for it."""
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command, env=course_environment()) as process:
        return beside.wait(process)


def course_environment() -> dict[str, str]:
    """The environment of the course's process."""
    # Windows reads the editable install's path in its own code page before Python 3.13: "Søren" breaks it.
    return {**os.environ, **({"PYTHONPATH": str(ROOT / "course")} if os.name == "nt" else {})}
