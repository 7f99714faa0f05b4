"""Local mode: what the first start puts into the register, and what a later one leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kommune3.content import Course
from kommune3.register import people, samples
from kommune3.service.app import open_services
from kommune3.service.local import local_app, settle_in
from kommune3.service.security import HEADERS
from kommune3.service.settings import LOOPBACK_HOSTS, Settings


def test_sample_people_come_with_the_first_start_only(tmp_path: Path, mini_course: Course) -> None:
    services = open_services(Settings(tmp_path / "data", course_root=mini_course.places.root))
    register = services.register
    try:
        settle_in(services)
        assert people.get(register, people.LOCAL) is not None
        assert samples.present(register)
        samples.remove(register)
        settle_in(services)
        assert not samples.present(register)
    finally:
        register.close()


def test_erasing_oneself_does_not_bring_sample_people_back(tmp_path: Path, mini_course: Course) -> None:
    services = open_services(Settings(tmp_path / "data", course_root=mini_course.places.root))
    register = services.register
    try:
        settle_in(services)
        samples.remove(register)
        with register.write() as session:
            people.add(session, [people.Person("anna", "Anna Ankjær")], "roster")
        people.erase(register, people.LOCAL)
        settle_in(services)
        assert people.get(register, people.LOCAL) is not None
        assert not samples.present(register)
    finally:
        register.close()


@pytest.fixture(scope="module")
def local(
    tmp_path_factory: pytest.TempPathFactory, mini_course: Course, one_loop: None
) -> Iterator[TestClient]:
    """The service as the person at the machine has it, under one name more than this machine's own."""
    own = Settings(
        tmp_path_factory.mktemp("local"),
        course_root=mini_course.places.root,
        allowed_hosts=(*LOOPBACK_HOSTS, "kursus.example"),
    )
    app = local_app(own, lab=False)
    yield TestClient(app, base_url="http://127.0.0.1")
    app.state.services.register.close()


@pytest.mark.parametrize("address", ["/", "/modules/employee-01", "/hr", "/nix"])
@pytest.mark.parametrize("site", ["none", "same-origin"])
def test_a_visit_of_ones_own_needs_no_new_process(local: TestClient, address: str, site: str) -> None:
    headers = local.get(address, headers={"sec-fetch-site": site}).headers
    assert {name for name in HEADERS if name not in headers} == {"Cross-Origin-Opener-Policy"}


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/", {}),
        ("/", {"sec-fetch-site": "cross-site"}),
        ("/", {"sec-fetch-site": "same-site"}),
        ("/", {"sec-fetch-site": "None"}),
        ("/", {"sec-fetch-site": "none", "host": "kursus.example"}),
        ("/static/css/all.css", {"sec-fetch-site": "none"}),  # may be kept
        ("/nix", {"sec-fetch-site": "cross-site"}),
    ],
)
def test_who_else_comes_keeps_no_hold_on_the_window(
    local: TestClient, address: str, sent: dict[str, str]
) -> None:
    assert local.get(address, headers=sent).headers["cross-origin-opener-policy"] == "same-origin"


def test_a_browser_that_says_two_things_is_not_believed(local: TestClient) -> None:
    twice = [("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")]
    assert local.get("/", headers=twice).headers["cross-origin-opener-policy"] == "same-origin"
