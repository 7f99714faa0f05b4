"""Markup in the texts of exercises without a right answer is text, at every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.widgets.harness import Harness, running
from kommune3.content import Course
from kommune3.engine.models import Activity

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=document.title='ramt'>"
IDS = {"id", "kind", "arena", "source", "sources"}
"""Fields that hold ids."""


def hostile(part: Any) -> Any:
    """The same with markup in every text."""
    if isinstance(part, str):
        return f"{part} {HOSTILE}"
    if isinstance(part, list):
        return [hostile(one) for one in part]
    return {
        name: value if name in IDS else hostile(value) for name, value in part.items() if value is not None
    }


@pytest.fixture
def harness(mini_course: Course) -> Iterator[Harness]:
    """The app with such a course."""
    changed: dict[str, Activity] = {}
    for name in ("baenk-kort", "baenk-kilder", "baenk-selv"):
        activity = mini_course.activities[name]
        changed[name] = type(activity).model_validate(hostile(activity.model_dump(mode="json")))
    with running(Harness(replace(mini_course, activities={**mini_course.activities, **changed}))) as made:
        yield made


def is_text(page: Page, text: str) -> None:
    expect(page.locator(".k3-body")).to_contain_text(f"{text} {HOSTILE}")
    expect(page.locator("img")).to_have_count(0)
    assert page.title() == "Prøve"


def test_markup_in_a_text_is_text(page: Page, harness: Harness) -> None:
    page.goto(harness.url("baenk-kort"))
    is_text(page, "Det, man gør for sig selv.")
    for _ in range(3):
        page.locator(".k3-put").first.click()
    page.locator(".k3-primary").click()
    is_text(page, "Turen er hendes egen.")
    page.goto(harness.url("baenk-kilder"))
    page.locator("input").first.check()
    is_text(page, "Kommunen bør selv sætte bænken op.")
    page.locator(".k3-primary").click()
    is_text(page, "Ingen af dem viser en regning.")
    for _ in range(2):
        page.locator(".k3-primary").click()
    is_text(page, "Ingen af kilderne har spurgt dem, der sidder på bænken.")
    page.locator("input").first.check()
    page.locator(".k3-primary").click()
    is_text(page, "Uenig")
    page.goto(harness.url("baenk-selv"))
    expect(page.locator(".k3-card")).to_have_count(3)  # they are there once the script has run
    for card in page.locator(".k3-card").all():
        card.locator("input").first.check()
    page.locator(".k3-primary").click()
    is_text(page, "Hvem kunne du spørge i morgen?")
