"""The checkout's own environment in ``.venv``: built once, brought up to date when a lock changes."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap import packages
from bootstrap.console import Progress, SetupError

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "kommune3-installed.json"
LOG = VENV / "kommune3-pip.log"
# A level's lock holds those of the levels after it, so installing it settles them all.
LEVELS = {"service": ["service"], "lab": ["lab", "service"], "dev": ["dev", "lab", "service"]}


def python() -> Path:
    """The environment's own interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ensure(level: str) -> None:
    """Bring ``.venv`` to a level, ``service`` or ``dev``; does nothing when it is there already."""
    stamp = _stamp()
    if not stamp:
        _create()
        stamp = {"root": str(ROOT)}
    if stamp.get(level) != _digest(level):
        _install(level, stamp)
    if stamp.get("checkout") != _checkout():
        _link(stamp)


def has(level: str) -> bool:
    """Whether a level is there as its lock now has it."""
    return _stamp().get(level) == _digest(level)


def add(level: str, progress: Progress | None = None) -> None:
    """Install a level above the one that is there, which may be in use: its packages are left as they are.

    Interrupted, it goes on the next time.
    """
    packages.forget_half_done(python())
    packages.install(python(), ROOT / "locks" / f"{level}.txt", LOG, progress)
    _write(_stamp() | {lower: _digest(lower) for lower in LEVELS[level]})


def _install(level: str, stamp: dict[str, str]) -> None:
    packages.forget_half_done(python())
    STAMP.unlink(missing_ok=True)  # no stamp: what is there is half done, and the next run starts over
    try:
        packages.install(python(), ROOT / "locks" / f"{level}.txt", LOG)
    except SetupError:
        _write({"root": str(ROOT)})  # it ended by itself: the environment is sound, and can be gone on with
        raise
    stamp |= {lower: _digest(lower) for lower in LEVELS[level]}
    _write(stamp)


def _link(stamp: dict[str, str]) -> None:
    if stamp.get("build") != _digest("build"):
        packages.install(python(), ROOT / "locks" / "build.txt", LOG)
        stamp["build"] = _digest("build")
    packages.install_checkout(python(), ROOT, LOG)
    _write(stamp | {"checkout": _checkout()})


def _create() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            f"This Python lacks {' and '.join(missing)}, which builds environments. On Debian and Ubuntu:"
            f"\n    sudo apt-get install {version}-venv\nThen run the same command again."
        )
    progress = Progress("building an environment in .venv")
    if VENV.exists():
        shutil.rmtree(VENV)
    from bootstrap import bundled  # not before it is known that ensurepip is there

    env = packages.clean_environment()
    command = [sys.executable, "-m", "venv", "--without-pip", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, env=env)
    wrong = made.stdout + made.stderr if made.returncode else bundled.install(python(), env)
    if made.returncode or wrong:
        raise SetupError(f"The environment could not be built:\n{wrong}")
    progress.done()


def _stamp() -> dict[str, str]:
    """What is installed; empty when the environment is missing, half built, moved or without its Python."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(stamp, dict) and stamp.get("root") == str(ROOT) and python().exists()
    return stamp if whole else {}


def _write(stamp: dict[str, str]) -> None:
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "locks" / f"{lock}.txt").read_bytes()).hexdigest()


def _checkout() -> str:
    parts = (ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / "locks" / "build.txt")
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()
