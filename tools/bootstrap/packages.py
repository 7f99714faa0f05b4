"""pip with a lock: every package by hash, progress that can be seen, errors that say what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bootstrap import swift
from bootstrap.console import Progress, SetupError

# What pip says, and what the person at the machine can do about it; the first that fits is told.
REMEDIES = (
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "Your network seems to inspect encrypted traffic. Ask IT for its root certificate as a .pem file,"
        " set PIP_CERT to that file, then run the same command again.",
    ),
    (
        r"NewConnectionError|NameResolutionError|Connection refused|ReadTimeout|Network is unreachable",
        "The packages could not be fetched. Is there a network? Behind a proxy, set HTTPS_PROXY.",
    ),
    (
        r"No space left on device|\[Errno 28\]",
        "The disk is full. Make room (about 1 GB) and try again.",
    ),
    (r"DO NOT MATCH THE HASHES", "A package differs from the one that was locked. Do not go on; tell us."),
    (
        r"No matching distribution|Could not find a version",
        "A locked package does not exist for this machine or its Python (3.11 to 3.13 are tested).",
    ),
    (
        r"Permission denied|Access is denied",
        "A file may not be written. Is the course still running?",
    ),
)


def install(python: Path, lock: Path, log: Path, progress: Progress | None = None) -> None:
    """Install a lock into python's environment; SetupError with the reason when pip fails."""
    total = len(re.findall(r"^[A-Za-z0-9].*==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    progress = progress or Progress(f"installing {total} packages of locks/{lock.name}")
    follow = partial(_followed, log=log, look=_by_uv(progress))
    if not swift.install(python, lock, _environment(), follow):
        # Compiling everything takes as long as fetching it; Python compiles what is used when it is used.
        arguments = ["install", "--require-hashes", "--only-binary=:all:", "--no-compile", "-r", str(lock)]
        look = _by_pip(progress, _site(python), total)
        _pip(python, [*arguments, "--progress-bar=off", "--disable-pip-version-check"], log, look, progress)
    progress.done()


def forget_half_done(python: Path) -> None:
    """Let pip install anew what it was writing when it was stopped: the record of a package comes last."""
    for info in _site(python).glob("*.dist-info"):
        if not (info / "RECORD").exists():
            shutil.rmtree(info)


def install_checkout(python: Path, root: Path, log: Path) -> None:
    """Make the checkout's own code importable, still read from where it lies."""
    progress = Progress("linking the course into its environment")
    flags = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check"]
    _pip(python, ["install", *flags, "--editable", str(root)], log, lambda text: None, progress)
    progress.done()


def clean_environment() -> dict[str, str]:
    """The process environment without what would lead another Python astray."""
    drop = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"}
    drop.add("PYTHONDONTWRITEBYTECODE")  # pip would compile itself anew each time
    kept = {key: value for key, value in os.environ.items() if key not in drop}
    return kept | {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def _by_pip(progress: Progress, site: Path, total: int) -> Callable[[str], None]:
    """Shows how far pip is with so many packages."""
    before = _installed(site)

    def look(text: str) -> None:
        skipped = len(re.findall(r"^Ignoring ", text, re.MULTILINE))
        have = len(re.findall(r"^Requirement already satisfied", text, re.MULTILINE))
        fetched = len(re.findall(r"^(?:Collecting|Processing) ", text, re.MULTILINE))
        installing = re.search(r"^Installing collected packages: (.*)$", text, re.MULTILINE)
        if installing:
            progress.at("installed", len(_installed(site) - before), installing[1].count(",") + 1)
        else:
            progress.at("fetched", fetched, total - skipped - have)

    return look


def _by_uv(progress: Progress) -> Callable[[str], None]:
    """Shows how far uv is; it names the large packages that it fetches, and installs all at once."""

    def look(text: str) -> None:
        asked, come = (
            len(re.findall(rf"^ *{word} ", text, re.MULTILINE)) for word in ("Downloading", "Downloaded")
        )
        progress.at("fetched", come, asked)

    return look


def _pip(
    python: Path, arguments: list[str], log: Path, look: Callable[[str], None], progress: Progress
) -> None:
    """Run pip, its words to a log that is looked at while it grows."""
    if _followed([str(python), "-m", "pip", "--no-input", *arguments], _environment(), log=log, look=look):
        progress.failed()
        raise SetupError(_explain(log))


def _followed(command: list[str], env: Mapping[str, str], *, log: Path, look: Callable[[str], None]) -> int:
    """The exit status of a command, its words to a log that is looked at while it grows."""
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=dict(env)) as process,
    ):
        try:
            while process.poll() is None:
                look(log.read_text(encoding="utf-8", errors="replace"))
                time.sleep(0.2)
        except BaseException:
            process.terminate()
            raise
    return process.returncode


def _environment() -> dict[str, str]:
    return clean_environment() | {"PYTHONIOENCODING": "utf-8"}


def _explain(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace")
    advice = next((advice for pattern, advice in REMEDIES if re.search(pattern, text)), "")
    tail = "\n".join(f"    {line}" for line in text.splitlines()[-8:])
    return f"The packages were not installed. {advice}\nThe last lines of pip (all of them in {log}):\n{tail}"


def _site(python: Path) -> Path:
    return Path(_ask(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))


def _ask(python: Path, code: str) -> str:
    answer = subprocess.run(
        [str(python), "-c", code], capture_output=True, text=True, check=True, env=clean_environment()
    )
    return answer.stdout.strip()


def _installed(site: Path) -> set[str]:
    return {path.name for path in site.glob("*.dist-info")}
