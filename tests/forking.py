"""``python -m kommune3`` as a process of its own, from one that has loaded it: each start saves a second.

This module is loaded in that process, so it loads nothing that tests need.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Mapping
from functools import cache
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from subprocess import TimeoutExpired

LOADED = [
    "forking",
    "kommune3.cli",
    "kommune3.service.local",
    "kommune3.service.server",
    "kommune3.lab.running",
]
"""What every start loads; where a system cannot fork it is loaded each time."""


@cache
def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


class Forked:
    """A started command, to be handled as a ``subprocess.Popen``; ``said`` is the file that it writes to."""

    def __init__(self, arguments: list[str], env: Mapping[str, str], said: Path, errors: Path) -> None:
        self.said = said
        said.touch()
        told = (arguments, dict(env), str(Path.cwd()), str(said), str(errors))
        self._process = _context().Process(target=_become, args=told)
        self._process.start()

    @property
    def pid(self) -> int:
        """The process's own id."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """The exit status; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """The exit status once it has ended; TimeoutExpired after so many seconds."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired("kommune3", timeout)
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it without asking."""
        self._process.kill()

    def line_with(self, word: str) -> str:
        """The first line that it says with a word in it; empty where it ends without."""
        while True:
            running = self.poll() is None
            for line in self.said.read_text(encoding="utf-8").splitlines(keepends=True):
                if word in line and line.endswith("\n"):
                    return line
            if not running:
                return ""
            time.sleep(0.05)


def _become(arguments: list[str], env: dict[str, str], folder: str, said: str, errors: str) -> None:
    """In the new process: do as ``python -m kommune3`` does."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, file in ((1, said), (2, errors)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout = open(1, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115 (as long as it lives)
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    sys.argv = ["kommune3", *arguments]
    runpy.run_module("kommune3", run_name="__main__", alter_sys=True)
