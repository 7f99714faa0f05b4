"""``kommune3 start``: the course on this machine, for the person who sits at it."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import webbrowser
from contextlib import ExitStack, suppress

from kommune3.i18n import gettext as _

from .console import CommandError
from .grader import graded_beside
from .loading import no_garbage
from .parser import Subparsers, add_course, add_data, command
from .places import settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "start", _("start the course on this machine"), run)
    parser.add_argument(
        "--port", type=port, metavar=_("NUMBER"), help=_("the port; else the first free from 8000")
    )
    parser.add_argument("--no-browser", action="store_true", help=_("do not open a browser"))
    parser.add_argument("--no-lab", action="store_true", help=_("no link into JupyterLab"))
    elsewhere = _("do not grade: kommune3 grade runs by itself")
    parser.add_argument("--no-grading", action="store_true", help=elsewhere)
    parser.add_argument("--host", default=LOOPBACK[0], help=_("only this machine itself: 127.0.0.1"))
    prefix = _("the path under which a reverse proxy shows the course (or KOMMUNE3_ROOT_PATH)")
    parser.add_argument("--root-path", metavar=_("PATH"), help=prefix)
    add_course(parser)
    add_data(parser)


def port(text: str) -> int:
    """A port number, 0 for any free one. Raises ArgumentTypeError."""
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535"))
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C; returns 0 then."""
    refuse_other_hosts(arguments.host)
    with suppress(KeyboardInterrupt):  # Ctrl-C before the server was up is a clean end too
        serve(arguments)
    print(_("The course has stopped. Everything is stored."), flush=True)
    return 0


def refuse_other_hosts(host: str) -> None:
    """Raise CommandError for an address that others on the network could reach."""
    if host not in LOOPBACK:
        message = _(
            "The course signs in whoever opens it, so it is only for this machine: "
            "{host} would let others on the network in. Leave out --host."
        )
        raise CommandError(message.format(host=host))


def serve(arguments: argparse.Namespace) -> None:
    """Open the port first, so that a taken port is told at once; then the course."""
    with no_garbage():  # until the course is loaded, see server.serve
        _serve(arguments)


def _serve(arguments: argparse.Namespace) -> None:
    # FastAPI would load it, with a warning on newer Pythons, to refuse models that we have none of
    sys.modules.setdefault("pydantic.v1", None)  # type: ignore[arg-type]
    from kommune3.lab import running
    from kommune3.service import local, server

    chosen = settings(arguments)
    with server.listen(arguments.port) as listening, ExitStack() as told:
        app = local.local_app(chosen, lab=not arguments.no_lab)
        address = server.address(listening, chosen.root_path)

        def ready() -> None:
            told.enter_context(running.announced(chosen.data_dir, "service", address=address))
            if not arguments.no_grading:
                told.enter_context(graded_beside(chosen.data_dir, chosen.course_dir))
            print(_("The course is ready: {address}").format(address=address), flush=True)
            print(_("Press Ctrl-C to stop."), flush=True)
            if not arguments.no_browser:
                open_browser(address)

        server.serve(app, listening, ready)


def open_browser(address: str) -> None:
    """Open a browser where there is a screen; never wait for it, never fail for want of one."""
    if has_screen():
        threading.Thread(target=_try_browser, args=(address,), daemon=True).start()


def has_screen() -> bool:
    """Whether a browser would open a window, and not take over the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _try_browser(address: str) -> None:
    try:
        webbrowser.open(address)
    except Exception:
        print(_("Open the address in your browser."), flush=True)
