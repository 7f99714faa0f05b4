"""The course runs while what JupyterLab needs is installed beside it; either may end first."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO

from bootstrap import environment
from bootstrap.console import Progress, SetupError, say

SETUP = "KOMMUNE3_LAB_SETUP"
"""Names the file in which the course reads how far the installation is."""
TOLD = environment.VENV / "kommune3-lab.json"
LABEL = "installing JupyterLab while the course runs; `make start ARGS=--no-lab` does without"


class Ended(Exception):
    """The course has ended, so nobody waits for JupyterLab any more."""


class Shared(Progress):
    """The progress of an installation, shown here and on the course's pages."""

    def __init__(self, course: subprocess.Popen[str]) -> None:
        super().__init__(LABEL)
        self.course = course

    def at(self, what: str, count: int, total: int) -> None:
        """Tell how far it is, fetching as the first half; raises Ended where the course has ended."""
        if self.course.poll() is not None:
            raise Ended
        if (what, count) != self.told:
            tell("installing", count if what == "fetched" else total + count, 2 * total)
        super().at(what, count, total)


def run(command: list[str], env: dict[str, str]) -> int:
    """Start the course, and once it is up install the rest; the course's exit status."""
    tell("installing")
    with subprocess.Popen(
        command, env=env | {SETUP: str(TOLD)}, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as course:
        up = threading.Event()
        threading.Thread(target=pass_on, args=(course.stdout, up), daemon=True).start()
        with handed_on(course):
            try:
                while course.poll() is None and not up.wait(0.1):
                    pass
                if course.poll() is None:
                    add_lab(course)
            except (KeyboardInterrupt, Ended):
                say("\nJupyterLab is not installed yet; that goes on the next time.")
            return wait(course)


def add_lab(course: subprocess.Popen[str]) -> None:
    """Install; where that fails the course runs on without."""
    try:
        environment.add("lab", Shared(course))
    except (SetupError, OSError) as error:
        tell("failed")
        say(f"\n{error}\nThe course runs on without JupyterLab; the next start tries again.", error=True)
    else:
        tell("done")
        say("JupyterLab is ready: the course's pages have links into it.")


def tell(state: str, done: int = 0, total: int = 0) -> None:
    """Write down how far it is: installing, done or failed, and steps."""
    fresh = TOLD.with_suffix(".new")
    fresh.write_text(json.dumps({"state": state, "done": done, "total": total}), encoding="utf-8")
    with suppress(PermissionError):  # on Windows, while the course reads it
        fresh.replace(TOLD)


def pass_on(said: IO[str] | None, up: threading.Event) -> None:
    """Repeat what the course says; when it is up it says where."""
    for line in said or ():
        say(line.rstrip("\n"))
        if "http://" in line:
            up.set()


@contextmanager
def handed_on(course: subprocess.Popen[str]) -> Iterator[None]:
    """Let SIGTERM end the course, which ends the installation and us."""

    def end(_number: int, _frame: FrameType | None) -> None:
        course.terminate()

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def wait(course: subprocess.Popen[str] | subprocess.Popen[bytes]) -> int:
    """The exit status of the course; Ctrl-C reached it too, and it is closing."""
    while True:
        try:
            return course.wait()
        except KeyboardInterrupt:
            time.sleep(0.01)
