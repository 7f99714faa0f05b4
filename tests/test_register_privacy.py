"""Who a reflection's text does not reach: HR, the audit log; and what export and erasing do with it."""

from __future__ import annotations

import io
import json
from datetime import datetime
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from kommune3.content import Course
from kommune3.register import CohortError, Register, certificates, cohorts, marks, people, plans, reflections
from kommune3.register.reflections import Receipt
from kommune3.register.tables import AuditRow, Base
from kommune3.report import Query, listing, text_table, write_csv, write_xlsx
from reflecting import OTHER, REFLECTION, SECRET, TEXT, cohort, mark, send
from registering import complete

pytestmark = pytest.mark.usefixtures("english")

PLAN = "baenk-plan"
TABLES = {"drafts", "submissions", "marks", "receipts", "cohorts", "cohort_members", "cohort_trainers"}


@pytest.fixture
def written(staffed: Register, mini_course: Course) -> Register:
    """Anna wrote a draft, sent twice, was marked and got an answer; something of hers could not be read."""
    made = cohort(staffed, "anna", "aase")
    reflections.refuse(staffed, Receipt("anna", made.id, "employee", "It is damaged.", "mail"))
    send(staffed, mini_course, "anna", OTHER)
    state = send(staffed, mini_course, "anna")
    draft = (f"{SECRET} igen", "")
    reflections.save_draft(staffed, mini_course, "anna", REFLECTION, draft, state.revision)
    mark(staffed, mini_course, "anna")
    marks.give_back(staffed, mini_course, made.id, "bo")
    cohorts.text(staffed, mini_course, "bo", "anna", REFLECTION)
    plans.save_draft(staffed, mini_course, "anna", PLAN, (f"{SECRET} og mere", f"{SECRET} igen"), 0)
    plans.finish(staffed, mini_course, "anna", PLAN)
    return staffed


def everything(register: Register) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(register.path.parent.iterdir()))


def test_hr_sees_no_text(written: Register, mini_course: Course) -> None:
    found = listing(written, mini_course, Query(per_page=100))
    csv, xlsx = io.BytesIO(), io.BytesIO()
    write_csv(written, mini_course, Query(), csv)
    write_xlsx(written, mini_course, Query(), xlsx)
    cells = [
        str(value)
        for sheet in load_workbook(xlsx)
        for row in sheet.iter_rows(values_only=True)
        for value in row
    ]
    shown = "\n".join((repr(found), csv.getvalue().decode(), text_table(found, mini_course), *cells))
    assert "Anna" in shown
    for told in (SECRET, "Godt set.", "uenig", "damaged"):
        assert told not in shown
    assert listing(written, mini_course, Query(search=SECRET)).total == 0


def test_reports_ask_no_table_that_holds_texts(written: Register, mini_course: Course) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(
        written._reader, "before_cursor_execute", lambda _c, _k, statement, *_rest: asked.append(statement)
    )
    listing(written, mini_course, Query())
    write_csv(written, mini_course, Query(), io.BytesIO())
    write_xlsx(written, mini_course, Query(), io.BytesIO())
    assert asked
    assert not [sql for sql in asked if any(table in sql for table in TABLES)]


def test_the_audit_log_holds_no_text(written: Register) -> None:
    with written.read() as session:
        log = json.dumps([[row.action, row.detail] for row in session.scalars(select(AuditRow))])
    assert SECRET not in log
    assert "Godt set." not in log


def test_export_holds_all_of_it(written: Register, mini_course: Course) -> None:
    found = json.loads(json.dumps(people.export(written, "anna"), ensure_ascii=False))
    assert set(Base.metadata.tables) - {"people", "cohorts"} <= set(found)
    assert [row["answers"] for row in found["submissions"]] == [list(OTHER), list(TEXT)]
    drafts = {row["activity"]: row["answers"] for row in found["drafts"]}
    assert drafts == {REFLECTION: [f"{SECRET} igen", ""], PLAN: [f"{SECRET} og mere", f"{SECRET} igen"]}
    (finished,) = found["attempts"]
    assert SECRET not in json.dumps(finished)
    assert [row["comment"] for row in found["marks"]] == ["Godt set."]
    assert [row["reason"] for row in found["receipts"]] == ["It is damaged."]
    assert len(found["cohort_members"]) == 1
    assert {row["action"] for row in found["audit"]} >= {"reflection_read"}
    trainer = people.export(written, "bo")
    assert len(trainer["cohort_trainers"]) == 1
    assert SECRET not in json.dumps(trainer)


def test_erasing_leaves_nothing_of_it(written: Register, mini_course: Course) -> None:
    send(written, mini_course, "aase", OTHER)
    for module in mini_course.modules_of("employee"):
        complete(written, mini_course, "anna", module.id)
    number = certificates.issue(written, mini_course, "anna").number
    assert SECRET.encode() in everything(written)
    assert number.encode() in everything(written)
    assert people.erase(written, "anna", by="bo")
    left = everything(written)
    for told in (SECRET, "Godt set.", "It is damaged.", "anna", number):
        assert told.encode() not in left
    (made,) = cohorts.listed(written)
    assert made.members == ("aase",)
    assert [line.person.id for line in cohorts.lines(written, mini_course, made.id)] == ["aase"]
    assert reflections.of(written, mini_course, "aase", REFLECTION).sent == OTHER


def test_erasing_a_trainer_leaves_the_cohort(written: Register, mini_course: Course) -> None:
    people.erase(written, "bo")
    (made,) = cohorts.listed(written)
    assert made.trainers == ()
    assert not cohorts.reads(written, "bo", "anna")
    assert reflections.of(written, mini_course, "anna", REFLECTION).trainer_names == ()
    assert cohorts.add_trainer(written, made.id, "aase", "").trainers == ("aase",)


def test_another_trainer_may_take_the_people_of_one_who_is_erased(
    written: Register, mini_course: Course
) -> None:
    found = cohorts.of_person(written, "anna")
    assert found is not None
    for trainer in found.trainers:
        people.erase(written, trainer)
    asked = cohorts.candidates(written, ids=found.members)
    assert sorted(one.id for one in asked.people) == sorted(found.members)
    made = cohorts.make(written, "Nyt", found.members, ["pia"], "pia", made_from="liste")
    assert cohorts.of_person(written, "anna") == made
    with pytest.raises(CohortError):
        cohorts.add(written, found.id, ["anna"], "pia")


def test_what_the_database_says_of_a_failure_holds_no_text(written: Register) -> None:
    from sqlalchemy.exc import IntegrityError

    from kommune3.register.reflection_tables import SubmissionRow

    def fail() -> None:
        with written.write() as session:
            session.add(
                SubmissionRow(
                    person_id="nobody",
                    module="m",
                    activity="a",
                    assignment="b",
                    version="v",
                    course_version="c",
                    key=str(uuid4()),
                    way="page",
                    answers=[SECRET],
                    shared=True,
                    passed=True,
                    submitted_at=datetime.now().astimezone(),
                )
            )

    with pytest.raises(IntegrityError) as refused:
        fail()
    assert SECRET not in str(refused.value)
