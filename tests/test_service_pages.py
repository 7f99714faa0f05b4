"""The pages through HTTP: each in Danish, with the right person's progress, and hostile names harmless."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.engine.models import Scenario
from kommune3.register import Person, people
from kommune3.site import theme
from serving import ANNA, BO, HANNE, a_path, attempt, login

HOSTILE = '<script>alert("x")</script>=HYPERLINK("http://evil.example")🙂'


@pytest.mark.parametrize(
    "address", ["/", "/roles/employee", "/start/employee", "/modules/employee-01?role=employee", "/about"]
)
def test_pages_are_danish_html(client: TestClient, address: str) -> None:
    page = client.get(address, headers=ANNA)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="da"' in page.text


def test_what_one_completed_is_shown_to_oneself_alone(client: TestClient, mini_course: Course) -> None:
    scenario = mini_course.activities["opkaldet"]
    assert isinstance(scenario, Scenario)
    before = client.get("/roles/employee", headers=ANNA).text
    client.post("/api/v1/attempts", json=attempt(mini_course, "opkaldet", a_path(scenario)), headers=ANNA)
    mine, theirs = (client.get("/roles/employee", headers=who).text for who in (ANNA, BO))
    assert mine.replace("Anna Ankjær", "") != before.replace("Anna Ankjær", "")
    assert mine.count("Gennemført") > theirs.count("Gennemført")


def test_error_pages_say_what_to_do_in_danish(client: TestClient) -> None:
    for address, headers, status in (
        ("/findes-ikke", ANNA, 404),
        ("/hr", ANNA, 403),
        ("/", {}, 401),
        ("/modules/findes-ikke", ANNA, 404),
        ("/modules/employee-01?role=konge", ANNA, 404),
        ("/hr?status=ukendt", HANNE, 422),
    ):
        page = client.get(address, headers=headers)
        assert page.status_code == status, address
        assert '<html lang="da"' in page.text
        assert "<h1" in page.text


@pytest.mark.parametrize(
    "name", [HOSTILE, "x" * 200, "Åse Æ. Ørsted 👩‍👩‍👧", "\N{RIGHT-TO-LEFT OVERRIDE}gro"]
)
def test_hostile_names_are_only_text(app: FastAPI, client: TestClient, name: str) -> None:
    with app.state.services.register.write() as session:
        people.add(session, [Person("ond", name, unit=name, role="employee")], "roster")
    evil = login("ond", "learner", "hr")
    for address in (
        "/",
        "/roles/employee",
        "/modules/employee-01",
        "/hr",
        "/hr/people/ond",
        "/hr?unit=" + name,
    ):
        page = client.get(address, headers=evil)
        assert page.status_code == 200, address
        assert "<script>alert" not in page.text
    csv = client.get("/hr/export.csv", headers=evil).content.decode("utf-8-sig")
    assert not any(field.strip('"').startswith("=") for line in csv.splitlines() for field in line.split(";"))


def test_the_role_form_leads_to_the_role(client: TestClient) -> None:
    answer = client.post("/me/role", data={"role": "employee"}, headers=ANNA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/roles/employee")
    assert client.post("/me/role", data={"role": "konge"}, headers=ANNA).status_code == 404
    assert client.post("/me/role", data={}, headers=ANNA).status_code == 422
    evil = client.post("/me/role", data={"role": "//evil.example"}, headers=ANNA)
    assert evil.status_code == 404


def test_the_style_sheet_ends_with_the_municipalitys_colours(client: TestClient, mini_course: Course) -> None:
    sheet = client.get("/static/css/all.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert mini_course.municipality.colour
    assert sheet.text.endswith(theme.css(mini_course.municipality.colour))
    again = client.get("/static/css/all.css", headers={"if-none-match": sheet.headers["etag"]})
    assert again.status_code == 304
