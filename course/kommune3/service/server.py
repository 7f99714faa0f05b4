"""Running the service on the loopback address of one machine, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import contextlib
import errno
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from kommune3.i18n import gettext as _

HOST = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 100


class PortError(Exception):
    """No port could be opened; the message says why and what to do."""


def listen(port: int | None) -> socket.socket:
    """A bound socket on the loopback address: the port asked for, else the first free one from 8000.

    Port 0 lets the operating system choose. Raises PortError.
    """
    if port is not None:
        return _bind_asked(port)
    for candidate in range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            return _bind(candidate)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise PortError(str(error)) from error
    message = _("All ports from {first} to {last} are taken. Close a program, or choose with --port.")
    raise PortError(message.format(first=FIRST_PORT, last=FIRST_PORT + PORTS - 1))


def _bind_asked(port: int) -> socket.socket:
    try:
        return _bind(port)
    except PermissionError as error:
        message = _(
            "Port {port} may not be opened by an ordinary user. Choose one above 1023, or leave out --port."
        )
        raise PortError(message.format(port=port)) from error
    except OSError as error:
        message = _(
            "Port {port} is taken by another program, perhaps by the course itself in another window. "
            "Leave out --port, and the first free port is used."
        )
        raise PortError(message.format(port=port)) from error


def _bind(port: int) -> socket.socket:
    # asyncio sends small packets at once only on sockets that name TCP; else each answer waits some 40 ms
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # on Windows SO_REUSEADDR would let two programs share the port
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        found.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        found.bind((HOST, port))
        found.listen(2048)
    except OSError:
        found.close()
        raise
    return found


class Server(uvicorn.Server):
    """A uvicorn server that tells when it is ready and ends with exit code 0 on a signal."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal. Uvicorn's own raises it again afterwards, which ends in an error code."""
        before = {number: signal.signal(number, self.stop) for number in stop_signals()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Finish what is under way, then end; a second signal does not wait."""
        self.force_exit = self.should_exit
        self.should_exit = True


def stop_signals() -> list[signal.Signals]:
    """The signals that ask a program to end, on this system."""
    names = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
    return [signal.Signals[name] for name in names if name in signal.Signals.__members__]


def serve(app: ASGIApp, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal comes. Access is not logged: addresses of pages name people."""
    gc.freeze()  # code and course stay as long as the process does: no need to look through them for garbage
    gc.enable()  # from now on much is made that does not stay
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
        loop="asyncio",
        http="httptools",
        ws="none",
        lifespan="on",
    )
    Server(config, ready).run(sockets=[listening])


def address(listening: socket.socket, root_path: str = "") -> str:
    """Where a browser on this machine finds the service."""
    return f"http://{HOST}:{listening.getsockname()[1]}{root_path}/"
