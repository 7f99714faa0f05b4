"""What a trainer collected by mail: who it is from, what becomes of it; nothing is guessed or lost."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handing_in import ACTIVITY, GOOD, HAPPENED, NEXT, cell, filled, packed, the_source, zipped
from kommune3.content import Course
from kommune3.grading import found as limits
from kommune3.grading import zips
from kommune3.grading.collect import Collector, Line
from kommune3.grading.sender import Nobody, Senders
from kommune3.register import Person, Register, cohorts, reflections
from kommune3.register.cohorts import Cell, Cohort
from kommune3.register.errors import UnknownCohort, UnknownPerson
from registering import STAFF

pytestmark = pytest.mark.usefixtures("english")

Take = Callable[..., list[Line]]


@pytest.fixture
def cohort(staffed: Register) -> Cohort:
    people = ["anna", "bo", "aase", "pia"]
    return cohorts.make(staffed, "Hold 1", people, ["bo"], "bo", made_from="a list")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "post"
    path.mkdir()
    return path


@pytest.fixture
def take(staffed: Register, mini_course: Course, cohort: Cohort, folder: Path) -> Take:
    def collect(*paths: Path, **how: Any) -> list[Line]:
        return Collector(staffed, mini_course, cohort.id, **how).collect(paths or (folder,))

    return collect


@pytest.fixture
def good(mini_course: Course) -> bytes:
    return packed(filled(the_source(mini_course)))


@pytest.fixture
def another(mini_course: Course) -> bytes:
    return packed(filled(the_source(mini_course), [HAPPENED, NEXT.replace("Næste", "En anden")]))


def put(folder: Path, name: str, data: bytes, age: float = 60) -> Path:
    """A file that was changed so many seconds ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = datetime.now(UTC).timestamp() - age
    os.utime(path, (at, at))
    return path


def cell_of(register: Register, course: Course, cohort: Cohort, person: str) -> Cell:
    lines = cohorts.lines(register, course, cohort.id)
    return next(line.cells[ACTIVITY] for line in lines if line.person.id == person)


def told(lines: Sequence[Line]) -> str:
    return " ".join(sentence for line in lines for sentence in line.told)


# Who it is from.

NAMES = {
    "anna/01_baenken.ipynb": "anna",
    "anna_01_baenken.ipynb": "anna",
    "01_baenken_anna.ipynb": "anna",
    "ANNA 01_baenken (1).ipynb": "anna",
    "Anna Ankjær - refleksion.ipynb": "anna",
    "Anna Ankjær, 1 Din egen bænk?.ipynb": "anna",
    "Anna Ankjær/Øvelser/1 Din egen bænk.ipynb": "anna",
    "1 Din egen bænk - anna@example.org.ipynb": "anna",
    "1 Din egen bænk.ipynb": None,
    "Anna Ankjaer/besvarelse.ipynb": "anna",
    "anna@example.org/01_baenken.ipynb": "anna",
    "Anna Ankjær_12345_assignsubmission_file_/01_baenken.ipynb": "anna",
    "submitted/anna/employee/01_baenken.ipynb": "anna",
    "anna/Anna Ankjær.ipynb": "anna",
    "Kopi af Bo Bang.ipynb": "bo",
    "fra bo/01_baenken.ipynb": "bo",
    "bo.docx": "bo",
    "aase.ipynb": "aase",
    "åse ærlig.ipynb": "aase",
    unicodedata.normalize("NFD", "Åse Ærlig.ipynb"): "aase",
    unicodedata.normalize("NFC", "Åse Ærlig.ipynb"): "aase",
    "AASE AERLIG/x.ipynb": "aase",
    "01_baenken.ipynb": None,
    "Bo Bang Hansen.ipynb": None,
    "Annas svar.ipynb": None,
    "anna/bo.ipynb": None,
    "anna og bo.ipynb": None,
    "../anna/../x.ipynb": "anna",
    "a,b.ipynb": None,
    "": None,
}


@pytest.mark.parametrize(("name", "who"), NAMES.items())
def test_who_a_file_is_from(name: str, who: str | None) -> None:
    senders = Senders(STAFF, ["employee", "01_baenken", "Din egen bænk?"])
    found = senders.of(name.split("/"))
    assert (found.id if isinstance(found, Person) else None) == who


def test_two_of_one_name_are_nobody() -> None:
    senders = Senders([Person("bo1", "Bo Bang"), Person("bo2", "Bo  Bang")])
    found = senders.of(["Bo Bang.ipynb"])
    assert isinstance(found, Nobody)
    assert "bo1, bo2" in found.reason
    assert senders.of(["bo2", "Bo Bang.ipynb"]) == Person("bo2", "Bo  Bang"), "the folder settles it"


def test_an_id_that_begins_another_is_told_apart() -> None:
    anna, other = Person("anna", "A"), Person("anna-b", "B")
    assert Senders([anna, other]).of(["anna-b_01.ipynb"]) == other
    assert Senders([anna, other]).of(["anna_01.ipynb"]) == anna
    found = Senders([anna, other], ["b_test"]).of(["anna-b_01.ipynb"])
    assert isinstance(found, Nobody), "anna's b, or anna-b's"


# What becomes of it.


def test_a_folder_is_taken_in_and_the_same_again_changes_nothing(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna/01_baenken.ipynb", good)
    put(folder, "fra Bo Bang.zip", zipped({"01_baenken.ipynb": good}))
    put(folder, "aase/timestamp.txt", b"2026-11-01")
    assert [(line.person, line.became) for line in take()] == [("anna", "stored"), ("bo", "stored")]
    state = reflections.of(staffed, mini_course, "anna", ACTIVITY)
    assert (state.status, list(state.answers)) == ("sent", GOOD)
    assert cell_of(staffed, mini_course, cohort, "bo").state == "checked"
    assert cell_of(staffed, mini_course, cohort, "aase").state == "not_submitted"
    assert {line.became for line in take()} == {"unchanged"}


def test_one_notebook_with_the_person_named(take: Take, folder: Path, good: bytes) -> None:
    path = put(folder, "uden navn.ipynb", good)
    assert take(path)[0].became == "refused"
    assert take(path, person="aase") == [Line("uden navn.ipynb", "stored", "aase", ACTIVITY)]
    with pytest.raises(UnknownPerson):
        take(path, person="nobody")
    with pytest.raises(KeyError):
        take(path, assignments=["other"])


def test_what_is_not_certain_is_told_and_shown_to_the_trainer(
    take: Take, folder: Path, good: bytes, staffed: Register, cohort: Cohort
) -> None:
    put(folder, "uden navn.ipynb", good)
    for _again in range(2):
        (line,) = take()
        assert (line.became, line.person) == ("refused", "")
        assert "not certain" in told([line])
        (receipt,) = reflections.receipts_of(staffed, cohort.id)
        assert "post/uden navn.ipynb" in receipt.reason


def test_what_cannot_be_read_is_a_state_with_a_reason(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna.ipynb", good[:100])
    put(folder, "bo.docx", b"PK")
    put(folder, "aase/01_baenken.ipynb", b"x" * (limits.MOST_BYTES + 1))
    assert {line.became for line in take()} == {"refused"}
    for person, why in (("anna", "damaged"), ("bo", "not a notebook"), ("aase", "larger than 2 MB")):
        found = cell_of(staffed, mini_course, cohort, person)
        assert (found.state, why in found.reason) == ("could_not_check", True)


def test_a_bad_copy_does_not_hide_a_good_one(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna/01_baenken.ipynb", b"", age=10)
    take()
    assert cell_of(staffed, mini_course, cohort, "anna").state == "could_not_check"
    put(folder, "anna.zip", zipped({"01_baenken.ipynb": good, "brev.docx": b"PK"}))
    for _again in range(2):  # the bad copy still lies there
        take(received=datetime.now(UTC) - timedelta(days=2))
        assert cell_of(staffed, mini_course, cohort, "anna").state == "checked"


def test_an_unsolved_exercise_is_not_submitted(
    take: Take, folder: Path, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna.ipynb", packed(the_source(mini_course).released))
    assert [line.became for line in take()] == ["empty"]
    assert cell_of(staffed, mini_course, cohort, "anna") == Cell()


def test_a_deleted_answer_cell_is_told(
    take: Take, folder: Path, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    notebook = filled(the_source(mini_course))
    notebook["cells"].remove(cell(notebook, ACTIVITY))
    put(folder, "anna.ipynb", packed(notebook))
    assert [line.became for line in take()] == ["refused"]
    found = cell_of(staffed, mini_course, cohort, "anna")
    assert (found.state, found.reason) == ("could_not_check", "The cell for the answer was deleted.")


def test_a_text_without_its_form_is_kept_and_told(
    take: Take, folder: Path, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna.ipynb", packed(filled(the_source(mini_course), ["Hemmelig tekst.", ""])))
    lines = take()
    assert lines[0].became == "stored"
    assert "not answered" in told(lines)
    assert "Hemmelig" not in repr(lines)
    assert cell_of(staffed, mini_course, cohort, "anna").state == "not_passed"
    assert reflections.of(staffed, mini_course, "anna", ACTIVITY).answers[0] == "Hemmelig tekst."


def test_a_cpr_number_is_stopped_before_anything_is_stored(
    take: Take, folder: Path, staffed: Register, mini_course: Course, cohort: Cohort, tmp_path: Path
) -> None:
    put(folder, "anna.ipynb", packed(filled(the_source(mini_course), [HAPPENED, "Hun har 010190-1234."])))
    put(folder, "010190-1234.ipynb", b"")
    lines = take()
    assert {line.became for line in lines} == {"refused"}
    assert cell_of(staffed, mini_course, cohort, "anna").state == "could_not_check"
    assert "010190" not in repr((lines, reflections.receipts_of(staffed, cohort.id)))
    for path in (tmp_path / "data").rglob("*"):
        assert path.is_dir() or b"010190" not in path.read_bytes()


def test_of_two_files_the_newer_counts(
    take: Take, folder: Path, good: bytes, another: bytes, staffed: Register, mini_course: Course
) -> None:
    put(folder, "anna.ipynb", good, age=600)
    put(folder, "anna (1).ipynb", another, age=60)
    put(folder, "anna (2).ipynb", another, age=90)
    became = {line.file: line.became for line in take()}
    assert became == {
        "post/anna.ipynb": "older",
        "post/anna (1).ipynb": "stored",
        "post/anna (2).ipynb": "unchanged",
    }
    assert "En anden" in reflections.of(staffed, mini_course, "anna", ACTIVITY).answers[1]


def test_two_texts_from_the_same_moment_are_nobodys_choice_but_the_trainers(
    take: Take, folder: Path, good: bytes, another: bytes
) -> None:
    path = put(folder, "anna.ipynb", good)
    os.utime(put(folder, "anna (1).ipynb", another), (path.stat().st_mtime, path.stat().st_mtime))
    lines = take()
    assert [line.became for line in lines] == ["refused", "refused"]
    assert "two different texts" in told(lines)


def test_what_was_sent_on_the_page_since_is_not_replaced(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course
) -> None:
    put(folder, "anna.ipynb", good)
    take()
    newer = [HAPPENED, NEXT + " Det er nyt."]
    key = "00000000-0000-4000-8000-000000000001"
    reflections.submit(staffed, mini_course, "anna", ACTIVITY, key, newer)
    assert [line.became for line in take()] == ["unchanged"], "the same file, collected again"
    put(folder, "anna.ipynb", good.replace(b"Jeg sagde", b"Man sagde"), age=3600)
    assert [line.became for line in take()] == ["older"]
    assert list(reflections.of(staffed, mini_course, "anna", ACTIVITY).answers) == newer


def test_what_is_marked_is_told(
    take: Take,
    folder: Path,
    good: bytes,
    another: bytes,
    staffed: Register,
    mini_course: Course,
    cohort: Cohort,
) -> None:
    from kommune3.register import marks

    put(folder, "anna.ipynb", good)
    take()
    (wanted,) = marks.wanted(staffed, mini_course, cohort.id)
    given = marks.Mark(wanted.submissions[ACTIVITY], "checked", auto=1, manual=4, needs_manual=False)
    marks.write(staffed, mini_course, [given])
    put(folder, "anna.ipynb", another, age=0)
    assert [line.became for line in take()] == ["marked"]
    assert list(reflections.of(staffed, mini_course, "anna", ACTIVITY).answers) == GOOD


@pytest.mark.parametrize(
    ("age", "received", "late"), [(0, None, True), (3 * 86400, None, False), (0, -3, False)]
)
def test_lateness_goes_by_the_file_or_by_what_the_trainer_says(
    take: Take,
    folder: Path,
    good: bytes,
    staffed: Register,
    mini_course: Course,
    cohort: Cohort,
    age: int,
    received: int | None,
    late: bool,
) -> None:
    now = datetime.now(UTC)
    cohorts.set_deadline(staffed, cohort.id, date.today() - timedelta(days=2), "bo")
    put(folder, "anna.ipynb", good, age=age)
    take(received=now + timedelta(days=received) if received else None)
    assert cell_of(staffed, mini_course, cohort, "anna").late is late


def test_a_clock_gone_wrong_does_not_count(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "anna.ipynb", good, age=-86400)
    put(folder, "bo.ipynb", good, age=40 * 365 * 86400)
    take()
    for person in ("anna", "bo"):
        at = cell_of(staffed, mini_course, cohort, person).at
        assert at is not None
        assert abs((datetime.now(UTC) - at).total_seconds()) < 3600


def test_a_politician_who_mails_it_shares_it(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course, cohort: Cohort
) -> None:
    put(folder, "pia.ipynb", good)
    assert take()[0].became == "stored"
    assert cohorts.text(staffed, mini_course, "bo", "pia", ACTIVITY).answers[0] == HAPPENED


def test_what_is_asked_for_wrongly_stores_nothing(
    take: Take, folder: Path, good: bytes, staffed: Register, mini_course: Course
) -> None:
    put(folder, "anna.ipynb", good)
    with pytest.raises(FileNotFoundError):
        take(folder, folder / "missing.zip")
    with pytest.raises(UnknownCohort):
        Collector(staffed, mini_course, "../x")
    assert reflections.of(staffed, mini_course, "anna", ACTIVITY).status == "none"


# Zips and folders that mean harm, or were made by another system.


def info(name: str, kind: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, (2026, 11, 20, 12, 0, 0))
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = (kind | 0o644) << 16
    return made


def zip_of(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in entries:
            opened.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    "name", ["../anna.ipynb", "x/../../anna.ipynb", "/anna.ipynb", "C:\\anna.ipynb", "..\\anna.ipynb"]
)
def test_names_that_lead_out_are_refused(take: Take, folder: Path, good: bytes, name: str) -> None:
    put(folder, "mail.zip", zip_of((name, good), ("bo.ipynb", good)))
    before = sorted(folder.parent.rglob("*"))
    became = {line.person: line.became for line in take()}
    assert became == {"anna": "refused", "bo": "stored"}
    assert [path for path in sorted(folder.parent.rglob("*")) if "data" not in path.parts] == [
        path for path in before if "data" not in path.parts
    ]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_in_a_zip_are_not_followed(
    take: Take, folder: Path, good: bytes, kind: int
) -> None:
    put(folder, "mail.zip", zip_of((info("anna.ipynb", kind), b"/etc/passwd"), ("bo.ipynb", good)))
    assert {line.person: line.became for line in take()} == {"anna": "refused", "bo": "stored"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_links_in_a_folder_are_not_followed(take: Take, folder: Path, good: bytes, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/anna.ipynb", good)
    (folder / "anna.ipynb").symlink_to(outside)
    (folder / "bo").symlink_to(outside.parent, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "aase.ipynb")
    assert {line.became for line in take()} == {"refused"}
    assert {line.person for line in take()} == {"anna", "bo", "aase", ""}


def test_ten_thousand_files_are_too_many(take: Take, folder: Path) -> None:
    put(folder, "mail.zip", zip_of(*((f"{n}.ipynb", b"") for n in range(10_000))))
    (line,) = take()
    assert "more than 5000 files" in told([line])


def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(take: Take, folder: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 4_000_000_000, 0, 0)
    put(folder, "mail.zip", b"PK\x03\x04" + end)
    assert "more than 5000 files" in told(take())


def test_a_bomb_is_stopped(take: Take, folder: Path, good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    big = b" " * limits.MOST_BYTES
    put(folder, "bo.zip", zip_of(("01_baenken.ipynb", good)))
    put(folder, "mail.zip", zip_of(*((f"{n}.ipynb", big) for n in range(30))))
    lines = take()
    assert "grows without end" in told(lines)
    assert len(lines) < 15
    assert [line.became for line in lines if line.person == "bo"] == ["stored"]


def test_a_lie_about_the_size_does_not_help(take: Take, folder: Path) -> None:
    data = zip_of(("anna.ipynb", b" " * 5_000_000))
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(sign) + place
        data = data[:at] + struct.pack("<L", 10) + data[at + 4 :]
    put(folder, "mail.zip", data)
    assert [line.became for line in take()] == ["refused"]


def broken_directory(data: bytes) -> bytes:
    return data.replace(b"PK\x01\x02", b"PK\x01\x09")


def other_name(data: bytes) -> bytes:
    at = data.rindex(b"anna.ipynb")
    return data[:at] + b"aase" + data[at + 4 :]


def encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\1\0" + data[at + 2 :]


def odd_method(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 10
    return data[:at] + b"\x63\0" + data[at + 2 :]


def cut_off(data: bytes) -> bytes:
    return data[:-30]


def other_content(data: bytes) -> bytes:
    at = data.index(b"anna.ipynb") + 40
    return data[:at] + bytes(255 - byte for byte in data[at : at + 20]) + data[at + 20 :]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (broken_directory, "broken"),
        (other_name, "broken"),
        (encrypted, "password"),
        (odd_method, "broken"),
        (cut_off, "broken"),
        (other_content, "broken"),
        (lambda data: b"", "broken"),
        (lambda data: b"not a zip", "broken"),
    ],
)
def test_a_broken_zip_is_told(
    take: Take, folder: Path, good: bytes, change: Callable[[bytes], bytes], why: str
) -> None:
    put(folder, "mail.zip", change(zip_of((info("anna.ipynb"), good))))
    put(folder, "bo.zip", zip_of(("x.ipynb", good)))
    lines = take()
    assert {line.became for line in lines if line.person != "bo"} == {"refused"}
    assert why in told(lines)
    assert [line.became for line in lines if line.person == "bo"] == ["stored"], "the rest goes on"


def test_a_zip_in_a_zip_is_told(take: Take, folder: Path, good: bytes) -> None:
    put(folder, "mail.zip", zip_of(("anna.zip", zip_of(("01_baenken.ipynb", good)))))
    (line,) = take()
    assert (line.person, line.became) == ("anna", "refused")
    assert "zip inside a zip" in told([line])


def test_two_entries_with_one_name(take: Take, folder: Path, good: bytes, another: bytes) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zip_of(("anna.ipynb", good), ("anna.ipynb", another), ("bo.ipynb", good), ("bo.ipynb", good))
    put(folder, "mail.zip", data)
    became = {(line.person, line.became) for line in take()}
    assert became == {("anna", "refused"), ("bo", "stored"), ("bo", "unchanged")}


@pytest.mark.parametrize(
    ("encoding", "form"), [("cp437", "NFC"), ("cp850", "NFC"), ("utf-8", "NFC"), ("utf-8", "NFD")]
)
def test_names_from_every_system(take: Take, folder: Path, good: bytes, encoding: str, form: Any) -> None:
    name = unicodedata.normalize(form, "Åse Ærlig.ipynb")
    raw = name.encode(encoding)
    plain = "x" * len(raw)
    data = zip_of((info(plain), good)).replace(plain.encode(), raw)
    put(folder, "mail.zip", data)
    assert [(line.person, line.became) for line in take()] == [("aase", "stored")]


def test_what_computers_lay_beside_files_is_left_out(take: Take, folder: Path, good: bytes) -> None:
    put(
        folder, "mail.zip", zip_of(("anna.ipynb", good), ("__MACOSX/._anna.ipynb", b"x"), (".DS_Store", b"x"))
    )
    put(folder, "bo/.ipynb_checkpoints/01_baenken-checkpoint.ipynb", b"x")
    put(folder, "Thumbs.db", b"x")
    assert [(line.person, line.became) for line in take()] == [("anna", "stored")]


def test_a_zip_larger_than_any_mail_is_not_read(
    take: Take, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with put(folder, "anna.zip", b"").open("wb") as file:
        file.truncate(zips.MOST_ZIP + 1)
    assert "larger than 100 MB" in told(take())


def test_names_do_not_steer_the_terminal(take: Take, folder: Path) -> None:
    put(folder, "anna \x1b[2J\u202e.ipynb", b"")
    (line,) = take()
    assert line.file.isprintable()


def test_names_of_files_are_read_as_utf8_whatever_the_locale(tmp_path: Path) -> None:
    folder = tmp_path / "Åse Ærlig"
    folder.mkdir()
    (folder / "svar.ipynb").write_bytes(b"{}")
    script = (
        "import sys; from pathlib import Path; from kommune3.grading.unpack import gather;"
        "[found] = gather(Path(sys.argv[1])); sys.stdout.buffer.write(found.parts[0].encode())"
    )
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env=os.environ | ascii_only,
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode() == "Åse Ærlig"
