"""Reflections through the API: written, sent, replaced, withdrawn, refused, by page and as a notebook."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.engine import answers as cell_text
from kommune3.engine.judge import version
from serving import ANNA, BO, login, problem

PIA = login("pia", "learner")
ID, ASSIGNMENT = "baenk-refleksion", "employee"
ADDRESS = f"/api/v1/reflections/{ID}"
NOTEBOOK = f"/api/v1/assignments/{ASSIGNMENT}/notebook"
OWN = (
    "I går ringede en mand om hegnet ved skolen, og jeg lovede at undersøge det i stedet for at spørge ham, "
    "hvad han selv kunne finde ud af sammen med naboerne i vejlauget. "
)
MORE = "I morgen spørger jeg den første, der ringer, hvad de selv kunne tænke sig at begynde med. "


def texts(course: Course, *first: str) -> list[str]:
    """Answers that have their form, one for each prompt."""
    prompts = course.reflection(ID).prompts
    return [*first, *(OWN, MORE, OWN + MORE, MORE)][: len(prompts)]


def draft(course: Course, *answers: str, **changes: Any) -> dict[str, Any]:
    made = version(course.activities[ID])
    return {"version": made, "revision": 0, "answers": texts(course, *answers)} | changes


def sent(course: Course, *answers: str, **changes: Any) -> dict[str, Any]:
    made = {"version": version(course.activities[ID]), "key": str(uuid.uuid4())}
    return made | {"answers": texts(course, *answers)} | changes


def submit(
    client: TestClient, course: Course, *answers: str, who: dict[str, str] = ANNA, **changes: Any
) -> httpx2.Response:
    return client.post(f"{ADDRESS}/submissions", json=sent(course, *answers, **changes), headers=who)


def test_a_page_of_somebody_else_writes_nothing(client: TestClient, mini_course: Course) -> None:
    for account, status in (("bo", 401), ("", 401), ("anna", 201)):
        answer = submit(client, mini_course, who=ANNA | {"X-Kommune3-Account": account})
        assert answer.status_code == status
        if status == 401:
            assert answer.json()["type"] == "urn:kommune3:another-account"
            assert client.get(ADDRESS, headers=ANNA).json()["status"] == "none"


def notebook(course: Course, *answers: str) -> dict[str, Any]:
    """The released exercise, filled in by hand."""
    made: dict[str, Any] = json.loads(course.exercise(ID).read_text(encoding="utf-8"))
    for cell in made["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == ID:
            cell["source"] = cell_text.compose(course.reflection(ID).prompts, texts(course, *answers))
    return made


def hand_in(client: TestClient, data: bytes, who: dict[str, str] = ANNA, query: str = "") -> httpx2.Response:
    headers = {"content-type": "application/x-ipynb+json", **who}
    return client.post(NOTEBOOK + query, content=data, headers=headers)


def test_from_nothing_to_a_draft_to_sent_and_back(client: TestClient, mini_course: Course) -> None:
    empty = client.get(ADDRESS, headers=ANNA).json()
    assert (empty["status"], empty["revision"], set(empty["answers"])) == ("none", 0, {""})
    written = client.put(f"{ADDRESS}/draft", json=draft(mini_course, "Min første tanke"), headers=ANNA).json()
    assert written["status"] == "draft"
    assert written["answers"][0] == "Min første tanke"
    answer = submit(client, mini_course)
    assert answer.status_code == 201
    assert answer.json()["status"] == "sent"
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "sent"
    back = client.delete(f"{ADDRESS}/submissions", headers=ANNA)
    assert back.json()["status"] == "draft"
    assert back.json()["answers"] == answer.json()["answers"]
    gone = client.delete(f"{ADDRESS}/draft", headers=ANNA)
    assert (gone.status_code, gone.json()["status"]) == (200, "none")
    problem(client.delete(f"{ADDRESS}/submissions", headers=ANNA), 409, "nothing-sent")


def test_two_windows_on_one_draft_lose_nothing(client: TestClient, mini_course: Course) -> None:
    one = client.put(f"{ADDRESS}/draft", json=draft(mini_course, "Fra den ene"), headers=ANNA).json()
    other = client.put(f"{ADDRESS}/draft", json=draft(mini_course, "Fra den anden"), headers=ANNA)
    told = problem(other, 409, "draft-changed")
    assert told["state"]["answers"][0] == "Fra den ene"
    chosen = draft(mini_course, "Fra den anden", revision=told["state"]["revision"])
    assert client.put(f"{ADDRESS}/draft", json=chosen, headers=ANNA).json()["revision"] > one["revision"]


def test_the_same_is_stored_once(client: TestClient, mini_course: Course) -> None:
    body = sent(mini_course)
    first = client.post(f"{ADDRESS}/submissions", json=body, headers=ANNA).json()
    again = client.post(f"{ADDRESS}/submissions", json=body, headers=ANNA).json()
    other_key = submit(client, mini_course).json()
    assert first["submission"] == again["submission"] == other_key["submission"]
    reused = client.post(
        f"{ADDRESS}/submissions", json=body | {"answers": texts(mini_course, OWN * 2)}, headers=ANNA
    )
    problem(reused, 409, "key-reused")


def test_what_is_not_ready_is_told_and_not_stored(client: TestClient, mini_course: Course) -> None:
    prompts = len(mini_course.reflection(ID).prompts)
    told = problem(submit(client, mini_course, answers=["  "] * prompts), 422, "not-ready")
    assert {one["code"] for one in told["findings"]} >= {"empty", "short"}
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "none"


@pytest.mark.parametrize("way", ["draft", "submissions", "notebook"])
def test_a_cpr_number_is_stopped_before_anything_is_stored(
    app: FastAPI, client: TestClient, mini_course: Course, way: str
) -> None:
    text = OWN + "Borgeren er 010190-1234."
    if way == "draft":
        answer = client.put(f"{ADDRESS}/draft", json=draft(mini_course, text), headers=ANNA)
    elif way == "submissions":
        answer = submit(client, mini_course, text)
    else:
        answer = hand_in(client, json.dumps(notebook(mini_course, text)).encode())
    problem(answer, 422, "cpr")
    assert "1234" not in answer.text
    register = app.state.services.register
    register.tidy()
    assert b"010190" not in register.path.read_bytes()


@pytest.mark.parametrize(("length", "status"), [(20_001, 422), (200_000, 422), (1_500_000, 413)])
def test_what_is_too_long_is_refused_in_words(
    client: TestClient, mini_course: Course, length: int, status: int
) -> None:
    kind = {422: "too-long", 413: "too-large"}[status]
    told = problem(submit(client, mini_course, "x" * length), status, kind)
    assert "xxx" not in told["detail"]
    put = client.put(f"{ADDRESS}/draft", json=draft(mini_course, "x" * length), headers=ANNA)
    problem(put, status, kind)
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "none"


def test_the_longest_that_is_allowed_is_taken_also_as_escaped_json(
    client: TestClient, mini_course: Course
) -> None:
    words = "åøæ " * 4_900
    answers = [words[:19_000], *["ø"] * (len(mini_course.reflection(ID).prompts) - 1)]
    body = draft(mini_course, answers=answers)
    data = json.dumps(body, ensure_ascii=True).encode()
    assert len(data) > 64_000
    headers = {"content-type": "application/json", **ANNA}
    assert client.put(f"{ADDRESS}/draft", content=data, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": "en tekst"},
        {"answers": ["en"]},
        {"answers": ["en"] * 21},
        {"answers": [1, 2]},
        {"answers": None},
        {"key": "ingen nøgle"},
        {"share": "måske"},
        {"person": "bo"},
        {"Et felt som Karen Blixen": 1},
        {"answers": ["\ud800", "b"]},
    ],
)
def test_what_does_not_fit_is_refused_without_repeating_it(
    client: TestClient, mini_course: Course, changes: dict[str, Any]
) -> None:
    data = json.dumps(sent(mini_course, **changes)).encode()
    headers = {"content-type": "application/json", **ANNA}
    answer = client.post(f"{ADDRESS}/submissions", content=data, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert not any(word in answer.text for word in ("hegnet", "Blixen", "måske", "ingen nøgle"))
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "none"


def test_another_version_or_activity(client: TestClient, mini_course: Course) -> None:
    problem(submit(client, mini_course, version="andet"), 409, "version-changed")
    problem(client.get("/api/v1/reflections/findes-ikke", headers=ANNA), 404, "unknown-activity")
    problem(client.get("/api/v1/reflections/opkaldet", headers=ANNA), 404, "unknown-activity")
    attempt = {"activity": ID, "version": version(mini_course.activities[ID]), "key": str(uuid.uuid4())}
    answer = client.post("/api/v1/attempts", json=attempt | {"choices": []}, headers=ANNA)
    assert answer.status_code in (404, 422)


def test_a_reflection_is_its_authors_alone(client: TestClient, mini_course: Course) -> None:
    submit(client, mini_course)
    assert client.get(ADDRESS, headers=BO).json()["status"] == "none"
    problem(client.delete(f"{ADDRESS}/submissions", headers=BO), 409, "nothing-sent")
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "sent"


def test_a_politicians_reflection_is_shared_only_when_its_author_says_so(
    client: TestClient, mini_course: Course
) -> None:
    assert client.get(ADDRESS, headers=PIA).json()["private"]
    assert not submit(client, mini_course, who=PIA).json()["shared"]
    assert submit(client, mini_course, who=PIA, share=True).json()["shared"]


def test_the_browsers_own_protection_holds_for_reflections_too(
    client: TestClient, mini_course: Course
) -> None:
    for method, path in (("PUT", "/draft"), ("POST", "/submissions"), ("DELETE", "/submissions")):
        body = sent(mini_course) if method != "DELETE" else None
        foreign = {**ANNA, "sec-fetch-site": "cross-site"}
        answer = client.request(method, ADDRESS + path, json=body, headers=foreign)
        problem(answer, 403, "cross-origin")


def test_a_notebook_is_the_same_as_a_page(client: TestClient, mini_course: Course) -> None:
    answer = hand_in(client, json.dumps(notebook(mini_course)).encode())
    assert answer.status_code == 200, answer.text
    assert answer.json()["activities"] == {ID: "checked"}
    assert answer.json()["became"] == {ID: "stored"}
    assert "hegnet" not in answer.text
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "sent"
    again = hand_in(client, json.dumps(notebook(mini_course)).encode()).json()
    assert again["became"] == {ID: "unchanged"}


def test_a_notebook_without_its_form_is_stored_and_says_so(client: TestClient, mini_course: Course) -> None:
    prompts = len(mini_course.reflection(ID).prompts)
    short = json.dumps(notebook(mini_course, *["Kort."] * prompts)).encode()
    told = hand_in(client, short).json()
    assert told["activities"] == {ID: "not_passed"}
    assert "short" in {one["code"] for one in told["findings"][ID]}
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "sent"


def test_an_exercise_that_nobody_filled_in_is_not_sent(client: TestClient, mini_course: Course) -> None:
    told = hand_in(client, mini_course.exercise(ID).read_bytes()).json()
    assert told["activities"] == {ID: "not_submitted"}
    assert client.get(ADDRESS, headers=ANNA).json()["status"] == "none"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"%PDF-1.7 hegnet", b"\xff\xfe\x00hegnet", b'{"cells": "hegnet"}', b"[" * 99_999],
)
def test_what_is_no_notebook_of_the_course_is_refused(client: TestClient, data: bytes) -> None:
    answer = hand_in(client, data)
    assert answer.status_code == 422
    problem(answer, 422, "unreadable")
    assert "hegnet" not in answer.text


def test_a_notebook_of_50_mb_an_unknown_assignment_and_the_wrong_format(
    client: TestClient, mini_course: Course
) -> None:
    problem(hand_in(client, b"x" * 50_000_000), 413, "too-large")
    data = json.dumps(notebook(mini_course)).encode()
    headers = {"content-type": "application/x-ipynb+json", **ANNA}
    elsewhere = client.post("/api/v1/assignments/findes-ikke/notebook", content=data, headers=headers)
    problem(elsewhere, 404, "unknown-assignment")
    plain = client.post(NOTEBOOK, content=data, headers={"content-type": "text/plain", **ANNA})
    problem(plain, 415, "not-json")


def test_the_description_has_the_routes_and_their_bodies(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json", headers=ANNA).json()["paths"]
    assert {"put", "delete"} <= set(paths["/api/v1/reflections/{activity}/draft"])
    assert "requestBody" in paths["/api/v1/assignments/{assignment}/notebook"]["post"]
