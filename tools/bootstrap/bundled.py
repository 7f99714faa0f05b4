"""The pip that comes with Python, put into an environment as it is: to install it takes ten times as long."""

from __future__ import annotations

import ensurepip
import subprocess
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

FINISH = """
import sysconfig
import pip._internal.cli.main
from pip._vendor.distlib.scripts import ScriptMaker
maker = ScriptMaker(None, sysconfig.get_path("scripts"))
maker.variants, maker.set_mode = {"", "X"}, True
maker.make("pip = pip._internal.cli.main:main")
"""
"""Shows that it can be run, and makes the commands ``pip`` and ``pip3`` as it makes any package's."""


def install(python: Path, env: Mapping[str, str]) -> str:
    """Put pip into python's environment, which has none; returns what went wrong."""
    wheel = _wheel()
    if wheel and _unpacked(wheel, python, env):
        return ""
    return _run([str(python), "-m", "ensurepip", "--upgrade", "--default-pip"], env)


def _wheel() -> Path | None:
    """Where Python keeps its pip; none where a system has put it elsewhere."""
    folders = (Path(ensurepip.__file__).with_name("_bundled"), sysconfig.get_config_var("WHEEL_PKG_DIR"))
    found = (wheel for folder in folders if folder for wheel in Path(folder).glob("pip-*-py3-none-any.whl"))
    return next(found, None)


def _unpacked(wheel: Path, python: Path, env: Mapping[str, str]) -> bool:
    site = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", site], capture_output=True, text=True, env=dict(env))
    if asked.returncode:
        return False
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(asked.stdout.strip())
    except (OSError, zipfile.BadZipFile):
        return False
    return not _run([str(python), "-c", FINISH], env)


def _run(command: list[str], env: Mapping[str, str]) -> str:
    """What a command that fails says; empty where it does not."""
    ran = subprocess.run(command, capture_output=True, env=dict(env), encoding="utf-8", errors="replace")
    return (ran.stdout + ran.stderr or "it failed") if ran.returncode else ""
