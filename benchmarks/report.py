"""HR's list and exports over a large register: 50,000 people, and 50,000 for each of three roles.

    python benchmarks/report.py [--runs 5] [--people 50000] [--modules 2]

Everybody works in one of four fields, or has not chosen one, and stands somewhere along a path of two
modules; try ``--modules 8`` as well, which is what the employees' path has today.
The bars: a page with its totals within 1 s, the XLSX file within 10 s. Wall-clock and processor seconds are
both printed: on a busy machine they differ.
"""

from __future__ import annotations

import argparse
import gc
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from kommune3 import report
from kommune3.content import Course, load_course
from kommune3.content.manifest import WorkField
from kommune3.engine import clock
from kommune3.register import Register, open_register, people, standing
from kommune3.register.people import Person
from kommune3.register.tables import CompletionRow, PersonRow

ROLES = ("employee", "leader", "politician")
FIELDS = ("school", "care", "technical", "citizen-service")


def large_course(course: Course, count: int) -> Course:
    """The course with so many modules on every path, all of them seen by HR."""
    first = course.modules[0]
    modules = tuple(first.model_copy(update={"id": f"module-{n}"}) for n in range(count))
    names = tuple(module.id for module in modules)
    fields = tuple(
        WorkField(id=name, title=name, opening=names[number % count]) for number, name in enumerate(FIELDS)
    )
    own = {"modules": names, "fields": fields, "more": ()}
    roles = tuple(course.roles[0].model_copy(update={"id": role, **own}) for role in ROLES)
    info = course.info.model_copy(update={"hr_sees_roles": ROLES})
    manifest = course.manifest.model_copy(update={"course": info, "roles": roles, "modules": modules})
    return replace(course, manifest=manifest)


def invented(count: int, role: str, chance: random.Random) -> Iterator[Person]:
    """So many people in 200 units, with deadlines over a year."""
    today = clock.today()
    for number in range(count):
        yield Person(
            id=f"{role[0]}{number:06}",
            name=f"{chance.choice('ABCDEFGHIJKLMNOPRSTUVÆØÅ')}{chance.randrange(10**6)} Efternavn {number}",
            email=f"{role[0]}{number}@example.org",
            unit=f"Enhed {chance.randrange(200)}",
            role=role,
            deadline=today + timedelta(days=chance.randrange(-100, 265)),
            work_field=chance.choice(("", *FIELDS)),
        )


def fill(register: Register, count: int, roles: tuple[str, ...], modules: int) -> int:
    """Put them into the register, each with some modules completed; returns how many completions."""
    chance = random.Random(3)
    total = 0
    for role in roles:
        staff = list(invented(count, role, chance))
        done = {person.id: chance.randrange(modules + 1) for person in staff}
        completions = [row for person in staff for row in completed(person.id, done[person.id])]
        total += len(completions)
        with register.write() as session:
            people.add(session, staff, "roster")
            rows = [{"id": name, "standing": text(number, modules)} for name, number in done.items()]
            session.bulk_update_mappings(PersonRow.__mapper__, rows)
            session.execute(insert(CompletionRow), completions)
    return total


def text(done: int, of: int) -> str:
    """The standing of somebody with so many modules completed and, mostly, one begun."""
    modules = {f"module-{n}": standing.COMPLETED for n in range(done)}
    if 0 < done < of:
        modules[f"module-{done}"] = standing.STARTED
    return standing.compose(modules)


def completed(person: str, done: int) -> Iterator[dict[str, object]]:
    """The first modules completed, a day apart."""
    for number in range(done):
        yield {
            "person_id": person,
            "module": f"module-{number}",
            "course_version": "2026.11",
            "evidence": "server_checked",
            "attempt_id": None,
            "completed_at": clock.now() - timedelta(days=30 - number),
        }


def median(runs: int, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and on the processor, the medians of the runs."""
    clocks, processors = [], []
    for _run in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - start)
        processors.append(time.process_time() - busy)
    return statistics.median(clocks), statistics.median(processors)


def measure(count: int, roles: tuple[str, ...], modules: int, runs: int, folder: Path) -> None:
    """Print the figures for one size."""
    course = large_course(load_course(), modules)
    register = open_register(folder / "data")
    total = fill(register, count, roles, modules)
    gc.freeze()  # as the service does once it has loaded
    print(f"{count * len(roles):,} people, {total:,} completions, paths of {modules}")

    def page(**query: object) -> Callable[[], object]:
        asked = report.Query(**query)  # type: ignore[arg-type]
        return lambda: report.listing(register, course, asked)

    def export(write: Callable[..., None], name: str) -> Callable[[], object]:
        def work() -> None:
            with (folder / name).open("wb") as file:
                write(register, course, report.Query(), file)

        return work

    for name, work in {
        "first page with totals": page(),
        "last page": page(page=10**6),
        "overdue, one role": page(status="overdue", role="employee"),
        "search for a word": page(search="efternavn 4999"),
        "one unit": page(unit="Enhed 7"),
        "XLSX": export(report.write_xlsx, "report.xlsx"),
        "CSV": export(report.write_csv, "report.csv"),
    }.items():
        wall, busy = median(runs, work)
        print(f"  {name:24} {wall:7.2f} s   processor {busy:6.2f} s")
    print(f"  XLSX is {(folder / 'report.xlsx').stat().st_size / 1e6:.1f} MB")
    register.close()


def main() -> None:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--modules", type=int, default=2)
    options = parser.parse_args()
    print(f"{date.today()}, Python {platform.python_version()}, {sys.platform}, median of {options.runs}")
    for roles in (ROLES[:1], ROLES):
        with tempfile.TemporaryDirectory() as folder:
            measure(options.people, roles, options.modules, options.runs, Path(folder))


if __name__ == "__main__":
    main()
