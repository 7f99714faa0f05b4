"""Start what measures and what is measured: a browser, and servers on free ports of the loopback address."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".cache" / "bench"
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


def executable() -> str | None:
    """The browser that KOMMUNE3_CHROMIUM names, else one of this machine; None for Playwright's own."""
    return os.environ.get("KOMMUNE3_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def flags() -> list[str]:
    """What a browser is started with on this machine."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--disable-gpu", *(["--no-sandbox"] if root else [])]


def launch(playwright: Playwright) -> Browser:
    """The browser, driven by Playwright."""
    return playwright.chromium.launch(executable_path=executable(), args=flags())


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], **more: str) -> Iterator[subprocess.Popen[str]]:
    """The command as a process whose words can be read; stopped at the end."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


@contextmanager
def course(data: Path) -> Iterator[str]:
    """The course's own service with a data folder; yields its address."""
    command = [sys.executable, "-m", "kommune3", "start", "--no-browser", "--port", "0"]
    with running(command, KOMMUNE3_DATA=str(data)) as process:
        for line in process.stdout or ():
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                return
        raise RuntimeError("the course did not start")


def wait_for(url: str, seconds: float = 60) -> None:
    """Return when the address answers; RuntimeError when it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{url} did not answer")


def peer() -> Path:
    """The Python of an environment with the peers of locks/bench.txt, built on first use."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = VENV / "done"
    lock = ROOT / "locks" / "bench.txt"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        print("building the peers' environment in .cache/bench", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "--only-binary=:all:", "-r", lock], check=True)
        done.write_bytes(lock.read_bytes())
    return python
