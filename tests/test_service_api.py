"""The API: what is stored, what is answered, and every kind of bad input."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.engine.models import Quiz, Scenario, Sorter
from serving import ANNA, HANNE, Factory, a_path, attempt, login, problem

JSON = {"content-type": "application/json"}


def post(client: TestClient, sent: Any, headers: dict[str, str] = ANNA) -> Any:
    return client.post("/api/v1/attempts", json=sent, headers=headers)


def scenario_of(course: Course) -> Scenario:
    found = course.activities["opkaldet"]
    assert isinstance(found, Scenario)
    return found


def right_answers(course: Course, activity: str) -> list[str]:
    found = course.activities[activity]
    if isinstance(found, Sorter):
        return [item.bucket for item in found.items]
    assert isinstance(found, Quiz)
    return [next(o.id for o in question.options if o.correct) for question in found.questions]


def test_a_scenario_played_to_the_end_completes_its_module(client: TestClient, mini_course: Course) -> None:
    path = a_path(scenario_of(mini_course))
    for n in range(len(path) + 1):
        answer = post(client, attempt(mini_course, "opkaldet", path[:n])).json()
        assert answer["recorded"] is True
        assert answer["choices"] == path[:n]
        assert answer["outcome"]["finished"] is (n == len(path))
    assert answer["completed"] == ["employee-01"]
    assert answer["outcome"]["ending"]
    standing = {m["module"]: m for m in client.get("/api/v1/me", headers=ANNA).json()["modules"]}
    assert standing["employee-01"]["status"] == "completed"
    assert standing["employee-01"]["evidence"] == "server_checked"
    assert standing["employee-01"]["passed"] == ["opkaldet"]
    assert standing["common-01"]["status"] == "not_started"


def test_a_module_with_two_exercises_needs_both(client: TestClient, mini_course: Course) -> None:
    first = post(client, attempt(mini_course, "baenk-quiz", right_answers(mini_course, "baenk-quiz"))).json()
    assert (first["outcome"]["score"], first["completed"]) == (100, [])
    second = post(client, attempt(mini_course, "baenk-sorter", right_answers(mini_course, "baenk-sorter")))
    assert second.json()["completed"] == ["common-01"]


def test_the_newest_attempt_is_where_one_goes_on(client: TestClient, mini_course: Course) -> None:
    assert client.get("/api/v1/attempts/opkaldet", headers=ANNA).json() == {"attempt": None}
    path = a_path(scenario_of(mini_course))
    post(client, attempt(mini_course, "opkaldet", path))
    shorter = post(client, attempt(mini_course, "opkaldet", path[:1])).json()
    newest = client.get("/api/v1/attempts/opkaldet", headers=ANNA).json()["attempt"]
    assert newest == shorter


def test_the_same_key_stores_nothing_twice(client: TestClient, mini_course: Course) -> None:
    sent = attempt(mini_course, "opkaldet", ["sporg"])
    first, second = post(client, sent), post(client, sent)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    problem(post(client, sent | {"choices": ["noter"]}), 409, "key-reused")
    problem(post(client, sent | {"key": sent["key"].upper(), "choices": ["noter"]}), 409, "key-reused")


def test_another_version_of_the_exercise_is_refused(client: TestClient, mini_course: Course) -> None:
    problem(
        post(client, attempt(mini_course, "opkaldet", [], version="000000000000")), 409, "version-changed"
    )


@pytest.mark.parametrize(
    ("choices", "step"),
    [
        (["del"], 0),
        (["sporg", "sporg"], 1),
        (["sporg", "vent"], 1),
        (["afvis", "ring"], 1),
        (["noter", "vent", "noter"], 2),
        (["findes-ikke"], 0),
        (["\x00"], 0),
        (["🙂"], 0),
        ([""], 0),
    ],
)
def test_a_forged_or_impossible_path_is_refused(
    client: TestClient, mini_course: Course, choices: list[str], step: int
) -> None:
    told = problem(post(client, attempt(mini_course, "opkaldet", choices)), 422, "impossible-path")
    assert told["step"] == step
    assert client.get("/api/v1/attempts/opkaldet", headers=ANNA).json() == {"attempt": None}


def test_nobody_can_claim_to_be_done(client: TestClient, mini_course: Course) -> None:
    forged = attempt(mini_course, "opkaldet", ["sporg"]) | {
        "outcome": {"finished": True, "passed": True},
        "completed": ["employee-01"],
    }
    told = problem(post(client, forged), 422, "invalid")
    assert "outcome" in told["detail"]


@pytest.mark.parametrize(
    "changes",
    [
        {"choices": ["sporg"] * 101},
        {"choices": ["x" * 65]},
        {"choices": ["x" * 10_000]},
        {"choices": "sporg"},
        {"choices": [1]},
        {"choices": None},
        {"choices": ["\ud800"]},
        {"key": "no uuid"},
        {"key": ""},
        {"key": 7},
        {"activity": "x" * 10_000},
        {"version": "x" * 10_000},
        {"version": None},
    ],
    ids=lambda changes: repr(changes)[:30],
)
def test_fields_that_do_not_fit_are_named_but_not_repeated(
    client: TestClient, mini_course: Course, changes: dict[str, Any]
) -> None:
    body = json.dumps(attempt(mini_course, "opkaldet", []) | changes)
    answer = client.post("/api/v1/attempts", content=body, headers=JSON | ANNA)
    told = problem(answer, 422, "invalid")
    assert next(iter(changes)) in told["detail"]
    assert "xxx" not in answer.text


@pytest.mark.parametrize("body", ["", "[]", "7", "null", '"et ord"'])
def test_a_body_that_is_no_object_is_said_to_be_none(client: TestClient, body: str) -> None:
    told = problem(client.post("/api/v1/attempts", content=body, headers=JSON | ANNA), 422, "invalid")
    assert told["detail"] == "Der er intet JSON-objekt i det sendte."


@pytest.mark.parametrize("activity", ["findes-ikke", "\x00", "🙂", "../etc", "baenk-tabel", "baenk-tid", ""])
def test_an_activity_that_cannot_be_recorded(client: TestClient, mini_course: Course, activity: str) -> None:
    sent = attempt(mini_course, "opkaldet", []) | {"activity": activity}
    problem(post(client, sent), 404, "unknown-activity")


@pytest.mark.parametrize(
    "body", [b"{", b"", b"\xff\xfe", b'{"a":', b"[" * 60_000, b"nul\x00l", b'{"choices": NaN', b"\x1f\x8b"]
)
def test_broken_json(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/attempts", content=body, headers=JSON | ANNA)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/api/v1/attempts", content=b"{}", headers={"content-type": kind, **ANNA})
    problem(answer, 415, "not-json")


def test_a_body_that_is_too_large_is_refused(client: TestClient, mini_course: Course) -> None:
    sent = json.dumps(attempt(mini_course, "opkaldet", []))
    padded = sent[:-1] + " " * 64_000 + "}"
    answer = client.post("/api/v1/attempts", content=padded, headers=JSON | ANNA)
    assert "64 kB" in problem(answer, 413, "too-large")["detail"]


def test_a_body_that_streams_past_the_limit_is_refused(client: TestClient) -> None:
    chunks = (b" " * 10_000 for _ in range(100))
    answer = client.post("/api/v1/attempts", content=chunks, headers=JSON | ANNA)
    problem(answer, 413, "too-large")


def test_unknown_addresses_under_the_api_are_problems_too(client: TestClient) -> None:
    answer = client.get("/api/v1/findes-ikke", headers=ANNA)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert client.get("/api/v1/attempts", headers=ANNA).json()["status"] == 405
    problem(client.get(f"/api/v1/attempts/{'x' * 65}", headers=ANNA), 422, "invalid")


def test_a_role_is_chosen_once_where_no_staff_list_says_it(client: TestClient, make_app: Factory) -> None:
    told = problem(
        client.put("/api/v1/me/role", json={"role": "politician"}, headers=ANNA), 409, "role-fixed"
    )
    assert told["detail"]
    problem(client.put("/api/v1/me/role", json={"role": "konge"}, headers=ANNA), 404, "unknown-role")
    assert client.get("/api/v1/me", headers=ANNA).json()["role"] == "employee"
    moved = client.post("/me/role", data={"role": "politician"}, headers=ANNA)
    assert moved.headers["location"] == "/roles/politician"
    assert client.get("/api/v1/me", headers=ANNA).json()["role"] == "employee"


def test_hr_gets_one_line_per_person(client: TestClient, mini_course: Course) -> None:
    post(client, attempt(mini_course, "opkaldet", a_path(scenario_of(mini_course))))
    found = client.get("/api/v1/completions?search=Anna", headers=HANNE).json()
    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)
    line = found["lines"][0]
    assert (line["id"], line["done"], line["required"], line["status"]) == ("anna", 1, 2, "started")
    assert {m["module"]: m["status"] for m in line["modules"]} == {
        "employee-01": "completed",
        "common-01": "not_started",
    }
    everybody = client.get("/api/v1/completions", headers=HANNE).json()
    assert everybody["total"] == 5
    assert client.get("/api/v1/completions?unit=Skole", headers=HANNE).json()["total"] == 2
    assert client.get("/api/v1/completions?page=0", headers=HANNE).status_code == 422


def test_hostile_searches_find_nothing_and_break_nothing(client: TestClient) -> None:
    for search in ("<script>", "%", "_", "' OR 1=1 --", "\x00", "🙂", "x" * 200):
        answer = client.get("/api/v1/completions", params={"search": search}, headers=HANNE)
        assert (answer.status_code, answer.json()["total"]) == (200, 0), search
        page = client.get("/hr", params={"search": search}, headers=HANNE)
        assert page.status_code == 200
        assert "<script>" not in page.text.replace("<script src", "").replace('<script type="module"', "")


def test_the_description_names_every_route_and_its_refusals(client: TestClient) -> None:
    found = client.get("/api/v1/openapi.json", headers=ANNA).json()
    assert found["openapi"].startswith("3.")
    assert set(found["paths"]) == {
        "/healthz",
        "/api/v1/openapi.json",
        "/api/v1/me",
        "/api/v1/me/role",
        "/api/v1/attempts",
        "/api/v1/attempts/{activity}",
        "/api/v1/reflections/{activity}",
        "/api/v1/reflections/{activity}/draft",
        "/api/v1/reflections/{activity}/submissions",
        "/api/v1/plans/{activity}",
        "/api/v1/plans/{activity}/draft",
        "/api/v1/plans/{activity}/finished",
        "/api/v1/language/{activity}",
        "/api/v1/assignments/{assignment}/notebook",
        "/api/v1/completions",
    }
    for path, methods in found["paths"].items():
        for method, described in methods.items():
            assert described["tags"], path
            assert described["description"], path
            if path != "/healthz":
                assert "application/problem+json" in described["responses"]["403"]["content"], (path, method)
            sent = described.get("requestBody", {}).get("content", {})
            refusals = {"413", "415", "422"} if sent else set()
            if "application/json" in sent:
                refusals.add("400")
            if described.get("parameters"):
                refusals.add("422")
            for status in refusals:
                content = described["responses"][status]["content"]
                assert list(content) == ["application/problem+json"], (path, method, status)
    assert "/docs" not in found["paths"]
    assert client.get("/docs", headers=ANNA).status_code == 404


def test_keys_never_leave_the_server_before_an_answer(client: TestClient, mini_course: Course) -> None:
    half = post(
        client, attempt(mini_course, "baenk-quiz", right_answers(mini_course, "baenk-quiz")[:1])
    ).json()
    assert [result["id"] for result in half["outcome"]["results"]] == ["ansvar"]
    page = client.get("/modules/common-01", headers=ANNA).text
    quiz = mini_course.activities["baenk-quiz"]
    assert isinstance(quiz, Quiz)
    for question in quiz.questions:
        assert question.text in page
        for option in question.options:
            assert option.feedback not in page


def test_a_key_may_be_any_uuid(client: TestClient, mini_course: Course) -> None:
    for key in (str(uuid.uuid1()), str(uuid.uuid4()).upper(), uuid.uuid4().hex):
        assert post(client, attempt(mini_course, "opkaldet", [], key=key)).status_code == 201


def test_a_politician_records_like_anybody(client: TestClient, mini_course: Course) -> None:
    pia = login("pia", "learner")
    assert post(client, attempt(mini_course, "baenk-quiz", []), pia).status_code == 201
