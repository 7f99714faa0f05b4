"""Starting JupyterLab for one person, waiting until it answers, and ending it by its own means."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from kommune3.i18n import gettext as _

from . import settings
from .errors import LabError
from .running import answers, write_private

START_WITHIN = 120.0  # seconds, on a slow and busy machine
STOP_WITHIN = 15.0
STEP = 0.05


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that answers."""

    address: str
    """Ends in a slash."""
    token: str
    process: subprocess.Popen[bytes]

    def link(self, path: str = "") -> str:
        """Where a browser opens the notebook at the path, or JupyterLab itself."""
        return link(self.address, self.token, path)


def link(address: str, token: str, path: str = "") -> str:
    """Where a browser opens a notebook of the JupyterLab at the address.

    One notebook at a time from the start (``doc``): where ``lab`` brings back what was open last, its address
    comes to name the folder instead of the notebook, and the page shows nothing when it is loaded anew.
    """
    return f"{address}{f'doc/tree/{quote(path)}' if path else 'lab'}?token={token}"


def installed() -> bool:
    """Whether JupyterLab is there."""
    return find_spec("jupyterlab") is not None


def require() -> None:
    """Raise LabError, which says how to install it, where JupyterLab is missing."""
    if not installed():
        raise LabError(_('JupyterLab is not installed here. Install it with: pip install "kommune3[lab]"'))


@contextmanager
def started(
    home: Path,
    root: Path,
    port: int | None = None,
    *,
    server: Mapping[str, Any] | None = None,
    looks: Path = settings.CONFIG,
    **more: str,
) -> Iterator[Starting]:
    """Start JupyterLab on the folder ``root``; it is gone when the block ends.

    ``home`` is where Jupyter keeps its things, ``server`` its settings (a learner's where none are given),
    ``more`` goes into the environment. Raises LabError.
    """
    require()
    root.mkdir(parents=True, exist_ok=True)
    settings.prepare(home, settings.server(root, port) if server is None else server, looks)
    token = secrets.token_hex(24)
    environment = settings.environment(home) | more | {"JUPYTER_TOKEN": token}  # not for ps to see
    log = home / "jupyterlab.log"
    write_private(log, "")
    with log.open("ab") as said, _process(environment, home, said) as process:
        starting = Starting(home, token, process, log)
        try:
            yield starting
        finally:
            starting.stop()


def _process(environment: dict[str, str], home: Path, said: IO[bytes]) -> subprocess.Popen[bytes]:
    """A process of its own group: Ctrl-C reaches us alone, and we end it in order."""
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(
        [sys.executable, "-m", "jupyterlab"],
        env=environment,
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        **apart,
    )


class Starting:
    """A JupyterLab under way."""

    def __init__(self, home: Path, token: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.home, self.token, self.process, self.log = home, token, process, log
        self.address = ""

    def ready(self) -> Lab:
        """Wait until it answers. Raises LabError where it ends or takes too long."""
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            self.address = self.address or self._told()
            if self.address and answers(f"{self.address}api"):
                return Lab(self.address, self.token, self.process)
            time.sleep(STEP)
        raise LabError(_("JupyterLab did not start. What it said is in {file}.").format(file=self.log))

    def _told(self) -> str:
        """The address that the server noted for its process."""
        noted = settings.places(self.home)["JUPYTER_RUNTIME_DIR"] / f"jpserver-{self.process.pid}.json"
        try:
            return str(json.loads(noted.read_text(encoding="utf-8"))["url"])
        except (OSError, ValueError, KeyError):
            return ""

    def stop(self) -> None:
        """Ask it to end, which ends its kernels too; end it where it does not."""
        if self.process.poll() is None and self.address:
            _ask_to_stop(self.address, self.token)
        else:
            self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _ask_to_stop(address: str, token: str) -> None:
    headers = {"Authorization": f"token {token}"}
    request = urllib.request.Request(f"{address}api/shutdown", method="POST", headers=headers)  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError):  # the address is our own server's
        opener.open(request, timeout=STOP_WITHIN).close()
