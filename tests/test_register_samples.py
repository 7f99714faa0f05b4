"""Sample people: marked, played through the engine, and removed to the last one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kommune3.content import Course
from kommune3.engine.answers import tidy
from kommune3.engine.form import CourseText, check
from kommune3.engine.judge import judge
from kommune3.engine.models import Reflection
from kommune3.register import Register, cohorts, people, samples
from kommune3.register.reflection_tables import SubmissionRow
from kommune3.register.sample_reflections import spread
from kommune3.register.samples import _names
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


def test_they_really_played(sampled: Register, mini_course: Course) -> None:
    with sampled.read() as session:
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


def test_adding_twice_adds_once(sampled: Register, mini_course: Course) -> None:
    assert samples.add(sampled, mini_course) == 0


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


def test_they_reflect_for_and_against_and_are_trained(empty: Register, mini_course: Course) -> None:
    me = people.ensure_local(empty)
    samples.add(empty, mini_course, by=me.id)
    (made,) = cohorts.of_trainer(empty, me.id)
    assert made.sample
    assert made.title.endswith("(eksempel)")
    assert 0 < len(made.members) < samples.PEOPLE
    cells = [cell for line in cohorts.lines(empty, mini_course, made.id) for cell in line.cells.values()]
    assert {(cell.waiting, cell.marked, cell.returned) for cell in cells if cell.submission} == {
        (True, False, False),
        (False, True, False),
        (False, True, True),
    }
    with empty.read() as session:
        rows = list(session.scalars(select(SubmissionRow)))
    assert all(row.passed and row.answers[0].startswith("(Eksempel)") for row in rows)
    assert len({row.answers[0] for row in rows}) > 1
    samples.remove(empty)
    assert cohorts.listed(empty) == []
    with empty.read() as session:
        assert session.scalars(select(SubmissionRow)).all() == []


@pytest.mark.parametrize("count", range(1, 7))
def test_what_they_wrote_has_its_form_with_any_number_of_questions(mini_course: Course, count: int) -> None:
    found = mini_course.activities["baenk-refleksion"].model_dump()
    prompts = [{"title": f"Spørgsmål {number}"} for number in range(count)]
    asked = Reflection.model_validate({**found, "prompts": prompts})
    for written in _names()["reflections"]:
        answers = spread(written["text"], count)
        assert tidy(" ".join(answers)) == " ".join(written["text"])
        assert check(asked, answers, CourseText()).findings == ()


def test_without_anybody_to_train_them_the_cohort_is_there_still(
    sampled: Register, mini_course: Course
) -> None:
    assert [made.trainers for made in cohorts.listed(sampled)] == [()]


def test_real_people_stay_when_the_samples_go(staffed: Register, mini_course: Course) -> None:
    own = cohorts.make(staffed, "Hold", ["anna"], ["bo"], "bo", made_from="liste")
    samples.add(staffed, mini_course, by="bo")
    sample = next(made for made in cohorts.listed(staffed) if made.sample)
    cohorts.add(staffed, sample.id, ["aase"], "bo")
    samples.remove(staffed)
    assert [made.id for made in cohorts.listed(staffed)] == [own.id]
    assert people.get(staffed, "aase") is not None
