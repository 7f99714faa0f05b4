"""200 learners at once against one real service process: how long does recording a step take?

    python benchmarks/load.py [--learners 200] [--seconds 30]

Everything stays on the loopback address and in a temporary folder. First each learner plays with 0.5 to
1.5 s of thought per step; then 32 of them play without thinking, which shows the most that one process
takes; then module pages are fetched the same way. The process is the product itself, except that a
header says which learner asks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import psutil

CLOSED_LOOP, CLOSED_SECONDS = 32, 10
ACTIVITY = "foraeldreraad"


def main() -> None:
    """Run every phase and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, default=200, choices=range(1, 1001), metavar="1-1000")
    parser.add_argument("--seconds", type=int, default=30, choices=range(1, 121), metavar="1-120")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, options.learners)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), options.learners, options.seconds)


def serve(folder: Path, learners: int) -> None:
    """The service with learners l0, l1 …; whoever a header names is believed."""
    from starlette.requests import HTTPConnection

    from kommune3.register import Person, people
    from kommune3.service import server
    from kommune3.service.app import build, open_services
    from kommune3.service.identity import Identity
    from kommune3.service.settings import Settings

    async def by_header(connection: HTTPConnection) -> Identity | None:
        return Identity(connection.headers["x-person"], frozenset({"learner"}))

    services = open_services(Settings(folder))
    with services.register.write() as session:
        people.add(session, [Person(f"l{n}", f"Nr. {n}", role="employee") for n in range(learners)], "roster")
    with server.listen(0) as listening:
        port = listening.getsockname()[1]
        server.serve(build(services, by_header), listening, lambda: print(port, flush=True))


class Connection:
    """A kept-alive HTTP/1.1 connection of one learner; small, so that it costs the measurement little."""

    def __init__(self, port: int, learner: str) -> None:
        self.port, self.learner = port, learner
        self.head = f" HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Person: {learner}\r\n"

    async def open(self) -> None:
        """Connect."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method: str, path: str, body: bytes = b"") -> int:
        """The status of an answer that has been read to its end."""
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self.writer.write(f"{method} {path}{self.head}{kind}\r\n".encode() + body)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await self.reader.readexactly(int(length))
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


def steps() -> tuple[str, list[list[str]]]:
    """The scenario's version, and ever longer paths through it."""
    from kommune3.content import load_course
    from kommune3.engine import scenario as play
    from kommune3.engine.judge import version

    scenario = load_course().activities[ACTIVITY]
    state, paths = play.start(scenario), [[]]
    while not play.ended(scenario, state):
        state = play.next_state(scenario, state, play.open_choices(scenario, state)[0].id)
        paths.append(list(state.path))
    return version(scenario), paths


def requests(version: str, paths: list[list[str]]) -> Iterator[tuple[str, str, bytes]]:
    """What a learner sends, step after step, without end."""
    for path in cycle(paths):
        sent = {"activity": ACTIVITY, "version": version, "key": str(uuid.uuid4()), "choices": path}
        yield "POST", "/api/v1/attempts", json.dumps(sent).encode()


async def play(
    port: int, learner: int, asked: Iterator[tuple[str, str, bytes]], until: float, think: bool
) -> list[float]:
    """Seconds that each answer took, until the time is over."""
    chance, taken = random.Random(learner), []
    connection = Connection(port, f"l{learner}")
    await connection.open()
    if think:
        await asyncio.sleep(chance.uniform(0, 1.5))
    while time.perf_counter() < until:
        began = time.perf_counter()
        status = await connection.ask(*next(asked))
        taken.append(time.perf_counter() - began)
        if status not in (200, 201):
            raise RuntimeError(f"status {status}")
        if think:
            await asyncio.sleep(chance.uniform(0.5, 1.5))
    connection.close()
    return taken


async def phase(port: int, learners: int, seconds: float, kind: str) -> list[float]:
    """All learners at once; ``kind`` is what they do: think, record or read."""
    version, paths = steps()
    until = time.perf_counter() + seconds
    page = cycle([("GET", "/modules/employee-02", b"")])
    playing = [
        play(port, n, page if kind == "read" else requests(version, paths), until, kind == "think")
        for n in range(learners)
    ]
    return sorted(one for taken in await asyncio.gather(*playing) for one in taken)


def measure(folder: Path, learners: int, seconds: int) -> None:
    """Start the service, run the phases, stop it."""
    command = [sys.executable, __file__, "--serve", str(folder), "--learners", str(learners)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port, seen = int(process.stdout.readline()), psutil.Process(process.pid)
            cores = os.cpu_count()
            print(f"{date.today()}, Python {platform.python_version()}, {cores} cores, {learners} learners")
            print(f"at rest {memory(seen):.0f} MB; others use {psutil.cpu_percent(2):.0f} % of the machine")
            fewer = min(CLOSED_LOOP, learners)
            for what, kind, many, long in (
                ("steps with thought", "think", learners, seconds),
                ("steps without", "record", fewer, CLOSED_SECONDS),
                ("module pages", "read", fewer, CLOSED_SECONDS),
            ):
                before = cpu(seen)
                taken = asyncio.run(phase(port, many, long, kind))
                show(what, seen, long, taken, cpu(seen) - before)
        finally:
            process.terminate()
            process.wait(20)


def show(what: str, seen: psutil.Process, seconds: int, taken: list[float], used: float) -> None:
    """One line of figures."""
    p50, p95, p99 = (1000 * taken[min(len(taken) - 1, int(len(taken) * part))] for part in (0.5, 0.95, 0.99))
    rate = len(taken) / seconds
    print(
        f"{what:20} {len(taken):6} answers {rate:6.0f}/s  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f}  "
        f"max {1000 * taken[-1]:6.1f} ms  {memory(seen):4.0f} MB  {1000 * used / len(taken):.1f} ms CPU each"
    )


def cpu(process: psutil.Process) -> float:
    """Seconds of processor time that the process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def memory(process: psutil.Process) -> float:
    """Resident memory in MB."""
    return float(process.memory_info().rss) / 1e6


if __name__ == "__main__":
    main()
