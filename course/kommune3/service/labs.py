"""JupyterLab for the person at the machine: started when it is first asked for, ended with the service."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import invalidate_caches
from pathlib import Path
from typing import IO, Any

from kommune3.i18n import gettext as _
from kommune3.lab import parent, running, set_up
from kommune3.lab.server import installed
from kommune3.lab.trainer import NAME as TRAINER
from kommune3.site.view import Opening

from .settings import Settings

LEARNER = "lab"
ARGUMENTS: dict[str, list[str]] = {LEARNER: [], TRAINER: ["--trainer"]}
STOP_WITHIN = 20.0  # seconds
LONGEST_REASON = 600  # characters


@dataclass(frozen=True)
class Progress(Opening):
    """The same, with where it is once it is ready."""

    address: str = ""
    token: str = ""


class Labs:
    """The learner's and the trainer's JupyterLab on this machine; at most one of each."""

    def __init__(self, settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
        self.settings, self.environment = settings, dict(environment)
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    @property
    def available(self) -> bool:
        """Whether there is a JupyterLab, or one is being installed."""
        return installed() or set_up.VARIABLE in self.environment

    def ask(self, name: str, again: bool = False) -> Progress:
        """How far the JupyterLab of that name is; starts it where it does not run, ``again`` if it failed."""
        with self._lock:
            if told := running.find(self.settings.data_dir, name):
                return Progress("ready", address=str(told["address"]), token=str(told["token"]))
            if missing := self._missing():
                return missing
            child = self._children.get(name)
            if child is None or (again and child.poll() is not None):
                let_go(child)
                self._children[name] = self._start(name)
            elif child.poll() is not None:
                return Progress("failed", reason=self._reason(name))
            return Progress("starting")

    def stop(self) -> None:
        """End what was started, and wait until it is gone."""
        with self._lock:
            children = list(self._children.values())
            self._children.clear()
        for child in children:
            let_go(child)
        for child in children:
            try:
                child.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kommune3", "lab", "--no-browser", *ARGUMENTS[name]]
        command += ["--data", str(self.settings.data_dir.resolve())]
        if self.settings.course_dir is not None:
            command += ["--course", str(self.settings.course_dir.resolve())]
        log = self._log(name)
        running.write_private(log, "")  # it says the address, and that lets in
        with log.open("ab") as said:
            return subprocess.Popen(  # noqa: S603, our own command
                command, env=self.environment | {parent.CHILD: "1"}, **_apart(said)
            )

    def _log(self, name: str) -> Path:
        return running.run_dir(self.settings.data_dir) / f"{name}.log"

    def _reason(self, name: str) -> str:
        """The last line that the command said; it is written for people."""
        try:
            said = self._log(name).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            said = []
        last = next((line.strip() for line in reversed(said) if line.strip()), "")
        return last[:LONGEST_REASON]

    def _missing(self) -> Progress | None:
        """How far the set-up is, which goes on in the terminal; none where JupyterLab is there."""
        if told := set_up.under_way(self.environment):
            if told.failed:
                return Progress(
                    "failed", reason=_("JupyterLab could not be installed; the terminal says why.")
                )
            return Progress("installing", done=told.done, total=told.total)
        invalidate_caches()
        return None if installed() else Progress("failed", reason=_("JupyterLab is not installed here."))


def let_go(child: subprocess.Popen[bytes] | None) -> None:
    """Let a child end: it does so by itself when nobody holds the other end of its standard input."""
    if child and child.stdin:
        child.stdin.close()


def _apart(said: IO[bytes]) -> dict[str, Any]:
    """A process of its own group, so that Ctrl-C reaches the service alone, which then ends it in order."""
    group: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"stdin": subprocess.PIPE, "stdout": said, "stderr": said, **group}
