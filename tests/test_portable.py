"""What people run also runs on Windows and macOS: no Unix-only call, UTF-8 said each time."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN_BY_PEOPLE = [ROOT / "course" / "kommune3", ROOT / "tools"]
UNIX_MODULES = {
    "fcntl",
    "grp",
    "pty",
    "pwd",
    "resource",
    "syslog",
    "termios",
    "tty",
    "posix",
    "crypt",
    "spwd",
}
UNIX_CALLS = {
    "os": {
        "fork",
        "forkpty",
        "getuid",
        "geteuid",
        "setuid",
        "chown",
        "mkfifo",
        "killpg",
        "setsid",
        "uname",
        "nice",
    },
    "signal": {"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGQUIT", "alarm", "pause", "SIGALRM", "SIGCHLD"},
    "time": {"tzset"},
}
FILES = sorted(path for place in RUN_BY_PEOPLE for path in place.rglob("*.py"))


def unix_only(source: str) -> list[str]:
    """Each name in the source that Windows lacks, unless it is asked for with hasattr or getattr."""
    tree = ast.parse(source)
    asked = {
        node.args[1].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("hasattr", "getattr")
        and isinstance(node.args[1], ast.Constant)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in UNIX_MODULES]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module] if node.module in UNIX_MODULES else []
            names = {alias.name for alias in node.names}
            found += [f"{node.module}.{name}" for name in names & UNIX_CALLS.get(node.module or "", set())]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            missing = UNIX_CALLS.get(node.value.id, set()) - asked
            found += [f"{node.value.id}.{node.attr}"] if node.attr in missing else []
    return [name for name in found if name]


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_no_unix_only_call(path: Path) -> None:
    assert unix_only(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", ["import fcntl", "from pwd import getpwuid", "import os\nos.fork()", "from signal import SIGKILL"]
)
def test_a_unix_only_call_is_found(line: str) -> None:
    assert unix_only(line)


def test_every_text_file_is_opened_with_its_encoding() -> None:
    places = [str(place) for place in (*RUN_BY_PEOPLE, ROOT / "tests", ROOT / "benchmarks") if place.exists()]
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--preview",
        "--select",
        "PLW1514",
        "--no-cache",
        *places,
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_no_file_name_that_windows_refuses() -> None:
    ran = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    names = [name for name in ran.stdout.split("\0") if name]
    assert len(names) == len({name.casefold() for name in names})
    for name in names:
        assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', name), name
        assert len(name) < 140, f"{name}: with the checkout's own path this may pass Windows' 260 characters"
