"""Processes forked from one that has loaded what they all load: each start saves a second or two.

This module is loaded in that process, so it loads nothing that they do not need.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from subprocess import TimeoutExpired

LOADED = (
    "forking",
    "kommune3.cli",
    "kommune3.service.local",
    "kommune3.service.server",
    "kommune3.lab.running",
)
"""What every ``kommune3 start`` loads; where a system cannot fork it is loaded each time."""


def possible() -> bool:
    """Whether this system can fork."""
    return "forkserver" in multiprocessing.get_all_start_methods()


@cache
def _context(loaded: tuple[str, ...]) -> ForkServerContext | SpawnContext:
    if not possible():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(loaded))
    return context


class Forked:
    """A function in a process of its own, to be handled as a ``subprocess.Popen``; it ends with this one.

    ``loaded`` are the modules that the process it comes from has loaded: the same for all that is forked.
    """

    stdin = stdout = stderr = None

    def __init__(self, loaded: tuple[str, ...], target: Callable[..., None], *given: object) -> None:
        self._process = _context(loaded).Process(target=target, args=given, daemon=True)
        self._process.start()

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
            raise TimeoutExpired("a forked process", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Such as an interrupt."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it without asking."""
        self._process.kill()


class Program(Forked):
    """``python -m kommune3`` with these arguments, or ``python -c`` with a text; it writes to two files."""

    def __init__(
        self,
        arguments: Sequence[str],
        said: Path,
        errors: Path,
        *,
        env: Mapping[str, str] = os.environ,
        code: str = "",
    ) -> None:
        self.said = said
        said.touch()
        told = (list(arguments), code, dict(env), str(Path.cwd()), str(said), str(errors))
        super().__init__(LOADED, _become, *told)

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


def _become(
    arguments: list[str], code: str, env: dict[str, str], folder: str, said: str, errors: str
) -> None:
    """In the new process: do as Python's command line does."""
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
    if code:
        exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module("kommune3", run_name="__main__", alter_sys=True)
