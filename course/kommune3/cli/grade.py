"""``kommune3 grade``: what was handed in, as nbgrader has it; and back, what a trainer marked."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .console import CommandError, complain
from .parser import Subparsers, add_course, add_data, command
from .places import course, register, settings

if TYPE_CHECKING:
    from kommune3.content import Course, Fresh
    from kommune3.grading.worker import Done, Worker
    from kommune3.register import Register

TRIES = 6
"""How often a gradebook that is in use is tried with ``--once``, a pause between."""
STATES = ("checked", "not_passed", "not_submitted", "could_not_check")
BAR = 30
"""Characters of the progress bar."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    text = _("check what was handed in, and keep nbgrader's gradebooks up to date")
    parser = command(commands, "grade", text, run)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help=_("do it once and print how everybody stands"))
    how.add_argument("--watch", action="store_true", help=_("go on until Ctrl-C (what it does by itself)"))
    beside_text = _("go on until standard input is closed, as kommune3 start runs it")
    how.add_argument("--with-parent", action="store_true", help=beside_text)
    parser.add_argument("--cohort", default="", metavar="ID", help=_("only this cohort, once"))
    rebuild = _("write every file and grade anew from the register, and keep what trainers gave")
    parser.add_argument("--rebuild", action="store_true", help=rebuild)
    add_course(parser)
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Grade once, or until Ctrl-C; 1 where something could not be graded."""
    from kommune3.grading import release
    from kommune3.grading.locks import AlreadyRunning, alone
    from kommune3.grading.worker import Worker

    loaded = course(arguments)
    if not release.installed():
        raise CommandError(_('nbgrader is not installed here. Install it with: pip install "kommune3[lab]"'))
    data_dir = settings(arguments).data_dir
    with register(arguments) as opened:
        worker = Worker(opened, loaded, data_dir)
        if arguments.with_parent:
            return beside(worker)
        try:
            with alone(data_dir):
                once = arguments.once or arguments.cohort
                return grade(worker, arguments) if once else watch(worker, arguments.rebuild)
        except AlreadyRunning as error:
            raise CommandError(str(error)) from error


def grade(worker: Worker, arguments: argparse.Namespace) -> int:
    """Bring everything up to date, and say how everybody stands."""
    from kommune3.grading.worker import PAUSE, Progress

    bar = Bar()
    shown = Progress(bar.told)
    done = worker.once(only=arguments.cohort, rebuild=arguments.rebuild, progress=shown)
    for _again in range(TRIES - 1):
        busy = [one.cohort for one in done if one.busy]
        if not busy:
            break
        time.sleep(PAUSE)
        again = {name: worker.once(only=name, rebuild=arguments.rebuild, progress=shown)[0] for name in busy}
        done = [again.get(one.cohort, one) for one in done]
    bar.end()
    return summary(worker.register, worker.course, done)


def summary(opened: Register, loaded: Course, done: Sequence[Done]) -> int:
    """Print the four states of each cohort and what could not be checked; 1 where there is such."""
    from kommune3.register import cohorts

    there = {one.id for one in cohorts.listed(opened)}
    done = [one for one in done if one.cohort in there]  # some may have been dissolved meanwhile
    code = 0
    if not done:
        print(_("There are no cohorts yet. A trainer makes one on the course's own page."))
    for one in done:
        cells = [
            (line.person.id, activity, cell)
            for line in cohorts.lines(opened, loaded, one.cohort)
            for activity, cell in line.cells.items()
        ]
        counts = Counter(cell.state for _person, _activity, cell in cells)
        text = _(
            "{cohort}: {checked} checked, {not_passed} not passed, {not_submitted} not submitted, "
            "{could_not_check} could not be checked."
        )
        print(text.format(cohort=one.cohort, **dict.fromkeys(STATES, 0) | counts))
        for person, activity, cell in cells:
            if cell.state == "could_not_check":
                print(f"  {person}, {activity}: {cell.reason}")
        if one.trouble:
            print(one.trouble, file=sys.stderr)
        code |= bool(one.trouble or counts["could_not_check"])
    return code


def watch(worker: Worker, rebuild: bool, stop: threading.Event | None = None, *, quiet: bool = False) -> int:
    """Look for changes every few seconds until Ctrl-C or until told to stop."""
    from kommune3.content import Fresh
    from kommune3.grading.worker import PAUSE
    from kommune3.register import RegisterError

    stop, fresh = stop or threading.Event(), Fresh(worker.course)
    if not quiet:
        print(_("Looking for what is handed in and marked. Press Ctrl-C to stop."), flush=True)
    told: dict[str, str] = {}
    try:
        while not stop.is_set():
            notice(worker, fresh, quiet)
            try:
                for one in worker.once(rebuild=True) if rebuild else worker.look():
                    tell(one, told, quiet)
                rebuild = False
            except RegisterError as error:  # a full disk may have room again
                complain(error)
            stop.wait(PAUSE)
    except KeyboardInterrupt:
        pass
    return 0


def notice(worker: Worker, fresh: Fresh, quiet: bool) -> None:
    """Go on with the course's files as they are now; with those before, where they cannot be used."""
    from kommune3 import i18n
    from kommune3.content import ContentError

    try:
        changed = fresh.look()
    except (ContentError, OSError) as error:
        told = _("The course's files have changed and cannot be used. Grading goes on with those before:")
        print(told, file=sys.stderr, flush=True)
        complain(error)
        return
    if changed is not None:
        i18n.use(changed.info.language, changed.places.overlay)
        worker.renew(changed)
        if not quiet:
            print(_("The course's files have changed. Grading goes on with them."), flush=True)


def tell(one: Done, told: dict[str, str], quiet: bool) -> None:
    """Say what was done, and trouble once until it is another or over."""
    if one.trouble and told.get(one.cohort) != one.trouble:
        print(one.trouble, file=sys.stderr, flush=True)
    told[one.cohort] = one.trouble
    if one.graded and not quiet:
        text = ngettext("{cohort}: {n} hand-in graded.", "{cohort}: {n} hand-ins graded.", one.graded)
        print(text.format(cohort=one.cohort, n=one.graded), flush=True)
    if one.marked and not quiet:
        text = ngettext("{cohort}: {n} mark brought back.", "{cohort}: {n} marks brought back.", one.marked)
        print(text.format(cohort=one.cohort, n=one.marked), flush=True)


def beside(worker: Worker) -> int:
    """Work as long as the program that started this one; wait where another worker is at it."""
    from kommune3.grading.locks import AlreadyRunning, alone
    from kommune3.grading.worker import PAUSE

    stop = threading.Event()
    threading.Thread(target=_until_closed, args=(stop,), daemon=True).start()
    while not stop.is_set():
        try:
            with alone(worker.data_dir):
                return watch(worker, False, stop, quiet=True)
        except AlreadyRunning:
            stop.wait(PAUSE)
        except KeyboardInterrupt:
            return 0
    return 0


def _until_closed(stop: threading.Event) -> None:
    """The parent holds the other end of stdin: it closes when the parent ends, however that comes about."""
    sys.stdin.buffer.read()
    stop.set()


class Bar:
    """A progress bar with the time that remains on a terminal; elsewhere a line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._shown = False

    def told(self, done: int, total: int) -> None:
        """Draw it."""
        now = time.monotonic()
        if not total or (not self._terminal and done < total and now - self._last < 5):
            return
        self._last, self._shown = now, True
        line = progress_line(done, total, now - self._began)
        if self._terminal:
            filled = BAR * done // total
            drawn = "#" * filled + "." * (BAR - filled)
            print(f"\r[{drawn}] {line}\033[K", end="", file=sys.stderr, flush=True)
        elif done:
            print(line, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave its line."""
        if self._shown and self._terminal:
            print(file=sys.stderr)


def progress_line(done: int, total: int, seconds: float) -> str:
    """How far it is, and the time that remains as the pace so far has it."""
    text = _("{done} of {total}").format(done=done, total=total)
    if not done or done >= total:
        return text
    left = seconds / done * (total - done)
    if left < 90:
        return text + ", " + _("about {n} s left").format(n=round(left))
    return text + ", " + _("about {n} min left").format(n=round(left / 60))
