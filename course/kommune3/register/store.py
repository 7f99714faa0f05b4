"""Opening the register: one SQLite file in the data directory, brought to the newest schema."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from kommune3.i18n import gettext as _

from .errors import RegisterError, RegisterFull
from .migrate import upgrade

FILE = "register.sqlite3"
BUSY = 15_000
"""Milliseconds to wait for another process that writes."""


class Register:
    """The people, attempts and completions of one installation. Safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = _engine(path, "BEGIN", {"query_only": "ON"})
        self._writer = _engine(path, "BEGIN IMMEDIATE", {"secure_delete": "ON"}, poolclass=StaticPool)
        self._turn = threading.Lock()
        self._writing = 0

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one unchanging state of the register and cannot change it."""
        with _plainly(self.path), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is on the disk when the block ends, or not stored at all.

        Raises RegisterFull where there is no room, RegisterError where the file cannot be written.
        """
        with _plainly(self.path), self._alone(), Session(self._writer) as session, session.begin():
            yield session

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One write at a time in this process; among processes SQLite sees to it."""
        if self._writing == threading.get_ident():
            raise RuntimeError("write() inside write() would wait for itself")
        with self._turn:
            self._writing = threading.get_ident()
            try:
                yield
            finally:
                self._writing = 0

    def migrate(self) -> None:
        """Create the tables, or bring them to the newest schema."""
        with _plainly(self.path), self._writer.begin() as connection:
            upgrade(connection)

    def tidy(self) -> bool:
        """Empty the write-ahead log into the file, so that what was erased is gone from both.

        False where somebody read all the while: the log is then emptied when the last one closes the file.
        """
        with _plainly(self.path), self._alone(), self._writer.connect() as connection:
            driver: Any = connection.connection.driver_connection
            busy, *_pages = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Let go of the file."""
        self._reader.dispose()
        self._writer.dispose()


def open_register(data_dir: Path) -> Register:
    """The register in this directory, created where there is none.

    Raises RegisterError with a message that says what is wrong with the directory or the file.
    """
    try:
        data_dir.mkdir(0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise RegisterError(
            _("The data folder {path} cannot be made: a file is in the way.").format(path=data_dir)
        ) from error
    except (OSError, ValueError) as error:
        raise RegisterError(_("The data folder {path} cannot be made.").format(path=data_dir)) from error
    _keep_private(data_dir / FILE)
    register = Register(data_dir / FILE)
    try:
        register.migrate()
    except BaseException:
        register.close()
        raise
    return register


def _keep_private(path: Path) -> None:
    """Let nobody else on the machine read what people wrote; SQLite gives its log the same rights.

    Rights of a group stay: whoever runs the service may have given them.
    """
    with suppress(OSError):  # opening it says what is wrong
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        with suppress(OSError):
            name.chmod(name.stat().st_mode & 0o770)


PRAGMAS = {
    "busy_timeout": str(BUSY),
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "cache_size": "-64000",
}


def _engine(path: Path, begin: str, pragmas: dict[str, str], **options: Any) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),  # a path may hold ? and %, which mean something in a URL
        connect_args={"isolation_level": None, "check_same_thread": False},
        hide_parameters=True,  # an error may end in a log: what people wrote never does
        **options,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for name, value in (PRAGMAS | pragmas).items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can act on."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        plain = _plain(error, path)
        if plain is None:
            raise
        raise plain from error


def _plain(error: BaseException, path: Path) -> RegisterError | None:
    kind, message = RegisterError, ""
    match _code(error):
        case sqlite3.SQLITE_FULL:
            kind = RegisterFull
            message = _("The disk is full, so nothing was stored. Make room on the disk with {path}.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            message = _("The register {path} cannot be written. Check that you may write in that folder.")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            message = _("{path} is damaged or is not a register. Restore it from a copy.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = _("Another program is writing to {path}. Try again in a moment.")
        case sqlite3.SQLITE_IOERR:
            message = _("The disk with {path} cannot be read or written. Perhaps it is full.")
    return kind(message.format(path=path)) if message else None


def _code(error: BaseException | None) -> int | None:
    """SQLite's primary result code, from wherever in the chain of causes it is."""
    while error is not None:
        origin = getattr(error, "orig", None) or error
        if isinstance(origin, sqlite3.Error):
            code: int | None = getattr(origin, "sqlite_errorcode", None)
            if code is not None and code & 0xFF != sqlite3.SQLITE_ERROR:
                return code & 0xFF
        error = error.__cause__ or error.__context__
    return None
