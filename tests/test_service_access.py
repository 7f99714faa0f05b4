"""Every route with every role: allowed where the table says so, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.service.access import ANYONE, RULES, allowed, row_key
from kommune3.service.identity import ROLES, Identity
from serving import ANNA, BO, HANNE, SIGNED_IN, attempt, login, problem

Key = tuple[str, str]

REFLECTION = "/api/v1/reflections/baenk-refleksion"
PLAN = "/api/v1/plans/baenk-plan"
COHORT = "/trainer/cohorts/findes-ikke"
ROSTER = {"file": ("liste.csv", b"id;name;unit;role\nanna;Anna;Skole;employee\n", "text/csv")}
SAMPLES: dict[Key, tuple[str, dict[str, Any], int]] = {
    ("GET", "/healthz"): ("/healthz", {}, 200),
    ("GET", "/static/{path:path}"): ("/static/host.js", {}, 200),
    ("GET", "/logo"): ("/logo", {}, 404),
    ("GET", "/about"): ("/about", {}, 200),
    ("GET", "/api/v1/openapi.json"): ("/api/v1/openapi.json", {}, 200),
    ("GET", "/api/v1/me"): ("/api/v1/me", {}, 200),
    ("PUT", "/api/v1/me/role"): ("/api/v1/me/role", {"json": {"role": "employee"}}, 200),
    ("POST", "/api/v1/attempts"): ("/api/v1/attempts", {"json": "an attempt"}, 201),
    ("GET", "/api/v1/attempts/{activity}"): ("/api/v1/attempts/opkaldet", {}, 200),
    ("GET", "/api/v1/reflections/{activity}"): (REFLECTION, {}, 200),
    ("PUT", "/api/v1/reflections/{activity}/draft"): (f"{REFLECTION}/draft", {"json": {}}, 422),
    ("DELETE", "/api/v1/reflections/{activity}/draft"): (f"{REFLECTION}/draft", {}, 200),
    ("POST", "/api/v1/reflections/{activity}/submissions"): (f"{REFLECTION}/submissions", {"json": {}}, 422),
    ("DELETE", "/api/v1/reflections/{activity}/submissions"): (f"{REFLECTION}/submissions", {}, 409),
    ("GET", "/api/v1/plans/{activity}"): (PLAN, {}, 200),
    ("PUT", "/api/v1/plans/{activity}/draft"): (f"{PLAN}/draft", {"json": {}}, 422),
    ("DELETE", "/api/v1/plans/{activity}/draft"): (f"{PLAN}/draft", {}, 200),
    ("POST", "/api/v1/plans/{activity}/finished"): (f"{PLAN}/finished", {"json": {}}, 422),
    ("POST", "/api/v1/language/{activity}"): ("/api/v1/language/baenk-sprog", {"json": {"text": "x"}}, 200),
    ("POST", "/api/v1/assignments/{assignment}/notebook"): (
        "/api/v1/assignments/employee/notebook",
        {"json": {}},
        422,
    ),
    ("GET", "/api/v1/completions"): ("/api/v1/completions", {}, 200),
    ("GET", "/"): ("/", {}, 200),
    ("GET", "/roles/{role}"): ("/roles/employee", {}, 200),
    ("GET", "/start/{role}"): ("/start/employee", {}, 200),
    ("GET", "/modules/{module}"): ("/modules/employee-01", {}, 200),
    ("GET", "/local"): ("/local", {}, 200),
    ("GET", "/local/films/{number}"): ("/local/films/0", {}, 404),
    ("POST", "/certificates"): ("/certificates", {}, 409),
    ("GET", "/certificates"): ("/certificates", {}, 200),
    ("GET", "/certificates/{number}"): ("/certificates/FINDES22IKKE", {}, 404),
    ("GET", "/certificates/{number}/pdf"): ("/certificates/FINDES22IKKE/pdf", {}, 404),
    ("GET", "/hr/certificates"): ("/hr/certificates?number=FINDES22IKKE", {}, 200),
    ("POST", "/me/role"): ("/me/role", {"data": {"role": "employee"}}, 303),
    ("GET", "/trainer"): ("/trainer", {}, 200),
    ("GET", "/trainer/materials"): ("/trainer/materials", {}, 200),
    ("GET", "/trainer/materials/{material}"): ("/trainer/materials/ark", {}, 200),
    ("POST", "/trainer/cohorts"): ("/trainer/cohorts", {"data": {"title": "Hold", "unit": "Skole"}}, 200),
    ("GET", "/trainer/cohorts/{cohort}"): (COHORT, {}, 404),
    ("POST", "/trainer/cohorts/{cohort}/return"): (f"{COHORT}/return", {}, 404),
    ("POST", "/trainer/cohorts/{cohort}/members"): (
        f"{COHORT}/members",
        {"data": {"action": "add", "ids": "anna"}},
        404,
    ),
    ("POST", "/trainer/cohorts/{cohort}/deadline"): (f"{COHORT}/deadline", {}, 404),
    ("GET", "/trainer/cohorts/{cohort}/remove"): (f"{COHORT}/remove", {}, 404),
    ("POST", "/trainer/cohorts/{cohort}/remove"): (f"{COHORT}/remove", {}, 303),
    ("POST", "/trainer/cohorts/{cohort}/trainers"): (
        f"{COHORT}/trainers",
        {"data": {"person": "anna"}},
        404,
    ),
    ("GET", "/trainer/cohorts/{cohort}/trainers/{person}/remove"): (
        f"{COHORT}/trainers/troels/remove",
        {},
        404,
    ),
    ("POST", "/trainer/cohorts/{cohort}/trainers/{person}/remove"): (
        f"{COHORT}/trainers/troels/remove",
        {},
        303,
    ),
    ("GET", "/trainer/cohorts/{cohort}/people/{person}/{activity}"): (
        f"{COHORT}/people/anna/baenk-refleksion",
        {},
        404,
    ),
    ("GET", "/modules/{module}/notebook"): ("/modules/common-01/notebook", {}, 404),
    ("GET", "/trainer/cohorts/{cohort}/formgrader"): (f"{COHORT}/formgrader", {}, 404),
    ("GET", "/hr"): ("/hr", {}, 200),
    ("GET", "/hr/people/{person}"): ("/hr/people/bo", {}, 200),
    ("GET", "/hr/export.csv"): ("/hr/export.csv", {}, 200),
    ("GET", "/hr/export.xlsx"): ("/hr/export.xlsx", {}, 200),
    ("GET", "/hr/roster"): ("/hr/roster", {}, 200),
    ("POST", "/hr/roster"): ("/hr/roster", {"files": ROSTER}, 200),
    ("POST", "/hr/roster/confirm"): ("/hr/roster/confirm", {"data": {"token": "unknown"}}, 409),
    ("POST", "/hr/samples"): ("/hr/samples", {"data": {"action": "remove"}}, 303),
}
"""For every row of the table: an address, what to send, and the status for somebody who may."""

WHO: dict[str, Mapping[str, str]] = {
    "anonymous": {},
    "no role at all": login("bo"),
    **{role: login(person, role) for person, role in SIGNED_IN.items()},
}


def keys_of(app: FastAPI) -> list[Key]:
    found = []
    for route in app.router.routes:
        methods = getattr(route, "methods", None) or {"?"}
        found += [(method, getattr(route, "path", "?")) for method in methods - {"HEAD"}]
    return found


def test_every_route_has_one_row_and_every_row_a_route(app: FastAPI) -> None:
    keys = keys_of(app)
    assert sorted(keys) == sorted(RULES)
    assert sorted(SAMPLES) == sorted(RULES)


@pytest.mark.parametrize("key", SAMPLES, ids=" ".join)
def test_a_route_answers_each_role_as_the_table_says(
    client: TestClient, mini_course: Course, key: Key
) -> None:
    address, sent, status = SAMPLES[key]
    for who, headers in WHO.items():
        if sent.get("json") == "an attempt":
            sent = {"json": attempt(mini_course, "opkaldet", [])}
        roles = frozenset(headers.get("x-roles", "").split()) & ROLES
        identity = Identity(headers["x-person"], roles) if headers else None
        denied = 401 if identity is None else 403
        answer = client.request(key[0], address, headers=headers, **sent)
        assert answer.status_code == (status if allowed(RULES[key], identity) else denied), who
        if key[0] == "GET":
            assert client.head(address, headers=headers).status_code == answer.status_code


def test_a_refusal_comes_before_the_request_is_read(client: TestClient) -> None:
    broken = client.post(
        "/api/v1/attempts", content=b"{", headers={"content-type": "application/json", **HANNE}
    )
    assert broken.status_code == 403


def test_a_route_without_a_row_is_refused(app: FastAPI) -> None:
    app.add_api_route("/forgotten", lambda: {"secret": 1})
    client = TestClient(app, base_url="http://127.0.0.1")
    assert client.get("/forgotten", headers=login("aksel", *ROLES)).status_code == 403


def test_a_method_without_a_row_does_not_exist(client: TestClient) -> None:
    for method in ("DELETE", "PATCH", "OPTIONS", "TRACE", "PUT"):
        assert client.request(method, "/hr", headers=HANNE).status_code == 405


def test_nobody_sees_another_learners_attempts(client: TestClient, mini_course: Course) -> None:
    sent = attempt(mini_course, "opkaldet", ["sporg"])
    assert client.post("/api/v1/attempts", json=sent, headers=ANNA).status_code == 201
    mine = client.get("/api/v1/attempts/opkaldet", headers=ANNA).json()
    theirs = client.get("/api/v1/attempts/opkaldet", headers=BO).json()
    assert mine["attempt"]["choices"] == ["sporg"]
    assert theirs == {"attempt": None}
    # a key belongs to who made it: another's key is neither found nor blocked
    again = client.post("/api/v1/attempts", json=sent | {"choices": ["noter"]}, headers=BO)
    assert again.status_code == 201


def test_hr_sees_no_choices_anywhere(client: TestClient, mini_course: Course) -> None:
    sent = attempt(mini_course, "opkaldet", ["afvis"])
    client.post("/api/v1/attempts", json=sent, headers=ANNA)
    for address in ("/hr", "/hr/people/anna", "/hr/export.csv", "/api/v1/completions"):
        assert "afvis" not in client.get(address, headers=HANNE).text


def test_hr_does_not_meet_politicians(client: TestClient) -> None:
    assert client.get("/hr/people/pia", headers=HANNE).status_code == 404
    assert "Pia" not in client.get("/hr", headers=HANNE).text
    assert "Pia" not in client.get("/api/v1/completions?role=politician", headers=HANNE).text


def test_somebody_who_is_not_in_the_register_is_told_so(client: TestClient) -> None:
    stranger = login("fremmed", "learner")
    problem(client.get("/api/v1/me", headers=stranger), 403, "unknown-person")
    assert client.get("/", headers=stranger).status_code == 403


def test_the_table_is_deny_by_default() -> None:
    assert allowed(ANYONE, None)
    assert not allowed(frozenset(), Identity("x", ROLES))
    assert row_key([], {"type": "http", "method": "GET", "path": "/"}) is None
