"""The service killed while a learner plays, and a network that comes and goes: nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

import patient
from browser.axe import in_light_and_dark
from browser.chromium import Visitors
from browser.playing import (
    QUIZ,
    SCENARIO,
    TRIED_AGAIN,
    a_way,
    answer,
    make_choices,
    right_answers,
    scenario,
    status,
    stored,
)
from kommune3.content import Course
from serving import Running

from .conftest import Start

pytestmark = pytest.mark.browser
TROUBLE = '.k3-status[data-state="trouble"]'
GONE = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED")
"""What the browser's console says where the service is gone, as it is at the end of each test here."""
PRESS = "(button) => document.querySelector(button)?.click()"
"""The page tries again by itself too, and its button goes when that succeeds: press it if it is there."""


def newest(service: Running) -> list[str]:
    found = patient.get(f"{service.address}api/v1/attempts/foraeldreraad").json()["attempt"]
    return list(found["choices"]) if found else []


def test_a_killed_service_loses_nothing(
    start: Start, tmp_path: Path, visitors: Visitors, shipped: Course
) -> None:
    visitors.watch.expected += GONE
    way = a_way(scenario(shipped))
    context = visitors.context()
    page = context.new_page()
    with start(tmp_path) as service:
        page.goto(f"{service.address}modules/employee-02?role=employee")
        make_choices(page, 1)
        stored(page)
        service.process.kill()
        service.process.wait(patient.SECONDS)
        make_choices(page, 2)  # the scenario goes on without the service
        expect(page.locator(f"{SCENARIO} {TROUBLE}")).to_be_visible()
        assert status(page).inner_text().strip()
        assert in_light_and_dark(page, SCENARIO) == []
        port = service.port
    with start(tmp_path, "--port", str(port)) as service:
        page.evaluate(PRESS, f"{SCENARIO} .k3-status button")
        stored(page)
        assert newest(service) == list(way[3].path)
        answer(page, QUIZ, right_answers(shipped, QUIZ)[0])


def test_the_page_recovers_by_itself_after_a_reload(
    start: Start, tmp_path: Path, visitors: Visitors, shipped: Course
) -> None:
    visitors.watch.expected += GONE
    way = a_way(scenario(shipped))
    with start(tmp_path) as service:
        page = visitors.page(f"{service.address}modules/employee-02")
        make_choices(page, 1)
        stored(page)
        service.process.kill()
        service.process.wait(patient.SECONDS)
        make_choices(page, 1)
        expect(page.locator(f"{SCENARIO} {TROUBLE}")).to_be_visible()
        address, port = service.address, service.port
        again = page.context.new_page()
        page.close()  # before the service is back: this page would send it by itself
    with start(tmp_path, "--port", str(port)) as service:
        again.goto(f"{address}modules/employee-02")
        stored(again)
        assert newest(service) == list(way[2].path)


def test_offline_and_online_again(start: Start, tmp_path: Path, visitors: Visitors, shipped: Course) -> None:
    visitors.watch.expected += [*GONE, "ERR_INTERNET_DISCONNECTED"]
    way = a_way(scenario(shipped))
    with start(tmp_path) as service:
        page = visitors.page(f"{service.address}modules/employee-02")
        make_choices(page, 1)
        stored(page)
        page.context.set_offline(True)
        make_choices(page, 2)
        line = page.locator(f"{SCENARIO} {TROUBLE}")
        expect(line).to_be_visible()
        said = line.inner_text()
        page.locator(f"{QUIZ} input").nth(right_answers(shipped, QUIZ)[0]).check()
        page.locator(f"{QUIZ} .k3-primary").click()
        expect(page.locator(f"{QUIZ} {TROUBLE}")).to_be_visible()
        page.context.set_offline(False)  # the browser says so, and the page sends by itself
        stored(page)
        assert status(page).inner_text() != said
        expect(page.locator(f"{QUIZ} .k3-scene-title .k3-verdict")).to_be_visible(timeout=TRIED_AGAIN)
        assert newest(service) == list(way[3].path)
