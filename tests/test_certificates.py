"""Certificates: only for a complete path, the same one again, a PDF that everybody can read, HR's look-up."""

from __future__ import annotations

import io
import sys
import threading

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.register import Person, Register, certificates, people
from kommune3.register.certificates import Certificate, NotCompleted
from kommune3.report.certificate import certificate_pdf
from registering import add, complete, do
from serving import login

EMPLOYEE = ("employee-01", "common-01")


@pytest.fixture
def done(staffed: Register, mini_course: Course) -> Register:
    for module in EMPLOYEE:
        complete(staffed, mini_course, "anna", module)
    return staffed


def text_of(pdf: bytes) -> str:
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_there_is_none_before_the_path_is_complete(staffed: Register, mini_course: Course) -> None:
    complete(staffed, mini_course, "anna", "employee-01")
    with pytest.raises(NotCompleted, match="når alle moduler"):
        certificates.issue(staffed, mini_course, "anna")
    people.set_role(staffed, "anna", "")
    with pytest.raises(NotCompleted, match="rolle"):
        certificates.issue(staffed, mini_course, "anna")


def test_asking_again_gives_the_same_one(done: Register, mini_course: Course) -> None:
    first = certificates.issue(done, mini_course, "anna")
    assert certificates.issue(done, mini_course, "anna") == first
    assert [module.module for module in first.modules] == list(EMPLOYEE)
    assert {module.version for module in first.modules} == {mini_course.version}


def test_a_number_is_found_however_it_is_written(done: Register, mini_course: Course) -> None:
    made = certificates.issue(done, mini_course, "anna")
    number = made.number
    for written in (number, number.lower(), certificates.shown(number), f" {number[:5]}-{number[5:]} "):
        assert certificates.find(done, written) == made
    for wrong in ("", number[:-1], f"{number}2", "x" * 10_000, "' OR 1=1", "\0"):
        assert certificates.find(done, wrong) is None


def test_erasing_the_person_takes_the_certificate_with_it(done: Register, mini_course: Course) -> None:
    number = certificates.issue(done, mini_course, "anna").number
    assert people.export(done, "anna")["certificates"][0]["number"] == number
    people.erase(done, "anna")
    assert certificates.find(done, number) is None


@pytest.fixture
def made(done: Register, mini_course: Course) -> Certificate:
    return certificates.issue(done, mini_course, "anna")


def test_the_pdf_says_what_it_must_and_is_tagged(made: Certificate, mini_course: Course) -> None:
    from pypdf import PdfReader

    pdf = certificate_pdf(made, mini_course)
    reader = PdfReader(io.BytesIO(pdf))
    text = text_of(pdf)
    told = (
        made.person.name,
        "medarbejder",
        mini_course.municipality.name,
        certificates.shown(made.number),
        mini_course.version,
        "kontrolleret af kurset",
        *made.titles,
    )
    assert [one for one in told if one not in text] == []
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert certificates.shown(made.number) in str(reader.metadata.title)
    assert reader.xmp_metadata is not None
    assert b"pdfuaid" in pdf or "pdfuaid" in str(reader.xmp_metadata.rdf_root.toxml())


@pytest.mark.parametrize(
    "name", ["🙂 Anna", "李小龙", "#set page(width: 1pt)", "$x$ [y] <z> \\ *b* @a", "=1+1", "A" * 200]
)
def test_any_name_is_text_and_gives_a_pdf(name: str, made: Certificate, mini_course: Course) -> None:
    from dataclasses import replace

    pdf = certificate_pdf(replace(made, person=replace(made.person, name=name)), mini_course)
    assert pdf.startswith(b"%PDF")
    if name.isascii():
        assert "".join(name.split()) in "".join(text_of(pdf).split())


def test_the_page_the_pdf_and_hrs_look_up(client: TestClient, mini_course: Course) -> None:
    anna, bo, hr = login("anna", "learner"), login("bo", "learner"), login("bo", "hr")
    register = client.app.state.services.register  # type: ignore[attr-defined]
    with client:
        people.set_role(register, "anna", "employee")
        assert client.post("/certificates", headers=anna).status_code == 409
        for module in EMPLOYEE:
            complete(register, mini_course, "anna", module)
        assert "/certificates" in client.get("/roles/employee", headers=anna).text
        address = client.post("/certificates", headers=anna).headers["location"]
        number = address.rsplit("/", 1)[1]
        assert certificates.shown(number) in client.get(address, headers=anna).text
        pdf = client.get(f"{address}/pdf", headers=anna)
        assert (pdf.headers["content-type"], pdf.content[:4]) == ("application/pdf", b"%PDF")
        assert pdf.headers["content-disposition"].startswith("attachment; filename*=UTF-8''kursusbevis-")
        for other in (bo, hr):  # a number gives its PDF to nobody else
            assert client.get(address, headers=other).status_code in (403, 404)
            assert client.get(f"{address}/pdf", headers=other).status_code in (403, 404)
        found = client.get("/hr/certificates", params={"number": number.lower()}, headers=hr).text
        assert "Beviset er ægte" in found
        missing = client.get("/hr/certificates", params={"number": "<script>"}, headers=hr).text
        assert "Beviset er ægte" not in missing
        assert "<script>alert" not in missing
        assert client.get("/hr/certificates", headers=anna).status_code == 403


def test_hr_finds_no_certificate_of_a_role_it_does_not_see(client: TestClient, mini_course: Course) -> None:
    register = client.app.state.services.register  # type: ignore[attr-defined]
    with client:
        people.set_role(register, "anna", "politician")
        complete(register, mini_course, "anna", "common-01")
        address = client.post("/certificates", headers=login("anna", "learner")).headers["location"]
        number = address.rsplit("/", 1)[1]
        assert "HR kan ikke" in client.get(address, headers=login("anna", "learner")).text
        found = client.get("/hr/certificates", params={"number": number}, headers=login("bo", "hr")).text
        assert "Beviset er ægte" not in found


def test_a_completion_of_an_older_version_stays_and_says_so(staffed: Register, mini_course: Course) -> None:
    """What was completed before the course changed counts, with the version that it was."""
    from dataclasses import replace

    older = replace(
        mini_course,
        manifest=mini_course.manifest.model_copy(
            update={"course": mini_course.info.model_copy(update={"version": "2025.01"})}
        ),
    )
    complete(staffed, older, "anna", "employee-01")
    complete(staffed, mini_course, "anna", "common-01")
    made = certificates.issue(staffed, mini_course, "anna")
    assert [module.version for module in made.modules] == ["2025.01", mini_course.version]
    assert "2025.01" in text_of(certificate_pdf(made, mini_course))
    add(staffed, [Person("ny", "Ny", role="employee")])
    do(staffed, mini_course, "ny", "opkaldet", "sporg")
    with pytest.raises(NotCompleted):
        certificates.issue(staffed, mini_course, "ny")


def issued(client: TestClient, course: Course) -> tuple[Register, str]:
    """The register of the app, and the address of a certificate that Anna got."""
    register = client.app.state.services.register  # type: ignore[attr-defined]
    people.set_role(register, "anna", "employee")
    for module in EMPLOYEE:
        complete(register, course, "anna", module)
    found = client.post("/certificates", headers=login("anna", "learner"), follow_redirects=False)
    return register, found.headers["location"]


@pytest.mark.parametrize("wrong", ["not installed", "refuses"])
def test_without_typst_the_certificate_still_holds(
    wrong: str, client: TestClient, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typst

    def refuses(*_paths: str, **_options: object) -> bytes:
        raise typst.TypstError("no", "no")

    _register, address = issued(client, mini_course)
    if wrong == "refuses":
        monkeypatch.setattr(typst, "compile", refuses)
    else:
        monkeypatch.setitem(sys.modules, "typst", None)
    answer = client.get(f"{address}/pdf", headers=login("anna", "learner"))
    assert answer.status_code == 500
    assert "Dit kursusbevis gælder" in answer.text
    page = client.get(address, headers=login("anna", "learner"))
    assert page.status_code == 200
    assert "data-print" in page.text


def test_two_clicks_at_the_same_time_make_one(done: Register, mini_course: Course) -> None:
    numbers: list[str] = []
    clicks = [
        threading.Thread(target=lambda: numbers.append(certificates.issue(done, mini_course, "anna").number))
        for _click in range(6)
    ]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert len(numbers) == 6
    assert len(set(numbers)) == 1


def test_a_cpr_number_typed_by_mistake_is_not_repeated(client: TestClient) -> None:
    page = client.get("/hr/certificates", params={"number": "010190-1234"}, headers=login("bo", "hr"))
    assert page.status_code == 200
    assert "ligner et CPR-nummer" in page.text
    assert "010190" not in page.text


def test_a_certificate_outlives_its_role_and_links_to_no_page_that_is_gone(
    client: TestClient, mini_course: Course
) -> None:
    from kommune3.register.tables import CertificateRow

    register, address = issued(client, mini_course)
    with register.write() as session:
        row = session.get(CertificateRow, address.rsplit("/", 1)[1])
        assert row is not None
        row.role = "gone"
    page = client.get(address, headers=login("anna", "learner"))
    assert page.status_code == 200
    assert 'href="/roles/gone"' not in page.text
    assert client.get(f"{address}/pdf", headers=login("anna", "learner")).status_code == 200


def test_a_certificate_is_found_again_after_another_role_was_chosen(
    client: TestClient, mini_course: Course
) -> None:
    anna, bo = login("anna", "learner"), login("bo", "learner")
    assert "Du har ikke noget endnu" in client.get("/certificates", headers=anna).text
    register, address = issued(client, mini_course)
    with register.write() as session:  # a path that is not complete any more
        session.execute(text("UPDATE people SET role = 'gone' WHERE id = 'anna'"))
    assert client.post("/certificates", headers=anna).status_code == 409
    assert f'href="{address}"' in client.get("/certificates", headers=anna).text
    assert client.get(address, headers=anna).status_code == 200
    assert address not in client.get("/certificates", headers=bo).text
    people.set_role(register, "anna", "employee")
    assert 'href="/certificates"' in client.get("/", headers=anna).text
    assert 'href="/certificates"' not in client.get("/", headers=login("anna", "hr")).text


def test_whoever_has_no_name_here_gets_a_line_to_write_it_on(made: Certificate, mini_course: Course) -> None:
    from dataclasses import replace

    for name in ("Dig ved denne maskine", ""):
        local = replace(made, person=replace(made.person, id="local", name=name))
        pdf = certificate_pdf(local, mini_course)
        told = text_of(pdf)
        assert "Kursusbevis Navn har gennemført" in told
        assert "maskine" not in told
        assert b"pdfuaid" in pdf
