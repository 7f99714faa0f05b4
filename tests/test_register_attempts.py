"""What is stored of an attempt, what is refused, and when a module is complete."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from kommune3.content import Course
from kommune3.engine import scenario as play
from kommune3.engine.judge import version
from kommune3.engine.models import Scenario
from kommune3.engine.scenario import ImpossiblePath
from kommune3.register import (
    AttemptRefused,
    InvalidAttempt,
    KeyReused,
    Register,
    UnknownActivity,
    UnknownPerson,
    VersionChanged,
    attempts,
    completing,
    progress,
)
from kommune3.register.attempts import Attempt, Recorded
from kommune3.register.progress import Pass
from kommune3.register.tables import AttemptRow, CompletionRow, PersonRow
from registering import ENDING, complete, do, right

KEY = "0b8f6a52-6c1e-4d9d-9f6e-2a53c0f1d001"


def count(register: Register, table: type[AttemptRow | CompletionRow] = AttemptRow) -> int:
    with register.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def changed(course: Course, activity: str) -> Course:
    """The course after an author changed a sentence in the activity."""
    was = course.activities[activity]
    found = type(was).model_validate(was.model_dump() | {"title": "En anden titel"})
    return replace(course, activities={**course.activities, activity: found})


def newer(course: Course) -> Course:
    """The course in next year's version."""
    info = course.info.model_copy(update={"version": "2027.1"})
    return replace(course, manifest=course.manifest.model_copy(update={"course": info}))


def test_the_outcome_is_the_engines(staffed: Register, mini_course: Course) -> None:
    recorded = attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ENDING)
    assert recorded.outcome.ending == "baenk"
    assert recorded.outcome.passed
    assert recorded.completed == ("employee-01",)
    assert recorded.created
    assert recorded.version == version(mini_course.activities["opkaldet"])
    answer = recorded.model_dump(mode="json")
    assert answer["recorded"] is True
    assert answer["choices"] == list(ENDING)
    assert answer["recorded_at"].endswith("Z")
    assert "created" not in answer


def commits(register: Register) -> list[str]:
    """A list that grows with each commit from now on."""
    seen: list[str] = []
    with register._writer.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_trace_callback(lambda sql: seen.append(sql) if sql == "COMMIT" else None)
    return seen


def asked(person: str, *choices: str, key: str = "") -> Attempt:
    """An attempt at the scenario, with a key of its own."""
    return Attempt(person, "opkaldet", key or str(uuid4()), choices)


def test_attempts_together_share_one_commit_and_are_refused_alone(
    staffed: Register, mini_course: Course
) -> None:
    seen = commits(staffed)
    together = [
        asked("anna", "sporg", key=KEY),
        asked("nobody", "sporg"),
        asked("anna", "sporg", key=KEY),
        asked("bo", "del"),
        asked("bo", *ENDING),
        asked("anna", "afvis", key=KEY),
        asked("bo", *ENDING),
    ]
    told = attempts.record_all(staffed, mini_course, together)
    assert len(seen) == 1
    refused = [type(one) for one in told if isinstance(one, Exception)]
    assert refused == [UnknownPerson, ImpossiblePath, KeyReused]
    stored = [one for one in told if not isinstance(one, Exception)]
    assert [one.created for one in stored] == [True, False, True, True]
    assert [one.completed for one in stored] == [(), (), ("employee-01",), ()]
    assert count(staffed) == 3


def test_an_unforeseen_error_takes_nobody_else_with_it(
    staffed: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = completing.advance

    def breaks(session: Session, person: str, *rest: object) -> None:
        if person == "bo":
            raise ZeroDivisionError
        advance(session, person, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(completing, "advance", breaks)
    together = [asked("anna", "sporg"), asked("bo", "sporg"), asked("aase", "sporg")]
    told = attempts.record_all(staffed, mini_course, together)
    assert [type(one) for one in told] == [Recorded, ZeroDivisionError, Recorded]
    assert count(staffed) == 2


def test_the_newest_attempt_is_where_one_resumes(staffed: Register, mini_course: Course) -> None:
    assert attempts.newest(staffed, mini_course, "anna", "opkaldet") is None
    do(staffed, mini_course, "anna", "opkaldet", "sporg", "del")
    do(staffed, mini_course, "anna", "opkaldet", "sporg")
    do(staffed, mini_course, "bo", "opkaldet", "afvis")
    found = attempts.newest(staffed, mini_course, "anna", "opkaldet")
    assert found is not None
    assert found.choices == ("sporg",)
    assert not found.created


def test_a_quiz_remembers_its_results(staffed: Register, mini_course: Course) -> None:
    answers = right(mini_course, "baenk-quiz")
    recorded = do(staffed, mini_course, "anna", "baenk-quiz", *answers)
    found = attempts.newest(staffed, mini_course, "anna", "baenk-quiz")
    assert found is not None
    assert found.outcome == recorded.outcome
    assert len(found.outcome.results) == len(answers)


@pytest.mark.parametrize(
    "choices", [("del",), ("sporg", "sporg"), (*ENDING, "tak"), ("",), ("\0",), ("x" * 64,)]
)
def test_an_impossible_path_is_refused(
    staffed: Register, mini_course: Course, choices: tuple[str, ...]
) -> None:
    with pytest.raises(ImpossiblePath):
        do(staffed, mini_course, "anna", "opkaldet", *choices)
    assert count(staffed) == 0


@pytest.mark.parametrize("choices", [["sporg"] * 101, ["x" * 65], ["x" * 10_000]])
def test_an_over_long_path_is_refused(staffed: Register, mini_course: Course, choices: list[str]) -> None:
    with pytest.raises(InvalidAttempt):
        do(staffed, mini_course, "anna", "opkaldet", *choices)


@pytest.mark.parametrize(
    "key", ["", "1", KEY + "0", KEY.replace("-", ""), "'; DROP TABLE people", "{" + KEY + "}"]
)
def test_a_key_is_a_uuid(staffed: Register, mini_course: Course, key: str) -> None:
    with pytest.raises(InvalidAttempt):
        attempts.record(staffed, mini_course, "anna", "opkaldet", key, ["sporg"])


def test_sending_again_stores_nothing_twice(staffed: Register, mini_course: Course) -> None:
    first = attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ["sporg"])
    again = attempts.record(staffed, mini_course, "anna", "opkaldet", KEY.upper(), ["sporg"])
    assert not again.created
    assert again.model_dump() == first.model_dump()
    assert count(staffed) == 1


def test_sending_again_tells_again_what_was_completed(staffed: Register, mini_course: Course) -> None:
    module = mini_course.module_of("opkaldet")
    for activity in module.required:
        choices = ENDING if activity == "opkaldet" else right(mini_course, activity)
        key = str(uuid4())
        first = attempts.record(staffed, mini_course, "anna", activity, key, choices)
        assert attempts.record(staffed, mini_course, "anna", activity, key, choices) == first.model_copy(
            update={"created": False}
        )
    assert module.id in first.completed


def test_sending_again_succeeds_after_the_activity_changed(staffed: Register, mini_course: Course) -> None:
    was = version(mini_course.activities["opkaldet"])
    attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ["sporg"], was)
    again = attempts.record(
        staffed, changed(mini_course, "opkaldet"), "anna", "opkaldet", KEY, ["sporg"], was
    )
    assert again.version == was


def test_a_key_for_other_choices_is_refused(staffed: Register, mini_course: Course) -> None:
    attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ["sporg"])
    with pytest.raises(KeyReused):
        attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ["afvis"])
    with pytest.raises(KeyReused):
        attempts.record(staffed, mini_course, "anna", "baenk-quiz", KEY, ["sporg"])
    assert attempts.record(staffed, mini_course, "bo", "opkaldet", KEY, ["afvis"]).created


def test_another_version_is_refused(staffed: Register, mini_course: Course) -> None:
    with pytest.raises(VersionChanged):
        attempts.record(staffed, mini_course, "anna", "opkaldet", KEY, ["sporg"], "0" * 12)
    assert count(staffed) == 0


def test_what_is_not_there_is_refused(staffed: Register, mini_course: Course) -> None:
    with pytest.raises(UnknownPerson):
        do(staffed, mini_course, "nobody", "opkaldet", "sporg")
    for activity in ("missing", "baenk-tabel", "baenk-tid"):
        with pytest.raises(UnknownActivity):
            do(staffed, mini_course, "anna", activity)


def test_an_old_attempt_is_shown_as_it_was_judged(staffed: Register, mini_course: Course) -> None:
    do(staffed, mini_course, "anna", "baenk-quiz", *right(mini_course, "baenk-quiz"))
    found = attempts.newest(staffed, changed(mini_course, "baenk-quiz"), "anna", "baenk-quiz")
    assert found is not None
    assert found.outcome.passed
    assert found.outcome.results == ()


def test_a_module_needs_all_that_it_requires(staffed: Register, mini_course: Course) -> None:
    wrong = tuple(mini_course.activities["baenk-sorter"].buckets[0].id for _item in range(4))
    assert do(staffed, mini_course, "anna", "baenk-quiz", *right(mini_course, "baenk-quiz")).completed == ()
    items = len(right(mini_course, "baenk-sorter"))
    assert do(staffed, mini_course, "anna", "baenk-sorter", *(wrong * items)[:items]).completed == ()
    last = do(staffed, mini_course, "anna", "baenk-sorter", *right(mini_course, "baenk-sorter"))
    assert last.completed == ("common-01",)
    line = progress.of_person(staffed, mini_course, "anna")["common-01"]
    assert (line.status, line.version, line.evidence) == ("completed", "2026.11", "server_checked")
    assert line.at == last.recorded_at
    assert line.passed == ("baenk-sorter", "baenk-quiz")


def test_a_module_is_completed_once_per_version(staffed: Register, mini_course: Course) -> None:
    assert complete(staffed, mini_course, "anna", "employee-01") == ("employee-01",)
    assert complete(staffed, mini_course, "anna", "employee-01") == ()
    assert complete(staffed, newer(mini_course), "anna", "employee-01") == ("employee-01",)
    assert count(staffed, CompletionRow) == 2
    assert progress.of_person(staffed, mini_course, "anna")["employee-01"].version == "2027.1"


def test_an_update_takes_nothing_from_somebody_halfway(staffed: Register, mini_course: Course) -> None:
    do(staffed, mini_course, "anna", "baenk-quiz", *right(mini_course, "baenk-quiz"))
    later = do(staffed, newer(mini_course), "anna", "baenk-sorter", *right(mini_course, "baenk-sorter"))
    assert later.completed == ("common-01",)


def test_a_completion_is_renewed_by_passing_everything_anew(staffed: Register, mini_course: Course) -> None:
    assert complete(staffed, mini_course, "anna", "common-01") == ("common-01",)
    later = newer(mini_course)
    assert do(staffed, later, "anna", "baenk-quiz", *right(mini_course, "baenk-quiz")).completed == ()
    assert progress.of_person(staffed, later, "anna")["common-01"].version == "2026.11"
    last = do(staffed, later, "anna", "baenk-sorter", *right(mini_course, "baenk-sorter"))
    assert last.completed == ("common-01",)


def test_a_completion_stands_though_one_goes_on(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    do(staffed, mini_course, "anna", "opkaldet", "afvis")
    assert progress.of_person(staffed, mini_course, "anna")["employee-01"].status == "completed"


def test_progress_begins_with_the_first_step(staffed: Register, mini_course: Course) -> None:
    assert {line.status for line in progress.of_person(staffed, mini_course, "anna").values()} == {
        "not_started"
    }
    do(staffed, mini_course, "anna", "opkaldet", "sporg")
    statuses = {k: line.status for k, line in progress.of_person(staffed, mini_course, "anna").items()}
    assert statuses == {"common-01": "not_started", "employee-01": "started"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(data=st.data())
def test_any_walk_is_stored_as_the_engine_sees_it(
    staffed: Register, mini_course: Course, data: st.DataObject
) -> None:
    story = mini_course.activities["opkaldet"]
    assert isinstance(story, Scenario)
    state = play.start(story)
    for _step in range(data.draw(st.integers(0, 6))):
        if choices := play.open_choices(story, state):
            state = play.next_state(story, state, data.draw(st.sampled_from(choices)).id)
    before = count(staffed)
    recorded = attempts.record(staffed, mini_course, "bo", "opkaldet", str(uuid4()), state.path)
    assert recorded.outcome.values == state.values
    assert recorded.outcome.passed == play.ended(story, state)
    assert count(staffed) == before + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    choices=st.lists(st.text(max_size=80), max_size=5), activity=st.sampled_from(["opkaldet", "baenk-quiz"])
)
def test_whatever_is_sent_is_judged_or_refused(
    staffed: Register, mini_course: Course, choices: list[str], activity: str
) -> None:
    try:
        attempts.record(staffed, mini_course, "aase", activity, str(uuid4()), choices)
    except (ImpossiblePath, AttemptRefused):
        return
    assert choices == []


def test_what_somebody_passed_is_found_without_reading_all_they_did(
    staffed: Register, mini_course: Course
) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    with staffed.read() as session:
        assert progress.passed_by(session, mini_course, "anna") == [Pass("opkaldet", mini_course.version)]
        sql = str(progress._PASSED.compile(staffed._reader)).replace("?", "'anna'")
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {sql}")).all()
    assert "ix_attempts_passed" in plan[0].detail


def test_standings_follow_from_attempts_and_completions(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    do(staffed, mini_course, "anna", "baenk-quiz")
    do(staffed, mini_course, "bo", "opkaldet", "sporg")
    with staffed.write() as session:
        before = {row[0]: row[1] for row in session.execute(select(PersonRow.id, PersonRow.standing))}
        for row in session.scalars(select(PersonRow)):
            row.standing = "nonsense=c"
        session.flush()
        progress.rebuild(session)
    with staffed.read() as session:
        after = {row[0]: row[1] for row in session.execute(select(PersonRow.id, PersonRow.standing))}
    assert after == before
    assert before["anna"] == "common-01=s employee-01=c"
