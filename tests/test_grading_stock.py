"""Stock nbgrader with a kernel, nbgrader with our preprocessors, kommune3 grade: the same gradebook."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

import forked_kernel
import grading
import reflecting
from kommune3.content import Course
from kommune3.grading import course_dir
from kommune3.grading.course_dir import CourseDir
from kommune3.register import Register, cohorts, reflections
from kommune3.register.cohorts import Cohort
from reflecting import REFLECTION

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

STOCK = """
c = get_config()
c.CourseDirectory.course_id = {cohort!r}
c.NbGrader.logfile = ""
c.ClearSolutions.text_stub = "Skriv dit svar her."
c.Execute.timeout = c.Execute.startup_timeout = 240
"""
"""Settings of a stock course: nothing of ours but the stub that the released notebooks have, and patience."""
RUNNER = """
import json, os, sys
sys.modules["rfc3987_syntax"] = None  # jsonschema would make a parser for IRIs: seconds, and none is read
import jupyter_client.manager, nbclient.client, nbgrader.api, nbgrader.converters, nbgrader.preprocessors
import forked_kernel
from alembic.script import ScriptDirectory
from jupyter_client.provisioning import local_provisioner
from multiprocessing import forkserver
from nbgrader.apps import AutogradeApp, GenerateAssignmentApp, NbGraderApp
from nbgrader.dbutil import ALEMBIC_DIR
nbgrader.api.get_alembic_version = ScriptDirectory(ALEMBIC_DIR).get_current_head  # a process asks alike
local_provisioner.launch_kernel = forked_kernel.Kernel
forkserver.set_forkserver_preload(list(forked_kernel.LOADED))
forkserver.ensure_running()
for line in sys.stdin:
    folder, arguments = json.loads(line)
    if not (child := os.fork()):
        forkserver._forkserver.ensure_running = bool  # it runs, and is another's child
        os.chdir(folder)
        sys.exit(NbGraderApp.launch_instance(arguments))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""nbgrader's own command line, as often as asked: its modules and its kernels' are loaded once."""
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin
class Own(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
c = get_config()
c.AssignLatePenalties.plugin_class = Own
"""
Change = Callable[[CourseDir], None]


class Three:
    """The same hand-ins graded in three ways, in a folder for each."""

    def __init__(
        self, register: Register, course: Course, cohort: Cohort, folder: Path, runner: subprocess.Popen[str]
    ) -> None:
        self.worker, self.cohort = grading.worker(register, course), cohort
        self.ours = grading.place(register, cohort.id)
        self.stock = CourseDir(folder / "stock", cohort.id)
        self.prepared = CourseDir(folder / "prepared", cohort.id)
        self.runner, self.said = runner, folder / "nbgrader.txt"

    def begin(self) -> None:
        """Make the two other course directories, with nbgrader's own generate_assignment."""
        course_dir.prepare(self.prepared, self.worker.course)
        shutil.copytree(self.prepared.root / "source", self.stock.root / "source")
        config = STOCK.format(cohort=self.cohort.id)
        (self.stock.root / "nbgrader_config.py").write_text(config, encoding="utf-8")
        for place in (self.stock, self.prepared):
            self.nbgrader(place, "generate_assignment", "employee", "--force")
            with grading.gradebook(place) as book:
                due = self.due()
                book.update_or_create_assignment("employee", duedate=due)

    def penalise(self) -> None:
        """A trainer's own late penalty, from now on."""
        with (self.stock.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write(PENALTY)
        for place in (self.ours, self.prepared):
            (place.root / course_dir.OWN_CONFIG).write_text(PENALTY, encoding="utf-8")

    def due(self) -> object:
        """The deadline as the worker has it."""
        from kommune3.grading.worker import due

        return due(cohorts.get(self.worker.register, self.cohort.id).deadline)

    def grade(self) -> None:
        """Grade in the three ways what the register has now."""
        assert [one.trouble for one in self.worker.once()] == [""]
        for place in (self.stock, self.prepared):
            shutil.rmtree(place.root / "submitted", ignore_errors=True)
            shutil.copytree(self.ours.root / "submitted", place.root / "submitted")
            self.nbgrader(place, "autograde", "employee", "--force")

    def change(self, change: Change) -> None:
        """What a trainer does in formgrader, in all three."""
        for place in (self.ours, self.stock, self.prepared):
            change(place)

    def nbgrader(self, place: CourseDir, *command: str) -> None:
        """Run nbgrader as a trainer would, in the folder."""
        assert self.runner.stdin is not None
        assert self.runner.stdout is not None
        print(json.dumps([str(place.root), command]), file=self.runner.stdin, flush=True)
        assert self.runner.stdout.readline() == "0\n", self.said.read_text(encoding="utf-8")[-3000:]

    def same(self) -> dict[str, list[tuple[object, ...]]]:
        """The gradebook's content, which all three agree on."""
        ours, stock, prepared = (grading.content(one) for one in (self.ours, self.stock, self.prepared))
        for name in stock:
            assert ours[name] == stock[name], name
            assert prepared[name] == stock[name], name
        return stock


@contextmanager
def nbgrader_runner(root: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that runs nbgrader's commands; what they say goes into ``nbgrader.txt``."""
    environment = {
        **os.environ,
        "KOMMUNE3_ROOT": str(root),
        "PYTHONPATH": str(Path(forked_kernel.__file__).parent),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(folder / "none"),
    }
    with (
        (folder / "nbgrader.txt").open("w", encoding="utf-8") as said,
        subprocess.Popen(
            [sys.executable, "-c", RUNNER],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_three_ways_one_result(staffed: Register, mini_root: Path, tmp_path: Path) -> None:
    course = grading.two_notebooks(mini_root, tmp_path)
    cohort = reflecting.cohort(staffed, "anna", "aase", "bo")
    for person, activity, answers in (
        ("anna", REFLECTION, reflecting.TEXT),
        ("anna", grading.SECOND, reflecting.OTHER),
        ("aase", REFLECTION, reflecting.OTHER),
        ("bo", grading.SECOND, reflecting.TEXT),
    ):
        reflections.submit(staffed, course, person, activity, str(uuid4()), answers)
    hand_in_too_little(staffed, course, "bo")
    cohorts.set_deadline(staffed, cohort.id, date.today() - timedelta(days=3), "bo")
    with nbgrader_runner(course.places.root, tmp_path) as runner:
        compare(Three(staffed, course, cohort, tmp_path, runner))


def compare(three: Three) -> None:
    """Grade, mark by hand, penalise lateness and grade a changed answer again: three times the same."""
    three.begin()
    three.grade()
    first = three.same()
    scores = {(row[0], row[2]): row[6] for row in first["grades"]}
    assert scores["anna", f"{REFLECTION}-check"] == 1.0
    assert scores["bo", f"{REFLECTION}-check"] == 0.0
    assert scores["aase", grading.SECOND] == 0.0, "not handed in"
    assert {row[2] for row in first["notebooks"]} == {None}, "late, and no penalty asked for"

    three.change(give)
    three.same()
    three.penalise()
    changed = (
        "Et helt andet svar om en dag på plejehjemmet, hvor jeg lyttede længe.",
        reflecting.TEXT[1],
    )
    register, course = three.worker.register, three.worker.course
    reflections.submit(register, course, "aase", REFLECTION, str(uuid4()), changed)
    only_changed(three)
    again = three.same()
    (kept,) = [row for row in again["grades"] if row[0] == "aase" and row[2] == REFLECTION]
    assert kept[7:] == (3.0, 0.5, 1), "points stay, and the trainer looks again"
    assert {row[2] for row in again["notebooks"]} == {None, 2.25}, "half of what it is worth, and of it alone"
    (comment,) = [row for row in again["comments"] if row[0] == "aase" and row[2] == REFLECTION]
    assert comment[4] == "Tænk over det."


def give(place: CourseDir) -> None:
    """Points, extra credit and a comment from the trainer."""
    grading.mark(place, "aase", 3.0, "Tænk over det.", REFLECTION, "01_baenken")
    with grading.gradebook(place) as book:
        book.find_grade(REFLECTION, "01_baenken", "employee", "aase").extra_credit = 0.5
        book.db.commit()


def hand_in_too_little(register: Register, course: Course, person: str) -> None:
    """A notebook whose answer is too short to pass."""
    from datetime import UTC, datetime

    from kommune3.register.reflections import Delivery, deliver

    answers = {REFLECTION: ["For kort.", ""]}
    deliver(register, course, Delivery(person, "employee", answers, "mail", datetime.now(UTC), str(uuid4())))


def only_changed(three: Three) -> None:
    """Grade again the one notebook that changed: stock nbgrader is told which, the worker knows."""
    assert [one.graded for one in three.worker.once()] == [1]
    for place in (three.stock, three.prepared):
        shutil.rmtree(place.root / "submitted")
        shutil.copytree(three.ours.root / "submitted", place.root / "submitted")
        three.nbgrader(place, "autograde", "employee", "--student=aase", "--notebook=01_baenken", "--force")
