"""Every check and test as a stage: all of them run, and what failed is told once more at the end."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bootstrap import browser, environment, node
from bootstrap.outcome import Outcome, run, summary

RUFF = ["{python}", "-m", "ruff"]
PYTEST = ["{python}", "-m", "pytest", "-q"]
AGAIN = ["--reruns", "1", "--rerun-show-tracebacks"]
"""A busy machine upsets a test now and then: it is tried once more, and told of at the end in any case."""
TWO = ["-n", "2", "--dist"]
THREE = ["-n", "3", "--dist"]
"""Where tests mostly wait for another process, a third worker keeps two cores busy."""
PATIENT = ["--nbval-kernel-startup-timeout", "240"]
"""Seconds: a kernel that starts beside browsers and JupyterLabs took more than nbval's own 60."""
NOTEBOOKS = ["modules", "exercises", "solutions"]


@dataclass(frozen=True)
class Stage:
    """One part of the tests: what it proves, its commands, and what it needs beside Python.

    Those ``aside`` run one after the other beside the rest: they need the processor, while the system
    stage mostly waits for other processes. Each is told in one piece when it is done.
    """

    name: str
    title: str
    commands: tuple[list[str], ...]
    node: bool = False
    browser: bool = False
    aside: bool = False


STAGES = (
    Stage(
        "lint",
        "style",
        ([*RUFF, "check"], [*RUFF, "format", "--check"]),
    ),
    Stage(
        "types",
        "types of Python and JavaScript",
        (["{python}", "-m", "mypy"], ["{npm}", "run", "--silent", "types"]),
        node=True,
        aside=True,
    ),
    Stage("catalog", "every interface string in Danish", (["{python}", "tools/catalog.py", "--check"],)),
    Stage(
        "content",
        "every rule of the course's files, and the spelling",
        (["{python}", "-m", "kommune3", "check"], ["{python}", "tools/spelling.py"]),
        node=True,
    ),
    Stage(
        "unit",
        "unit and property tests",
        ([*PYTEST, *AGAIN, *TWO, "worksteal", "-m", "not browser and not lab and not slow"],),
        node=True,
        aside=True,
    ),
    Stage(
        "notebooks",
        "every notebook in a real kernel",
        ([*PYTEST, "-p", "kernels", "-p", "nbval", "--nbval-lax", *PATIENT, *TWO, "loadscope", *NOTEBOOKS],),
        aside=True,
    ),
    # Files in the order in which they are collected (tests/conftest.py), the longest first; one file stays
    # with one worker, for its service, browser and environment are made once.
    Stage(
        "system",
        "a real browser, a real JupyterLab, the wheel, the set-up",
        ([*PYTEST, *AGAIN, *THREE, "loadfile", "--no-loadscope-reorder", "-m", "browser or lab or slow"],),
        node=True,
        browser=True,
    ),
)


def main(arguments: list[str]) -> int:
    """Set up, run the stages asked for, sum up; 1 when one failed."""
    asked = _parse(arguments)
    stages = [stage for stage in STAGES if not asked.only or stage.name in asked.only]
    environment.ensure("dev")
    if any(stage.node for stage in stages):
        node.ensure()
    found = browser.ensure() if any(stage.browser for stage in stages) else ""
    with tempfile.TemporaryDirectory(prefix="kommune3-test-", ignore_cleanup_errors=True) as scratch:
        env = _environment(Path(scratch), found)
        began = time.monotonic()
        outcomes = _all(stages, env, asked.rest)
    return summary(outcomes, time.monotonic() - began)


def _all(stages: list[Stage], env: dict[str, str], rest: list[str]) -> list[Outcome]:
    """Run the stages one after the other, and beside them those that are aside."""
    with ThreadPoolExecutor(1) as aside:
        begun = [aside.submit(_stage, stage, env, rest) for stage in stages if stage.aside]
        done = [_stage(stage, env, rest) for stage in stages if not stage.aside]
        done += [each.result() for each in begun]
    order = [stage.name for stage in stages]
    return sorted(done, key=lambda outcome: order.index(outcome.name))


def _stage(stage: Stage, env: dict[str, str], rest: list[str]) -> Outcome:
    outcome = Outcome(stage.name, aside=stage.aside)
    outcome.tell(f"\n== {stage.name}: {stage.title}")
    for command in stage.commands:
        extra = rest if "pytest" in command else []
        run([*_filled(command), *extra], env, outcome)
    outcome.let_go()
    return outcome


def _filled(command: list[str]) -> list[str]:
    if command[0] == "{npm}":
        return node.npm(*command[1:])
    return [str(environment.python()), *command[1:]]


def _environment(scratch: Path, chromium: str) -> dict[str, str]:
    """Where tests may write, so that no setting of the person's leaks in and nothing of theirs is touched."""
    own = {
        "JUPYTER_CONFIG_DIR": "jupyter/config",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
        "JUPYTERLAB_SETTINGS_DIR": "jupyter/settings",
        "JUPYTERLAB_WORKSPACES_DIR": "jupyter/workspaces",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "matplotlib",
        "KOMMUNE3_DATA": "data",
        "KOMMUNE3_CACHE": "parsed",
        "BREAKPAD_DUMP_LOCATION": "chromium",
    }
    caches = {"XDG_CACHE_HOME": "home", "npm_config_cache": "npm"}
    path = [str(environment.python().parent), os.environ.get("PATH", "")]
    if environment.VENV.joinpath("kommune3-installed.json").exists():
        path.insert(1, str(node.home()))
    # Without bytecode every process compiles all it imports anew, which doubles the time of the whole run.
    drop = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
    env = {key: value for key, value in os.environ.items() if key not in drop}
    env |= {key: str(scratch / place) for key, place in own.items()}
    env |= {key: str(environment.ROOT / ".cache" / place) for key, place in caches.items()}
    env |= {"PATH": os.pathsep.join(path), "PYTHONIOENCODING": "utf-8", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return env | ({browser.VARIABLE: chromium} if chromium else {})


def _parse(arguments: list[str]) -> argparse.Namespace:
    """--only, and after ``--`` what goes on to pytest."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    lines = "\n".join(f"  {stage.name:<10}{stage.title}" for stage in STAGES)
    parser = argparse.ArgumentParser(
        prog="setup.py test",
        description=f"Run every check and test, or some of these stages:\n{lines}",
        epilog='What follows "--" goes to pytest, for example: test --only unit -- -k roster',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [stage.name for stage in STAGES]
    parser.add_argument("--only", nargs="+", choices=names, metavar="STAGE", help="run these stages alone")
    asked = parser.parse_args(arguments[:cut])
    asked.rest = arguments[cut + 1 :]
    return asked
