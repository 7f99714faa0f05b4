"""200 learners at once against one real service process: how long does recording a step take?

    python benchmarks/load.py [--learners 200] [--seconds 30]

Everything stays on the loopback address and in a temporary folder. First each learner plays with 0.5 to
1.5 s of thought per step; then 32 of them play without thinking, which shows the most that one process
takes; then module pages are fetched the same way, compressed as for a browser. Every answer is read to its
end and must hold the key that was sent. The process is the product itself, except that a header says
which learner asks.
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


class Connection(asyncio.Protocol):
    """A kept-alive HTTP/1.1 connection of one learner; small, so that it costs the measurement little."""

    def __init__(self, learner: str) -> None:
        self.head = (
            " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
            "Accept-Language: da,en;q=0.8\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n"
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\r\n"
            f"X-Person: {learner}\r\n"
        )
        self.got = b""
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what one writes to."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Hand over an answer once it is there to its end."""
        self.got += data
        head, end, body = self.got.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]) if end else 0
        if end and len(body) >= length and self.answer:
            self.answer.set_result((int(head.split(b" ", 2)[1]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell one that still waits."""
        if self.answer and not self.answer.done():
            self.answer.set_exception(exc or ConnectionError("closed before the answer was there"))

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer."""
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self.got, self.answer = b"", asyncio.get_running_loop().create_future()
        self.transport.write(f"{method} {path}{self.head}{kind}\r\n".encode() + body)
        return await self.answer


Asked = tuple[str, str, bytes, bytes]
"""Method, path and body of a request, and what the body of its answer must hold."""


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


def requests(version: str, paths: list[list[str]]) -> Iterator[Asked]:
    """What a learner sends, step after step, without end."""
    for path in cycle(paths):
        key = str(uuid.uuid4())
        sent = {"activity": ACTIVITY, "version": version, "key": key, "choices": path}
        yield "POST", "/api/v1/attempts", json.dumps(sent).encode(), f'"{key}"'.encode()


async def play(port: int, learner: int, asked: Iterator[Asked], until: float, think: bool) -> list[float]:
    """Seconds that each answer took, until the time is over."""
    chance, taken = random.Random(learner), list[float]()
    loop = asyncio.get_running_loop()
    connection = Connection(f"l{learner}")
    await loop.create_connection(lambda: connection, "127.0.0.1", port)
    if think:
        await asyncio.sleep(chance.uniform(0, 1.5))
    while time.perf_counter() < until:
        method, path, body, wanted = next(asked)
        began = time.perf_counter()
        status, answer = await connection.ask(method, path, body)
        taken.append(time.perf_counter() - began)
        if status not in (200, 201) or wanted not in answer:
            raise RuntimeError(f"status {status}: {answer!r}")
        if think:
            await asyncio.sleep(chance.uniform(0.5, 1.5))
    connection.transport.close()
    return taken


async def phase(port: int, learners: int, seconds: float, kind: str) -> list[float]:
    """All learners at once; ``kind`` is what they do: think, record or read."""
    version, paths = steps()
    until = time.perf_counter() + seconds
    page = cycle([("GET", "/modules/employee-02", b"", b"")])
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
            settle(seen)
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


def settle(service: psutil.Process) -> None:
    """Wait until the service has built its pages, as it does once on a first start."""
    before = -1.0
    while cpu(service) - before > 0.05:
        before = cpu(service)
        time.sleep(1)


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
