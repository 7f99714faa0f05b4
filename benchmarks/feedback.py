"""How long from sending a reflection until its feedback is on the page? The trainer's own time is left out.

Each reflection of the course is sent to the running course over HTTP, as a page sends it; marked in its
cohort's gradebook through nbgrader, as formgrader does; and returned by the button of the trainer's page.
Beside it, in the same run, what a trainer with stock nbgrader runs for one hand-in: autograde, then
generate_feedback. Collecting it and handing the feedback out would come on top, and is not in stock's time.

.venv/bin/python benchmarks/feedback.py
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx2
from servers import ROOT, course

sys.path.insert(0, str(ROOT / "tests"))

import grading  # tests/grading.py: a trainer at the gradebook
from kommune3.content import Course, load_course
from kommune3.engine.judge import version
from kommune3.grading import course_dir
from kommune3.grading.course_dir import CourseDir
from kommune3.register import cohorts, open_register, people

PERSON = "local"
SAID = (
    "I mandags ringede en mand til mig, fordi lyset på hans vej var gået, og jeg svarede, at vi ville se på "
    "det samme uge, hvad vi så også gjorde.",
    "Næste gang vil jeg spørge, hvem der ellers bor på vejen, og om de vil være med til at holde øje.",
)
STOCK = 'c = get_config()\nc.NbGrader.logfile = ""\nc.ClearSolutions.text_stub = "Skriv dit svar her."\n'
STEPS = (
    "sent and checked",
    "until it is in formgrader",
    "from the marks until they can be returned",
    "from returning until it is on the page",
    "all of it",
)


def until(found: Callable[[], bool]) -> None:
    """Look every 50 ms; RuntimeError after two minutes."""
    end = time.monotonic() + 120
    while not found():
        if time.monotonic() > end:
            raise RuntimeError("it never came")
        time.sleep(0.05)


def made_cohort(data: Path) -> str:
    """A cohort of the person at the machine alone, who is its trainer too."""
    register = open_register(data)
    people.ensure_local(register)
    people.set_role(register, PERSON, "employee")
    made = cohorts.make(register, "Hold", [PERSON], [PERSON], PERSON, made_from="maaling")
    register.close()
    return made.id


def to_be_marked(place: CourseDir, activity: str) -> bool:
    """Whether formgrader has the reflection."""
    if not place.gradebook.exists():
        return False
    with closing(sqlite3.connect(f"file:{place.gradebook}?mode=ro", uri=True)) as book:
        try:
            asked = "SELECT count(*) FROM kommune3_projected WHERE activity = ?"
            graded = "SELECT count(*) FROM grade g JOIN base_cell c ON c.id = g.cell_id WHERE c.name = ? "
            there = book.execute(asked, [activity]).fetchone()[0]
            return bool(
                there and book.execute(f"{graded} AND g.needs_manual_grade", [activity]).fetchone()[0]
            )
        except sqlite3.OperationalError:  # it is being made
            return False


def ours(page: httpx2.Client, content: Course, place: CourseDir, activity: str) -> list[float]:
    """Seconds of each of STEPS for one reflection."""
    asked = content.reflection(activity)
    at = f"/api/v1/reflections/{activity}"
    answers = [SAID[number % 2] for number in range(len(asked.prompts))]
    body = {"version": version(content.activities[activity]), "key": str(uuid4()), "answers": answers}
    began = time.perf_counter()
    page.post(f"{at}/submissions", json=body).raise_for_status()
    sent = time.perf_counter()
    until(lambda: to_be_marked(place, activity))
    there = time.perf_counter()
    notebook = content.exercise(activity).stem
    with grading.gradebook(place) as opened:
        grade = opened.find_grade(activity, notebook, asked.assignment, PERSON)
        grade.manual_score, grade.needs_manual_grade = grade.max_score, False
        comment = opened.find_comment(activity, notebook, asked.assignment, PERSON)
        comment.manual_comment = "Godt set."
        opened.db.commit()
    marked = time.perf_counter()
    cohort = f"/trainer/cohorts/{place.cohort}"
    until(lambda: page.post(f"{cohort}/return").headers["location"].endswith("returned=1"))
    back = time.perf_counter()
    state = page.get(at).json()
    if (state["status"], state["feedback"]["comment"]) != ("done", "Godt set."):
        raise RuntimeError(f"no feedback: {state['status']}")
    shown = time.perf_counter()
    return [sent - began, there - sent, back - marked, shown - back, there - began + shown - marked]


def stock(ours: CourseDir, place: CourseDir, assignment: str) -> list[float]:
    """Seconds that autograde and generate_feedback take for the one hand-in, which was made ready before."""
    place.root.mkdir()
    (place.root / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    shutil.copytree(ours.root / "source", place.root / "source")
    nbgrader(place, "generate_assignment", assignment, "--force")
    shutil.copytree(ours.folder("submitted", PERSON), place.folder("submitted", PERSON))
    took = []
    for command in ("autograde", "generate_feedback"):
        began = time.perf_counter()
        nbgrader(place, command, assignment)
        took.append(time.perf_counter() - began)
    if not list(place.root.glob("feedback/**/*.html")):
        raise RuntimeError("stock nbgrader made no feedback")
    return took


def nbgrader(place: CourseDir, *command: str) -> None:
    """Run it as a trainer would."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = os.environ | {"PATH": path, "JUPYTER_CONFIG_DIR": str(place.root / "none")}
    subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=place.root,
        env=env,
        check=True,
        capture_output=True,
    )


def main() -> None:
    """Print the medians."""
    content = load_course()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        place = course_dir.of(scratch / "data", made_cohort(scratch / "data"))
        with course(scratch / "data") as address, httpx2.Client(base_url=address, timeout=60) as page:
            page.get("/api/v1/me").raise_for_status()
            runs = [ours(page, content, place, one) for one in content.reflections]
        assignment = content.reflection(content.reflections[0]).assignment
        # only its first notebook: stock grades a notebook at a time
        for other in (place.folder("submitted", PERSON) / assignment).glob("*.ipynb"):
            if other.stem != content.exercise(content.reflections[0]).stem:
                other.unlink()
        peer = stock(place, CourseDir(scratch / "stock", place.cohort), assignment)
    print(f"{len(runs)} reflections, one after the other, seconds: median (least to most)")
    for name, took in zip(STEPS, zip(*runs, strict=True), strict=True):
        print(f"{name}: {statistics.median(took):.2f} ({min(took):.2f} to {max(took):.2f})")
    print(f"stock, one hand-in: autograde {peer[0]:.1f}, generate_feedback {peer[1]:.1f}")


if __name__ == "__main__":
    main()
