"""A stock Jupyter server, with JupyterLab, Notebook 7 and our server extension, and nobody's settings."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kommune3.lab.running import answers
from kommune3.lab.settings import EXTENSION, WITHOUT

NOTEBOOK = "alle.ipynb"
QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--ServerApp.open_browser=False",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.allow_root=True",
    f"--ServerApp.jpserver_extensions={{'{EXTENSION}': True}}",
)


@dataclass(frozen=True)
class Jupyter:
    """A Jupyter server with a notebook of a few cells, and no past."""

    home: Path
    address: str
    """``{}`` is the path."""

    def lay(self, *cells: str) -> None:
        """The notebook, never run. Its kernel stays the same, since the file has the same name."""
        code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        made = [{**code, "id": f"c{at}", "source": source} for at, source in enumerate(cells)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        told = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (self.home / NOTEBOOK).write_text(json.dumps({"cells": made, **told}), encoding="utf-8")


@contextmanager
def started(home: Path, **environment: str) -> Iterator[str]:
    """A Jupyter server whose files all lie in ``home``; it is gone when the block ends."""
    token = secrets.token_hex(16)
    folders = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    more = {"JUPYTER_RUNTIME_DIR": str(home / "run"), "HOME": str(home), "USERPROFILE": str(home)}
    (home / "without").mkdir()
    for name, text in WITHOUT.items():  # a parser that takes seconds to make, and that Jupyter has no use for
        (home / "without" / name).write_text(text, encoding="utf-8")
    more |= {"PYTHONPATH": str(home / "without"), **environment}
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={home}", "--ServerApp.port=0"]
    log = home / "jupyter.log"
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            [*command, f"--IdentityProvider.token={token}", *QUIET],
            env=os.environ | folders | more,
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            yield f"{address_of(process, home / 'run', log)}{{}}?token={token}"
        finally:
            process.terminate()  # it stops its kernels too
            process.wait(120)


def address_of(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Where the server listens, as it notes itself; fails with its log after two minutes without."""
    note = runtime / f"jpserver-{process.pid}.json"
    for _ in range(600):
        with suppress(OSError, ValueError):  # not there yet, or not whole
            address = str(json.loads(note.read_text(encoding="utf-8"))["url"])
            if answers(f"{address}api"):
                return address
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))
