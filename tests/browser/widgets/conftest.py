"""A tab that fails its test when something goes wrong unseen, and the app that shows one widget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.widgets.hands import watched
from browser.widgets.harness import Harness, running
from kommune3.content import Course


@pytest.fixture
def harness(mini_course: Course) -> Iterator[Harness]:
    """The app with the miniature course."""
    with running(Harness(mini_course)) as harness:
        yield harness


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past, 1280 pixels wide."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="da-DK", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; script errors and requests that leave the machine fail the test."""
    page = context.new_page()
    wrong = watched(page)
    yield page
    assert not wrong
