"""Reflections that come in as notebooks: stored with or without form, never twice, no better one replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import (
    HoldsCpr,
    InvalidAttempt,
    KeyReused,
    Register,
    UnknownActivity,
    UnknownCohort,
    UnknownPerson,
    cohorts,
    reflections,
)
from kommune3.register.reflection_tables import SubmissionRow
from kommune3.register.reflections import Delivered, Delivery, Receipt, deliver, refuse
from reflecting import OTHER, REFLECTION, TEXT, cohort, mark, requiring, send
from registering import ENDING, do

pytestmark = pytest.mark.usefixtures("english")

NOW = clock.now()
BRIEF = ("Jeg ved det ikke.", "Intet.")


def bring(
    register: Register, course: Course, answers: Sequence[str] = TEXT, person: str = "anna", **other: object
) -> Delivered:
    made = {"way": "mail", "key": str(uuid4()), "at": clock.now()} | other
    delivery = Delivery(person, "employee", {REFLECTION: answers}, **made)  # type: ignore[arg-type]
    return deliver(register, course, delivery)[REFLECTION]


def count(register: Register) -> int:
    with register.read() as session:
        return session.scalar(select(func.count()).select_from(SubmissionRow)) or 0


def test_a_notebook_counts_like_the_page(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course)
    do(staffed, course, "anna", "opkaldet", *ENDING)
    brought = bring(staffed, course)
    assert (brought.state, brought.what, brought.completed) == ("checked", "stored", ("employee-01",))
    state = reflections.of(staffed, course, "anna", REFLECTION)
    assert (state.status, state.sent) == ("sent", TEXT)


def test_what_has_no_form_is_stored_and_completes_nothing(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course)
    do(staffed, course, "anna", "opkaldet", *ENDING)
    brought = bring(staffed, course, BRIEF)
    assert (brought.state, brought.what, brought.completed) == ("not_passed", "stored", ())
    assert [one.code for one in brought.findings.findings] == ["short"]
    state = reflections.of(staffed, course, "anna", REFLECTION)
    assert (state.status, state.sent, state.passed) == ("sent", BRIEF, False)
    assert bring(staffed, course, TEXT).completed == ("employee-01",)


def test_the_same_again_changes_nothing(staffed: Register, mini_course: Course) -> None:
    key = str(uuid4())
    assert bring(staffed, mini_course, key=key).what == "stored"
    assert bring(staffed, mini_course, key=key).what == "unchanged"
    assert bring(staffed, mini_course).what == "unchanged"
    with pytest.raises(KeyReused):
        bring(staffed, mini_course, OTHER, key=key)
    assert count(staffed) == 1


def test_a_newer_text_replaces_and_an_older_one_does_not(staffed: Register, mini_course: Course) -> None:
    send(staffed, mini_course, "anna")
    assert bring(staffed, mini_course, OTHER, at=NOW - timedelta(days=1)).what == "older"
    assert bring(staffed, mini_course, OTHER).what == "stored"
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).sent == OTHER


def test_what_is_marked_stays(staffed: Register, mini_course: Course) -> None:
    send(staffed, mini_course, "anna")
    mark(staffed, mini_course, "anna")
    brought = bring(staffed, mini_course, BRIEF)
    assert (brought.what, brought.state) == ("marked", "checked")
    assert bring(staffed, mini_course, TEXT).what == "unchanged"
    assert count(staffed) == 1


def test_what_was_withdrawn_does_not_come_back_by_itself(staffed: Register, mini_course: Course) -> None:
    key = str(uuid4())
    bring(staffed, mini_course, key=key)
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert bring(staffed, mini_course, key=key).what == "withdrawn"
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).sent is None
    assert bring(staffed, mini_course).what == "stored"


def test_a_draft_goes_only_where_it_is_the_same(staffed: Register, mini_course: Course) -> None:
    reflections.save_draft(staffed, mini_course, "anna", REFLECTION, TEXT, 0)
    reflections.save_draft(staffed, mini_course, "bo", REFLECTION, OTHER, 0)
    for person, kept in (("anna", TEXT), ("bo", OTHER)):
        bring(staffed, mini_course, TEXT, person)
        state = reflections.of(staffed, mini_course, person, REFLECTION)
        assert (state.answers, state.sent) == (kept, TEXT)
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).saved_at is None


def test_what_is_empty_is_left_out(staffed: Register, mini_course: Course) -> None:
    delivery = Delivery("anna", "employee", {REFLECTION: ["", " \n"]}, "mail", key=str(uuid4()))
    assert deliver(staffed, mini_course, delivery) == {}
    assert count(staffed) == 0


def test_a_private_role_stays_private(staffed: Register, mini_course: Course) -> None:
    bring(staffed, mini_course, person="pia")
    assert not reflections.of(staffed, mini_course, "pia", REFLECTION).shared
    bring(staffed, mini_course, person="pia", share=True)
    assert reflections.of(staffed, mini_course, "pia", REFLECTION).shared
    assert bring(staffed, mini_course, person="pia").what == "unchanged", "the same text is not hidden again"


def test_a_mail_does_not_tell_that_a_newer_one_is_kept_private(
    staffed: Register, mini_course: Course
) -> None:
    key, at = str(uuid4()), NOW - timedelta(days=2)
    bring(staffed, mini_course, person="pia", share=True, key=key, at=at)
    reflections.withdraw(staffed, mini_course, "pia", REFLECTION)
    taken_back = bring(staffed, mini_course, person="pia", share=True, key=key, at=at)
    send(staffed, mini_course, "pia", OTHER)
    for text, again in ((TEXT, key), (BRIEF, str(uuid4())), (OTHER, str(uuid4()))):
        told = bring(staffed, mini_course, text, "pia", share=True, key=again, at=NOW - timedelta(days=1))
        assert told.what == taken_back.what == "withdrawn"
    kept = reflections.of(staffed, mini_course, "pia", REFLECTION)
    assert (kept.sent, kept.shared) == (OTHER, False)


def test_what_is_handed_in_now_counts_also_after_the_clock_was_put_back(
    staffed: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    send(staffed, mini_course, "anna")
    monkeypatch.undo()
    assert bring(staffed, mini_course, OTHER, way="notebook").what == "stored"
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).sent == OTHER


def test_what_is_refused_stores_nothing(staffed: Register, mini_course: Course) -> None:
    with pytest.raises(HoldsCpr):
        bring(staffed, mini_course, ("010190-1234", TEXT[1]))
    with pytest.raises(UnknownPerson):
        bring(staffed, mini_course, person="nobody")
    with pytest.raises(InvalidAttempt):
        bring(staffed, mini_course, key="x")
    other = Delivery("anna", "leader", {REFLECTION: TEXT}, "mail", key=str(uuid4()))
    with pytest.raises(UnknownActivity):
        deliver(staffed, mini_course, other)
    assert count(staffed) == 0


def test_what_could_not_be_read_is_told_to_the_trainer(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase", "pia")
    send(staffed, mini_course, "aase")
    later = clock.now() + timedelta(seconds=1)
    for person in ("anna", "aase"):
        refuse(
            staffed, Receipt(person, made.id, "employee", "It is damaged.", "mail", NOW - timedelta(days=1))
        )
    for reason in ("It is empty.", "It is damaged again."):
        refuse(staffed, Receipt("anna", made.id, "employee", reason, "mail", later))
    refuse(staffed, Receipt("pia", None, "employee", "It is damaged.", "notebook", later))
    cells = {line.person.id: line.cells for line in cohorts.lines(staffed, mini_course, made.id)}
    assert cells["anna"][REFLECTION].state == "could_not_check"
    assert cells["anna"][REFLECTION].reason == "It is damaged again."
    assert cells["aase"][REFLECTION].state == "checked", "what was sent since counts more"
    assert cells["pia"] == {}, "what a politician hands in unshared is nobody's business"
    refuse(staffed, Receipt("aase", None, "employee", "It is damaged.", "notebook", later))
    found = next(line for line in cohorts.lines(staffed, mini_course, made.id) if line.person.id == "aase")
    assert found.cells[REFLECTION].state == "could_not_check"
    assert found.cells[REFLECTION].submission is not None


def test_what_came_together_with_a_good_one_hides_it_not(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    at = clock.now()
    bring(staffed, mini_course, at=at)
    refuse(staffed, Receipt("anna", made.id, "employee", "It is damaged.", "mail", at))
    refuse(staffed, Receipt("anna", made.id, "employee", "No.", "mail", at + timedelta(1), activity="other"))
    (line,) = cohorts.lines(staffed, mini_course, made.id)
    assert line.cells[REFLECTION].state == "checked"


def test_receipts_of_nobody_in_particular(staffed: Register) -> None:
    made = cohort(staffed, "anna")
    receipt = Receipt(None, made.id, "employee", "Nobody knows whose it is.", "mail", NOW)
    refuse(staffed, receipt)
    refuse(staffed, receipt)
    assert reflections.receipts_of(staffed, made.id) == [receipt]
    with pytest.raises(UnknownCohort):
        refuse(staffed, Receipt(None, "none", "employee", "x", "mail"))
    with pytest.raises(UnknownPerson):
        refuse(staffed, Receipt("nobody", None, "employee", "x", "mail"))
