"""The staff list: however a spreadsheet saves it, whatever may be wrong, and what applying it does."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import Person, Register, RosterStale, people, roster_columns, samples
from kommune3.register.roster import Roster, apply, preview, read_roster
from kommune3.register.tables import AuditRow, PersonRow
from registering import complete

pytestmark = pytest.mark.usefixtures("english")

HEADER = "id;navn;e-mail;enhed;rolle;leder;startdato;frist\n"
TWO = HEADER + (
    "anna;Anna Ankjær;anna@example.org;Skole;Medarbejder;bo;01-08-2026;2026-12-31\n"
    "bo;Bo Bang;;Skole;employee;;;31.12.2026\n"
)
PEOPLE = (
    Person(
        "anna",
        "Anna Ankjær",
        "anna@example.org",
        "Skole",
        "employee",
        "bo",
        date(2026, 8, 1),
        date(2026, 12, 31),
    ),
    Person("bo", "Bo Bang", "", "Skole", "employee", "", None, date(2026, 12, 31)),
)


def read(course: Course, text: str | bytes) -> Roster:
    found = read_roster(text.encode() if isinstance(text, str) else text, course)
    assert isinstance(found, Roster), [str(problem) for problem in found]
    return found


def wrong(course: Course, text: str | bytes) -> str:
    found = read_roster(text.encode() if isinstance(text, str) else text, course)
    assert isinstance(found, list)
    return "\n".join(map(str, found))


def use(register: Register, course: Course, text: str) -> None:
    apply(register, preview(register, read(course, text)))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_encodings(mini_course: Course, encoding: str) -> None:
    assert read(mini_course, TWO.encode(encoding)).people == PEOPLE


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(mini_course: Course, separator: str, newline: str) -> None:
    assert read(mini_course, TWO.replace(";", separator).replace("\n", newline)).people == PEOPLE


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_excels_first_line(mini_course: Course, separator: str) -> None:
    assert read(mini_course, f"sep={separator}\r\n" + TWO.replace(";", separator)).people == PEOPLE


def test_headings_as_the_courses_language_has_them(
    mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    swedish = {"name": "Namn", "unit": "Enhet / skola", "role": "Befattning"}
    monkeypatch.setattr(roster_columns, "_", lambda text: swedish.get(text, text))
    found = read(mini_course, "Id,namn,ENHET/SKOLA,befattning\nanna,Anna,Ulfborg,employee\n")
    assert found.people[0].unit == "Ulfborg"


def test_english_headings_blank_lines_and_missing_cells(mini_course: Course) -> None:
    text = '\n"Name","ID","Unit","Role","Start date"\n\n"Ada",ADA,Skole,EMPLOYEE\n,,,,\n'
    assert read(mini_course, text).people == (Person("ada", "Ada", "", "Skole", "employee"),)


def test_a_row_may_end_early(mini_course: Course) -> None:
    text = "role;id;name;unit\nemployee;ada;Ada\n"
    assert read(mini_course, text).people == (Person("ada", "Ada", "", "", "employee"),)
    assert wrong(mini_course, "role;unit;name;id\nemployee\n").startswith("Line 2: An id is 1 to 64")


def test_a_line_break_in_a_field_is_a_space(mini_course: Course) -> None:
    text = 'id;navn;enhed;rolle\nanna;"Anna\r\nAnkjær";"Skole; afd. ""A""";employee\nbo;;x;employee\n'
    assert wrong(mini_course, text) == "Line 4: The name is missing."
    first = read(mini_course, text.rsplit("bo", 1)[0]).people[0]
    assert (first.name, first.unit) == ("Anna Ankjær", 'Skole; afd. "A"')


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("anna;A;S;employee\nANNA;B;S;employee", "Line 3: The id “anna” is also on line 2."),
        ("0101901234;A;S;employee", "Line 2: The id looks like a CPR number."),
        ("anna;A 010190-1234;S;employee", "Line 2: The line holds what looks like a CPR number."),
        ("Å;A;S;employee", "Line 2: An id is 1 to 64 of the characters"),
        (";A;S;employee", "Line 2: An id is 1 to 64 of the characters"),
        (f"{'x' * 65};A;S;employee", "Line 2: An id is 1 to 64 of the characters"),
        ("local;A;S;employee", "Line 2: The id “local” is kept for the course's own use."),
        ("sample-01;A;S;employee", "Line 2: The id “sample-01” is kept for the course's own use."),
        ("anna; ;S;employee", "Line 2: The name is missing."),
        (f"anna;{'A' * 201};S;employee", "Line 2: “name” is longer than 200 characters."),
        (f"anna;A;{'S' * 10_000};employee", "Line 2: “unit” is longer than 200 characters."),
        ("anna;A;S;chef", "Line 2: The course has no role “chef”. The roles are: Medarbejder, Politiker."),
        ("anna;A;S;", "Line 2: The course has no role “”."),
        ("anna;A\0;S;employee", "Line 2: The line holds control characters."),
        ("anna;A\x1b[31m;S;employee", "Line 2: The line holds control characters."),
        ("anna;A\u202egnp.exe;S;employee", "Line 2: The line holds control characters."),
        ("anna;A;S;employee;extra;more", "Line 2: There are more fields than columns."),
        ('anna;"A;S;employee\nbo;B;S;employee', "The quotation marks do not match."),
        ("anna;" + "A" * 200_000 + ";S;employee", "A field is far too long."),
    ],
)
def test_what_is_wrong_is_named_with_its_line(mini_course: Course, rows: str, message: str) -> None:
    found = wrong(mini_course, f"id;navn;enhed;rolle\n{rows}\n")
    assert message in found
    assert "1234" not in found


@pytest.mark.parametrize(
    "header",
    [
        "Ansattnummer;Navn;E-post;Enhet;Rolle;Nærmeste leder;Ansettelsesdato;Frist",
        "Ansatt-ID;Namn;E-post;Eining;Rolle;Leiar;Startdato;Frist",
        "Anställningsnummer;Namn;E-postadress;Avdelning;Roll;Närmaste chef;Anställningsdatum;Tidsfrist",
        "Användarnamn;Fullständigt namn;E-post;Enhet;Roll;Förman;Startdatum;Deadline",
    ],
)
def test_neighbours_call_the_columns_what_they_do(mini_course: Course, header: str) -> None:
    found = read(mini_course, f"{header}\n" + TWO.split("\n", 1)[1])
    assert (found.people, found.warnings) == (PEOPLE, ())


@pytest.mark.parametrize(
    "value", ["2026-12-31", "2026-12-31 00:00:00", "2026-12-31T00:00", "31-12-2026 00:00", "31/12/2026"]
)
def test_a_date_may_have_midnight_behind_it(mini_course: Course, value: str) -> None:
    (person,) = read(mini_course, f"id;navn;enhed;rolle;frist\na;A;S;employee;{value}\n").people
    assert person.deadline == date(2026, 12, 31)


@pytest.mark.parametrize(
    "value",
    ["31-02-2026", "2026", "i morgen", "1/1/26", "2026-13-01", "2026-12-31 13:37", "1-8-0226", "1899-12-30"],
)
@pytest.mark.parametrize("column", ["startdato", "frist"])
def test_dates_that_are_none(mini_course: Course, column: str, value: str) -> None:
    found = wrong(mini_course, f"id;navn;enhed;rolle;{column}\na;A;S;employee;{value}\n")
    assert found == f"Line 2: “{value}” is not a date. Write 2026-12-31 or 31-12-2026."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (HEADER.encode(), "The file names the columns, but holds no people."),
        (b"id;navn\n1;A\n", "Line 1: These columns are missing: unit, role."),
        (b"id;navn;name;enhed;rolle\n1;A;B;C;D\n", "Line 1: Several columns mean the same: name."),
        (b"PK\x03\x04\x14\x00\x06\x00", "This is a spreadsheet, not a CSV file."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a spreadsheet, not a CSV file."),
        (b"%PDF-1.7\n", "This is a PDF, not a CSV file."),
        (b"\xff\xfea", "The file is damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "These columns are missing"),
        (b"x" * 20_000_001, "The file is larger than 20 MB."),
    ],
)
def test_files_that_are_no_roster(mini_course: Course, data: bytes, message: str) -> None:
    assert message in wrong(mini_course, data)


def test_only_the_first_problems_are_listed(mini_course: Course) -> None:
    found = read_roster(("id;navn;enhed;rolle\n" + "Å;A;S;employee\n" * 5000).encode(), mini_course)
    assert isinstance(found, list)
    assert len(found) == 101
    assert "first 100" in str(found[-1])


def test_warnings_stop_nothing(mini_course: Course) -> None:
    text = "id;navn;enhed;rolle;leder;løntrin\nanna;A;S;employee;zoe;47\n"
    assert [str(warning) for warning in read(mini_course, text).warnings] == [
        "Line 1: These columns are not used: løntrin.",
        "Line 2: The manager “zoe” is not in the list.",
    ]


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_file_breaks_the_reader(mini_course: Course, data: bytes) -> None:
    found = read_roster(data, mini_course)
    assert isinstance(found, Roster) or all(str(problem) for problem in found)


def composed(text: str) -> str:
    return normalize("NFC", text)


NAMES = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\u2028\ufffd"), min_size=1, max_size=30
).map(composed)
DATES = st.none() | st.dates(min_value=date(1900, 1, 1))
STAFF = st.lists(
    st.builds(
        Person,
        id=st.from_regex(r"[a-z][a-z_-]{0,20}", fullmatch=True),
        name=NAMES.filter(lambda name: not any(sign.isdigit() for sign in name)),
        unit=NAMES,
        role=st.sampled_from(["employee", "politician"]),
        start=DATES,
        deadline=DATES,
    ).filter(lambda person: person.id != "local" and not person.id.startswith("sample-")),
    unique_by=lambda person: person.id,
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    staff=STAFF, separator=st.sampled_from(";,\t"), encoding=st.sampled_from(["utf-8-sig", "utf-8", "utf-16"])
)
def test_what_is_written_is_read(
    mini_course: Course, staff: list[Person], separator: str, encoding: str
) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerow(["navn", "rolle", "id", "frist", "startdato", "enhed"])
    for p in staff:
        writer.writerow([p.name, p.role, p.id, p.deadline or "", p.start or "", p.unit])
    assert read(mini_course, file.getvalue().encode(encoding)).people == tuple(staff)


def test_a_first_import(empty: Register, mini_course: Course) -> None:
    seen = preview(empty, read(mini_course, TWO))
    assert (seen.new, seen.changed, seen.leaving, seen.unchanged) == (PEOPLE, (), (), 0)
    assert people.get(empty, "anna") is None
    apply(empty, seen)
    assert people.get(empty, "anna") == PEOPLE[0]
    again = preview(empty, read(mini_course, TWO))
    assert (again.new, again.changed, again.leaving, again.unchanged) == ((), (), (), 2)


def test_changes_are_shown_from_and_to(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    seen = preview(empty, read(mini_course, TWO.replace("Skole;Medarbejder", "Børnehus;Politiker")))
    assert [(c.person.id, dict(c.fields)) for c in seen.changed] == [
        ("anna", {"unit": ("Skole", "Børnehus"), "role": ("employee", "politician")})
    ]
    apply(empty, seen)
    found = people.get(empty, "anna")
    assert found is not None
    assert found.unit == "Børnehus"


def test_leavers_are_marked_and_kept_and_may_return(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    complete(empty, mini_course, "bo", "employee-01")
    without = TWO[: TWO.index("bo;Bo")]
    seen = preview(empty, read(mini_course, without))
    assert [person.id for person in seen.leaving] == ["bo"]
    apply(empty, seen)
    assert people.get(empty, "bo") == replace(PEOPLE[1], left=clock.today())
    assert len(people.export(empty, "bo")["completions"]) == 1
    assert preview(empty, read(mini_course, without)).leaving == ()
    back = preview(empty, read(mini_course, TWO))
    assert [person.id for person in back.returning] == ["bo"]
    assert back.unchanged == 1
    apply(empty, back)
    assert people.get(empty, "bo") == PEOPLE[1]


def test_the_local_person_and_samples_are_left_alone(empty: Register, mini_course: Course) -> None:
    people.ensure_local(empty)
    samples.add(empty, mini_course)
    use(empty, mini_course, TWO)
    with empty.read() as session:
        assert set(session.scalars(select(PersonRow.left))) == {None}
        assert len(list(session.scalars(select(PersonRow.id)))) == samples.PEOPLE + 3


def test_a_preview_of_another_register_state_is_refused(empty: Register, mini_course: Course) -> None:
    stale = preview(empty, read(mini_course, TWO))
    use(empty, mini_course, TWO.replace("Bo Bang", "Bo Bong"))
    with pytest.raises(RosterStale, match="Upload the file again"):
        apply(empty, stale)
    found = people.get(empty, "bo")
    assert found is not None
    assert found.name == "Bo Bong"


def test_learning_does_not_make_a_preview_stale(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    seen = preview(empty, read(mini_course, TWO.replace("Bo Bang", "Bo Bong")))
    complete(empty, mini_course, "bo", "employee-01")
    apply(empty, seen)


def test_many_leavers_are_worth_a_warning(empty: Register, mini_course: Course) -> None:
    rows = "".join(f"p{number};P;S;employee\n" for number in range(20))
    use(empty, mini_course, "id;navn;enhed;rolle\n" + rows)
    seen = preview(empty, read(mini_course, "id;navn;enhed;rolle\np1;P;S;employee\n"))
    assert "19 of 20 people are not in the file" in str(seen.warnings[0])


def test_what_the_file_has_no_column_for_stays(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    fewer = "id;navn;enhed;rolle;frist (dag)\nanna;Anna Ankjær;Havn;employee;\nbo;Bo Bang;Skole;employee;\n"
    seen = preview(empty, read(mini_course, fewer))
    assert [(c.person.id, dict(c.fields)) for c in seen.changed] == [("anna", {"unit": ("Skole", "Havn")})]
    said = "\n".join(map(str, seen.warnings))
    assert "The file has no column “deadline”: what is known of 2 people stays." in said
    assert "The file has no column “manager”: what is known of 1 person stays." in said
    apply(empty, seen)
    assert people.get(empty, "anna") == replace(PEOPLE[0], unit="Havn")
    assert people.get(empty, "bo") == PEOPLE[1]
    cleared = preview(empty, read(mini_course, TWO.replace("2026-12-31", "")))
    assert next(dict(c.fields) for c in cleared.changed)["deadline"] == (date(2026, 12, 31), None)


def test_a_file_without_a_column_leaves_newcomers_without(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, "id;navn;enhed;rolle\nny;Ny;Skole;employee\n")
    assert people.get(empty, "ny") == Person("ny", "Ny", "", "Skole", "employee")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("00360;Eva Lind;Skole;employee;", "360;Eva Lind;Skole;employee;"),
        ("eli;Eva Lind;Skole;employee;eva@example.org", "elind;Eva Lind;Skole;employee;Eva@example.org"),
    ],
)
def test_whoever_would_begin_anew_under_another_id_is_pointed_out(
    empty: Register, mini_course: Course, before: str, after: str
) -> None:
    header = "id;navn;enhed;rolle;e-mail\n"
    use(empty, mini_course, f"{header}{before}\nbo;Bo;Skole;employee;\n")
    said = str(preview(empty, read(mini_course, f"{header}{after}\nbo;Bo;Skole;employee;\n")).warnings[0])
    names = [row.split(";")[0] for row in (before, after)]
    assert "1 person leaves under one id and begins anew under another: “{}” as “{}”.".format(*names) in said
    other = preview(empty, read(mini_course, f"{header}ny;Ny;Skole;employee;\nbo;Bo;Skole;employee;\n"))
    assert other.warnings == ()


def test_a_field_that_somebody_chooses_meanwhile_is_kept(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    seen = preview(
        empty,
        read(
            mini_course,
            TWO.replace("Bo Bang", "Bo Bong").split("anna;")[0] + "bo;Bo Bong;;Skole;employee;;;31.12.2026\n",
        ),
    )
    for one in ("anna", "bo"):
        people.set_role(empty, one, "employee", "skole")
    apply(empty, seen)
    found = {one: people.get(empty, one) for one in ("anna", "bo")}
    assert [(one.work_field, one.left is None) for one in found.values() if one] == [
        ("skole", False),
        ("skole", True),
    ]
    assert found["bo"] is not None
    assert found["bo"].name == "Bo Bong"


def test_an_import_is_logged_without_names(empty: Register, mini_course: Course) -> None:
    use(empty, mini_course, TWO)
    with empty.read() as session:
        line = session.scalars(select(AuditRow)).one()
    assert line.action == "roster_imported"
    assert line.detail == {"new": 2, "changed": 0, "returning": 0, "leaving": 0, "unchanged": 0}


@pytest.mark.slow
def test_a_hundred_thousand_rows(empty: Register, mini_course: Course) -> None:
    """That it works at all; how long it takes is benchmarked, and a square would run out of time."""
    text = HEADER + "".join(
        f"m{n};Ærlig Åse {n};;Skole {n % 200};employee;m{n // 10};01-02-2024;31.12.2026\n"
        for n in range(100_000)
    )
    use(empty, mini_course, text)
    with empty.read() as session:
        assert session.scalar(select(func.count()).select_from(PersonRow)) == 100_000


def test_letters_of_two_signs_become_one(mini_course: Course) -> None:
    person = read(mini_course, HEADER + "d1;A\u030ase;;Ba\u030adhuset;employee;;;\n").people[0]
    assert (person.name, person.unit) == ("\u00c5se", "B\u00e5dhuset")


def test_letters_that_cannot_be_read_stop_the_import(mini_course: Course) -> None:
    data = (HEADER + "d1;\u00c5se;;Skole;employee;;;\n").encode("mac_roman")
    assert "letters that cannot be read" in wrong(mini_course, data)


@pytest.mark.parametrize("twice", [False, True])
def test_letters_that_were_read_wrongly_stop_the_import(mini_course: Course, twice: bool) -> None:
    """One line of another encoding in a file of UTF-8, or a file that was encoded twice."""
    data = (HEADER + "d1;J\u00f8rgen \u00c6r\u00f8;;Skole;employee;;;\n").encode()
    if twice:
        data = data.decode("cp1252").encode()
    else:
        data += "d2;\u00c5se;;Skole;employee;;;\n".encode("latin-1")
    assert "Line 2: The line holds letters that cannot be read." in wrong(mini_course, data)


def test_names_with_a_tilde_are_none_of_these(mini_course: Course) -> None:
    name = "Jo\u00e3o S\u00c3O \u00c3\u00f8 \u00c3"
    assert read(mini_course, HEADER + f"d1;{name};;Skole;employee;;;\n").people[0].name == name


def test_commas_before_the_heading_are_a_blank_line(mini_course: Course) -> None:
    assert read(mini_course, ",,,\nid,navn,enhed,rolle\na,A,S,employee\n").people[0].id == "a"


def test_names_of_unseen_signs_are_refused(mini_course: Course) -> None:
    assert "control characters" in wrong(mini_course, HEADER + "d1;\u200b;;Skole;employee;;;\n")
