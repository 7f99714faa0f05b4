"""One browser for all browser tests, visitors who open pages in it, and the course that is shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browser.chromium import Visitors, started
from kommune3.content import Course, load_course

expect.set_options(timeout=30_000)  # the machine is busy with other tests meanwhile


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser, started once."""
    with started() as browser:
        yield browser


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """Opens pages; fails the test where a page did what no page may do."""
    visitors = Visitors(browser)
    yield visitors
    visitors.close()


@pytest.fixture(scope="session")
def shipped() -> Course:
    """The course that is shipped."""
    return load_course()
