"""Plans and letters through the API: plans kept for their author and finished, letters forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.engine import clock
from kommune3.engine.judge import version
from kommune3.register import drafts, plans
from kommune3.register.errors import UnknownActivity
from kommune3.register.tables import PersonRow
from kommune3.service.settings import Settings
from registering import do
from serving import ANNA, BASE, BO, Factory, attempt, login, problem

PIA = login("pia", "learner")
PLAN, LANGUAGE = "baenk-plan", "baenk-sprog"
ADDRESS = f"/api/v1/plans/{PLAN}"
CHECK = f"/api/v1/language/{LANGUAGE}"
SECRET = "Kanariefugl"
WRITTEN = [f"{SECRET} skal males", "Regn og blæst", "Naboen", "I maj"]


def draft(course: Course, *answers: str, **changes: Any) -> dict[str, Any]:
    made = {"version": version(course.activities[PLAN]), "revision": 0}
    return made | {"answers": list(answers) or WRITTEN} | changes


def save(
    client: TestClient, course: Course, *answers: str, who: dict[str, str] = ANNA, **changes: Any
) -> Any:
    return client.put(f"{ADDRESS}/draft", json=draft(course, *answers, **changes), headers=who)


def finish(client: TestClient, course: Course, who: dict[str, str] = ANNA) -> Any:
    sent = {"version": version(course.activities[PLAN])}
    return client.post(f"{ADDRESS}/finished", json=sent, headers=who)


def test_a_plan_is_kept_for_its_author_alone(client: TestClient, mini_course: Course) -> None:
    empty = client.get(ADDRESS, headers=ANNA).json()
    assert (empty["answers"], empty["revision"], empty["saved_at"]) == (["", ""], 0, None)
    stored = save(client, mini_course).json()
    assert (stored["answers"], stored["revision"]) == (WRITTEN, 1)
    assert client.get(ADDRESS, headers=ANNA).json() == stored
    assert client.get(ADDRESS, headers=BO).json()["answers"] == ["", ""]
    gone = client.delete(f"{ADDRESS}/draft", headers=ANNA).json()
    assert (gone["answers"], gone["saved_at"], gone["revision"]) == (["", ""], None, 2)


def test_two_devices_lose_nothing(client: TestClient, mini_course: Course) -> None:
    save(client, mini_course)
    assert save(client, mini_course).json()["revision"] == 1, "the same again is no change"
    refused = save(client, mini_course, "Noget andet", "", "", "")
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:kommune3:draft-changed"
    assert refused.json()["state"]["answers"] == WRITTEN
    assert save(client, mini_course, "Noget andet", "", "", "", revision=1).json()["revision"] == 2


@pytest.mark.parametrize(
    ("answers", "changes", "status", "kind"),
    [
        (["a"], {}, 422, "invalid"),
        (["a", "b", "c"], {}, 422, "invalid"),
        (["a"] * 251, {}, 422, "invalid"),
        (["a"] * 84, {}, 422, "invalid"),
        ([f"{SECRET} 010190-1234", ""], {}, 422, "cpr"),
        (["", "", "", "010190 1234"], {}, 422, "cpr"),
        (["a" * 20_001, ""], {}, 422, "too-long"),
        (["a", "b"], {"version": "000000000000"}, 409, "version-changed"),
        (["a", "b"], {"revision": -1}, 422, "invalid"),
        (["a", "b"], {"more": 1}, 422, "invalid"),
    ],
)  # fmt: skip
def test_what_is_not_kept(
    client: TestClient,
    mini_course: Course,
    answers: list[str],
    changes: dict[str, Any],
    status: int,
    kind: str,
) -> None:
    refused = save(client, mini_course, *answers, **changes)
    problem(refused, status, kind)
    assert SECRET not in refused.text
    assert client.get(ADDRESS, headers=ANNA).json()["revision"] == 0


@pytest.mark.parametrize("activity", ["baenk-quiz", "baenk-refleksion", "findes-ikke", LANGUAGE])
def test_only_a_plan_is_one(client: TestClient, mini_course: Course, activity: str) -> None:
    for method, way in (("GET", ""), ("PUT", "/draft"), ("DELETE", "/draft"), ("POST", "/finished")):
        body = {} if method in ("GET", "DELETE") else {"json": draft(mini_course)}
        if way == "/finished":
            body = {"json": {"version": "x"}}
        answer = client.request(method, f"/api/v1/plans/{activity}{way}", headers=ANNA, **body)
        assert answer.status_code == 404


def test_the_service_looks_before_a_plan_is_finished(client: TestClient, mini_course: Course) -> None:
    left = finish(client, mini_course)
    assert left.status_code == 422
    assert left.json()["type"] == "urn:kommune3:not-ready"
    assert [one["prompt"] for one in left.json()["findings"]] == [0, 1]
    save(client, mini_course, "Male bænken", "regn")
    assert [one["prompt"] for one in finish(client, mini_course).json()["findings"]] == [1]
    save(client, mini_course, revision=1)
    done = finish(client, mini_course).json()
    assert (done["current"], done["answers"]) == (True, WRITTEN)
    assert finish(client, mini_course).json()["finished_at"] == done["finished_at"], "recorded once"
    newest = client.get(f"/api/v1/attempts/{PLAN}", headers=ANNA).json()["attempt"]
    assert newest["choices"] == ["hvad", "hindring"]
    assert newest["outcome"]["passed"]
    assert SECRET not in str(newest)
    changed = save(client, mini_course, "Slet ikke", "", revision=2).json()
    assert changed["finished_at"] == done["finished_at"]
    assert client.delete(f"{ADDRESS}/draft", headers=ANNA).json()["finished_at"] == done["finished_at"]


def test_a_page_cannot_say_that_a_plan_is_finished(
    client: TestClient, mini_course: Course, app: FastAPI
) -> None:
    sent = attempt(mini_course, PLAN, ["hvad", "hindring"])
    refused = client.post("/api/v1/attempts", json=sent, headers=ANNA)
    problem(refused, 404, "unknown-activity")
    with pytest.raises(UnknownActivity):
        do(app.state.services.register, mini_course, "anna", PLAN, "hvad", "hindring")
    assert client.get(ADDRESS, headers=ANNA).json()["finished_at"] is None


@pytest.fixture
def demanding(make_app: Factory, tmp_path: Path, mini_root: Path) -> FastAPI:
    """A course whose common module asks for the plan and for nothing else."""
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    manifest = '[[modules]]\nid = "common-01"\nrequired = ["baenk-plan"]\n'
    (overlay / "course.toml").write_text(manifest, encoding="utf-8")
    return make_app(Settings(data_dir=tmp_path / "other", course_root=mini_root, course_dir=overlay))


@pytest.mark.parametrize("who", [ANNA, PIA])
def test_a_finished_plan_completes_its_module(
    demanding: FastAPI, mini_course: Course, who: dict[str, str]
) -> None:
    client = TestClient(demanding, base_url=BASE)
    save(client, mini_course, who=who)
    modules = {
        one["module"]: one["status"] for one in client.get("/api/v1/me", headers=who).json()["modules"]
    }
    assert modules["common-01"] == "started"
    assert finish(client, mini_course, who).json()["completed"] == ["common-01"]
    assert finish(client, mini_course, who).json()["completed"] == []
    modules = {
        one["module"]: one["status"] for one in client.get("/api/v1/me", headers=who).json()["modules"]
    }
    assert modules["common-01"] == "completed"


def test_a_citizens_name_is_warned_about_and_a_colleague_in_the_table_is_not(
    client: TestClient, mini_course: Course
) -> None:
    warned = save(client, mini_course, "Jeg ringer til fru Olsen", "Anna Ankjær", "Fru Olsen", "").json()
    assert [(one["code"], one["prompt"], one["stops"]) for one in warned["warnings"]] == [("name", 0, False)]


def test_a_plan_written_in_another_version_is_all_there(app: FastAPI, mini_course: Course) -> None:
    register = app.state.services.register
    with register.write() as session:
        person = session.get(PersonRow, "anna")
        drafts.put(session, person, PLAN, "common-01", "0" * 12, ["a", "b", "c", "d", "e"], clock.now())
    state = plans.of(register, mini_course, "anna", PLAN)
    assert state.answers == ("a", "b", "c", "d", "e", "")
    assert state.written != state.version


def test_a_letter_is_looked_at_and_forgotten(app: FastAPI, client: TestClient) -> None:
    register = app.state.services.register
    before = {path.name: path.read_bytes() for path in register.path.parent.iterdir()}
    told = client.post(CHECK, json={"text": f"{SECRET}, kunde! Borgerservice."}, headers=ANNA)
    assert told.status_code == 200
    assert told.headers["cache-control"] == "no-store"
    (found,) = told.json()["findings"]
    assert (found["start"], found["end"], found["instead"]) == (13, 18, ["borger", "nabo"])
    assert (told.json()["words"], told.json()["marked"]) == (3, 1)
    assert SECRET not in told.text
    assert {path.name: path.read_bytes() for path in register.path.parent.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("", 422, "empty"),
        ("  \n", 422, "empty"),
        (f"{SECRET} 010190-1234", 422, "cpr"),
        (f"{SECRET} " + "a" * 20_000, 413, "too-long"),
        ("å" * 40_000, 413, "too-long"),
        ("a" * 1_000_001, 413, "too-large"),
        (None, 422, "invalid"),
        (["a"], 422, "invalid"),
    ],
)
def test_a_letter_that_is_not_looked_at(client: TestClient, text: Any, status: int, kind: str) -> None:
    refused = client.post(CHECK, json={"text": text}, headers=ANNA)
    problem(refused, status, kind)
    assert SECRET not in refused.text
    assert "010190" not in refused.text


def test_only_a_language_check_checks_letters(client: TestClient) -> None:
    for activity in ("baenk-quiz", PLAN, "findes-ikke"):
        refused = client.post(f"/api/v1/language/{activity}", json={"text": SECRET}, headers=ANNA)
        problem(refused, 404, "unknown-activity")
