"""What the set-up says: lines that also read well in a log, and one moving line on a terminal."""

from __future__ import annotations

import sys
import time


class SetupError(Exception):
    """Something that the person at the machine has to mend; its text says what to do."""


def say(text: str, error: bool = False) -> None:
    """Print a line at once, whatever the console's encoding."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


class Progress:
    """One step with a count: a moving line on a terminal, else a line now and then."""

    def __init__(self, label: str, every: int = 25) -> None:
        self.label, self.every = label, every
        self.moving = sys.stdout.isatty()
        self.began, self.told = time.monotonic(), ("", 0)
        say(f"- {label}")

    def at(self, what: str, count: int, total: int) -> None:
        """Show how far the step has come; silent where nothing changed."""
        if (what, count) == self.told:
            return
        fresh = what != self.told[0]
        line = f"    {what}: {count} of {total}"
        if self.moving:
            print(f"\r{line:<60}", end="", flush=True)
        elif count and (fresh or count - self.told[1] >= self.every):
            say(line)
        else:
            return
        self.told = (what, count)

    def done(self) -> None:
        """End the step with the time it took."""
        line = f"    done in {time.monotonic() - self.began:.0f} s"
        print(f"\r{line:<60}" if self.moving else line, flush=True)

    def failed(self, why: str = "") -> None:
        """End the moving line, so that what is said next stands on its own."""
        if self.moving:
            print("\r", end="", flush=True)
        if why or self.moving:
            say(f"    {why:<56}".rstrip() if why else "")
