"""How long a submission takes: stock `nbgrader autograde`, it with our preprocessors, `kommune3 grade`.

The same hand-ins in the same run, each way as its own command, with equal results asserted. What the command
takes when there is nothing to do is told apart, so that the figures of few and of many can be compared.

.venv/bin/python benchmarks/grading.py [--submissions 100] [--stock 20]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import grading  # noqa: E402  tests/grading.py: what a gradebook says
from kommune3.content import Course, load_course  # noqa: E402
from kommune3.grading import course_dir  # noqa: E402
from kommune3.grading.course_dir import CourseDir  # noqa: E402
from kommune3.register import Person, cohorts, open_register, people, reflections  # noqa: E402

SAID = (
    "I mandags ringede en mand nummer {n} til mig, fordi lyset på hans vej var gået, og jeg svarede, at vi "
    "ville se på det samme uge, hvad vi så også gjorde.",
    "Næste gang vil jeg spørge, hvem der ellers bor på vejen, og om de vil være med til at holde øje.",
)
STOCK = 'c = get_config()\nc.NbGrader.logfile = ""\nc.ClearSolutions.text_stub = "Skriv dit svar her."\n'


@dataclass(frozen=True)
class Ran:
    """A command's wall time in seconds and its peak memory in megabytes."""

    seconds: float
    megabytes: float


def run(*command: str, cwd: Path) -> Ran:
    """Run it to its end; its children's memory is not in the figure."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={**os.environ, "PATH": path, "JUPYTER_CONFIG_DIR": str(cwd / "none")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    told = process.stderr.read() if process.stderr else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(told[-2000:])
    return Ran(time.perf_counter() - began, usage.ru_maxrss / 1024)


def hand_in(data: Path, course: Course, activity: str, count: int) -> str:
    """So many people of one cohort who hand one reflection in; returns the cohort."""
    ids = [f"p{number:05}" for number in range(count)]
    register = open_register(data)
    staff = [Person(one, f"Person {one}", role="employee") for one in ids]
    with register.write() as session:
        people.add(session, [*staff, Person("trainer", "Underviser")], "roster")
    cohort = cohorts.make(register, "Hold", ids, ["trainer"], "trainer", made_from="maaling")
    prompts = len(course.reflection(activity).prompts)
    for number, one in enumerate(ids):
        answers = [SAID[at % 2].format(n=number) for at in range(prompts)]
        reflections.submit(register, course, one, activity, str(uuid4()), answers)
    register.close()
    return cohort.id


def nbgrader_course(place: CourseDir, ours: CourseDir, assignment: str, sample: list[str]) -> None:
    """A course directory that nbgrader made, with the sample's hand-ins."""
    shutil.copytree(ours.root / "source", place.root / "source", dirs_exist_ok=True)
    run("nbgrader", "generate_assignment", assignment, "--force", cwd=place.root)
    for one in sample:
        shutil.copytree(ours.folder("submitted", one), place.folder("submitted", one))


def grades(place: CourseDir, sample: list[str]) -> object:
    """What the gradebook says about the sample, due dates aside."""
    found = grading.content(place)
    return [[row for row in found[name] if row[0] in sample] for name in ("notebooks", "grades", "comments")]


def measure(scratch: Path, count: int, stock: int) -> list[tuple[str, int, Ran, Ran]]:
    """Name, submissions, the run, and the run with nothing to do, for each way."""
    course = load_course()
    activity = course.reflections[0]
    assignment = course.reflection(activity).assignment
    data = scratch / "data"
    cohort = hand_in(data, course, activity, count)
    ours = course_dir.of(data, cohort)
    grade = ("kommune3", "grade", "--once", "--data", str(data))
    found = [("kommune3 grade", count, run(*grade, cwd=scratch), run(*grade, cwd=scratch))]
    everybody = sorted(path.name for path in (ours.root / "submitted").iterdir())
    plain, prepared = CourseDir(scratch / "stock", cohort), CourseDir(scratch / "prepared", cohort)
    plain.root.mkdir()
    (plain.root / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    course_dir.prepare(prepared, course)
    autograde = ("nbgrader", "autograde", assignment)
    for name, place, sample in (
        ("with our preprocessors", prepared, everybody),
        ("stock", plain, everybody[: stock or count]),
    ):
        nbgrader_course(place, ours, assignment, sample)
        first, again = run(*autograde, cwd=place.root), run(*autograde, cwd=place.root)
        if grades(place, sample) != grades(ours, sample):
            raise SystemExit(f"{name}: other grades than kommune3 grade")
        found.append((name, len(sample), first, again))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--stock", type=int, default=0, help="grade only so many with stock nbgrader")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder).resolve(), arguments.submissions, arguments.stock)
    each = {name: 1000 * (first.seconds - again.seconds) / count for name, count, first, again in found}
    whole = {name: 1000 * first.seconds / count for name, count, first, _again in found}
    print("| way | submissions | ms each, all in all | ms each, start apart | start, s | peak MB | × stock |")
    print("|---|---|---|---|---|---|---|")
    for name, count, first, again in reversed(found):
        figures = f"{whole[name]:.0f} | {each[name]:.1f} | {again.seconds:.1f} | {first.megabytes:.0f}"
        print(f"| {name} | {count} | {figures} | {each['stock'] / each[name]:.1f} |")


if __name__ == "__main__":
    main()
