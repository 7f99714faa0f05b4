"""The worker that grades, as a child of ``kommune3 start``: it ends with it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kommune3.i18n import gettext as _

LOOK_AGAIN = 10.0
"""Seconds until it is looked again whether nbgrader has been installed."""
START_AFTER = 2.0
"""Seconds that the first page has the machine for itself."""
END_WITHIN = 1.0
"""Seconds that the worker has to end by itself; killed, it continues the next time where it was."""


@contextmanager
def graded_beside(data_dir: Path, course_dir: Path | None) -> Iterator[None]:
    """Run the worker as long as the block does; where nbgrader is missing, say so and wait for it."""
    from kommune3.grading import release
    from kommune3.lab import set_up

    stop, children = threading.Event(), list[subprocess.Popen[bytes]]()
    if not release.installed() and not set_up.under_way():
        told = _("nbgrader is not installed, so trainers cannot mark reflections; all else works.")
        print(told, flush=True)
    thread = threading.Thread(target=_start_when_there, args=(data_dir, course_dir, stop, children))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for child in children:
            _end(child)


def _start_when_there(
    data_dir: Path, course_dir: Path | None, stop: threading.Event, children: list[subprocess.Popen[bytes]]
) -> None:
    import importlib

    from kommune3.grading import release
    from kommune3.lab import set_up

    if stop.wait(START_AFTER):
        return
    while set_up.under_way() or not release.installed():
        if stop.wait(LOOK_AGAIN):
            return
        importlib.invalidate_caches()
    if not stop.is_set():
        children.append(_start(data_dir, course_dir))


def _start(data_dir: Path, course_dir: Path | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kommune3", "grade", "--with-parent", "--data", str(data_dir)]
    if course_dir is not None:
        command += ["--course", str(course_dir)]
    return subprocess.Popen(  # noqa: S603  our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the parent, which then closes stdin
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """Close its stdin, which tells it to end, then wait; it loses nothing if it has to be stopped."""
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
