"""From the register to nbgrader's files and gradebook, and from there back: every way it is kept in step."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

import grading
import reflecting
from kommune3.content import Course
from kommune3.grading import outcome
from kommune3.grading.course_dir import CourseDir
from kommune3.grading.penalty import asked_for
from kommune3.register import Register, cohorts, marks, progress, reflections
from kommune3.register.cohorts import Cohort
from reflecting import REFLECTION, SECRET

NOTEBOOK = "01_baenken"
STATE = {"checked": 1.0, "not_passed": 0.0}


@pytest.fixture
def cohort(staffed: Register) -> Cohort:
    return reflecting.cohort(staffed, "anna", "aase", "pia")


def handed_in(register: Register, course: Course, *people: str) -> None:
    for person in people:
        reflecting.send(register, course, person)


def kept(register: Register, cohort: Cohort, person: str, activity: str = REFLECTION) -> marks.Mark:
    return marks.kept(register, cohort.id)[person, activity]


def test_what_is_handed_in_becomes_files_and_grades(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    handed_in(staffed, mini_course, "anna")
    (done,) = grading.worker(staffed, mini_course).once()
    where = grading.place(staffed, cohort.id)
    assert (done.graded, done.trouble) == (1, "")
    for step in ("submitted", "autograded"):
        folder = where.folder(step, "anna", "employee")
        assert {path.name for path in folder.iterdir()} == {f"{NOTEBOOK}.ipynb", "timestamp.txt"}
        assert SECRET in (folder / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    with grading.gradebook(where) as book:
        answer = book.find_grade(REFLECTION, NOTEBOOK, "employee", "anna")
        test = book.find_grade(f"{REFLECTION}-check", NOTEBOOK, "employee", "anna")
        student = book.find_student("anna")
        assert (answer.auto_score, answer.max_score, answer.needs_manual_grade) == (None, 4, True)
        assert (test.auto_score, test.needs_manual_grade, test.failed_tests) == (1.0, False, False)
        assert (student.first_name, student.last_name) == ("Anna", "Ankjær")
    sent = reflections.of(staffed, mini_course, "anna", REFLECTION).submitted_at
    assert sent is not None
    assert (where.folder("submitted", "anna", "employee") / "timestamp.txt").read_text(
        encoding="utf-8"
    ).strip() == sent.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    assert (kept(staffed, cohort, "anna").state, kept(staffed, cohort, "anna").auto) == ("checked", 1.0)


def test_a_second_look_writes_nothing(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    before = grading.place(staffed, cohort.id).gradebook.read_bytes()
    assert [(one.graded, one.marked) for one in worker.once()] == [(0, 0)]
    assert grading.place(staffed, cohort.id).gradebook.read_bytes() == before
    worker.look()  # what bringing back wrote to the register is a change, once
    assert worker.changed() == []


def test_no_gradebook_before_there_is_something_in_it(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    grading.worker(staffed, mini_course).once()
    assert not grading.place(staffed, cohort.id).root.exists()


def test_marks_come_back_and_approve_the_module(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    course = reflecting.requiring(mini_course, approval=True)
    handed_in(staffed, course, "anna")
    worker = grading.worker(staffed, course)
    worker.once()
    grading.mark(grading.place(staffed, cohort.id), "anna", 3.0, "Godt set.", REFLECTION, NOTEBOOK)
    assert [one.id for one in worker.changed()] == [cohort.id]
    worker.look()
    mark = kept(staffed, cohort, "anna")
    assert (mark.manual, mark.comment, mark.needs_manual) == (3.0, "Godt set.", False)
    assert REFLECTION in progress.of_person(staffed, course, "anna")["employee-01"].passed


def test_a_replaced_text_is_graded_anew(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    reflecting.send(staffed, mini_course, "anna", reflecting.OTHER)
    (done,) = worker.look()
    assert done.graded == 1
    assert grading.bytes_with(grading.place(staffed, cohort.id).root, SECRET) == []
    newest = reflections.of(staffed, mini_course, "anna", REFLECTION).submission
    assert kept(staffed, cohort, "anna").submission == newest


def test_a_second_hand_in_leaves_what_is_marked_settled(
    staffed: Register, mini_root: Path, tmp_path: Path, cohort: Cohort
) -> None:
    course = grading.two_notebooks(mini_root, tmp_path)
    reflecting.send(staffed, course, "anna")
    worker = grading.worker(staffed, course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    with grading.gradebook(where) as book:
        absent = book.find_grade(grading.SECOND, "02_vejen", "employee", "anna")
        assert (absent.auto_score, absent.needs_manual_grade) == (0.0, False)
    grading.mark(where, "anna", 4.0, "Ja.", REFLECTION, NOTEBOOK)
    second = reflections.of(staffed, course, "anna", grading.SECOND)
    reflections.submit(
        staffed, course, "anna", grading.SECOND, "0" * 8 + "-0000-4000-8000-" + "0" * 12, reflecting.OTHER
    )
    assert second.status == "none"
    worker.look()
    assert kept(staffed, cohort, "anna").needs_manual is False
    assert kept(staffed, cohort, "anna", grading.SECOND).needs_manual is True
    assert len(list(where.folder("autograded", "anna", "employee").glob("*.ipynb"))) == 2


def test_what_is_withdrawn_is_gone(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna", "aase")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert worker.look()[0].removed == 1
    assert {row[0] for row in grading.content(where)["students"]} == {"aase"}
    assert [row[0] for row in grading.content(where)["submissions"]] == ["aase"]
    assert not where.folder("submitted", "anna").exists()
    assert not where.folder("autograded", "anna").exists()


def test_a_private_text_stays_away(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "pia")
    grading.worker(staffed, mini_course).once()
    assert grading.bytes_with(staffed.path.parent / "nbgrader", SECRET) == []


@pytest.mark.parametrize("lost", ["gradebook", "folder", "files"])
def test_what_is_lost_is_made_anew_with_all_that_was_given(
    staffed: Register, mini_course: Course, cohort: Cohort, lost: str
) -> None:
    handed_in(staffed, mini_course, "anna", "aase")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 3.5, "Fint.", REFLECTION, NOTEBOOK)
    grading.flag_and_overrule(where, "anna", REFLECTION, NOTEBOOK)
    worker.look()
    before = grading.content(where)
    assert [row[3] for row in before["notebooks"] if row[0] == "anna"].count(1) == 1
    if lost == "gradebook":
        where.gradebook.unlink()
    else:
        shutil.rmtree(where.root if lost == "folder" else where.root / "autograded")
    worker.once()
    assert grading.content(where) == before
    assert (where.folder("autograded", "anna", "employee") / f"{NOTEBOOK}.ipynb").is_file()
    mark = kept(staffed, cohort, "anna")
    assert (mark.manual, mark.comment, mark.needs_manual) == (3.5, "Fint.", False)
    assert (mark.state, mark.auto, mark.check_given) == ("not_passed", 0.0, 0.0)
    assert (mark.flagged, mark.extension) == (True, 172_800)


def test_rebuilding_keeps_what_was_given(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna", "aase")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 2.0, "Vi taler om det.", REFLECTION, NOTEBOOK)
    before = grading.content(where)
    assert worker.once(rebuild=True)[0].graded == 2
    assert grading.content(where) == before


def test_a_damaged_gradebook_is_told_and_mended(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    handed_in(staffed, mini_course, "anna")
    other = reflecting.cohort(staffed, "bo")
    handed_in(staffed, mini_course, "bo")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 3.0, "Ja.", REFLECTION, NOTEBOOK)
    worker.look()
    before = grading.content(where)
    where.gradebook.write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    done = {one.cohort: one for one in worker.once()}
    assert "--rebuild" in done[cohort.id].trouble
    assert done[other.id].trouble == ""
    assert worker.once(only=cohort.id, rebuild=True)[0].trouble == ""
    assert grading.content(where) == before


def test_one_that_cannot_be_checked_stops_nobody(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in(staffed, mini_course, "anna")
    reflecting.send(staffed, mini_course, "aase", reflecting.OTHER)
    real = outcome.check

    def check(course: Course, source: outcome.Source, cell: str) -> tuple[str, float]:
        if SECRET in cell:
            raise RuntimeError(cell)
        return real(course, source, cell)

    monkeypatch.setattr(outcome, "check", check)
    worker = grading.worker(staffed, mini_course)
    worker.once()
    assert kept(staffed, cohort, "aase").state == "checked"
    mark = kept(staffed, cohort, "anna")
    assert (mark.state, mark.auto) == ("could_not_check", None)
    assert "RuntimeError" in mark.reason
    assert SECRET not in mark.reason
    cells = cohorts.lines(staffed, mini_course, cohort.id)[0].cells
    assert cells[REFLECTION].reason == mark.reason
    monkeypatch.undo()
    worker.once(rebuild=True)
    assert kept(staffed, cohort, "anna").state == "checked"


def test_a_gradebook_in_use_is_left_for_later(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    other = reflecting.cohort(staffed, "bo")
    handed_in(staffed, mini_course, "aase", "bo")
    formgrader = sqlite3.connect(grading.place(staffed, cohort.id).gradebook, isolation_level=None)
    formgrader.execute("BEGIN EXCLUSIVE")
    done = {one.cohort: one for one in worker.look()}
    assert done[cohort.id].busy
    assert cohort.id in done[cohort.id].trouble
    assert done[other.id].graded == 1
    formgrader.execute("ROLLBACK")
    formgrader.close()
    assert [(one.cohort, one.graded) for one in worker.look() if one.graded] == [(cohort.id, 1)]


def test_members_who_leave_and_cohorts_that_end(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    handed_in(staffed, mini_course, "anna", "aase")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    cohorts.drop(staffed, cohort.id, ["anna"], "bo")
    worker.look()
    assert {row[0] for row in grading.content(where)["students"]} == {"aase"}
    grading.mark(where, "aase", 1.0, "Kom forbi.", REFLECTION, NOTEBOOK)
    cohorts.remove(staffed, cohort.id, "bo")
    worker.look()
    assert not where.root.exists()
    new = reflecting.cohort(staffed, "aase")
    assert kept(staffed, new, "aase").comment == "Kom forbi."


@pytest.mark.parametrize(
    ("plugin", "penalty"),
    [("return score / 2", 0.5), ("return -1", 0.0), ("return 99", 1.0), ("return None", None)],
)
def test_a_trainers_own_late_penalty(
    staffed: Register, mini_course: Course, cohort: Cohort, plugin: str, penalty: float | None
) -> None:
    handed_in(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.own_settings(where.root, plugin)
    cohorts.set_deadline(staffed, cohort.id, date.today() - timedelta(days=2), "bo")
    worker.once(rebuild=True)
    assert [row[2] for row in grading.content(where)["notebooks"]] == [penalty]


def test_a_trainers_own_settings_are_asked_about_lateness_alone(tmp_path: Path) -> None:
    place = CourseDir(tmp_path, "hold")
    assert not asked_for(place)
    grading.own_settings(tmp_path, "return self.points")
    with (tmp_path / "own_config.py").open("a", encoding="utf-8") as file:
        file.write('c.Own.points = 2\nc.Exporter.preprocessors = ["nbgrader.preprocessors.Execute"]\n')
    assert sorted(asked_for(place)) == ["AssignLatePenalties", "Own"]


def test_a_late_penalty_that_fails_is_told(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    handed_in(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.once()
    where = grading.place(staffed, cohort.id)
    grading.own_settings(where.root, "return score / 0")
    cohorts.set_deadline(staffed, cohort.id, date.today() - timedelta(days=2), "bo")
    worker.once(rebuild=True)
    assert "ZeroDivisionError" in kept(staffed, cohort, "anna").reason
    (where.root / "own_config.py").write_text("c = get_config(", encoding="utf-8")
    assert "own_config.py" in worker.once()[0].trouble
