"""Behind a reverse proxy with a path prefix, whether or not the proxy takes the prefix off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.service.settings import Settings, SettingsError, from_environment
from serving import ANNA, HANNE, Factory, attempt

PREFIX = "/kurser/kommune3"
LINK = re.compile(r'\s(?:href|src|action)="([^"#]*)')
BASE = re.compile(r'\sdata-api="([^"#]*)')


class StrippingProxy:
    """What nginx does with ``proxy_pass http://service/;``: the service never sees the prefix."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            if not scope["path"].startswith(PREFIX):
                raise AssertionError(f"a link left the prefix: {scope['path']}")
            path = scope["path"].removeprefix(PREFIX) or "/"
            scope = scope | {"path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)


@pytest.fixture(params=["stripped", "kept", "mounted"])
def behind(request: pytest.FixtureRequest, make_app: Factory, settings: Settings) -> Iterator[TestClient]:
    app: Any = make_app(replace(settings, root_path=PREFIX))
    if request.param == "stripped":
        app = StrippingProxy(app)
    elif request.param == "mounted":
        app = Starlette(routes=[Mount(PREFIX, app)])
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def links(html: str) -> set[str]:
    return {link for link in LINK.findall(html) if not link.startswith(("http", "mailto:", "data:"))}


def test_every_link_of_every_page_stays_under_the_prefix_and_works(behind: TestClient) -> None:
    seen: set[str] = set()
    waiting = {f"{PREFIX}/"}
    both = {"x-person": "hanne", "x-roles": "hr learner admin"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = behind.get(address, headers=both)
        assert answer.status_code in (200, 405), address
        if answer.headers.get("content-type", "").startswith("text/html") and answer.status_code == 200:
            assert all(base.startswith(PREFIX) for base in BASE.findall(answer.text)), address
            for link in links(answer.text) - {""}:
                link = link if not link.startswith("?") else address.partition("?")[0] + link
                assert link.startswith(f"{PREFIX}/"), (address, link)
                waiting |= {link.replace("&amp;", "&")} - seen
    for page in ("/modules/employee-01", "/hr", "/hr/roster", "/about", "/hr/export.csv"):
        assert any(address.partition("?")[0] == PREFIX + page for address in seen), page
    assert any("/static/" in address for address in seen)


def test_redirects_stay_under_the_prefix(behind: TestClient) -> None:
    chosen = behind.post(f"{PREFIX}/me/role", data={"role": "employee"}, headers=ANNA)
    assert chosen.headers["location"] == f"{PREFIX}/roles/employee"
    removed = behind.post(f"{PREFIX}/hr/samples", data={"action": "remove"}, headers=HANNE)
    assert removed.headers["location"].startswith(f"{PREFIX}/hr")


def test_the_api_is_reached_under_the_prefix(behind: TestClient, mini_course: Course) -> None:
    sent = attempt(mini_course, "opkaldet", ["sporg"])
    assert behind.post(f"{PREFIX}/api/v1/attempts", json=sent, headers=ANNA).status_code == 201
    refused = behind.post(f"{PREFIX}/api/v1/attempts", json=sent, headers=HANNE)
    assert refused.headers["content-type"] == "application/problem+json"
    described = behind.get(f"{PREFIX}/api/v1/openapi.json", headers=ANNA).json()
    assert described["servers"] == [{"url": PREFIX}]


def test_roles_are_enforced_under_the_prefix(behind: TestClient) -> None:
    for page in ("/hr", "/hr/export.csv", "/hr/people/bo", "/api/v1/completions"):
        assert behind.get(PREFIX + page, headers=ANNA).status_code == 403
        assert behind.get(PREFIX + page).status_code == 401


def test_the_prefix_without_its_slash_leads_to_the_front_page(make_app: Factory, settings: Settings) -> None:
    client = TestClient(
        make_app(replace(settings, root_path=PREFIX)), base_url="http://127.0.0.1", follow_redirects=False
    )
    answer = client.get(PREFIX, headers=ANNA)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{PREFIX}/")


@pytest.mark.parametrize(
    "prefix", ["kurser", "/kurser//x", "/a b", "/æ", "/hr", "/api/v1", "/static", "/x?y"]
)
def test_a_prefix_that_cannot_work_is_refused(settings: Settings, prefix: str) -> None:
    with pytest.raises(SettingsError):
        replace(settings, root_path=prefix)


def test_the_environment_gives_the_prefix_and_more() -> None:
    found = from_environment(
        {
            "KOMMUNE3_DATA": "/somewhere",
            "KOMMUNE3_COURSE": "/own",
            "KOMMUNE3_ROOT_PATH": f"{PREFIX}/",
            "KOMMUNE3_ALLOWED_HOSTS": "Kursus.example, other.example",
        }
    )
    assert found.root_path == PREFIX
    assert found.data_dir.name == "somewhere"
    assert found.course_dir is not None
    assert found.allowed_hosts[-2:] == ("kursus.example", "other.example")
    assert "127.0.0.1" in found.allowed_hosts
    assert from_environment({}).course_dir is None
