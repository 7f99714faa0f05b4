"""A tab that fails its test when something goes wrong unseen, and the app that shows one widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from browser.looking import WIDE
from browser.widgets.hands import watched
from browser.widgets.harness import Harness, running
from kommune3.content import Course

FORGET = "() => { try { localStorage.clear(); } catch { /* a page that has none */ } }"
FAILED = pytest.StashKey[bool]()


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Remember that a test failed: nobody knows how it left its tab."""
    if call.excinfo:
        item.stash[FAILED] = True


@pytest.fixture
def harness(mini_course: Course) -> Iterator[Harness]:
    """The app with the miniature course."""
    with running(Harness(mini_course)) as harness:
        yield harness


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past, 1280 pixels wide."""
    context = fresh(browser)
    yield context
    context.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[list[Tab]]:
    """The tab that the tests of this worker use one after the other; none where the last one spoilt it."""
    kept: list[Tab] = []
    yield kept
    for tab in kept:
        tab.context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, tabs: list[Tab]) -> Iterator[Page]:
    """A tab; script errors and requests that leave the machine fail the test.

    What a test leaves behind is taken away: cookies, what the page keeps, settings. A test that asks for
    ``context`` gets a tab of that.
    """
    if "context" in request.fixturenames:
        page = request.getfixturevalue("context").new_page()
        wrong = watched(page)
        yield page
        assert not wrong
        return
    tab = tabs.pop() if tabs else Tab(fresh(browser))
    tab.wrong.clear()
    yield tab.page
    found = [*tab.wrong]
    if not request.node.stash.get(FAILED, False) and tab.emptied():
        tabs.append(tab)
    else:
        tab.context.close()
    assert not found


def fresh(browser: Browser) -> BrowserContext:
    """A browser without a past."""
    context = browser.new_context(viewport=WIDE, locale="da-DK", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    return context


class Tab:
    """A page to be used again, since a new one takes longer than what most tests do on it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.page = context, context.new_page()
        self.wrong = watched(self.page)
        self.spoilt = False
        for name in ("on", "add_init_script", "expose_function", "close"):
            setattr(self.page, name, self._spoiling(getattr(self.page, name)))

    def _spoiling(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """What cannot be taken back."""

        def spoiling(*given: Any, **named: Any) -> Any:
            self.spoilt = True
            return method(*given, **named)

        return spoiling

    def emptied(self) -> bool:
        """Make it as it was; whether that can be."""
        if self.spoilt or self.context.pages != [self.page]:
            return False
        self.page.unroute_all(behavior="ignoreErrors")
        try:
            self.page.evaluate(FORGET)  # a harness to come may be given the same port
        except Error:  # the page is just going elsewhere
            return False
        self.page.goto("about:blank")
        self.context.set_offline(False)
        self.context.clear_cookies()
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size(WIDE)
        return True
