"""HR's list: who is on it, who never is, filters, pages and totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kommune3 import report
from kommune3.content import Course
from kommune3.engine import clock
from kommune3.register import Person, Register, people
from kommune3.register.roster import apply, preview, read_roster
from kommune3.report import Counts, Query, listing, text_table
from registering import add, complete, do

pytestmark = pytest.mark.usefixtures("english")


def a_class() -> tuple[Person, ...]:
    """As of today: it may have become another day since these tests were loaded."""
    today = clock.today()
    late = today - timedelta(days=1)
    return (
        Person("done", "Dorte Done", unit="Skole", role="employee", deadline=late),
        Person("late", "Lars Late", unit="Skole", role="employee", deadline=late),
        Person("begun", "Bodil Begun", unit="Skole", role="employee", deadline=today),
        Person("new", "Åse Ny 100%", unit="Vej_Park", role="employee"),
        Person("pol", "Per Politiker", unit="Byrådet", role="politician"),
        Person("none", "Nils Ingenrolle", unit="Skole"),
    )


@pytest.fixture
def full(empty: Register, mini_course: Course) -> Register:
    """A register with a class in it, each standing as their name says."""
    add(empty, a_class())
    for module in ("employee-01", "common-01"):
        complete(empty, mini_course, "done", module)
    complete(empty, mini_course, "late", "employee-01")
    do(empty, mini_course, "begun", "opkaldet", "sporg")
    complete(empty, mini_course, "pol", "common-01")
    return empty


def ids(register: Register, course: Course, **query: object) -> list[str]:
    return [line.person.id for line in listing(register, course, Query(**query)).lines]  # type: ignore[arg-type]


def test_an_empty_register(empty: Register, mini_course: Course) -> None:
    found = listing(empty, mini_course, Query())
    assert (found.lines, found.total, found.page, found.pages, found.units) == ([], 0, 1, 1, [])
    assert found.totals.people.total == 0
    assert text_table(found, mini_course) == "Nobody matches."


def test_lines_tell_how_far_everybody_is(full: Register, mini_course: Course) -> None:
    lines = {line.person.id: line for line in listing(full, mini_course, Query()).lines}
    assert {k: (line.status, line.done, line.required) for k, line in lines.items()} == {
        "begun": ("started", 0, 2),
        "done": ("completed", 2, 2),
        "late": ("overdue", 1, 2),
        "new": ("not_started", 0, 2),
    }
    assert [m.module for m in lines["late"].modules] == ["employee-01", "common-01"]
    assert [m.status for m in lines["late"].modules] == ["completed", "overdue"]
    last = lines["done"].last
    assert last is not None
    assert last == max(m.at for m in lines["done"].modules if m.at)
    assert lines["new"].last is None


def test_names_are_in_danish_order(full: Register, mini_course: Course) -> None:
    assert ids(full, mini_course) == ["begun", "done", "late", "new"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "completed"}, ["done"]),
        ({"status": "overdue"}, ["late"]),
        ({"status": "started"}, ["begun"]),
        ({"status": "not_started"}, ["new"]),
        ({"status": "left"}, []),
        ({"status": "nonsense"}, []),
        ({"unit": "Skole"}, ["begun", "done", "late"]),
        ({"unit": "Skole", "status": "overdue"}, ["late"]),
        ({"unit": "Vej_Park", "status": "overdue"}, []),
        ({"unit": "skole"}, []),
        ({"role": "employee"}, ["begun", "done", "late", "new"]),
        ({"role": "leader"}, []),
        ({"search": "åSE"}, ["new"]),
        ({"search": "A\u030aSE"}, ["new"]),  # as a Mac may send it
        ({"search": "skole d"}, ["begun", "done"]),
        ({"search": "%"}, ["new"]),
        ({"search": "_"}, ["new"]),
        ({"search": "' OR 1=1 --"}, []),
        ({"search": "x" * 10_000}, []),
    ],
)
def test_filters(full: Register, mini_course: Course, query: dict[str, object], expected: list[str]) -> None:
    assert ids(full, mini_course, **query) == expected


@pytest.mark.parametrize(
    "query", [{}, {"role": "politician"}, {"unit": "Byrådet"}, {"search": "politiker"}, {"role": ""}]
)
def test_politicians_are_never_read(full: Register, mini_course: Course, query: dict[str, str]) -> None:
    found = listing(full, mini_course, Query(**query))
    seen = repr(found)
    assert "pol" not in {line.person.id for line in found.lines}
    assert "Byrådet" not in seen
    assert "Politiker" not in seen
    assert set(found.totals.roles) <= {"employee"}


def test_politicians_are_seen_where_the_course_says_so(full: Register, mini_course: Course) -> None:
    info = mini_course.info.model_copy(update={"hr_sees_roles": ("politician",)})
    course = replace(mini_course, manifest=mini_course.manifest.model_copy(update={"course": info}))
    assert ids(full, course) == ["pol"]


def test_totals_count_everybody_once(full: Register, mini_course: Course) -> None:
    totals = listing(full, mini_course, Query()).totals
    assert totals.people == Counts(1, 1, 1, 1)
    assert totals.roles == {"employee": Counts(1, 1, 1, 1)}
    assert totals.units == {"Skole": Counts(0, 1, 1, 1), "Vej_Park": Counts(1, 0, 0, 0)}
    by_module = {module.module: module for module in totals.modules}
    assert by_module["employee-01"].counts == Counts(not_started=1, started=1, completed=2, overdue=0)
    assert by_module["common-01"].counts == Counts(not_started=2, started=0, completed=1, overdue=1)
    assert by_module["common-01"].units["Vej_Park"] == Counts(not_started=1)
    assert by_module["common-01"].roles["employee"].total == 4


def test_whoever_has_done_what_is_required_is_late_with_nothing(full: Register, mini_course: Course) -> None:
    modules = tuple(
        one.model_copy(update={"required": ()}) if one.id == "common-01" else one
        for one in mini_course.modules
    )
    course = replace(mini_course, manifest=mini_course.manifest.model_copy(update={"modules": modules}))
    found = listing(full, course, Query(search="late"))
    (line,) = found.lines
    assert (line.status, [one.status for one in line.modules]) == ("completed", ["completed", "not_started"])
    extra = next(one for one in found.totals.modules if one.module == "common-01")
    assert extra.counts == Counts(not_started=3, completed=1)


def test_totals_follow_unit_and_role_but_not_status_and_search(full: Register, mini_course: Course) -> None:
    totals = listing(full, mini_course, Query(unit="Skole", status="overdue", search="lars")).totals
    assert totals.people == Counts(0, 1, 1, 1)


def test_units_to_choose_from_do_not_shrink(full: Register, mini_course: Course) -> None:
    assert listing(full, mini_course, Query(unit="Skole")).units == ["Skole", "Vej_Park"]


def test_pages(full: Register, mini_course: Course) -> None:
    pages = [listing(full, mini_course, Query(page=page, per_page=3)) for page in (1, 2, 3, -5)]
    assert [[line.person.id for line in page.lines] for page in pages] == [
        ["begun", "done", "late"],
        ["new"],
        ["new"],
        ["begun", "done", "late"],
    ]
    assert [(page.page, page.pages, page.total) for page in pages] == [
        (1, 2, 4),
        (2, 2, 4),
        (2, 2, 4),
        (1, 2, 4),
    ]


def test_those_who_left_are_shown_apart(full: Register, mini_course: Course) -> None:
    roster = read_roster(b"id;navn;enhed;rolle\ndone;Dorte Done;Skole;employee\n", mini_course)
    assert not isinstance(roster, list)
    apply(full, preview(full, roster))
    assert ids(full, mini_course) == ["done"]
    assert ids(full, mini_course, status="left") == ["begun", "late", "new"]
    assert listing(full, mini_course, Query()).totals.people.total == 1
    assert {line.status for line in listing(full, mini_course, Query(status="left")).lines} == {"left"}


def test_totals_and_filters_agree_with_the_lines(sampled: Register, mini_course: Course) -> None:
    found = listing(sampled, mini_course, Query(per_page=1000))
    counted = Counter(line.status for line in found.lines)
    for status in ("not_started", "started", "completed", "overdue"):
        assert getattr(found.totals.people, status) == counted[status]
        assert listing(sampled, mini_course, Query(status=status)).total == counted[status]
    for unit in found.units:
        lines = [line for line in found.lines if line.person.unit == unit]
        assert (
            found.totals.units[unit].total
            == len(lines)
            == listing(sampled, mini_course, Query(unit=unit)).total
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(search=st.text(max_size=20), unit=st.text(max_size=5), page=st.integers(-3, 10**9))
def test_no_query_breaks_the_list(
    full: Register, mini_course: Course, search: str, unit: str, page: int
) -> None:
    found = listing(full, mini_course, Query(search=search, unit=unit, page=page))
    assert len(found.lines) <= found.total <= 4


def test_totals_read_no_row(full: Register, mini_course: Course) -> None:
    """An index holds all that they count, the field of work too: a large municipality waits for no table."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(
        _connection: object, _cursor: object, sql: str, given: tuple[object, ...], *_rest: object
    ) -> None:
        asked.append((sql, given))

    event.listen(full._reader, "before_cursor_execute", note)
    listing(full, mini_course, Query(status="started"))
    event.remove(full._reader, "before_cursor_execute", note)
    counting = [one for one in asked if "count(*)" in one[0]]
    assert len(counting) == 2
    with full.read() as session:
        for sql, parameters in counting:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters).all()
            assert any("COVERING INDEX ix_people_totals" in row.detail for row in plan), plan


def test_the_list_never_reads_what_learners_chose() -> None:
    """The report's code names neither the attempts' table nor their choices."""
    from pathlib import Path

    for path in Path(report.__file__).parent.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        assert "AttemptRow" not in code
        assert "choices" not in code


def test_the_text_table(full: Register, mini_course: Course) -> None:
    people.ensure_local(full)
    table = text_table(listing(full, mini_course, Query(per_page=3)), mini_course).splitlines()
    assert table[0].split() == ["Id", "Name", "Unit", "Role", "Status", "Modules", "Newest", "completion"]
    assert table[2].split() == ["begun", "Bodil", "Begun", "Skole", "Medarbejder", "started", "0/2"]
    assert table[3].split()[-2:] == ["2/2", clock.today().isoformat()]
    assert table[-1] == "4 people, page 1 of 2"
    assert len({line.index("Medarbejder") for line in table[2:5]}) == 1


def test_the_text_table_holds_no_control_characters_and_is_not_torn(
    empty: Register, mini_course: Course
) -> None:
    add(empty, [Person("a", "\x1b[31m" + "漢字" * 100, unit="U", role="employee")])
    line = text_table(listing(empty, mini_course, Query()), mini_course).splitlines()[2]
    assert "\x1b" not in line
    assert len(line) < 100
