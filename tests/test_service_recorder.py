"""Attempts that arrive together: stored together, answered each for itself, and only once they are stored."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kommune3.content import Course
from kommune3.register import Register, RegisterFull, UnknownPerson
from kommune3.register.attempts import Attempt, Recorded, record_all
from kommune3.register.tables import AttemptRow
from kommune3.service import recorder
from kommune3.service.recorder import MOST, Recorder


def asked(person: str = "anna") -> Attempt:
    return Attempt(person, "opkaldet", str(uuid4()), ("sporg",))


def count(register: Register) -> int:
    with register.read() as session:
        return session.scalar(select(func.count()).select_from(AttemptRow)) or 0


class Watched:
    """``record_all``, noting how many came together; the first call waits for ``go``."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.go = threading.Event()

    def __call__(
        self, register: Register, course: Course, together: Sequence[Attempt]
    ) -> list[Recorded | Exception]:
        self.sizes.append(len(together))
        assert self.go.wait(20)
        return record_all(register, course, together)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    found = Watched()
    monkeypatch.setattr(recorder, "record_all", found)
    return found


def test_those_that_wait_are_stored_together(
    staffed: Register, mini_course: Course, watched: Watched
) -> None:
    many = MOST + 10

    async def play() -> list[Recorded]:
        one = Recorder(staffed, mini_course)
        first = asyncio.create_task(one.record(asked()))
        while not watched.sizes:
            await asyncio.sleep(0)
        others = [asyncio.create_task(one.record(asked("bo"))) for _number in range(many)]
        await asyncio.sleep(0.01)
        assert not first.done()
        assert not any(other.done() for other in others)
        watched.go.set()
        return await asyncio.gather(first, *others)

    told = asyncio.run(play())
    assert watched.sizes == [1, MOST, 10]
    assert len({recorded.id for recorded in told}) == many + 1 == count(staffed)


def test_those_that_come_just_after_a_commit_share_the_next(
    staffed: Register, mini_course: Course, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    watched.go.set()

    async def play() -> None:
        over = asyncio.Event()

        async def sleep(seconds: float) -> None:
            if seconds > 0:
                pauses.append(seconds)
                await over.wait()

        monkeypatch.setattr(recorder, "EVERY", 60)
        monkeypatch.setattr(recorder, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": sleep}))
        one = Recorder(staffed, mini_course)
        await one.record(asked())
        second = asyncio.create_task(one.record(asked()))
        while not pauses and not second.done():
            await asyncio.sleep(0)
        third = asyncio.create_task(one.record(asked("bo")))
        await asyncio.sleep(0)
        over.set()
        await asyncio.gather(second, third)

    asyncio.run(play())
    assert watched.sizes == [1, 2]
    assert 0 < pauses[0] <= 60


def test_each_is_told_what_came_of_its_own(staffed: Register, mini_course: Course) -> None:
    async def play() -> list[Recorded | BaseException]:
        one = Recorder(staffed, mini_course)
        people = ("anna", "nobody", "bo")
        return await asyncio.gather(*(one.record(asked(p)) for p in people), return_exceptions=True)

    assert [type(told) for told in asyncio.run(play())] == [Recorded, UnknownPerson, Recorded]
    assert count(staffed) == 2


def test_a_full_disk_is_told_to_all_and_the_next_is_stored(staffed: Register, mini_course: Course) -> None:
    def limit(pages: int) -> None:
        with staffed._writer.connect() as connection:
            connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages}")

    async def play() -> tuple[list[Recorded | BaseException], Recorded]:
        one = Recorder(staffed, mini_course)
        limit(1)  # SQLite takes it as the size the file has now
        refused: list[Recorded | BaseException] = []
        while not any(isinstance(told, Exception) for told in refused):
            refused = await asyncio.gather(*(one.record(asked()) for _n in range(60)), return_exceptions=True)
        limit(1_000_000)
        return refused, await one.record(asked())

    refused, later = asyncio.run(play())
    stored = {told.id for told in refused if isinstance(told, Recorded)}
    assert {type(told) for told in refused} - {Recorded} == {RegisterFull}
    assert later.created
    with staffed.read() as session:
        assert stored | {later.id} <= set(session.scalars(select(AttemptRow.id)))


def test_one_that_no_longer_waits_is_stored_and_hinders_nobody(
    staffed: Register, mini_course: Course, watched: Watched
) -> None:
    async def play() -> Recorded:
        one = Recorder(staffed, mini_course)
        gone = asyncio.create_task(one.record(asked()))
        stays = asyncio.create_task(one.record(asked()))
        while not watched.sizes:
            await asyncio.sleep(0)
        gone.cancel()
        watched.go.set()
        return await stays

    assert asyncio.run(play()).created
    assert count(staffed) == 2


def test_nobody_waits_for_ever_when_the_storing_itself_breaks(
    staffed: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_arguments: object) -> None:
        raise asyncio.CancelledError

    async def play() -> None:
        one = Recorder(staffed, mini_course)
        with monkeypatch.context() as patch:
            patch.setattr(recorder, "run_in_threadpool", breaks)
            with pytest.raises(asyncio.CancelledError):
                await one.record(asked())
        assert (await one.record(asked())).created

    asyncio.run(play())
