"""People: ids, the person at the machine, what is handed out, and what is left after erasing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from kommune3 import i18n
from kommune3.content import Course
from kommune3.register import InvalidPerson, Person, Register, UnknownPerson, people, progress
from kommune3.register.groups import groups
from kommune3.register.people import check_id, sort_key
from registering import STAFF, add, complete


def everything(register: Register) -> bytes:
    """All that is in the file and its log."""
    return b"".join(path.read_bytes() for path in sorted(register.path.parent.iterdir()))


def test_what_is_added_is_found(staffed: Register) -> None:
    assert [people.get(staffed, person.id) for person in STAFF] == list(STAFF)
    assert people.get(staffed, "nobody") is None


def test_the_person_at_the_machine_is_added_once(empty: Register) -> None:
    first = people.ensure_local(empty)
    assert first.name
    assert people.ensure_local(empty) == first


def test_the_person_at_the_machine_is_called_what_the_language_has_for_it(
    empty: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a certificate would take the words of an earlier language for a name."""
    people.ensure_local(empty)
    before = people.set_role(empty, "local", "employee")
    monkeypatch.setattr(people, "nameless", lambda: "Du ved denne maskinen")
    now = people.ensure_local(empty)
    assert now == replace(before, name="Du ved denne maskinen") == people.get(empty, "local")


def test_a_role_is_chosen(staffed: Register) -> None:
    assert people.set_role(staffed, "anna", "leader").role == "leader"
    with pytest.raises(UnknownPerson):
        people.set_role(staffed, "nobody", "leader")


@pytest.mark.parametrize("person_id", ["a", "a-b_c9", "x" * 64, "1234567890123"])
def test_ids(person_id: str) -> None:
    assert check_id(person_id) == person_id


@pytest.mark.parametrize(
    "person_id", ["", "A", "å", "a b", "../x", "a,b", "x" * 65, "a\n", "0101901234", "x010190-1234"]
)
def test_ids_that_are_refused(person_id: str) -> None:
    with pytest.raises(InvalidPerson) as refused:
        check_id(person_id)
    assert "1234" not in str(refused.value)


def test_danish_letters_sort_last() -> None:
    names = ["Åse", "Ærlig", "Zenia", "Øjvind", "anna", "Bo"]
    assert sorted(names, key=sort_key) == ["anna", "Bo", "Zenia", "Ærlig", "Øjvind", "Åse"]


def test_letters_from_elsewhere_sort_beside_those_they_are_like() -> None:
    order = ["Andersen", "Çelik", "Dam", "Łukasz", "Lund", "Mygind", "Müller", "Óli", "Olsen"]
    order += ["Şahin", "Sand", "Þórunn", "Zenia", "Östlund", "Aagaard", "Åkjær"]
    assert sorted(sorted(order), key=sort_key) == order
    assert sort_key("A\u030ase") == sort_key("\u00c5se"), "however the letter was typed"


def test_swedish_sorts_its_own_letters_last(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Örjan", "Ärlig", "Zenia", "Åsa", "anna", "Øjvind"]
    monkeypatch.setattr(i18n, "_language", "sv")
    assert sorted(names, key=sort_key) == ["anna", "Zenia", "Åsa", "Ärlig", "Øjvind", "Örjan"]


def test_export_holds_all_and_is_logged(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    found = json.loads(json.dumps(people.export(staffed, "anna", by="bo")))
    assert found["person"]["name"] == "Anna Ankjær"
    assert [a["activity"] for a in found["attempts"]] == ["opkaldet"]
    assert [c["module"] for c in found["completions"]] == ["employee-01"]
    assert [line["action"] for line in found["audit"]] == ["person_exported"]
    with pytest.raises(UnknownPerson):
        people.export(staffed, "nobody")


def test_export_misses_no_table(staffed: Register, mini_course: Course) -> None:
    """Every table that points at people is in the export."""
    from kommune3.register.tables import Base

    pointing = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }
    assert pointing <= set(people.export(staffed, "anna"))


def test_erasing_leaves_nothing_in_the_file(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    complete(staffed, mini_course, "bo", "employee-01")
    add(staffed, [Person("under", "Ulla Under", manager="anna", role="employee")])
    people.erase(staffed, "anna", by="bo")
    assert people.get(staffed, "anna") is None
    assert b"Ankj" not in everything(staffed)
    assert b"anna" not in everything(staffed)
    under = people.get(staffed, "under")
    assert under is not None
    assert under.manager == ""
    assert progress.of_person(staffed, mini_course, "bo")["employee-01"].status == "completed"
    with pytest.raises(UnknownPerson):
        people.erase(staffed, "anna")


def test_erasing_says_where_a_reader_keeps_the_log(staffed: Register) -> None:
    with staffed._writer.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=0")
    with staffed.read() as session:
        session.scalar(text("SELECT count(*) FROM people"))
        assert not people.erase(staffed, "anna")
    assert people.erase(staffed, "bo")
    assert b"Ankj" not in everything(staffed)


def test_the_audit_log_keeps_a_pseudonym_that_leads_nowhere(staffed: Register) -> None:
    with staffed.read() as session:
        pseudonym = session.scalar(text("SELECT pseudonym FROM people WHERE id = 'anna'"))
    people.export(staffed, "anna")
    people.erase(staffed, "anna")
    with staffed.read() as session:
        log = session.execute(text("SELECT action, subject FROM audit ORDER BY id")).all()
        left = session.scalar(text("SELECT count(*) FROM people WHERE pseudonym = :p"), {"p": pseudonym})
    assert log == [("person_exported", pseudonym), ("person_erased", pseudonym)]
    assert left == 0


def test_pseudonyms_are_random(staffed: Register) -> None:
    with staffed.read() as session:
        before = set(session.scalars(text("SELECT pseudonym FROM people")))
    people.erase(staffed, "anna")
    add(staffed, [STAFF[0]])
    with staffed.read() as session:
        again = session.scalar(text("SELECT pseudonym FROM people WHERE id = 'anna'"))
    assert len(before) == len(STAFF)
    assert again not in before


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=HYPERLINK(1)", "👩🏽‍🚒 Ø", "Robert'); DROP TABLE people;--"]
)
def test_names_are_only_text(empty: Register, name: str) -> None:
    add(empty, [Person("a", name)])
    found = people.get(empty, "a")
    assert found is not None
    assert found.name == name


def test_a_start_of_long_ago_is_a_month_like_any_other(empty: Register) -> None:
    add(empty, [Person("old", "Old", role="employee", start=date(226, 8, 1))])
    months = groups(empty).months
    assert months == ["0226-08"]
    assert date.fromisoformat(f"{months[0]}-01").year == 226
