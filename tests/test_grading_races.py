"""What happens in the seconds between the register, the worker and the page that a trainer has open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import grading
import reflecting
from kommune3.content import Course
from kommune3.grading import worker as worker_module
from kommune3.register import Register, cohorts, marks, reflections
from kommune3.register.cohorts import Cohort
from reflecting import REFLECTION, SECRET

NOTEBOOK = "01_baenken"


@pytest.fixture
def cohort(staffed: Register) -> Cohort:
    return reflecting.cohort(staffed, "anna", "aase")


def cell(register: Register, course: Course, cohort: Cohort, person: str) -> cohorts.Cell:
    lines = {line.person.id: line for line in cohorts.lines(register, course, cohort.id)}
    return lines[person].cells[REFLECTION]


def grade_id(where: Any, person: str) -> str:
    with grading.gradebook(where) as book:
        return str(book.find_grade(REFLECTION, NOTEBOOK, "employee", person).id)


def comment_id(where: Any, person: str) -> str:
    with grading.gradebook(where) as book:
        return str(book.find_comment(REFLECTION, NOTEBOOK, "employee", person).id)


def test_what_is_withdrawn_while_the_worker_writes_goes_at_the_next_look(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    wanted = marks.wanted

    def meanwhile(*asked: Any) -> Any:
        found = wanted(*asked)
        monkeypatch.setattr(marks, "wanted", wanted)
        reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
        reflecting.send(staffed, mini_course, "aase", reflecting.OTHER)
        return found

    monkeypatch.setattr(marks, "wanted", meanwhile)
    worker.look()
    worker.look()
    root = grading.place(staffed, cohort.id).root
    assert grading.bytes_with(root, SECRET) == []
    assert ("aase", REFLECTION) in marks.kept(staffed, cohort.id)


def test_points_given_while_the_worker_ends_its_look_come_back(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    write = marks.write

    def meanwhile(*asked: Any) -> int:
        count = write(*asked)
        monkeypatch.setattr(marks, "write", write)
        grading.mark(grading.place(staffed, cohort.id), "anna", 4.0, "Ja.", REFLECTION, NOTEBOOK)
        return count

    monkeypatch.setattr(marks, "write", meanwhile)
    worker.look()
    worker.look()
    assert marks.kept(staffed, cohort.id)["anna", REFLECTION].manual == 4.0


def test_after_the_last_change_the_worker_rests(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    for _look in range(3):
        worker.look()
    assert worker.changed() == []


@pytest.mark.parametrize("deadline", [date.max, date.min])
def test_the_last_and_the_first_of_all_days_stop_nobody(
    staffed: Register, mini_course: Course, cohort: Cohort, deadline: date
) -> None:
    cohorts.set_deadline(staffed, cohort.id, deadline, "bo")
    reflecting.send(staffed, mini_course, "anna")
    (done,) = grading.worker(staffed, mini_course).once()
    assert (done.graded, done.trouble) == (1, "")


def test_an_unforeseen_error_in_one_cohort_stops_not_the_next(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reflecting.cohort(staffed, "pia")
    reflecting.send(staffed, mini_course, "anna")
    reflecting.send(staffed, mini_course, "pia", share=True)
    due = worker_module.due
    asked: list[object] = []

    def fails_once(deadline: date | None) -> Any:
        asked.append(deadline)
        if len(asked) == 1:
            raise ZeroDivisionError(SECRET)
        return due(deadline)

    monkeypatch.setattr(worker_module, "due", fails_once)
    worker = grading.worker(staffed, mini_course)
    done = {one.cohort: one for one in worker.once()}
    assert sorted(done) == sorted([cohort.id, other.id])
    failed, went_on = sorted(done.values(), key=lambda one: one.graded)
    assert "ZeroDivisionError" in failed.trouble
    assert SECRET not in failed.trouble
    assert (went_on.graded, went_on.trouble) == (1, "")
    assert sum(one.graded for one in worker.look()) == 1


def test_points_given_to_the_text_before_do_not_count_for_the_new_one(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    first = reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.look()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 4.0, "Ja.", REFLECTION, NOTEBOOK)
    second = reflecting.send(staffed, mini_course, "anna", reflecting.OTHER)  # in the same second
    worker.look()
    worker.look()
    assert first.submission != second.submission
    assert cell(staffed, mini_course, cohort, "anna").waiting
    assert marks.give_back(staffed, mini_course, cohort.id, "bo") == 0
    state = reflections.of(staffed, mini_course, "anna", REFLECTION)
    assert (state.status, state.feedback) == ("sent", None)
    grading.mark(where, "anna", 3.0, "Nu.", REFLECTION, NOTEBOOK)
    worker.look()
    assert marks.give_back(staffed, mini_course, cohort.id, "bo") == 1
    given = marks.kept(staffed, cohort.id)["anna", REFLECTION]
    assert (given.submission, given.manual, given.comment) == (second.submission, 3.0, "Nu.")


def test_a_page_of_formgrader_left_open_cannot_mark_a_newer_text(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.look()
    where = grading.place(staffed, cohort.id)
    points, comment = grade_id(where, "anna"), comment_id(where, "anna")
    worker.once(rebuild=True)
    assert (grade_id(where, "anna"), comment_id(where, "anna")) == (points, comment)
    reflecting.send(staffed, mini_course, "anna", reflecting.OTHER)
    worker.look()
    with grading.gradebook(where) as book:
        from nbgrader.api import Comment, Grade  # type: ignore[import-untyped]

        assert book.db.get(Grade, points) is None  # formgrader answers 404, and nothing is stored
        assert book.db.get(Comment, comment) is None


def test_formgrader_never_opens_a_gradebook_that_is_still_being_made(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic.script import ScriptDirectory

    where, there, head = grading.place(staffed, cohort.id), [], ScriptDirectory.get_current_head

    def meanwhile(*asked: Any) -> Any:
        there.append(where.gradebook.exists())
        return head(*asked)

    reflecting.send(staffed, mini_course, "anna")
    left = where.gradebook.with_name(".gradebook.db.new")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half of one, by a worker that was killed")
    monkeypatch.setattr(ScriptDirectory, "get_current_head", meanwhile)
    assert [(one.graded, one.trouble) for one in grading.worker(staffed, mini_course).look()] == [(1, "")]
    assert there == [False]
    assert not left.exists()


def test_a_comment_before_the_points_is_kept(staffed: Register, mini_course: Course, cohort: Cohort) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.look()
    with grading.gradebook(grading.place(staffed, cohort.id)) as book:
        book.find_comment(REFLECTION, NOTEBOOK, "employee", "anna").manual_comment = "Senere."
        book.db.commit()
    worker.look()
    given = marks.kept(staffed, cohort.id)["anna", REFLECTION]
    assert (given.manual, given.comment) == (None, "Senere.")


def test_points_stay_where_the_same_text_is_graded_again(
    staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.look()
    where = grading.place(staffed, cohort.id)
    grading.mark(where, "anna", 4.0, "Ja.", REFLECTION, NOTEBOOK)
    worker.look()
    with grading.gradebook(where) as book:  # as nbgrader autograde leaves it
        book.find_grade(REFLECTION, NOTEBOOK, "employee", "anna").needs_manual_grade = True
        book.db.commit()
    worker.look()
    given = marks.kept(staffed, cohort.id)["anna", REFLECTION]
    assert (given.manual, given.comment, given.needs_manual) == (4.0, "Ja.", True)


@pytest.mark.parametrize("dissolved", [False, True])
def test_points_go_with_somebody_to_another_cohort(
    staffed: Register, mini_course: Course, cohort: Cohort, dissolved: bool
) -> None:
    other = reflecting.cohort(staffed, "pia")
    for person in ("anna", "pia"):
        reflecting.send(staffed, mini_course, person, share=True)
    worker = grading.worker(staffed, mini_course)
    worker.look()
    for one, person in ((cohort, "anna"), (other, "pia")):
        grading.mark(grading.place(staffed, one.id), person, 4.0, "Ja.", REFLECTION, NOTEBOOK)
    if dissolved:
        for one in (cohort, other):
            cohorts.remove(staffed, one.id, "bo")
        cohort, other = reflecting.cohort(staffed, "pia"), reflecting.cohort(staffed, "anna")
    else:
        cohorts.drop(staffed, cohort.id, ["anna"], "bo")
        cohorts.drop(staffed, other.id, ["pia"], "bo")
        cohorts.add(staffed, cohort.id, ["pia"], "bo")
        cohorts.add(staffed, other.id, ["anna"], "bo")
    for _look in range(3):
        worker.look()
    given = marks.kept(staffed, cohort.id) | marks.kept(staffed, other.id)
    assert {who: (one.manual, one.comment) for (who, _what), one in given.items()} == {
        "anna": (4.0, "Ja."),
        "pia": (4.0, "Ja."),
    }


def test_a_cohort_that_is_dissolved_during_the_look_is_no_trouble(
    staffed: Register, mini_course: Course, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    reflecting.send(staffed, mini_course, "anna")
    worker = grading.worker(staffed, mini_course)
    worker.look()
    wanted = marks.wanted

    def meanwhile(*asked: Any) -> Any:
        cohorts.remove(staffed, cohort.id, by="bo")
        return wanted(*asked)

    reflecting.send(staffed, mini_course, "aase", reflecting.OTHER)
    monkeypatch.setattr(marks, "wanted", meanwhile)
    (done,) = worker.look()
    assert done.trouble == ""
    monkeypatch.setattr(marks, "wanted", wanted)
    worker.look()
    assert not grading.place(staffed, cohort.id).root.exists()
