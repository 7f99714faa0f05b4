"""A kernel forked from a process that has loaded what all of them load: each start costs half as much.

This module is loaded in each of them, so it loads nothing that they do not need.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from subprocess import TimeoutExpired

LOADED = [
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "kommune3.charts",
    "kommune3.content",
    "kommune3.notebook",
    "kommune3.widgets.kinds",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
]


def possible() -> bool:
    """Whether this system can fork; where it cannot, each kernel is a process from the beginning."""
    return "forkserver" in multiprocessing.get_all_start_methods()


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


class Forked:
    """A kernel's process, to be handled as the ``subprocess.Popen`` that jupyter_client would have made."""

    stdin = stdout = stderr = None

    def __init__(
        self, command: list[str], *, env: Mapping[str, str], cwd: str | None = None, **_: object
    ) -> None:
        ready, told = _context().Pipe(duplex=False)
        given = (told, command, dict(env), cwd)
        self._process = _context().Process(target=_become, args=given, daemon=True)
        self._process.start()
        told.close()
        ready.recv()

    @property
    def pid(self) -> int:
        """The process's own id."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """The exit status; None while it runs."""
        return self._process.exitcode

    returncode = property(poll)

    def wait(self, timeout: float | None = None) -> int:
        """The exit status once it has ended; TimeoutExpired after so many seconds."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired("the kernel", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Such as an interrupt."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it without asking."""
        self.send_signal(signal.SIGKILL)


def _become(told: Connection, command: list[str], env: dict[str, str], folder: str | None) -> None:
    """In the new process: do as ``python -m ipykernel_launcher -f …`` does."""
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()  # a group of its own, which signals go to
    told.send(os.getpid())
    told.close()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder or ".")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 2):  # as nbval asks
        os.dup2(nothing, number)
    sys.argv = ["ipykernel_launcher", *command[command.index("-f") :]]
    launch_new_instance()
