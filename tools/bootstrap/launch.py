"""Hands over to the course in its own environment."""

from __future__ import annotations

import os
import subprocess

from bootstrap.environment import ROOT, python


def start(arguments: list[str]) -> int:
    """Become ``kommune3 start``, so that Ctrl-C reaches it alone; on Windows wait for it."""
    command = [str(python()), "-m", "kommune3", "start", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows reads the editable install's path in its own code page before Python 3.13: "Søren" breaks it.
    env = os.environ | {"PYTHONPATH": str(ROOT / "course")}
    with subprocess.Popen(command, env=env) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the course got it too and is closing
                continue
