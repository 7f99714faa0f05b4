"""The worker as a process: alone, killed at any moment, and in a locale without Danish letters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import grading
import reflecting
from forking import Program
from kommune3.cli.grade import Bar, notice, progress_line
from kommune3.content import Course, Fresh, load_course
from kommune3.grading.locks import AlreadyRunning, alone
from kommune3.grading.project import BATCH
from kommune3.grading.worker import Worker
from kommune3.register import Person, Register
from kommune3.register.cohorts import Cohort
from reflecting import REFLECTION
from registering import add

CROWD = 40
WORKER = """
import sys, time
from pathlib import Path
sys.modules["rfc3987_syntax"] = None  # as the command does, for jsonschema's sake
from kommune3.content import load_course
from kommune3.grading.rows import Rows
from kommune3.grading.worker import Worker
from kommune3.register import open_register
data, left, students = Path(sys.argv[1]), int(sys.argv[3]), Rows.students
def between(rows, names):
    global left
    students(rows, names)
    left -= 1
    if not left:
        print("between", flush=True)
        time.sleep(600)
Rows.students = between
Worker(open_register(data), load_course(root=Path(sys.argv[2])), data).once(rebuild=True)
"""
"""It stays where a batch has its files and not yet its grades: in the batch that is said."""


@pytest.fixture
def crowd(empty: Register, mini_course: Course) -> Cohort:
    """Many who have handed in."""
    ids = [f"p{number}" for number in range(CROWD)]
    add(empty, [Person(one, f"Person {one}", role="employee") for one in ids] + [Person("bo", "Bo")])
    cohort = reflecting.cohort(empty, *ids)
    for one in ids:
        reflecting.send(empty, mini_course, one)
    return cohort


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_killed_in_the_middle_it_leaves_no_half_grade(
    empty: Register, mini_course: Course, mini_root: Path, crowd: Cohort
) -> None:
    where, data = grading.place(empty, crowd.id), empty.path.parent
    for batch in (2, 1):  # the rest of them, and then those anew who have been graded
        killed_between_files_and_grades(data, mini_root, batch)
        assert len(list((where.root / "autograded").iterdir())) == CROWD
        assert len(whole(where)) == BATCH
    done = grading.worker(empty, mini_course).once()
    assert [one.trouble for one in done] == [""]
    rows = grading.content(where)
    assert len(rows["grades"]) == 2 * CROWD
    assert {row[6] for row in rows["grades"] if row[2].endswith("-check")} == {1.0}
    assert not list(where.root.rglob(".*.new"))


def killed_between_files_and_grades(data: Path, mini_root: Path, batch: int) -> None:
    said, errors = data / f"said-{batch}.txt", data / "errors.txt"
    process = Program([str(data), str(mini_root), str(batch)], said, errors, code=WORKER)
    try:
        assert process.line_with("between"), errors.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait()


def whole(where: grading.CourseDir) -> set[str]:
    """Whoever has a grade, each of whom has all of them, and the files."""
    rows = grading.content(where)
    graded = [row[0] for row in rows["grades"]]
    for person in set(graded):
        assert graded.count(person) == 2
        assert (where.folder("autograded", person, "employee") / "01_baenken.ipynb").is_file()
    assert {row[6] for row in rows["grades"] if row[2].endswith("-check")} == {1.0}
    return set(graded)


def test_a_second_worker_says_so(empty: Register) -> None:
    data = empty.path.parent
    with alone(data), pytest.raises(AlreadyRunning), alone(data):
        pass
    with alone(data):
        pass


@pytest.mark.slow
def test_the_command_in_a_locale_without_danish_letters(
    staffed: Register, mini_root: Path, mini_course: Course, tmp_path: Path
) -> None:
    cohort = reflecting.cohort(staffed, "anna", "aase", "pia")
    reflecting.send(staffed, mini_course, "anna")
    staffed.close()
    script = "import kommune3.content as c, functools, pathlib, sys\n"
    script += "real = c.load_course\n"
    script += f"c.load_course = lambda *a, **k: real(root=pathlib.Path({str(mini_root)!r}))\n"
    script += "from kommune3.cli import main\nsys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = subprocess.run(
        [sys.executable, "-c", script, "grade", "--once", "--data", str(staffed.path.parent)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert (ran.returncode, ran.stderr.splitlines()[-1:]) == (0, ["1 af 1"]), ran.stderr
    assert ran.stdout.strip() == (
        f"{cohort.id}: 1 tjekket, 0 ikke bestået, 1 ikke sendt, 0 kunne ikke tjekkes."
    )
    file = grading.place(staffed, cohort.id).folder("autograded", "anna", "employee") / "01_baenken.ipynb"
    assert "Næste gang" in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_beside_its_parent_it_ends_with_it(staffed: Register, mini_course: Course, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kommune3", "grade", "--with-parent", "--data", str(staffed.path.parent)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(180) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_changed_course_is_followed_without_a_restart(
    staffed: Register, mini_root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(mini_root, tmp_path / "kursus")
    course = load_course(root=root)
    reflecting.send(staffed, course, "anna")
    reflecting.cohort(staffed, "anna")
    worker, fresh = Worker(staffed, course, staffed.path.parent), Fresh(course)
    assert [one.graded for one in worker.look()] == [1]
    notice(worker, fresh, True)
    assert {one.graded for one in worker.look()} <= {0}
    for folder in ("solutions", "exercises"):
        path = root / folder / "employee" / "01_baenken.ipynb"
        text = path.read_text(encoding="utf-8")
        assert "## " in text
        path.write_text(text.replace("## ", "## Nyt: ", 1), encoding="utf-8")
    for _twice in range(2):
        notice(worker, fresh, True)
    assert worker.course is not course
    assert [(one.graded, one.trouble) for one in worker.look()] == [(1, "")]
    (root / "course" / "course.toml").write_bytes(b"[course")
    for _often in range(4):
        notice(worker, fresh, False)
    told = capsys.readouterr()
    assert told.err.count("fortsætter med dem fra før") == 1
    assert "course.toml" in told.err
    assert {(one.graded, one.trouble) for one in worker.look()} <= {(0, "")}


@pytest.mark.parametrize(
    ("done", "total", "seconds", "line"),
    [
        (0, 10, 0.0, "0 of 10"),
        (5, 10, 5.0, "5 of 10, about 5 s left"),
        (10, 1000, 10.0, "10 of 1000, about 16 min left"),
        (10, 10, 5.0, "10 of 10"),
    ],
)
@pytest.mark.usefixtures("english")
def test_the_time_that_remains(done: int, total: int, seconds: float, line: str) -> None:
    assert progress_line(done, total, seconds) == line


@pytest.mark.usefixtures("english")
def test_a_terminal_has_a_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = Bar()
    for done in (0, 20, CROWD):
        bar.told(done, CROWD)
    bar.end()
    drawn = capsys.readouterr().err
    halves = [line.partition("]")[0] for line in drawn.split("\r")[1:]]
    assert halves == ["[" + "." * 30, "[" + "#" * 15 + "." * 15, "[" + "#" * 30]
    assert drawn.endswith("40 of 40\033[K\n")


def test_the_crowd_is_graded_in_batches(empty: Register, mini_course: Course, crowd: Cohort) -> None:
    seen: list[tuple[int, int]] = []
    from kommune3.grading.worker import Progress

    grading.worker(empty, mini_course).once(progress=Progress(lambda done, total: seen.append((done, total))))
    assert seen[0] == (0, CROWD)
    assert seen[-1] == (CROWD, CROWD)
    assert REFLECTION in mini_course.reflections
