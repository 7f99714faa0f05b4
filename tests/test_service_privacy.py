"""A reflection is its author's, and once it is sent the author's trainer's: each route, asked by all."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.register import certificates, cohorts, marks, people, plans, reflections
from kommune3.register.marks import Mark
from kommune3.register.people import Person
from kommune3.service.access import RULES
from kommune3.service.identity import ROLES
from kommune3.service.settings import Settings
from registering import complete
from serving import ANNA, BASE, BO, HANNE, Factory, login
from test_service_reflections import ID, submit, texts

SENT, DRAFT, COMMENT, UNSHARED = "Zebrafink", "Kvælerslange", "Næsehorn", "Myresluger"
PLANNED, LETTER = "Løvefrø", "Vaskebjørn"
"""Words that stand in one text each, and nowhere else."""
PLAN, LANGUAGE = "baenk-plan", "baenk-sprog"
TEXTS = ("/api/v1/reflections/", "/api/v1/plans/")
EVERY = (SENT, DRAFT, COMMENT, UNSHARED, PLANNED, LETTER)
TROELS, TOVE = login("troels", "learner", "trainer"), login("tove", "trainer")
ALL_BUT_TRAINER = ROLES - {"trainer"}
PIA = login("pia", "learner")
WHO: dict[str, Mapping[str, str]] = {
    "nobody": {},
    "anna": ANNA,
    "her trainer": TROELS,
    "another learner": BO,
    "hr": HANNE,
    "admin": login("aksel", "admin"),
    "everything but trainer": login("aksel", *ALL_BUT_TRAINER),
    "another trainer": TOVE,
    "another trainer with every role": login("tove", *ROLES),
    "pia": PIA,
    "not in the register": login("fremmed", *ROLES),
}
MAY: dict[str, tuple[str, ...]] = {
    "anna": (SENT, DRAFT, PLANNED),
    "her trainer": (SENT, COMMENT),
    "pia": (UNSHARED,),
}
"""Who may read which of the words, before the feedback is returned."""


@dataclass(frozen=True)
class Seeded:
    """An app in whose register the words stand."""

    app: FastAPI
    client: TestClient
    cohort: str
    certificate: str


@pytest.fixture
def seeded(
    make_app: Factory, settings: Settings, mini_course: Course, caplog: pytest.LogCaptureFixture
) -> Seeded:
    caplog.set_level(logging.DEBUG)
    # statements and their parameters; before the engine is made, which asks once
    caplog.set_level(logging.INFO, "sqlalchemy")
    app = make_app(settings)
    register = app.state.services.register
    with register.write() as session:
        people.add(session, [Person("tove", "Tove Træner", unit="HR", role="employee")], "roster")
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)
    one = cohorts.make(register, "Hold", ["anna", "pia"], ["troels"], "troels", made_from="liste")
    cohorts.make(register, "Et andet", ["bo"], ["tove"], "tove", made_from="liste")
    assert submit(client, mini_course, f"{SENT}. {texts(mini_course)[0]}").status_code == 201
    assert submit(client, mini_course, f"{UNSHARED}. {texts(mini_course)[0]}", who=PIA).status_code == 201
    state = reflections.of(register, mini_course, "anna", ID)
    reflections.save_draft(
        register, mini_course, "anna", ID, texts(mini_course, f"{DRAFT} i en kladde"), state.revision
    )
    plan = (f"{PLANNED} her", f"{PLANNED} der", PLANNED, "")
    plans.save_draft(register, mini_course, "anna", PLAN, plan, 0)
    plans.finish(register, mini_course, "anna", PLAN)
    for letter in (f"{LETTER} til en kunde", f"{LETTER} 010190-1234"):
        client.post(f"/api/v1/language/{LANGUAGE}", json={"text": letter}, headers=ANNA)
    assert state.submission is not None
    mark = Mark(
        state.submission, "checked", manual=3, auto=1, comment=f"{COMMENT} og ros", needs_manual=False
    )
    marks.write(register, mini_course, [mark])
    for module in mini_course.modules_of("employee"):
        complete(register, mini_course, "anna", module.id)
    return Seeded(app, client, one.id, certificates.issue(register, mini_course, "anna").number)


def address(path: str, cohort: str, person: str = "anna", number: str = "") -> str:
    """The route's path with the author's ids in it, and in a query that it may know."""
    own = {"plans": PLAN, "language": LANGUAGE}
    ids = {
        "activity": next((id_ for part, id_ in own.items() if f"/{part}/" in path), ID),
        "person": person,
        "cohort": cohort,
        "module": "employee-01",
        "role": "employee",
        "assignment": "employee",
        "path:path": "host.js",
        "number": number,
    }
    for name, value in ids.items():
        path = path.replace("{" + name + "}", value)
    return f"{path}?person={person}&search={person}&unit=Skole&activity={ID}&cohort={cohort}&show=returned"


FORMS = {
    "title": "Mit hold",
    "ids": "anna pia",
    "person": "anna",
    "action": "add",
    "activity": ID,
    "role": "employee",
    "token": "x",
    "deadline": "2027-01-01",
}


def asked(seeded: Seeded, who: str) -> Iterator[tuple[str, str, int]]:
    """Every route asked as somebody: what was asked, all that came back, the status."""
    headers = WHO[who]
    for method, path in sorted(RULES):
        if who == "her trainer" and path.endswith(("/remove", "/return", "/members")) and method == "POST":
            continue  # they change what the others are to be asked about
        if who in ("anna", "pia") and path.startswith(TEXTS) and method != "GET":
            continue
        for person in ("anna", "pia") if "{person}" in path else ("anna",):
            form = method == "POST" and not path.startswith(("/api", "/hr/samples"))
            body = {"data": FORMS} if form else {}
            answer = seeded.client.request(
                method, address(path, seeded.cohort, person, seeded.certificate), headers=headers, **body
            )
            told = answer.text + repr(sorted(answer.headers.items()))
            yield f"{method} {path} as {who}", told, answer.status_code


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All that was logged, while the words were stored and since."""
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in records)


def test_no_route_gives_a_text_to_anybody_else(seeded: Seeded, caplog: pytest.LogCaptureFixture) -> None:
    for who in WHO:
        seen: set[str] = set()
        for what, told, _status in asked(seeded, who):
            found = {word for word in EVERY if word in told}
            assert found <= set(MAY.get(who, ())), what
            seen |= found
        assert seen == set(MAY.get(who, ())), f"{who}: the test would not have noticed"
    assert not [word for word in EVERY if word in logged(caplog)]


def test_a_certificates_number_opens_it_for_nobody_else(seeded: Seeded) -> None:
    """Whoever has seen the number: of all routes, those that take it answer its owner alone."""
    routes = [path for _method, path in RULES if "{number}" in path and path.startswith("/certificates/")]
    assert len(routes) == 2
    for who, headers in WHO.items():
        for path in routes:
            asked = path.replace("{number}", seeded.certificate)
            answer = seeded.client.get(asked, headers=headers)
            assert (answer.status_code == 200) == (who == "anna"), (who, path)
            assert who == "anna" or "Ankjær" not in answer.text


def test_the_log_listens_to_the_statements(seeded: Seeded, caplog: pytest.LogCaptureFixture) -> None:
    assert "INSERT INTO submissions" in logged(caplog)
    assert "SQL parameters hidden" in logged(caplog)


def test_somebody_elses_cohort_is_no_page_at_all(seeded: Seeded) -> None:
    for who in ("another trainer", "another trainer with every role"):
        answers = {
            f"{method} {path}": seeded.client.request(
                method,
                address(path, seeded.cohort),
                headers=WHO[who],
                data=FORMS if method == "POST" else None,
            )
            for method, path in RULES
            if "{cohort}" in path
        }
        assert answers
        for pressed in ("remove", "trainers/{person}/remove"):  # as one that was removed or left just now
            gone = answers.pop(f"POST /trainer/cohorts/{{cohort}}/{pressed}")
            assert gone.headers["location"] == "/trainer?done=gone"
        assert {name: a.status_code for name, a in answers.items()} == dict.fromkeys(answers, 404)
    unknown = seeded.client.get("/trainer/cohorts/findes-ikke", headers=TOVE)
    theirs = seeded.client.get(f"/trainer/cohorts/{seeded.cohort}", headers=TOVE)
    assert unknown.text == theirs.text
    left = cohorts.get(seeded.app.state.services.register, seeded.cohort)
    assert left.members == ("anna", "pia")


def test_a_title_and_an_address_hold_no_text(seeded: Seeded) -> None:
    page = seeded.client.get(f"/trainer/cohorts/{seeded.cohort}/people/anna/{ID}", headers=TROELS)
    assert SENT in page.text
    assert SENT not in page.text.partition("</head>")[0]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "same-origin"


def test_a_politicians_reflection_is_not_the_trainers_until_it_is_shared(
    seeded: Seeded, mini_course: Course
) -> None:
    read = f"/trainer/cohorts/{seeded.cohort}/people/pia/{ID}"
    assert seeded.client.get(read, headers=TROELS).status_code == 404
    assert (
        f"/people/pia/{ID}" not in seeded.client.get(f"/trainer/cohorts/{seeded.cohort}", headers=TROELS).text
    )
    shared = submit(seeded.client, mini_course, f"{UNSHARED}. {texts(mini_course)[0]}", who=PIA, share=True)
    assert shared.status_code == 201
    assert UNSHARED in seeded.client.get(read, headers=TROELS).text


def test_who_leaves_the_cohort_is_no_longer_read(seeded: Seeded) -> None:
    read = f"/trainer/cohorts/{seeded.cohort}/people/anna/{ID}"
    assert seeded.client.get(read, headers=TROELS).status_code == 200
    members = f"/trainer/cohorts/{seeded.cohort}/members"
    dropped = seeded.client.post(members, data={"action": "drop", "ids": "anna"}, headers=TROELS)
    assert dropped.status_code == 303
    assert seeded.client.get(read, headers=TROELS).status_code == 404
    assert seeded.client.get(f"/api/v1/reflections/{ID}", headers=ANNA).json()["answers"][0].startswith(DRAFT)


def test_a_trainer_without_the_role_is_none(seeded: Seeded) -> None:
    without = login("troels", "learner", "hr", "admin")
    for path in ("/trainer", f"/trainer/cohorts/{seeded.cohort}"):
        assert seeded.client.get(path, headers=without).status_code == 403


def test_an_error_below_repeats_nothing(
    seeded: Seeded, mini_course: Course, caplog: pytest.LogCaptureFixture
) -> None:
    with seeded.app.state.services.register.write() as session:
        session.execute(sql("ALTER TABLE submissions RENAME COLUMN answers TO gone"))
    word = "Brilleslange"
    answer = submit(seeded.client, mini_course, f"{word}. {texts(mini_course)[0]}", who=BO)
    assert answer.status_code == 503
    assert word not in answer.text
    assert word not in logged(caplog)
    assert "/api/v1/reflections/{activity}/submissions" in logged(caplog)
