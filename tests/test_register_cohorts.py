"""Cohorts: who may be in one, who reads whom, and what a trainer sees of it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import event, select, update

from kommune3.content import Course
from kommune3.register import (
    CohortError,
    NotYours,
    Person,
    Register,
    UnknownCohort,
    UnknownPerson,
    cohorts,
    people,
    reflections,
)
from kommune3.register.errors import LastTrainer
from kommune3.register.tables import AuditRow, PersonRow
from reflecting import OTHER, REFLECTION, SECRET, TEXT, cohort, mark, send
from registering import add

pytestmark = pytest.mark.usefixtures("english")


def ids(found: tuple[Person, ...]) -> list[str]:
    return [person.id for person in found]


def leaves(register: Register, person: str) -> None:
    """As a roster without the person has it."""
    with register.write() as session:
        session.execute(update(PersonRow).where(PersonRow.id == person).values(left=date(2026, 11, 1)))


def audit(register: Register, action: str) -> list[AuditRow]:
    with register.read() as session:
        return list(session.scalars(select(AuditRow).where(AuditRow.action == action)))


def test_candidates_by_unit_month_and_list(staffed: Register) -> None:
    add(
        staffed,
        [
            Person("ny", "Ny Nielsen", unit="Skole", role="employee", start=date(2026, 11, 30)),
            Person("dec", "Dea Dec", unit="Skole", role="employee", start=date(2026, 12, 1)),
            Person("vaek", "Vagn Væk", unit="Skole", start=date(2026, 11, 1), left=date(2026, 11, 9)),
        ],
    )
    assert ids(cohorts.candidates(staffed, unit="Skole").people) == ["anna", "bo", "dec", "ny"]
    assert ids(cohorts.candidates(staffed, month="2026-11").people) == ["ny"]
    assert ids(cohorts.candidates(staffed, month="2026-12").people) == ["dec"]
    assert ids(cohorts.candidates(staffed, unit="Vej og Park", month="2026-11").people) == []
    cohort(staffed, "anna")
    found = cohorts.candidates(staffed, ids=[" Anna", "aase", "aase", "nobody", ""])
    assert (ids(found.people), ids(found.taken), found.unknown) == (["aase"], ["anna"], ("nobody",))


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-1", "0000-01", "9999-12", "2026-11-01"])
def test_a_month_that_is_none(staffed: Register, month: str) -> None:
    with pytest.raises(CohortError, match="for example 2026-11"):
        cohorts.candidates(staffed, month=month)


def test_nothing_asked_for(staffed: Register) -> None:
    with pytest.raises(CohortError, match="Choose a unit"):
        cohorts.candidates(staffed, ids=[" "])


def test_making_one(staffed: Register) -> None:
    made = cohorts.make(
        staffed,
        "  Nye \n i åen ",
        ["pia", "anna", "anna"],
        ["bo"],
        "bo",
        made_from="liste",
        deadline=date(2026, 12, 1),
    )
    assert made.title == "Nye i åen"
    assert made.id.startswith("nye-i-aaen-")
    assert made.members == ("anna", "pia")
    assert made.trainers == ("bo",)
    assert cohorts.get(staffed, made.id) == made
    assert cohorts.of_trainer(staffed, "bo") == [made]
    assert cohorts.of_trainer(staffed, "anna") == []
    assert cohorts.of_person(staffed, "pia") == made
    assert cohorts.of_person(staffed, "bo") is None
    (line,) = audit(staffed, "cohort_made")
    assert line.detail == {"cohort": made.id, "people": 2}
    assert line.actor


def test_what_cannot_be_made(staffed: Register) -> None:
    cohort(staffed, "anna")

    def make(title: str, *members: str, trainer: str = "bo") -> None:
        cohorts.make(staffed, title, members, [trainer], "bo", made_from="liste")

    for title, members, message in (
        ("", ["bo"], "a title"),
        ("x" * 201, ["bo"], "at most 200"),
        ("Hold 010190-1234", ["bo"], "CPR"),
        ("Hold", [], "nobody"),
        ("Hold", ["bo", "anna"], "another cohort already: anna"),
    ):
        with pytest.raises(CohortError, match=message):
            make(title, *members)
    for members, trainer in ((["nobody"], "bo"), (["bo"], "nobody")):
        with pytest.raises(UnknownPerson):
            make("Hold", *members, trainer=trainer)
    assert len(cohorts.listed(staffed)) == 1
    assert cohorts.of_person(staffed, "bo") is None


@pytest.mark.parametrize("title", ["../../etc", "👩🏽‍🚒", "<b>", "con", "..."])
def test_an_id_may_name_a_folder(staffed: Register, title: str) -> None:
    made = cohorts.make(staffed, title, ["anna"], ["bo"], "bo", made_from="liste")
    assert people.check_id(made.id)


def test_people_come_and_go(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna")
    other = cohort(staffed, "pia")
    assert cohorts.add(staffed, made.id, ["anna", "aase"], "bo").members == ("anna", "aase")
    with pytest.raises(CohortError):
        cohorts.add(staffed, made.id, ["bo", "pia"], "bo")
    assert cohorts.get(staffed, made.id).members == ("anna", "aase")
    send(staffed, mini_course, "anna")
    assert cohorts.drop(staffed, made.id, ["anna", "pia"], "bo").members == ("aase",)
    assert cohorts.get(staffed, other.id).members == ("pia",)
    cohorts.remove(staffed, made.id, "bo")
    with pytest.raises(UnknownCohort):
        cohorts.get(staffed, made.id)
    assert reflections.of(staffed, mini_course, "anna", REFLECTION).sent == TEXT
    assert [cohort.id for cohort in cohorts.listed(staffed)] == [other.id]
    for ask in (cohorts.remove, lambda r, c, b: cohorts.set_deadline(r, c, None, b)):
        with pytest.raises(UnknownCohort):
            ask(staffed, made.id, "bo")


def test_trainers_change(staffed: Register) -> None:
    made = cohort(staffed, "anna")
    with pytest.raises(LastTrainer):
        cohorts.drop_trainer(staffed, made.id, "bo", "bo")
    for _twice in range(2):
        assert set(cohorts.add_trainer(staffed, made.id, "aase", "bo").trainers) == {"aase", "bo"}
    assert [one.name for one in cohorts.trainers(staffed, made.id)] == ["Bo Bang", "Åse Ærlig"]
    for _twice in range(2):
        assert cohorts.drop_trainer(staffed, made.id, "bo", "aase").trainers == ("aase",)
    assert not cohorts.reads(staffed, "bo", "anna")
    with pytest.raises(UnknownPerson):
        cohorts.add_trainer(staffed, made.id, "nobody", "bo")
    with pytest.raises(LastTrainer):
        cohorts.drop_trainer(staffed, made.id, "aase", "bo")
    assert cohorts.reads(staffed, "aase", "anna")
    for what, subject, actor in (("added", "aase", "bo"), ("removed", "bo", "aase")):
        (line,) = audit(staffed, f"cohort_trainer_{what}")
        with staffed.read() as session:
            names = dict(session.execute(select(PersonRow.id, PersonRow.pseudonym)).all())
        assert (line.subject, line.actor) == (names[subject], names[actor])


def test_somebody_who_has_left_is_no_trainer_to_leave_a_cohort_with(staffed: Register) -> None:
    made = cohort(staffed, "anna")
    cohorts.add_trainer(staffed, made.id, "aase", "bo")
    leaves(staffed, "aase")
    with pytest.raises(LastTrainer):
        cohorts.drop_trainer(staffed, made.id, "bo", "bo")
    assert cohorts.drop_trainer(staffed, made.id, "aase", "bo").trainers == ("bo",)


def test_another_trainer_may_take_the_people_of_one_who_has_left(staffed: Register) -> None:
    before = cohort(staffed, "anna", "pia")
    cohorts.add_trainer(staffed, before.id, "aase", "bo")
    leaves(staffed, "bo")
    assert ids(cohorts.candidates(staffed, ids=["anna"]).taken) == ["anna"], "one trainer is still there"
    leaves(staffed, "aase")
    add(staffed, [Person("uno", "Una Ung", role="employee")])
    assert ids(cohorts.candidates(staffed, ids=["anna", "pia"]).people) == ["anna", "pia"]
    made = cohort(staffed, "anna", trainer="uno")
    assert cohorts.of_person(staffed, "anna") == made
    assert cohorts.get(staffed, before.id).members == ("pia",), "who is not asked for stays"
    assert cohorts.reads(staffed, "uno", "anna")
    assert not cohorts.reads(staffed, "bo", "anna")


def test_only_the_persons_own_trainer_reads(staffed: Register, mini_course: Course) -> None:
    add(staffed, [Person("uno", "Una"), Person("ekstra", "Eksa", role="employee")])
    cohort(staffed, "anna", "pia")
    cohort(staffed, "ekstra", trainer="uno")
    for person in ("anna", "pia", "aase"):
        send(staffed, mini_course, person)
    read = cohorts.text(staffed, mini_course, "bo", "anna", REFLECTION)
    assert read.answers == TEXT
    assert read.cell.waiting
    assert (read.manual, read.comment) == (None, "")
    for trainer, person, activity in (
        ("uno", "anna", REFLECTION),
        ("anna", "anna", REFLECTION),
        ("bo", "pia", REFLECTION),
        ("bo", "aase", REFLECTION),
        ("bo", "nobody", REFLECTION),
        ("", "anna", REFLECTION),
        ("bo", "anna", "opkaldet"),
        ("bo", "anna", "nothing"),
    ):
        with pytest.raises(NotYours) as refused:
            cohorts.text(staffed, mini_course, trainer, person, activity)
        assert str(refused.value) == "There is no reflection here that you may read."
    assert len(audit(staffed, "reflection_read")) == 1


def test_reading_is_written_down_without_the_text(staffed: Register, mini_course: Course) -> None:
    cohort(staffed, "anna")
    send(staffed, mini_course, "anna")
    cohorts.text(staffed, mini_course, "bo", "anna", REFLECTION)
    cohorts.text(staffed, mini_course, "bo", "anna", REFLECTION)
    with staffed.read() as session:
        names = dict(session.execute(select(PersonRow.id, PersonRow.pseudonym)).all())
    log = audit(staffed, "reflection_read")
    assert [(line.subject, line.actor) for line in log] == [(names["anna"], names["bo"])] * 2
    assert SECRET not in json.dumps([line.detail for line in log])


def test_the_list_says_where_everybody_stands(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "anna", "aase", "pia")
    send(staffed, mini_course, "anna")
    send(staffed, mini_course, "aase", OTHER)
    mark(staffed, mini_course, "aase")
    reflections.save_draft(staffed, mini_course, "pia", REFLECTION, ("Min kladde", ""), 0)
    anna, pia, aase = cohorts.lines(staffed, mini_course, made.id)
    assert [line.person.id for line in (anna, pia, aase)] == ["anna", "pia", "aase"]
    assert anna.cells[REFLECTION].waiting
    assert (aase.cells[REFLECTION].waiting, aase.cells[REFLECTION].marked) == (False, True)
    assert pia.cells == {}, "it is not on a politician's path, and a draft is nobody's business"
    assert [line.private for line in (anna, pia, aase)] == [False, True, False]
    send(staffed, mini_course, "pia", share=True)
    assert cohorts.lines(staffed, mini_course, made.id)[1].cells[REFLECTION].state == "checked"
    reflections.withdraw(staffed, mini_course, "anna", REFLECTION)
    assert cohorts.lines(staffed, mini_course, made.id)[0].cells[REFLECTION].state == "not_submitted"
    with pytest.raises(UnknownCohort):
        cohorts.lines(staffed, mini_course, "none")


def test_an_unshared_replacement_hides_the_shared_one(staffed: Register, mini_course: Course) -> None:
    made = cohort(staffed, "pia")
    send(staffed, mini_course, "pia", share=True)
    send(staffed, mini_course, "pia", OTHER)
    assert cohorts.lines(staffed, mini_course, made.id)[0].cells == {}
    with pytest.raises(NotYours):
        cohorts.text(staffed, mini_course, "bo", "pia", REFLECTION)


def test_the_list_asks_as_often_for_many_as_for_few(staffed: Register, mini_course: Course) -> None:
    add(staffed, [Person(f"p{number}", "P", role="employee") for number in range(50)])
    few, many = cohort(staffed, "anna"), cohort(staffed, *(f"p{number}" for number in range(50)))
    send(staffed, mini_course, "anna")
    for number in range(5):
        send(staffed, mini_course, f"p{number}")
    asked = []
    for made in (few, many):
        count = 0

        def counted(*_statement: object) -> None:
            nonlocal count
            count += 1

        event.listen(staffed._reader, "before_cursor_execute", counted)
        cohorts.lines(staffed, mini_course, made.id)
        event.remove(staffed._reader, "before_cursor_execute", counted)
        asked.append(count)
    assert asked[0] == asked[1]
