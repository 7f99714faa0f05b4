"""CSV and XLSX: the same lines as the list, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import Person, Register, open_register, samples
from kommune3.register.tables import CompletionRow
from kommune3.report import Query, csv_chunks, line_of, listing, status_word, write_csv, write_xlsx, xlsx_book
from kommune3.report.csv_export import RISKY, safe
from kommune3.report.xlsx_cells import escaped
from registering import add, complete, lay

pytestmark = pytest.mark.usefixtures("english")

EVIL = (
    Person("e1", '=HYPERLINK("http://x")', unit="+1", role="employee"),
    Person("e2", "@SUM(1)", unit="-2", role="employee"),
    Person("e3", "<script>&amp;</script>", unit='A;"B"', role="employee"),
    Person("e4", "_x0041_ 👩🏽‍🚒", unit="Ærø", role="employee"),
    Person("-5", "\t=1", unit="\r=1", role="employee"),
    Person("e6", "NUL\x00\x0b\ufffe", unit="'", role="employee"),
    Person("pol", "Per Politiker", unit="Byrådet", role="politician"),
)


def to_csv(register: Register, course: Course, **query: str) -> list[list[str]]:
    file = io.BytesIO()
    write_csv(register, course, Query(**query), file)
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))


def to_xlsx(register: Register, course: Course, **query: str) -> tuple[Workbook, bytes]:
    file = io.BytesIO()
    write_xlsx(register, course, Query(**query), file)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue())), file.getvalue()


def test_csv_has_a_line_per_person_and_module(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    rows = to_csv(staffed, mini_course, search="anna")
    today = clock.today().isoformat()
    assert rows == [
        ["Id", "Name", "Unit", "Role", "Module", "Status", "Completed on", "Course version", "Evidence"],
        [
            "anna",
            "Anna Ankjær",
            "Skole",
            "Medarbejder",
            "Et opkald om bænken",
            "completed",
            today,
            "2026.11",
            "checked by the course",
        ],
        ["anna", "Anna Ankjær", "Skole", "Medarbejder", "Bænken i parken", "not started", "", "", ""],
    ]


def test_exports_have_the_newest_completion_on_the_day_it_was_here(
    staffed: Register, mini_course: Course
) -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    with staffed.write() as session:
        for version, at in (("2026.1", late - timedelta(days=9)), ("2026.2", late)):
            completion = CompletionRow(person_id="anna", module="employee-01", course_version=version)
            completion.evidence, completion.completed_at = "approved", at
            session.add(completion)
    row = to_csv(staffed, mini_course, search="anna")[1]
    assert row[6:] == ["2026-07-02", "2026.2", "approved by the trainer"]


def test_a_modules_status_is_the_same_wherever_hr_reads_it(staffed: Register, mini_course: Course) -> None:
    yesterday, gone = clock.today() - timedelta(days=1), clock.today() - timedelta(days=9)
    late = Person("late", "Lars Late", unit="Skole", role="employee", deadline=yesterday)
    left = Person("left", "Lis Left", unit="Skole", role="employee", deadline=gone, left=yesterday)
    add(staffed, [late, left])
    complete(staffed, mini_course, "late", "employee-01")
    titles = {module.title: module.id for module in mini_course.modules}
    for status in ("", "left"):
        found = listing(staffed, mini_course, Query(status=status))
        listed = {
            (line.person.id, one.module): status_word(one.status)
            for line in found.lines
            for one in line.modules
        }
        rows = to_csv(staffed, mini_course, status=status)[1:]
        assert {(row[0], titles[row[4]]): row[5] for row in rows} == listed
        for line in found.lines:
            assert line_of(staffed, mini_course, line.person.id) == line
    assert listed["left", "employee-01"] == "not started", "nobody waits for it"
    late_line = line_of(staffed, mini_course, "late")
    assert late_line is not None
    assert [one.status for one in late_line.modules] == ["completed", "overdue"]
    for nobody in ("pia", "nobody"):
        assert line_of(staffed, mini_course, nobody) is None


def test_csv_runs_no_formula(empty: Register, mini_course: Course) -> None:
    add(empty, EVIL)
    rows = to_csv(empty, mini_course)
    assert len(rows) == 1 + 6 * 2
    assert not [cell for row in rows for cell in row if cell.startswith(RISKY)]
    assert ['\'=HYPERLINK("http://x")', "'+1"] in [row[1:3] for row in rows]
    assert ["<script>&amp;</script>", 'A;"B"'] in [row[1:3] for row in rows]


@given(st.text())
def test_a_safe_cell_starts_no_formula_and_loses_nothing(text: str) -> None:
    assert not safe(text).lstrip().startswith(RISKY)
    assert safe(text).removeprefix("'") == text.removeprefix("'")


def test_exports_ignore_the_page_but_not_the_filters(sampled: Register, mini_course: Course) -> None:
    unit = listing(sampled, mini_course, Query()).units[0]
    expected = listing(sampled, mini_course, Query(unit=unit)).total
    assert len(to_csv(sampled, mini_course, unit=unit)) == 1 + 2 * expected
    assert "".join(csv_chunks(sampled, mini_course, Query(page=7))).count("\r\n") == 1 + 2 * samples.PEOPLE


def test_exports_hold_no_politicians(empty: Register, mini_course: Course) -> None:
    add(empty, EVIL)
    assert "Byrådet" not in repr(to_csv(empty, mini_course))
    raw = zipfile.ZipFile(io.BytesIO(to_xlsx(empty, mini_course)[1]))
    assert not [name for name in raw.namelist() if "Byrådet".encode() in raw.read(name)]


def test_xlsx_has_both_sheets(staffed: Register, mini_course: Course) -> None:
    add(
        staffed,
        [Person("dora", "Dora", unit="Skole", role="employee", deadline=clock.today() - timedelta(days=1))],
    )
    complete(staffed, mini_course, "dora", "employee-01")
    book, _raw = to_xlsx(staffed, mini_course)
    assert book.sheetnames == ["People", "Modules"]
    persons = list(book["People"].iter_rows(values_only=True))
    modules = list(book["Modules"].iter_rows(values_only=True))
    assert [row[0] for row in persons[1:]] == ["anna", "bo", "dora", "aase"]
    assert persons[3][6:9] == ("overdue", 1, 2)
    today = datetime.combine(clock.today(), datetime.min.time())
    assert persons[3][9:11] == (today, today - timedelta(days=1))
    assert len(modules) == 1 + 4 * 2
    assert modules[5][4:] == ("Et opkald om bænken", "completed", today, "2026.11", "checked by the course")
    assert modules[6][4:] == ("Bænken i parken", "overdue", None, None, None)


def test_xlsx_is_laid_out(staffed: Register, mini_course: Course) -> None:
    book, raw = to_xlsx(staffed, mini_course)
    for sheet, last in (("People", "L4"), ("Modules", "I7")):
        assert book[sheet].freeze_panes == "C2"
        assert book[sheet].auto_filter.ref == f"A1:{last}"
        assert book[sheet]["A1"].font.bold
        assert book[sheet].column_dimensions["B"].width > 25
    assert book.properties.title == mini_course.info.title
    assert book.properties.language == "en"
    assert book["Modules"]["G2"].number_format == "General"
    names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("language", "dates"), [("da", "dd-mm-yyyy"), ("nb", "dd.mm.yyyy"), ("sv", "yyyy-mm-dd")]
)
def test_xlsx_writes_dates_as_the_language_does(
    language: str, dates: str, staffed: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    monkeypatch.setattr(xlsx_book, "language", lambda: language)
    book, _raw = to_xlsx(staffed, mini_course)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.is_date]
    assert cells
    assert {cell.number_format for cell in cells} == {dates}


def test_xlsx_of_nobody(empty: Register, mini_course: Course) -> None:
    book, _raw = to_xlsx(empty, mini_course)
    assert [sheet.max_row for sheet in book.worksheets] == [1, 1]


@pytest.mark.parametrize("word", ["Folk/personer: alle [de], der 'er' med i dag", "=1+1", "?", "Ł" * 40])
def test_whatever_the_words_of_a_language_are_the_sheets_have_names(
    word: str, empty: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_book, "_", lambda _text: word)
    found, _raw = to_xlsx(empty, mini_course)
    assert len(found.sheetnames) == 2


def test_xlsx_holds_text_as_text(empty: Register, mini_course: Course) -> None:
    add(empty, EVIL)
    book, raw = to_xlsx(empty, mini_course)
    for sheet in book.worksheets:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert kinds <= {"inlineStr", "s", "n", "d"}
    names = {row[0]: row[1] for row in book["People"].iter_rows(min_row=2, values_only=True)}
    assert names["e1"] == '=HYPERLINK("http://x")'
    assert names["e3"] == "<script>&amp;</script>"
    assert names["e6"] == "NUL"
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_every_row_and_cell_says_where_it_is(sampled: Register, mini_course: Course) -> None:
    _book, raw = to_xlsx(sampled, mini_course)
    for number, rows in ((1, samples.PEOPLE + 1), (2, 2 * samples.PEOPLE + 1)):
        xml = zipfile.ZipFile(io.BytesIO(raw)).read(f"xl/worksheets/sheet{number}.xml").decode()
        assert [int(row) for row in re.findall(r'<row r="(\d+)"', xml)] == list(range(1, rows + 1))
        for row, cells in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', xml):
            assert set(re.findall(r'<c r="[A-Z](\d+)"', cells)) == {row}


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    sampled: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_book, "MOST_ROWS", 30)
    book, _raw = to_xlsx(sampled, mini_course)
    assert book.sheetnames == ["People", "Modules", "Modules 2", "Modules 3"]
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [31, 31, 21]
    together = [
        row[0] for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert together == [row[0] for row in to_csv(sampled, mini_course)[1:]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_any_name_survives_the_spreadsheet(
    tmp_path_factory: pytest.TempPathFactory, blank: Path, mini_course: Course, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("names")
    lay(blank, folder)
    register = open_register(folder)
    printable = [re.sub(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", name) for name in names]
    add(register, [Person(f"p{n}", name, unit="U", role="employee") for n, name in enumerate(printable)])
    book, _raw = to_xlsx(register, mini_course)
    register.close()
    found = {row[0]: row[1] or "" for row in book["People"].iter_rows(min_row=2, values_only=True)}
    assert found == {f"p{n}": name for n, name in enumerate(printable)}


def test_what_looks_escaped_is_escaped() -> None:
    assert escaped("_x0041_") == "_x005F_x0041_"
    assert escaped("a_xyz_") == "a_xyz_"
    assert escaped("a<b>&\x00\ud800c") == "a&lt;b&gt;&amp;c"
