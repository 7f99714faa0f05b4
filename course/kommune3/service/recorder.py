"""Attempts on their way to the register: one thread stores those that came in while it was busy, together.

Each step of each learner would else hold a thread and a commit of its own. Nobody is answered before the
commit that holds their attempt is on the disk.
"""

from __future__ import annotations

import asyncio

from starlette.concurrency import run_in_threadpool

from kommune3.content import Course
from kommune3.register import Register
from kommune3.register.attempts import Attempt, Recorded, record_all

MOST = 64
"""Attempts in one commit."""
EVERY = 0.01
"""Seconds from one commit to the next, at the least: a commit costs as much processor as two attempts,
so several had better share one. Whoever comes after a quiet moment waits for nothing."""


class Recorder:
    """Stores attempts for the requests of one event loop."""

    def __init__(self, register: Register, course: Course) -> None:
        self._register, self._course = register, course
        self._waiting: list[tuple[Attempt, asyncio.Future[Recorded]]] = []
        self._work: asyncio.Task[None] | None = None
        self._next = 0.0

    async def record(self, attempt: Attempt) -> Recorded:
        """The attempt as it is on the disk. Raises what ``attempts.record`` raises."""
        told: asyncio.Future[Recorded] = asyncio.get_running_loop().create_future()
        self._waiting.append((attempt, told))
        if self._work is None:
            self._work = asyncio.create_task(self._until_none_waits())
        return await told

    async def _until_none_waits(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                await asyncio.sleep(self._next - loop.time())
                self._next = loop.time() + EVERY
                together, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._store(together)
        finally:
            self._work = None

    async def _store(self, together: list[tuple[Attempt, asyncio.Future[Recorded]]]) -> None:
        attempts = [attempt for attempt, _told in together]
        try:
            outcomes = await run_in_threadpool(record_all, self._register, self._course, attempts)
        except BaseException:  # the service is ending: nobody waits for ever
            for _attempt, told in together:
                told.cancel()
            raise
        for (_attempt, told), outcome in zip(together, outcomes, strict=True):
            if told.done():  # whoever asked has gone
                continue
            if isinstance(outcome, Exception):
                told.set_exception(outcome)
            else:
                told.set_result(outcome)
