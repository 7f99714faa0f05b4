"""The trainer's pages through HTTP: make a cohort, see who has sent what, return, change, remove."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.register import Register, cohorts, marks, people, reflections
from kommune3.register.marks import Mark
from kommune3.register.people import Person
from kommune3.register.reflections import Receipt
from serving import ANNA, HANNE, login
from test_service_reflections import ID, submit

TROELS, TOVE = login("troels", "trainer", "learner"), login("tove", "trainer")
FORM = {"title": "Nye i november", "unit": "Skole", "month": "", "ids": "", "deadline": ""}


@pytest.fixture
def register(app: FastAPI) -> Register:
    found: Register = app.state.services.register
    more = [
        Person("tove", "Tove Træner", unit="HR", role="employee"),
        Person("nina", "Nina Ny", unit="Vej", role="employee", start=date(2026, 11, 1)),
        Person("niels", "Niels Ny", unit="Skole", role="employee", start=date(2026, 11, 30)),
    ]
    with found.write() as session:
        people.add(session, more, "roster")
    return found


def post(
    client: TestClient, path: str = "/trainer/cohorts", who: dict[str, str] = TROELS, **data: str
) -> httpx2.Response:
    return client.post(path, data=data, headers=who)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def made(client: TestClient, **form: str) -> str:
    """The address of a cohort made as a trainer would."""
    preview = post(client, **(FORM | form))
    assert preview.status_code == 200, preview.text
    answer = post(client, **(FORM | form), seen=seen(preview.text))
    assert answer.status_code == 303
    return str(answer.headers["location"]).partition("?")[0]


def told(page: str) -> str:
    """The words of a page's main part."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


def mark(register: Register, course: Course, person: str, **changes: object) -> None:
    number = reflections.of(register, course, person, ID).submission
    assert number is not None
    given = {"manual": 3.0, "auto": 1.0, "comment": "Godt set", "needs_manual": False} | changes
    marks.write(register, course, [Mark(number, "checked", **given)])  # type: ignore[arg-type]


def test_nobody_has_a_cohort_at_first(client: TestClient, register: Register) -> None:
    page = client.get("/trainer", headers=TROELS).text
    assert "Du har ikke noget hold endnu." in page
    assert '<option value="Skole">' in page
    assert '<option value="2026-11">november 2026' in page


def test_a_cohort_is_shown_first_and_then_made(client: TestClient, register: Register) -> None:
    preview = post(client, **FORM)
    assert "Anna Ankjær" in preview.text
    assert "Niels Ny" in preview.text
    assert cohorts.of_trainer(register, "troels") == []
    answer = post(client, **FORM, seen=seen(preview.text))
    assert answer.status_code == 303
    (cohort,) = cohorts.of_trainer(register, "troels")
    assert (cohort.title, set(cohort.members)) == ("Nye i november", {"anna", "bo", "niels"})
    assert answer.headers["location"] == f"/trainer/cohorts/{cohort.id}?done=made"
    again = post(client, **FORM, seen=seen(preview.text))
    assert again.headers["location"] == answer.headers["location"], "the button was pressed twice"
    assert len(cohorts.of_trainer(register, "troels")) == 1


@pytest.mark.parametrize(
    ("form", "people_in"),
    [
        ({"unit": "", "month": "2026-11"}, {"nina", "niels"}),
        ({"unit": "Skole", "month": "2026-11"}, {"niels"}),
        ({"unit": "", "ids": "ANNA, bo;nina\n anna"}, {"anna", "bo", "nina"}),
    ],
)
def test_who_is_in_it(
    client: TestClient, register: Register, form: dict[str, str], people_in: set[str]
) -> None:
    made(client, **form)
    (cohort,) = cohorts.of_trainer(register, "troels")
    assert set(cohort.members) == people_in


def test_those_in_another_cohort_stay_there_and_the_unknown_are_named(
    client: TestClient, register: Register
) -> None:
    cohorts.make(register, "Toves", ["anna"], ["tove"], "tove", made_from="liste")
    preview = post(client, **(FORM | {"unit": "", "ids": "anna bo ukendt-1"}))
    words = told(preview.text)
    assert "På et andet hold i forvejen: 1" in words
    assert "1 id står ikke på personalelisten" in words
    assert "ukendt-1" in words
    made(client, unit="", ids="anna bo ukendt-1")
    assert cohorts.of_trainer(register, "troels")[0].members == ("bo",)
    assert cohorts.of_trainer(register, "tove")[0].members == ("anna",)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": "  "}, "Giv holdet et navn."),
        ({"title": "x" * 101}, "Navnet er for langt"),
        ({"unit": ""}, "Vælg en enhed"),
        ({"unit": "Findes ikke"}, "Ingen på personalelisten passer"),
        ({"ids": "anna"}, "ikke begge dele"),
        ({"unit": "", "ids": "ukendt"}, "Ingen af de id'er"),
        ({"unit": "", "month": "november"}, "2026-11"),
        ({"deadline": "i morgen"}, "Fristen er ikke en dato"),
        ({"deadline": "2026-02-30"}, "Fristen er ikke en dato"),
    ],
)
def test_a_form_that_cannot_be_used_is_shown_again_as_it_was(
    client: TestClient, register: Register, form: dict[str, str], words: str
) -> None:
    answer = post(client, **(FORM | form))
    assert answer.status_code == 422
    assert words in told(answer.text)
    assert 'role="alert"' in answer.text
    if "title" not in form:
        assert 'value="Nye i november"' in answer.text
    assert cohorts.of_trainer(register, "troels") == []


def test_everybody_is_in_a_cohort_already(client: TestClient, register: Register) -> None:
    cohorts.make(register, "Toves", ["anna", "bo", "niels"], ["tove"], "tove", made_from="liste")
    answer = post(client, **FORM, seen="x")
    assert answer.status_code == 422
    assert "De er alle på et hold i forvejen" in answer.text


def test_a_list_that_changed_meanwhile_is_shown_again(client: TestClient, register: Register) -> None:
    preview = post(client, **FORM)
    with register.write() as session:
        people.add(session, [Person("nora", "Nora Ny", unit="Skole", role="employee")], "roster")
    answer = post(client, **FORM, seen=seen(preview.text))
    assert answer.status_code == 409
    assert "Nora Ny" in answer.text
    assert cohorts.of_trainer(register, "troels") == []


def test_from_sent_to_returned(client: TestClient, register: Register, mini_course: Course) -> None:
    cohort = made(client)
    page = told(client.get(cohort, headers=TROELS).text)
    assert "Ikke sendt" in page
    submit(client, mini_course)
    assert "Venter på din vurdering" in told(client.get(cohort, headers=TROELS).text)
    assert "Der er ingen svar at sende lige nu" in told(client.get(cohort, headers=TROELS).text)
    nothing = client.post(f"{cohort}/return", headers=TROELS)
    assert nothing.headers["location"] == f"{cohort}?returned=0"
    mark(register, mini_course, "anna")
    page = told(client.get(cohort, headers=TROELS).text)
    assert "1 refleksion er vurderet, og svaret er klar til at blive sendt" in page
    read = told(client.get(f"{cohort}/people/anna/{ID}", headers=TROELS).text)
    assert "3 af 4" in read
    assert "Godt set" in read
    assert client.get(f"/api/v1/reflections/{ID}", headers=ANNA).json()["status"] == "read"
    answer = client.post(f"{cohort}/return", headers=TROELS)
    assert answer.headers["location"] == f"{cohort}?returned=1"
    assert "1 svar er sendt." in told(client.get(answer.headers["location"], headers=TROELS).text)
    feedback = client.get(f"/api/v1/reflections/{ID}", headers=ANNA).json()["feedback"]
    assert (feedback["verdict"], feedback["comment"]) == ("done", "Godt set")
    assert "points" not in str(feedback)
    twice = client.post(f"{cohort}/return", headers=TROELS)
    assert twice.headers["location"] == f"{cohort}?returned=0"


def test_a_reflection_is_only_text(client: TestClient, register: Register, mini_course: Course) -> None:
    cohort = made(client)
    nasty = '<script>alert(1)</script> {{ 7*7 }} =HYPERLINK("x") $x$ \\ **fed** '
    submit(
        client, mini_course, nasty + "og så noget mere om borgeren, der ringede i går om sin bænk i parken."
    )
    mark(register, mini_course, "anna", comment="<img src=x onerror=alert(2)>")
    page = client.get(f"{cohort}/people/anna/{ID}", headers=TROELS).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert html.escape("<script>alert(1)</script> {{ 7*7 }}", quote=False) in page


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("", ["Anna", "Bo", "Niels"]),
        ("waiting", ["Anna"]),
        ("not_sent", ["Bo", "Niels"]),
        ("returned", []),
        ("findes-ikke", ["Anna", "Bo", "Niels"]),
    ],
)
def test_the_list_can_be_narrowed(
    client: TestClient, register: Register, mini_course: Course, show: str, names: list[str]
) -> None:
    cohort = made(client)
    submit(client, mini_course)
    page = client.get(f"{cohort}?show={show}", headers=TROELS).text
    table = page.partition('<table class="k3-people')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(\w+)', table) == names


def test_what_could_not_be_checked_says_why(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client)
    number = cohort.rpartition("/")[2]
    reflections.refuse(register, Receipt("bo", None, "employee", "Filen er tom.", "mail"))
    reflections.refuse(register, Receipt(None, number, "employee", "Ingen ved, hvem den er fra.", "mail"))
    page = told(client.get(cohort, headers=TROELS).text)
    assert "Kunne ikke tjekkes" in page
    assert "Filen er tom." in page
    assert "Ingen ved, hvem den er fra." in page


def test_a_notebook_that_cannot_be_read_is_told_to_both(client: TestClient, register: Register) -> None:
    cohort = made(client)
    headers = {"content-type": "application/x-ipynb+json", **ANNA}
    answer = client.post("/api/v1/assignments/employee/notebook", content=b"", headers=headers)
    assert "tom" in answer.json()["detail"]
    assert "Kunne ikke tjekkes" in told(client.get(cohort, headers=TROELS).text)


def test_late_is_what_comes_after_the_deadline(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client, deadline="2020-01-01")
    submit(client, mini_course)
    assert "efter fristen" in told(client.get(cohort, headers=TROELS).text)
    changed = post(client, f"{cohort}/deadline", deadline="2999-12-31")
    assert changed.status_code == 303
    assert "efter fristen" not in told(client.get(cohort, headers=TROELS).text)
    assert post(client, f"{cohort}/deadline", deadline="snart").status_code == 422
    assert post(client, f"{cohort}/deadline", deadline="").status_code == 303
    assert cohorts.of_trainer(register, "troels")[0].deadline is None


def test_people_come_and_go(client: TestClient, register: Register) -> None:
    cohort = made(client)
    members = f"{cohort}/members"
    assert post(client, members, action="add", ids="nina anna").status_code == 303
    assert "nina" in cohorts.of_trainer(register, "troels")[0].members
    assert post(client, members, action="drop", ids="bo").status_code == 303
    assert post(client, members, action="drop", ids="bo").status_code == 303, "twice is no harm"
    assert "bo" not in cohorts.of_trainer(register, "troels")[0].members
    cohorts.make(register, "Toves", ["bo"], ["tove"], "tove", made_from="liste")
    answer = post(client, members, action="add", ids="bo ukendt hanne")
    assert answer.status_code == 422
    words = told(answer.text)
    assert "1 person er kommet på holdet." in words
    assert "På et andet hold i forvejen: bo." in words
    assert "Ikke på personalelisten: ukendt." in words
    assert "hanne" in cohorts.of_trainer(register, "troels")[0].members
    assert post(client, members, action="add", ids="  ").status_code == 422
    assert post(client, members, action="noget", ids="nina").status_code == 422


def test_a_cohort_is_removed_after_a_question(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client)
    submit(client, mini_course)
    mark(register, mini_course, "anna")
    question = told(client.get(f"{cohort}/remove", headers=TROELS).text)
    assert "1 refleksion er vurderet, men svaret er ikke sendt" in question
    assert cohorts.of_trainer(register, "troels")
    answer = client.post(f"{cohort}/remove", headers=TROELS)
    assert answer.headers["location"] == "/trainer?done=removed"
    assert "Holdet er fjernet" in client.get(answer.headers["location"], headers=TROELS).text
    assert client.get(cohort, headers=TROELS).status_code == 404
    again = client.post(f"{cohort}/remove", headers=TROELS)
    assert again.headers["location"] == "/trainer?done=gone", "pressed twice"
    assert "måske fjernet i forvejen" in client.get(again.headers["location"], headers=TROELS).text
    assert client.get(f"/api/v1/reflections/{ID}", headers=ANNA).json()["answers"][0]


def test_another_trainer_can_be_let_in(client: TestClient, register: Register) -> None:
    cohort = made(client)
    assert client.get(cohort, headers=TOVE).status_code == 404
    for nobody in ("", "  ", "ukendt", "x" * 300):
        assert post(client, f"{cohort}/trainers", person=nobody).status_code == 422
    assert cohorts.of_trainer(register, "troels")[0].trainers == ("troels",)
    answer = post(client, f"{cohort}/trainers", person=" Tove ")
    assert answer.status_code == 303
    assert "Holdet har fået en underviser mere" in told(
        client.get(answer.headers["location"], headers=TROELS).text
    )
    page = client.get(cohort, headers=TOVE)
    assert page.status_code == 200
    assert "Undervisere (2)" in told(page.text)
    assert post(client, f"{cohort}/trainers", person="tove").status_code == 303, "twice is once"
    assert sorted(cohorts.of_trainer(register, "tove")[0].trainers) == ["tove", "troels"]
    with register.read() as session:
        noted = session.execute(
            text("SELECT actor, subject, detail FROM audit WHERE action = 'cohort_trainer_added'")
        ).all()
    assert len(noted) == 1
    assert noted[0][0], "by whom, under a pseudonym"
    assert "tove" not in str(noted), "and whom, too"


def test_a_trainer_is_taken_out_after_a_question(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client)
    submit(client, mini_course)
    alone = client.post(f"{cohort}/trainers/troels/remove", headers=TROELS)
    assert alone.status_code == 409
    assert "Et hold skal have en underviser" in told(alone.text)
    post(client, f"{cohort}/trainers", person="tove")
    assert client.get(f"{cohort}/people/anna/{ID}", headers=TOVE).status_code == 200
    question = told(client.get(f"{cohort}/trainers/tove/remove", headers=TROELS).text)
    assert "Skal Tove Træner ikke længere være underviser?" in question
    assert client.get(f"{cohort}/trainers/anna/remove", headers=TROELS).status_code == 404
    assert len(cohorts.of_trainer(register, "tove")) == 1, "asking changes nothing"
    for _twice in range(2):
        out = client.post(f"{cohort}/trainers/tove/remove", headers=TROELS)
        assert out.headers["location"] == f"{cohort}?done=trainer-out"
    assert "ikke længere underviser" in told(client.get(out.headers["location"], headers=TROELS).text)
    for address in (cohort, f"{cohort}/people/anna/{ID}", f"{cohort}/trainers/troels/remove"):
        assert client.get(address, headers=TOVE).status_code == 404
    assert client.post(f"{cohort}/return", headers=TOVE).status_code == 404
    assert client.get(f"/api/v1/reflections/{ID}", headers=ANNA).json()["trainer_names"] == ["Troels Træner"]


def test_a_trainer_leaves_a_cohort_to_another(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client)
    submit(client, mini_course)
    mark(register, mini_course, "anna")
    post(client, f"{cohort}/trainers", person="tove")
    question = told(client.get(f"{cohort}/trainers/troels/remove", headers=TROELS).text)
    assert "Vil du forlade Nye i november?" in question
    assert "1 refleksion venter på vurdering eller på svar" in question
    left = client.post(f"{cohort}/trainers/troels/remove", headers=TROELS)
    assert left.headers["location"] == "/trainer?done=left"
    assert "De andre undervisere fortsætter" in told(client.get("/trainer?done=left", headers=TROELS).text)
    again = client.post(f"{cohort}/trainers/troels/remove", headers=TROELS)
    assert again.headers["location"] == "/trainer?done=gone", "pressed twice"
    assert client.get(cohort, headers=TROELS).status_code == 404
    assert client.post(f"{cohort}/return", headers=TOVE).headers["location"] == f"{cohort}?returned=1"


def test_reading_leads_to_the_next_that_waits(
    client: TestClient, register: Register, mini_course: Course
) -> None:
    cohort = made(client, unit="", ids="anna bo niels")
    for who in ("anna", "niels"):
        submit(client, mini_course, who=login(who, "learner"))
    page = client.get(f"{cohort}/people/anna/{ID}", headers=TROELS).text
    assert f'href="{cohort}/people/niels/{ID}">Læs den næste, der venter: Niels Ny' in page
    page = client.get(f"{cohort}/people/niels/{ID}", headers=TROELS).text
    assert f'href="{cohort}/people/anna/{ID}">Læs den næste' in page, "and round again"
    mark(register, mini_course, "niels")
    assert "Læs den næste" not in client.get(f"{cohort}/people/anna/{ID}", headers=TROELS).text


def test_the_menu_is_for_those_who_train(client: TestClient, register: Register) -> None:
    link = 'href="/trainer"'
    assert link in client.get("/about", headers=TROELS).text
    assert link not in client.get("/about", headers=HANNE).text
    assert link not in client.get("/about", headers=ANNA).text


def test_a_form_on_another_site_is_refused(client: TestClient, register: Register) -> None:
    cohort = made(client)
    foreign = {**TROELS, "sec-fetch-site": "cross-site"}
    for path in ("return", "members", "deadline", "remove"):
        assert client.post(f"{cohort}/{path}", data=FORM, headers=foreign).status_code == 403
    assert cohorts.of_trainer(register, "troels")


def test_a_cohort_of_300_is_one_page(client: TestClient, register: Register, mini_course: Course) -> None:
    many = [Person(f"p{n:03}", f"Person {n:03}", unit="Mange", role="employee") for n in range(300)]
    with register.write() as session:
        people.add(session, many, "roster")
    cohort = made(client, unit="Mange")
    page = client.get(cohort, headers=TROELS).text
    assert page.count('<th scope="row">Person') == 300


def test_the_trainer_reads_when_it_was_sent_by_the_courses_clock(
    client: TestClient, register: Register, mini_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = made(client)
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("kommune3.engine.clock.now", lambda: late)
    submit(client, mini_course)
    assert "1. dec. 2026" in told(client.get(cohort, headers=TROELS).text)
