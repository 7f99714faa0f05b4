"""Sample people: marked, played through the engine, and removed to the last one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from kommune3.content import Course
from kommune3.engine.judge import judge
from kommune3.register import Register, people, samples
from kommune3.register.tables import AttemptRow, AuditRow, CompletionRow, PersonRow
from kommune3.report import Query, listing
from registering import complete


def test_they_are_marked_and_stand_everywhere(empty: Register, mini_course: Course) -> None:
    assert samples.add(empty, mini_course) == samples.PEOPLE
    found = listing(empty, mini_course, Query(per_page=100))
    assert {line.status for line in found.lines} == {"not_started", "started", "completed", "overdue"}
    assert len(found.units) >= 4
    for line in found.lines:
        assert line.person.sample
        assert line.person.name.endswith(" (eksempel)")
        assert line.person.id.startswith("sample-")


def test_they_really_played(empty: Register, mini_course: Course) -> None:
    samples.add(empty, mini_course)
    with empty.read() as session:
        rows = list(session.scalars(select(AttemptRow)))
        attempts = {row.id: row for row in rows}
        for row in rows:
            outcome = judge(mini_course.activities[row.activity], row.choices, mini_course.info.pass_mark)
            assert outcome.passed == row.passed
        done = list(session.scalars(select(CompletionRow)))
        assert done
        assert all(attempts[row.attempt_id].passed for row in done if row.attempt_id)


def test_the_same_course_gives_the_same_people(empty: Register, mini_course: Course) -> None:
    samples.add(empty, mini_course)
    first = [line.person for line in listing(empty, mini_course, Query(per_page=100)).lines]
    samples.remove(empty)
    samples.add(empty, mini_course)
    assert [line.person for line in listing(empty, mini_course, Query(per_page=100)).lines] == first


def test_adding_twice_adds_once(empty: Register, mini_course: Course) -> None:
    samples.add(empty, mini_course)
    assert samples.add(empty, mini_course) == 0


def test_two_who_add_them_at_once_add_them_once(empty: Register, mini_course: Course) -> None:
    start = threading.Barrier(2)

    def add(_number: int) -> int:
        start.wait(20)
        return samples.add(empty, mini_course)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(add, range(2))) == [0, samples.PEOPLE]


def test_removing_takes_exactly_them(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    people.ensure_local(staffed)
    with staffed.read() as session:
        before = set(session.scalars(select(PersonRow.id)))
    assert not samples.present(staffed)
    samples.add(staffed, mini_course)
    assert samples.present(staffed)
    assert samples.remove(staffed) == samples.PEOPLE
    assert not samples.present(staffed)
    with staffed.read() as session:
        assert set(session.scalars(select(PersonRow.id))) == before
        assert set(session.scalars(select(AttemptRow.person_id))) == {"anna"}
        assert set(session.scalars(select(CompletionRow.person_id))) == {"anna"}
        assert list(session.scalars(select(AuditRow.action))) == ["samples_added", "samples_removed"]
    assert samples.remove(staffed) == 0
