"""Files that nobody knows the sender of: told to the trainer once, and no longer than that lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from handing_in import packed, the_source
from kommune3.content import Course
from kommune3.grading.collect import Collector
from kommune3.register import Register, people, reflections
from kommune3.register.cohorts import Cohort
from kommune3.register.reflection_tables import ReceiptRow
from test_grading_collect import Take, another, cohort, folder, good, put, take

__all__ = ["another", "cohort", "folder", "good", "take"]
pytestmark = pytest.mark.usefixtures("english")

LETTER = "Brev fra Uffe Agerlund til Anne.docx"


def told(register: Register, cohort: Cohort) -> list[str]:
    """The files that the trainer's page tells of, newest first."""
    return [one.reason.partition(": ")[0] for one in reflections.receipts_of(register, cohort.id)]


def rows(register: Register) -> int:
    with register.read() as session:
        return len(session.scalars(select(ReceiptRow)).all())


def test_a_file_of_nobody_is_told_once_however_many_assignments_there_are(
    take: Take, folder: Path, staffed: Register, cohort: Cohort, mini_course: Course
) -> None:
    put(folder, LETTER, b"PK")
    collector = Collector(staffed, mini_course, cohort.id)
    collector._assignments = ("employee", "leader", "politician")
    collector.collect([folder])
    assert told(staffed, cohort) == [f"post/{LETTER}"]
    assert rows(staffed) == 1


def test_collecting_again_adds_nothing_whenever_it_is_said_to_have_come(
    take: Take, folder: Path, good: bytes, staffed: Register, cohort: Cohort
) -> None:
    put(folder, LETTER, b"PK")
    put(folder, "uden navn.ipynb", good)
    take()
    before = reflections.receipts_of(staffed, cohort.id)
    for days in (0, 3, 5):
        take(received=datetime.now(UTC) - timedelta(days=days))
        take(assignments=["employee"])
    assert reflections.receipts_of(staffed, cohort.id) == before
    assert rows(staffed) == 2


def test_rows_from_before_become_one(take: Take, folder: Path, staffed: Register, cohort: Cohort) -> None:
    put(folder, LETTER, b"PK")
    take()
    (first,) = reflections.receipts_of(staffed, cohort.id)
    with staffed.write() as session:
        session.add_all(
            ReceiptRow(
                person_id=None, cohort_id=cohort.id, assignment=name, reason=first.reason, way="mail",
                at=first.at, activity="",
            )
            for name in ("leader", "politician")
        )  # fmt: skip
    take()
    assert told(staffed, cohort) == [f"post/{LETTER}"]


def test_it_goes_when_the_same_is_taken_in_under_a_right_name(
    take: Take, folder: Path, good: bytes, another: bytes, staffed: Register, cohort: Cohort
) -> None:
    wrong = put(folder, "uden navn.ipynb", good)
    put(folder, "ogsaa uden.ipynb", another)
    take()
    assert sorted(told(staffed, cohort)) == ["post/ogsaa uden.ipynb", "post/uden navn.ipynb"]
    wrong.rename(folder / "anna.ipynb")
    assert {line.became for line in take()} == {"stored", "refused"}
    assert told(staffed, cohort) == ["post/ogsaa uden.ipynb"], "whose the other is nobody knows"
    assert {line.became for line in take()} == {"unchanged", "refused"}


def test_it_goes_when_its_sender_is_given(
    take: Take, folder: Path, good: bytes, staffed: Register, cohort: Cohort
) -> None:
    path = put(folder, "uden navn.ipynb", good)
    take()
    take(path, person="aase")
    assert told(staffed, cohort) == []


def test_a_copy_under_a_wrong_name_is_not_told_beside_the_right_one(
    take: Take, folder: Path, good: bytes, staffed: Register, cohort: Cohort
) -> None:
    put(folder, "anna.ipynb", good)
    put(folder, "kopi.ipynb", good)
    assert {line.became for line in take()} == {"stored", "refused"}
    assert told(staffed, cohort) == []


def test_an_exercise_that_nobody_filled_in_says_nothing_of_anothers(
    take: Take, folder: Path, staffed: Register, cohort: Cohort, mini_course: Course
) -> None:
    blank = packed(the_source(mini_course).released)
    put(folder, "uden navn.ipynb", blank)
    put(folder, "anna.ipynb", blank)
    put(folder, "bo.ipynb", b"")
    put(folder, "tom.ipynb", b"")
    take()
    assert sorted(told(staffed, cohort)) == ["post/tom.ipynb", "post/uden navn.ipynb"]


def test_a_damaged_file_goes_when_it_is_known_whose_it_is(
    take: Take, folder: Path, good: bytes, staffed: Register, cohort: Cohort
) -> None:
    path = put(folder, "uden navn.ipynb", good[:100])
    take()
    path.rename(folder / "anna.ipynb")
    take()
    assert told(staffed, cohort) == [], "Anna's own line tells it now"


def test_erasing_takes_what_names_the_person(
    take: Take, folder: Path, staffed: Register, cohort: Cohort
) -> None:
    put(folder, "Brev fra Åse Ærlig til Vagn.docx", b"PK")
    put(folder, "fra Bo Bang Hansen.docx", b"PK")
    take()
    assert len(told(staffed, cohort)) == 2
    assert [one["reason"] for one in people.export(staffed, "aase")["receipts"]] == [
        one.reason for one in reflections.receipts_of(staffed, cohort.id) if "Ærlig" in one.reason
    ]
    people.erase(staffed, "aase")
    assert told(staffed, cohort) == ["post/fra Bo Bang Hansen.docx"]
