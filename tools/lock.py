"""Write the locks anew from pyproject.toml: every package with its hashes, for every platform, no address.

python tools/lock.py            keep versions that still fit, take in what is new
python tools/lock.py --upgrade  take the newest versions that fit

Needs uv (`pip install uv`); set UV to its path where it is not on PATH.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"
FLAGS = [
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-annotate",
    "--no-header",
]


def inputs() -> dict[str, list[str]]:
    """The requirements of each lock, in the order in which they are made: each follows those before it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project, extras = settings["project"], settings["project"]["optional-dependencies"]
    return {
        "service": project["dependencies"],
        "lab": project["dependencies"] + extras["lab"],
        "dev": project["dependencies"] + extras["lab"] + extras["dev"],
        "build": [*settings["build-system"]["requires"], "editables"],
        "bench": project["dependencies"] + extras["bench"],
        "installer": settings["dependency-groups"]["installer"],
    }


def lock(uv: str, name: str, requirements: list[str], earlier: list[str], upgrade: bool) -> None:
    """Write one lock; what earlier locks chose is kept, so that they install side by side."""
    target = LOCKS / f"{name}.txt"
    constraints = [part for other in earlier for part in ("--constraint", str(LOCKS / f"{other}.txt"))]
    command = [uv, "pip", "compile", "-", "--output-file", str(target), *FLAGS, *constraints]
    subprocess.run(
        command + (["--upgrade"] if upgrade else []),
        input="\n".join(requirements),
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )


def main() -> int:
    """Write every lock; 1 when uv is missing or finds no solution."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    upgrade = parser.parse_args().upgrade
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        print("uv is missing: pip install uv", file=sys.stderr)
        return 1
    done: list[str] = []
    for name, requirements in inputs().items():
        print(f"locks/{name}.txt")
        try:
            lock(uv, name, requirements, done, upgrade)
        except subprocess.CalledProcessError:
            return 1  # uv has said why
        done.append(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
