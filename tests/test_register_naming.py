"""Whom a file's name names: what erasing takes besides the person's own rows, and what it leaves."""

from __future__ import annotations

import unicodedata

import pytest

from kommune3.register import Person, Register, people, reflections
from kommune3.register.reflections import Receipt
from reflecting import cohort
from registering import add

pytestmark = pytest.mark.usefixtures("english")

UFFE = Person("uage12", "Uffe Agerlund", "uffe.agerlund@lilleby.dk", role="employee")
SENTENCE = "It is not a notebook (.ipynb)."
NAMES = {
    "post/Brev fra Uffe Agerlund til Anne.docx": True,
    "post/uffe_agerlund_01.docx": True,
    "UFFE AGERLUND/x.docx": True,
    unicodedata.normalize("NFD", "Uffe Agerlund, øvelse.docx"): True,
    "post/UAGE12.docx": True,
    "post/fra uffe.agerlund@lilleby.dk.docx": True,
    "post/uage123.docx": False,
    "post/Uffe Agerlunde.docx": False,
    "post/Uffe Berg.docx": False,
    "post/Agerlund.docx": False,
    "post/uden navn.docx": False,
}


def refuse(register: Register, cohort_id: str, *files: str, why: str = SENTENCE) -> None:
    for file in files:
        reflections.refuse(register, Receipt(None, cohort_id, "", f"{file}: {why}", "mail"))


def everything(register: Register) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(register.path.parent.iterdir()))


@pytest.mark.parametrize(("file", "named"), NAMES.items())
def test_what_names_somebody_goes_with_them(staffed: Register, file: str, named: bool) -> None:
    add(staffed, [UFFE])
    made = cohort(staffed, "anna")
    refuse(staffed, made.id, file)
    exported = people.export(staffed, "uage12")["receipts"]
    people.erase(staffed, "uage12")
    assert len(reflections.receipts_of(staffed, made.id)) == (not named)
    assert len(exported) == named


def test_nothing_of_it_is_left_in_the_file(staffed: Register) -> None:
    add(staffed, [UFFE])
    refuse(staffed, cohort(staffed, "anna").id, *NAMES)
    people.erase(staffed, "uage12")
    assert b"Brev fra" not in everything(staffed)
    assert b"uden navn" in everything(staffed)


def test_an_id_that_a_reason_names_counts_too(staffed: Register) -> None:
    add(staffed, [UFFE])
    made = cohort(staffed, "anna")
    refuse(staffed, made.id, "post/x.ipynb", why="It may be jens9, uage12. Rename it.")
    people.erase(staffed, "uage12")
    assert reflections.receipts_of(staffed, made.id) == []


@pytest.mark.parametrize("person_id", ["m-77", "knud"])
def test_one_name_alone_may_be_anybodys(staffed: Register, person_id: str) -> None:
    add(staffed, [Person(person_id, "Knud", role="employee")])
    made = cohort(staffed, "anna")
    refuse(staffed, made.id, "post/fra Knud Bang.docx", "post/knud.docx")
    assert people.export(staffed, person_id)["receipts"] == []
    people.erase(staffed, person_id)
    assert len(reflections.receipts_of(staffed, made.id)) == 2


def test_what_names_somebody_goes_in_every_cohort_and_nobodys_own_rows_do(staffed: Register) -> None:
    add(staffed, [UFFE])
    first, second = cohort(staffed, "anna"), cohort(staffed, "aase")
    for made in (first, second):
        refuse(staffed, made.id, "Uffe Agerlund.docx", "Pia Politiker.docx")
    reflections.refuse(staffed, Receipt("anna", first.id, "employee", "Uffe Agerlund wrote it.", "mail"))
    people.erase(staffed, "uage12")
    for made in (first, second):
        assert [one.reason[:3] for one in reflections.receipts_of(staffed, made.id)] == ["Pia"]
    assert len(people.export(staffed, "anna")["receipts"]) == 1, "somebody else's row is theirs"
