"""Writes of one process, one after the other, those that wait together committed together.

A commit waits for the disk. While it does, other writes queue up; they then run in one transaction,
each in a savepoint of its own, and one commit serves them all. Nobody is told before that commit.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

MOST = 64
"""Writes in one commit."""
LONGEST = 0.02
"""Seconds that a write may wait for others to join its commit."""


class Batch:
    """A transaction that several writes share."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.size = 0
        self.since = time.monotonic()
        self.error: BaseException | None = None
        self.blame: BaseException | None = None
        self._settled = threading.Event()
        connection.begin()

    def settle(self) -> None:
        """Commit, and let everybody know how that went. Never raises."""
        try:
            if self.alive():
                self.connection.commit()
            else:
                self.error = self.blame or RuntimeError("the database rolled the transaction back")
        except BaseException as error:
            self.error = error
        finally:
            _close(self.connection)
            self._settled.set()

    def alive(self) -> bool:
        """Whether the transaction still stands: SQLite may end it by itself, as when the disk is full."""
        return bool(getattr(self.connection.connection.driver_connection, "in_transaction", True))

    def wait(self) -> None:
        """Return once the writes are on the disk. Raises where they are not."""
        self._settled.wait()
        if self.error is not None:
            raise self.error


class GroupCommit:
    """Hands out sessions that are durable when they end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0
        self._batch: Batch | None = None
        self._owner = 0

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in a transaction; committed and on the disk on leaving, undone on an error."""
        batch = self._enter()
        try:
            with Session(batch.connection, join_transaction_mode="create_savepoint") as session:
                yield session
                session.commit()
        except BaseException as error:
            batch.blame = error
            raise
        finally:
            self._leave(batch)
        batch.wait()

    def _enter(self) -> Batch:
        if self._owner == threading.get_ident():
            raise RuntimeError("write() inside write() would wait for itself")
        with self._count:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._count:
                self._waiting -= 1
        try:
            self._batch = self._batch or self._begin()
        except BaseException:
            self._turn.release()
            raise
        self._owner = threading.get_ident()
        self._batch.size += 1
        return self._batch

    def _begin(self) -> Batch:
        connection = self._engine.connect()
        try:
            return Batch(connection)
        except BaseException:
            _close(connection)
            raise

    def _leave(self, batch: Batch) -> None:
        enough = batch.size >= MOST or time.monotonic() - batch.since > LONGEST
        if enough or not self._waiting or not batch.alive():
            self._batch = None
            batch.settle()
        self._owner = 0
        self._turn.release()


def _close(connection: Connection) -> None:
    try:
        connection.close()
    except Exception:  # the transaction was lost already; a fresh connection starts clean
        connection.invalidate()
