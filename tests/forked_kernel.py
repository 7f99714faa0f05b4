"""A kernel forked from a process that has loaded what all of them load: each start costs half as much.

This module is loaded in each of them, so it loads nothing that they do not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from forking import Forked

LOADED = (
    "forked_kernel",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "kommune3.charts",
    "kommune3.content",
    "kommune3.notebook",
    "kommune3.widgets.kinds",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
)


class Kernel(Forked):
    """A kernel's process, in place of the one that jupyter_client would have started."""

    def __init__(
        self, command: list[str], *, env: Mapping[str, str], cwd: str | None = None, **_: object
    ) -> None:
        ready, told = Pipe(duplex=False)
        super().__init__(LOADED, _become, told, command, dict(env), cwd)
        told.close()
        ready.recv()


def _become(told: Connection, command: list[str], env: dict[str, str], folder: str | None) -> None:
    """In the new process: do as ``python -m ipykernel_launcher -f …`` does."""
    from ipykernel.kernelapp import launch_new_instance

    os.setsid()  # a group of its own, which signals go to
    told.send(os.getpid())
    told.close()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder or ".")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):  # others hear a kernel by its sockets
        os.dup2(nothing, number)
    sys.argv = ["ipykernel_launcher", *command[command.index("-f") :]]
    launch_new_instance()
