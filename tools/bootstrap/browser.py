"""A Chromium for the browser tests: one on PATH, else Playwright's own, else the system's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap.console import Progress, SetupError
from bootstrap.environment import ROOT, python

VARIABLE = "KOMMUNE3_CHROMIUM"
HEADLESS = "chromium-headless-shell"
"""Chromium without a window: the same engine, and a page opens in a third of the time."""
NAMES = (
    HEADLESS,
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
OWN = ROOT / ".cache" / "browsers"
ASK = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as p: print(p.chromium.executable_path)"
)


def ensure() -> str:
    """The path of a browser that starts; SetupError says what to install where none can be had."""
    found = _on_this_machine() or _playwrights_own() or _from_the_system()
    if found:
        return found
    raise SetupError(
        "The browser tests need Chromium, Chrome or Edge, and none could be installed from here."
        "\nInstall one (Debian: sudo apt-get install chromium), or name it:"
        f"\n    {VARIABLE}=/path/to/chromium make test"
    )


def _on_this_machine() -> str | None:
    named = os.environ.get(VARIABLE)
    if named:
        if not _starts(named):
            raise SetupError(f"{VARIABLE} names {named}, which does not start. Name another, or unset it.")
        return named
    paths = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).is_file()]
    return next((path for path in paths if path and _starts(path)), None)


def _playwrights_own() -> str | None:
    env = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(OWN)}
    path = subprocess.run([str(python()), "-c", ASK], capture_output=True, text=True, env=env).stdout.strip()
    if path and Path(path).is_file() and _starts(path):
        return path
    progress = Progress("fetching Playwright's Chromium")
    extra = ["--with-deps"] if _root() else []
    command = [str(python()), "-m", "playwright", "install", *extra, "chromium"]
    fetched = subprocess.run(command, capture_output=True, text=True, env=env)
    if fetched.returncode == 0 and path and _starts(path):
        progress.done()
        return path
    progress.failed("it could not be fetched from here")
    return None


def _from_the_system() -> str | None:
    if not (_root() and shutil.which("apt-get")):
        return None
    progress = Progress("installing the system's chromium")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-q", "update"], capture_output=True, env=env)
    for package in (HEADLESS, "chromium"):  # not every release of Debian and Ubuntu has the first
        command = ["apt-get", "-q", "install", "-y", "--no-install-recommends", package]
        if subprocess.run(command, capture_output=True, env=env).returncode == 0:
            break
    found = _on_this_machine()
    if found:
        progress.done()
    else:
        progress.failed("it could not be installed from here")
    return found


def _starts(path: str) -> bool:
    """Whether the program runs; a launcher without its libraries does not. Windows would open a window."""
    if sys.platform == "win32":
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
