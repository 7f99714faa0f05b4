"""Headers, host names, requests from other sites, size limits, and what an unforeseen error tells."""

from __future__ import annotations

import logging
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.service.identity import ROLES, Identity
from kommune3.service.security import CONTENT_SECURITY_POLICY, HEADERS, same_origin
from kommune3.service.settings import Settings
from serving import ANNA, HANNE, Factory, attempt, login, problem

PAGES = (
    "/",
    "/about",
    "/roles/employee",
    "/modules/employee-01",
    "/static/css/all.css",
    "/api/v1/me",
    "/healthz",
    "/nix",
)
OURS = "http://127.0.0.1"


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    for site in ("none", "same-origin", "cross-site", ""):
        answer = client.get(address, headers=ANNA | {"sec-fetch-site": site})
        for name in HEADERS.keys() - {"Cache-Control"}:
            assert answer.headers[name] == HEADERS[name]
        assert "server" not in answer.headers


def test_the_policy_allows_no_inline_code_and_no_other_site() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_personal_pages_are_not_kept_by_browsers(client: TestClient) -> None:
    for address in ("/", "/modules/employee-01", "/api/v1/me", "/nix"):
        assert client.get(address, headers=ANNA).headers["cache-control"] == "no-store"
    assert client.get("/hr/export.csv", headers=HANNE).headers["cache-control"] == "no-store"


def test_refusals_carry_the_headers_too(client: TestClient) -> None:
    for answer in (
        client.get("/"),
        client.get("/", headers={"host": "evil.example"}),
        client.post("/me/role", headers={"origin": "https://evil.example", **ANNA}),
        client.post("/api/v1/attempts", content=b"x" * 70_000, headers=ANNA),
    ):
        assert answer.status_code >= 400
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000"])
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host, **ANNA}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:127", "", "localhost@evil.example", "[::1"],
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    page = client.get("/", headers={"host": host, **ANNA})
    assert page.status_code == 421
    problem(client.get("/api/v1/me", headers={"host": host, **ANNA}), 421, "host")


def test_two_hosts_are_none(client: TestClient) -> None:
    headers = [("host", "127.0.0.1"), ("host", "evil.example")]
    assert client.get("/healthz", headers=headers).status_code == 421


def test_it_can_be_told_to_answer_to_more_names(make_app: Factory, settings: Settings) -> None:
    app = make_app(replace(settings, allowed_hosts=("kursus.example",)))
    client = TestClient(app, base_url="http://kursus.example")
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"host": "localhost"}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, True),
        ({"sec-fetch-site": "cross-site", "origin": OURS}, False),
        ({"origin": OURS}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "http://127.0.0.1:9"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://[::1"}, False),
    ],
)
def test_what_another_site_sends_is_refused(
    client: TestClient, mini_course: Course, headers: dict[str, str], ours: bool
) -> None:
    sent = attempt(mini_course, "opkaldet", [])
    answer = client.post("/api/v1/attempts", json=sent, headers=headers | ANNA)
    assert answer.status_code == (201 if ours else 403)
    form = client.post("/hr/samples", data={"action": "remove"}, headers=headers | HANNE)
    assert form.status_code == (303 if ours else 403)
    if not ours:
        problem(answer, 403, "cross-origin")
    assert client.get("/", headers=headers | ANNA).status_code == 200
    assert same_origin(httpx2.Headers(headers | {"host": "127.0.0.1"})) is ours  # type: ignore[arg-type]


def test_a_form_that_is_too_large_is_refused(client: TestClient) -> None:
    page = client.post("/me/role", data={"role": "x" * 70_000}, headers=ANNA)
    assert page.status_code == 413
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("length", ["-1", "1e3", "nix", "99999999999999999999"])
def test_a_length_that_is_no_length_is_refused(client: TestClient, length: str) -> None:
    answer = client.post("/api/v1/attempts", content=b"{}", headers={"content-length": length, **ANNA})
    problem(answer, 413, "too-large")


def test_an_unforeseen_error_tells_nobody_anything(
    app: FastAPI, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> str:
        raise ValueError(f"{app.state.services.me(Identity('anna', ROLES)).name} wrote this")

    app.state.services.site.home = break_down
    with caplog.at_level(logging.ERROR):
        page = client.get("/", headers=ANNA)
    assert page.status_code == 500
    for told in (page.text, caplog.text):
        assert "Ankjær" not in told
    assert "Traceback" not in page.text
    assert "break_down" not in page.text
    assert "ValueError" in caplog.text
    assert "break_down" in caplog.text
    assert page.headers["content-security-policy"]


def test_an_error_in_the_error_page_is_still_an_answer(app: FastAPI, client: TestClient) -> None:
    def break_down(*_: object) -> str:
        raise ValueError

    app.state.services.site.home = app.state.services.site.error = break_down
    page = client.get("/", headers=ANNA)
    assert (page.status_code, page.headers["content-type"]) == (500, "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "/static/../service/app.py",
        "/static/%2e%2e/service/app.py",
        "/static/..%2f..%2fi18n.py",
        "/static//etc/passwd",
        "/static/C:/windows/win.ini",
        "/static/%00",
        "/static/",
        "/static/" + "x" * 5000,
        "/modules/%00",
        "/modules/..%2fhr",
        "/modules/🙂",
        "/modules/" + "x" * 5000,
        "/roles/__init__",
        "/start/konge",
        "/hr/people/%27%20OR%201=1",
        "/hr/",
    ],
)
def test_addresses_that_lead_nowhere(client: TestClient, address: str) -> None:
    answer = client.get(address, headers=login("hanne", "hr", "learner"))
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'lang="da"' in answer.text


def test_static_files_are_kept_and_compressed(client: TestClient, app: FastAPI) -> None:
    address = app.state.services.site.assets.url("host.js")
    first = client.get(address, headers={"accept-encoding": "gzip"})
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["content-type"].startswith("text/javascript")
    plain = client.get("/static/host.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content
    assert plain.headers["cache-control"] == "public, no-cache"
    again = client.get("/static/host.js", headers={"if-none-match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_pages_are_compressed(client: TestClient) -> None:
    page = client.get("/modules/employee-01", headers={"accept-encoding": "gzip", **ANNA})
    assert page.headers["content-encoding"] == "gzip"
