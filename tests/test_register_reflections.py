"""A reflection's way: written, sent, replaced, withdrawn, read; and what is refused, with nothing lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.answers import MOST_CHARACTERS
from kommune3.engine.models import Reflection
from kommune3.register import (
    AlreadyMarked,
    HoldsCpr,
    InvalidAnswers,
    InvalidAttempt,
    KeyReused,
    NothingSent,
    ReflectionRefused,
    Register,
    TooLong,
    UnknownActivity,
    UnknownPerson,
    VersionChanged,
    cohorts,
    marks,
    people,
    progress,
    reflections,
)
from kommune3.register.marks import Mark
from kommune3.register.reflection_tables import DraftRow, SubmissionRow
from kommune3.register.reflections import DraftChanged, NotReady
from kommune3.register.tables import CompletionRow, PersonRow
from reflecting import OTHER, REFLECTION, SECRET, TEXT, cohort, mark, requiring, send
from registering import ENDING, do

pytestmark = pytest.mark.usefixtures("english")


def stored(register: Register) -> list[SubmissionRow]:
    with register.read() as session:
        return list(session.scalars(select(SubmissionRow).order_by(SubmissionRow.id)))


def save(register: Register, course: Course, answers: tuple[str, ...], revision: int) -> reflections.State:
    return reflections.save_draft(register, course, "anna", REFLECTION, answers, revision)


def complete_scenario(register: Register, course: Course, person: str = "anna") -> tuple[str, ...]:
    return do(register, course, person, "opkaldet", *ENDING).completed


def of(register: Register, course: Course, person: str = "anna") -> reflections.State:
    return reflections.of(register, course, person, REFLECTION)


def everything(register: Register) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(register.path.parent.iterdir()))


def test_nothing_yet(staffed: Register, mini_course: Course) -> None:
    state = of(staffed, mini_course)
    assert (state.status, state.answers, state.revision) == ("none", ("", ""), 0)
    assert state.shared
    assert not state.private
    assert not any((state.sent, state.saved_at, state.submission, state.feedback))


def test_a_draft_is_kept_and_starts_the_module(staffed: Register, mini_course: Course) -> None:
    state = save(staffed, mini_course, ("Et halvt", ""), 0)
    assert (state.status, state.answers, state.revision) == ("draft", ("Et halvt", ""), 1)
    assert of(staffed, mini_course) == state
    assert progress.of_person(staffed, mini_course, "anna")["employee-01"].status == "started"


def test_of_two_windows_the_second_is_told_and_loses_nothing(staffed: Register, mini_course: Course) -> None:
    save(staffed, mini_course, ("Fra den ene", ""), 0)
    with pytest.raises(DraftChanged) as told:
        save(staffed, mini_course, ("Fra den anden", ""), 0)
    assert told.value.state.answers == ("Fra den ene", "")
    assert save(staffed, mini_course, ("Fra den anden", ""), told.value.state.revision).revision == 2


def test_saving_the_same_again_is_no_conflict(staffed: Register, mini_course: Course) -> None:
    first = save(staffed, mini_course, TEXT, 0)
    assert save(staffed, mini_course, TEXT, 0) == first


def test_a_window_left_open_does_not_bring_back_what_was_sent(staffed: Register, mini_course: Course) -> None:
    """Revisions grow past sending, so that an old one never fits again by chance."""
    save(staffed, mini_course, TEXT, 0)
    send(staffed, mini_course, "anna")
    for revision in (0, 1):
        with pytest.raises(DraftChanged):
            save(staffed, mini_course, OTHER, revision)
    state = of(staffed, mini_course)
    assert state.saved_at is None
    again = save(staffed, mini_course, OTHER, state.revision)
    assert (again.status, again.answers, again.sent) == ("sent", OTHER, TEXT)


def test_sending(staffed: Register, mini_course: Course) -> None:
    save(staffed, mini_course, TEXT, 0)
    state = send(staffed, mini_course, "anna")
    assert (state.status, state.answers, state.sent) == ("sent", TEXT, TEXT)
    assert state.passed
    assert state.saved_at is None
    assert of(staffed, mini_course) == state


def test_another_draft_saved_meanwhile_is_kept_beside(staffed: Register, mini_course: Course) -> None:
    save(staffed, mini_course, TEXT, 0)
    save(staffed, mini_course, OTHER, 1)
    state = reflections.submit(staffed, mini_course, "anna", REFLECTION, str(uuid4()), TEXT, revision=1)
    assert (state.status, state.sent, state.answers) == ("sent", TEXT, OTHER)
    assert state.saved_at


def test_the_same_key_stores_once(staffed: Register, mini_course: Course) -> None:
    key = str(uuid4())
    course = requiring(mini_course)
    complete_scenario(staffed, course)
    first = reflections.submit(staffed, course, "anna", REFLECTION, key, TEXT)
    again = reflections.submit(staffed, course, "anna", REFLECTION, key.upper(), TEXT)
    assert first == again
    assert first.completed == ("employee-01",)
    assert len(stored(staffed)) == 1
    with pytest.raises(KeyReused):
        reflections.submit(staffed, course, "anna", REFLECTION, key, OTHER)
    assert len(stored(staffed)) == 1


def test_the_same_text_with_another_key_stores_nothing_new(staffed: Register, mini_course: Course) -> None:
    first = send(staffed, mini_course, "anna")
    assert send(staffed, mini_course, "anna", [f" {TEXT[0]}\r\n", TEXT[1]]) == first
    assert len(stored(staffed)) == 1


def test_twice_in_the_same_moment(staffed: Register, mini_course: Course) -> None:
    gate = threading.Barrier(4)

    def work(_number: int) -> reflections.State:
        gate.wait(20)
        return send(staffed, mini_course, "anna")

    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(work, range(4)))
    assert len({state.submission for state in states}) == len(stored(staffed)) == 1


def test_replaced_until_it_is_marked(staffed: Register, mini_course: Course) -> None:
    first = send(staffed, mini_course, "anna")
    second = send(staffed, mini_course, "anna", OTHER)
    assert second.sent == OTHER
    assert second.submission != first.submission
    mark(staffed, mini_course, "anna")
    with pytest.raises(AlreadyMarked):
        send(staffed, mini_course, "anna", TEXT)
    with pytest.raises(AlreadyMarked):
        save(staffed, mini_course, TEXT, second.revision)
    with pytest.raises(AlreadyMarked):
        reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert of(staffed, mini_course).sent == OTHER
    assert of(staffed, mini_course).status == "read"


def test_the_retry_of_what_was_sent_is_answered_after_marking(staffed: Register, mini_course: Course) -> None:
    key = str(uuid4())
    reflections.submit(staffed, mini_course, "anna", REFLECTION, key, TEXT)
    mark(staffed, mini_course, "anna")
    assert reflections.submit(staffed, mini_course, "anna", REFLECTION, key, TEXT).status == "read"
    assert send(staffed, mini_course, "anna", TEXT).status == "read"


def test_withdrawing_makes_it_a_draft_and_empties_what_was_sent(
    staffed: Register, mini_course: Course
) -> None:
    send(staffed, mini_course, "anna", OTHER)
    key = str(uuid4())
    reflections.submit(staffed, mini_course, "anna", REFLECTION, key, TEXT)
    state = reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert (state.status, state.answers, state.sent) == ("draft", TEXT, None)
    assert [(row.answers, row.withdrawn_at is None) for row in stored(staffed)] == [([], False)] * 2
    with pytest.raises(NothingSent):
        reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    late = reflections.submit(staffed, mini_course, "anna", REFLECTION, key, TEXT)
    assert late.status == "draft", "a request that comes again must not send what was taken back"
    assert send(staffed, mini_course, "anna").status == "sent"


def test_what_graders_said_goes_with_what_was_withdrawn(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    number = send(staffed, mini_course, "anna").submission or 0
    marks.write(staffed, mini_course, [Mark(number, "checked", auto=1.0, comment="Ikke færdig endnu")])
    assert reflections.withdraw(staffed, mini_course, "anna", REFLECTION).status == "draft"
    assert marks.kept(staffed, made.id) == {}
    staffed.tidy()
    assert b"Ikke f" not in everything(staffed)


def test_withdrawing_keeps_the_newer_draft(staffed: Register, mini_course: Course) -> None:
    state = send(staffed, mini_course, "anna")
    save(staffed, mini_course, OTHER, state.revision)
    assert reflections.withdraw(staffed, mini_course, "anna", REFLECTION).answers == OTHER


def test_what_was_withdrawn_is_nowhere_in_the_file(staffed: Register, mini_course: Course) -> None:
    send(staffed, mini_course, "anna")
    assert SECRET.encode() in everything(staffed)
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    reflections.discard_draft(staffed, mini_course, "anna", REFLECTION)
    staffed.tidy()
    assert SECRET.encode() not in everything(staffed)


def test_discarding_a_draft_leaves_what_was_sent(staffed: Register, mini_course: Course) -> None:
    state = send(staffed, mini_course, "anna")
    save(staffed, mini_course, OTHER, state.revision)
    after = reflections.discard_draft(staffed, mini_course, "anna", REFLECTION)
    assert (after.status, after.answers, after.sent) == ("sent", TEXT, TEXT)
    assert reflections.discard_draft(staffed, mini_course, "anna", REFLECTION) == after


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (("", ""), {"empty", "short"}),
        (("   ", "\n\n"), {"empty", "short"}),
        (("Ja.", "Nej."), {"short"}),
        ((TEXT[0] + TEXT[1], ""), {"empty"}),
    ],
)
def test_what_is_not_ready_is_not_stored(
    staffed: Register, mini_course: Course, answers: tuple[str, str], codes: set[str]
) -> None:
    draft = save(staffed, mini_course, ("Min kladde", ""), 0)
    with pytest.raises(NotReady) as told:
        send(staffed, mini_course, "anna", answers)
    assert {one.code for one in told.value.findings.findings} >= codes
    assert stored(staffed) == []
    assert of(staffed, mini_course) == draft


@pytest.mark.parametrize(
    "number", ["010190-1234", "0101901234", "010190\u200b-1234", "０１０１９０-１２３４", "0101\x0090-1234"]
)
def test_a_cpr_number_is_stopped_before_anything_is_stored(
    staffed: Register, mini_course: Course, number: str
) -> None:
    answers = (f"{TEXT[0]} {number}", TEXT[1])
    with pytest.raises(HoldsCpr) as refused:
        save(staffed, mini_course, answers, 0)
    with pytest.raises(HoldsCpr):
        send(staffed, mini_course, "anna", answers)
    assert "1234" not in str(refused.value)
    with staffed.read() as session:
        assert not session.scalar(select(func.count()).select_from(DraftRow))
    assert stored(staffed) == []
    assert b"1234" not in everything(staffed)
    assert SECRET.encode() not in everything(staffed)


def test_the_same_for_opinions_for_and_against(staffed: Register, mini_course: Course) -> None:
    assert (
        send(staffed, mini_course, "anna", TEXT).findings == send(staffed, mini_course, "bo", OTHER).findings
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> ", "=HYPERLINK('x') ", "Robert'); DROP TABLE x;-- "]
)
def test_whatever_is_written_is_only_text(staffed: Register, mini_course: Course, text: str) -> None:
    state = send(staffed, mini_course, "anna", (text + TEXT[0], TEXT[1]))
    assert state.sent == (text + TEXT[0], TEXT[1])


def test_what_is_refused_with_a_plain_message(staffed: Register, mini_course: Course) -> None:
    long = ("x" * (MOST_CHARACTERS + 1), "y")
    for answers, error in ((long, TooLong), (("en",), InvalidAnswers), ((*TEXT, ""), InvalidAnswers)):
        with pytest.raises(error):
            save(staffed, mini_course, answers, 0)
        with pytest.raises(error):
            send(staffed, mini_course, "anna", answers)
    with pytest.raises(InvalidAttempt):
        reflections.submit(staffed, mini_course, "anna", REFLECTION, "no key", TEXT)
    with pytest.raises(VersionChanged):
        reflections.save_draft(staffed, mini_course, "anna", REFLECTION, TEXT, 0, version="old")
    with pytest.raises(VersionChanged):
        reflections.submit(staffed, mini_course, "anna", REFLECTION, str(uuid4()), TEXT, version="old")
    for activity in ("opkaldet", "nothing"):
        with pytest.raises(UnknownActivity):
            reflections.of(staffed, mini_course, "anna", activity)
    for ask in (of, lambda r, c, p: send(r, c, p), lambda r, c, p: reflections.withdraw(r, c, p, REFLECTION)):
        with pytest.raises(UnknownPerson):
            ask(staffed, mini_course, "nobody")
    assert stored(staffed) == []


def test_no_error_repeats_what_was_written(staffed: Register, mini_course: Course) -> None:
    wrong = [(f"{SECRET} 010190-1234", "b"), (SECRET, ""), (SECRET,), (SECRET * 3000, "")]
    for answers in wrong:
        with pytest.raises(ReflectionRefused) as told:
            send(staffed, mini_course, "anna", answers)
        assert SECRET not in repr(told.value)


def test_a_module_is_complete_with_its_reflection(staffed: Register, mini_course: Course) -> None:
    course = requiring(mini_course)
    assert send(staffed, course, "anna").completed == ()
    assert "employee-01" in complete_scenario(staffed, course)
    complete_scenario(staffed, course, "bo")
    assert send(staffed, course, "bo").completed == ("employee-01",)
    for person in ("anna", "bo"):
        found = progress.of_person(staffed, course, person)["employee-01"]
        assert (found.status, found.evidence) == ("completed", "server_checked")
        assert found.passed == ("opkaldet", REFLECTION)
    with staffed.read() as session:
        numbers = dict(session.execute(select(CompletionRow.person_id, CompletionRow.attempt_id)).all())
    assert numbers["anna"] is not None
    assert numbers["bo"] is None


def test_what_was_withdrawn_completes_nothing_and_undoes_nothing(
    staffed: Register, mini_course: Course
) -> None:
    course = requiring(mini_course)
    send(staffed, course, "anna")
    reflections.withdraw(staffed, course, "anna", REFLECTION)
    assert complete_scenario(staffed, course) == ()
    assert send(staffed, course, "anna").completed == ("employee-01",)
    reflections.withdraw(staffed, course, "anna", REFLECTION)
    assert progress.of_person(staffed, course, "anna")["employee-01"].status == "completed"


def test_standings_are_the_same_when_worked_out_anew(staffed: Register, mini_course: Course) -> None:
    save(staffed, mini_course, TEXT, 0)
    send(staffed, mini_course, "bo")
    send(staffed, requiring(mini_course), "aase")
    complete_scenario(staffed, requiring(mini_course), "aase")
    with staffed.write() as session:
        before = dict(session.execute(select(PersonRow.id, PersonRow.standing)).all())
        progress.rebuild(session)
    with staffed.read() as session:
        assert dict(session.execute(select(PersonRow.id, PersonRow.standing)).all()) == before
    assert before["anna"] == before["bo"] == "employee-01=s"
    assert before["aase"] == "employee-01=c"


def test_a_private_role_keeps_it_unless_its_author_says_otherwise(
    staffed: Register, mini_course: Course
) -> None:
    made = cohort(staffed, "anna", "pia")
    state = send(staffed, mini_course, "pia")
    assert state.private
    assert not state.shared
    assert marks.wanted(staffed, mini_course, made.id) == []
    people.set_role(staffed, "pia", "employee")
    assert marks.wanted(staffed, mini_course, made.id) == [], "another role must not give it away"
    state = send(staffed, mini_course, "pia")
    assert state.shared
    people.set_role(staffed, "pia", "politician")
    assert of(staffed, mini_course, "pia").shared
    assert not send(staffed, mini_course, "pia").shared
    assert marks.wanted(staffed, mini_course, made.id) == []
    assert send(staffed, mini_course, "pia", share=True).shared
    assert len(marks.wanted(staffed, mini_course, made.id)) == 1


def test_without_a_role_it_is_kept(staffed: Register, mini_course: Course) -> None:
    people.set_role(staffed, "anna", "")
    assert not send(staffed, mini_course, "anna").shared


def test_feedback_comes_with_its_rubric_and_without_points(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase")
    for person, points in (("anna", 2.0), ("aase", 1.5)):
        send(staffed, mini_course, person)
        mark(staffed, mini_course, person, points)
    assert of(staffed, mini_course).feedback is None
    marks.give_back(staffed, mini_course, made.id, "bo")
    state = of(staffed, mini_course)
    assert state.feedback is not None
    assert (state.status, state.feedback.verdict, state.feedback.comment) == ("done", "done", "Godt set.")
    assert [line.name for line in state.feedback.rubric]
    assert "points" not in str(state.model_dump(mode="json"))
    assert of(staffed, mini_course, "aase").status == "talk"
    assert state.trainer_names == ("Bo Bang",)


def test_late_is_after_the_deadlines_day_in_denmark(
    staffed: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = cohort(staffed, "anna", "aase")
    cohorts.set_deadline(staffed, made.id, date(2026, 11, 20), "bo")
    for person, moment in (
        ("anna", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("aase", datetime(2026, 11, 20, 23, 1, tzinfo=UTC)),
    ):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        send(staffed, mini_course, person)
    assert not of(staffed, mini_course, "anna").late
    assert of(staffed, mini_course, "aase").late
    cohorts.set_deadline(staffed, made.id, None, "bo")
    assert not of(staffed, mini_course, "aase").late


def test_a_changed_reflection_keeps_what_was_written(staffed: Register, mini_course: Course) -> None:
    save(staffed, mini_course, ("Første", "Anden"), 0)
    send(staffed, mini_course, "bo")
    old = mini_course.activities[REFLECTION].model_dump()
    new = Reflection.model_validate({**old, "prompts": old["prompts"][:1]})
    course = replace(mini_course, activities={**mini_course.activities, REFLECTION: new})
    state = of(staffed, course)
    assert state.answers == ("Første\n\nAnden",)
    assert state.written != state.version
    assert of(staffed, course, "bo").sent == ("\n\n".join(TEXT),)
