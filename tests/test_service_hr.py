"""HR's pages through HTTP: the list, its exports, the roster and the sample people."""

from __future__ import annotations

import io
import re
from datetime import date

import httpx2
import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.register import RegisterFull, people
from serving import HANNE, login

AKSEL = login("aksel", "admin")
HEADER = "id;navn;e-mail;enhed;rolle;leder;startdato;frist\n"
KEPT = "".join(
    f"{id};{name};;{unit};medarbejder;;;\n"
    for id, name, unit in (
        ("anna", "Anna Ankjær", "Skole"),
        ("troels", "Troels Træner", "HR"),
        ("hanne", "Hanne Hansen", "HR"),
        ("aksel", "Aksel Admin", "IT"),
    )
)
NEW = "nina;Nina Nørgård;nina@example.org;Skole;medarbejder;hanne;2026-10-01;2027-01-31\n"


def upload(
    client: TestClient, data: bytes, name: str = "liste.csv", who: dict[str, str] = HANNE
) -> tuple[int, str]:
    answer = client.post("/hr/roster", files={"file": (name, data, "text/csv")}, headers=who)
    return answer.status_code, answer.text


def token_in(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def confirm(client: TestClient, html: str) -> httpx2.Response:
    return client.post("/hr/roster/confirm", data={"token": token_in(html)}, headers=HANNE)


def person(app: FastAPI, person_id: str) -> people.Person | None:
    return people.get(app.state.services.register, person_id)


def test_a_roster_is_shown_first_and_then_imported(app: FastAPI, client: TestClient) -> None:
    status, html = upload(client, (HEADER + KEPT + NEW).encode())
    assert status == 200
    assert "Nina Nørgård" in html
    assert "Bo Bang" in html
    assert person(app, "nina") is None
    answer = client.post("/hr/roster/confirm", data={"token": token_in(html)}, headers=HANNE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/hr/roster?done=1")
    nina, bo = person(app, "nina"), person(app, "bo")
    assert nina is not None
    assert nina.deadline is not None
    assert bo is not None
    assert bo.left is not None
    assert client.get("/hr/roster?done=1", headers=HANNE).status_code == 200
    again = client.post("/hr/roster/confirm", data={"token": token_in(html)}, headers=HANNE)
    assert again.status_code == 409


def test_somebody_elses_preview_cannot_be_confirmed(app: FastAPI, client: TestClient) -> None:
    _, html = upload(client, (HEADER + KEPT + NEW).encode())
    answer = client.post("/hr/roster/confirm", data={"token": token_in(html)}, headers=AKSEL)
    assert answer.status_code == 409
    assert person(app, "nina") is None


def test_a_register_that_changed_meanwhile_stops_the_import(app: FastAPI, client: TestClient) -> None:
    _, first = upload(client, (HEADER + KEPT + NEW).encode())
    _, second = upload(client, (HEADER + KEPT).encode(), who=AKSEL)
    client.post("/hr/roster/confirm", data={"token": token_in(second)}, headers=AKSEL)
    answer = client.post("/hr/roster/confirm", data={"token": token_in(first)}, headers=HANNE)
    assert answer.status_code == 409
    assert person(app, "nina") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"id;navn\nx;y\n",
        (HEADER + KEPT + KEPT).encode(),
        (HEADER + "0101801234;Navn;;Skole;medarbejder;;;\n").encode(),
        (HEADER + "x;Navn;;Skole;konge;;;\n").encode(),
        (HEADER + "x;Na\x00vn;;Skole;medarbejder;;;\n").encode(),
        (HEADER + "x;Navn;;Skole;medarbejder;;i går;\n").encode(),
        b"PK\x03\x04" + b"\0" * 100,
        bytes(range(256)) * 10,
    ],
)
def test_a_bad_roster_is_explained_and_imports_nothing(app: FastAPI, client: TestClient, data: bytes) -> None:
    status, html = upload(client, data)
    assert status == 422
    assert 'name="token"' not in html
    assert "0101801234" not in html
    bo = person(app, "bo")
    assert bo is not None
    assert bo.left is None


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_a_roster_comes_in_any_encoding(client: TestClient, encoding: str) -> None:
    status, html = upload(client, (HEADER + KEPT + NEW).encode(encoding))
    assert status == 200
    assert "Nina Nørgård" in html


def test_no_file_is_asked_for_again(client: TestClient) -> None:
    assert client.post("/hr/roster", data={}, headers=HANNE).status_code == 422
    assert upload(client, b"", name="")[0] == 422


def test_a_roster_that_is_too_large_is_refused(client: TestClient) -> None:
    status, html = upload(client, b"x" * 20_200_000)
    assert status == 413
    assert "20 MB" in html


def test_the_exports_hold_everybody_who_matches(client: TestClient) -> None:
    csv = client.get("/hr/export.csv?unit=Skole", headers=HANNE)
    assert csv.headers["content-disposition"] == 'attachment; filename="kommune3.csv"'
    text = csv.content.decode("utf-8-sig")
    assert "Anna Ankjær" in text
    assert "Hanne" not in text
    xlsx = client.get("/hr/export.xlsx", headers=HANNE)
    assert xlsx.headers["content-disposition"] == 'attachment; filename="kommune3.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(xlsx.content))
    values = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Anna Ankjær", "Hanne Hansen"} <= values
    assert "Pia Politiker" not in values
    book.close()


def test_the_page_of_somebody_late_says_so_of_each_module(app: FastAPI, client: TestClient) -> None:
    late = people.Person("lars", "Lars Late", unit="Skole", role="employee", deadline=date(2020, 1, 1))
    with app.state.services.register.write() as session:
        people.add(session, [late], "roster")
    page = client.get("/hr/people/lars", headers=HANNE).text
    assert page.count('data-status="overdue"') >= 2
    assert 'data-status="not_started"' not in page
    (line,) = client.get("/api/v1/completions?search=lars", headers=HANNE).json()["lines"]
    assert {one["status"] for one in line["modules"]} == {"overdue"}
    row = client.get("/hr?search=lars", headers=HANNE).text.partition('<span class="k3-dots">')[2]
    assert "ikke begyndt" not in row.partition("</tr>")[0]


def test_sample_people_come_and_go(client: TestClient) -> None:
    before = client.get("/api/v1/completions", headers=HANNE).json()["total"]
    assert client.post("/hr/samples", data={"action": "add"}, headers=HANNE).status_code == 303
    with_samples = client.get("/api/v1/completions", headers=HANNE).json()
    assert with_samples["total"] > before
    assert "(eksempel)" in client.get("/hr", headers=HANNE).text
    gone = client.post("/hr/samples", data={"action": "remove"}, headers=HANNE)
    assert gone.headers["location"] == "/hr?done=samples-removed"
    assert client.get("/api/v1/completions", headers=HANNE).json()["total"] == before
    assert client.post("/hr/samples", data={"action": "x"}, headers=HANNE).status_code == 422


def test_a_page_that_is_no_number_is_the_first(client: TestClient) -> None:
    for page in ("", "x", "0", "-1", "999999", "9" * 100, "²"):
        assert client.get("/hr", params={"page": page}, headers=HANNE).status_code == 200, page


def test_a_full_disk_leaves_the_preview_to_confirm(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, html = upload(client, (HEADER + KEPT + NEW).encode())

    def full(*_args: object, **_named: object) -> None:
        raise RegisterFull("full")

    with monkeypatch.context() as patched:
        patched.setattr("kommune3.service.roster.apply", full)
        assert confirm(client, html).status_code == 503
    assert person(app, "nina") is None
    assert confirm(client, html).status_code == 303
    assert person(app, "nina") is not None


def test_a_second_click_is_told_that_the_first_may_have_done_it(client: TestClient) -> None:
    _, html = upload(client, (HEADER + KEPT + NEW).encode())
    assert confirm(client, html).status_code == 303
    assert "allerede" in confirm(client, html).text


def test_a_file_made_as_the_page_says_is_taken(client: TestClient) -> None:
    page = client.get("/hr/roster", headers=HANNE).text
    columns = re.findall(r'<th scope="row"><code>([^<]+)</code>', page)
    role = re.findall(r"<td><code>([^<]+)</code>", page)[0]
    cells = {columns[0]: "x1", columns[1]: "Nina", columns[3]: "Skole", columns[4]: role}
    data = ";".join(columns) + "\n" + ";".join(cells.get(column, "") for column in columns) + "\n"
    status, html = upload(client, data.encode())
    assert (status, len(columns)) == (200, 8)
    assert "Disse kolonner bliver ikke brugt" not in html
