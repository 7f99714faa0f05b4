"""``kommune3 lab``: the learner's own notebooks in JupyterLab."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from kommune3.i18n import gettext as _

from . import places
from .console import CommandError
from .parser import Subparsers, add_course, add_data, command
from .start import open_browser, port

if TYPE_CHECKING:
    from kommune3.service.settings import Settings

START_WITHIN = 60.0  # seconds
TURN_WITHIN = 150.0  # as long as another may take to start, and to end


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "lab", _("open your own notebooks of the course in JupyterLab"), run)
    parser.add_argument(
        "--port", type=port, metavar=_("NUMBER"), help=_("the port; else the first free from 8888")
    )
    parser.add_argument("--no-browser", action="store_true", help=_("do not open a browser"))
    parser.add_argument("--trainer", action="store_true", help=_("mark your cohorts' reflections instead"))
    add_course(parser)
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run JupyterLab until Ctrl-C; returns 0 then."""
    ours = True
    with suppress(KeyboardInterrupt):
        ours = (trainer if arguments.trainer else learner)(arguments)
    if ours:
        print(_("JupyterLab has stopped. Everything is stored."), flush=True)
    return 0


def learner(arguments: argparse.Namespace) -> bool:
    """The learner's JupyterLab until it ends; whether it was ours and not one that ran already."""
    chosen = places.settings(arguments)  # one that is wrong is told before anything is loaded
    from kommune3.lab import server, workspace
    from kommune3.service.identity import LOCAL_PERSON

    server.require()
    data = chosen.data_dir.resolve()
    hand_on(chosen)
    os.environ["KOMMUNE3_DATA"] = str(data)
    with stopped_by_signals(), turn(data, "lab") as already:
        if already:
            first = workspace.path_of(data, LOCAL_PERSON) or ""
            tell(arguments, server.link(already["address"], already["token"], first))
        else:
            run_learners(arguments, data)
    return not already


def run_learners(arguments: argparse.Namespace, data: Path) -> None:
    """Start the service where it does not run, JupyterLab, and meanwhile bring the copy up to date."""
    from kommune3.lab import parent, running, server, settings, workspace
    from kommune3.service.identity import LOCAL_PERSON

    home, root = workspace.jupyter_dir(data, LOCAL_PERSON), workspace.folder(data, LOCAL_PERSON)
    with (
        server.started(home, root, arguments.port) as starting,
        the_service(data) as pages,  # meanwhile
    ):
        course = places.course(arguments)
        for line in workspace.update(course, data, LOCAL_PERSON, api=f"/{settings.API}", pages=pages):
            print(line, flush=True)
        lab = starting.ready()
        parent.watch(starting.stop)
        where = {"address": lab.address, "token": lab.token}
        with running.announced(data, "lab", **where):
            tell(arguments, lab.link(workspace.path_of(data, LOCAL_PERSON) or ""))
            print(_("Press Ctrl-C to stop."), flush=True)
            lab.process.wait()


def trainer(arguments: argparse.Namespace) -> bool:
    """The same with formgrader on the trainer's cohorts, and without a kernel."""
    from kommune3.lab import server
    from kommune3.lab import trainer as lab_of_trainer

    server.require()
    chosen = places.settings(arguments)
    data = chosen.data_dir.resolve()
    hand_on(chosen)
    with stopped_by_signals(), turn(data, lab_of_trainer.NAME) as already:
        if already:
            tell(arguments, lab_of_trainer.link(already["address"], already["token"]))
        else:
            run_trainers(arguments, data)
    return not already


def run_trainers(arguments: argparse.Namespace, data: Path) -> None:
    """Start the service where it does not run, and formgrader's JupyterLab."""
    from kommune3.lab import parent, running
    from kommune3.lab import trainer as lab_of_trainer
    from kommune3.service.identity import LOCAL_PERSON

    started = lab_of_trainer.started(data, LOCAL_PERSON, arguments.port)
    with the_service(data), started as starting:
        lab = starting.ready()
        parent.watch(starting.stop)
        with running.announced(data, lab_of_trainer.NAME, address=lab.address, token=lab.token):
            tell(arguments, lab_of_trainer.link(lab.address, lab.token))
            print(_("Press Ctrl-C to stop."), flush=True)
            lab.process.wait()


def hand_on(chosen: Settings) -> None:
    """Let every process that is started from here have the same course, and speak its language."""
    if chosen.course_dir is not None:
        os.environ["KOMMUNE3_COURSE"] = str(chosen.course_dir.resolve())
    places.speak(chosen)


@contextmanager
def turn(data: Path, name: str) -> Iterator[dict[str, Any] | None]:
    """What the JupyterLab told that runs already; none once it is our turn. Raises CommandError."""
    from kommune3.lab import lock, running

    def waiting() -> None:
        print(_("Another kommune3 lab is just starting or stopping here. Waiting for it …"), flush=True)

    with ExitStack() as ours:
        try:
            already = ours.enter_context(running.turn(data, name, TURN_WITHIN, waiting))
        except lock.Taken as error:
            told = _("Another kommune3 lab neither starts nor stops here. End it, and try again.")
            raise CommandError(told) from error
        yield already


def tell(arguments: argparse.Namespace, address: str) -> None:
    """Say where JupyterLab is, and open it."""
    print(_("JupyterLab is ready: {address}").format(address=address), flush=True)
    if not arguments.no_browser:
        open_browser(address)


@contextmanager
def the_service(data: Path) -> Iterator[str]:
    """The address of the service that runs; one of our own, as long as the block runs, where none does."""
    from kommune3.lab import running

    if found := running.service(data):
        yield found
        return
    with started_service(data) as process:
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until and process.poll() is None:
            if found := running.service(data):
                break
            time.sleep(0.05)
        if not found:
            told = _("The course could not be started. Run kommune3 start to see why.")
            raise CommandError(told)
        yield found


@contextmanager
def started_service(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """``kommune3 start`` as a process of our own; it is gone when the block ends."""
    command = [sys.executable, "-m", "kommune3", "start", "--no-browser", "--data", str(data)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603, our own command
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait()  # Popen itself waits only a moment after Ctrl-C


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that nothing is left running."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
