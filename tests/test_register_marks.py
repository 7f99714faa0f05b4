"""Marks: what is to be graded, what comes back, what is approved, and what is returned and stays so."""

from __future__ import annotations

import math
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from kommune3.content import Course
from kommune3.register import (
    InvalidMark,
    Register,
    UnknownCohort,
    cohorts,
    marks,
    people,
    progress,
    reflections,
)
from kommune3.register.marks import Mark
from kommune3.register.reflection_tables import MarkRow
from kommune3.register.reflections import Delivery, deliver
from kommune3.register.tables import AuditRow
from reflecting import OTHER, REFLECTION, TEXT, cohort, mark, requiring, send
from registering import ENDING, do

pytestmark = pytest.mark.usefixtures("english")


def module(register: Register, course: Course, person: str = "anna") -> tuple[str, str]:
    found = progress.of_person(register, course, person)["employee-01"]
    return found.status, found.evidence


def test_what_is_to_be_graded(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase", "pia")
    reflections.save_draft(staffed, mini_course, "aase", REFLECTION, OTHER, 0)
    send(staffed, mini_course, "pia")
    send(staffed, mini_course, "bo")
    send(staffed, mini_course, "anna", OTHER)
    first = marks.wanted(staffed, mini_course, made.id)
    state = send(staffed, mini_course, "anna", TEXT)
    (one,) = marks.wanted(staffed, mini_course, made.id)
    assert (one.cohort, one.person, one.assignment) == (made.id, "anna", "employee")
    assert one.answers == {REFLECTION: list(TEXT)}
    assert one.submissions == {REFLECTION: state.submission}
    assert one.at == state.submitted_at
    assert one.stamp != first[0].stamp
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert marks.wanted(staffed, mini_course, made.id) == []


def test_writing_the_same_again_changes_nothing(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    number = send(staffed, mini_course, "anna").submission
    assert number is not None
    found = Mark(number, "checked", auto=1.0, manual=3.0, comment="Tak", needs_manual=False)
    assert marks.write(staffed, mini_course, [found]) == 1
    assert marks.write(staffed, mini_course, [found]) == 0
    assert marks.kept(staffed, made.id) == {("anna", REFLECTION): found}


def test_what_is_gone_is_passed_over(staffed: Register, mini_course: Course) -> None:
    number = send(staffed, mini_course, "anna").submission
    assert number is not None
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert marks.write(staffed, mini_course, [Mark(number, "checked"), Mark(9999, "checked")]) == 0


def test_a_mark_for_what_was_replaced_meanwhile_touches_not_the_newer(
    staffed: Register, mini_course: Course
) -> None:
    made = cohort(staffed, "anna")
    number = send(staffed, mini_course, "anna", OTHER).submission
    assert number is not None
    send(staffed, mini_course, "anna", TEXT)
    marks.write(staffed, mini_course, [Mark(number, "checked", manual=4.0, needs_manual=False)])
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).status == "sent"
    assert marks.kept(staffed, made.id) == {}
    assert marks.give_back(staffed, mini_course, made.id, "bo") == 0


def test_all_or_nothing(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase")
    numbers = [send(staffed, mini_course, person).submission or 0 for person in ("anna", "aase")]
    wrong = [Mark(numbers[0], "checked"), Mark(numbers[1], "checked", manual=math.nan)]
    with pytest.raises(InvalidMark):
        marks.write(staffed, mini_course, wrong)
    with pytest.raises(InvalidMark):
        marks.write(staffed, mini_course, [Mark(numbers[0], "fine")])  # type: ignore[arg-type]
    assert marks.kept(staffed, made.id) == {}


def test_what_could_not_be_checked_says_why(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    number = send(staffed, mini_course, "anna").submission or 0
    marks.write(staffed, mini_course, [Mark(number, "could_not_check", reason="The check stopped.")])
    (line,) = cohorts.lines(staffed, mini_course, made.id)
    cell = line.cells[REFLECTION]
    assert (cell.state, cell.reason, cell.waiting) == ("could_not_check", "The check stopped.", False)


def test_returning(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase")
    for person in ("anna", "aase", "bo"):
        send(staffed, mini_course, person)
    number = mark(staffed, mini_course, "anna", 3.0)
    mark(staffed, mini_course, "bo", 3.0)
    assert marks.give_back(staffed, mini_course, made.id, "bo") == 1
    assert marks.give_back(staffed, mini_course, made.id, "bo") == 0
    assert reflections.of(staffed, mini_course, "bo", REFLECTION).status == "read", "another cohort's"
    raised = Mark(number, "checked", auto=1.0, manual=1.0, comment="Ny", needs_manual=False)
    assert marks.write(staffed, mini_course, [raised]) == 1
    emptied = Mark(number, "checked", auto=1.0, manual=None)
    assert marks.write(staffed, mini_course, [emptied]) == 0
    state = reflections.of(staffed, mini_course, "anna", REFLECTION)
    assert state.feedback is not None
    assert (state.status, state.feedback.comment) == ("talk", "Ny")
    with staffed.read() as session:
        (line,) = session.scalars(select(AuditRow).where(AuditRow.action == "feedback_returned"))
        assert line.detail == {"cohort": made.id, "reflections": 1}
    with pytest.raises(UnknownCohort):
        marks.give_back(staffed, mini_course, "none", "bo")


def test_the_database_itself_keeps_what_was_sent_and_returned(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    send(staffed, mini_course, "anna")
    mark(staffed, mini_course, "anna")
    marks.give_back(staffed, mini_course, made.id, "bo")
    for sql in (
        "UPDATE submissions SET answers = '[\"andet\"]'",
        "UPDATE submissions SET passed = 0, withdrawn_at = '2026-11-22', answers = '[]'",
        "UPDATE submissions SET withdrawn_at = '2026-11-22 00:00:00'",
        "DELETE FROM submissions",
        "UPDATE marks SET returned_at = NULL",
    ):
        with (
            pytest.raises((IntegrityError, OperationalError), match=r"only ever appended|stays returned"),
            staffed.write() as session,
        ):
            session.execute(text(sql))
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).sent == TEXT


def test_a_module_that_asks_for_approval_waits_for_it(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course, approval=True)
    do(staffed, course, "anna", "opkaldet", *ENDING)
    assert send(staffed, course, "anna").completed == ()
    for points, needs in ((1.5, False), (4.0, True)):
        mark(staffed, course, "anna", points, needs_manual=needs)
        assert module(staffed, course) == ("started", "")
    mark(staffed, course, "anna", 2.0)
    assert module(staffed, course) == ("completed", "approved")
    mark(staffed, course, "anna", 0.0)
    assert module(staffed, course) == ("completed", "approved"), "completions are only ever appended"


def test_approved_first_and_the_rest_afterwards(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course, approval=True)
    send(staffed, course, "anna")
    mark(staffed, course, "anna")
    assert module(staffed, course) == ("started", "")
    assert do(staffed, course, "anna", "opkaldet", *ENDING).completed == ("employee-01",)
    assert module(staffed, course) == ("completed", "approved")


def test_without_approval_marks_complete_nothing_twice(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course)
    do(staffed, course, "anna", "opkaldet", *ENDING)
    send(staffed, course, "anna")
    mark(staffed, course, "anna", 0.0)
    mark(staffed, course, "anna", 4.0)
    assert module(staffed, course) == ("completed", "server_checked")


def test_a_trainer_may_approve_what_lacks_its_form(staffed: Register, mini_course: Course) -> None:
    """Else its author, who can change it no more once it is marked, could never complete the module."""
    course = requiring(mini_course)
    do(staffed, course, "anna", "opkaldet", *ENDING)
    brief = {REFLECTION: ["Kort.", "Og godt."]}
    deliver(staffed, course, Delivery("anna", "employee", brief, "mail", key=str(uuid4())))
    assert module(staffed, course) == ("started", "")
    mark(staffed, course, "anna", 1.0)
    assert module(staffed, course) == ("started", "")
    mark(staffed, course, "anna", 3.0)
    assert module(staffed, course) == ("completed", "approved")


def test_what_nobody_can_approve_needs_no_approval(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course, approval=True)
    do(staffed, course, "pia", "opkaldet", *ENDING)
    assert send(staffed, course, "pia").completed == ("employee-01",)
    assert module(staffed, course, "pia") == ("completed", "server_checked")


def test_marks_go_with_their_person(staffed: Register, mini_course: Course) -> None:
    send(staffed, mini_course, "anna")
    mark(staffed, mini_course, "anna")
    people.erase(staffed, "anna")
    with staffed.read() as session:
        assert session.scalars(select(MarkRow)).all() == []
