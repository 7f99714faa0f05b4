"""How long building every page of the course takes, from nothing and again unchanged, beside nbconvert.

.venv/bin/python benchmarks/site_build.py [--runs 3] [--peer-runs 1] [--execute]

Each build is a process of its own: the course is read, and every page that a learner or trainer may open is
made, with an empty folder for built pages or with the one that the build before it filled. The peer turns the
same notebooks into HTML with ``jupyter nbconvert``; without ``--execute`` its pages hold no exercise and no
figure at all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from servers import ROOT

FROM_NOTHING, AGAIN = 60.0, 3.0
"""The bars, in seconds on two cores."""


def pages(folder: Path) -> Iterator[str]:
    """Every page that does not depend on what is in the register."""
    from kommune3.content import load_course
    from kommune3.site import Me, Site

    course = load_course()
    me = Me("benchmark", "Benchmark", roles=frozenset({"learner", "trainer"}))
    site = Site(course, cache=folder)
    yield site.home(me)
    yield site.about(me)
    yield site.local(me)
    for role in course.roles:
        yield site.role(me, role.id)
        yield site.start(me, role.id)
    for module in course.modules:
        yield site.module(me, module.id)
    yield site.materials(me)
    for material in course.materials:
        yield site.material(me, material.id)


def build(folder: Path) -> None:
    """Make all pages and say how many, how large, and the processor's seconds."""
    made = [len(page.encode()) for page in pages(folder)]
    print(json.dumps({"pages": len(made), "bytes": sum(made), "processor": time.process_time()}))


def timed(command: list[str], **more: str) -> tuple[float, str]:
    """Seconds from the command to its end, and its last line."""
    began = time.perf_counter()
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | more, capture_output=True, text=True, check=True)
    return time.perf_counter() - began, ran.stdout.strip().rpartition("\n")[2]


def own(folder: str) -> float:
    """One build in a process of its own; what is parsed and drawn is kept in the folder too."""
    command = [sys.executable, str(Path(__file__)), "--build", f"{folder}/pages"]
    seconds, said = timed(command, KOMMUNE3_CACHE=f"{folder}/cache")
    told = json.loads(said)
    made = f"{told['pages']} pages, {told['bytes'] / 1e6:.1f} MB"
    print(f"  {seconds:6.2f} s, processor {told['processor']:.2f} s: {made}", flush=True)
    return seconds


def peer(execute: bool) -> float:
    """The same notebooks by nbconvert, in one command."""
    notebooks = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("modules/*/*.ipynb"))
    with tempfile.TemporaryDirectory() as out:
        more = ["--execute"] if execute else []
        command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", f"--output-dir={out}", *more]
        seconds, _said = timed(
            [*command, *notebooks], PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        )
        size = sum(path.stat().st_size for path in Path(out).iterdir())
    print(f"  {seconds:6.2f} s: {len(notebooks)} notebooks, {size / 1e6:.1f} MB")
    return seconds


def measure(runs: int, peer_runs: int, execute: bool) -> bool:
    """Print every build and the medians; whether both bars are kept."""
    nothing, again, others = [], [], []
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            print("from nothing:")
            nothing.append(own(folder))
            print("again, unchanged:")
            again.append(own(folder))
        if run < peer_runs:
            print("nbconvert, with kernels:" if execute else "nbconvert:")
            others.append(peer(execute))
    first, second = statistics.median(nothing), statistics.median(again)
    print(f"medians: from nothing {first:.2f} s, again {second:.2f} s", end="")
    print(f", nbconvert {statistics.median(others):.2f} s" if others else "")
    with suppress(AttributeError, OSError):  # not everywhere
        print("load of the machine: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))
    return first <= FROM_NOTHING and second <= AGAIN


def main() -> int:
    """Measure; 1 above a bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-runs", type=int, default=1)
    parser.add_argument("--execute", action="store_true")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build:
        build(options.build)
        return 0
    return 0 if measure(options.runs, options.peer_runs, options.execute) else 1


if __name__ == "__main__":
    sys.exit(main())
