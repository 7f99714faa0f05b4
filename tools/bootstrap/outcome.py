"""What the stages came to: output passed on as it comes, counts and failures kept for the end."""

from __future__ import annotations

import re
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field

from bootstrap.console import say
from bootstrap.environment import ROOT

COUNT = re.compile(r"(\d+) (passed|failed|errors?|rerun|skipped|xfailed|xpassed|warnings?)\b")
TAIL = re.compile(r"^=* ?(?:\d+ \w+(?:, )?)+ in [\d.]+s")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Outcome:
    """One stage's result; ``counts`` are pytest's words with their numbers.

    ``again`` are tests that failed once and were tried a second time.
    What is said ``aside`` is held back, and said in one piece at the end.
    """

    name: str
    ok: bool = True
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    aside: bool = False
    held: list[str] = field(default_factory=list)

    def tell(self, line: str) -> None:
        """Say a line, or hold it back."""
        if self.aside:
            self.held.append(line)
        else:
            say(line)

    def let_go(self) -> None:
        """Say what was held back."""
        if self.held:
            say("\n".join(self.held))
            self.held.clear()

    def read(self, line: str) -> None:
        """Keep what a line of pytest's own summary says."""
        line = COLOUR.sub("", line)
        if line.startswith(("FAILED ", "ERROR ")):
            self.failures.append(line)
        elif line.startswith("RERUN "):
            self.again.append(line.removeprefix("RERUN "))
        elif TAIL.match(line):
            for number, word in COUNT.findall(line):
                self.counts[word.rstrip("s") if word != "passed" else word] += int(number)


def run(command: list[str], env: dict[str, str], outcome: Outcome) -> None:
    """Run one command from the checkout's root and take down how it went."""
    began = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                outcome.tell(line.rstrip("\n"))
                outcome.read(line.strip())
        except BaseException:
            process.terminate()
            raise
    outcome.seconds += time.monotonic() - began
    if process.returncode:
        outcome.ok = False
        if not outcome.failures:
            outcome.failures.append(f"{' '.join(command[1:5])} ended with status {process.returncode}")


def summary(outcomes: list[Outcome], seconds: float) -> int:
    """Say how each stage went, what failed, and pytest's counts in one line; the exit status."""
    say("")
    for outcome in outcomes:
        say(f"{outcome.name:<10} {'passed' if outcome.ok else 'FAILED':<7} {outcome.seconds:6.1f} s")
    bad = [outcome for outcome in outcomes if not outcome.ok]
    for outcome in bad:
        say(f"\nFailed in {outcome.name} (again alone: python3 tools/setup.py test --only {outcome.name}):")
        for line in outcome.failures:
            say(f"  {line}")
    failed = "\n".join(line for outcome in outcomes for line in outcome.failures)
    shaky = [test for outcome in outcomes for test in outcome.again if test not in failed]
    if shaky:
        say("\nFailed once, passed when tried again (why is told above, and has a cause to be found):")
        say("\n".join(f"  {test}" for test in shaky))
    total: Counter[str] = sum((outcome.counts for outcome in outcomes), Counter())
    order = ("failed", "passed", "skipped", "xfailed", "xpassed", "error", "rerun", "warning")
    words = [f"{total[word]} {word}" for word in order if total[word]]
    say(f"\n{', '.join(words) or 'no tests ran'} in {seconds:.2f}s")
    return 1 if bad else 0
