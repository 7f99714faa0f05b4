"""A JupyterLab that the service started ends with it, also where the service is killed."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping

CHILD = "KOMMUNE3_CHILD"
"""Set for a program whose standard input is a pipe that its parent holds open as long as it lives."""


def watch(stop: Callable[[], None], environment: Mapping[str, str] = os.environ) -> None:
    """Call ``stop`` once the parent is gone; does nothing for a program that a person started."""
    if environment.get(CHILD):
        threading.Thread(target=_until_gone, args=(stop,), daemon=True).start()


def _until_gone(stop: Callable[[], None]) -> None:
    while sys.stdin.buffer.read(1024):
        pass
    stop()
