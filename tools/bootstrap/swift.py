"""uv, where it can be had: it installs in seconds what takes pip a minute. Where it cannot, pip goes on."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

LOCK = "installer.txt"
OWN = re.compile(r"^\S+\.(?:index-url|no-index)='(?!')", re.MULTILINE)
"""Whoever told pip of a package index of their own is served by pip, which knows all about it."""
SETTING = re.compile(r"^\S+\.(proxy|cert)='(.*)'$", re.MULTILINE)
SAME = {"proxy": ("HTTPS_PROXY", "HTTP_PROXY"), "cert": ("SSL_CERT_FILE",)}
"""What uv calls a setting of pip's."""
PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input"]
EXACT = ["--require-hashes", "--only-binary=:all:", "--no-deps"]
Follow = Callable[[list[str], Mapping[str, str]], int]
"""Runs a command in an environment while somebody watches; its exit status."""


def install(python: Path, lock: Path, env: Mapping[str, str], follow: Follow) -> bool:
    """Install a lock into python's environment; False where pip has to, which explains what failed."""
    if not lock.with_name(LOCK).exists():
        return False
    told = _run([str(python), *PIP, "config", "list"], env)
    if told is None or OWN.search(told):
        return False
    uv = _program(python, lock.with_name(LOCK), env)
    if not uv:
        return False
    command = [str(uv), "pip", "install", "--python", str(python), *EXACT, "-r", str(lock)]
    return follow(command, _settings(told, env)) == 0


def _program(python: Path, lock: Path, env: Mapping[str, str]) -> Path | None:
    """uv in that environment, in the version of its lock; None where it cannot be had."""
    uv = python.with_name("uv.exe" if os.name == "nt" else "uv")
    wanted = re.search(r"^uv==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    if not wanted:
        return None
    if _version(uv, env) != wanted[1]:
        _run([str(python), *PIP, "install", "--quiet", "--no-compile", *EXACT, "-r", str(lock)], env)
    return uv if _version(uv, env) == wanted[1] else None


def _version(uv: Path, env: Mapping[str, str]) -> str:
    """Which uv this is; empty where it is missing, or where a locked-down machine does not let it run."""
    said = _run([str(uv), "--version"], env) or ""
    return "".join(said.split()[1:2])


def _settings(told: str, env: Mapping[str, str]) -> dict[str, str]:
    """The environment for uv, with pip's proxy and root certificate where it has none of its own."""
    found = {name: value for key, value in SETTING.findall(told) for name in SAME[key]}
    return {**found, **env}


def _run(command: list[str], env: Mapping[str, str]) -> str | None:
    """What a command says; None where it fails or may not be run."""
    try:
        ran = subprocess.run(command, capture_output=True, env=dict(env), encoding="utf-8", errors="replace")
    except OSError:
        return None
    return None if ran.returncode else ran.stdout
