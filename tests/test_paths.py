"""Paths that open with a story from one's own field: on pages, in HR's list, in the roster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from starlette.testclient import TestClient

from kommune3.content import Course, load_course
from kommune3.register import Person, Register, people, progress
from kommune3.register.roster import Roster, apply, preview, read_roster
from kommune3.report import Query, listing
from kommune3.service.settings import Settings
from registering import add, complete
from serving import Factory, login

FIELDS = """
[[roles]]
id = "employee"
modules = ["common-01"]
more = ["extra-01"]
[[roles.fields]]
id = "school"
title = "Skole"
opening = "employee-01"
[[roles.fields]]
id = "care"
title = "Ældre"
opening = "care-01"

[[modules]]
id = "care-01"
title = "Pleje"
file = "modules/employee/01_opkaldet.ipynb"
summary = "Om pleje."
minutes = 5
aims = ["Du kan hjælpe."]
required = ["opkaldet"]

[[modules]]
id = "extra-01"
title = "Til den nysgerrige"
file = "modules/common/01_baenken.ipynb"
summary = "Mere."
minutes = 5
aims = ["Du kan mere."]
required = ["baenk-quiz"]
"""
PLEJER = ("care-01", "common-01")


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fields")
    (folder / "course.toml").write_text(FIELDS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fielded(overlay: Path, mini_root: Path) -> Course:
    return load_course(overlay, root=mini_root)


def ids(course: Course, work_field: str) -> tuple[str, ...]:
    return tuple(module.id for module in course.modules_of("employee", work_field))


def test_the_field_decides_what_comes_first_and_no_more(fielded: Course) -> None:
    assert ids(fielded, "care") == PLEJER
    assert ids(fielded, "school") == ids(fielded, "") == ids(fielded, "gone") == ("employee-01", "common-01")
    beside = [module.id for module in fielded.modules_beside("employee", "care")]
    assert beside == ["employee-01", "extra-01"]
    assert {module.id for module in fielded.modules_offered("employee")} == {
        "employee-01",
        "care-01",
        "common-01",
        "extra-01",
    }


def test_an_opening_that_is_also_on_the_path_comes_first_and_once(fielded: Course) -> None:
    role = fielded.role("employee")
    assert role.model_copy(update={"modules": ("common-01", "care-01")}).path("care") == (
        "care-01",
        "common-01",
    )


def test_hr_counts_everybody_on_their_own_path(empty: Register, fielded: Course) -> None:
    school = Person("s", "Sara", role="employee", work_field="school")
    add(empty, [school, replace(school, id="c", name="Carl", work_field="care")])
    for module in PLEJER:
        complete(empty, fielded, "c", module)
    found = listing(empty, fielded, Query())
    lines = {line.person.id: (line.status, line.done, line.required) for line in found.lines}
    # the two openings share an activity, so the other's opening is completed with it and counts for nobody
    assert lines == {"s": ("not_started", 0, 2), "c": ("completed", 2, 2)}
    assert [module.module for module in found.lines[0].modules] == list(PLEJER)
    assert found.totals.people.completed == 1
    assert {module.module: module.counts.total for module in found.totals.modules} == {
        "employee-01": 1,
        "care-01": 1,
        "common-01": 2,
    }
    done = listing(empty, fielded, Query(status="completed"))
    assert [line.person.id for line in done.lines] == ["c"]


def roster(course: Course, *lines: str) -> Roster:
    read = read_roster("\n".join(lines).encode(), course)
    assert isinstance(read, Roster), read
    return read


def test_the_roster_may_name_the_field_and_never_takes_a_chosen_one_away(
    empty: Register, fielded: Course
) -> None:
    without = roster(fielded, "id;navn;enhed;rolle", "a;Anna;Vest;Medarbejder")
    apply(empty, preview(empty, without))
    people.set_role(empty, "a", "employee", "care")
    assert preview(empty, without).unchanged == 1
    named = roster(fielded, "id;navn;enhed;rolle;fagområde", "a;Anna;Vest;Medarbejder;Skole")
    (change,) = preview(empty, named).changed
    assert change.fields == {"work_field": ("care", "school")}
    wrong = read_roster(b"id;navn;enhed;rolle;field\na;Anna;Vest;employee;rumfart", fielded)
    assert isinstance(wrong, list)
    assert "rumfart" in str(wrong[0])
    assert "Skole, Ældre" in str(wrong[0])


@pytest.fixture
def client(make_app: Factory, settings: Settings, overlay: Path) -> TestClient:
    app = make_app(replace(settings, course_dir=overlay))
    return TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)


def test_role_and_field_in_two_clicks(client: TestClient) -> None:
    anna = login("anna", "learner")
    with client:
        first = client.post("/me/role", data={"role": "employee"}, headers=anna)
        assert first.headers["location"] == "/start/employee"
        start = client.get("/start/employee", headers=anna).text
        assert 'name="work_field" value="care"' in start
        second = client.post("/me/role", data={"role": "employee", "work_field": "care"}, headers=anna)
        assert second.headers["location"] == "/roles/employee"
        page = client.get("/roles/employee", headers=anna).text
        assert page.index("/modules/care-01") < page.index("/modules/common-01") < page.index('id="beside"')
        assert page.index('id="beside"') < page.index("/modules/extra-01")
        again = client.post("/me/role", data={"role": "employee"}, headers=anna)
        assert again.headers["location"] == "/roles/employee"  # the choice was kept
        assert client.get("/api/v1/me", headers=anna).json()["work_field"] == "care"


def test_whoever_has_a_field_that_is_gone_is_asked_again(client: TestClient) -> None:
    anna = login("anna", "learner")
    with client:
        register = client.app.state.services.register  # type: ignore[attr-defined]
        people.set_role(register, "anna", "employee", "of-another-role")
        again = client.post("/me/role", data={"role": "employee"}, headers=anna)
        assert again.headers["location"] == "/start/employee"


def test_whose_role_is_fixed_may_look_at_another_path_and_is_asked_nothing(client: TestClient) -> None:
    pia = login("pia", "learner")
    with client:
        chosen = client.post("/me/role", data={"role": "employee", "work_field": "care"}, headers=pia)
        assert chosen.headers["location"] == "/roles/employee"
        assert 'name="work_field"' not in client.get("/roles/employee", headers=pia).text
        assert client.get("/api/v1/me", headers=pia).json()["role"] == "politician"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_heading_is_known_as_a_mac_writes_it(form: Literal["NFC", "NFD"], fielded: Course) -> None:
    lines = ("id;navn;enhed;rolle;Fagområde", "a;Anna;Vest;Medarbejder;Ældre")
    read = roster(fielded, *(normalize(form, line) for line in lines))
    assert [person.work_field for person in read.people] == ["care"]
    assert read.warnings == ()


@pytest.mark.parametrize("column", ["role", "field", "start"])
def test_a_cpr_number_in_any_column_is_refused_and_not_repeated(column: str, fielded: Course) -> None:
    cells = {"id": "a", "navn": "Anna", "enhed": "Vest", "role": "employee", "field": "", "start": ""}
    lines = [";".join(cells), ";".join((cells | {column: "010190-1234"}).values())]
    (wrong,) = read_roster("\n".join(lines).encode(), fielded)  # type: ignore[misc]
    assert "CPR" in str(wrong)
    assert "010190" not in str(wrong)


def test_a_field_that_the_role_does_not_have_is_refused(client: TestClient) -> None:
    anna = login("anna", "learner")
    with client:
        for work_field in ("rumfart", "//evil.example", "x" * 65):
            asked = {"role": "employee", "work_field": work_field}
            assert client.post("/me/role", data=asked, headers=anna).status_code in (404, 422)
            assert client.put("/api/v1/me/role", json=asked, headers=anna).status_code in (404, 422)


def test_a_module_beside_the_path_says_so(client: TestClient) -> None:
    anna = login("anna", "learner")
    with client:
        client.post("/me/role", data={"role": "employee", "work_field": "care"}, headers=anna)
        page = client.get("/modules/extra-01?role=employee", headers=anna).text
        assert "Ved siden af vejen" in page
        assert "Modul 1 af" not in page


def test_changing_role_or_field_midway_loses_nothing(empty: Register, fielded: Course) -> None:
    """A finished common module counts on every path that it is on, before and after the change."""
    add(empty, [Person("a", "Anna", role="employee", work_field="care")])
    complete(empty, fielded, "a", "common-01")
    for role, work_field, done in (("employee", "school", 1), ("politician", "", 1), ("employee", "care", 1)):
        people.set_role(empty, "a", role, work_field)
        path = [module.id for module in fielded.modules_of(role, work_field)]
        steps = progress.of_person(empty, fielded, "a")
        assert sum(steps[module].status == "completed" for module in path) == done
    complete(empty, fielded, "a", "care-01")
    assert listing(empty, fielded, Query()).lines[0].status == "completed"


def test_a_completion_of_an_older_version_stands_and_says_which(client: TestClient, fielded: Course) -> None:
    """A module that changed under a learner is still completed, and the path shows in which version."""
    anna = login("anna", "learner")
    older = fielded.manifest.model_copy(
        update={"course": fielded.info.model_copy(update={"version": "2025.01"})}
    )
    with client:
        client.post("/me/role", data={"role": "employee", "work_field": "care"}, headers=anna)
        register = client.app.state.services.register  # type: ignore[attr-defined]
        complete(register, replace(fielded, manifest=older), "anna", "common-01")
        complete(register, fielded, "anna", "care-01")
        page = client.get("/roles/employee", headers=anna).text
        assert "Gennemført i version 2025.01" in page
        assert f"Gennemført i version {fielded.version}" not in page
        assert "Hent dit kursusbevis" in page
